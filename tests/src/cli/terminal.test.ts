/** At a terminal, which is played: what is asked for, the width of rows, colour, and the live line. */
import { PassThrough } from 'node:stream';
import { describe, expect, test, vi } from 'vitest';
import { type InProcessRun, TestStream } from '../../support/in-process.ts';
import { type PaceHere, paceHere } from '../../support/pace-here.ts';
import { junitXml } from '../../support/workspace.ts';

// descriptors 1 and 2 are those of the test itself: here a terminal, or a pipe, as each test says
const { terminals } = vi.hoisted(() => ({ terminals: new Set<number>() }));
vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>();
  return {
    ...fs,
    fstatSync: (fd: number) => (fd > 2 ? fs.fstatSync(fd) : { isCharacterDevice: () => terminals.has(fd) }),
  };
});
vi.mock('node:tty', async (original) => ({
  ...(await original<typeof import('node:tty')>()),
  isatty: (fd: number) => terminals.has(fd),
}));

const CLEAR = '\r\u001b[2K';

interface At {
  readonly stdout?: boolean;
  readonly stderr?: boolean;
  readonly stdin?: boolean;
  readonly columns?: number;
  /** What is typed, one line for each question. */
  readonly answers?: readonly string[];
  readonly env?: Record<string, string>;
}

function at(here: PaceHere, args: string[], how: At = {}): Promise<InProcessRun> {
  const { stdout = true, stderr = true, stdin = true, columns = 40, answers = [], env = {} } = how;
  terminals.clear();
  for (const [fd, isTerminal] of [stdin, stdout, stderr].entries()) if (isTerminal) terminals.add(fd);
  const person = new PassThrough();
  const waiting = [...answers];
  const onWrite = (text: string) => {
    if (/: $/.test(text)) person.write(`${waiting.shift() ?? ''}\n`);
    return true;
  };
  return here.run({
    ...{ args, env, input: person },
    stdout: new TestStream(stdout ? { isTTY: true, columns } : {}),
    stderr: new TestStream(stderr ? { isTTY: true, columns, onWrite } : { onWrite }),
  });
}

describe('a change of all that fit a query', () => {
  test('is asked about once, with the number of issues', async () => {
    const here = await paceHere();
    for (const title of ['One', 'Two']) await here.pace('issue', 'create', title);
    const closed = (answers: string[], ...more: string[]) =>
      at(here, ['issue', 'close', '--query', 'sort:created', ...more], { answers, columns: 200 });
    const no = await closed(['no']);
    expect([no.code, no.stdout, no.stderr]).toEqual([
      2,
      '',
      expect.stringContaining('Close 2 issues (2, 1)? Type yes: '),
    ]);
    expect(no.stderr).toContain('Error: Nothing was closed.\n');
    expect(await here.data('issue', 'list', '--json', 'key')).toHaveLength(2);
    for (const yes of ['yes', 'Y']) {
      expect((await closed([yes])).code).toBe(0);
      expect(await here.data('issue', 'list', '--json', 'key')).toEqual([]);
      await at(here, ['issue', 'reopen', '-q', 'sort:created'], { answers: ['y'] });
    }
    expect((await closed([], '--dry-run')).stderr).not.toContain('Type yes');
    expect((await closed([], '--yes')).stderr).not.toContain('Type yes');
  });
});

describe('what is missing is asked for', () => {
  test('a template stands in place of the text', async () => {
    const here = await paceHere({ files: { '.gitlab/issue_templates/bug.md': 'Steps' } });
    const run = await at(here, ['issue', 'create', '-T', 'bug'], { answers: ['A title'] });
    expect([run.code, run.stderr]).toEqual([0, expect.not.stringContaining('Text: ')]);
    expect(await here.data('issue', 'show', '1', '--json', 'title,body')).toEqual({ title: 'A title', body: 'Steps' });
  });

  test('title and text of an issue, each unless it is given', async () => {
    const here = await paceHere();
    const run = await at(here, ['issue', 'create'], { answers: ['A title', 'Some text'] });
    expect([run.code, run.stdout, run.stderr]).toEqual([
      0,
      'Created 1: A title\n.pace/pace.db#1\n',
      expect.stringMatching(/Title: .*Text: /s),
    ]);
    await at(here, ['issue', 'create', '--body', 'Text'], { answers: ['Another'] });
    const silent = await at(here, ['issue', 'create', 'Third']);
    expect([silent.code, silent.stderr]).toEqual([0, 'Tracker: Local .pace/pace.db\n']);
    expect(await here.data('issue', 'list', '--json', 'title,body', '--sort', 'created:asc')).toEqual([
      { title: 'A title', body: 'Some text' },
      { title: 'Another', body: 'Text' },
      { title: 'Third', body: '' },
    ]);
  });

  test('and an empty answer sends nothing', async () => {
    const here = await paceHere();
    const run = await at(here, ['issue', 'create'], { answers: ['A title', ' '] });
    expect([run.code, run.stderr]).toEqual([2, expect.stringContaining('Nothing was entered: nothing was sent.')]);
    expect(await here.data('issue', 'list', '--json')).toEqual([]);
  });

  test('by the editor for the text, where there is one', async () => {
    const here = await paceHere();
    const env = { EDITOR: `sh -c 'printf "Written" > "$0"'` };
    await at(here, ['issue', 'create'], { answers: ['A title'], env });
    expect(await here.data('issue', 'show', '1', '--json', 'title,body')).toEqual({
      title: 'A title',
      body: 'Written',
    });
    await at(here, ['issue', 'comment', '1'], { env });
    await at(here, ['issue', 'comment', '1'], { answers: ['Typed'] });
    expect(await here.data('issue', 'comment', '1', '--list', '--json', 'body')).toEqual([
      { body: 'Written' },
      { body: 'Typed' },
    ]);
  });

  test('the platform of a backend and what it needs', async () => {
    const here = await paceHere();
    const run = await at(here, ['backend', 'add', 'mine', '--project'], { answers: ['local'] });
    expect([run.code, run.stderr]).toEqual([0, expect.stringContaining('Platform (')]);
    expect(await here.workspace.read('pace.config.yaml')).toBe('backends:\n  mine:\n    platform: local\n');
  });

  test.each<[string, At]>([
    ['in a CI', { env: { CI: 'true' } }],
    ['from a pipe', { stdin: false }],
    ['with stderr in a file', { stderr: false }],
  ])('but never %s', async (_, how) => {
    const here = await paceHere();
    const run = await at(here, ['issue', 'create'], { ...how, answers: ['A title'] });
    expect([run.code, run.stderr]).toEqual([2, expect.stringContaining('The title is missing.')]);
    const comment = await at(here, ['issue', 'comment', '1'], { ...how, answers: ['x'] });
    expect([comment.code, comment.stderr]).toEqual([2, expect.stringContaining('The text is missing.')]);
  });

  test('with stdout in a file all the same: the question stands on stderr', async () => {
    const here = await paceHere();
    const run = await at(here, ['issue', 'create', '--body', 'x'], { stdout: false, answers: ['A title'] });
    expect([run.code, run.stdout, run.stderr]).toEqual([
      0,
      'Created 1: A title\n.pace/pace.db#1\n',
      expect.stringContaining('Title: '),
    ]);
  });
});

