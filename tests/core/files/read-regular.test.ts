import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readEvent } from '../../../core/drivers/workflow-event.ts';
import { readRegular } from '../../../core/files/read-regular.ts';

const folder = mkdtempSync(join(tmpdir(), 'pace-regular-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string) => join(folder, name);

test('a regular file is read, also behind a link, up to a size', async () => {
  writeFileSync(at('a'), 'x'.repeat(1024 * 1024));
  symlinkSync('a', at('link'));
  for (const name of ['a', 'link']) expect((await readRegular(at(name), 1024 * 1024)).length).toBe(1024 * 1024);
  await expect(readRegular(at('a'), 1024 * 1024 - 1)).rejects.toMatchObject({
    ...{ kind: 'validation', message: `${at('a')} is larger than 1 MB, and is not read.` },
    remedy: 'Please shorten it.',
  });
});

test('what is missing, or a folder, is told by the system', async () => {
  await expect(readRegular(at('none'), 9)).rejects.toMatchObject({ code: 'ENOENT' });
  await expect(readRegular(folder, 1024 * 1024)).rejects.toMatchObject({ code: 'EISDIR' });
});

test('a pipe and a device without an end are not waited for', async () => {
  execFileSync('mkfifo', [at('pipe')]);
  for (const path of [at('pipe'), '/dev/zero']) {
    await expect(readRegular(path, 9)).rejects.toMatchObject({
      ...{ kind: 'configuration', remedy: 'Please put a file in its place.' },
      message: `${path} is not a regular file (a pipe, a socket or a device), and is not read.`,
    });
  }
});

test('the event of a job that is a pipe is no event that is missing', async () => {
  await expect(readEvent({ GITHUB_EVENT_PATH: at('pipe') })).rejects.toThrow('is not a regular file');
  writeFileSync(at('event.json'), '{ "number": 12 }');
  expect([
    await readEvent({ GITHUB_EVENT_PATH: at('event.json') }),
    await readEvent({ GITHUB_EVENT_PATH: at('none') }),
  ]).toEqual([{ number: 12 }, {}]);
});
