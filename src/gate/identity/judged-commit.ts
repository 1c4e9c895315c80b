/** Which commit a run is about. */
import { PaceError } from '../../../core/errors.ts';
import type { CodeHost, JudgedChange, JudgedCommit } from '../../../core/ports/index.ts';
import { gitOr } from '../../../core/programs/git.ts';
import type { World } from '../../../core/world.ts';

export interface Commit {
  /** `''` when there is none. */
  readonly sha: string;
  readonly notes: readonly string[];
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
  const sha = asked ?? judged?.sha ?? (await gitOr(world, ['rev-parse', '--verify', '--quiet', 'HEAD'])) ?? '';
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
