/** `list`, `search`, `children` and `show`: every flag by what it prints. */
import { describe, expect, test, vi } from 'vitest';
import { type PaceHere, paceHere } from '../../support/pace-here.ts';

/** Six issues, each a minute older than the next. */
async function filled(): Promise<PaceHere> {
  const here = await paceHere();
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-03-02T09:00:00Z') });
  for (const words of [
    ['Login fails', '--label', 'bug', '--label', 'ui', '--type', 'bug', '--priority', 'high', '--assignee', 'ann'],
    ['Sign in slowly', '--body', 'The login page crashes', '--label', 'bug', '--priority', '3', '--state', 'blocked'],
    ['Done already', '--state', 'done', '--assignee', 'bob', '--milestone', 'v1'],
    ['Given up', '--state', 'canceled', '--parent', '1'],
    ['A child', '--parent', '1', '--label', 'ui', '--type', 'task', '--assignee', 'tester'],
    ['A child of two', '--parent', '2', '--priority', 'critical'],
  ]) {
    if (words.includes('v1')) await here.pace('milestone', 'create', 'v1');
    const made = await here.pace('issue', 'create', ...words);
    if (made.code !== 0) throw new Error(made.stderr);
    vi.setSystemTime(Date.now() + 60_000);
  }
  vi.useRealTimers();
  return here;
}

const keys = async (here: PaceHere, ...args: string[]) => {
  const { code, stdout, stderr } = await here.pace('issue', ...args, '--format', 'ids');
  return code === 0 ? stdout.split('\n').filter(Boolean).join(' ') : stderr;
};

test('each flag of list chooses', async () => {
  const here = await filled();
  const cases: [string[], string][] = [
    [[], '6 5 2 1'],
    [['--state', 'all'], '6 5 4 3 2 1'],
    [['-s', 'closed'], '4 3'],
    [['--state', 'blocked,canceled'], '4 2'],
    [['--label', 'bug'], '2 1'],
    [['-l', 'bug', '-l', 'ui'], '1'],
    [['--any-label', 'bug,ui'], '5 2 1'],
    [['--any-label', 'bug', '--any-label', 'ui'], '5 2 1'],
    [['--assignee', 'ann'], '1'],
    [['-a', '@me'], '5'],
    [['--assignee', 'none'], '6 2'],
    [['--author', '@me'], '6 5 2 1'],
    [['--author', 'ann'], ''],
    [['--milestone', 'v1', '--state', 'all'], '3'],
    [['--milestone', 'none'], '6 5 2 1'],
    [['--type', 'Bug'], '1'],
    [['--priority', 'critical'], '6'],
    [['--priority', '1'], '1'],
    [['--parent', '1'], '5'],
    [['--parent', 'none'], '2 1'],
    [['--text', 'login'], '2 1'],
    [['--text', '"login page"'], '2'],
    [['--created-since', '2026-03-02T09:04Z'], '6 5'],
    [['--created-until', '2026-03-02T09:01Z'], '2 1'],
    [['--since', '2026-03-02T09:05Z'], '6'],
    [['--until', '2026-03-02T09:00:00Z'], '1'],
    [['--sort', 'created:asc'], '1 2 5 6'],
    [['--sort', 'priority'], '6 1 2 5'],
    [['--sort', 'priority:asc'], '5 2 1 6'],
    [['--sort', 'updated:asc', '--limit', '2'], '1 2'],
    [['-n', '1'], '6'],
    [['-n', '2', '--state', 'all'], '6 5'],
    [['-q', 'state:all -label:ui -parent:none'], '6 4'],
    [['--query', 'crashes', '--label', 'bug'], '2'],
  ];
  const found: [string[], string][] = [];
  for (const [flags] of cases) found.push([flags, await keys(here, 'list', ...flags)]);
  expect(found).toEqual(cases);
});

