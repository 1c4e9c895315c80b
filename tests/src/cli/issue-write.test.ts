/** `create` and `edit`: what flags make of an issue, where its text comes from, and what is refused. */
import { describe, expect, test } from 'vitest';
import { type PaceHere, paceHere } from '../../support/pace-here.ts';

async function withIssues(count = 1): Promise<PaceHere> {
  const here = await paceHere();
  for (let number = 1; number <= count; number += 1) await here.pace('issue', 'create', `Issue ${number}`);
  return here;
}

/** Words on stderr and the exit code of a run that must not have printed anything. */
async function refused(here: PaceHere, ...args: string[]): Promise<[number, string]> {
  const { code, stdout, stderr } = await here.pace(...args);
  expect(stdout).toBe('');
  return [code, stderr];
}

describe('create', () => {
  test('takes every field', async () => {
    const { pace, data } = await paceHere();
    await pace('milestone', 'create', 'v1');
    await pace('issue', 'create', 'Parent');
    const flags = [
      ...['--body', 'Text', '--label', 'a', '-l', 'b', '--assignee', 'ann', '-a', '@me', '--state', 'blocked'],
      ...['--type', 'Bug', '--priority', 'high', '--milestone', 'v1', '--parent', '#1', '--points', '0.5'],
      ...['--due', '2026-11-30', '--meta', 'step=3', '--meta', 'note=some words'],
    ];
    expect(await data('issue', 'create', 'Child', ...flags, '--json')).toMatchObject({
      ...{ key: '2', title: 'Child', body: 'Text', state: 'blocked', type: 'bug', priority: 1, milestone: 'v1' },
      ...{ parent: '1', storyPoints: 0.5, dueDate: '2026-11-30', metadata: { step: 3, note: 'some words' } },
      ...{ labels: ['a', 'b'], assignees: [{ id: 'ann' }, { id: 'tester' }] },
    });
  });

  test('says key, title and address', async () => {
    const { pace } = await paceHere();
    const run = await pace('issue', 'create', 'A title');
    expect([run.code, run.stdout, run.stderr]).toEqual([
      0,
      'Created 1: A title\n.pace/pace.db#1\n',
      'Tracker: Local .pace/pace.db\n',
    ]);
  });

  test('takes the title as a word or as a flag, and asks for none where nobody can answer', async () => {
    const { pace, data } = await paceHere();
    expect(await data('issue', 'create', '--title', 'By flag', '--json', 'title')).toEqual({ title: 'By flag' });
    const none = await pace('issue', 'create', '--body', 'x');
    expect([none.code, none.stderr]).toEqual([
      2,
      'Error: The title is missing.\nPlease pass it: pace issue create "What is wrong".\n',
    ]);
  });

  test('a label may mean a field, a flag is stronger, and none alone is no label', async () => {
    const { data } = await paceHere();
    const made = (...flags: string[]) => data('issue', 'create', 'x', ...flags, '--json', 'labels,type,priority');
    expect(await made('-l', 'priority:high', '-l', 'type:bug', '-l', 'ui')).toEqual({
      labels: ['ui'],
      type: 'bug',
      priority: 1,
    });
    expect(await made('-l', 'priority:high', '--priority', 'low')).toMatchObject({ labels: [], priority: 3 });
    expect(await made('-l', 'none')).toMatchObject({ labels: [] });
    expect(await made('-l', 'none', '-l', 'a')).toMatchObject({ labels: ['a', 'none'] });
  });

  test('what the fields refuse is told at once, and no issue is made', async () => {
    const here = await paceHere();
    const [code, words] = await refused(
      here,
      'issue',
      'create',
      'x',
      '--points',
      'many',
      '--due',
      'soon',
      '--state',
      'opne',
    );
    expect([code, words.match(/--(points|due|state): /g)]).toEqual([2, ['--state: ', '--points: ', '--due: ']]);
    expect(await here.data('issue', 'list', '--state', 'all', '--json')).toEqual([]);
  });
});

