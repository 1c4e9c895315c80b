import { expect, test } from 'vitest';
import type { Issue, IssuePatch } from '../../../core/ports/index.ts';
import { notTaken } from '../../../core/tracker/not-taken.ts';

const NOW: Issue = {
  ...{ key: '1', url: 'https://tracker.test/1', title: 'One', body: '', state: 'open', stateName: 'Doing' },
  ...{ labels: ['Bug', 'needs-work'], assignees: [{ id: 'u1', name: 'Ann' }], metadata: { a: 1 } },
  ...{ milestone: 'V1', dueDate: '2026-12-24', storyPoints: 3, priority: 1, type: 'bug', parent: 'o/r#3' },
  ...{ createdAt: 0, updatedAt: 0 },
};
const BARE: Issue = {
  ...{ key: '1', url: 'https://tracker.test/1', title: 'One', body: '', state: 'open', stateName: 'open' },
  ...{ labels: [], assignees: [], metadata: {}, createdAt: 0, updatedAt: 0 },
};

test.each<[IssuePatch, string[], string[]]>([
  [{}, [], []],
  [{ title: 'T', body: 'B' }, [], []],
  [{ milestone: 'v1' }, [], ['milestone']],
  [{ milestone: null }, ['milestone'], []],
  [{ dueDate: '2026-12-24' }, [], ['dueDate']],
  [{ dueDate: '2026-12-25' }, ['dueDate'], ['dueDate']],
  [{ storyPoints: 3 }, [], ['storyPoints']],
  [{ storyPoints: null }, ['storyPoints'], []],
  [{ priority: 1 }, [], ['priority']],
  [{ priority: null }, [], []],
  [{ type: 'Bug' }, [], ['type']],
  [{ parent: '#3' }, [], ['parent']],
  [{ parent: '4' }, ['parent'], ['parent']],
  [{ parent: null }, ['parent'], []],
  [{ state: 'open' }, [], []],
  [{ state: 'done' }, ['state'], ['state']],
  [{ addLabels: ['bug', 'needs work'] }, [], ['labels (bug, needs work)']],
  [{ addLabels: ['Doing', 'type:bug', 'priority:high'] }, [], ['labels (Doing)']],
  [{ removeLabels: ['BUG', 'x'] }, ['labels (still BUG)'], []],
  [{ labels: ['bug'] }, ['labels (still needs-work)'], ['labels (bug)']],
  [{ labels: [] }, ['labels (still Bug, still needs-work)'], []],
  [{ addAssignees: ['@U1'] }, [], ['assignees (@U1)']],
  [{ addAssignees: ['ben'] }, ['assignees (ben)'], ['assignees (ben)']],
  [{ addAssignees: ['ann@example.org'] }, [], ['assignees (ann@example.org)']],
  [{ assignees: ['u1', 'ben@example.org'] }, ['assignees (ben@example.org)'], ['assignees (u1, ben@example.org)']],
  [{ assignees: [] }, ['assignees (still Ann)'], []],
  [{ removeAssignees: ['ann'] }, ['assignees (still ann)'], []],
  [{ metadata: { a: 1 } }, [], ['metadata']],
  [{ setMetadata: { a: 1, b: null } }, [], ['metadata']],
  [{ setMetadata: { a: 2 } }, ['metadata'], ['metadata']],
])('of %j is missing %j in one issue and %j in another', (asked, inOne, inOther) => {
  expect([notTaken(asked, NOW), notTaken(asked, BARE)]).toEqual([inOne, inOther]);
});

test('a way of being closed is not told apart', () => {
  expect(notTaken({ state: 'canceled' }, { ...BARE, state: 'done' })).toEqual([]);
});
