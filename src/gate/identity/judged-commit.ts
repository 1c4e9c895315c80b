/** Which commit a run is about. */
import { defined } from '../../../core/defined.ts';
import { ciService } from '../../../core/drivers/ci-service.ts';
import { PaceError } from '../../../core/errors.ts';
import type { CodeHost, JudgedChange, JudgedCommit } from '../../../core/ports/index.ts';
import { gitOr } from '../../../core/programs/git.ts';
import type { World } from '../../../core/world.ts';
import type { Side } from '../../../platforms/index.ts';

export interface Commit {
  /** `''` when there is none. */
  readonly sha: string;
  readonly notes: readonly string[];
}

/** What the job tells in which PACE runs: a job of the host, else one of a CI service that hosts no code. */
export async function judgedByJob(
  world: World,
  host: Pick<CodeHost, 'judgedCommit'> | undefined,
  { platform }: Side,
): Promise<JudgedCommit | undefined> {
  const told = await host?.judgedCommit?.();
  // the embedded host has no jobs, and tells of the checkout alone
  if (told && !platform.fallback) return told;
  const service = await ciService(world.env);
  if (service === undefined) return told;
  const { sha = told?.sha ?? (await headOf(world)), change, branch } = service;
  return sha === undefined ? told : { sha, ...defined({ change, branch }) };
}

function headOf(world: World): Promise<string | undefined> {
  return gitOr(world, ['rev-parse', '--verify', '--quiet', 'HEAD']);
}

/** The commit that was asked for, else the head of the change that was asked for, else that of the CI job, else the checkout's. */
export async function judgedCommit(options: {
  world: World;
  host: Pick<CodeHost, 'listChecks'> | undefined;
  wanted: string | undefined;
  judged: JudgedCommit | undefined;
  change: (JudgedChange & { readonly sha?: string }) | undefined;
}): Promise<Commit> {
  const { world, host, wanted, judged, change } = options;
  const asked = wanted ? await namedCommit(world, host, wanted) : change?.sha;
  const sha = asked ?? judged?.sha ?? (await headOf(world)) ?? '';
  const note = asked === undefined ? judged?.note : undefined;
  const none = sha === '' ? ['There is no commit here: findings are not tied to one.'] : [];
  return { sha, notes: note ? [note, ...none] : none };
}

/** A full hash may be unknown to a shallow checkout: then the host is asked, where there is one. */
async function namedCommit(
  world: World,
  host: Pick<CodeHost, 'listChecks'> | undefined,
  wanted: string,
): Promise<string> {
  const known = wanted.startsWith('-')
    ? undefined
    : await gitOr(world, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${wanted}^{commit}`]);
  if (known) return known;
  if (/^[0-9a-f]{40}([0-9a-f]{24})?$/.test(wanted) && host?.listChecks) return wanted;
  throw new PaceError({
    kind: 'validation',
    message: `"${wanted.slice(0, 100)}" is not a commit in this checkout.`,
    remedy: 'Please pass the full hash of an existing commit, and fetch more history if the clone is shallow.',
  });
}
