import { describe, expect } from 'vitest';
import { ISSUE_STATES, type IssueState, isClosed } from '../../../core/ports/issue.ts';
import { refusal } from '../refusal.ts';
import { offersState } from './abilities.ts';
import { newIssue, refusedUnsent, type Suite, withoutTimes } from './suite.ts';

const MIDDLE = ['in_progress', 'in_review', 'blocked'] as const satisfies IssueState[];

export function stateCases(suite: Suite): void {
  describe('states', () => {
    suite.it('go from open to done and back', async () => {
      const { key } = await suite.tracker.createIssue({ title: 'States', body: 'Text.', metadata: { a: 1 } });
      expect((await suite.tracker.transitionIssue(key, 'done')).state).toBe('done');
      expect((await suite.tracker.getIssue(key)).state).toBe('done');
      expect((await suite.tracker.transitionIssue(key, 'open')).state).toBe('open');
      const found = await suite.tracker.getIssue(key);
      expect([found.state, found.body, found.metadata]).toEqual(['open', 'Text.', { a: 1 }]);
    });

    for (const state of MIDDLE) {
      suite.it(`know ${state}, or refuse it with a list of those that there are`, async () => {
        const { key } = await newIssue(suite);
        if (!(await offersState(suite, state, () => suite.tracker.transitionIssue(key, state)))) return;
        const moved = await suite.tracker.transitionIssue(key, state);
        expect(moved.state).toBe(state);
        expect(moved.stateName).not.toBe('');
        expect(await suite.tracker.getIssue(key)).toEqual(moved);
        expect(await suite.tracker.getIssueStatus(key)).toBe(moved.stateName);
        expect((await suite.tracker.transitionIssue(key, 'open')).state).toBe('open');
      });
    }

    suite.it('know work that will not be done, apart from what is done', async () => {
      const { key } = await newIssue(suite);
      const moved = await suite.tracker.transitionIssue(key, 'canceled');
      expect(moved.state).toBe(suite.can.states.includes('canceled') ? 'canceled' : 'done');
      expect((await suite.tracker.getIssue(key)).state).toBe(moved.state);
      expect((await suite.tracker.transitionIssue(key, 'open')).state).toBe('open');
    });

    suite.it('change from done to canceled and back where both are there', async () => {
      const canceled = suite.can.states.includes('canceled') ? 'canceled' : 'done';
      const { key } = await newIssue(suite);
      expect((await suite.tracker.transitionIssue(key, 'done')).state).toBe('done');
      expect((await suite.tracker.transitionIssue(key, 'canceled')).state).toBe(canceled);
      expect((await suite.tracker.transitionIssue(key, 'done')).state).toBe('done');
      expect((await suite.tracker.getIssue(key)).state).toBe('done');
    });

    suite.it('have names of their own', async () => {
      const names: string[] = [];
      for (const state of suite.can.states) {
        const { key } = await newIssue(suite);
        names.push((await suite.tracker.transitionIssue(key, state)).stateName);
      }
      const closed = suite.can.states.map(isClosed);
      // where closing has a reason, one name may stand for both ways to be closed
      const apart = names.filter((_, place) => !closed[place]);
      expect(new Set(apart).size).toBe(apart.length);
      expect(names.filter((_, place) => closed[place]).filter((name) => apart.includes(name))).toEqual([]);
    });

    suite.it('can be given to a new issue', async () => {
      for (const state of ISSUE_STATES) {
        const create = () => newIssue(suite, { state, body: 'Text.' });
        if (!(await offersState(suite, state, create))) continue;
        const created = await create();
        expect(created.state).toBe(state);
        expect(withoutTimes(await suite.tracker.getIssue(created.key))).toEqual(withoutTimes(created));
      }
    });

    suite.it('can be given together with other changes', async () => {
      for (const state of suite.can.states) {
        const { key } = await newIssue(suite, { body: 'Before.' });
        const changed = await suite.tracker.updateIssue(key, { title: 'Moved', body: 'After.', state });
        expect([changed.title, changed.body, changed.state]).toEqual(['Moved', 'After.', state]);
        const found = await suite.tracker.getIssue(key);
        expect([found.title, found.body, found.state]).toEqual(['Moved', 'After.', state]);
      }
    });

    suite.it('stay when the issue is there already, and nothing is written', async () => {
      for (const state of suite.can.states) {
        const { key } = await newIssue(suite);
        await suite.tracker.transitionIssue(key, state);
        const before = await suite.tracker.getIssue(key);
        const sent = suite.bench.requests?.().writes;
        expect(await suite.tracker.transitionIssue(key, state)).toEqual(before);
        expect(suite.bench.requests?.().writes).toBe(sent);
      }
    });

    suite.it('leave no trace of the state before', async () => {
      const { key, labels } = await newIssue(suite);
      for (const state of [...suite.can.states, ...suite.can.states.toReversed(), 'open' as const]) {
        expect((await suite.tracker.transitionIssue(key, state)).state).toBe(state);
        expect((await suite.tracker.getIssue(key)).state).toBe(state);
      }
      expect((await suite.tracker.getIssue(key)).labels).toEqual(labels);
    });

    suite.it('have transitions that say where they lead', async () => {
      const { key } = await newIssue(suite);
      const transitions = await suite.tracker.getAvailableTransitions(key);
      expect(transitions.map(({ state }) => state)).toContain('done');
      for (const { name, state } of transitions) {
        const other = await newIssue(suite);
        const moved = await suite.tracker.transitionIssue(other.key, name);
        expect(moved.state).toBe(state);
        expect(moved.stateName.toLowerCase()).toBe(name.toLowerCase());
      }
    });

    suite.it('have a way back from everything that is closed', async () => {
      for (const state of suite.can.states.filter(isClosed)) {
        const { key } = await newIssue(suite);
        await suite.tracker.transitionIssue(key, state);
        const back = (await suite.tracker.getAvailableTransitions(key)).find((one) => !isClosed(one.state));
        if (!back) throw new Error(`no transition leads out of ${state}`);
        expect((await suite.tracker.transitionIssue(key, back.name)).state).toBe(back.state);
      }
    });

    suite.it('refuse a name that is none, with the names that there are', async () => {
      const { key } = await newIssue(suite);
      const transitions = await suite.tracker.getAvailableTransitions(key);
      const { message } = await refusedUnsent(suite, () => suite.tracker.transitionIssue(key, 'Nirvana'), [
        'transition',
      ]);
      for (const { name } of transitions) expect(message).toContain(name);
    });

    suite.it('tell that there is no such issue', async () => {
      const call = () => suite.tracker.getAvailableTransitions(suite.facts.unknownKey);
      await refusal(call, { kinds: ['not-found'], operation: 'getAvailableTransitions' });
    });
  });
}
