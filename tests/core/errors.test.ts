import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { asPaceError, asUnsure, PaceError } from '../../core/errors.ts';
import { writeWhole } from '../../core/files/write-whole.ts';

test('the nearest error of ours in the chain of causes is taken', () => {
  const ours = new PaceError({ kind: 'permission', message: 'No.', remedy: 'Ask.' });
  expect(asPaceError(new Error('outer', { cause: new Error('inner', { cause: ours }) }))).toBe(ours);
});

test('what was stopped from outside is nobody’s defect', () => {
  const stop = new AbortController();
  stop.abort();
  for (const error of [stop.signal.reason, Object.assign(new Error('x'), { name: 'Interrupted' })]) {
    expect(asPaceError(error)).toMatchObject({
      kind: 'transient',
      message: 'It was cancelled.',
      remedy: 'Please start the run again.',
      cause: error,
    });
  }
});

test('anything else looks like a defect', () => {
  expect(asPaceError(new TypeError('x is not a function'))).toMatchObject({
    kind: 'unexpected',
    message: 'x is not a function',
    remedy: expect.stringContaining('defect of PACE'),
  });
  expect(asPaceError('thrown text')).toMatchObject({ kind: 'unexpected', message: 'thrown text' });
});

test('a write that may have been done tells all that it told before', () => {
  class Refusal extends PaceError {}
  const told = { status: 502, operation: 'updateIssue', vendorMessage: 'Bad gateway', done: ['1: title'] };
  const error = new Refusal({ kind: 'transient', message: 'No.', remedy: 'Wait.', ...told });
  const unsure = asUnsure(error);
  expect(unsure).toMatchObject({ kind: 'transient', message: 'No.', remedy: 'Wait.', ...told, unsure: true });
  expect(unsure.cause).toBe(error);
});

test("what the file system refuses is the machine's trouble, with its remedy", async () => {
  const folder = await mkdtemp(join(tmpdir(), 'pace-errors-'));
  const file = join(folder, 'file');
  await writeFile(file, '');
  const refusals = await Promise.all(
    [join(file, 'below', 'it'), join(folder)].map((path) => writeWhole(path, 'x').catch(asPaceError)),
  );
  expect(refusals).toMatchObject([
    {
      kind: 'configuration',
      message: expect.stringContaining('(ENOTDIR'),
      remedy: expect.stringContaining('A file stands'),
    },
    {
      kind: 'configuration',
      message: expect.stringContaining(folder),
      remedy: expect.stringContaining('A folder stands'),
    },
  ]);
  expect(await readdir(folder)).toEqual(['file']);
  await rm(folder, { recursive: true });
  const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
  expect(asPaceError(full)).toMatchObject({
    message: 'Cannot use a file (ENOSPC: no space left on device).',
    remedy: 'The disk is full: please make room.',
  });
});
