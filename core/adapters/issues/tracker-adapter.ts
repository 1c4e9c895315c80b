/** TrackerAdapter over any IssueTracker. Never throws: `''` or `false`, and a fault. */

import { createFaults, type Faults } from '../../faults.ts';
import type { IssueTracker } from '../../ports/index.ts';
import type { World } from '../../world.ts';
import type { TrackerAdapter } from '../ports.ts';
import { createAdvisories } from './advisory-issue.ts';
import { createEscalations } from './escalation-issue.ts';
import type { LifeOptions } from './own-issues.ts';
import { createStories } from './story-issue.ts';

export interface TrackerAdapterOptions {
  readonly world: World;
  readonly platform: string;
  /** The code repository's name: two repositories may share a tracker. */
  readonly repository: string;
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
  repository,
  openTracker,
  maxNewIssues = 10,
  faults = createFaults(world),
}: TrackerAdapterOptions): TrackerAdapter {
  const { caught } = faults;
  let opened: Promise<Lives> | undefined;
  const lives = () => {
    opened ??= openTracker().then((tracker) => livesOf({ tracker, world, repository, quota: { left: maxNewIssues } }));
    return opened;
  };

  return {
    platform,
    faults: faults.list,
    openEscalationIssue: (options) =>
      caught('openEscalationIssue', '', async () => (await (await lives()).escalations.open(options)).url),
    resolveEscalation: (options) =>
      caught('resolveEscalation', false, async () => (await lives()).escalations.resolve(options)),
    openEscalation: ({ before } = {}) =>
      caught('openEscalation', undefined, async () => (await lives()).escalations.earliestOpen(before)),
    escalationOf: (day) => caught('escalationOf', undefined, async () => (await lives()).escalations.of(day)),
    pushAdvisoryItems: ({ items, ...rest }) =>
      caught('pushAdvisoryItems', '', async () =>
        items.length === 0 ? '' : (await lives()).advisories.push({ items, ...rest }),
      ),
    clearAdvisoryItems: ({ ids }) =>
      caught('clearAdvisoryItems', false, async () => {
        if (ids.length > 0) await (await lives()).advisories.clear(ids);
        return true;
      }),
    advisoryItemsClosedByPeople: () =>
      caught('advisoryItemsClosedByPeople', [], async () => (await lives()).advisories.closedByPeople()),
    pushStory: (options) => caught('pushStory', '', async () => (await lives()).stories.push(options)),
    updateStoryStatus: (options) =>
      caught('updateStoryStatus', false, async () => (await lives()).stories.setStatus(options)),
    postHandoffComment: (options) =>
      caught('postHandoffComment', false, async () => (await lives()).stories.postHandoff(options)),
    remindEscalation: ({ day }) =>
      caught('remindEscalation', false, async () => (await lives()).escalations.remind(day)),
    closePlanIssue: (key) =>
      caught('closePlanIssue', false, async () => {
        await (await lives()).tracker.transitionIssue(key, 'done');
        return true;
      }),
  };
}

type Lives = ReturnType<typeof livesOf>;

function livesOf(options: LifeOptions) {
  return {
    tracker: options.tracker,
    escalations: createEscalations(options),
    advisories: createAdvisories(options),
    stories: createStories(options),
  };
}
