/** The configuration as it stands on a branch: in the clone, else asked from the host. Nothing is checked out. */
import { pathOfRemote } from '../../../core/drivers/checkout.ts';
import { unlessMissing } from '../../../core/drivers/unless.ts';
import { asPaceError } from '../../../core/errors.ts';
import type { CodeHost, FileAtRef, JobSubject } from '../../../core/ports/index.ts';
import {
  type Clone,
  commitNamed,
  fileInCommit,
  isBranchName,
  parentsOf,
  remotesOf,
} from '../../../core/programs/git-objects.ts';
import { plainLine } from '../../../core/text/untrusted-text.ts';
import { ConfigError } from '../../../core/yaml/problems.ts';
import { MAX_FILE_BYTES } from '../../../core/yaml/yaml-file.ts';

/** Where PACE looks, and whom it asks. */
export interface Sources {
  readonly clone: Clone | undefined;
  /** The host of the job, or by hand of the person's own configuration. Rejects where it cannot be opened. */
  readonly host: () => Promise<CodeHost | undefined>;
  /** What the job tells of where its branches live. */
  readonly subject: JobSubject | undefined;
  /** A person runs PACE in a checkout of their own, whose branches are theirs. */
  readonly isByHand: boolean;
}

/** The same file: how it is called in messages, and by its path from the repository's root. */
export interface Candidate {
  readonly shown: string;
  readonly path: string;
}

export type LookedUp =
  /** `commit` is absent where only the host knows the file. */
  | {
      readonly how: 'found';
      readonly file: Candidate;
      readonly bytes: Uint8Array;
      readonly sha: string;
      readonly commit?: string;
    }
  | { readonly how: 'none' }
  | { readonly how: 'unknown'; readonly why: string };

/** The first of the candidates that stands on the branch. Throws `ConfigError` for what keeps a person's own host from being asked. */
export async function lookUp(sources: Sources, branch: string, candidates: readonly Candidate[]): Promise<LookedUp> {
  const commit = sources.clone && (await tipInClone(sources.clone, branch, sources));
  if (sources.clone && commit) return inCommit(sources.clone, commit, candidates);
  const lacks = `this clone does not have the branch ${plainLine(branch, 100)}`;
  try {
    const host = await sources.host();
    if (!host?.readFile)
      return { how: 'unknown', why: `${lacks}, and there is no host that can be asked for its files` };
    return await atHost(host.readFile, branch, candidates);
  } catch (error) {
    // the person's own file, which says where the host is, has mistakes
    if (error instanceof ConfigError) throw error;
    const { message, remedy } = asPaceError(error);
    const words = plainLine(`${message} ${remedy}`, 700).trim().replace(/\.$/, '');
    return { how: 'unknown', why: `${lacks}, and the host did not tell: ${words}` };
  }
}

async function inCommit(clone: Clone, commit: string, candidates: readonly Candidate[]): Promise<LookedUp> {
  for (const file of candidates) {
    const read = await fileInCommit(clone, commit, file.path, MAX_FILE_BYTES);
    if (read.how === 'found') return { how: 'found', file, bytes: read.bytes, sha: commit, commit };
    if (read.how === 'unreadable')
      return {
        how: 'unknown',
        why: `${file.shown} cannot be read at ${commit.slice(0, 7)}: ${plainLine(read.why, 200)}`,
      };
  }
  return { how: 'none' };
}

async function atHost(
  readFile: NonNullable<CodeHost['readFile']>,
  branch: string,
  candidates: readonly Candidate[],
): Promise<LookedUp> {
  let tip: string | undefined;
  for (const file of candidates) {
    // the next one at the same commit, though the branch may move meanwhile
    const found = await (tip === undefined ? readFile(file.path, branch) : atTip(readFile, file.path, tip));
    const { sha, text } = found;
    if (text !== undefined) return { how: 'found', file, bytes: Buffer.from(text, 'utf8'), sha };
    tip = sha || undefined;
  }
  return { how: 'none' };
}

/** A commit that the host has told of: what is not shown is not there. */
async function atTip(readFile: NonNullable<CodeHost['readFile']>, path: string, tip: string): Promise<FileAtRef> {
  return (await unlessMissing(() => readFile(path, tip))) ?? { sha: tip };
}

/**
 * The tip of a branch as this clone has it. Of remotes only those of the very repository count: a clone of a fork has a `main`, too,
 * which is whatever the fork's owner likes. In a merge that the host has made, the first parent is of the branch that the change goes to.
 */
async function tipInClone(
  clone: Clone,
  branch: string,
  { subject, isByHand }: Pick<Sources, 'subject' | 'isByHand'>,
): Promise<string | undefined> {
  if (!isBranchName(branch)) return undefined;
  const remotes = await remotesOf(clone);
  // nothing was fetched from anywhere: all branches are the repository's own
  if (remotes.length === 0) return commitNamed(clone, `refs/heads/${branch}`);
  const own = remotes
    .filter(({ name, url }) => (subject?.repository === undefined ? name === 'origin' : isOf(url, subject)))
    .sort((a, b) => Number(b.name === 'origin') - Number(a.name === 'origin'));
  for (const { name } of own) {
    const tip = await commitNamed(clone, `refs/remotes/${name}/${branch}`);
    if (tip) return tip;
  }
  if (isByHand) return commitNamed(clone, `refs/heads/${branch}`);
  return subject?.judged.change?.target === branch ? parentOfMerge(clone, subject) : undefined;
}

async function parentOfMerge(clone: Clone, { testMerge, judged }: JobSubject): Promise<string | undefined> {
  if (testMerge === undefined || (await commitNamed(clone, 'HEAD')) !== testMerge) return undefined;
  const [base, head] = await parentsOf(clone, testMerge);
  return base !== undefined && head === judged.sha ? commitNamed(clone, base) : undefined;
}

/** A mirror on this machine is the operator's own, whatever it is called. */
export function isOf(remote: string, { repository = '', url = '' }: Pick<JobSubject, 'repository' | 'url'>): boolean {
  const isAddress = /^(?!file:)[a-z][a-z0-9+.-]*:\/\//i.test(remote) || /^[^/\\:]{2,}:(?!\/\/)/.test(remote);
  if (!isAddress) return true;
  const named = [repository, URL.parse(url)?.pathname ?? ''].map(plainPath).filter(Boolean);
  return named.includes(plainPath(pathOfRemote(remote)));
}

function plainPath(path: string): string {
  return path
    .replace(/^\/+|\/+$/g, '')
    .replace(/\.git$/, '')
    .toLowerCase();
}
