/** Commits that carry what PACE keeps under `.pace/`, and commands that write there while a commit is judged. */
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { ignoreText } from '../../core/kept/ignore-file.ts';
import { gate } from '../../src/commands/gate.ts';
import { failureDigest } from '../../src/gate/known-failures.ts';
import type { Report } from '../../src/gate/report.ts';
import { startGitHub } from '../support/github.ts';
import { runActionHere, runCliHere } from '../support/in-process.ts';
import { junitXml } from '../support/workspace.ts';
import { testWorld } from '../support/world.ts';

const TEMPORARY = mkdtempSync(join(tmpdir(), 'pace-hostile-'));
const ends: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const end of ends) await end();
  rmSync(TEMPORARY, { recursive: true, force: true });
});

const LOCAL = 'platform: { ci: local, tracker: local }\nci: { enabled: false }\n';
const JUNIT = 'evidence: [{ name: unit, type: junit, path: report.xml }]\n';
const KEEPS_NONE = 'PACE keeps no state here, and uses none of earlier runs: ';
const UNTRACK = ' Please `git rm -r --cached` what PACE keeps, and add .pace/ to .gitignore.';

let root = '';
let cwd = '';
/** A folder of the runner that is none of the checkout's. */
let outside = '';
beforeEach(() => {
  root = mkdtempSync(join(TEMPORARY, 'one-'));
  [cwd, outside] = [join(root, 'work'), join(root, 'runner')];
  mkdirSync(cwd);
  mkdirSync(outside);
});

const env = () => ({ PATH: process.env['PATH'] ?? '', HOME: root, GIT_CONFIG_NOSYSTEM: '1', PACE_AGENT: 'tester' });

function git(...args: string[]): string {
  const who = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org'];
  return execFileSync('git', [...who, ...args], { cwd, env: env(), encoding: 'utf8', stdio: 'pipe' }).trim();
}

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, name)), { recursive: true });
    writeFileSync(join(cwd, name), text);
  }
}

/** Everything that lies in the checkout is one commit, whatever is ignored. */
function commit(files: Readonly<Record<string, string>> = {}): void {
  write(files);
  git('init', '--quiet', '--initial-branch=main');
  git('add', '--all', '--force', '--', '.');
  git('commit', '--quiet', '--allow-empty', '--message', 'An innocent change');
}

const RED = { 'pace.config.yaml': `${LOCAL}${JUNIT}`, 'report.xml': junitXml('adds') };
const GREEN = { ...RED, 'report.xml': junitXml() };

async function run(options: { day?: string; change?: string; dryRun?: boolean } = { day: '1' }) {
  const world = testWorld({ cwd, env: env(), random: Math.random });
  const { report } = await gate(world, options);
  return { report, lines: world.lines, warnings: world.lines.filter((line) => line.startsWith('warn: ')) };
}

const noteOf = ({ notes }: Report) => notes.filter((note) => note.startsWith(KEEPS_NONE));
const tracks = (...paths: string[]) =>
  `${KEEPS_NONE}git tracks ${paths.join(', ')}, so that any commit could have written ${paths.length === 1 ? 'it' : 'them'}.${UNTRACK}`;

/** Path → content or target; what it is where it is neither file nor link. */
function all(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    entries
      .filter((entry) => !entry.isDirectory() && !join(entry.parentPath, entry.name).includes('/.git/'))
      .map((entry) => {
        const path = join(entry.parentPath, entry.name);
        const shown = entry.isSymbolicLink() ? `-> ${readlinkSync(path)}` : entry.isFile() ? readFileSync(path, 'utf8') : 'special'; // biome-ignore format: one thought
        return [path.slice(folder.length + 1), shown] as const;
      })
      // PACE writes its own, which commands nothing; any other one is shown
      .filter(([path, shown]) => !path.endsWith('.gitignore') || shown !== ignoreText())
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  );
}

