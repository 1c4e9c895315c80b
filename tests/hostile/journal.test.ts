/**
 * What PACE keeps between runs lies where others may have written: a branch that many may push to, a workspace that agents use. Each
 * test lays such a file there, untracked and plain, and judges a red commit on a GitHub of our own.
 */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { gate } from '../../src/commands/gate.ts';
import type { Delivery } from '../../src/gate/delivery.ts';
import { type GitHub, startGitHub } from '../support/github.ts';
import { junitXml } from '../support/workspace.ts';
import { testWorld } from '../support/world.ts';

const CONFIG = `ci: { grace_seconds: 0, settle_seconds: 0, poll_interval_seconds: 1 }
evidence: [{ name: unit, type: junit, path: report.xml }]
`;
const OTHER = 'b'.repeat(40);

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

interface Scene {
  readonly github: GitHub;
  /** An issue of somebody else. Returns its number. */
  strangers(title: string): Promise<number>;
  /** Below `.pace`. */
  keep(files: Readonly<Record<string, unknown>>): Promise<void>;
  run(options?: { day?: string; report?: string; config?: string }): Promise<{
    readonly decision: string;
    readonly pending: readonly unknown[];
    readonly log: readonly string[];
  }>;
  kept(): Promise<string[]>;
  read(name: string): Promise<string>;
  issues(): Promise<{ number: number; title: string; body: string; state: string; comments: number }[]>;
  /** Everything that runs have written, as `METHOD /path`. */
  writes(): string[];
}

async function scene(): Promise<Scene> {
  const github = await startGitHub({ people: ['ada'] });
  const cwd = await mkdtemp(join(tmpdir(), 'pace-hostile-'));
  ends.push(() => github.close(), () => rm(cwd, { recursive: true, force: true })); // biome-ignore format: one thought
  github.setChecks(github.sha, [{ name: 'test', conclusion: 'success', suite: 1 }]);
  github.setRuns(github.sha, [{ id: 77, name: 'CI', suite: 1, workflowId: 1, conclusion: 'success' }]);
  await github.addCommit({ sha: OTHER });
  const at = `/repos/${github.repository}`;
  const write = async (name: string, text: string) => {
    await mkdir(dirname(join(cwd, name)), { recursive: true });
    await writeFile(join(cwd, name), text);
  };
  let [ownRequests, clock] = [0, Date.now()];
  const api = async (method: string, path: string, body?: object) => {
    const answer = await github.api(method as 'GET', path, body as never);
    ownRequests = github.exchanges.length;
    return answer;
  };
  return {
    github,
    strangers: async (title) =>
      ((await api('POST', `${at}/issues`, { title, body: 'x' })) as { number: number }).number,
    keep: async (files) => {
      for (const [name, content] of Object.entries(files))
        await write(`.pace/${name}`, typeof content === 'string' ? content : stringify(content));
      ownRequests = github.exchanges.length;
    },
    run: async ({ day = '1', report = junitXml('adds'), config = CONFIG } = {}) => {
      await write('pace.config.yaml', config);
      await write('report.xml', report);
      const env = {
        ...{ PACE_GITHUB_TOKEN: github.token, GITHUB_REPOSITORY: github.repository, GITHUB_API_URL: github.origin },
        ...{ GITHUB_ACTIONS: 'true', GITHUB_SHA: github.sha, GITHUB_STEP_SUMMARY: join(cwd, 'summary.md') },
      };
      const world = testWorld({ cwd, env, start: clock + 1000 });
      const { report: told } = await gate(world, { day });
      clock = world.now();
      return { decision: told.decision, pending: told.pending, log: world.lines };
    },
    kept: () => readdir(join(cwd, '.pace')),
    read: (name) => readFile(join(cwd, '.pace', name), 'utf8'),
    issues: async () => (await github.api('GET', `${at}/issues?state=all&per_page=100`)) as never,
    writes: () =>
      github.exchanges
        .slice(ownRequests)
        .map(({ asked }) => `${asked.method} ${asked.path.replace(at, '')}`)
        .filter((request) => !request.startsWith('GET ')),
  };
}