describe('a list', () => {
  const TITLE = 'A title that is much longer than forty columns are';

  test('fits the terminal, and is whole in a pipe', async () => {
    const here = await paceHere();
    await here.pace('issue', 'create', TITLE);
    const env = { NO_COLOR: '1' };
    expect((await at(here, ['issue', 'list'], { env })).stdout).toBe(
      'Key  State  Title                    Age\n  1  Open   A title that is much l…  now\n',
    );
    expect((await at(here, ['issue', 'list'], { env, columns: 20 })).stdout).toBe(
      'Key  State  Title  …\n  1  Open   A title…\n',
    );
    const unknown = await at(here, ['issue', 'list'], { env, columns: 0 });
    expect(unknown.stdout).toBe(`Key  State  ${'Title'.padEnd(TITLE.length)}  Age\n  1  Open   ${TITLE}  now\n`);
    expect((await at(here, ['issue', 'list'])).stdout).toContain('\u001b[32mOpen \u001b[0m  A title');
    expect((await at(here, ['issue', 'list'], { stdout: false })).stdout).toBe(`1  Open  ${TITLE}\n`);
    expect((await at(here, ['issue', 'list', '--format', 'markdown'])).stdout).toContain(TITLE);
    expect((await at(here, ['issue', 'list', '--json', 'title'])).stdout).toContain(TITLE);
  });

  test('tells how far it is while it goes into a file, in a line that goes away', async () => {
    const here = await paceHere();
    const lines = Array.from({ length: 150 }, (_, index) => JSON.stringify({ title: `Issue ${index + 1}` }));
    await here.pipe(lines.join('\n'), 'issue', 'import', '-');
    const all = ['issue', 'list', '--limit', 'all', '--format', 'ids'];
    const toFile = await at(here, all, { stdout: false });
    expect(toFile.stderr.split(CLEAR).slice(-2)).toEqual(['150 so far …', '']);
    expect((await at(here, all)).stderr).toBe('');
    expect((await at(here, all, { stdout: false, stderr: false })).stderr).toBe('');
    expect((await at(here, all, { stdout: false, env: { CI: '1' } })).stderr).toBe('');
    const exported = await at(here, ['issue', 'export'], { stdout: false, columns: 6 });
    expect(exported.stderr.split(CLEAR).slice(-2)).toEqual(['150 i', '']);
  });
});

test('an issue is shown as its Markdown is meant, and as it is in a pipe', async () => {
  const here = await paceHere();
  const body = '# What\n\n- one **two**\n- [x] three';
  await here.pace('issue', 'create', 'A title', '--body', body);
  await here.pace('issue', 'comment', '1', 'A `word`');
  const env = { NO_COLOR: '1' };
  const shown = await at(here, ['issue', 'show', '1'], { env });
  expect(shown.stdout).toContain('\n\n# What\n\n• one two\n• [x] three\n\n--- ');
  expect(shown.stdout).toMatch(/\(1\)\nA word\n$/);
  const piped = await at(here, ['issue', 'show', '1'], { stdout: false });
  expect(piped.stdout).toContain(`\n\n${body}\n\n--- `);
  expect((await at(here, ['issue', 'show', '1'])).stdout).toContain('\u001b[1;4mWhat\u001b[0m');
});

test('the report has colour on a terminal, none in a pipe, and as it is asked for', async () => {
  const config = 'platform: { ci: local, tracker: local }\nevidence: [{ name: unit, type: junit, path: report.xml }]\n';
  const here = await paceHere({ files: { 'pace.config.yaml': config, 'report.xml': junitXml() } });
  const gate = (how: At) =>
    at(here, ['gate', '--day', '1'], how).then(({ stdout }) => stdout.includes('\u001b[32mSHIP'));
  expect(await gate({})).toBe(true);
  expect(await gate({ stdout: false })).toBe(false);
  expect(await gate({ env: { NO_COLOR: '1' } })).toBe(false);
  expect(await gate({ env: { TERM: 'dumb' } })).toBe(false);
  expect(await gate({ stdout: false, env: { FORCE_COLOR: '1' } })).toBe(true);
  const json = await at(here, ['gate', '--day', '1', '--json']);
  expect(json.stdout).not.toContain('\u001b');
});
