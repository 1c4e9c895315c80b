/** The protocol with the runner of Actions: what may become a command, and what never does. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { actionsRunner } from '../../../src/output/workflow-commands.ts';
import { parseOutputs } from '../../support/outputs-file.ts';

function runner(env: Record<string, string> = {}) {
  const written: string[] = [];
  const stream = { write: (text: string) => void written.push(text) };
  const redact = (text: string) => text.replaceAll('hunter2', '***');
  return { ...actionsRunner(stream, env, { redact }), written };
}

describe('the log', () => {
  test('is plain lines; warnings, details and groups are commands', () => {
    const { log, written } = runner();
    log.info('Words');
    log.progress('More');
    log.warn('50% of it\r\nis gone');
    log.debug('a: b, c');
    log.group('Title')();
    expect(written).toEqual([
      'Words\n',
      'More\n',
      '::warning::50%25 of it%0Ais gone\n',
      '::debug::a: b, c\n',
      '::group::Title\n',
      '::endgroup::\n',
    ]);
  });

  test.each(['::error::x', 'a\n::set-output name=a::b', ' \t::warning::x', 'a\r::error::x'])(
    '%j is no command: the runner takes none until it is told so by a token that nobody can guess',
    (text) => {
      const { log, written } = runner();
      log.info(text);
      log.info(text);
      const tokens = written.map((each) => {
        const [, first, last] = /^::stop-commands::([0-9a-f-]{36})\n[\s\S]*\n::([0-9a-f-]{36})::\n$/.exec(each) ?? [];
        expect(first).toBe(last);
        return first;
      });
      expect(new Set(tokens).size).toBe(2);
      expect(tokens).not.toContain(undefined);
    },
  );

  test('neither is the older kind, wherever it stands, nor an escape', () => {
    const { log, written } = runner();
    log.info('a ##[error]b \u001b[31mred');
    log.info('a :: b');
    expect(written).toEqual(['a #\u2060#[error]b red\n', 'a :: b\n']);
  });

  test('holds no credential', () => {
    const { log, annotate, written } = runner();
    log.info('hunter2');
    log.warn('hunter2');
    log.debug('hunter2');
    annotate({ level: 'error', message: 'hunter2', title: 'hunter2', file: 'hunter2' });
    expect(written.join('')).not.toContain('hunter2');
  });
});

test('an annotation has the properties that are known, escaped', () => {
  const { annotate, written } = runner();
  annotate({ level: 'error', message: 'a\nb: c, d 100%', title: 'x: y, z%\n', file: 'a,b.ts', line: 1, column: 2 });
  annotate({ level: 'warning', message: 'm' });
  annotate({ level: 'notice', message: 'm', title: '', file: '', line: 0 });
  expect(written).toEqual([
    '::error title=x%3A y%2C z%25%0A,file=a%2Cb.ts,line=1,col=2::a%0Ab: c, d 100%25\n',
    '::warning::m\n',
    '::notice line=0::m\n',
  ]);
});

test('a secret is masked line by line, but not what everybody could have written', () => {
  const { mask, written } = runner();
  mask('abc');
  mask('ab');
  mask('first%\r\n\r\nxy\nsecond');
  expect(written).toEqual(['::add-mask::abc\n', '::add-mask::first%25\n', '::add-mask::second\n']);
});

describe('an output', () => {
  test('is written so that no value can make another one', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'pace-outputs-'));
    const file = join(folder, 'output');
    const { setOutput } = runner({ GITHUB_OUTPUT: file });
    setOutput('first', 'a\nfirst<<pace\nb\npace');
    setOutput('second', 'hunter2');
    setOutput('third', '');
    const text = await readFile(file, 'utf8');
    await rm(folder, { recursive: true });
    expect(parseOutputs(text)).toEqual({ first: 'a\nfirst<<pace\nb\npace', second: '***', third: '' });
    const delimiters = [...text.matchAll(/<<(pace-[0-9a-f-]{36})$/gm)].map(([, delimiter]) => delimiter);
    expect(new Set(delimiters).size).toBe(3);
  });

  test('goes nowhere where no file is named', () => {
    expect(() => runner().setOutput('a', 'b')).not.toThrow();
    expect(() => runner({ GITHUB_OUTPUT: '/nowhere/at/all' }).setOutput('a', 'b')).toThrow(/ENOENT/);
  });
});
