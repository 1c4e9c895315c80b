/**
 * The state branch as git sees it: one tree with PACE's mark in it, read and written without touching the index, the
 * checkout or any other branch. https://git-scm.com/docs/git-commit-tree
 */

import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PaceError } from '../../../core/errors.ts';
import { MAX_KEPT_BYTES } from '../../../core/kept/open-kept.ts';
import { type GitAnswer, type GitOptions, git, gitOr, runGit } from '../../../core/programs/git.ts';
import { isRecord } from '../../../core/record.ts';
import { plainLine } from '../../../core/text/untrusted-text.ts';
import type { World } from '../../../core/world.ts';
import { type Files, same } from './merge.ts';

/** The file at the root of the branch by which PACE knows it as its own. */
const MARK = 'pace-state.json';
const MARK_VERSION = 1;
const MARK_TEXT = `${JSON.stringify({ schemaVersion: MARK_VERSION, note: 'The memory of PACE, kept by its runs.' }, null, 2)}\n`;

const NETWORK_MS = 90_000;
/** All files of a branch together; git's answer must fit into memory. */
const MAX_ALL_BYTES = 200 * 1024 * 1024;

// no hook, no signature, no housekeeping, nothing that a person's settings add
const QUIET = [
  'core.hooksPath=/dev/null',
  'gc.auto=0',
  'maintenance.auto=false',
  'push.gpgSign=false',
  'core.fsmonitor=false',
  'core.splitIndex=false',
].flatMap((setting) => ['-c', setting]);

interface Entry {
  readonly mode: string;
  readonly oid: string;
  /** From the root of the branch. */
  readonly path: string;
}

/** What a commit of the branch holds. */
export interface StateTree {
  readonly commit: string;
  /** By path below this workspace's `.pace`. */
  readonly files: Files;
  readonly entries: readonly Entry[];
}

export interface StateTrees {
  /** The branch as the remote has it now; `undefined` when it has none. Throws a `PaceError` when it cannot be asked. */
  fetch(): Promise<StateTree | undefined>;
  /** What this checkout was like when it last agreed with the remote. */
  last(): Promise<StateTree | undefined>;
  remember(commit: string): Promise<void>;
  /** A commit with these files in the place of `tree`'s; nothing else of it changes. */
  commit(tree: StateTree | undefined, files: Files, message: string): Promise<string>;
  /** `raced`: somebody else was faster. Throws a `PaceError` when it is refused or cannot be done. */
  push(commit: string): Promise<'pushed' | 'raced'>;
}

export interface StateTreeOptions {
  readonly world: Pick<World, 'cwd' | 'env' | 'log' | 'now'>;
  readonly remote: string;
  readonly branch: string;
  /** Paths below `.pace` that are none of the branch's business. */
  readonly skips: (path: string) => boolean;
  /** What lets git push here, in words. */
  readonly pushRemedy: string;
}

