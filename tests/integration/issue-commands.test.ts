/** The verbs of issues as people and agents run them: whole runs on the embedded tracker, in a pipe and in a terminal. */
import { spawn } from 'node:child_process';
import { afterEach, describe, expect, test } from 'vitest';
import { type BundleRun, bundle, type RunOptions, runBundle } from '../support/bundle.ts';
import { runInTerminal, terminalTest } from '../support/terminal.ts';
import { newWorkspace, type Workspace } from '../support/workspace.ts';

const workspaces: Workspace[] = [];

afterEach(async () => {
  for (const workspace of workspaces.splice(0)) await workspace.dispose();
});

async function folder(): Promise<Workspace> {
  const workspace = await newWorkspace({}, { git: false });
  workspaces.push(workspace);
  return workspace;
}

type Pace = (...args: string[]) => Promise<BundleRun>;

async function bench(
  options: Partial<RunOptions> = {},
): Promise<{ workspace: Workspace; pace: Pace; pipe: (input: string, ...args: string[]) => Promise<BundleRun> }> {
  const workspace = await folder();
  const base = { cwd: workspace.path, env: { PACE_AGENT: 'tester' }, ...options };
  return {
    workspace,
    pace: (...args) => runBundle({ ...base, args }),
    pipe: (input, ...args) => runBundle({ ...base, args, input }),
  };
}

const data = (run: BundleRun) => JSON.parse(run.stdout);

test('the lines of the first document work as they are written', async () => {
  const { pace } = await bench();
  const created = await pace(
    'issue',
    'create',
    'Implement user authentication',
    '--label=feature',
    '--label=priority:high',
    '--description',
    'With a *token*.',
  );
  expect([created.code, created.stdout, created.stderr]).toEqual([
    0,
    'Created 1: Implement user authentication\n.pace/pace.db#1\n',
    'Tracker: Local .pace/pace.db\n',
  ]);
  const listed = await pace('issue', 'list', '--label', 'feature', '--format=json');
  expect(data(listed)).toMatchObject([
    { number: 1, key: '1', body: 'With a *token*.', labels: ['feature'], priority: 1 },
  ]);
  expect((await pace('issue', 'edit', '1', '--state=in_progress', '--assignee=agent-coder')).stdout).toBe(
    'Changed 1: Implement user authentication (In progress)\n.pace/pace.db#1\n',
  );
  expect((await pace('issue', 'list', '--assignee', 'agent-coder', '--format', 'ids')).stdout).toBe('1\n');
  expect((await pace('issue', 'comment', '1', 'Implementation complete, tests passing')).code).toBe(0);
  expect((await pace('issue', 'close', '1', '--comment=Ready for review')).code).toBe(0);
  const shown = data(await pace('issue', 'show', '1', '--json'));
  expect([shown.state, shown.comments.map(({ body }: { body: string }) => body)]).toEqual([
    'done',
    ['Implementation complete, tests passing', 'Ready for review'],
  ]);
  expect((await pace('issue', 'reopen', '1')).code).toBe(0);
  expect((await pace('issue', 'close', '1', '--reason', 'not-planned', '--json', 'state')).stdout).toBe(
    '{\n  "state": "canceled"\n}\n',
  );
});

