/** Asks git which lines the judged commit has changed. */
import { asPaceError } from '../../../../core/errors.ts';
import { git, gitOr, runGit } from '../../../../core/programs/git.ts';
import type { World } from '../../../../core/world.ts';
import type { Since } from '../reader.ts';
import { addedLines, type Run } from './diff-lines.ts';

export interface Changes {
  /** Added or rewritten lines by path; the paths are relative to the workspace. */
  readonly lines: ReadonlyMap<string, readonly Run[]>;
  /** Every file of the commit below the workspace. */
  readonly files: readonly string[];
}

/** Whatever the user's configuration says: only the plain form can be read. Of what the commit calls no text (`.gitattributes`) too. */
const DIFF = [
  ...['-c', 'diff.noprefix=false', '-c', 'diff.mnemonicPrefix=false', '-c', 'core.quotePath=false'],
  ...[
    'diff',
    '--unified=0',
    '--inter-hunk-context=0',
    '--no-color',
    '--text',
    '--no-ext-diff',
    '--no-textconv',
    '--find-renames',
  ],
  ...['--submodule=short', '--src-prefix=a/', '--dst-prefix=b/', '--relative'],
];

/** The changes, or a sentence that says why nobody can know them. */
export async function changedLines(world: World, since: Since, sha: string): Promise<Changes | string> {
  try {
    return await changes(world, since, sha);
  } catch (error) {
    const { message, remedy } = asPaceError(error);
    return `${message} ${remedy}`;
  }
}

async function changes(world: World, since: Since, sha: string): Promise<Changes | string> {
  if (sha === '') return 'There is no commit here, so nobody knows what was changed.';
  const judged = await commit(world, sha);
  if (judged === undefined) return `The judged commit ${sha.slice(0, 12)} ${ABSENT}`;
  const before = await baseCommit(world, since);
  if (before === undefined) return `${baseText(since)} ${ABSENT}`;
  const base = await gitOr(world, ['merge-base', before, judged]);
  if (!base) return `${baseText(since)} has no history in common with the judged commit in this checkout. ${DEEPER}`;
  const diff = await git(world, [...DIFF, base, judged, '--']);
  const files = await git(world, ['ls-tree', '-r', '-z', '--name-only', judged]);
  return { lines: addedLines(diff), files: files.split('\0').filter((path) => path !== '') };
}

const DEEPER =
  'Fetch the history before the gate runs: `fetch-depth: 0` of actions/checkout, `GIT_DEPTH: 0` of GitLab, else `git fetch --unshallow`.';
const ABSENT = `is not in this checkout. ${DEEPER}`;

function baseText(since: Since): string {
  return 'branch' in since
    ? `The branch \`${since.branch}\``
    : `The commit ${since.commit.slice(0, 12)} of day ${since.day}, the last that shipped,`;
}

/** A branch as the remote has it goes first: the local one may be an old copy. */
async function baseCommit(world: World, since: Since): Promise<string | undefined> {
  if (!('branch' in since)) return commit(world, since.commit);
  const { branch } = since;
  return (await commit(world, `refs/remotes/origin/${branch}`)) ?? (await commit(world, `refs/heads/${branch}`));
}

async function commit(world: World, name: string): Promise<string | undefined> {
  const asked = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`];
  const { code, stdout } = await runGit(world, asked);
  return code === 0 ? stdout.toString().trim() : undefined;
}