/** Throws a `PaceError` when this is not a git checkout. */
export async function openStateTrees(options: StateTreeOptions): Promise<StateTrees> {
  const { world, remote, branch, skips } = options;
  const [prefix = '', shallow] = (await git(world, ['rev-parse', '--show-prefix', '--is-shallow-repository'])).split(
    '\n',
  );
  const folder = `${prefix}.pace/`;
  const place = createHash('sha256').update([remote, branch, prefix].join('\0')).digest('hex').slice(0, 12);
  const [incoming, agreed] = [`refs/pace/incoming/${place}`, `refs/pace/state/${place}`];

  async function plumb(args: readonly string[], more: GitOptions = {}): Promise<Buffer> {
    const answer = await runGit(world, [...QUIET, ...args], more);
    if (answer.code === 0) return answer.stdout;
    throw failed(
      `git ${args[0]} failed: ${wordsOf(answer)}`,
      'Please run the same git command by hand to see what is wrong.',
    );
  }

  async function read(commit: string): Promise<StateTree> {
    const entries = entriesOf(await plumb(['ls-tree', '-r', '-z', '--full-tree', commit]));
    const mark = entries.find(({ path }) => path === MARK);
    const ours = entries.filter((entry) => isOurs(entry));
    const mine = mark ? await bearable([mark, ...ours]) : [];
    const contents = await blobs(mine);
    const isMarked = mark !== undefined && mine[0] === mark;
    refuseForeign(branch, remote, entries, isMarked ? contents[0] : undefined);
    const files = new Map(
      mine.map(({ path }, index) => [path.slice(folder.length), contents[index] ?? Buffer.alloc(0)] as const).slice(1),
    );
    return { commit, files, entries };
  }

  function isOurs({ mode, path }: Entry): boolean {
    return mode.startsWith('100') && path.startsWith(folder) && !skips(path.slice(folder.length));
  }

  /** Without what no run of ours has put there: whoever may push could fill the memory of every run. */
  async function bearable(entries: readonly Entry[]): Promise<Entry[]> {
    const input = entries.map(({ oid }) => `${oid}\n`).join('');
    const sizes = (await plumb(['cat-file', '--batch-check=%(objectsize)'], { input })).toString().split('\n');
    let left = MAX_ALL_BYTES;
    const [borne, others]: [Entry[], string[]] = [[], []];
    for (const [index, entry] of entries.entries()) {
      // git says `missing`, and is asked once more
      const size = Number(sizes[index]) || 0;
      left -= size;
      if (size <= MAX_KEPT_BYTES && left >= 0) borne.push(entry);
      else others.push(entry.path);
    }
    if (others.length > 0) {
      const names = plainLine(others.join(', '), 300);
      world.log.warn(`Too large for the state of PACE, and not used: ${names} on ${branch}.`);
    }
    return borne;
  }

  /** The contents, in order. https://git-scm.com/docs/git-cat-file#_batch_output */
  async function blobs(entries: readonly Entry[]): Promise<Buffer[]> {
    if (entries.length === 0) return [];
    const output = await plumb(['cat-file', '--batch'], { input: entries.map(({ oid }) => `${oid}\n`).join('') });
    const found: Buffer[] = [];
    for (let at = 0; at < output.length; ) {
      const end = output.indexOf('\n', at);
      const size = Number(output.subarray(at, end).toString().split(' ')[2]);
      if (!Number.isInteger(size)) throw failed(`The branch ${branch} lacks a file.`, 'Please fetch it by hand.');
      found.push(output.subarray(end + 1, end + 1 + size));
      at = end + 2 + size;
    }
    return found;
  }

  async function tree(entries: readonly Entry[]): Promise<string> {
    const temporary = await mkdtemp(join(tmpdir(), 'pace-index-'));
    const env = { GIT_INDEX_FILE: join(temporary, 'index') };
    try {
      const input = entries.map(({ mode, oid, path }) => `${mode} ${oid}\t${path}\0`).join('');
      await plumb(['update-index', '-z', '--index-info'], { env, input });
      return (await plumb(['write-tree'], { env })).toString().trim();
    } finally {
      await rm(temporary, { recursive: true, force: true });
    }
  }

  async function blob(content: string | Buffer): Promise<string> {
    return (await plumb(['hash-object', '-w', '--no-filters', '--stdin'], { input: content })).toString().trim();
  }

  async function entriesFor(known: StateTree | undefined, files: Files): Promise<Entry[]> {
    const others = (known?.entries ?? []).filter((entry) => !isOurs(entry) && isTaken(entry));
    const mark = known ? [] : [{ mode: '100644', oid: await blob(MARK_TEXT), path: MARK }];
    const ours: Entry[] = [];
    for (const [path, content] of files) {
      const there = known?.entries.find((entry) => entry.path === `${folder}${path}`);
      const oid = there && same(known?.files.get(path), content) ? there.oid : await blob(content);
      ours.push({ mode: '100644', oid, path: `${folder}${path}` });
    }
    return [...others, ...mark, ...ours];
  }

  return {
    fetch: async () => {
      const depth = shallow === 'true' ? ['--depth=1'] : [];
      const flags = ['--quiet', '--no-tags', '--no-write-fetch-head', '--no-recurse-submodules', '--refmap=', ...depth];
      const args = ['fetch', ...flags, remote, `+refs/heads/${branch}:${incoming}`];
      const answer = await runGit(world, [...QUIET, ...args], { timeoutMs: NETWORK_MS });
      if (answer.code === 0) return read((await plumb(['rev-parse', '--verify', incoming])).toString().trim());
      if (/couldn't find remote ref/i.test(answer.stderr)) return undefined;
      throw unreachable(answer, `The branch ${branch} could not be fetched from ${remote}`);
    },
    last: async () => {
      const commit = await gitOr(world, ['rev-parse', '--verify', '--quiet', agreed]);
      return commit ? read(commit).catch(() => undefined) : undefined;
    },
    remember: async (commit) => void (await plumb(['update-ref', agreed, commit])),
    commit: async (known, files, message) => {
      const parent = known ? ['-p', known.commit] : [];
      const id = await tree(await entriesFor(known, files));
      const at = `${Math.floor(world.now() / 1000)} +0000`;
      const who = (role: string) => ({
        [`GIT_${role}_NAME`]: 'PACE',
        [`GIT_${role}_EMAIL`]: 'pace@localhost',
        [`GIT_${role}_DATE`]: at,
      });
      const env = { ...who('AUTHOR'), ...who('COMMITTER') };
      return (await plumb(['commit-tree', id, ...parent], { env, input: message })).toString().trim();
    },
    push: async (commit) => {
      // not forced: only a commit that stands on what the remote has now is taken
      const flags = ['--porcelain', '--no-verify', '--no-follow-tags', '--recurse-submodules=no'];
      const args = ['push', ...flags, remote, `${commit}:refs/heads/${branch}`];
      const answer = await runGit(world, [...QUIET, ...args], { timeoutMs: NETWORK_MS });
      if (answer.code === 0) return 'pushed';
      if (RACED.test(allOf(answer))) return 'raced';
      if (!REFUSED.test(allOf(answer)))
        throw unreachable(answer, `The branch ${branch} could not be pushed to ${remote}`);
      throw new PaceError({
        kind: 'permission',
        message: `This job may not push the branch ${branch} to ${remote}: ${wordsOf(answer)}`,
        remedy: options.pushRemedy,
      });
    },
  };
}

// what git and its servers say, with LC_ALL=C
const RACED =
  /\[rejected\]|fetch first|non-fast-forward|cannot lock ref|failed to update ref|already exists|incorrect old value/;
const REFUSED =
  /remote rejected|\b40[13]\b|denied|not allowed|could not read (?:Username|Password)|Authentication failed|prompts disabled/i;

function allOf({ stdout, stderr }: GitAnswer): string {
  return `${stdout.toString()}\n${stderr}`;
}

/** The lines that say what is wrong. */
function wordsOf(answer: GitAnswer): string {
  const lines = allOf(answer).split('\n');
  const telling = lines.filter((line) => /^(?:!|remote: .*\w|fatal:|error:)/.test(line.trim()));
  return plainLine((telling.length > 0 ? telling : lines).map((line) => line.trim()).join(' '), 400);
}

/** `mode type oid\tpath\0`, without what is not a file: a module of git's, for one. */
function entriesOf(listing: Buffer): Entry[] {
  return listing
    .toString()
    .split('\0')
    .flatMap((line) => {
      const [, mode, oid, path] = /^(\d+) blob ([0-9a-f]+)\t(.+)$/s.exec(line) ?? [];
      return mode && oid && path ? [{ mode, oid, path }] : [];
    });
}

/** Git refuses these where it reads a tree anew; a tree may hold them all the same. */
function isTaken({ path }: Entry): boolean {
  return path.split('/').every((segment) => !/^(?:|\.|\.\.|\.git|git~\d+)[. ]*$/i.test(segment));
}

/** What PACE did not write it does not write to. An empty branch is nobody's. */
function refuseForeign(branch: string, remote: string, entries: readonly Entry[], mark: Buffer | undefined): void {
  const version = mark && entries.some(({ path }) => path === MARK) ? versionOf(mark.toString()) : undefined;
  if (version !== undefined && version <= MARK_VERSION) return;
  const what = version === undefined ? 'was not written by PACE' : `was written by a newer PACE (format ${version})`;
  const remedy =
    version === undefined
      ? 'Please name another branch as `state.branch`.'
      : 'Please use the same version of PACE everywhere, the newest one.';
  throw new PaceError({
    kind: 'conflict',
    message: `The branch ${branch} on ${remote} ${what}. It is left as it is, and nothing of it is used.`,
    remedy,
  });
}

function versionOf(text: string): number | undefined {
  try {
    const mark: unknown = JSON.parse(text);
    const known = isRecord(mark) && 'schemaVersion' in mark ? mark.schemaVersion : undefined;
    return typeof known === 'number' && known >= 1 ? known : undefined;
  } catch {
    return undefined;
  }
}

function unreachable(answer: GitAnswer, what: string): PaceError {
  if (/unknown option/.test(answer.stderr))
    return failed(`${what}: this git is too old.`, 'Please install git 2.29 or newer.');
  const refused = REFUSED.test(allOf(answer));
  return new PaceError({
    kind: refused ? 'permission' : 'transient',
    message: `${what}: ${wordsOf(answer)}`,
    remedy: refused
      ? 'Please give the job credentials for this repository: keep those of the checkout step.'
      : 'Please see whether `git remote -v` names the repository and the network lets git reach it.',
  });
}

function failed(message: string, remedy: string): PaceError {
  return new PaceError({ kind: 'unexpected', message, remedy });
}