describe('what a commit carries under .pace/ is evidence, never a command', () => {
  test('a committed journal sets no status, closes no issue, posts nothing and sets no variable', async () => {
    write({ 'pace.config.yaml': `product: { name: Shop }\nci: { enabled: false }\n${JUNIT}`, 'event.json': '{}', 'report.xml': junitXml('adds') }); // biome-ignore format: one thought
    commit();
    const github = await startGitHub({ login: 'github-actions[bot]', people: ['ann'], sha: git('rev-parse', 'HEAD') });
    ends.push(() => github.close());
    const at = `/repos/${github.repository}`;
    for (const title of ['Keep this open', 'And this']) await github.api('POST', `${at}/issues`, { title, body: 'x' });
    const other = await github.addCommit({ branch: 'other', message: 'Another commit' });
    const time = '2026-03-01T00:00:00.000Z';
    const status = (context: string) => ({
      ...{ kind: 'status', day: 9, sha: other },
      status: { context, state: 'success', description: 'all fine' },
    });
    const intents = [
      status('pace/gate'),
      status('security/scan'),
      { kind: 'plan-issue', day: 9, key: '1' },
      { kind: 'escalate', day: 8, sha: '', reason: 'x', report: '@ann please look <b>here</b> closes #1', jobUrl: '' },
      ...[
        { kind: 'pause', day: 9 },
        { kind: 'story', day: 9 },
        { kind: 'handoff', day: 9 },
      ],
    ];
    const lines = intents.map((intent, index) => JSON.stringify({ v: 1, id: `x${index}`, at: time, intent }));
    commit({
      '.pace/journal.jsonl': `${lines.join('\n')}\n`,
      '.pace/day-9/story-ticket.yaml': 'key: "2"\nurl: ""\nplatform: github\n',
      '.pace/day-9/handoff.md': 'whats_done: hello @ann\n',
    });
    const sha = await github.addCommit({
      sha: git('rev-parse', 'HEAD'),
      branch: 'main',
      message: 'An innocent change',
    });
    const { code, outputs } = await runActionHere({
      cwd,
      inputs: { token: github.token, day: '10' },
      env: {
        ...{ CI: 'true', GITHUB_API_URL: github.origin, GITHUB_SERVER_URL: github.origin, GITHUB_SHA: sha },
        ...{ GITHUB_REPOSITORY: github.repository, GITHUB_REPOSITORY_ID: '123', GITHUB_EVENT_NAME: 'schedule' },
        ...{ GITHUB_REF: 'refs/heads/main', GITHUB_REF_NAME: 'main', GITHUB_EVENT_PATH: join(cwd, 'event.json') },
        ...{ GITHUB_WORKSPACE: cwd },
      },
    });
    expect([code, outputs['decision'], outputs['escalation-url']]).toEqual([1, 'HOLD', expect.stringMatching(/issues\/3$/)]); // biome-ignore format: one thought
    expect([github.statuses(other), [...github.variables]]).toEqual([[], []]);
    expect(github.statuses(sha).find(({ context }) => context === 'pace/gate')?.state).toBe('failure');
    const issues = (await github.api('GET', `${at}/issues?state=all`)) as {
      title: string;
      state: string;
      comments: number;
    }[];
    expect(issues.map(({ title, state, comments }) => `${state} ${title} ${comments}`).sort()).toEqual([
      'open And this 0',
      'open Keep this open 0',
      expect.stringMatching(/^open \[PACE HOLD\] Day 10/),
    ]);
  });

  const decided = (day: number, more: object = {}) =>
    stringify({ decision: 'SHIP', holdReason: '', day, sprint: '', ...more });
  const NEW_ONLY = `${LOCAL}evidence: [{ name: unit, type: junit, path: report.xml, new_only: true }]\n`;

  test('a committed decision and its known failures turn no HOLD into a SHIP', async () => {
    write({ ...RED, 'pace.config.yaml': NEW_ONLY });
    // what a run remembers of a day that has shipped with this very failure
    const digest = failureDigest({ result: 'FAIL', check: 'app adds' });
    const forged = { '.pace/day-1/decision.yaml': decided(1), '.pace/day-1/failures.yaml': `unit:\n  - ${digest}\n` };
    write(forged);
    expect((await run({ day: '2' })).report.decision).toBe('SHIP');
    rmSync(join(cwd, '.pace'), { recursive: true });
    commit(forged);
    const { report } = await run({ day: '2' });
    expect([report.decision, noteOf(report)]).toEqual(['HOLD', [tracks(...Object.keys(forged))]]);
  });

  test.each<[string, string, string, (report: Report) => unknown, unknown]>([
    ['a pause', 'pause.yaml', 'reason: forever\nby: nobody\n', ({ decision }) => decision, 'HOLD'],
    ['attempts', 'day-1/attempts.yaml', '- { run: 7, date: "", cost_usd: 0, outcome: HOLD, hold_reason: "" }\n', ({ attempt }) => attempt, 1],
    ['a backlog', 'advisory_backlog.yaml', '- { id: a, day_raised: 1, agent: scan, finding: x, status: open }\n', ({ advisories }) => advisories.open, 0],
    ['variables', 'variables.json', '{ "PACE_PAUSED": "true" }', ({ decision }) => decision, 'HOLD'],
    ['an escalation', 'day-1/decision.yaml', stringify({ decision: 'HOLD', escalation: { key: '7', url: 'https://evil.example' } }), ({ escalation }) => escalation.key, '1'],
    ['a journal', 'journal.jsonl', `${JSON.stringify({ v: 1, id: 'x', at: '', intent: { kind: 'pause', day: 1 } })}\n`, ({ pending }) => pending, []],
    ['a lock', 'pipeline.lock', 'pid=1\nstarted=2026-03-02T09:00:00Z\nhost=elsewhere\n', ({ decision }) => decision, 'HOLD'],
    ['a list of sync', 'sync/pairs.json', '{}', ({ decision }) => decision, 'HOLD'],
    ['a folder in the place of the journal', 'journal.jsonl/x', '', ({ faults }) => faults, []],
  ])('%s that is committed is as if it were absent: the commit is judged, holds and is escalated', async (_, name, text, seen, wanted) => {
    commit({ ...RED, [`.pace/${name}`]: text });
    const before = all(cwd);
    const { report, warnings } = await run();
    const note = tracks(`.pace/${name}`);
    expect([report.decision, report.escalation.key, seen(report)]).toEqual(['HOLD', '1', wanted]);
    expect([noteOf(report), warnings]).toEqual([[note], [`warn: ${note}`]]);
    // the embedded tracker's issue, and what tells of the run; nothing else is kept
    const { 'PROGRESS.md': _progress, 'pace-summary.md': _summary, '.pace/pace.db': _db, ...after } = all(cwd);
    expect(after).toEqual(before);
    expect(git('status', '--porcelain', '--untracked-files=no')).toBe('');
  }); // biome-ignore format: a table

  test.each<[string, (path: string) => void]>([
    ['assumes unchanged', (path) => git('update-index', '--assume-unchanged', path)],
    ['skips in the work tree', (path) => git('update-index', '--skip-worktree', path)],
    ['keeps in an index of version 4', () => git('update-index', '--index-version', '4')],
    ['keeps in an index split in two', () => git('update-index', '--split-index')],
    [
      'leaves out of a sparse checkout',
      (path) => {
        const text = readFileSync(join(cwd, path), 'utf8');
        git('sparse-checkout', 'set', '--cone', '--sparse-index', 'src');
        write({ [path]: text });
      },
    ],
  ])('what git %s is tracked all the same', async (_, hide) => {
    commit({ ...RED, 'src/a.txt': '', '.pace/day-1/decision.yaml': decided(1), '.pace/pause.yaml': 'reason: x\n' });
    hide('.pace/pause.yaml');
    const { report } = await run();
    expect([report.decision, noteOf(report).length]).toEqual(['HOLD', 1]);
  });

  test.each([
    '.PACE/journal.jsonl',
    '.pace./pause.yaml',
    'PACE~1/pause.yaml',
    '.pace/JOURNA~1.JSO',
    '.pace/Day-1/Decision.YAML',
  ])('a name that some disks take for one of PACE’s is one: %s', async (name) => {
    commit({ ...RED, [name]: 'x' });
    const { report } = await run();
    expect(noteOf(report)).toEqual([tracks(name)]);
  });

  test('a checkout below the root of its repository is looked at with the index of that root', async () => {
    write(Object.fromEntries(Object.entries(RED).map(([name, text]) => [`apps/shop/${name}`, text])));
    commit({ '.pace/pause.yaml': 'reason: of another place\n' });
    cwd = join(cwd, 'apps/shop');
    expect(noteOf((await run()).report)).toEqual([]);
    git('add', '--force', '.pace/gates/apps/shop/day-1/attempts.yaml');
    expect(noteOf((await run()).report)).toEqual([tracks('.pace/gates/apps/shop/day-1/attempts.yaml')]);
  });

  test('where nobody can tell what git tracks, nothing is believed', async () => {
    commit(GREEN);
    write({ '.pace/pause.yaml': 'reason: x\n' });
    writeFileSync(join(cwd, '.git/index'), 'damaged');
    const { report } = await run();
    expect([report.decision, report.notes.at(-1)]).toEqual(['UNKNOWN', expect.stringContaining('cannot be known')]);
  });

  test('the embedded tracker does not open a database that came with a commit', async () => {
    commit(GREEN);
    write({ '.pace/pace.db': '' });
    git('add', '--force', '.pace/pace.db');
    const { report } = await run();
    expect([report.decision, noteOf(report)]).toEqual(['UNKNOWN', [tracks('.pace/pace.db')]]);
    const { code, stderr } = await runCliHere({ cwd, args: ['issue', 'list'], env: env() });
    expect([code, stderr]).toEqual([
      expect.any(Number),
      expect.stringContaining(
        'git tracks .pace/pace.db, so that any commit could have written its issues: it is not opened.',
      ),
    ]);
    expect(code).not.toBe(0);
  });

  test('what agents write about a day may be committed: it is evidence, and the state is kept', async () => {
    commit({
      ...RED,
      '.pace/day-1/gate.md': 'x',
      '.pace/plan.yaml': 'days:\n  - { day: 1, target: x }\n',
      '.pace/day-7/review-pr.md': 'x',
    });
    const { report } = await run();
    expect([report.decision, noteOf(report), existsSync(join(cwd, '.pace/day-1/decision.yaml'))]).toEqual([
      'HOLD',
      [],
      true,
    ]);
  });

  test('a person’s pause stands where a commit makes that no state is used, and no commit brings one', async () => {
    commit(GREEN);
    const pause = { '.pace/pause.yaml': 'reason: Wait\nby: Ann\n' };
    write(pause);
    expect((await run()).report.decision).toBe('PAUSED');
    write({ '.pace/day-9/attempts.yaml': 'x' });
    git('add', '--force', '.pace/day-9');
    expect((await run()).report).toMatchObject({
      decision: 'PAUSED',
      holdReason: expect.stringContaining('Ann: Wait'),
    });
    for (const brought of ['.pace/pause.yaml', '.pace/pause.yaml/x']) {
      rmSync(join(cwd, '.pace/pause.yaml'), { recursive: true, force: true });
      commit({ [brought]: 'reason: Wait\nby: Mallory\n' });
      expect((await run()).report.decision).toBe('SHIP');
    }
    rmSync(join(cwd, '.pace/pause.yaml'), { recursive: true });
    git('add', '--all');
    symlinkSync(join(outside, 'pause.yaml'), join(cwd, '.pace/pause.yaml'));
    expect((await run()).report.decision).toBe('SHIP');
  });

  test('a person cannot pause where that would be kept nowhere, and is told why', async () => {
    commit({ ...RED, '.pace/pause.yaml': 'reason: x\n' });
    for (const args of [['pause', '--reason', 'Release week'], ['resume']]) {
      const { code, stderr } = await runCliHere({ cwd, args, env: env() });
      expect([code, stderr]).toEqual([2, expect.stringContaining('git tracks .pace/pause.yaml')]);
    }
    const { code, stdout } = await runCliHere({ cwd, args: ['status', '--json'], env: env() });
    expect([code, JSON.parse(stdout).unknown]).toEqual([0, [expect.stringContaining('git tracks .pace/pause.yaml')]]);
  });
});

