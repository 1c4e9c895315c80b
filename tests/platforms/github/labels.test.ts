import { expect, test } from 'vitest';
import { collect } from '../../../core/tracker/collect.ts';
import { refusal } from '../../contract/refusal.ts';
import { trackerStage } from './bench.ts';

const stage = trackerStage();

test('labels are created, shown, edited and deleted', async () => {
  const { tracker } = stage;
  const made = await tracker.createLabel({ name: 'a/b?c', description: 'What it is.', color: 'aa00ff' });
  expect(made).toEqual({ name: 'a/b?c', description: 'What it is.', color: 'aa00ff' });
  expect(await collect(tracker.listLabels())).toContainEqual(made);
  const renamed = { name: 'ü', description: 'Other.', color: '00ff00' };
  expect(await tracker.updateLabel('a/b?c', renamed)).toEqual(renamed);
  expect(await tracker.updateLabel('ü', { description: '' })).toEqual({ name: 'ü', color: '00ff00' });
  await tracker.deleteLabel('ü');
  expect((await collect(tracker.listLabels())).map(({ name }) => name)).not.toContain('ü');
});

test('a label that is there already is a conflict, for a new one and for a new name', async () => {
  const errors = [{ resource: 'Label', code: 'already_exists', field: 'name' }];
  for (const write of [
    () => stage.driver.createLabel?.({ name: 'Bug' }),
    () => stage.driver.updateLabel?.('other', { name: 'Bug' }),
  ]) {
    stage.github.trouble(() => true, { status: 422, json: { message: 'Validation Failed', errors } });
    const error = await refusal(async () => write(), { kinds: ['conflict'] });
    expect(error.message).toBe('There is a label “Bug” already; upper and lower case make no difference.');
  }
});

test('a label that is not there is not found', async () => {
  await refusal(() => stage.tracker.updateLabel('none', { color: 'ffffff' }), { kinds: ['not-found'] });
  await refusal(() => stage.tracker.deleteLabel('none'), { kinds: ['not-found'], operation: 'deleteLabel' });
});

test('a name of dots never becomes the address of something else', async () => {
  await stage.tracker.capabilities();
  stage.calm();
  for (const name of ['', '.', '..', ' .. ']) {
    await refusal(() => stage.driver.deleteLabel?.(name) ?? Promise.resolve(), { kinds: ['not-found'] });
    await refusal(async () => stage.driver.updateLabel?.(name, { color: 'ffffff' }), { kinds: ['not-found'] });
  }
  expect(stage.asked()).toEqual([]);
});