describe('the text', () => {
  test.each<[string, string[], string]>([
    ['--body', ['--body', 'Text\n'], 'Text\n'],
    ['--description', ['--description', 'Text'], 'Text'],
    ['a file', ['--body-file', 'text.md'], 'From a file\nin lines'],
    ['a file in a folder', ['-F', 'deep/text.md'], 'Deep'],
    ['stdin by --body', ['--body', '-'], 'From the pipe'],
    ['stdin by --description', ['--description', '-'], 'From the pipe'],
    ['stdin by --body-file', ['-F', '-'], 'From the pipe'],
    ['nothing', [], ''],
  ])('comes from %s', async (_, flags, body) => {
    const { pipe } = await paceHere({ files: { 'text.md': 'From a file\nin lines\n\n', 'deep/text.md': 'Deep' } });
    const run = await pipe(['From ', 'the pipe\n'], 'issue', 'create', 'x', ...flags, '--json', 'body');
    expect(JSON.parse(run.stdout)).toEqual({ body });
  });

  test('is given once, in UTF-8, from a file that is there', async () => {
    const here = await paceHere({ files: { 'text.md': 'x' } });
    for (const twice of [
      ['--body', 'a', '--description', 'b'],
      ['--body', 'a', '-F', 'text.md'],
      ['--description', '-', '--body-file', '-'],
    ]) {
      const [code, words] = await refused(here, 'issue', 'create', 'x', ...twice);
      expect([code, words]).toEqual([2, expect.stringContaining('The text is given twice.')]);
    }
    expect(await refused(here, 'issue', 'create', 'x', '-F', 'none.md')).toEqual([
      3,
      expect.stringContaining('There is no file none.md.'),
    ]);
    const latin = await here.pipe([Buffer.from([0x66, 0xfc, 0x72])], 'issue', 'create', 'x', '--body', '-');
    expect([latin.code, latin.stderr]).toEqual([2, 'Error: stdin is not UTF-8.\nPlease save it as UTF-8.\n']);
    const folder = await here.pace('issue', 'create', 'x', '-F', '.');
    expect([folder.code, folder.stderr]).toEqual([expect.any(Number), expect.stringMatching(/^Error: .*EISDIR/)]);
    expect(await here.data('issue', 'list', '--json')).toEqual([]);
  });

  test('a character on the border of two pieces stays whole', async () => {
    const { pipe } = await paceHere();
    const bytes = Buffer.from('Größe');
    const run = await pipe(
      [bytes.subarray(0, 3), bytes.subarray(3)],
      'issue',
      'create',
      'x',
      '--body',
      '-',
      '--json',
      'body',
    );
    expect(JSON.parse(run.stdout)).toEqual({ body: 'Größe' });
  });

  test('is refused above 10 MB, before all of it is read', async () => {
    const { pipe } = await paceHere();
    const piece = Buffer.alloc(1024 * 1024, 'x');
    const run = await pipe(Array(11).fill(piece), 'issue', 'create', 'x', '--body', '-');
    expect([run.code, run.stderr]).toEqual([2, 'Error: stdin is larger than 10 MB.\nPlease pass less.\n']);
  });

  test('comes from the editor, which begins with what there is; an empty one, or an editor that fails, sends nothing', async () => {
    const { run, data } = await paceHere();
    const edit = (editor: string, ...args: string[]) => run({ args: ['issue', ...args], env: { EDITOR: editor } });
    await edit(`sh -c 'printf "Written" > "$0"'`, 'create', 'x', '--editor');
    expect(await data('issue', 'show', '1', '--json', 'body')).toEqual({ body: 'Written' });
    await edit(`sh -c 'printf " more\\n\\n" >> "$0"'`, 'edit', '1', '--editor');
    expect(await data('issue', 'show', '1', '--json', 'body')).toEqual({ body: 'Written\n more' });
    await edit(`sh -c 'printf "!" >> "$0"'`, 'edit', '1', '--editor', '--body', 'Instead');
    expect(await data('issue', 'show', '1', '--json', 'body')).toEqual({ body: 'Instead\n!' });
    const empty = await edit(`sh -c ': > "$0"'`, 'edit', '1', '--editor');
    expect([empty.code, empty.stderr]).toEqual([2, 'Error: The text is empty: nothing was sent.\n']);
    const failed = await edit('false', 'edit', '1', '--editor');
    expect([failed.code, failed.stderr]).toEqual([2, 'Error: The editor ended with an error: nothing was sent.\n']);
    const none = await run({ args: ['issue', 'edit', '1', '--editor'] });
    expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('There is no editor.')]);
    const visual = { VISUAL: `sh -c 'printf "Visual" > "$0"'`, EDITOR: 'false' };
    await run({ args: ['issue', 'edit', '1', '-e'], env: visual });
    expect(await data('issue', 'show', '1', '--json', 'body')).toEqual({ body: 'Visual' });
  });
});

