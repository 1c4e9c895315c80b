/** What the runner of Actions is told: what may become a command, and what never does. */
import { mkdir, mkdtemp, readFile, rm, rmdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { asPaceError } from '../../../core/errors.ts';
import { createRedactor } from '../../../core/text/redact.ts';
import { actionsRunner } from '../../../src/output/workflow-commands.ts';
import { parseOutputs } from '../../support/outputs-file.ts';

const SECRET = 'hunter2-hunter2-hunter2';
const FENCE = /^::stop-commands::(?<token>\S+)\n(?<inside>[\s\S]*)\n::\k<token>::\n$/;

const runner = actionsRunner(createRedactor({ DEPLOY_PASSWORD: SECRET }));
let said = '';
// one for all tests: the toolkit remembers where the page of the job is
const folder = mkdtemp(join(tmpdir(), 'pace-runner-'));

beforeEach(async () => {
  said = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    said += text;
    return true;
  });
  vi.stubEnv('GITHUB_OUTPUT', await emptyFile('output'));
  vi.stubEnv('GITHUB_STEP_SUMMARY', await emptyFile('summary'));
  return () => vi.unstubAllEnvs();
});

async function emptyFile(name: string): Promise<string> {
  const path = join(await folder, name);
  await writeFile(path, '');
  return path;
}

const written = async (name: 'output' | 'summary') => readFile(join(await folder, name), 'utf8');

/** As the runner reads a command. https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs */
function obeyed(line: string): { name: string; properties: Record<string, string>; message: string } {
  const [, name = '', listed = '', message = ''] = /^::([\w-]+)(?: ([^\r\n]*?))?::([^\r\n]*)\n$/.exec(line) ?? [];
  const pairs = listed === '' ? [] : listed.split(',').map((pair): [string, string] => split(pair));
  return {
    name,
    properties: Object.fromEntries(
      pairs.map(([key, value]) => [key, unescaped(value.replaceAll('%3A', ':').replaceAll('%2C', ','))]),
    ),
    message: unescaped(message),
  };
}

function split(pair: string): [string, string] {
  const at = pair.indexOf('=');
  return [pair.slice(0, at), pair.slice(at + 1)];
}

function unescaped(text: string): string {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
}

/** Pieces that mean something to a runner, in any order. */
const hostile = fc
  .array(
    fc.oneof(fc.constantFrom('::', '%', '%0A', ',', '=', ':', '\n', '\r\n', '##[', ']', 'add-mask', ' '), fc.string()),
  )
  .map((pieces) => pieces.join(''));

describe('an annotation', () => {
  test('is one command, with what it says and where', () => {
    runner.annotate({ level: 'error', title: 'a, b: c', message: '50 %\nof it', file: 'src/a.ts', line: 3, column: 7 });
    expect(said).toBe('::error title=a%2C b%3A c,file=src/a.ts,line=3,col=7::50 %25%0Aof it\n');
  });

  test('says no more than it is given', () => {
    runner.annotate({ level: 'notice', message: 'more' });
    runner.annotate({ level: 'warning', message: 'less', title: '', file: '', line: 0 });
    expect(said).toBe('::notice::more\n::warning::less\n');
  });

  test('stays one command of its level, whatever it holds', () => {
    fc.assert(
      fc.property(hostile, hostile, (title, message) => {
        said = '';
        runner.annotate({ level: 'warning', title, message, line: 1 });
        const { name, properties } = obeyed(said);
        expect([name, Object.keys(properties).filter((key) => key !== 'title')]).toEqual(['warning', ['line']]);
      }),
    );
  });
});

describe('a line of the log', () => {
  test('is printed as it is', () => {
    runner.log.info('Day 1: all is well');
    runner.log.progress('waiting');
    expect(said).toBe('Day 1: all is well\nwaiting\n');
  });

  test.each(['::error::x', 'a\n::set-output name=a::b', ' \t::warning::x', 'a\r::error::x', 'x\n::add-path::/tmp'])(
    '%j is fenced, by another token every time, which nobody can guess',
    (text) => {
      const tokens = [text, text].map((each) => {
        said = '';
        runner.log.info(each);
        return FENCE.exec(said)?.groups?.['token'] ?? '';
      });
      expect(new Set(tokens).size).toBe(2);
      expect(tokens.every((token) => /^[0-9a-f-]{36}$/.test(token))).toBe(true);
    },
  );

  test('has no command of the older kind, and no escape', () => {
    runner.log.info('a ##[error]b \u001b[31mred');
    runner.log.info('a :: b');
    expect(said).toBe('a #\u2060#[error]b red\na :: b\n');
  });

  test('warns, and gives details, as a command', () => {
    runner.log.warn('50% of it\r\nis gone');
    runner.log.debug('a: b, c');
    expect(said).toBe('::warning::50%25 of it%0Ais gone\n::debug::a: b, c\n');
  });

  test('commands nothing, whatever it holds', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        said = '';
        runner.log.info(text);
        const inside = FENCE.exec(said)?.groups?.['inside'];
        if (inside === undefined) expect(said).not.toMatch(/^\s*::/m);
        expect(said).not.toContain('##[');
      }),
    );
  });

  test('folds in a group of its own', () => {
    runner.log.group('PACE\ngate')();
    expect(said).toBe('::group::PACE%0Agate\n::endgroup::\n');
  });
});

