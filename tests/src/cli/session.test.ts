/** What every verb on a tracker does alike: formats, fields, dry runs, lists that fail or that nobody reads to their end. */
import { describe, expect, onTestFinished, test } from 'vitest';
import { TestStream } from '../../support/in-process.ts';
import { type Answer, type Loopback, loopback } from '../../support/loopback.ts';
import { paceHere } from '../../support/pace-here.ts';

/** Issues of a GitHub, a hundred to a page; `last` answers for the page after them. */
async function gitHubWith(pages: number, last: Answer): Promise<{ env: Record<string, string>; server: Loopback }> {
  const issue = (number: number) => ({
    id: number,
    number,
    title: `Issue ${number}`,
    body: '',
    state: 'open',
    html_url: `https://github.com/o/r/issues/${number}`,
    labels: [],
    assignees: [],
    user: { login: 'ann', id: 1 },
    created_at: '2026-03-02T09:00:00Z',
    updated_at: '2026-03-02T09:00:00Z',
  });
  const server = await loopback({
    'GET /repos/o/r/issues': ({ query, origin }) => {
      const page = Number(query.get('page') ?? '1');
      if (page > pages) return last;
      const next = `${origin}/repos/o/r/issues?state=open&per_page=100&page=${page + 1}`;
      return {
        json: Array.from({ length: 100 }, (_, index) => issue((page - 1) * 100 + index + 1)),
        headers: { link: `<${next}>; rel="next"` },
      };
    },
  });
  onTestFinished(server.close);
  const token = 'ghs_aTokenOfNoWorthAtAll';
  return {
    server,
    env: { PACE_BACKEND: 'github', GITHUB_REPOSITORY: 'o/r', GITHUB_API_URL: server.origin, PACE_GITHUB_TOKEN: token },
  };
}

const REFUSED: Answer = { status: 403, json: { message: 'Resource not accessible by integration' } };

