/** CIAdapter over any CodeHost: the waiting loop, the review request, the summary, variables. Never throws. */
import { appendFile, mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { defined } from '../../defined.ts';
import { asPaceError, unsupported } from '../../errors.ts';
import { createFaults, type Faults } from '../../faults.ts';
import { writeWhole } from '../../files/write-whole.ts';
import type { Check, CodeHost } from '../../ports/index.ts';
import { cutBytes, plainLine, quietLine } from '../../text/untrusted-text.ts';
import type { World } from '../../world.ts';
import { type ApprovalAnswer, type ApprovalRequest, countApprovals } from '../approvals.ts';
import { ONLY_GATE, type Owner } from '../owner.ts';
import type { CIAdapter, CiResult, CiRules } from '../ports.ts';
import { reviewBranch, reviewRequest } from './review-request.ts';
import { DEFAULT_CI_RULES, judgedSet, pollWait, signature, type Verdict, verdict } from './settled-checks.ts';

/** Part of a summary's limit that is used. */
const HEADROOM = 0.95;

export interface CiAdapterOptions {
  readonly world: World;
  readonly platform: string;
  /** Opens the host on first use; its failure is a fault of every method. */
  readonly openHost: () => Promise<CodeHost>;
  /** Whose reviews and notes they are. */
  readonly owner?: Pick<Owner, 'gate' | 'branch' | 'sprint'>;
  /** Where trouble is kept. */
  readonly faults?: Faults;
}

export function createCiAdapter({
  world,
  platform,
  openHost,
  owner = { gate: ONLY_GATE, branch: '', sprint: '' },
  faults = createFaults(world),
}: CiAdapterOptions): CIAdapter {
  const { caught, add } = faults;
  let opened: Promise<CodeHost> | undefined;
  const host = () => {
    opened ??= openHost();
    return opened;
  };

  return {
    platform,
    faults: faults.list,

    openReviewPr: (request) =>
      caught('openReviewPr', '', async () => {
        const opened = await host();
        const change = await opened.proposeChange(await reviewRequest(owner, request, opened.bodyLimit));
        return change.url;
      }),

    reviewState: (day) =>
      caught('reviewState', undefined, async () => (await host()).findChange(reviewBranch(owner, day))),

    waitForCommitCi: async ({ sha, timeoutMinutes = 15, pollInterval = 20, rules, signal }) => {
      const none = { conclusion: 'no_runs', url: '', name: '', sha, checks: [] } as const;
      try {
        const opened = await host();
        if (sha === '' || !opened.listChecks) return none;
        return await waitForCi({
          world,
          host: opened,
          sha,
          rules: { ...DEFAULT_CI_RULES, ...rules },
          deadline: world.now() + timeoutMinutes * 60_000,
          pollInterval,
          ...defined({ signal }),
          report: (error) => add('waitForCommitCi', error),
        });
      } catch (error) {
        return { ...none, fault: add('waitForCommitCi', error) };
      }
    },

    approvals: async ({ change, ...request }) => {
      try {
        return await changeApprovals(await host(), change, request);
      } catch (error) {
        return { by: [], others: [], fault: add('approvals', error) };
      }
    },

    commitAuthors: async (sha) => {
      try {
        return { people: (await (await host()).commitAuthors?.(sha)) ?? [] };
      } catch (error) {
        return { people: [], fault: add('commitAuthors', error) };
      }
    },

    postDailySummary: async ({ day, report }) => {
      const { subject = `day ${day}`, decision = 'UNKNOWN' } = report;
      const icon = decision === 'SHIP' ? '✅' : '🔴';
      const reason = report.holdReason ? ` (${plainLine(report.holdReason, 200)})` : '';
      const outcome = `${icon} ${decision}${reason}`;
      world.log.info(`Summary of ${subject}: ${outcome}`);
      if (report.dryRun) return;
      await caught('postDailySummary', undefined, async () =>
        (await host()).describeRun?.(quietLine(`PACE ${subject}: ${outcome}`)),
      );
    },

    jobUrl: () => caught('jobUrl', '', async () => (await host()).jobUrl?.() ?? ''),

    writeJobSummary: (markdown) =>
      caught('writeJobSummary', '', async () => {
        const { path, append, add, maxBytes } = (await host()).jobSummary();
        await mkdir(dirname(path), { recursive: true });
        // earlier steps of the job may have written to the same file
        const taken = append ? await sizeOf(path) : 0;
        const text = `${cutBytes(world.redact(markdown), maxBytes * HEADROOM - taken)}\n`;
        if (add) await add(text);
        else await (append ? appendFile(path, text) : writeWhole(path, text));
        return path;
      }),

    writeChangeNote: (markdown, change) =>
      caught('writeChangeNote', false, async () => {
        const note = { gate: owner.gate, markdown, ...defined({ change }) };
        return (await (await host()).upsertChangeNote?.(note)) ?? false;
      }),

    setCommitStatus: (sha, status) =>
      caught('setCommitStatus', false, async () => {
        const opened = await host();
        if (!opened.setCommitStatus) return false;
        await opened.setCommitStatus(sha, { ...status, description: quietLine(status.description) });
        return true;
      }),

    setVariable: (name, value) =>
      caught('setVariable', false, async () => {
        const opened = await host();
        if (!opened.setVariable)
          throw unsupported(platform, 'keep variables', 'Please pause by issue: `pause.by: issue`.');
        await opened.setVariable(name, value);
        return true;
      }),

    getVariable: (name) =>
      caught('getVariable', world.env[name], async () => {
        const opened = await host();
        // hosts answer 404 where there is none: one wrong answer must not resume what a person has paused
        return (await opened.getVariable?.(name)) ?? opened.getVariable?.(name);
      }),
  };
}

async function changeApprovals(host: CodeHost, change: string, request: ApprovalRequest): Promise<ApprovalAnswer> {
  const { platform: name, isTeamMember } = host;
  if (!host.listApprovals)
    throw unsupported(name, 'tell who has approved which commit', 'Please take this source out for changes.');
  const { approvals, author, url } = await host.listApprovals(change);
  const authors = [...request.authors, ...(author ? [author] : [])];
  const counted = await countApprovals({ name, ...defined({ isTeamMember }) }, { ...request, authors }, approvals);
  return { ...counted, place: { name: `change ${change}`, url } };
}

async function sizeOf(path: string): Promise<number> {
  const found = await stat(path).catch(() => undefined);
  return found?.size ?? 0;
}

interface Waiting {
  readonly world: World;
  readonly host: CodeHost;
  readonly sha: string;
  readonly rules: CiRules;
  readonly deadline: number;
  readonly pollInterval: number;
  readonly signal?: AbortSignal;
  readonly report: (error: unknown) => NonNullable<CiResult['fault']>;
}

/** Looks again and again until the set has settled or the deadline has come. */
async function waitForCi(waiting: Waiting): Promise<CiResult> {
  const { world, host, sha, rules, deadline } = waiting;
  const since = world.now();
  const ownId = (await host.ownCheck?.())?.id;
  let seen = { signature: '', since };
  let said = '';
  let trouble: unknown;
  let checks: readonly Check[] = [];

  for (;;) {
    let now: Verdict | undefined;
    try {
      const all = (await host.listChecks?.(sha, waiting.signal)) ?? [];
      checks = judgedSet(all, { ownId, ignored: rules.ignored });
      if (signature(checks) !== seen.signature) seen = { signature: signature(checks), since: world.now() };
      now = verdict({ look: { checks, at: world.now() }, unchangedSince: seen.since, since, rules });
      trouble = undefined;
    } catch (error) {
      trouble = error;
      if (!isPassing(error) || waiting.signal?.aborted) throw error;
    }
    if (now?.over) return resultOf(now.conclusion, now.decidedBy, sha, checks);
    const words = now ? awaited(sha, now, checks) : `${sha.slice(0, 7)}: the host does not answer, asking again`;
    if (words !== said) world.log.progress(words);
    said = words;

    const left = deadline - world.now();
    if (left <= 0) {
      const result = resultOf(
        'timeout',
        checks.find((check) => check.state === 'pending'),
        sha,
        checks,
      );
      return trouble === undefined ? result : { ...result, fault: waiting.report(trouble) };
    }
    const seconds = pollWait({
      quietSeconds: (world.now() - seen.since) / 1000,
      interval: waiting.pollInterval,
      free: host.pollingIsFree,
      awaited: now?.awaited.length ?? 0,
      overIn: now?.overIn,
      random: world.random(),
    });
    await world.sleep(Math.min(Math.ceil(seconds * 1000), left), waiting.signal);
  }
}

function isPassing(error: unknown): boolean {
  const { kind } = asPaceError(error);
  return kind === 'transient' || kind === 'rate-limit';
}

function awaited(sha: string, { awaited: names }: Extract<Verdict, { over: false }>, checks: readonly Check[]): string {
  const listed = names.slice(0, 5).map((name) => plainLine(name, 80));
  const more = names.length > listed.length ? ` and ${names.length - listed.length} more` : '';
  return `CI of ${sha.slice(0, 7)}: waiting for ${listed.join(', ')}${more} (${checks.length} seen)`;
}

function resultOf(
  conclusion: CiResult['conclusion'],
  decidedBy: Check | undefined,
  sha: string,
  checks: readonly Check[],
): CiResult {
  const shown = decidedBy ?? checks[0];
  return { conclusion, url: shown?.url ?? '', name: shown?.name ?? '', sha, checks };
}
