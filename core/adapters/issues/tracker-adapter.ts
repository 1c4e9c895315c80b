/** TrackerAdapter over any IssueTracker. Never throws: `''` or `false`, and a fault. */

import { createFaults, type Faults } from '../../faults.ts';
import type { IssueTracker } from '../../ports/index.ts';
import type { World } from '../../world.ts';
import type { Owner } from '../owner.ts';
import type { Holding, TrackerAdapter } from '../ports.ts';
import { createAdvisories } from './advisory-issue.ts';
import { dayApprovals } from './day-approvals.ts';
import { createEscalations } from './escalation-issue.ts';
import type { EscalationOptions } from './hold.ts';
import { createOpenIssues } from './open-issues.ts';
import type { ResumeBy } from './resume-by.ts';
import { createStories } from './story-issue.ts';

export interface TrackerAdapterOptions {
  readonly world: World;
  readonly platform: string;
  /** Whose issues they are: several repositories, gates, branches and sprints may share a tracker. */
  readonly owner: Owner;
  /** When the sprint began, in milliseconds since 1970; absent where it has no such day. */
  readonly sprintStart?: number;
  /** Who may resume by closing an escalation: `anyone`. */
  readonly resumeBy?: ResumeBy;
  /** Nothing is written by what only looks. */
  readonly readOnly?: boolean;
  /** Opens the tracker on first use; its failure is a fault of every method. */
  readonly openTracker: () => Promise<IssueTracker>;
  /** How many issues this run may create. */
  readonly maxNewIssues?: number;
  /** Where trouble is kept. */
  readonly faults?: Faults;
}

export function createTrackerAdapter({
  world,
  platform,
  owner,
  sprintStart,
  resumeBy = 'anyone',
  readOnly = false,
  openTracker,
  maxNewIssues = 10,
  faults = createFaults(world),
}: TrackerAdapterOptions): TrackerAdapter {
  const { caught } = faults;
  let opened: Promise<Lives> | undefined;
  const lives = () => {
    opened ??= openTracker().then((tracker) =>
      livesOf({
        ...{ tracker, world, owner, sprintStart, resumeBy, readOnly, faults },
        ...{ quota: { left: maxNewIssues }, open: createOpenIssues(tracker) },
      }),
    );
    return opened;
  };

  return {
    platform,
    faults: faults.list,
    openEscalationIssue: (options) =>
      caught('openEscalationIssue', '', async () => (await (await lives()).escalations.open(options)).url),
    resolveEscalation: (options) =>
      caught('resolveEscalation', false, async () => (await lives()).escalations.resolve(options)),
    openEscalation: (options = {}) =>
      caught<Holding>('openEscalation', { isKnown: false, holds: [], closed: [] }, async () => ({
        isKnown: true,
        ...(await (await lives()).escalations.standing(options)),
      })),
    escalationOf: (day) => caught('escalationOf', undefined, async () => (await lives()).escalations.of(day)),
    pushAdvisoryItems: ({ items, ...rest }) =>
      caught('pushAdvisoryItems', '', async () =>
        items.length === 0 ? '' : (await lives()).advisories.push({ items, ...rest }),
      ),
    clearAdvisoryItems: ({ ids }) =>
      caught('clearAdvisoryItems', false, async () =>
        ids.length === 0 ? true : (await lives()).advisories.clear(ids),
      ),
    knownAdvisories: () => caught('knownAdvisories', undefined, async () => (await lives()).advisories.known()),
    pushStory: (options) => caught('pushStory', '', async () => (await lives()).stories.push(options)),
    updateStoryStatus: (options) =>
      caught('updateStoryStatus', false, async () => (await lives()).stories.setStatus(options)),
    postHandoffComment: (options) =>
      caught('postHandoffComment', false, async () => (await lives()).stories.postHandoff(options)),
    remindEscalation: ({ day }) =>
      caught('remindEscalation', false, async () => (await lives()).escalations.remind(day)),
    approvals: async (request) => {
      try {
        return await dayApprovals(await lives(), request);
      } catch (error) {
        return { by: [], others: [], fault: faults.add('approvals', error) };
      }
    },
    closePlanIssue: (key) =>
      caught('closePlanIssue', false, async () => {
        await (await lives()).tracker.transitionIssue(key, 'done');
        return true;
      }),
  };
}

type Lives = ReturnType<typeof livesOf>;

function livesOf(options: EscalationOptions) {
  return {
    tracker: options.tracker,
    escalations: createEscalations(options),
    advisories: createAdvisories(options),
    stories: createStories(options),
  };
}