describe('a list that fails in the middle', () => {
  test.each([
    ['json', (text: string) => JSON.parse(text)],
    ['ids', (text: string) => text.trimEnd().split('\n')],
    ['table', (text: string) => text.trimEnd().split('\n')],
    ['markdown', (text: string) => text.trimEnd().split('\n').slice(2)],
  ])('has printed what came before it, well-formed, as %s; the error and its code come after', async (format, rows) => {
    const { env } = await gitHubWith(2, REFUSED);
    const { pace } = await paceHere({ env });
    const run = await pace('issue', 'list', '--limit', 'all', '--format', format);
    // a program is told in JSON
    const told = format === 'json' ? /^\{"error":\{"kind":"permission",[^\n]+\n$/ : /^Error: /;
    expect([run.code, run.stderr]).toEqual([7, expect.stringMatching(told)]);
    expect(rows(run.stdout)).toHaveLength(200);
  });

  test('is an empty list in JSON when nothing came, and says nothing about there being none', async () => {
    const { env } = await gitHubWith(0, REFUSED);
    const { pace } = await paceHere({ env });
    const run = await pace('issue', 'list', '--json');
    expect([run.code, run.stdout]).toEqual([7, '[]\n']);
    const table = await pace('issue', 'list');
    expect([table.code, table.stdout, table.stderr]).toEqual([7, '', expect.not.stringContaining('No issues.')]);
  });
});

describe('a reader that leaves', () => {
  /** Its pipe breaks with the first row. */
  const broken = () =>
    new TestStream({
      onWrite: (text, stream) => {
        if (/Issue 1\b/.test(text)) stream.emit('error', Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
        return true;
      },
    });

  test('ends the list with 0: no further page is asked for, nothing more is written, and nothing is said', async () => {
    const { env, server } = await gitHubWith(50, REFUSED);
    const { run } = await paceHere({ env });
    const stdout = broken();
    const ended = await run({ args: ['issue', 'list', '--limit', 'all', '--json', 'title'], stdout });
    expect([ended.code, ended.stderr]).toEqual([0, '']);
    expect(ended.stdout.trimEnd().endsWith(']')).toBe(false);
    expect(server.exchanges.length).toBeLessThan(5);
  });

  test('ends an export just so: no further page is asked for', async () => {
    const { env, server } = await gitHubWith(50, REFUSED);
    const { run } = await paceHere({ env });
    const ended = await run({ args: ['issue', 'export', '--no-comments', '--no-links'], stdout: broken() });
    expect([ended.code, ended.stderr]).toEqual([0, '']);
    const pages = server.exchanges.filter(({ asked }) => asked.path.endsWith('/issues'));
    expect(pages.length).toBeLessThan(5);
  });

  test('of the embedded tracker’s export leaves it as quietly', async () => {
    const { pipe, run } = await paceHere();
    const lines = Array.from({ length: 300 }, (_, index) => JSON.stringify({ title: `Issue ${index + 1}` }));
    await pipe(lines.join('\n'), 'issue', 'import', '-');
    const stdout = broken();
    const ended = await run({ args: ['issue', 'export'], stdout });
    expect([ended.code, ended.stderr]).toEqual([0, '']);
    expect(ended.stdout.split('\n').filter(Boolean).length).toBeLessThan(300);
  });

  test('on stderr is no trouble either: the work is done', async () => {
    const stderr = new TestStream({
      onWrite: (_, stream) => {
        stream.emit('error', new Error('write EPIPE'));
        return true;
      },
    });
    const { run, data } = await paceHere();
    await run({ args: ['issue', 'create', 'x', '-v'], stderr });
    expect(await data('issue', 'list', '--json', 'title')).toEqual([{ title: 'x' }]);
  });
});

test('a pipe that is full is waited for before the next page is written', async () => {
  let isFull = false;
  const early: string[] = [];
  const stdout = new TestStream({
    onWrite: (text, stream) => {
      if (isFull) early.push(text);
      isFull = true;
      setTimeout(() => {
        isFull = false;
        stream.emit('drain');
      }, 5);
      return false;
    },
  });
  const { env } = await gitHubWith(3, { json: [] });
  const { run } = await paceHere({ env });
  const ended = await run({ args: ['issue', 'list', '--limit', '250', '--json', 'key'], stdout });
  expect([ended.code, early]).toEqual([0, []]);
  expect(JSON.parse(ended.stdout)).toHaveLength(250);
});

describe('formats', () => {
  test('--json is all fields, also as --json= and as --format json; named ones in their order', async () => {
    const { pace, data } = await paceHere();
    await pace('issue', 'create', 'A title', '--label', 'a');
    const all = await data('issue', 'list', '--json');
    expect(Object.keys((all as object[])[0] ?? {})).toHaveLength(21);
    expect(await data('issue', 'list', '--json=')).toEqual(all);
    expect(await data('issue', 'list', '--format', 'json')).toEqual(all);
    expect(await data('issue', 'list', '--json', '--format=json')).toEqual(all);
    const { stdout } = await pace('issue', 'list', '--json', 'title,key');
    expect(stdout).toBe('[\n  {\n    "title": "A title",\n    "key": "1"\n  }\n]\n');
    expect(await data('issue', 'list', '--json= title , ,key,')).toEqual(JSON.parse(stdout));
  });

  test('a key after --json is a key, and no field', async () => {
    const { pace, data } = await paceHere();
    await pace('issue', 'create', 'A title');
    expect(await data('issue', 'show', '--json', '1')).toMatchObject({ key: '1', comments: [] });
    expect(await data('issue', 'show', '--json', '#1')).toMatchObject({ key: '1' });
    expect(JSON.parse((await pace('issue', 'show', '1', '--json', 'Title')).stderr).error.message).toContain(
      'there is no field “Title”. Did you mean "title"?',
    );
  });

  test('--json beside another format is refused before anything is done', async () => {
    const { pace, data } = await paceHere();
    for (const format of ['table', 'ids', 'markdown']) {
      const run = await pace('issue', 'create', 'x', '--json', 'key', '--format', format);
      expect([run.code, run.stdout, JSON.parse(run.stderr).error]).toEqual([
        2,
        '',
        {
          ...{ kind: 'configuration', message: `--json and --format ${format} cannot go together.` },
          ...{ remedy: 'Please give one of them.', operation: 'usage' },
        },
      ]);
    }
    const unknown = await pace('issue', 'create', 'x', '--json', 'key,nope');
    expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining('there is no field “nope”')]);
    const none = await pace('issue', 'create', 'x', '--format', 'yaml');
    expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('table, json, ids, markdown')]);
    expect(await data('issue', 'list', '--json')).toEqual([]);
  });

  test('one thing has the same four forms as a list', async () => {
    const { pace } = await paceHere();
    const printed = async (...args: string[]) => (await pace('label', 'create', ...args)).stdout;
    expect(await printed('a', '--color', 'd73a4a')).toBe('Created the label a.\n');
    expect(await printed('b', '--format', 'table')).toBe('Created the label b.\n');
    expect(await printed('c', '--format', 'ids')).toBe('c\n');
    expect(await printed('d|e', '--format', 'markdown')).toBe(
      '| Label | Colour | Description |\n| --- | --- | --- |\n| d\\|e |  |  |\n',
    );
    expect(await printed('f', '--json', 'name')).toBe('{\n  "name": "f"\n}\n');
  });

  test('that there is nothing is said to people only, on stderr', async () => {
    const { pace } = await paceHere();
    const said = async (...args: string[]) => {
      const { stdout, stderr } = await pace(...args);
      return [stdout, stderr];
    };
    expect(await said('issue', 'list')).toEqual(['', 'No issues.\n']);
    expect(await said('issue', 'list', '--json')).toEqual(['[]\n', '']);
    expect(await said('issue', 'list', '--format', 'ids')).toEqual(['', '']);
    expect(await said('issue', 'list', '--format', 'markdown')).toEqual([
      '| Key | State | Title | Labels |\n| --- | --- | --- | --- |\n',
      '',
    ]);
    expect(await said('milestone', 'list')).toEqual(['', 'No milestones.\n']);
    expect(await said('label', 'list')).toEqual(['', 'No labels.\n']);
    await pace('issue', 'create', 'x');
    expect(await said('issue', 'list')).toEqual(['1  Open  x\n', '']);
    expect(await said('issue', 'links', '1')).toEqual(['', 'No links.\n']);
    expect(await said('issue', 'comment', '1', '--list')).toEqual(['', 'No comments.\n']);
    expect(await said('issue', 'children', '1')).toEqual(['', 'No issues.\n']);
    expect(await said('issue', 'search', 'nothing')).toEqual(['', 'No issues.\n']);
  });
});

