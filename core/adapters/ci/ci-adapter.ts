/** CIAdapter over any CodeHost: the wait for checks, the review request, the summary, variables. Never throws. */
import { constants } from 'node:fs';
import { appendFile, mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { defined } from '../../defined.ts';
import { cancelled, unsupported } from '../../errors.ts';
import { createFaults, type Faults } from '../../faults.ts';
import { writeWhole } from '../../files/write-whole.ts';
import { keptOf } from '../../kept/open-kept.ts';
import type { CodeHost } from '../../ports/index.ts';
import { cutBytes, plainLine, quietLine } from '../../text/untrusted-text.ts';
import type { World } from '../../world.ts';
import { type ApprovalAnswer, type ApprovalRequest, countApprovals } from '../approvals.ts';
import { ONLY_GATE, type Owner } from '../owner.ts';
import type { CIAdapter } from '../ports.ts';
import { hostClock } from './host-clock.ts';
import { reviewBranch, reviewRequest } from './review-request.ts';
import { DEFAULT_CI_RULES } from './settled-checks.ts';
import { waitForCi } from './wait-for-ci.ts';

/** Part of a summary's limit that is used. */
const HEADROOM = 0.95;

export interface CiAdapterOptions {
  readonly world: World;
  readonly platform: string;
  /** Opens the host on first use, to be asked through this world; its failure is a fault of every method. */
  readonly openHost: (world: World) => Promise<CodeHost>;
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
  const clock = hostClock(world);
  let opened: Promise<CodeHost> | undefined;
  const host = () => {
    opened ??= openHost(clock.world);
    return opened;
  };

  return {
    platform,
    faults: faults.list,

    openReviewPr: (request) =>
      caught('openReviewPr', '', async () => {
        const opened = await host();
        const change = await opened.proposeChange(
          await reviewRequest(owner, request, { kept: keptOf(world, request.stateDir), bodyLimit: opened.bodyLimit }),
        );
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
          ahead: clock.ahead,
          deadline: world.now() + timeoutMinutes * 60_000,
          pollInterval,
          ...defined({ signal }),
          report: (error) => add('waitForCommitCi', error),
        });
      } catch (error) {
        const said = `Cancelled while waiting for the CI of ${sha.slice(0, 7)}: nothing was decided.`;
        return { ...none, fault: add('waitForCommitCi', signal?.aborted ? cancelled(error, said) : error) };
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
        else await (append ? appendFile(path, text, { flag: APPEND }) : writeWhole(path, text));
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

// as `a`; a pipe that nobody reads keeps nobody waiting
const APPEND = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | (constants.O_NONBLOCK ?? 0);

async function sizeOf(path: string): Promise<number> {
  const found = await stat(path).catch(() => undefined);
  return found?.size ?? 0;
}
