/**
 * One run at a time. Of a whole checkout that is `.pace/pipeline.lock`, with the lines `pid=`, `started=` and `host=`, which other PACE
 * tools read too; other locks have the same lines.
 */
import { basename, dirname, join, relative } from 'node:path';
import { fileError, PaceError } from '../errors.ts';
import { plainLine } from '../text/untrusted-text.ts';
import type { World } from '../world.ts';
import { createPlain, lookAtFile, readPlain, removePlain } from './plain-file.ts';

const STALE_AFTER_MS = 4 * 3_600_000;
/** Another process takes no longer to write its three lines, or to remove a stale lock. */
const HALF_WRITTEN_MS = 10_000;
const LOOK_EVERY_MS = 250;

export interface LockOptions {
  /** Absolute path of `.pace`. */
  readonly dir: string;
  readonly waitSeconds: number;
  readonly signal?: AbortSignal;
  /** Below that folder: `pipeline.lock` unless another is named. */
  readonly file?: string;
  readonly words?: LockWords;
}

/** What the lock is about, for people. */
export interface LockWords {
  /** What holds it, and where: `Another gate run is under way in this checkout`. */
  readonly held: string;
  /** What this run has not done then. */
  readonly undone: string;
  /** What can be done beside waiting and removing the lock. */
  readonly remedy: string;
}

const OF_A_GATE: LockWords = {
  held: 'Another gate run is under way in this checkout',
  undone: 'Nothing was judged.',
  remedy:
    'Please let runs follow one another (`concurrency:` on GitHub, `resource_group:` on GitLab), or wait longer with `state.lock_wait_seconds`.',
};

type LockWorld = Pick<World, 'cwd' | 'now' | 'sleep' | 'log' | 'self'>;

/**
 * Waits for the lock and takes it; the answer gives it back. A lock is stale after four hours, or when its process is gone
 * from this machine. Throws a `PaceError` of kind `conflict` when another run keeps it for too long, and another one when no
 * lock can be taken at all: whatever stands in its place, that is known soon after the time to wait.
 */
export async function takeLock(world: LockWorld, options: LockOptions): Promise<() => Promise<void>> {
  const { dir, file = 'pipeline.lock', words = OF_A_GATE } = options;
  const place = { base: dirname(dir), path: `${basename(dir)}/${file}` };
  const deadline = world.now() + options.waitSeconds * 1000;
  const text = lockText(world);
  let said = false;
  for (;;) {
    options.signal?.throwIfAborted();
    if (carefully(place, () => created(place, text))) return async () => release(place, text);
    const holder = carefully(place, () => holderOf(world, place));
    const isStale = holder?.stale ?? false;
    if (holder && !isStale) {
      if (world.now() >= deadline) throw stillHeld(world, place, holder, options);
      if (!said) world.log.info(`${words.held} (${holder.words}). Waiting for it to end.`);
      said = true;
    } else if (world.now() > deadline + HALF_WRITTEN_MS) throw neverFree(world, place);
    if (isStale && carefully(place, () => removedStale(world, place, holder))) continue;
    await world.sleep(LOOK_EVERY_MS, options.signal).catch(() => options.signal?.throwIfAborted());
  }
}

/** `.pace/pipeline.lock` of a folder. */
interface Place {
  readonly base: string;
  readonly path: string;
}

function lockText({ self, now }: LockWorld): string {
  return `pid=${self.pid}\nstarted=${new Date(now()).toISOString()}\nhost=${self.host}\n`;
}

function carefully<T>({ base, path }: Place, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const { kind, message, remedy } = error instanceof PaceError ? error : fileError(error, 'use', join(base, path));
    throw new PaceError({ kind, message: `No lock could be taken: ${message}`, remedy, cause: error });
  }
}

/** `false` when there is such a file already. Throws when something else is. */
function created({ base, path }: Place, text: string): boolean {
  if (lookAtFile(base, path)) return false;
  return createPlain(base, path, text, { durable: false });
}

/** Only our own: after four hours another run may have taken it. */
function release(place: Place, text: string): void {
  if (textOf(place) === text) removePlain(place.base, place.path);
}

