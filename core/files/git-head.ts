/**
 * The commit that is checked out, from git's own files: images of jobs often have no git. Links are followed, as no commit can put
 * anything below `.git`. https://git-scm.com/docs/gitrepository-layout
 */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { inflate } from 'node:zlib';
import { errorCode, PaceError } from '../errors.ts';
import { commonFolder } from './git-folder.ts';
import { readRegular } from './read-regular.ts';

export interface HeadCommit {
  readonly sha: string;
  /** None where the commit lies in a pack, which only git reads. */
  readonly parents: readonly string[];
}

/** @param git where git keeps what is the checkout's own. `undefined` where there is no commit yet. Throws what stands in the way. */
export async function headCommit(git: string): Promise<HeadCommit | undefined> {
  const common = commonFolder(git);
  const sha = await headHash(git, common);
  return sha === undefined ? undefined : { sha, parents: await parentsOf(common, sha) };
}

/** They stand right behind the tree; a line further below that looks like one is somebody's words. */
export function parentsIn(commit: string): string[] {
  const [, lines = ''] = /^tree [0-9a-f]+\n((?:parent [0-9a-f]+\n)*)/.exec(commit) ?? [];
  return [...lines.matchAll(/[0-9a-f]{40,}/g)].map(([parent]) => parent);
}

const HASH = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/** So many names may lead to one another, as in git itself. */
const MOST_STEPS = 5;

async function headHash(git: string, common: string): Promise<string | undefined> {
  let word = await wordIn(join(git, 'HEAD'));
  for (let steps = 0; word !== undefined && steps < MOST_STEPS; steps += 1) {
    if (HASH.test(word)) return word;
    const name = /^ref: *(\S+)$/.exec(word)?.[1] ?? '';
    if (!isReference(name)) throw unreadable();
    word =
      (await wordIn(join(git, name))) ?? (await wordIn(join(common, name))) ?? (await packedReference(common, name));
  }
  if (word === undefined) return undefined;
  throw unreadable();
}

/** Where references are kept in tables, HEAD leads to `refs/heads/.invalid`. https://git-scm.com/docs/reftable */
function isReference(name: string): boolean {
  return name.startsWith('refs/') && !/\/\.|\.\.|\/\/|\\/.test(name);
}

const MOST_BYTES_OF_WORD = 1 << 16;
const MOST_BYTES_OF_LIST = 1 << 28;
const MOST_BYTES_OF_COMMIT = 1 << 24;

async function wordIn(path: string): Promise<string | undefined> {
  return (await bytesOf(path, MOST_BYTES_OF_WORD))?.toString('utf8').trim();
}

/** https://git-scm.com/docs/git-pack-refs */
async function packedReference(common: string, name: string): Promise<string | undefined> {
  const list = await bytesOf(join(common, 'packed-refs'), MOST_BYTES_OF_LIST);
  const end = list?.indexOf(` ${name}\n`) ?? -1;
  if (list === undefined || end < 0) return undefined;
  return list.toString('latin1', list.lastIndexOf('\n', end) + 1, end);
}

/** https://git-scm.com/book/en/v2/Git-Internals-Git-Objects#_object_storage */
async function parentsOf(common: string, sha: string): Promise<string[]> {
  const packed = await bytesOf(join(common, 'objects', sha.slice(0, 2), sha.slice(2)), MOST_BYTES_OF_COMMIT);
  if (packed === undefined) return [];
  const object = await inflated(packed, sha);
  const hash = createHash(sha.length === 40 ? 'sha1' : 'sha256');
  if (hash.update(object).digest('hex') !== sha) throw damaged(`hash mismatch ${sha}`);
  const start = object.indexOf(0) + 1;
  if (!/^commit \d+\0$/.test(object.toString('latin1', 0, start))) throw damaged(`${sha} is not a commit`);
  return parentsIn(object.toString('latin1', start));
}

async function inflated(packed: Buffer, sha: string): Promise<Buffer> {
  try {
    return await promisify(inflate)(packed, { maxOutputLength: MOST_BYTES_OF_COMMIT });
  } catch (error) {
    throw damaged(`the object ${sha} cannot be unpacked (${errorCode(error)})`);
  }
}

/** `undefined` when there is no such file. */
async function bytesOf(path: string, maxBytes: number): Promise<Buffer | undefined> {
  try {
    return await readRegular(path, maxBytes);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EISDIR'].includes(errorCode(error))) return undefined;
    throw error;
  }
}

function unreadable(): PaceError {
  return new PaceError({
    kind: 'unsupported',
    message: 'The program `git` was not found, and only git can read where HEAD leads.',
    remedy: 'Please install git on the runner.',
  });
}

function damaged(message: string): PaceError {
  return new PaceError({ kind: 'unexpected', message, remedy: 'Please make the checkout anew.' });
}