describe('nothing is read, written, renamed or deleted through a link', () => {
  const OLD = new Date('2020-01-01');

  function precious(): Record<string, string> {
    for (const name of [
      'report.12345678.tmp',
      'a/data.0a1b2c3d.tmp',
      'day-1/decision.yaml',
      'journal.jsonl',
      'secret',
    ]) {
      mkdirSync(dirname(join(outside, name)), { recursive: true });
      writeFileSync(join(outside, name), `precious hunter2 ${name}\n`);
      utimesSync(join(outside, name), OLD, OLD);
    }
    return all(outside);
  }

  test.each([
    ['.pace', ''],
    ['.pace/day-1', 'day-1'],
    ['.pace/journal.jsonl', 'secret'],
    ['.pace/day-1/attempts.yaml', 'secret'],
    ['.pace/day-1/decision.yaml', 'secret'],
    ['.pace/gates', ''],
    ['.pace/branches', ''],
    ['.pace/sprints', ''],
    ['.pace/variables.json', 'nowhere'],
    ['.pace/change-9', 'a'],
  ])('%s, committed or not, leads nowhere: the commit is judged, and nothing is kept', async (link, target) => {
    const before = precious();
    commit(RED);
    mkdirSync(dirname(join(cwd, link)), { recursive: true });
    symlinkSync(join(outside, target), join(cwd, link));
    for (const isCommitted of [false, true]) {
      if (isCommitted) commit();
      const { report } = await run();
      expect([report.decision, noteOf(report).length, all(outside)]).toEqual(['HOLD', 1, before]);
      expect(JSON.stringify(report)).not.toContain('hunter2');
    }
  });

  test('a line of a committed journal is appended to no file of the runner', async () => {
    const before = precious();
    write({ ...RED, '.pace/journal.jsonl': 'ssh-ed25519 AAAA attacker' });
    symlinkSync(join(outside, 'secret'), join(cwd, '.pace/journal.jsonl.unreadable-1'));
    symlinkSync(join(outside, 'new'), join(cwd, '.pace/journal.jsonl.unreadable-2'));
    commit();
    await run();
    expect(all(outside)).toEqual(before);
  });

  test('a secret of the runner is pushed to no branch', async () => {
    precious();
    git('init', '--quiet', '--bare', join(root, 'remote.git'));
    commit({ ...RED, 'pace.config.yaml': `${LOCAL}${JUNIT}state: { persist: branch }\n` });
    git('remote', 'add', 'origin', join(root, 'remote.git'));
    mkdirSync(join(cwd, '.pace/day-1'), { recursive: true });
    symlinkSync(join(outside, 'secret'), join(cwd, '.pace/day-1/attempts.yaml'));
    symlinkSync(join(outside, 'secret'), join(cwd, '.pace/costs.jsonl'));
    const { report } = await run();
    expect([report.decision, noteOf(report).length]).toEqual(['HOLD', 1]);
    expect(git('ls-remote', 'origin', 'pace/state')).toBe('');
  });

  test('a file of the checkout that looks like a draft is not deleted when git tracks it', async () => {
    commit({ ...RED, 'report.12345678.tmp': 'x', '.pace/day-1/notes.0a1b2c3d.tmp': 'x' });
    write({ 'PROGRESS.md.0a1b2c3d.tmp': 'a half', '.pace/day-1/decision.yaml.0a1b2c3d.tmp': 'a half' });
    const names = [
      'report.12345678.tmp',
      '.pace/day-1/notes.0a1b2c3d.tmp',
      'PROGRESS.md.0a1b2c3d.tmp',
      '.pace/day-1/decision.yaml.0a1b2c3d.tmp',
    ];
    for (const name of names) utimesSync(join(cwd, name), OLD, OLD);
    await run();
    expect(names.map((name) => existsSync(join(cwd, name)))).toEqual([true, true, false, false]);
  });

  test('PROGRESS.md and the summary that are links change nothing where they lead', async () => {
    const before = precious();
    symlinkSync(join(outside, 'secret'), join(cwd, 'PROGRESS.md'));
    symlinkSync(join(outside, 'secret'), join(cwd, 'pace-summary.md'));
    commit(RED);
    const { report, warnings } = await run();
    expect([report.decision, all(outside), lstatSync(join(cwd, 'PROGRESS.md')).isSymbolicLink()]).toEqual([
      'HOLD',
      before,
      true,
    ]);
    expect(warnings).toContain('warn: PROGRESS.md was not written by PACE and is left as it is.');
    expect(existsSync(join(cwd, '.pace/day-1/decision.yaml'))).toBe(true);
  });
});

