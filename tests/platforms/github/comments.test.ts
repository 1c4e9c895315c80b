import { expect, test } from 'vitest';
import { withMetadata } from '../../../core/drivers/hidden-metadata.ts';
import { collect } from '../../../core/tracker/collect.ts';
import { refusal } from '../../contract/refusal.ts';
import { trackerStage } from './bench.ts';

const stage = trackerStage();

test('comments are edited and deleted', async () => {
  const { tracker } = stage;
  const { key } = await tracker.createIssue({ title: 'T', body: '' });
  const first = await tracker.addComment(key, 'One.');
  const second = await tracker.addComment(key, 'Two.');
  expect(await tracker.updateComment(key, first.id, 'Changed.')).toEqual({
    ...first,
    body: 'Changed.',
    editedAt: expect.any(Number),
  });
  await tracker.deleteComment(key, second.id);
  expect((await collect(tracker.listComments(key))).map(({ body }) => body)).toEqual(['Changed.']);
});

test('a comment of another issue stays as it is', async () => {
  const { tracker } = stage;
  const [one, other] = [
    await tracker.createIssue({ title: 'One', body: '' }),
    await tracker.createIssue({ title: 'Other', body: '' }),
  ];
  const { id } = await tracker.addComment(one.key, 'Stays.');
  await tracker.capabilities();
  stage.calm();
  await refusal(() => tracker.updateComment(other.key, id, 'x'), { kinds: ['not-found'], operation: 'updateComment' });
  await refusal(() => tracker.deleteComment(other.key, id), { kinds: ['not-found'], operation: 'deleteComment' });
  await refusal(() => tracker.deleteComment(one.key, '../../1'), { kinds: ['not-found'] });
  expect(stage.written()).toEqual([]);
});

test('what a program has hidden in a comment is not shown', async () => {
  const { key } = await stage.tracker.createIssue({ title: 'T', body: '' });
  const { body } = await stage.tracker.addComment(key, withMetadata('Shown.', { a: 1 }));
  expect(body).toBe('Shown.');
});
