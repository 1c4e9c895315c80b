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

describe('fields that an organisation has made', () => {
  const fields = createIssueFields(undefined);
  const select = (name: string, option: unknown) => ({
    issue_field_name: name,
    data_type: 'single_select',
    value: option,
    single_select_option: option === null ? null : { name: String(option) },
  });
  const read = (values: WireIssue['issue_field_values'], labels: string[] = []) => {
    const {
      priority,
      dueDate,
      labels: left,
    } = toIssue({ ...wire, labels, issue_field_values: values ?? null }, fields);
    return { priority, dueDate, labels: left };
  };

  test.each<[string, WireIssue['issue_field_values'], object]>([
    ['a priority', [select('Priority', 'Urgent')], { priority: 0 }],
    ['a priority with a picture', [select('priority ', '🔴 High')], { priority: 1 }],
    ['a priority by its number', [select('Priority', 'P3')], { priority: 3 }],
    ['a priority that is not known', [select('Priority', 'Soon')], {}],
    ['no option', [select('Priority', null)], {}],
    ['a field of another name', [select('Effort', 'High')], {}],
    ['a priority in words of people', [{ ...select('Priority', 'High'), data_type: 'text' }], {}],
    [
      'a target date',
      [{ issue_field_name: 'Target date', data_type: 'date', value: '2026-12-24' }],
      { dueDate: '2026-12-24' },
    ],
    [
      'a moment that is due',
      [{ issue_field_name: 'due', data_type: 'date', value: '2026-12-24T00:00:00Z' }],
      { dueDate: '2026-12-24' },
    ],
    ['a start', [{ issue_field_name: 'Start date', data_type: 'date', value: '2026-12-24' }], {}],
    ['a day that is none', [{ issue_field_name: 'Due date', data_type: 'date', value: null }], {}],
    ['a field that has been deleted', [{ data_type: 'date', value: '2026-12-24' }], {}],
    ['none', null, {}],
  ])('tell %s', (_, values, expected) => {
    expect(read(values)).toEqual({ priority: undefined, dueDate: undefined, labels: [], ...expected });
  });

  test('give way to a label, which PACE itself writes', () => {
    expect(read([select('Priority', 'Low')], ['priority:high', 'a'])).toEqual({ priority: 1, labels: ['a'] });
  });

  test('are odd in no list of values', () => {
    const odd = toIssue({ ...wire, issue_field_values: 'x' as unknown as null }, fields);
    expect([odd.key, oddIn(odd)]).toEqual(['1', ['values.find is not a function']]);
  });
});