describe('what is no plain file is neither read nor waited for', () => {
  const put: Record<string, (path: string) => Promise<void> | void> = {
    'a pipe': (path) => void execFileSync('mkfifo', [path]),
    'a socket': async (path) => {
      const server = createServer();
      await new Promise<void>((done) => server.listen(path, done));
      ends.push(() => new Promise((done) => server.close(done)));
    },
  };

  test.each(
    ['journal.jsonl', 'pause.yaml', 'day-1/decision.yaml', 'variables.json', 'day-1'].flatMap((name) => Object.keys(put).map((what) => [what, name] as const)),
  )('%s in the place of .pace/%s', async (what, name) => {
    commit(RED);
    mkdirSync(dirname(join(cwd, '.pace', name)), { recursive: true });
    // the path of a socket may not be long
    const short = mkdtempSync(join(tmpdir(), 'p-'));
    await put[what]?.(join(short, 'x'));
    execFileSync('mv', [join(short, 'x'), join(cwd, '.pace', name)]);
    const { report } = await run();
    expect(noteOf(report)).toEqual([expect.stringContaining(`.pace/${name} is ${what}`)]);
    expect(report.decision).toBe('HOLD');
    rmSync(short, { recursive: true });
  }); // biome-ignore format: a table

  test('a pipe in the place of the embedded tracker’s files is said', async () => {
    commit(GREEN);
    for (const name of ['pace.db', 'pace.db-wal']) {
      rmSync(join(cwd, '.pace'), { recursive: true, force: true });
      mkdirSync(join(cwd, '.pace'));
      execFileSync('mkfifo', [join(cwd, '.pace', name)]);
      const { code, stderr } = await runCliHere({ cwd, args: ['issue', 'create', '--title', 'x'], env: env() });
      expect([code, stderr]).toEqual([expect.any(Number), expect.stringContaining(`.pace/${name} is a pipe`)]);
    }
  });

  test.each([
    ['the configuration', 'pace.config.yaml', ['gate', '--day', '1']],
    ['the plan', 'plan.yaml', ['gate', '--day', '1']],
    ['the text of an issue', 'body.md', ['issue', 'create', '--title', 'x', '--body-file', 'body.md']],
  ])('a pipe in the place of %s is an error of its own', async (_, name, args) => {
    commit(GREEN);
    rmSync(join(cwd, name), { force: true });
    execFileSync('mkfifo', [join(cwd, name)]);
    const { code, stderr } = await runCliHere({ cwd, args, env: env() });
    expect([code, stderr]).toEqual([2, expect.stringMatching(/is not a regular file/)]);
  });

  test('a report that is a pipe, or a link to a device without an end, is broken evidence', async () => {
    commit(GREEN);
    rmSync(join(cwd, 'report.xml'));
    execFileSync('mkfifo', [join(cwd, 'report.xml')]);
    expect((await run()).report.findings[0]).toMatchObject({
      ...{ result: 'FAIL', evidence: expect.stringContaining('not a regular file') },
    });
    rmSync(join(cwd, 'report.xml'));
    symlinkSync('/dev/zero', join(cwd, 'report.xml'));
    symlinkSync('/dev/zero', join(cwd, '.pace/day-1/story.md'));
    expect((await run()).report.decision).toBe('HOLD');
  });
});