test('every verb prints JSON with its fields, wherever --json stands', async () => {
  const { pace } = await bench();
  expect(data(await pace('issue', 'create', '--json', 'A title'))).toMatchObject({
    number: 1,
    title: 'A title',
    milestone: null,
  });
  expect(data(await pace('issue', 'show', '--json', '1', '--links'))).toMatchObject({
    key: '1',
    comments: [],
    links: [],
  });
  await pace('issue', 'create', 'Child', '--parent', '1');
  expect(data(await pace('milestone', 'create', 'v1', '--due', '2026-12-24', '--json'))).toEqual({
    title: 'v1',
    description: null,
    state: 'open',
    dueDate: '2026-12-24',
  });
  expect(data(await pace('label', 'create', 'bug', '--color', '#D73A4A', '--json'))).toMatchObject({
    name: 'bug',
    color: 'd73a4a',
  });
  expect(
    data(
      await pace(
        'issue',
        'edit',
        '1',
        '--milestone',
        'v1',
        '--add-label',
        'bug',
        '--meta',
        'step=3',
        '--json',
        'milestone,labels,metadata',
      ),
    ),
  ).toEqual({ milestone: 'v1', labels: ['bug'], metadata: { step: 3 } });
  expect(
    data(
      await pace('issue', 'edit', '1', '--milestone', 'none', '--meta', 'step=none', '--json', 'milestone,metadata'),
    ),
  ).toEqual({ milestone: null, metadata: {} });
  expect(data(await pace('issue', 'link', '1', 'blocks', '2', '--json'))).toEqual({ type: 'blocks', target: '2' });
  expect(data(await pace('issue', 'links', '2', '--json'))).toEqual([{ type: 'is blocked by', target: '1' }]);
  expect(data(await pace('issue', 'unlink', '2', 'is-blocked-by', '1', '--json'))).toEqual({
    type: 'is blocked by',
    target: '1',
  });
  expect(data(await pace('issue', 'children', '1', '--json', 'key'))).toEqual([{ key: '2' }]);
  expect(data(await pace('issue', 'search', 'child', '--json', 'key'))).toEqual([{ key: '2' }]);
  expect(data(await pace('issue', 'transition', '2', 'in_review', '--json', 'state'))).toEqual({ state: 'in_review' });
  expect(data(await pace('issue', 'transition', '2', '--list', '--json'))).toContainEqual({
    name: 'Done',
    state: 'done',
  });
  expect(data(await pace('issue', 'comment', '2', 'Words', '--json'))).toMatchObject({ id: '1', body: 'Words' });
  expect(data(await pace('issue', 'comment', '2', 'Other words', '--edit', '1', '--json', 'body'))).toEqual({
    body: 'Other words',
  });
  expect(data(await pace('issue', 'comment', '2', '--list', '--json', 'id,body'))).toEqual([
    { id: '1', body: 'Other words' },
  ]);
  expect((await pace('issue', 'comment', '2', '--delete', '1')).code).toBe(0);
  expect(data(await pace('user', 'me', '--json'))).toEqual({ id: 'tester', name: 'tester' });
  expect(data(await pace('label', 'list', '--json', 'name'))).toContainEqual({ name: 'bug' });
  expect((await pace('label', 'delete', 'bug')).code).toBe(0);
  expect((await pace('milestone', 'close', 'v1')).code).toBe(0);
  expect(data(await pace('milestone', 'list', '--state', 'open', '--json'))).toEqual([]);
  expect(data(await pace('backend', 'list', '--json'))).toEqual([
    { name: 'local', platform: 'local', from: 'detected', default: true },
  ]);
});

test('of two agents one has the issue; who has no name is told so', async () => {
  const { pace, workspace } = await bench();
  await pace('issue', 'create', 'Work');
  const claims = await Promise.all(
    ['ann', 'bob', 'cyd'].map((name) => pace('issue', 'claim', '1', '--as', name, '--for', '2h', '--start')),
  );
  expect(claims.map(({ code }) => code).sort()).toEqual([0, 10, 10]);
  const winner = ['ann', 'bob', 'cyd'][claims.findIndex(({ code }) => code === 0)] ?? '';
  expect(data(await pace('issue', 'show', '1', '--json', 'state,claim'))).toMatchObject({
    state: 'in_progress',
    claim: { agent: winner },
  });
  expect((await pace('issue', 'release', '1')).code).toBe(10);
  expect((await pace('issue', 'release', '1', '--as', winner)).code).toBe(0);
  const nameless = await runBundle({ cwd: workspace.path, args: ['issue', 'claim', '1'] });
  expect([nameless.code, nameless.stderr]).toEqual([2, expect.stringContaining('--as NAME, or set PACE_AGENT')]);
});

test('texts come from a file, from stdin, and from the editor', async () => {
  const { pace, pipe, workspace } = await bench({ env: { EDITOR: `sh -c 'echo "more *words*" >> "$0"'` } });
  await workspace.write({ 'text.md': 'From a file\n' });
  await pace('issue', 'create', 'one', '--body-file', 'text.md');
  await pipe('From stdin\nin lines\n', 'issue', 'create', 'two', '--body', '-');
  await pipe('{"as": "it is"}', 'issue', 'comment', '2', '-');
  await pace('issue', 'edit', '1', '--editor');
  expect(data(await pace('issue', 'list', '--json', 'body,comments', '--sort', 'created:asc'))).toMatchObject([
    { body: 'From a file\nmore *words*', comments: [] },
    { body: 'From stdin\nin lines', comments: [{ body: '{"as": "it is"}' }] },
  ]);
  const empty = await runBundle({
    cwd: workspace.path,
    args: ['issue', 'comment', '1', '--editor'],
    env: { EDITOR: 'true' },
  });
  expect([empty.code, empty.stderr]).toEqual([2, 'Error: The text is empty: nothing was sent.\n']);
});