interface Holder {
  readonly text: string;
  readonly stale: boolean;
  /** Who holds it, for people. */
  readonly words: string;
}

/** `undefined` when nobody holds it any more. */
function holderOf(world: LockWorld, place: Place): Holder | undefined {
  const modified = lookAtFile(place.base, place.path)?.mtimeMs;
  const text = textOf(place);
  if (text === undefined || modified === undefined) return undefined;
  const { pid, started, host } = lines(text);
  const number = /^\d{1,10}$/.test(pid ?? '') ? Number(pid) : undefined;
  const told = timeOf(started);
  // who was killed while it wrote has not come to the end of a line
  const isWhole = number !== undefined && told !== undefined && text.endsWith('\n');
  const since = isWhole && told <= world.now() + HALF_WRITTEN_MS ? told : modified;
  const gone = number !== undefined && host === world.self.host && !isOther(world, number);
  const unreadable = !isWhole && world.now() - modified > HALF_WRITTEN_MS;
  const words = [
    `pid ${plainLine(pid ?? 'unknown', 20)}`,
    ...(host ? [`on ${plainLine(host, 60)}`] : []),
    `since ${new Date(since).toISOString()}`,
  ];
  return { text, stale: gone || unreadable || world.now() - since > STALE_AFTER_MS, words: words.join(' ') };
}

/** A run that ended without giving the lock back may have had the number that we have now. */
function isOther({ self }: LockWorld, pid: number): boolean {
  return pid !== self.pid && self.isRunning(pid);
}

function lines(text: string): Partial<Record<string, string>> {
  return Object.fromEntries(
    text.split('\n').map((line) => [line.split('=', 1).join(''), line.slice(line.indexOf('=') + 1).trim()]),
  );
}

/** An ISO time, or seconds or milliseconds since 1970; other tools write it their way. */
function timeOf(started: string | undefined): number | undefined {
  if (!started) return undefined;
  const number = Number(started);
  const time = Number.isFinite(number) ? (number < 1e11 ? number * 1000 : number) : Date.parse(started);
  return Math.abs(time) < 8.64e15 ? time : undefined;
}

/** One remover at a time, who looks again: else the second one would remove the lock that the first one has just taken. */
function removedStale(world: LockWorld, place: Place, holder: Holder | undefined): boolean {
  const removing = `${place.path}.removing`;
  if (!createPlain(place.base, removing, '', { durable: false })) {
    const written = lookAtFile(place.base, removing)?.mtimeMs ?? world.now();
    // one that nobody writes any more; a time in the future is nobody's either
    if (Math.abs(world.now() - written) > HALF_WRITTEN_MS) removePlain(place.base, removing);
    return false;
  }
  try {
    if (textOf(place) !== holder?.text) return false;
    world.log.warn(`The lock of an earlier run that did not end well (${holder?.words}) was removed.`);
    removePlain(place.base, place.path);
    return true;
  } finally {
    removePlain(place.base, removing);
  }
}

/** Three short lines. */
const MAX_BYTES = 4096;

/** `undefined` when it is gone; a lock that may not be read is one all the same. */
function textOf({ base, path }: Place): string | undefined {
  try {
    return readPlain(base, path, MAX_BYTES)?.toString('utf8');
  } catch {
    return '';
  }
}

function neverFree(world: LockWorld, place: Place): PaceError {
  return new PaceError({
    kind: 'transient',
    message: `No lock could be taken: ${shownPlace(world, place)} belongs to no run, and is not free either.`,
    remedy: 'Please remove it, and the file of the same name with `.removing` at its end.',
  });
}

function shownPlace({ cwd }: LockWorld, { base, path }: Place): string {
  return relative(cwd, join(base, path));
}

function stillHeld(world: LockWorld, place: Place, holder: Holder, options: LockOptions): PaceError {
  const { waitSeconds, words = OF_A_GATE } = options;
  const waited = waitSeconds > 0 ? `, also after waiting for ${waitSeconds} s` : '';
  return new PaceError({
    kind: 'conflict',
    message: `${words.held} (${holder.words})${waited}. ${words.undone}`,
    remedy: `${words.remedy} If no other run is under way, remove ${shownPlace(world, place)}.`,
  });
}