describe('what is judged does not write for the judge', () => {
  const commands = (run: string) => `${LOCAL}evidence: [{ name: build, type: command, run: '${run}' }]\n`;
  const forged = 'echo forged';

  test('what a command writes under .pace/ commands neither this run nor the next, and is undone', async () => {
    commit({ 'pace.config.yaml': commands('true'), '.gitignore': '.pace/\n' });
    await run();
    const journal = readFileSync(join(cwd, '.pace/journal.jsonl'), 'utf8');
    const intent = JSON.stringify({ v: 1, id: 'x', at: '', intent: { kind: 'pause', day: 9 } }).replaceAll('"', '\\"');
    write({
      'forge.sh': `echo "${intent}" >> .pace/journal.jsonl; ${forged} > .pace/pause.yaml; ${forged} > .pace/day-1/decision.yaml; rm .pace/day-1/attempts.yaml; mkdir .pace/day-9; ${forged} > .pace/day-9/story-ticket.yaml; ln -s ../report.xml .pace/variables.json\n`,
      'pace.config.yaml': commands('sh forge.sh'),
    });
    const { report, warnings } = await run({ day: '2' });
    expect([report.decision, report.pending, noteOf(report)]).toEqual(['SHIP', [], []]);
    expect(warnings).toEqual([
      'warn: .pace/day-1/attempts.yaml, .pace/day-1/decision.yaml, .pace/day-9/story-ticket.yaml and 3 more were changed by what is judged. That was undone, and nothing of it is used.',
    ]);
    const after = all(join(cwd, '.pace'));
    expect(after['journal.jsonl']?.startsWith(journal)).toBe(true);
    expect(JSON.stringify(after)).not.toMatch(/forged|"day\\":9/);
    expect(Object.keys(after)).toEqual([
      ...[
        'advisory_backlog.yaml',
        'day-1/attempts.yaml',
        'day-1/decision.yaml',
        'day-2/attempts.yaml',
        'day-2/decision.yaml',
      ],
      'journal.jsonl',
    ]);
    write({ 'pace.config.yaml': commands('true') });
    const next = await run({ day: '3' });
    expect([next.report.decision, next.report.attempt, noteOf(next.report)]).toEqual(['SHIP', 1, []]);
  });

  test('what a command puts in the place of the state is not saved to the state branch', async () => {
    git('init', '--quiet', '--bare', join(root, 'remote.git'));
    writeFileSync(join(outside, 'secret'), 'hunter2');
    const forge = `ln -sf ${join(outside, 'secret')} .pace/costs.jsonl; rm -rf .pace/day-1; ln -s ${outside} .pace/day-1; ${forged} > .pace/pause.yaml`;
    commit({ 'pace.config.yaml': `${commands('sh forge.sh')}state: { persist: branch }\n`, 'forge.sh': forge });
    git('remote', 'add', 'origin', join(root, 'remote.git'));
    const { report } = await run();
    expect(report.decision).toBe('SHIP');
    git('fetch', '--quiet', 'origin', 'pace/state');
    expect(git('ls-tree', '-r', '--name-only', 'FETCH_HEAD').split('\n')).toEqual([
      ...[
        '.pace/advisory_backlog.yaml',
        '.pace/day-1/attempts.yaml',
        '.pace/day-1/decision.yaml',
        '.pace/journal.jsonl',
      ],
      'pace-state.json',
    ]);
    expect(all(outside)).toEqual({ secret: 'hunter2' });
  });

  test('a journal that a command has given a second name is written anew, not appended to', async () => {
    commit({ 'pace.config.yaml': commands('true'), '.gitignore': '.pace/\n' });
    await run();
    linkSync(join(cwd, '.pace/journal.jsonl'), join(outside, 'second'));
    const before = readFileSync(join(outside, 'second'), 'utf8');
    await run();
    expect(readFileSync(join(outside, 'second'), 'utf8')).toBe(before);
    expect(readFileSync(join(cwd, '.pace/journal.jsonl'), 'utf8').length).toBeGreaterThan(before.length);
  });
});

