/** The branch on which some missions keep their lanes: read from its worktree or from git, written in its worktree only, and committed there. */
import { join } from 'node:path';
import { readTextFile } from '../../core/drivers/documents/text-files.ts';
import { PaceError } from '../../core/errors.ts';
import { git, gitOr } from '../../core/programs/git.ts';
import { readMission } from '../../core/spec-kitty/mission.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import type { World } from '../../core/world.ts';
import { kindOf, missionFolder } from './address.ts';

export interface Coordination {
  readonly branch: string;
  /** Relative to the workspace, where it is checked out. */
  readonly worktree?: string;
  /** The log as the branch has it, where it is not. */
  readonly log?: string;
}

/** What a move does that needs a review nobody has given. */
export const EVIDENCE = ['nothing', 'note', 'force'] as const;
export type Evidence = (typeof EVIDENCE)[number];

export interface Place {
  readonly folder: string;
  /** Where the lanes are. */
  readonly statusFolder: string;
  readonly statusFiles: readonly string[];
  readonly coordination?: Coordination;
  readonly evidence: Evidence;
}

type Here = Pick<World, 'cwd' | 'env'>;

/** Where the files of a mission are. */
export async function placeOf(world: Here, mission: string | undefined, evidence: Evidence): Promise<Place> {
  const folder = await missionFolder(world.cwd, mission);
  const meta = await readTextFile(world.cwd, `${folder}/meta.json`);
  const found = meta && readMission(folder, meta.text);
  const branch = found?.coordinationBranch;
  if (branch === undefined) return { folder, statusFolder: folder, statusFiles: statusFiles(folder), evidence };
  const coordination = await coordinationOf(world, { folder, slug: found?.slug ?? '', branch });
  const { worktree } = coordination;
  // what this folder has of that name is none of the lanes
  if (worktree === undefined) return { folder, statusFolder: folder, statusFiles: [], coordination, evidence };
  const statusFolder = `${worktree}/${folder}`;
  return { folder, statusFolder, statusFiles: statusFiles(statusFolder), coordination, evidence };
}

function statusFiles(folder: string): string[] {
  return ['status.events.jsonl', 'status.json', 'meta.json'].map((name) => `${folder}/${name}`);
}

/** `folder`: of the mission; `slug`: its name, by which the worktree is found. */
async function coordinationOf(
  world: Here,
  { folder, slug, branch }: { readonly folder: string; readonly slug: string; readonly branch: string },
): Promise<Coordination> {
  const worktree = `.worktrees/${slug}-coord`;
  if ((await kindOf(world.cwd, worktree)) === 'folder') {
    const here = await gitOr({ ...world, cwd: join(world.cwd, worktree) }, ['symbolic-ref', '--short', 'HEAD']);
    if (here === branch) return { branch, worktree };
  }
  const ref = await refOf(world, branch);
  if (ref) return { branch, log: (await gitOr(world, ['show', `${ref}:${folder}/status.events.jsonl`])) ?? '' };
  throw new PaceError({
    kind: 'configuration',
    message: `The lanes of this mission are kept on the branch ${plainLine(branch, 200)}, which is not here.`,
    remedy: 'Please fetch that branch; to write, it has to be checked out as Spec Kitty does it.',
  });
}

async function refOf(world: Here, branch: string): Promise<string | undefined> {
  // a name that git would take for an option or a range names no branch
  if (!/^\w[\w./-]*$/.test(branch) || branch.includes('..')) return undefined;
  for (const ref of [`refs/heads/${branch}`, `refs/remotes/origin/${branch}`])
    if (await gitOr(world, ['rev-parse', '--verify', '--quiet', ref])) return ref;
  return undefined;
}

/** Nothing is written to a mission whose lanes cannot be written. */
export function notCheckedOut({ branch }: Coordination, slug: string): PaceError {
  const [name, place] = [plainLine(branch, 200), `.worktrees/${plainLine(slug, 200)}-coord`];
  return new PaceError({
    kind: 'configuration',
    message: `The lanes of this mission are kept on the branch ${name}, which is not checked out at ${place}: nothing was written.`,
    remedy: `Please check it out there: git worktree add ${place} ${name}`,
  });
}

/** Of the files of the worktree those that have changed. */
export async function commitIn(
  world: Here,
  worktree: string,
  paths: readonly string[],
  message: string,
): Promise<void> {
  const within = paths.filter((path) => path.startsWith(`${worktree}/`)).map((path) => path.slice(worktree.length + 1));
  if (within.length === 0) return;
  const there = { env: world.env, cwd: join(world.cwd, worktree) };
  await git(there, ['add', '--', ...within]);
  const changed = await git(there, ['diff', '--cached', '--name-only', '--', ...within]);
  if (changed === '') return;
  await git(there, ['commit', '--quiet', '--message', message, '--only', '--', ...within]);
}