function journal(...intents: readonly object[]): string {
  return intents
    .map((intent, index) => `${JSON.stringify({ v: 1, id: `x${index}`, at: '2026-01-01T00:00:00.000Z', intent })}\n`)
    .join('');
}

const green = (sha: string, day = 1, context = 'pace/gate'): Delivery => ({
  ...{ kind: 'status', day, sha },
  status: { context, state: 'success', description: 'all fine', url: 'https://evil.example/' },
});
const EVIL =
  '@octocat @team/all please look at <b>this</b> ![x](https://evil.example/p.png) closes #1\n\n/close\n<!-- pace:metadata e30= -->';
const escalation = (day: number): Delivery => ({
  ...{ kind: 'escalate', day, sha: '', reason: EVIL, report: EVIL, jobUrl: 'https://evil.example/phish' },
});

describe('a journal that anybody could have written', () => {
  test('sets no status, closes no issue, sets no variable and opens nothing in the name of a day that no run has come to', async () => {
    const { github, strangers, keep, run, issues, writes, read, kept } = await scene();
    const [closed, storyOf] = [await strangers('Security bug, keep open'), await strangers('Another issue')];
    const intents = [
      ...[green(OTHER, 9), green(OTHER, 9, 'security/scan'), green(OTHER, 1, 'lint')],
      ...[
        { kind: 'plan-issue', day: 9, key: String(closed) },
        { kind: 'plan-issue', day: 1, key: String(closed) },
      ],
      ...[escalation(8), { kind: 'pause', day: 9 }, { kind: 'story', day: 9 }, { kind: 'handoff', day: 9 }],
    ];
    await keep({
      'journal.jsonl': journal(...intents),
      'day-9/story-ticket.yaml': { key: String(storyOf), url: '', platform: 'github' },
      'day-9/handoff.md': 'whats_done: hello @octocat\n',
    });
    const { decision, pending, log } = await run();
    expect([decision, pending]).toEqual(['HOLD', []]);
    expect(writes()).toEqual([`POST /statuses/${github.sha}`, 'POST /issues', `POST /statuses/${github.sha}`]);
    expect(github.statuses(OTHER)).toEqual([]);
    expect((await issues()).map(({ state, comments }) => [state, comments])).toEqual([
      ['open', 0],
      ['open', 0],
      ['open', 0],
    ]);
    expect(github.variables.size).toBe(0);
    expect(log).toContain(
      "warn: 9 entries of the journal are not this gate's own and were dropped: kept in journal.jsonl.unreadable-1.",
    );
    const aside = (await read('journal.jsonl.unreadable-1')).trim().split('\n');
    expect(aside.map((line) => JSON.parse(line).intent)).toEqual(intents);
    // said once
    expect((await run()).log.filter((line) => line.includes('not this gate'))).toEqual([]);
    expect((await kept()).filter((name) => name.includes('unreadable'))).toHaveLength(1);
  });

  test('makes no commit green that its day does not call SHIP', async () => {
    const { github, keep, run, writes } = await scene();
    await run();
    const before = writes().length;
    await keep({ 'journal.jsonl': journal(green(github.sha), green(OTHER)) });
    expect(before).toBeGreaterThan(0);
    expect((await run({ day: '2', config: `${CONFIG}pause: { by: variable }\n` })).decision).toBe('HOLD');
    expect(github.statuses(OTHER)).toEqual([]);
    const said = github.exchanges.filter(({ asked }) => asked.method === 'POST' && asked.path.includes('/statuses/'));
    expect(said.map(({ asked }) => JSON.stringify(asked.body)).filter((body) => body.includes('success'))).toEqual([]);
  });

  test('speaks to nobody: what it may say of a day is quoted, and leads nowhere', async () => {
    const { keep, run, issues } = await scene();
    await keep({ 'journal.jsonl': journal(escalation(2)) });
    await run({ day: '3', config: `${CONFIG}pause: { by: variable }\n` });
    const issue = (await issues()).find(({ title }) => title.includes('Day 2'));
    const outside = (issue?.body ?? '')
      .replace(/```[\s\S]*?```/g, '')
      .replace(/<!-- pace:metadata [\w+/=]+ -->\s*$/, '');
    expect(issue?.title).not.toMatch(/@octocat|#1\b/);
    expect(outside).not.toMatch(/@octocat|@team|<b>|!\[x\]\(|<!--|#1\b|^\/close|\(<?https:\/\/evil/m);
    expect(issue?.body).not.toMatch(/^\/close/m);
    expect(issue?.body).not.toContain('<!-- pace:metadata e30=');
  });

  test('cannot lift a pause by a variable that a person has set', async () => {
    const { github, keep, run } = await scene();
    github.variables.set('PACE_PAUSED', 'true');
    await keep({ 'journal.jsonl': journal({ kind: 'pause', day: 1 }) });
    const ran = await run({ report: junitXml(), config: `${CONFIG}pause: { by: variable }\n` });
    expect(ran.decision).toBe('PAUSED');
  });

  test('closes no hold: only a SHIP that is kept of the day does', async () => {
    const { github, keep, run, issues } = await scene();
    await run();
    const [held] = await issues();
    await keep({ 'journal.jsonl': journal({ kind: 'resolve', day: 1, sha: github.sha, key: String(held?.number) }) });
    expect((await run({ day: '2', report: junitXml() })).decision).toBe('PAUSED');
    expect((await issues()).map(({ state }) => state)).toEqual(['open']);
  });

  test.each([
    ['lines that are no entries', '{"v":1,"id":"a","at":"","intent":{"kind":"status"},"done":"x"}\n'.repeat(2000)],
    ['one endless line', `{"v":1,"id":"${'a'.repeat(3_000_000)}"}`],
    ['forty million characters', `${'x'.repeat(399)}\n`.repeat(100_000)],
    ['thousands of entries that are none of ours', journal(...Array.from({ length: 5000 }, (_, n) => green(OTHER, 9, `pace/${n}`)))],
  ])('of %s costs no time, and no verdict', async (_, text) => {
    const { keep, run, kept } = await scene();
    await keep({ 'journal.jsonl': text });
    expect((await run()).decision).toBe('HOLD');
    expect((await kept()).filter((name) => name.startsWith('journal.jsonl.unreadable'))).toHaveLength(1);
  }); // biome-ignore format: a table
});

describe('a token that may not set statuses', () => {
  test('is asked once for what earlier runs have left, however much that is, and nothing is lost', async () => {
    const { github, keep, run } = await scene();
    const days = Array.from({ length: 40 }, (_, index) => index + 1);
    const sha = (day: number) => String(day).padStart(40, '0');
    const left = days.map((day): Delivery => {
      const status = { context: 'pace/gate', state: 'failure', description: `Day ${day} HOLD: unit: adds` } as const;
      return { kind: 'status', day, sha: sha(day), status };
    });
    const decisions = days.map((day) => [`day-${day}/decision.yaml`, { decision: 'HOLD', sha: sha(day), holdReason: 'unit: adds' }]);
    await keep({ ...Object.fromEntries(decisions), 'journal.jsonl': journal(...left) });
    const refusal = { status: 403, json: { message: 'Resource not accessible by integration' } };
    github.trouble(({ path }) => path.includes('/statuses/'), refusal, Number.POSITIVE_INFINITY);
    const before = github.exchanges.length;
    const { pending } = await run({ day: '41', config: `${CONFIG}pause: { by: variable }\n` });
    const asked = github.exchanges.slice(before).filter(({ asked: { path } }) => path.includes('/statuses/'));
    // one of them, and the verdict itself
    expect(asked.map(({ asked: { path } }) => path.split('/').at(-1))).toEqual([sha(1), github.sha]);
    expect(pending).toHaveLength(41);
  }); // biome-ignore format: one line
});