describe('a state branch that others have written to', () => {
  const BRANCH = `${LOCAL}${JUNIT}state: { persist: branch, branch: pace/state }\n`;
  const MARK = '{ "schemaVersion": 1 }';

  function hash(text: string): string {
    return execFileSync('git', ['hash-object', '-w', '--stdin'], {
      cwd,
      env: env(),
      input: text,
      encoding: 'utf8',
    }).trim();
  }

  /** As git writes it, but with names and kinds that git itself would refuse. */
  function tree(entries: readonly (readonly [mode: string, name: string, oid: string])[]): string {
    const bytes = entries.map(([mode, name, oid]) =>
      Buffer.concat([Buffer.from(`${mode} ${name}\0`), Buffer.from(oid, 'hex')]),
    );
    const args = ['hash-object', '-w', '-t', 'tree', '--literally', '--stdin'];
    return execFileSync('git', args, { cwd, env: env(), input: Buffer.concat(bytes), encoding: 'utf8' }).trim();
  }

  function poisoned(
    below: readonly (readonly [string, string, string])[],
    atRoot: readonly (readonly [string, string, string])[] = [],
  ): void {
    git('init', '--quiet', '--bare', join(root, 'remote.git'));
    commit({ ...RED, 'pace.config.yaml': BRANCH, '.gitignore': '.pace/\n' });
    git('remote', 'add', 'origin', join(root, 'remote.git'));
    const top = tree([['40000', '.pace', tree(below)], ...atRoot, ['100644', 'pace-state.json', hash(MARK)]]);
    git('push', '--quiet', 'origin', `${git('commit-tree', top, '-m', 'Poison')}:refs/heads/pace/state`);
  }

  test('nothing of it leaves the names that PACE keeps, whatever its tree holds', async () => {
    writeFileSync(join(outside, 'secret'), 'hunter2');
    git('init', '--quiet', cwd);
    const text = hash('forged');
    const link = hash(join(outside, 'secret'));
    const day = tree([['100644', 'decision.yaml', text]]);
    poisoned(
      [
        ['120000', 'journal.jsonl', link],
        ['120000', 'variables.json', link],
        ['160000', 'day-3', 'a'.repeat(40)],
        ['40000', '..', tree([['100644', 'pace.config.yaml', text]])],
        ['40000', '.git', tree([['100644', 'config', text]])],
        ['40000', 'DAY-1', day],
        [
          '40000',
          'branches',
          tree([
            ['40000', '..', tree([['100644', 'pause.yaml', text]])],
            ['40000', '.git', day],
          ]),
        ],
        ['100644', 'plan.yaml', text],
        ['100644', 'pipeline.lock', text],
        ['100644', 'pace.db-wal', text],
        ['40000', 'day-2', tree([['100644', 'gate.md', text]])],
      ],
      [
        ['40000', '.PACE', day],
        ['40000', '.git', tree([['100644', 'HEAD', text]])],
        ['100644', 'report.xml', text],
      ],
    );
    const { report } = await run();
    expect([report.decision, report.escalation.key, report.faults]).toEqual(['HOLD', '1', []]);
    const here = all(cwd);
    expect(JSON.stringify(here)).not.toMatch(/forged|hunter2/);
    expect(Object.keys(here).filter((name) => name.startsWith('.pace/'))).toEqual([
      ...['.pace/advisory_backlog.yaml', '.pace/day-1/attempts.yaml', '.pace/day-1/decision.yaml'],
      ...['.pace/day-1/escalated', '.pace/day-1/escalation-issue.md', '.pace/journal.jsonl', '.pace/pace.db'],
    ]);
    expect(all(outside)).toEqual({ secret: 'hunter2' });
    // the next run finds what this one has kept
    expect((await run()).report.attempt).toBe(2);
  });

  test('a file that is larger than PACE’s ever are is left out, and said', async () => {
    git('init', '--quiet', cwd);
    const large = hash(`reason: ${'x'.repeat(51 * 1024 * 1024)}`);
    poisoned([['100644', 'pause.yaml', large]]);
    const { report, warnings } = await run();
    expect([report.decision, report.faults]).toEqual(['HOLD', []]);
    expect(warnings).toContain('warn: Too large for the state of PACE, and not used: .pace/pause.yaml on pace/state.');
  });
});

