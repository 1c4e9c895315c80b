/** Looks at a commit's checks again and again until they have settled or the deadline has come. */
import { asPaceError, PaceError } from '../../errors.ts';
import type { Fault } from '../../faults.ts';
import type { Check, CodeHost } from '../../ports/index.ts';
import { plainLine } from '../../text/untrusted-text.ts';
import type { World } from '../../world.ts';
import type { CiResult, CiRules } from '../ports.ts';
import { conclude } from './outcome.ts';
import { pollWait } from './poll-wait.ts';
import { judgedSet, knownSince, signature, type Verdict, verdict } from './settled-checks.ts';

export interface Waiting {
  readonly world: World;
  readonly host: CodeHost;
  readonly sha: string;
  readonly rules: CiRules;
  /** By how much the host's clock is ahead of ours, as far as it has told. */
  readonly ahead: () => number | undefined;
  readonly deadline: number;
  readonly pollInterval: number;
  readonly signal?: AbortSignal;
  readonly report: (error: unknown) => Fault;
}

/** What was seen at the last look that was answered. */
interface Seen {
  /** All that the host lists; `undefined` before the first answer. */
  readonly all: readonly Check[] | undefined;
  readonly checks: readonly Check[];
  readonly signature: string;
  /** When the set was first seen as it is. */
  readonly since: number;
  /** This look or an earlier one has seen checks. */
  readonly hadChecks: boolean;
}

/** Throws what was met before anything was seen. */
export async function waitForCi(waiting: Waiting): Promise<CiResult> {
  const { world, host, sha, rules, deadline, signal } = waiting;
  const since = world.now();
  const ownId = (await host.ownCheck?.())?.id;
  let seen: Seen = { all: undefined, checks: [], signature: '', since, hadChecks: false };
  let said = '';
  let refused = 0;

  for (;;) {
    let now: Verdict | undefined;
    let trouble: unknown;
    try {
      seen = nextLook(seen, (await host.listChecks?.(sha, signal)) ?? [], { ownId, rules, at: world.now() });
      const times = { known: knownSince(seen.all ?? []), pushed: host.pushedAt?.(sha), ahead: waiting.ahead() };
      const look = { checks: seen.checks, at: world.now(), ...times };
      now = verdict({ look, unchangedSince: seen.since, hadChecks: seen.hadChecks, since, rules });
      refused = 0;
    } catch (error) {
      trouble = error;
      if (signal?.aborted || (!isPassing(error) && seen.all === undefined)) throw error;
      refused = isPassing(error) ? 0 : refused + 1;
      // one look that is refused in between may be an accident
      if (refused > 1) return ended(waiting, seen, { timedOut: false, trouble });
    }
    const left = deadline - world.now();
    if (now?.over || left <= 0) return ended(waiting, seen, { timedOut: !now?.over, trouble });
    const silence = `${sha.slice(0, 7)}: the host ${refused > 0 ? 'refuses' : 'does not answer'}, asking again`;
    const words = now ? awaited(sha, now, seen) : silence;
    if (words !== said) world.log.progress(words);
    said = words;
    const seconds = pollWait({
      quietSeconds: (world.now() - seen.since) / 1000,
      interval: waiting.pollInterval,
      free: host.pollingIsFree,
      awaited: now?.awaited.length ?? 0,
      overIn: now?.overIn,
      random: world.random(),
    });
    await world.sleep(Math.min(Math.ceil(seconds * 1000), left), signal);
  }
}

function nextLook(
  before: Seen,
  all: readonly Check[],
  { ownId, rules, at }: { ownId: string | undefined; rules: CiRules; at: number },
): Seen {
  const checks = judgedSet(all, { ownId, ignored: rules.ignored });
  const now = signature(checks);
  const hadChecks = before.hadChecks || checks.length > 0;
  return { all, checks, signature: now, since: now === before.signature ? before.since : at, hadChecks };
}

async function ended(
  waiting: Waiting,
  { all, checks }: Seen,
  { timedOut, trouble }: { timedOut: boolean; trouble: unknown },
): Promise<CiResult> {
  const { sha, rules } = waiting;
  const { conclusion, decidedBy } = conclude(checks, rules, timedOut);
  const shown = decidedBy ?? checks[0];
  const result = { conclusion, url: shown?.url ?? '', name: shown?.name ?? '', sha, checks, timedOut };
  const fault = trouble ?? (all?.length === 0 ? await whyNothing(waiting) : undefined);
  return fault === undefined ? result : { ...result, fault: waiting.report(fault) };
}

/** Nothing is listed for a commit without CI, and on some hosts for one that was never pushed: that is no commit to ship. */
async function whyNothing({ host, sha, signal }: Waiting): Promise<unknown> {
  try {
    if ((await host.hasCommit?.(sha, signal)) !== false) return undefined;
    return new PaceError({
      kind: 'not-found',
      message: `The host does not know commit ${sha} in ${await host.repositoryName()}.`,
      remedy: 'Please push the commit first, and check that --sha and the repository belong together.',
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    return error;
  }
}

function isPassing(error: unknown): boolean {
  const { kind } = asPaceError(error);
  return kind === 'transient' || kind === 'rate-limit';
}

function awaited(sha: string, { awaited: names }: Extract<Verdict, { over: false }>, { checks }: Seen): string {
  const listed = names.slice(0, 5).map((name) => plainLine(name, 120));
  const more = names.length > listed.length ? ` and ${names.length - listed.length} more` : '';
  return `CI of ${sha.slice(0, 7)}: waiting for ${listed.join(', ')}${more} (${checks.length} seen)`;
}
