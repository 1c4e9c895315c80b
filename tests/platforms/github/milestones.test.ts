import { expect, test } from 'vitest';
import { collect } from '../../../core/tracker/collect.ts';
import { refusal } from '../../contract/refusal.ts';
import { trackerStage } from './bench.ts';

const stage = trackerStage();

test('milestones are created, edited, closed and deleted by their title', async () => {
  const { tracker } = stage;
  const made = await tracker.createMilestone({ title: 'v1', description: 'First.', dueDate: '2028-02-29' });
  expect(made).toEqual({ title: 'v1', description: 'First.', state: 'open', dueDate: '2028-02-29' });
  const closed = await tracker.updateMilestone('V1', { title: 'v1.0', state: 'closed', dueDate: '2028-03-01' });
  expect(closed).toEqual({ title: 'v1.0', description: 'First.', state: 'closed', dueDate: '2028-03-01' });
  expect(await collect(tracker.listMilestones())).toEqual([closed]);
  await tracker.deleteMilestone('v1.0');
  expect(await collect(tracker.listMilestones())).toEqual([]);
});

test('GitHub’s own time of day in a due date does not change the day', async () => {
  const json = [{ number: 1, title: 'T', state: 'open', due_on: '2028-02-29T08:00:00Z' }];
  stage.github.trouble(({ path }) => path.endsWith('/milestones'), { json });
  expect(await collect(stage.tracker.listMilestones())).toEqual([{ title: 'T', state: 'open', dueDate: '2028-02-29' }]);
});

test('a milestone that is not there is told with those that are, before anything is written', async () => {
  await stage.tracker.createMilestone({ title: 'Alpha' });
  await stage.tracker.createMilestone({ title: 'beta' });
  stage.calm();
  const error = await refusal(() => stage.driver.createIssue({ title: 'T', body: '', milestone: 'Gamma' }), {
    kinds: ['validation'],
    operation: 'createIssue',
  });
  expect(error.message).toMatch(/has no milestone “Gamma”. It has: (“Alpha”, “beta”|“beta”, “Alpha”)\.$/);
  expect(stage.written()).toEqual([]);
  await refusal(() => stage.tracker.deleteMilestone('Gamma'), { kinds: ['not-found'] });
});

test('a title that fits several but for the case is a choice that is not made', async () => {
  const json = ['Next', 'NEXT'].map((title, index) => ({ number: index + 1, title, state: 'open' }));
  stage.github.trouble(({ path }) => path.endsWith('/milestones'), { json }, 2);
  await refusal(() => stage.driver.createIssue({ title: 'T', body: '', milestone: 'next' }), { kinds: ['validation'] });
  const made = stage.driver.updateIssue('1', { milestone: 'NEXT' });
  await refusal(() => made, { kinds: ['not-found', 'validation'] });
  expect(stage.written()).toEqual([{ milestone: 2 }]);
});