describe('exit codes', () => {
  test.each<[number, string[], RegExp]>([
    [2, ['issue', 'list', '--state', 'foo', '--since', 'soon'], /--state: .*\n--since: /],
    [2, ['issue', 'list', '--json', 'nope'], /^\{"error":\{.*no field “nope”/],
    [2, ['issue', 'list', '--json', 'key', '--format', 'ids'], /cannot go together/],
    [2, ['issue', 'edit', '1'], /nothing to change/],
    [2, ['issue', 'create'], /title is missing/],
    [2, ['issue', 'lst'], /Did you mean list/],
    [2, ['issue', 'list', '--backend', 'nowhere'], /does not name a tracker/],
    [3, ['issue', 'create', 'x', '--body-file', 'nothing.md'], /There is no file nothing.md/],
    [3, ['issue', 'import', 'nothing.jsonl'], /There is no file/],
    [4, ['issue', 'show', 'github:o/r#1'], /127\.0\.0\.1/],
    [9, ['issue', 'show', '99'], /There is no issue 99/],
    [10, ['issue', 'release', '1', '--as', 'ann'], /1 is not claimed by ann/],
    [6, ['issue', 'show', 'a b'], /does not name an issue/],
    [6, ['issue', 'transition', '1', 'Nowhere'], /cannot be moved/],
    [64, ['issue', 'edit', '1', '99', '--add-label', 'x'], /99: There is no issue 99/],
  ])('%i for %j', async (code, args, words) => {
    const { pace, workspace } = await bench();
    await pace('issue', 'create', 'x');
    const env = {
      GITHUB_TOKEN: 'ghs_aTokenOfNoWorthAtAll',
      GITHUB_API_URL: 'http://127.0.0.1:9',
      PACE_GITHUB_TOKEN: 'x'.repeat(20),
    };
    const run = await runBundle({ cwd: workspace.path, args, env });
    expect([run.code, run.stderr]).toEqual([code, expect.stringMatching(words)]);
  });
});

test('a dry run writes nothing, and says what it would', async () => {
  const { pace } = await bench();
  await pace('issue', 'create', 'x');
  const run = await pace('issue', 'edit', '1', '--title', 'y', '--dry-run');
  expect([run.code, run.stdout]).toEqual([0, 'Would change 1:\n  title: x → y\n']);
  const json = data(await pace('issue', 'create', 'z', '--label', 'a', '--dry-run', '--json'));
  expect(json).toMatchObject([{ operation: 'createIssue', key: '', sent: { title: 'z', labels: ['a'] } }]);
  expect(data(await pace('issue', 'list', '--json', 'title'))).toEqual([{ title: 'x' }]);
});

test('an issue without secrets and commands, however it is printed', async () => {
  const { pace } = await bench({ env: { PACE_AGENT: 'tester', MY_TOKEN: 'the-secret-of-this-run' } });
  await pace('issue', 'create', 'a \u001b[31mred\u001b[0m ::error::x', '--body', 'b the-secret-of-this-run ##[group]');
  for (const format of ['table', 'json', 'markdown', 'ids']) {
    const { stdout } = await pace('issue', 'list', '--format', format);
    for (const word of ['\u001b', 'the-secret']) expect(stdout).not.toContain(word);
  }
  const { stdout } = await pace('issue', 'export');
  for (const word of ['\u001b', 'the-secret']) expect(stdout).not.toContain(word);
});

test('what is exported here is imported there, once', async () => {
  const { pace } = await bench();
  const other = await bench();
  await pace('issue', 'create', 'Parent', '--body', 'x', '--label', 'a');
  await pace('issue', 'create', 'Child', '--parent', '1', '--points', '3');
  await pace('issue', 'comment', '2', 'Words');
  const file = (await pace('issue', 'export')).stdout;
  expect(file.split('\n').map((line) => line && JSON.parse(line).title)).toEqual(['Parent', 'Child', '']);
  await other.pace('issue', 'create', 'Own');
  const tried = await other.pipe(file, 'issue', 'import', '-', '--dry-run');
  expect([tried.code, tried.stdout]).toEqual([0, '1  1  created\n2  2  created\n']);
  const done = await other.pipe(file, 'issue', 'import', '-', '--json');
  expect(data(done)).toMatchObject([
    { outcome: 'created', key: '2' },
    { outcome: 'created', key: '3' },
  ]);
  expect((await other.pipe(file, 'issue', 'import', '-')).stdout).toBe('1  1  unchanged  2\n2  2  unchanged  3\n');
  expect(data(await other.pace('issue', 'show', '3', '--json'))).toMatchObject({
    parent: '2',
    storyPoints: 3,
    comments: [{ body: expect.stringContaining('Words') }],
  });
  const bad = await other.pipe(`${file}nonsense\n`, 'issue', 'import', '-');
  expect([bad.code, bad.stderr]).toEqual([64, 'Tracker: Local .pace/pace.db\nWarning: stdin:3: This is not JSON.\n']);
});

test('a reader that leaves early is no trouble', async () => {
  const { pipe, workspace } = await bench();
  const lines = Array.from({ length: 300 }, (_, index) =>
    JSON.stringify({ title: `Issue ${index}`, body: 'x'.repeat(2000) }),
  );
  expect((await pipe(lines.join('\n'), 'issue', 'import', '-', '--format', 'ids')).code).toBe(0);
  const program = await bundle();
  const script = `"$0" "$1" issue list --limit all --json | head -1; echo "\${PIPESTATUS[0]}"`;
  const child = spawn('bash', ['-c', script, process.execPath, program], { cwd: workspace.path });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (text) => (stdout += text));
  child.stderr.on('data', (text) => (stderr += text));
  await new Promise((done) => child.on('close', done));
  expect([stdout, stderr]).toEqual(['[\n0\n', '']);
});

describe('in a terminal', () => {
  terminalTest('what is missing is asked for', async () => {
    const { path } = await folder();
    const answers = [
      { when: 'Title: ', type: 'From a person\r' },
      { when: 'Text: ', type: 'Some words\r' },
    ];
    const created = await runInTerminal({ cwd: path, args: ['issue', 'create'], answers });
    expect([created.code, created.screen]).toEqual([0, expect.stringContaining('Created 1: From a person')]);
    const commented = await runInTerminal({
      cwd: path,
      args: ['issue', 'comment', '1'],
      answers: [{ when: 'Comment: ', type: 'Well\r' }],
    });
    expect(commented.code).toBe(0);
    const { stdout } = await runBundle({ cwd: path, args: ['issue', 'show', '1', '--json', 'title,body,comments'] });
    expect(JSON.parse(stdout)).toMatchObject({
      title: 'From a person',
      body: 'Some words',
      comments: [{ body: 'Well' }],
    });
  });

  terminalTest('who leaves has sent nothing', async () => {
    const { path } = await folder();
    const left = (type: string) =>
      runInTerminal({ cwd: path, args: ['issue', 'create'], answers: [{ when: 'Title: ', type }] });
    expect((await left('\u0003')).code).toBe(130);
    expect((await left('\u0004')).code).toBe(2);
    expect((await left('\r')).code).toBe(2);
    expect((await runBundle({ cwd: path, args: ['issue', 'list', '--json'] })).stdout).toBe('[]\n');
  });

  terminalTest('the editor opens for the text, and leaves no file behind', async () => {
    const { path } = await folder();
    const env = { EDITOR: 'sh -c \'ls -l "$0" > seen; printf "From the editor" > "$0"\'', TMPDIR: path };
    const run = await runInTerminal({
      cwd: path,
      args: ['issue', 'create'],
      env,
      answers: [{ when: 'Title: ', type: 'T\r' }],
    });
    expect(run.code, run.screen).toBe(0);
    const workspace = workspaces[0];
    expect(await workspace?.read('seen')).toMatch(/^-rw-------/);
    expect(Object.keys((await workspace?.files()) ?? {}).filter((name) => name.includes('pace-text'))).toEqual([]);
  });

  terminalTest('rows fit its width', async () => {
    const { path } = await folder();
    await runBundle({ cwd: path, args: ['issue', 'create', 'A title that is much longer than forty columns are'] });
    const env = { NO_COLOR: '1' };
    const { screen } = await runInTerminal({ cwd: path, args: ['issue', 'list'], columns: 40, env });
    expect(screen).toBe('Key  State  Title                    Age\r\n  1  Open   A title that is much l…  now\r\n');
  });
});
