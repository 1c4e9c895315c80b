/** What `pace epic` asks a person at a terminal before anything is written. */
import { PassThrough } from 'node:stream';
import { expect, test, vi } from 'vitest';
import { EPIC } from '../../support/epic.ts';
import { TestStream } from '../../support/in-process.ts';
import { paceHere } from '../../support/pace-here.ts';

// the descriptors are those of the test itself: here a terminal
vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>();
  return { ...fs, fstatSync: (fd: number) => (fd > 2 ? fs.fstatSync(fd) : { isCharacterDevice: () => true }) };
});
vi.mock('node:tty', async (original) => ({ ...(await original<typeof import('node:tty')>()), isatty: () => true }));

const WORDS = ['epic', '--tracker', 'local', '--markdown', 'EPIC.md', '--execute'];

test.each([
  ['yes', 0, 5, []],
  ['no', 80, 0, []],
  [undefined, 0, 5, ['--yes']],
])('a person who says %j ends it with %i', async (answer, expected, count, more) => {
  const person = new PassThrough();
  const stderr = new TestStream({
    ...{ isTTY: true, columns: 200 },
    onWrite: (text) => {
      if (text.endsWith('Type yes: ')) person.write(`${answer}\n`);
      return true;
    },
  });
  const here = await paceHere({ files: { 'EPIC.md': EPIC } });
  const stdout = new TestStream({ isTTY: true });
  const { code } = await here.run({ args: [...WORDS, ...more], input: person, stderr, stdout });
  expect(code, stderr.text).toBe(expected);
  // what is asked about is shown before
  const shown = stderr.text.indexOf('create in local .pace/pace.db from US-001: Log in');
  if (answer !== undefined) expect(shown).toBeGreaterThan(-1);
  expect(stderr.text.includes('Type yes: ')).toBe(answer !== undefined);
  const list = (await here.data('issue', 'list', '--state', 'all', '--backend', 'local', '--json=title')) as unknown[];
  expect(list).toHaveLength(count);
});
