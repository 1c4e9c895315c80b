import { describe, expect, test } from 'vitest';
import { oddIn } from '../../../core/tracker/odd-records.ts';
import { createIssueFields } from '../../../platforms/github/field-labels.ts';
import { toIssue, type WireIssue } from '../../../platforms/github/issue-wire.ts';

const wire: WireIssue = {
  id: 2_900_000_001,
  number: 1,
  html_url: 'https://github.com/o/r/issues/1',
  title: 'T',
  state: 'open',
  labels: [],
  user: null,
  created_at: '2026-03-02T08:00:00Z',
  updated_at: '2026-03-02T08:00:00Z',
};

describe('labels that stand for states', () => {
  const fields = createIssueFields('in_progress=Doing, WIP; blocked=Waiting');

  test('are those that a person has named, all read, the first one written', () => {
    expect(toIssue({ ...wire, labels: ['wip'] }, fields)).toMatchObject({
      state: 'in_progress',
      stateName: 'wip',
      labels: [],
    });
    expect(fields.move({ state: 'in_progress' }).label).toBe('Doing');
    expect(fields.move({ state: 'in_progress', name: 'WIP' }).label).toBe('WIP');
    expect(fields.move({ state: 'in_review' }).label).toBe('status:in-review');
  });

  test('say nothing on a closed issue, and are no labels there either', () => {
    const closed = toIssue({ ...wire, state: 'closed', state_reason: 'not_planned', labels: ['Waiting', 'a'] }, fields);
    expect([closed.state, closed.stateName, closed.labels]).toEqual(['canceled', 'closed (not_planned)', ['a']]);
  });

  test('cannot stand for what GitHub tells by itself', () => {
    for (const setting of ['done=Shipped', 'open=New', 'canceled=Dropped'])
      expect(() => createIssueFields(setting)).toThrow(/names labels for \w+, which GitHub tells by itself/);
  });

  test('are missed by name where a person has taken them away', () => {
    const without = createIssueFields('{"blocked":[]}');
    expect(() => without.move({ state: 'blocked' })).toThrow(
      'Nothing stands for the state blocked here. Available: “status:in-progress”, “status:in-review”.',
    );
    expect(without.states.states).toEqual(['in_progress', 'in_review']);
  });
});

test('a type of its own goes before a label, which then is only a label', () => {
  const fields = createIssueFields(undefined);
  expect(toIssue({ ...wire, labels: ['type:Bug'] }, fields)).toMatchObject({ type: 'bug', labels: [] });
  expect(toIssue({ ...wire, labels: ['type:Bug'], type: { name: 'Epic' } }, fields)).toMatchObject({
    type: 'epic',
    labels: ['type:Bug'],
  });
});

test('a parent that is told in a form that nobody has described is not guessed', () => {
  const odd = { ...wire, parent_issue_url: 'https://api.github.com/what/is/this' };
  const found = toIssue(odd, createIssueFields(undefined));
  expect([oddIn(found), found.parent]).toEqual([['address of an issue is not text'], undefined]);
});
