/** What sync asks a person at a terminal, and what it does where nobody can be asked, or nothing can be kept. */
import { PassThrough } from 'node:stream';
import { beforeEach, expect, test, vi } from 'vitest';
import { TestStream } from '../../support/in-process.ts';
import { paceHere } from '../../support/pace-here.ts';
import { type FakeEngine, fakeEngine, reportOf } from '../../support/sync-engine.ts';

const current = vi.hoisted((): { engine: FakeEngine | undefined } => ({ engine: undefined }));
vi.mock('../../../src/sync/run.ts', () => ({
  get engine() {
    return current.engine;
  },
}));
// the descriptors are those of the test itself: here a terminal
vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>();
  return {
    ...fs,
    fstatSync: (fd: number) => (fd > 2 ? fs.fstatSync(fd) : { isCharacterDevice: () => true }),
  };
});
vi.mock('node:tty', async (original) => ({
  ...(await original<typeof import('node:tty')>()),
  isatty: () => true,
}));

let engine: FakeEngine;
beforeEach(() => {
  engine = fakeEngine();
  current.engine = engine;
});

const files = {
  'pace.config.yaml': `platform: { ci: local, tracker: local }
backends: { left: { platform: local, database: left.db }, right: { platform: local, database: right.db } }
`,
};
const WORDS = ['sync', 'pull', 'left', 'right'];

test.each([
  ['yes', [true]],
  ['Y', [true]],
  ['no', [false]],
  ['yesterday', [false]],
])('the question of the engine is put as it is; %j answers it', async (answer, expected) => {
  const heard: boolean[] = [];
  engine.sync = async (_, __, { confirm }) => {
    heard.push((await confirm?.('Create 21 issues in right?')) ?? false);
    return reportOf();
  };
  const person = new PassThrough();
  const stderr = new TestStream({
    ...{ isTTY: true, columns: 200 },
    onWrite: (text) => {
      if (text.endsWith('Type yes: ')) person.write(`${answer}\n`);
      return true;
    },
  });
  const { run } = await paceHere({ files });
  const { code } = await run({ args: WORDS, input: person, stderr, stdout: new TestStream({ isTTY: true }) });
  expect([code, heard]).toEqual([0, expected]);
  expect(stderr.text).toContain('Create 21 issues in right? Type yes: ');
});

test('in CI nobody is asked, whatever the streams are', async () => {
  const { run } = await paceHere({ files });
  await run({ args: WORDS, env: { CI: 'true' } });
  expect(engine.calls.map(({ canAsk }) => canAsk)).toEqual([false]);
});

test('at a terminal an adoption by title is the engine’s to ask about', async () => {
  const { run } = await paceHere({ files });
  expect((await run({ args: [...WORDS, '--adopt', 'title'], stderr: new TestStream({ isTTY: true }) })).code).toBe(0);
  expect(engine.calls.map(({ adopt, canAsk }) => [adopt, canAsk])).toEqual([['title', true]]);
});

test('where git tracks what PACE keeps, nothing is asked of anybody and nothing is written', async () => {
  const { pace, workspace } = await paceHere({ files, git: true });
  await workspace.write({ '.pace/sync/left-right.jsonl': '{}\n' });
  await workspace.git('add', '--force', '.pace/sync/left-right.jsonl');
  for (const words of [WORDS, ['sync', 'status'], ['sync', 'conflicts'], ['sync', 'unlink', 'left#1']]) {
    const { code, stdout, stderr } = await pace(...words);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(
      /^Error: PACE keeps no state here, and uses none of earlier runs: git tracks \.pace\/sync\/left-right\.jsonl/m,
    );
  }
  expect(engine.calls).toEqual([]);
});