describe('edit', () => {
  test('changes what is named, and none clears', async () => {
    const { pace, data } = await withIssues(2);
    await pace('milestone', 'create', 'v1');
    const all = ['--milestone', 'v1', '--parent', '1', '--priority', '0', '--points', '5', '--due', '2026-11-30'];
    await pace('issue', 'edit', '2', ...all, '--meta', 'a=1', '--meta', 'b=2', '--label', 'x', '--assignee', 'ann');
    const names = 'title,milestone,parent,priority,storyPoints,dueDate,metadata,labels';
    expect(await data('issue', 'edit', '2', '--title', 'New', '--json', names)).toEqual({
      ...{ title: 'New', milestone: 'v1', parent: '1', priority: 0, storyPoints: 5, dueDate: '2026-11-30' },
      ...{ metadata: { a: 1, b: 2 }, labels: ['x'] },
    });
    const none = ['milestone', 'parent', 'priority', 'points', 'due', 'label', 'assignee'].flatMap((name) => [
      `--${name}`,
      'none',
    ]);
    expect(await data('issue', 'edit', '2', ...none, '--meta', 'a=none', '--json', `${names},assignees`)).toEqual({
      ...{ title: 'New', milestone: null, parent: null, priority: null, storyPoints: null, dueDate: null },
      ...{ metadata: { b: 2 }, labels: [], assignees: [] },
    });
  });

  test('replaces labels and people, or adds and removes some', async () => {
    const { data } = await withIssues();
    const labels = (...flags: string[]) => data('issue', 'edit', '1', ...flags, '--json', 'labels');
    expect(await labels('--label', 'a', '--label', 'b')).toEqual({ labels: ['a', 'b'] });
    expect(await labels('--add-label', 'c', '--remove-label', 'a')).toEqual({ labels: ['b', 'c'] });
    expect(await labels('-l', 'd')).toEqual({ labels: ['d'] });
    const people = (...flags: string[]) => data('issue', 'edit', '1', ...flags, '--json', 'assignees');
    const named = (...ids: string[]) => ({ assignees: ids.map((id) => ({ id, name: id })) });
    expect(await people('-a', 'ann', '-a', 'bob')).toEqual(named('ann', 'bob'));
    expect(await people('--add-assignee', '@me', '--remove-assignee', 'ANN')).toEqual(named('bob', 'tester'));
    expect(await people('--remove-assignee', '@me')).toEqual(named('bob'));
    expect(await people('--assignee', 'none')).toEqual(named());
  });

  test.each<[string[], string]>([
    [['--label', 'a', '--add-label', 'b'], '--label replaces all labels.'],
    [['--label', 'a', '--remove-label', 'b'], '--label replaces all labels.'],
    [['--label', 'none', '--add-label', 'b'], '--label replaces all labels.'],
    [['--assignee', 'a', '--add-assignee', 'b'], '--assignee replaces all assignees.'],
    [['--assignee', 'none', '--remove-assignee', 'b'], '--assignee replaces all assignees.'],
    [['--type', 'none'], '--type: an issue that has a type keeps one.'],
    [[], 'There is nothing to change.'],
    [['--json'], 'There is nothing to change.'],
  ])('with %j is refused', async (flags, words) => {
    const here = await withIssues();
    const before = await here.data('issue', 'list', '--json');
    expect(await refused(here, 'issue', 'edit', '1', ...flags)).toEqual([2, expect.stringContaining(words)]);
    expect(await here.data('issue', 'list', '--json')).toEqual(before);
  });

  test('of several issues prints them as a list; one that fails does not stop the others, and the code is 64', async () => {
    const { pace, data } = await withIssues(3);
    const run = await pace('issue', 'edit', '1', '99', '3', '--add-label', 'x');
    expect([run.code, run.stdout, run.stderr]).toEqual([
      64,
      '1  Open  Issue 1  [x]\n3  Open  Issue 3  [x]\n',
      expect.stringMatching(/^Tracker: Local \.pace\/pace\.db\nWarning: 99: There is no issue 99\. /),
    ]);
    expect(await data('issue', 'edit', '1', '2', '--title', 'Same', '--json', 'key,title')).toEqual([
      { key: '1', title: 'Same' },
      { key: '2', title: 'Same' },
    ]);
    const none = await pace('issue', 'edit', '98', '99', '--title', 'x', '--json', 'key');
    expect([none.code, none.stdout, none.stderr.match(/^Warning: 9[89]/gm)]).toEqual([
      9,
      '[]\n',
      ['Warning: 98', 'Warning: 99'],
    ]);
    const single = await pace('issue', 'edit', '99', '--title', 'x');
    expect([single.code, single.stdout, single.stderr]).toEqual([
      9,
      '',
      expect.stringMatching(/^Tracker: Local \.pace\/pace\.db\nError: There is no issue 99/),
    ]);
  });

  test('with an editor is for one issue', async () => {
    const here = await withIssues(2);
    expect(await refused(here, 'issue', 'edit', '1', '2', '--editor')).toEqual([
      2,
      'Error: --editor is for one issue.\nPlease name one.\n',
    ]);
  });

  test('of issues of different trackers is refused', async () => {
    const here = await withIssues();
    const config = 'backends:\n  other: { platform: local, database: other.db }\n';
    await here.workspace.write({ 'pace.config.yaml': config });
    expect(await refused(here, 'issue', 'edit', 'local:1', 'other:1', '--title', 'x')).toEqual([
      2,
      'Error: local:1 and other:1 belong to different trackers or projects.\nPlease name issues of one tracker in one command.\n',
    ]);
    expect((await here.pace('issue', 'edit', 'local:1', '1', '--title', 'x')).code).toBe(0);
  });
});

test.each([
  [['link', '1', 'blocks', '99'], 'There is no issue `99` to link to.', '`pace issue list` shows all of them.'],
  [
    ['comment', '1', '--edit', '7', 'x'],
    'Issue 1 has no comment `7`.',
    '`pace issue comment 1 --list` shows all of them.',
  ],
  [
    ['comment', '1', '--delete', '7'],
    'Issue 1 has no comment `7`.',
    '`pace issue comment 1 --list` shows all of them.',
  ],
])('%j ends with 9, as what it names is not there, and with where to look', async (args, message, remedy) => {
  const here = await paceHere();
  await here.pace('issue', 'create', 'One');
  const run = await here.pace('issue', ...args);
  expect([run.code, run.stdout]).toEqual([9, '']);
  expect(run.stderr).toContain(`Error: ${message}\n`);
  expect(run.stderr).toContain(remedy);
});