describe('a dry run', () => {
  test.each<[string, string[], string, string]>([
    ['create', ['issue', 'create', 'y', '--label', 'a'], 'createIssue', 'Would create an issue:\n  title: y\n'],
    ['edit', ['issue', 'edit', '1', '--title', 'y'], 'updateIssue', 'Would change 1:\n  title: x → y\n'],
    ['close', ['issue', 'close', '1'], 'updateIssue', 'Would change 1:\n  state: open → done\n'],
    ['deletion', ['issue', 'delete', '1'], 'deleteIssue', 'Would delete 1:\n  title: x\n'],
    ['transition', ['issue', 'transition', '1', 'done'], 'transitionIssue', 'Would move 1:\n'],
    ['comment', ['issue', 'comment', '1', 'Words'], 'addComment', 'Would comment on 1:\n  body: Words\n'],
    [
      'edit of a comment',
      ['issue', 'comment', '1', 'W', '--edit', '1'],
      'updateComment',
      'Would edit a comment on 1:\n',
    ],
    [
      'deletion of a comment',
      ['issue', 'comment', '1', '--delete', '1'],
      'deleteComment',
      'Would delete a comment on 1:\n',
    ],
    ['link', ['issue', 'link', '1', 'blocks', '2'], 'createLink', 'Would link 1:\n  type: blocks\n  target: 2\n'],
    ['unlink', ['issue', 'unlink', '1', 'blocks', '2'], 'deleteLink', 'Would unlink 1:\n'],
    ['claim', ['issue', 'claim', '1'], 'claim', 'Would claim 1:\n  agent: tester\n'],
    ['new label', ['label', 'create', 'z'], 'createLabel', 'Would create a label:\n  name: z\n'],
    ['label', ['label', 'edit', 'own', '--name', 'z'], 'updateLabel', 'Would change a label:\n  name: z\n'],
    ['deletion of a label', ['label', 'delete', 'own'], 'deleteLabel', 'Would delete a label:\n  name: own\n'],
    ['new milestone', ['milestone', 'create', 'v2'], 'createMilestone', 'Would create a milestone:\n  title: v2\n'],
    [
      'milestone',
      ['milestone', 'close', 'v1'],
      'updateMilestone',
      'Would change a milestone:\n  title: v1\n  state: closed\n',
    ],
    ['deletion of a milestone', ['milestone', 'delete', 'v1'], 'deleteMilestone', 'Would delete a milestone:\n'],
  ])('of a %s prints what would be sent, and sends nothing', async (_, args, operation, words) => {
    const { pace, data } = await paceHere();
    for (const made of [
      ['issue', 'create', 'x'],
      ['issue', 'create', 'other'],
      ['issue', 'comment', '1', 'First'],
      ['label', 'create', 'own'],
      ['milestone', 'create', 'v1'],
    ])
      await pace(...made);
    const all = async () =>
      (await pace('issue', 'export')).stdout +
      (await pace('label', 'list')).stdout +
      (await pace('milestone', 'list')).stdout;
    const before = await all();
    const run = await pace(...args, '--dry-run');
    expect([run.code, run.stderr, run.stdout.startsWith(words), run.stdout]).toEqual([0, '', true, expect.any(String)]);
    expect(await data(...args, '--dry-run', '--json')).toMatchObject([{ operation }]);
    expect(await all()).toBe(before);
  });

  test('that is refused, or only lists, has nothing to send', async () => {
    const { pace, data } = await paceHere();
    await pace('issue', 'create', 'x');
    const release = await pace('issue', 'release', '1', '--dry-run');
    expect([release.code, release.stdout]).toEqual([10, '']);
    expect(await data('issue', 'transition', '1', '--list', '--dry-run', '--json', 'state')).toContainEqual({
      state: 'done',
    });
    expect((await pace('issue', 'comment', '1', '--list', '--dry-run', '--format', 'ids')).stdout).toBe('');
  });
});

describe('progress', () => {
  test('is for a person at a terminal: nothing of it in a pipe', async () => {
    const { env } = await gitHubWith(2, { json: [] });
    const { pace } = await paceHere({ env });
    expect((await pace('issue', 'list', '--limit', 'all', '--format', 'ids')).stderr).toBe('');
  });
});

test('--verbose says which tracker is used and why; without it nothing is said', async () => {
  const { pace } = await paceHere();
  expect((await pace('issue', 'list', '--json', '-v')).stderr).toContain('Tracker: Local (');
  expect((await pace('issue', 'list', '--json')).stderr).toBe('');
});

test('-C names the folder, and one that is none is told', async () => {
  const { pace, data, workspace } = await paceHere({ files: { 'app/x': '' } });
  await pace('issue', 'create', 'here');
  await pace('issue', 'create', 'there', '-C', 'app');
  expect(await data('issue', 'list', '--json', 'title', '--directory', 'app')).toEqual([{ title: 'there' }]);
  expect(Object.keys(await workspace.files())).toContain('app/.pace/pace.db');
  const none = await pace('issue', 'list', '-C', 'nowhere');
  expect([none.code, none.stderr]).toEqual([2, expect.stringMatching(/^Error: nowhere is not a folder\.\n/)]);
});
