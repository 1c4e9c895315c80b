/** Opens what PACE keeps under `.pace/`: the one place that decides what of it may be used. */
import { type Dirent, lstatSync, unlinkSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { PaceError } from '../errors.ts';
import type { Kept, Refusal } from '../kept.ts';
import type { World } from '../world.ts';
import { keepIgnored } from './ignore-file.ts';
import { DEEPEST, isDatabase, isKept, isLock, isObeyed } from './kept-names.ts';
import {
  appendPlain,
  createPlain,
  entriesIn,
  InTheWay,
  movePlain,
  nameOf,
  readPlain,
  removePlain,
  removePlainFolder,
  writePlain,
} from './plain-file.ts';
import { isTrap, KEEPS_NONE, listed, trackedFile, trackedState, UNKNOWN } from './refusals.ts';
import { plainly, trackedPaths } from './tracked.ts';

/** GitHub refuses files of 100 MB. */
export const MAX_KEPT_BYTES = 50 * 1024 * 1024;

type KeptWorld = Pick<World, 'cwd' | 'env' | 'log' | 'redact'>;

/** What this file is, as far as this run knows. */
interface Known {
  /** `undefined` when there is none. */
  readonly content?: Buffer | undefined;
  /** Why it cannot be read. */
  readonly error?: unknown;
  /** By what the file on the disk is known again; absent where the disk has another one, or `''` where it has none. */
  readonly stamp?: string | undefined;
}

const NONE: Known = { stamp: '' };

/** That of the run, else one for this use alone. */
export function keptOf(world: KeptWorld & Pick<World, 'kept'>, root?: string): Kept {
  return world.kept ?? openKept(world, root);
}

/** Looks at nothing yet. */
export function openKept(world: KeptWorld, root: string = join(world.cwd, '.pace')): Kept {
  const base = dirname(root);
  const folder = basename(root);
  const memory = new Map<string, Known>();
  let refusal: Refusal | undefined;
  let tracked: ReadonlySet<string> | undefined;
  let isHeld = false;
  let isIgnored = false;

  const at = (path: string) => (path === '' ? folder : `${folder}/${path}`);

  function refuse(why: Refusal): void {
    if (refusal) return;
    refusal = why;
    memory.clear();
    world.log.warn(`${why.message} ${why.remedy}`);
  }

  /** Below `.pace`, as a disk without upper and lower case would take them. */
  function allTracked(): ReadonlySet<string> {
    if (tracked) return tracked;
    const name = plainly(folder);
    const found = trackedPaths(world, base, (path) => path === name || path.startsWith(`${name}/`));
    tracked = new Set((found ?? []).map((path) => plainly(path).slice(name.length + 1)));
    if (!found) refuse(UNKNOWN);
    const traps = (found ?? []).filter((path) => isTrap(plainly(path).slice(name.length + 1)));
    if (traps.length > 0) refuse(trackedState(traps));
    return tracked;
  }

  function isRefused(): boolean {
    allTracked();
    return refusal !== undefined;
  }

  function isTracked(path: string): boolean {
    return allTracked().has(plainly(path));
  }

  /** What stands in the way makes that nothing is kept; later, when commands have run, it is trouble of its own. */
  function guarded<T>(instead: T, work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (isHeld || !(error instanceof InTheWay)) throw error;
      refuse({ message: `${KEEPS_NONE}: ${error.message}`, remedy: error.remedy });
      return instead;
    }
  }

  function stampOf(path: string): string {
    try {
      const { ino, size, mtimeNs, ctimeNs } = lstatSync(join(base, at(path)), { bigint: true });
      return [ino, size, mtimeNs, ctimeNs].join(' ');
    } catch {
      return '';
    }
  }

  /** What is written is not on the disk, or what is there is not to be believed. */
  const isRemembering = () => isRefused() || isHeld;

  function read(path: string): Buffer | undefined {
    if (isRefused()) return memory.get(path)?.content;
    if (isTracked(path)) return undefined;
    if (isHeld && !isDatabase(path)) {
      const { content, error } = memory.get(path) ?? NONE;
      if (error !== undefined) throw error;
      return content;
    }
    return guarded(undefined, () => readPlain(base, at(path), MAX_KEPT_BYTES));
  }

  /** It is tracked, or lies in what is: in a module of git's, whose files stand in another index. */
  function isBrought(path: string): boolean {
    return (
      isTracked(path) || [...allTracked()].some((known) => /^$|\/$/.test(known) && plainly(path).startsWith(known))
    );
  }

  /** Read anew each time: what is judged can add to it, and take nothing away that has been read. */
  function readStanding(path: string): Buffer | undefined {
    const known = read(path);
    const isUnknown = known !== undefined || !isRefused() || refusal === UNKNOWN || isBrought(path);
    if (isUnknown) return known;
    try {
      return readPlain(base, at(path), MAX_KEPT_BYTES);
    } catch {
      // a link, or a folder of tracked files, is a commit's
      return undefined;
    }
  }

  function refuseTracked(path: string): void {
    if (isTracked(path)) throw new PaceError({ kind: 'configuration', ...trackedFile(at(path)) });
  }

  /** Does it on the disk. What could not be done there is all the same what this run knows. */
  function change(path: string, content: Buffer | undefined, work: () => void): void {
    remember(path, { content });
    if (!isRefused()) {
      refuseTracked(path);
      ignore();
      guarded(undefined, work);
    }
    remember(path, { content, stamp: refusal ? undefined : stampOf(path) });
  }

  /** With the first file that is kept. */
  function ignore(): void {
    if (!isIgnored) keepIgnored(base, () => isTracked('.gitignore'), folder);
    isIgnored = true;
  }

  function remember(path: string, known: Known): void {
    if (isRemembering() && !isDatabase(path)) memory.set(path, known);
  }

  /** A text is kept without the credentials in it; bytes are those of a text that is without them already. */
  function withoutCredentials(content: string | Buffer): Buffer {
    return Buffer.from(typeof content === 'string' ? world.redact(content) : content);
  }

  function write(path: string, content: string | Buffer): void {
    const bytes = withoutCredentials(content);
    change(path, bytes, () => writePlain(base, at(path), bytes));
  }

  function append(path: string, content: string | Buffer): void {
    const added = withoutCredentials(content);
    if (isRemembering()) appendToKnown(path, added);
    // what stands there already is not read: a long journal would be, for each of its lines
    else
      change(path, added, () => appendPlain(base, at(path), added) || writePlain(base, at(path), wholeOf(path, added)));
  }

  function wholeOf(path: string, added: Buffer): Buffer {
    return Buffer.concat([read(path) ?? Buffer.alloc(0), added]);
  }

  function appendToKnown(path: string, added: Buffer): void {
    const isThere = read(path) !== undefined;
    const whole = wholeOf(path, added);
    // what somebody else has changed meanwhile is written anew
    const isAsKnown = isThere && (!isHeld || memory.get(path)?.stamp === stampOf(path));
    change(path, whole, () => {
      if (!isAsKnown || !appendPlain(base, at(path), added)) writePlain(base, at(path), whole);
    });
  }

  function remove(path: string): boolean {
    let wasThere = isRemembering() && memory.get(path)?.content !== undefined;
    change(path, undefined, () => {
      wasThere = removePlain(base, at(path)) || wasThere;
    });
    return wasThere;
  }

  function move(from: string, to: string): void {
    if (isTracked(from) || isTracked(to) || isRefused()) return;
    guarded(undefined, () => void movePlain(base, at(from), at(to)));
  }

  function keepAside(path: string, part?: string): string | undefined {
    const content = part === undefined ? read(path) : Buffer.from(world.redact(part));
    if (content === undefined) return undefined;
    for (let n = 1; ; n += 1) {
      const name = `${path}.unreadable-${n}`;
      if (memory.get(name)?.content !== undefined) continue;
      if (!isRefused() && !guarded(true, () => createPlain(base, at(name), content))) continue;
      remember(name, { content, stamp: refusal ? undefined : stampOf(name) });
      return basename(name);
    }
  }

  function setAside(path: string): string | undefined {
    if (isRefused() || isTracked(path)) return undefined;
    for (let n = 1; ; n += 1) {
      const name = `${path}.unreadable-${n}`;
      if (memory.get(name) !== undefined || stampOf(name) !== '') continue;
      if (!guarded(false, () => movePlain(base, at(path), at(name)))) return undefined;
      remember(name, { ...memory.get(path), stamp: stampOf(name) });
      remember(path, NONE);
      return basename(name);
    }
  }

  function names(path: string): string[] {
    if (!isRemembering()) return guarded([], () => entriesIn(base, at(path))).map(({ name }) => name).sort(); // biome-ignore format: one thought
    const start = path === '' ? '' : `${path}/`;
    const below = remembered().filter((name) => name.startsWith(start));
    return [...new Set(below.map((name) => name.slice(start.length).split('/')[0] ?? ''))].sort();
  }

  function remembered(): string[] {
    return [...memory].flatMap(([path, { content, error }]) => (content ?? error) === undefined ? [] : [path]); // biome-ignore format: one thought
  }

  function paths(): string[] {
    if (isRefused()) return remembered().sort();
    // a database is the one thing that cannot be held
    const found = isHeld ? [...remembered(), ...filesNow().filter(isDatabase)] : guarded([], onDisk).filter(isFile);
    return found.sort();
  }

  /** What has the names of PACE's own files and folders; that of which nothing is plain is `others`. */
  function walk(): { readonly own: string[]; readonly others: Dirent[] } {
    const [own, others, folders]: [string[], Dirent[], string[]] = [[], [], ['']];
    for (let path = folders.pop(); path !== undefined; path = folders.pop()) {
      for (const entry of readable(path)) {
        const below = path === '' ? entry.name : `${path}/${entry.name}`;
        const isOwn = isKept(below) || isObeyed(below);
        if (!isOwn && !isOwnFolder(below)) continue;
        if (!entry.isFile() && !entry.isDirectory() && !isLock(below)) others.push(entry);
        else if (!entry.isDirectory() || !isOwnFolder(below)) own.push(...(isOwn ? [below] : []));
        else if (below.split('/').length < DEEPEST) folders.push(below);
      }
    }
    return { own: own.sort(), others };
  }

  /** Throws where something stands in the way. Some of it may be a folder. */
  function onDisk(): string[] {
    const { own, others } = walk();
    for (const entry of others) throw new InTheWay(relative(base, join(entry.parentPath, entry.name)), nameOf(entry));
    return own;
  }

  /** What may not be looked into is met again when it is read or written. */
  function readable(path: string): Dirent[] {
    try {
      return entriesIn(base, at(path));
    } catch (error) {
      if (error instanceof InTheWay && !isHeld) throw error;
      return [];
    }
  }

  function examine(): void {
    if (!isRefused()) guarded(undefined, () => void onDisk());
  }

  function hold(): void {
    const wanted = isRefused() ? [] : guarded([], onDisk);
    for (const path of wanted) {
      if (!refusal && !isDatabase(path) && !isLock(path)) memory.set(path, known(path));
    }
    isHeld = true;
  }

  function known(path: string): Known {
    try {
      return { content: read(path), stamp: stampOf(path) };
    } catch (error) {
      return { error, stamp: stampOf(path) };
    }
  }

  function undo(): void {
    if (!isHeld || isRefused()) return;
    const cleared = [...clearedRoot(), ...clearedWay()];
    const changed = [...memory].flatMap(([path, known]) => (isObeyed(path) && isOther(path, known) ? [path] : []));
    const added = filesNow().filter((path) => isObeyed(path) && !memory.has(path) && !isDatabase(path) && !isLock(path)); // biome-ignore format: one thought
    const undone = [...new Set([...changed, ...added])].filter((path) => !isTracked(path)).sort();
    const left = undone.filter((path) => !isUndone(path));
    const all = [...new Set([...cleared, ...undone])].sort();
    if (all.length === 0) return;
    const outcome = left.length === 0 ? 'That was undone' : 'Not all of it could be undone';
    world.log.warn(
      `${listed(all.map(at))} ${all.length === 1 ? 'was' : 'were'} changed by what is judged. ${outcome}, and nothing of it is used.`,
    );
  }

  function clearedRoot(): string[] {
    const found = lstatSync(root, { throwIfNoEntry: false });
    return found && !found.isDirectory() && !found.isFile() && isRemoved(root) ? [''] : [];
  }

  /** Links and pipes alone: a link is removed, never what it leads to. */
  function clearedWay(): string[] {
    return walk().others.flatMap(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return isRemoved(path) ? [relative(root, path).split(sep).join('/')] : [];
    });
  }

  function isRemoved(path: string): boolean {
    try {
      unlinkSync(path);
      return true;
    } catch {
      return false;
    }
  }

  function isOther(path: string, { stamp }: Known): boolean {
    return stamp !== undefined && stamp !== stampOf(path);
  }

  function isFile(path: string): boolean {
    return lstatSync(join(base, at(path)), { throwIfNoEntry: false })?.isFile() ?? false;
  }

  function filesNow(): string[] {
    return walk().own.filter(isFile);
  }

  function isUndone(path: string): boolean {
    const { content, error } = memory.get(path) ?? NONE;
    try {
      if (content === undefined) removePlain(base, at(path));
      else write(path, content);
      return error === undefined;
    } catch {
      return false;
    }
  }

  return {
    root,
    get refusal() {
      allTracked();
      return refusal;
    },
    pathOf: (absolute) => relative(root, absolute).split(sep).join('/'),
    isTracked,
    ...{ read, readStanding, names, paths, write, append, remove, move, keepAside, setAside, examine, hold, undo },
    removeFolder: (path) => {
      if (!isRefused()) guarded(undefined, () => removePlainFolder(base, at(path)));
    },
  };
}

/** Where PACE's own files lie. */
function isOwnFolder(path: string): boolean {
  return /^(?:(?:gates|branches|sprints)(?:\/.*)?|sync(?:\/.*)?|day-\d+|change-[^/]+)$/.test(path);
}
