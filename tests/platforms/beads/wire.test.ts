import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { toEdges } from '../../../platforms/beads/edges.ts';
import { listOf, oneOf, toWireIssue, type WireIssue } from '../../../platforms/beads/shapes.ts';
import { createStates, moveTo, readState, statesOf } from '../../../platforms/beads/states.ts';
import { toComment, toIssue } from '../../../platforms/beads/wire.ts';

const states = createStates(undefined);

function golden(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`golden/${name}.json`, import.meta.url), 'utf8'));
}

describe('what bd prints', () => {
  test.each(['show-1.0', 'show-0.49'])('is read as it is meant: %s', (name) => {
    const wire = toWireIssue(oneOf(golden(name)));
    expect({ ...toIssue(wire, states), links: toEdges(wire).map(({ kind: _, ...edge }) => edge) }).toEqual(
      golden(`${name}.golden`),
    );
  });

  test.each(['list-1.0', 'list-0.49'])('is read as it is meant: %s', (name) => {
    const found = listOf(golden(name)).map((each) => toIssue(toWireIssue(each), states));
    expect(found).toEqual(golden(`${name}.golden`));
  });

  test.each(['comments-1.0', 'comments-0.49'])('is read as it is meant: %s', (name) => {
    expect(listOf(golden(name)).map(toComment)).toEqual(golden(`${name}.golden`));
  });

  test('metadata may come as a text; what is none of ours is left alone', () => {
    const wire = toWireIssue(oneOf(golden('show-1.0')));
    const { acceptance_criteria: _, estimated_minutes: __, ...plain } = wire;
    const read = (metadata: unknown) => toIssue({ ...plain, metadata } as WireIssue, states).metadata;
    expect(read('{"pace_issue":{"a":1},"team":"x"}')).toEqual({ a: 1 });
    expect(read({ pace_issue: '{"a":1}' })).toEqual({ a: 1 });
    expect([read('{"team":"x"}'), read(null), read('text'), read([1])]).toEqual([{}, {}, {}, {}]);
  });
});

describe('statuses', () => {
  test.each([
    ['open', undefined, 'open', 'open'],
    ['deferred', undefined, 'open', 'deferred'],
    ['in_progress', undefined, 'in_progress', 'in_progress'],
    ['pinned', undefined, 'in_progress', 'pinned'],
    ['hooked', undefined, 'in_progress', 'hooked'],
    ['blocked', undefined, 'blocked', 'blocked'],
    ['closed', undefined, 'done', 'closed'],
    ['closed', 'Done', 'done', 'closed'],
    ['closed', 'Fixed: no longer canceled', 'done', 'closed'],
    ['closed', 'Canceled: it will not be done', 'canceled', 'canceled'],
    ['closed', 'Not planned', 'canceled', 'canceled'],
    ['closed', "won't fix", 'canceled', 'canceled'],
    ['closed', 'duplicate of bd-7', 'canceled', 'canceled'],
    ['tombstone', undefined, 'canceled', 'tombstone'],
    ['somebody’s own', undefined, 'open', 'somebody’s own'],
    ['', undefined, 'open', 'open'],
  ])('%s, closed for %s: %s', (status, reason, state, stateName) => {
    expect(readState({ status, ...(reason ? { close_reason: reason } : {}) }, states)).toEqual({ state, stateName });
  });

  test('there are five, and a sixth where somebody has made one', () => {
    expect(statesOf(states)).toEqual(['open', 'in_progress', 'blocked', 'done', 'canceled']);
    const own = createStates('in_review=review; canceled=wontfix; done=shipped, closed');
    expect(statesOf(own)).toContain('in_review');
    expect(moveTo(own, { state: 'in_review' })).toEqual({ status: 'review' });
    expect(moveTo(own, { state: 'canceled' })).toEqual({ status: 'wontfix' });
    expect(moveTo(own, { state: 'done' })).toEqual({ status: 'shipped' });
    expect(moveTo(own, { state: 'done', name: 'Closed' })).toEqual({ close: 'Done' });
    expect(() => moveTo(states, { state: 'in_review' })).toThrow('Nothing stands for the state in_review');
  });
});
