/** From flags to drafts and patches. */
import { describe, expect, test } from 'vitest';
import { capabilitiesBut } from '../../../core/ports/capabilities.ts';
import type { Issue } from '../../../core/ports/index.ts';
import { agentOf, claimSpan } from '../../../src/tracker/agent.ts';
import { type Change, needsCapabilities, needsIssue, toDraft, toPatch } from '../../../src/tracker/edits.ts';
import { fieldValues } from '../../../src/tracker/values.ts';

const ALL = capabilitiesBut({});
const PLAIN = capabilitiesBut({ priority: 'no', type: 'no' });
const issue: Issue = {
  key: '1',
  url: '',
  title: 'x',
  body: '',
  state: 'open',
  stateName: 'Open',
  labels: ['a'],
  assignees: [
    { id: 'u1', name: 'Ann' },
    { id: 'u2', name: 'Bob' },
  ],
  priority: 1,
  createdAt: 0,
  updatedAt: 0,
  metadata: { step: 1, keep: true },
};
const change = (rest: Partial<Change>): Change => ({ values: {}, ...rest });

describe('values', () => {
  test('a parent in another project keeps its project, and one of another tracker is refused', () => {
    const parent = (text: string) => fieldValues({ parent: text }).parent;
    expect(['12', '#12', 'PROJ-12', 'none'].map(parent)).toEqual(['12', '12', 'PROJ-12', null]);
    expect(parent('octo-org/planning#12')).toBe('octo-org/planning#12');
    for (const text of ['https://github.com/o/r/issues/12', 'github:12', 'github:o/r#12']) {
      expect(() => parent(text)).toThrow(
        `--parent: “${text}” is an address, or names a tracker. Please give the key alone, as in 12 or owner/repo#12.`,
      );
    }
  });

  test('are read, and none clears', () => {
    expect(
      fieldValues({
        state: 'In-Progress',
        type: 'Bug',
        priority: 'urgent',
        milestone: 'v1',
        parent: '#3',
        points: '0.5',
        due: '2026-11-30',
      }),
    ).toEqual({
      state: 'in_progress',
      type: 'bug',
      priority: 0,
      milestone: 'v1',
      parent: '3',
      storyPoints: 0.5,
      dueDate: '2026-11-30',
    });
    expect(fieldValues({ priority: 'none', milestone: 'none', parent: 'none', points: 'none', due: 'none' })).toEqual({
      priority: null,
      milestone: null,
      parent: null,
      storyPoints: null,
      dueDate: null,
    });
    expect(['todo', 'closed', 'done'].map((state) => fieldValues({ state }).state)).toEqual(['open', 'done', 'done']);
    expect(fieldValues({})).toEqual({});
  });

  test('metadata is JSON, or text that does not begin like JSON', () => {
    expect(fieldValues({ meta: ['step=3', 'tags=["a"]', 'note=some words', 'gone=none', 'eq=a=b'] }).metadata).toEqual({
      step: 3,
      tags: ['a'],
      note: 'some words',
      gone: undefined,
      eq: 'a=b',
    });
  });

  test('all mistakes are told at once', () => {
    expect(() =>
      fieldValues({
        state: 'opne',
        type: 'none',
        priority: 'x',
        points: '-1',
        due: '30.11.',
        meta: ['x', 'pace={}', 'a={b'],
      }),
    ).toThrow(
      expect.objectContaining({
        kind: 'configuration',
        message: [
          '--state: “opne” is not a state. Did you mean "open"? Available: open, closed, todo, in_progress, in_review, blocked, done, canceled. The tracker’s own names go with pace issue transition.',
          '--type: an issue that has a type keeps one. Please name another.',
          '--priority: “x” is not a priority. Available: critical, high, medium, low, lowest, or 0 to 4.',
          '--points: “-1” is not a number of points. Please write a number such as 3 or 0.5, or none.',
          '--due: “30.11.” is not a date. Please write it as 2026-11-30, or none.',
          '--meta: “x” is not key=value.',
          '--meta: the key “pace” is kept by the gate itself.',
          '--meta: “{b” begins like JSON and is not valid JSON.',
        ].join('\n'),
      }),
    );
  });
});