test('search looks in all states for all words, those of --text included; an order and a limit count as in list', async () => {
  const here = await filled();
  const cases: [string[], string][] = [
    [['login'], '2 1'],
    [['already'], '3'],
    [['login', 'crashes'], '2'],
    [['login page'], '2'],
    [['login', '--text', 'fails'], '1'],
    [['login', '--text', 'crashes', '--state', 'all'], '2'],
    [['page login'], '2'],
    [['"page login"'], ''],
    [['"login page"'], '2'],
    [['child', '--state', 'closed'], ''],
    [['child', '--sort', 'created:asc'], '5 6'],
    [['child', '--limit', '1'], '6'],
    [['login', '--query', '-label:ui'], '2'],
    [['login', '--query', 'fails'], '1'],
  ];
  const found: [string[], string][] = [];
  for (const [words] of cases) found.push([words, await keys(here, 'search', ...words)]);
  expect(found).toEqual(cases);
  const none = await here.pace('issue', 'search');
  expect([none.code, none.stderr]).toEqual([2, expect.stringContaining("missing required argument 'words'")]);
});

test('children are those directly below, in all states, however the parent is named', async () => {
  const here = await filled();
  expect(await keys(here, 'children', '1')).toBe('5 4');
  expect(await keys(here, 'children', '#1')).toBe('5 4');
  expect(await keys(here, 'children', 'local:1')).toBe('5 4');
  expect(await keys(here, 'children', '1', '--state', 'open', '--label', 'ui')).toBe('5');
  expect(await keys(here, 'children', '6')).toBe('');
  const missing = await here.pace('issue', 'children', '99', '--format', 'ids');
  expect([missing.code, missing.stdout, missing.stderr]).toEqual([
    9,
    '',
    'Error: There is no issue 99.\nPlease check the number: `pace issue list` shows all of them.\n',
  ]);
  expect(await keys(here, 'children', '1', '--parent', '1')).toBe('5 4');
  expect(await keys(here, 'children', 'local:1', '--parent', '#1')).toBe('5 4');
  for (const other of [
    ['--parent', '2'],
    ['--query', 'parent:2'],
  ]) {
    const run = await here.pace('issue', 'children', '1', ...other);
    expect([run.code, run.stdout, run.stderr]).toEqual([2, '', expect.stringContaining('parent is “1” elsewhere')]);
  }
});

test.each([
  ['local:1', '“local:1” is an address, or names a tracker.'],
  ['github:o/r#1', '“github:o/r#1” is an address, or names a tracker.'],
  ['https://github.com/o/r/issues/1', '“https://github.com/o/r/issues/1” is an address, or names a tracker.'],
  ['a b', '“a b” does not name an issue.'],
])('a parent of elsewhere is refused, and not taken for one of ours without issues: %s', async (parent, words) => {
  const here = await paceHere();
  await here.pace('issue', 'create', 'One');
  for (const [where, ...args] of [
    ['--parent', '--parent', parent],
    ['--query, character 1', '--query', `parent:"${parent}"`],
  ] as const) {
    const run = await here.pace('issue', 'list', ...args);
    expect([run.code, run.stdout, run.stderr]).toEqual([2, '', expect.stringContaining(`${where}: ${words}`)]);
  }
});

test('below which issue is said once, where its address says it', async () => {
  const here = await paceHere();
  const run = await here.pace('issue', 'children', 'https://github.com/o/r/issues/1', '--parent', '2');
  expect([run.code, run.stdout, run.stderr]).toEqual([
    2,
    '',
    'Error: --parent: the address says already below which issue.\nPlease give one of them.\n',
  ]);
});

test('without a word about it 50 are listed, and all of them with all', async () => {
  const here = await paceHere();
  const lines = Array.from({ length: 120 }, (_, index) => JSON.stringify({ title: `Issue ${index + 1}` }));
  await here.pipe(lines.join('\n'), 'issue', 'import', '-');
  const count = async (...args: string[]) => (await keys(here, 'list', ...args)).split(' ').length;
  expect([await count(), await count('--limit', '51'), await count('--limit', 'all')]).toEqual([50, 51, 120]);
  expect((await here.pace('issue', 'export')).stdout.trimEnd().split('\n')).toHaveLength(120);
  expect((await here.pace('issue', 'export', '--limit', '3')).stdout.trimEnd().split('\n')).toHaveLength(3);
});