test('no credential goes out by any way', async () => {
  const { log } = runner;
  for (const say of [log.info, log.warn, log.debug, log.progress, log.group]) say(`the word is ${SECRET}`);
  for (const level of ['error', 'warning', 'notice'] as const) {
    runner.annotate({ level, message: SECRET, title: `t ${SECRET}`, file: `src/${SECRET}.ts` });
  }
  runner.setOutput('reason', `because of ${SECRET}`);
  await runner.addToSummary(`# ${SECRET}\n`);
  const all = [said, await written('output'), await written('summary')];
  for (const text of all) {
    expect(text).toContain('***');
    expect(text).not.toContain(SECRET);
  }
});

test('a mask covers each line of a secret, and never a word that stands everywhere', () => {
  runner.mask('-----BEGIN KEY-----\nabc\r\nd\n{\n\n100%25\nQUJDREVGRw==');
  expect(said).toBe('::add-mask::100%2525\n::add-mask::QUJDREVGRw==\n');
  said = '';
  // `TEST_PASSWORD: test` would make every `test` of the log unreadable, and on GitHub the outputs with it
  for (const short of ['test', 'admin', '12345', ' abc \n']) runner.mask(short);
  expect(said).toBe('');
  runner.mask('123456');
  expect(said).toBe('::add-mask::123456\n');
});

test('inputs come without blanks around them, and a flag is only what is written as one', () => {
  vi.stubEnv('INPUT_WORKING-DIRECTORY', ' app \n');
  expect([runner.input('working-directory'), runner.input('day')]).toEqual(['app', '']);
  const flag = (value: string) => {
    vi.stubEnv('INPUT_DRY-RUN', value);
    return runner.flag('dry-run');
  };
  expect(['true', ' TRUE ', 'False', '', 'yes', 'tru'].map(flag)).toEqual([
    true,
    true,
    false,
    false,
    undefined,
    undefined,
  ]);
});

describe('outputs', () => {
  test('are written so that no value can make another one', async () => {
    const forged = 'one\nEOF\ndecision<<E\nSHIP\nE';
    runner.setOutput('reason', forged);
    const [, delimiter = ''] = /^reason<<(.+)$/m.exec(await written('output')) ?? [];
    runner.setOutput('second', `x\n${delimiter}\ndecision<<E\nSHIP\nE`);
    runner.setOutput('third', '');
    expect(Object.keys(parseOutputs(await written('output')))).toEqual(['reason', 'second', 'third']);
    expect(parseOutputs(await written('output'))).toMatchObject({ reason: forged, third: '' });
  });

  test('are nobody’s where the runner has no file for them', () => {
    vi.stubEnv('GITHUB_OUTPUT', '');
    expect(() => runner.setOutput('a', 'x')).not.toThrow();
  });

  test('that have no file any more are said with what to do', () => {
    vi.stubEnv('GITHUB_OUTPUT', '/nowhere/output');
    const error = errorOf(() => runner.setOutput('a', 'x'));
    expect([error.kind, error.message]).toEqual(['configuration', 'Missing file at path: /nowhere/output.']);
    expect(error.remedy).toContain('a container of your own must have it at the same place');
  });
});

function errorOf(act: () => void) {
  try {
    act();
  } catch (error) {
    return asPaceError(error);
  }
  throw new Error('nothing was thrown');
}

describe('the page of the job', () => {
  test('grows by what is added', async () => {
    await runner.addToSummary('# Day 1\n');
    await runner.addToSummary('# Day 2\n');
    expect(await written('summary')).toBe('# Day 1\n# Day 2\n');
  });

  test('says a text no second time whose first attempt failed', async () => {
    const page = join(await folder, 'summary');
    await rm(page);
    await mkdir(page);
    await expect(runner.addToSummary('# Day 1\n')).rejects.toThrow('EISDIR');
    await rmdir(page);
    await runner.addToSummary('# Day 2\n');
    expect(await written('summary')).toBe('# Day 2\n');
  });
});