describe('a draft', () => {
  test('takes fields out of labels, where the tracker has them', () => {
    const labels = ['feature', 'priority:high', 'Type: Bug'];
    expect(needsCapabilities(change({ labels }))).toBe(true);
    expect(toDraft(change({ title: 't', body: 'b', labels }), ALL)).toEqual({
      title: 't',
      body: 'b',
      labels: ['feature'],
      priority: 1,
      type: 'bug',
    });
    expect(toDraft(change({ title: 't', labels }), PLAIN)).toEqual({ title: 't', body: '', labels });
    expect(toDraft(change({ labels }), capabilitiesBut({}, { types: ['task'] })).labels).toEqual([
      'feature',
      'Type: Bug',
    ]);
  });

  test('has nothing that was not said; a flag is stronger than a label', () => {
    expect(needsCapabilities(change({ labels: ['a'] }))).toBe(false);
    expect(toDraft(change({ title: 't', labels: [], assignees: [], values: { milestone: null } }), undefined)).toEqual({
      title: 't',
      body: '',
    });
    expect(toDraft(change({ labels: ['priority:low'], values: { priority: 0 } }), ALL).priority).toBe(0);
  });
});

describe('a patch', () => {
  test.each<[string, Change, object]>([
    ['replaces labels', change({ labels: ['x', 'priority:low'] }), { labels: ['x'], priority: 3 }],
    ['clears labels', change({ labels: [] }), { labels: [] }],
    ['adds and removes', change({ addLabels: ['x'], removeLabels: ['a'] }), { addLabels: ['x'], removeLabels: ['a'] }],
    ['removes the priority that it has', change({ removeLabels: ['priority:high'] }), { priority: null }],
    ['leaves a priority that it has not', change({ removeLabels: ['priority:low'] }), {}],
    ['adds a type', change({ addLabels: ['type:bug'] }), { type: 'bug' }],
    ['adds people', change({ addAssignees: ['u3', 'u1'] }), { addAssignees: ['u3', 'u1'] }],
    ['removes people', change({ removeAssignees: ['ANN', 'u2'] }), { removeAssignees: ['ANN', 'u2'] }],
    ['replaces people', change({ assignees: ['u9'] }), { assignees: ['u9'] }],
    [
      'sets and removes keys of the metadata',
      change({ values: { metadata: { step: 2, keep: undefined, more: 1 } } }),
      { setMetadata: { step: 2, keep: null, more: 1 } },
    ],
    [
      'sets text and fields',
      change({ title: 't', body: '', values: { dueDate: null } }),
      { title: 't', body: '', dueDate: null },
    ],
  ])('%s', (_, given, expected) => {
    expect(toPatch(given, issue, ALL)).toEqual(expected);
  });

  test('reads the issue only where it must', () => {
    expect(
      [
        { removeLabels: ['priority:low'] },
        ...[{ addAssignees: ['x'] }, { removeAssignees: ['x'] }, { values: { metadata: {} } }],
        ...[{ addLabels: ['x'] }, { assignees: ['x'] }, { values: { priority: 1 } as const }],
      ].map((rest) => needsIssue(change(rest))),
    ).toEqual([true, false, false, false, false, false, false]);
  });
});

test('an agent has a name, from the flag or the environment', () => {
  expect([agentOf('ann', { PACE_AGENT: 'bob' }), agentOf(undefined, { PACE_AGENT: 'bob' })]).toEqual(['ann', 'bob']);
  expect(() => agentOf(undefined, {})).toThrow(/has no name/);
  expect(() => agentOf(' ', { PACE_AGENT: 'bob' })).toThrow(/has no name/);
});

test('a claim lasts from a second to a month', () => {
  expect(['1s', '30m', '30d'].map(claimSpan)).toEqual([1000, 1_800_000, 2_592_000_000]);
  for (const text of ['0s', '31d', '30', 'x']) expect(() => claimSpan(text)).toThrow(/not a duration from 1s to 30d/);
});
