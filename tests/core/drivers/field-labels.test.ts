import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createFieldLabels, STATE_LABELS_WITH_CANCELED, toPriority } from '../../../core/drivers/field-labels.ts';
import { createStatusMap } from '../../../core/drivers/status-map.ts';
import { type IssuePatch, PRIORITIES, PRIORITY_NAMES } from '../../../core/ports/issue.ts';

const states = createStatusMap('desk', STATE_LABELS_WITH_CANCELED, undefined);
const all = createFieldLabels(states, ['type', 'priority', 'storyPoints']);

test('fields leave the labels on the way in', () => {
  expect(all.read(['bug', 'status:blocked', 'priority:high', 'type:Story', 'points:2.5'])).toEqual({
    labels: ['bug'],
    state: 'blocked',
    stateName: 'status:blocked',
    priority: 1,
    type: 'story',
    storyPoints: 2.5,
  });
});

test('what only looks like a field stays a label', () => {
  const labels = ['priority:', 'priority:soon', 'points:many', 'type:', 'status:unheard', 'xpriority:high'];
  expect(all.read(labels)).toEqual({ labels });
});

test('a field that the tracker keeps itself is no label', () => {
  const some = createFieldLabels(states, ['priority']);
  expect(some.read(['type:bug', 'points:3', 'priority:low'])).toEqual({
    labels: ['type:bug', 'points:3'],
    priority: 3,
  });
  expect(some.forDraft({ title: '', body: '', type: 'bug', priority: 3 })).toEqual(['priority:low']);
});

const plain = fc.uniqueArray(fc.constantFrom('bug', 'ui', 'urgent', 'größe'), { maxLength: 3 });
const fields = fc.record(
  {
    type: fc.constantFrom('bug', 'story'),
    priority: fc.constantFrom(...PRIORITIES),
    storyPoints: fc.integer({ min: 0, max: 100 }),
  },
  { requiredKeys: [] },
);
const state = fc.constantFrom('in_progress', 'in_review', 'blocked', 'canceled' as const);

test('what a draft says comes back', () => {
  fc.assert(
    fc.property(plain, fields, fc.option(state, { nil: undefined }), (labels, given, at) => {
      const draft = { title: '', body: '', labels, ...given, ...(at ? { state: at } : {}) };
      const { stateName: _, ...read } = all.read(all.forDraft(draft));
      expect(read).toEqual({ labels, ...given, ...(at ? { state: at } : {}) });
    }),
  );
});

describe('a patch', () => {
  const before = { labels: ['bug', 'ui'], state: 'in_progress', type: 'story', priority: 1 } as const;
  const patched = (patch: IssuePatch) => {
    const written = all.forPatch(patch, before);
    return written && all.read(written);
  };

  test('that says nothing of labels writes none', () => {
    expect(patched({ title: 'New', body: '' })).toBeUndefined();
  });

  test('changes one field and keeps the rest', () => {
    const rest = { labels: ['bug', 'ui'], state: 'in_progress', stateName: 'status:in-progress', type: 'story' };
    expect(patched({ priority: 3 })).toEqual({ ...rest, priority: 3 });
    expect(patched({ priority: null })).toEqual(rest);
    expect(patched({ addLabels: ['x'], removeLabels: ['ui'] })).toEqual({ ...rest, labels: ['bug', 'x'], priority: 1 });
  });

  test('moves by label, and takes the label off where a state has none', () => {
    expect(patched({ state: 'blocked' })?.state).toBe('blocked');
    expect(patched({ state: 'done' })).toEqual({ labels: ['bug', 'ui'], type: 'story', priority: 1 });
  });

  test('keeps the label that stands for the state, of several, unless it names another one', () => {
    const several = createStatusMap('desk', STATE_LABELS_WITH_CANCELED, 'blocked=status:blocked, Waiting');
    const { forPatch, forDraft } = createFieldLabels(several, []);
    const waiting = { labels: ['ui'], state: 'blocked', stateName: 'waiting' } as const;
    expect(forPatch({ addLabels: ['x'] }, waiting)).toEqual(['ui', 'x', 'Waiting']);
    expect(forPatch({ state: 'blocked' }, waiting)).toEqual(['ui', 'Waiting']);
    expect(forPatch({ labels: ['Status:Blocked'] }, waiting)).toEqual(['status:blocked']);
    expect(forPatch({ state: 'in_review' }, waiting)).toEqual(['ui', 'status:in-review']);
    expect(forPatch({ state: 'blocked' }, { ...waiting, state: 'open', stateName: 'open' })).toEqual([
      'ui',
      'status:blocked',
    ]);
    expect(forDraft({ title: '', body: '', labels: ['WAITING'] })).toEqual(['Waiting']);
    expect(forDraft({ title: '', body: '', labels: ['Waiting'], state: 'in_review' })).toEqual(['status:in-review']);
  });

  test('may name a field as the label that it is', () => {
    expect(patched({ addLabels: ['priority:low'] })?.priority).toBe(3);
    expect(patched({ removeLabels: ['priority:high'] })?.priority).toBeUndefined();
  });
});

test('a filter narrows by the labels that stand for its conditions', () => {
  expect(all.forFilter({ labels: ['bug'], states: ['blocked'], type: 'story', priority: 0 })).toEqual([
    'bug',
    'status:blocked',
    'type:story',
    'priority:critical',
  ]);
  expect(all.forFilter({ states: ['blocked', 'open'] })).toEqual([]);
  expect(all.forFilter({ states: ['canceled'] })).toEqual([]);
});

test('priorities are understood by name, by number and as others call them', () => {
  expect(PRIORITY_NAMES.map(toPriority)).toEqual([0, 1, 2, 3, 4]);
  expect(['p0', 'P4', '2', 'Urgent', 'major', 'normal', 'minor', 'trivial'].map(toPriority)).toEqual([
    0, 4, 2, 0, 1, 2, 3, 4,
  ]);
  expect(['', '5', 'soon', 'p5'].map(toPriority)).toEqual([undefined, undefined, undefined, undefined]);
});
