import { describe, expect, type TestContext } from 'vitest';
import type { Issue, IssueState, IssueTracker } from '../../../core/ports/index.ts';
import { ISSUE_STATES } from '../../../core/ports/issue.ts';
import { collect } from '../../../core/tracker/collect.ts';
import { BenchLacks } from './bench.ts';
import { type Suite, withoutTimes } from './suite.ts';
import { unique } from './texts.ts';

/** Where two of the vendor's names stand for one state, they are two all the same: people move an issue from one to the other. */
export function stateNameCases(suite: Suite): void {
  describe('several names for one state', () => {
    suite.it('are each moved to by name, and back', async ({ skip }) => {
      const { tracker, shared, move } = await severalNames(suite, skip);
      for (const { state, names } of shared) {
        const { key, labels } = await newIssue(tracker);
        for (const name of [...names, ...names.toReversed()]) {
          const moved = await move(key, name, state);
          expect([moved.state, moved.stateName, moved.labels]).toEqual([state, name, labels]);
          expect(withoutTimes(await tracker.getIssue(key))).toEqual(withoutTimes(moved));
        }
      }
    });

    suite.it('are moved to in any case, and nothing is written when the issue is there', async ({ skip }) => {
      const { tracker, shared, move } = await severalNames(suite, skip);
      for (const { state, names } of shared) {
        for (const name of names) {
          const { key } = await newIssue(tracker);
          await move(key, name.toUpperCase(), state);
          const before = await tracker.getIssue(key);
          expect(before.stateName).toBe(name);
          const sent = suite.bench.requests?.().writes;
          for (const wanted of [state, name, name.toLowerCase(), ` ${name.toUpperCase()} `])
            expect(await tracker.transitionIssue(key, wanted)).toEqual(before);
          expect(suite.bench.requests?.().writes).toBe(sent);
        }
      }
    });

    suite.it('stay when something else of the issue changes', async ({ skip }) => {
      const { tracker, shared, move } = await severalNames(suite, skip);
      const label = unique();
      const patches = [{ title: 'Other' }, { body: 'Text.' }, { addLabels: [label] }, { removeLabels: [label] }];
      for (const { state, names } of shared) {
        for (const name of names) {
          const { key } = await newIssue(tracker);
          await move(key, name, state);
          const stateNames: string[] = [];
          for (const patch of [...patches, { labels: [label] }, { state }, { title: 'Last', state }])
            stateNames.push((await tracker.updateIssue(key, patch)).stateName);
          stateNames.push((await tracker.getIssue(key)).stateName);
          expect(stateNames).toEqual(stateNames.map(() => name));
        }
      }
    });

    suite.it('are all found by the state', async ({ skip }) => {
      const { tracker, shared, move } = await severalNames(suite, skip);
      for (const { state, names } of shared) {
        const label = unique();
        const expected: string[] = [];
        for (const name of names) {
          const { key } = await newIssue(tracker, [label]);
          expected.push((await move(key, name, state)).key);
        }
        const found = await collect(tracker.listIssues({ states: [state], labels: [label] }));
        expect(found.map(({ key }) => key).sort()).toEqual(expected.sort());
      }
    });
  });
}

interface SeveralNames {
  readonly tracker: IssueTracker;
  /** The states with more than one name. */
  readonly shared: readonly { readonly state: IssueState; readonly names: readonly string[] }[];
  move(key: string, name: string, state: IssueState): Promise<Issue>;
}

/** Skips where the bench says that no state can have a second name. */
async function severalNames(suite: Suite, skip: TestContext['skip']): Promise<SeveralNames> {
  if (suite.facts.oneNamePerState) skip(`${suite.name} has one name for every state`);
  const { tracker, driver } = await suite.severalNames();
  const { key } = await newIssue(tracker);
  const reachable = await tracker.getAvailableTransitions(key);
  // the rest is seen from elsewhere
  await driver.transitionIssue(key, { state: 'done' });
  reachable.push(...(await tracker.getAvailableTransitions(key)));
  const shared = [...Map.groupBy(reachable, (one) => one.state)]
    .map(([of, names]) => ({ state: of, names: [...new Set(names.map(({ name }) => name))] }))
    .filter(({ names }) => names.length > 1);
  if (shared.length === 0)
    throw new BenchLacks(`the bench of ${suite.name} needs \`severalNames\`, or \`oneNamePerState\` among its facts`);
  const isNeutral = (name: string) => (ISSUE_STATES as readonly string[]).includes(name);
  return {
    tracker,
    shared,
    // said by people, such a name is the neutral state, whatever it is called here
    move: (of, name, to) =>
      isNeutral(name) ? driver.transitionIssue(of, { state: to, name }) : tracker.transitionIssue(of, name),
  };
}

function newIssue(tracker: IssueTracker, labels: readonly string[] = []): Promise<Issue> {
  return tracker.createIssue({ title: `Issue ${unique()}`, body: '', labels });
}
