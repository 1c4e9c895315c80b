/** TrackerAdapter over any IssueTracker. Never throws: `''` or `false`, and a fault. */

import type { IssueTracker } from '../../ports/index.ts';
import type { World } from '../../world.ts';
import { createGuard } from '../fault-list.ts';
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
}

export function createTrackerAdapter({
  world,
  platform,
  repository,
  openTracker,
  maxNewIssues = 10,
}: TrackerAdapterOptions): TrackerAdapter {
  const { guarded, faults } = createGuard(world);
  let opened: Promise<Parts> | undefined;
  const parts = () => {
    opened ??= openTracker().then((tracker) => partsOf({ tracker, world, repository, quota: { left: maxNewIssues } }));
    return opened;
  };

  return {
    platform,
    faults,
    openEscalationIssue: (options) =>
      guarded('openEscalationIssue', '', async () => (await (await parts()).escalations.open(options)).url),
    resolveEscalation: (options) =>
      guarded('resolveEscalation', false, async () => (await parts()).escalations.resolve(options)),
    openEscalation: ({ before } = {}) =>
      guarded('openEscalation', undefined, async () => (await parts()).escalations.earliestOpen(before)),
    escalationOf: (day) => guarded('escalationOf', undefined, async () => (await parts()).escalations.of(day)),
    pushAdvisoryItems: ({ items, ...rest }) =>
      guarded('pushAdvisoryItems', '', async () =>
        items.length === 0 ? '' : (await parts()).advisories.push({ items, ...rest }),
      ),
    clearAdvisoryItems: ({ ids }) =>
      guarded('clearAdvisoryItems', false, async () => {
        if (ids.length > 0) await (await parts()).advisories.clear(ids);
        return true;
      }),
    advisoryItemsClosedByPeople: () =>
      guarded('advisoryItemsClosedByPeople', [], async () => (await parts()).advisories.closedByPeople()),
    pushStory: (options) => guarded('pushStory', '', async () => (await parts()).stories.push(options)),
    updateStoryStatus: (options) =>
      guarded('updateStoryStatus', false, async () => (await parts()).stories.setStatus(options)),
    postHandoffComment: (options) =>
      guarded('postHandoffComment', false, async () => (await parts()).stories.postHandoff(options)),
    remindEscalation: ({ day }) =>
      guarded('remindEscalation', false, async () => (await parts()).escalations.remind(day)),
    closePlanIssue: (key) =>
      guarded('closePlanIssue', false, async () => {
        await (await parts()).tracker.transitionIssue(key, 'done');
        return true;
      }),
  };
}

type Parts = ReturnType<typeof partsOf>;

function partsOf(options: LifeOptions) {
  return {
    tracker: options.tracker,
    escalations: createEscalations(options),
    advisories: createAdvisories(options),
    stories: createStories(options),
  };
}