test('--explain says on stderr what is looked at where; stdout is as without it', async () => {
  const here = await filled();
  const plain = await here.pace('issue', 'list', '--label', 'bug', '--query', '-label:ui');
  const explained = await here.pace('issue', 'list', '--label', 'bug', '--query', '-label:ui', '--explain');
  expect([explained.stdout, plain.stderr]).toEqual([plain.stdout, '']);
  expect(explained.stderr).toMatch(/^Local checks: .*labels.*\.\nChecked here, in what it sends: not labels\.\n$/);
});

describe('show', () => {
  async function shown(): Promise<PaceHere> {
    const here = await paceHere();
    await here.pace('issue', 'create', 'One', '--body', 'Text');
    await here.pace('issue', 'create', 'Two');
    await here.pace('issue', 'comment', '1', 'Words');
    await here.pace('issue', 'link', '1', 'blocks', '2');
    return here;
  }

  test('has the comments, but for --no-comments', async () => {
    const here = await shown();
    const parts = async (...flags: string[]) => {
      const { stdout } = await here.pace('issue', 'show', '1', ...flags);
      return [stdout.includes('\n\nText\n'), stdout.includes('Words'), stdout.includes('Links: blocks 2')];
    };
    expect(await parts()).toEqual([true, true, true]);
    expect(await parts('--comments', '--links')).toEqual([true, true, true]);
    expect(await parts('--no-comments')).toEqual([true, false, true]);
  });

  test('as JSON has what is asked for: by flags, else by the fields that are named', async () => {
    const here = await shown();
    const names = async (...flags: string[]) =>
      Object.keys((await here.data('issue', 'show', '1', ...flags)) as object);
    expect(await names('--json')).toContain('comments');
    expect(await names('--json')).not.toContain('claim');
    expect(await names('--json', '--no-comments')).not.toContain('comments');
    expect(await here.data('issue', 'show', '1', '--json', 'claim,links,key')).toEqual({
      claim: null,
      links: [{ type: 'blocks', target: '2' }],
      key: '1',
    });
    expect(await here.data('issue', 'show', '1', '--json', 'comments', '--no-comments')).toEqual({
      comments: [expect.objectContaining({ body: 'Words' })],
    });
  });

  test('in a list comments, links and claims come when their fields are named', async () => {
    const here = await shown();
    await here.pace('issue', 'claim', '2', '--as', 'ann');
    expect(await here.data('issue', 'list', '--json', 'key,comments,links,claim', '--sort', 'created:asc')).toEqual([
      {
        key: '1',
        comments: [expect.objectContaining({ body: 'Words' })],
        links: [{ type: 'blocks', target: '2' }],
        claim: null,
      },
      {
        key: '2',
        comments: [],
        links: [{ type: 'is blocked by', target: '1' }],
        claim: expect.objectContaining({ agent: 'ann' }),
      },
    ]);
  });

  test('one that is not there ends with 9', async () => {
    const here = await paceHere();
    const run = await here.pace('issue', 'show', '7');
    expect([run.code, run.stdout, run.stderr]).toEqual([9, '', expect.stringMatching(/^Error: .*7/)]);
  });
});

test('flags that cannot be fulfilled are refused, all at once, before the tracker is opened', async () => {
  const here = await paceHere();
  const run = await here.pace('issue', 'list', '--limit', '0', '--sort', 'title', '--since', 'soon', '--priority', '9');
  expect([run.code, run.stdout]).toEqual([2, '']);
  for (const flag of ['--limit', '--sort', '--since', '--priority'])
    expect(run.stderr).toMatch(new RegExp(`${flag}: `));
  expect(await here.workspace.files()).toEqual({});
});

test('children of an issue that is not there are an error, those of one without any are none', async () => {
  const here = await paceHere();
  await here.pace('issue', 'create', 'Alone');
  expect(await here.pace('issue', 'children', '99')).toMatchObject({
    ...{ code: 9, stdout: '' },
    stderr: expect.stringContaining('There is no issue 99.'),
  });
  expect(await here.pace('issue', 'children', '1', '--json')).toMatchObject({ code: 0, stdout: '[]\n' });
});