describe('a lock never keeps a commit from being judged', () => {
  const WAIT = `${LOCAL}${JUNIT}state: { lock_wait_seconds: 2 }\n`;
  const STALE = 'pid=1\nstarted=2020-01-01T00:00:00Z\nhost=elsewhere\n';

  function stale(lock: string, put: (removing: string) => void): void {
    writeFileSync(lock, STALE);
    put(`${lock}.removing`);
  }

  test.each<[string, (lock: string) => void, RegExp]>([
    ['a link', (lock) => symlinkSync(join(outside, 'secret'), lock), /\.pace\/pipeline\.lock is a link/],
    ['a link to nowhere', (lock) => symlinkSync('nowhere', lock), /\.pace\/pipeline\.lock is a link/],
    ['a folder', (lock) => mkdirSync(lock), /pipeline\.lock \(EISDIR/],
    ['a pipe', (lock) => void execFileSync('mkfifo', [lock]), /\.pace\/pipeline\.lock is a pipe/],
    ['a stale one, and a folder where it is removed', (lock) => stale(lock, mkdirSync), /EISDIR/],
    ['a stale one, and a link where it is removed', (lock) => stale(lock, (removing) => symlinkSync(join(outside, 'new'), removing)), /pipeline\.lock\.removing is a link/],
  ])('%s in its place is a fault', async (_, put, message) => {
    writeFileSync(join(outside, 'secret'), STALE);
    commit({ ...RED, 'pace.config.yaml': WAIT });
    mkdirSync(join(cwd, '.pace'));
    put(join(cwd, '.pace/pipeline.lock'));
    const { report } = await run();
    expect([report.decision, noteOf(report)]).toEqual(['HOLD', []]);
    const { operation, message: said } = report.faults[0] ?? {};
    expect([operation, said]).toEqual(['takeLock', expect.stringMatching(/^No lock could be taken: /)]);
    expect(said).toMatch(message);
    expect(all(outside)).toEqual({ secret: STALE });
    expect(existsSync(join(cwd, '.pace/day-1/decision.yaml'))).toBe(true);
  }); // biome-ignore format: a table

  test('one of another run, with a time in the future, ends in an error of its own', async () => {
    commit({ ...RED, 'pace.config.yaml': WAIT });
    write({ '.pace/pipeline.lock': 'pid=1\nstarted=2999-01-01T00:00:00Z\nhost=elsewhere\n' });
    utimesSync(join(cwd, '.pace/pipeline.lock'), new Date('2999-01-01'), new Date('2999-01-01'));
    await expect(run()).rejects.toMatchObject({ kind: 'conflict' });
  });

  test('what a killed remover has left is removed, also with a time in the future', async () => {
    commit({ ...RED, 'pace.config.yaml': WAIT });
    write({ '.pace/pipeline.lock': STALE, '.pace/pipeline.lock.removing': '' });
    utimesSync(join(cwd, '.pace/pipeline.lock.removing'), new Date('2999-01-01'), new Date('2999-01-01'));
    const { report } = await run();
    expect([report.decision, report.faults, all(join(cwd, '.pace'))['pipeline.lock']]).toEqual(['HOLD', [], undefined]);
  });
});
