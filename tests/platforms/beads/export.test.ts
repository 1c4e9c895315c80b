/** What an export costs, and what it carries: counted in runs of the program. */
import { expect, test } from 'vitest';
import type { RunProgram } from '../../../core/programs/program.ts';
import { collect } from '../../../core/tracker/collect.ts';
import { completeTracker } from '../../../core/tracker/complete-tracker.ts';
import { createTracker } from '../../../platforms/beads/issues.ts';
import { exportIssues } from '../../../src/tracker/transfer/export-issues.ts';
import { type BdState, type BdVersion, bd, newBd } from '../../support/bd.ts';
import { testWorld } from '../../support/world.ts';

function counted(state: BdState) {
  const calls: string[] = [];
  const run: RunProgram = async (args, input) => {
    calls.push(args.filter((arg) => arg !== '--json').join(' '));
    return bd(state, args, {}, () => input ?? '');
  };
  const world = testWorld({ cwd: import.meta.dirname });
  return {
    calls,
    tracker: completeTracker({ driver: createTracker(world, { actor: 'ann' }, run), name: 'beads', world }),
  };
}

/** An epic with 42 children, each blocked by the one before it; every second one has two comments. */
async function population(version: BdVersion): Promise<BdState> {
  const state = newBd(version, { numbered: true });
  const { tracker } = counted(state);
  const { key: epic } = await tracker.createIssue({ title: 'Epic', body: '', type: 'epic' });
  for (let index = 1; index <= 42; index += 1) {
    state.ahead += 1000;
    const { key } = await tracker.createIssue({ title: `Part ${index}`, body: '', parent: epic });
    if (index > 1) await tracker.createLink(key, { type: 'is blocked by', target: `${epic}.${index - 1}` });
    for (const word of index % 2 === 0 ? ['First', 'Second'] : []) await tracker.addComment(key, `${word} of ${index}`);
  }
  // free words and another prefix, as an import may bring
  Object.assign(state.issues[41] ?? {}, { id: 'some words of mine' });
  for (const edge of state.dependencies) {
    if (edge.issue_id === 'bd-1.41') edge.issue_id = 'some words of mine';
    if (edge.depends_on_id === 'bd-1.41') edge.depends_on_id = 'some words of mine';
  }
  return state;
}

const exported = (state: BdState) => {
  const { calls, tracker } = counted(state);
  const selection = { filter: { state: 'all' as const }, without: [], limit: Number.POSITIVE_INFINITY };
  return { calls, lines: collect(exportIssues(tracker, selection, ['comments', 'links'])) };
};

test.each<[BdVersion, number]>([
  ['1.0.5', 5],
  ['0.49.1', 5],
  ['0.47.1', 6],
])('an export of 43 issues from bd %s takes at most %i runs of the program', async (version, most) => {
  const { calls, lines } = exported(await population(version));
  const issues = await lines;
  // the oldest first, so that an import meets parents before children
  const numbers = Array.from({ length: 42 }, (_, index) => (index === 40 ? 'some words of mine' : `bd-1.${index + 1}`));
  expect(issues.map((issue) => issue['key'])).toEqual(['bd-1', ...numbers]);
  const byKey = new Map(issues.map((issue) => [issue['key'], issue]));
  for (let index = 1; index <= 42; index += 1) {
    const key = (number: number) => (number === 41 ? 'some words of mine' : `bd-1.${number}`);
    const { parent, links, comments } = byKey.get(key(index)) ?? {};
    expect([index, parent]).toEqual([index, 'bd-1']);
    expect(links).toEqual([
      ...(index > 1 ? [{ type: 'is blocked by', target: key(index - 1) }] : []),
      ...(index < 42 ? [{ type: 'blocks', target: key(index + 1) }] : []),
    ]);
    const words = index % 2 === 0 ? [`First of ${index}`, `Second of ${index}`] : [];
    expect((comments as { body: string }[]).map(({ body }) => body)).toEqual(words);
  }
  process.stdout.write(`bd ${version}: an export of 43 issues is ${calls.length} runs of the program\n`);
  expect(calls.length, calls.join('\n')).toBeLessThanOrEqual(most);
});

test('a list of version 1 tells parents, links and counts of comments in its one answer', async () => {
  const { calls, tracker } = counted(await population('1.0.5'));
  const found = await collect(tracker.listIssues());
  expect(calls).toEqual(['list --all --limit=0']);
  expect(found.find(({ key }) => key === 'bd-1.2')).toMatchObject({
    parent: 'bd-1',
    commentCount: 2,
    links: [
      { type: 'is blocked by', target: 'bd-1.1' },
      { type: 'blocks', target: 'bd-1.3' },
    ],
  });
});

test.each<BdVersion>(['0.47.1', '0.49.1', '1.0.5'])('children are found by their parent in bd %s', async (version) => {
  const state = await population(version);
  const { tracker } = counted(state);
  expect(await tracker.getEpicChildren('bd-1')).toHaveLength(42);
  // one that was taken out, and one that was put there: its id says nothing
  await tracker.updateIssue('bd-1.7', { parent: null });
  const { key } = await tracker.createIssue({ title: 'Elsewhere', body: '' });
  await tracker.updateIssue(key, { parent: 'bd-1' });
  const children = (await tracker.getEpicChildren('bd-1')).map((child) => child.key);
  expect([children.length, children.includes('bd-1.7'), children.includes(key)]).toEqual([42, false, true]);
});

test('within one second a parent is older than its children, and these are as old as their numbers', async () => {
  const state = newBd('1.0.5', { numbered: true });
  const { tracker } = counted(state);
  const { key } = await tracker.createIssue({ title: 'Epic', body: '', type: 'epic' });
  for (let index = 1; index <= 11; index += 1) await tracker.createIssue({ title: `${index}`, body: '', parent: key });
  for (const issue of state.issues) issue.created_at = '2026-05-01T10:00:00Z';
  state.issues.reverse();
  const order = ['bd-1', ...Array.from({ length: 11 }, (_, index) => `bd-1.${index + 1}`)];
  const keys = async (direction: 'asc' | 'desc') =>
    (await collect(tracker.listIssues({ sort: { by: 'created', direction } }))).map((issue) => issue.key);
  expect(await keys('asc')).toEqual(order);
  expect(await keys('desc')).toEqual(order.toReversed());
  const urgent = await tracker.updateIssue('bd-1.5', { priority: 0 });
  const [first] = await collect(tracker.listIssues({ sort: { by: 'priority', direction: 'desc' } }));
  expect(first?.key).toBe(urgent.key);
});
