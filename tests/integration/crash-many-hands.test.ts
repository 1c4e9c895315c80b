/** Many processes on one tracker at the same time, with everything that agents do: nothing is lost, and nobody works on what another has. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { IssueTracker } from '../../core/ports/index.ts';
import { collect } from '../../core/tracker/collect.ts';
import { openTracker } from '../../src/library.ts';
import { startGitHub } from '../support/github.ts';
import { startGitLab } from '../support/gitlab.ts';
import { startJira } from '../support/jira.ts';
import type { Done, Orders } from './many-hands-agent.ts';
import type { LoopOrders } from './many-hands-loop.ts';

const AGENTS = 20;
const OPERATIONS = 50;
const SHARED = 4;
const POOL = 30;
const PEOPLE = ['ann', 'ben', 'cat', 'dan', 'eve', 'fay', 'gus', 'hal'];
const PATIENCE_MS = 900_000;

const run = promisify(execFile);

test(
  '20 processes lose nothing on the embedded tracker, and every claim is one agent’s',
  async () => {
    const folder = await workFolder();
    await proven('the embedded tracker', folder, {
      platform: 'local',
      settings: { database: join(folder, 'pace.db') },
      cwd: folder,
    });
  },
  PATIENCE_MS,
);

test(
  '20 processes lose nothing on GitHub, and every claim is one agent’s',
  async () => {
    const folder = await workFolder();
    const github = await startGitHub({ people: PEOPLE });
    onTestFinished(() => github.close());
    const { token, repository, origin } = github;
    await proven('GitHub', folder, {
      platform: 'github',
      settings: { token, repository, api_url: origin, server_url: origin },
      cwd: folder,
    });
  },
  PATIENCE_MS,
);

describe('the loop of six agents works on each issue once', () => {
  test(
    'on the embedded tracker',
    async () => {
      const folder = await workFolder();
      const settings = { database: join(folder, 'pace.db') };
      await looped('the embedded tracker', folder, { platform: 'local', settings, cwd: folder });
    },
    PATIENCE_MS,
  );

  test(
    'on GitHub',
    async () => {
      const folder = await workFolder();
      const github = await startGitHub();
      onTestFinished(() => github.close());
      const { token, repository, origin } = github;
      const settings = { token, repository, api_url: origin, server_url: origin };
      await looped('GitHub', folder, { platform: 'github', settings, cwd: folder });
    },
    PATIENCE_MS,
  );

  test(
    'on GitLab',
    async () => {
      const folder = await workFolder();
      const { token, project, origin: url, close } = await startGitLab();
      onTestFinished(close);
      await looped('GitLab', folder, { platform: 'gitlab', settings: { token, project, url }, cwd: folder });
    },
    PATIENCE_MS,
  );

  test(
    'on Jira',
    async () => {
      const folder = await workFolder();
      const { token, email, url, projectKey, close } = await startJira();
      onTestFinished(close);
      const settings = { token, email, url, project_key: projectKey, states: 'in_review=In Review' };
      await looped('Jira', folder, { platform: 'jira', settings, cwd: folder });
    },
    PATIENCE_MS,
  );
});

/** As `docs/issues.md` has it: each agent lists, claims, works, hands over to review and releases. */
async function looped(where: string, folder: string, place: Orders['tracker']): Promise<void> {
  const tracker = await openTracker({ ...place, env: { PACE_AGENT: 'parent' } });
  onTestFinished(() => tracker.close());
  const label = 'needs-implementation';
  const tasks = Array.from({ length: 5 }, (_, place) => ({ title: `task ${place}`, body: 'Text.', labels: [label] }));
  const made = await tracker.createMany(tasks);
  const keys = made.flatMap((answer) => (answer.ok ? [answer.issue.key] : []));
  const log = join(folder, 'loop');
  await writeFile(log, '');
  const script = join(import.meta.dirname, 'many-hands-loop.ts');
  const orders = (agent: string): LoopOrders => ({ agent, tracker: place, label, log });
  await Promise.all(
    ['a', 'b', 'c', 'd', 'e', 'f'].map((agent) => run(process.execPath, [script, JSON.stringify(orders(agent))])),
  );
  const worked = (await readFile(log, 'utf8')).trim().split('\n');
  process.stdout.write(`the loop on ${where}: 6 processes, ${keys.length} issues, worked on ${worked.length} times\n`);
  expect(worked.map((line) => line.split(' ')[0]).sort()).toEqual(keys.toSorted());
  const issues = await Promise.all(keys.map((key) => tracker.getIssue(key)));
  const agents = new Map(worked.map((line) => line.split(' ') as [string, string]));
  expect(issues.map(({ key, state, metadata }) => [key, state, metadata['commit']])).toEqual(
    keys.map((key) => [key, 'in_review', agents.get(key)]),
  );
  expect(await collect(tracker.claims())).toEqual([]);
}

async function workFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'pace-hands-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function proven(where: string, folder: string, place: Orders['tracker']): Promise<void> {
  const tracker = await openTracker({ ...place, env: { PACE_AGENT: 'parent' } });
  onTestFinished(() => tracker.close());
  const drafts = (count: number, title: string) =>
    Array.from({ length: count }, (_, place) => ({ title: `${title} ${place}`, body: 'Text.' }));
  const made = await tracker.createMany([...drafts(SHARED, 'shared'), ...drafts(POOL, 'wanted')]);
  const keys = made.flatMap((answer) => (answer.ok ? [answer.issue.key] : []));
  const log = join(folder, 'log');
  await writeFile(log, '');
  const shared = { tracker: place, shared: keys.slice(0, SHARED), pool: keys.slice(SHARED), people: PEOPLE, log };
  const begun = performance.now();
  const agents = await Promise.all(Array.from({ length: AGENTS }, (_, agent) => acted({ ...shared, agent })));
  const seconds = Math.round((performance.now() - begun) / 1000);
  const lost = await losses(tracker, agents);
  const twice = overlaps((await readFile(log, 'utf8')).trim().split('\n'));
  const sum = (of: (done: Done) => number) => agents.reduce((total, done) => total + of(done), 0);
  process.stdout.write(
    `many hands on ${where}: ${AGENTS} processes, ${sum(({ operations }) => operations)} operations in ${seconds} s; ` +
      `lost ${lost.length}, claims won ${sum(({ won }) => won)}, refused ${sum((done) => done.lost)}, had by two ${twice.length}\n`,
  );
  expect(sum(({ operations }) => operations)).toBe(AGENTS * OPERATIONS);
  expect(lost).toEqual([]);
  expect(twice).toEqual([]);
  expect(sum(({ won }) => won)).toBeGreaterThan(POOL / 2);
}

async function acted(orders: Orders): Promise<Done> {
  const script = join(import.meta.dirname, 'many-hands-agent.ts');
  const { stdout } = await run(process.execPath, [script, JSON.stringify(orders)], { maxBuffer: 10_000_000 });
  return JSON.parse(stdout);
}

/** What an agent was told is done and is not there, in words. */
async function losses(tracker: IssueTracker, agents: readonly Done[]): Promise<string[]> {
  const issues = new Map((await collect(tracker.listIssues())).map((issue) => [issue.key, issue]));
  const comments = new Map<string, string[]>();
  const said = async (key: string) => {
    const known = comments.get(key) ?? (await collect(tracker.listComments(key))).map(({ body }) => body);
    comments.set(key, known);
    return known;
  };
  const lost: string[] = [];
  const check = (isThere: boolean | undefined, what: string) => void (isThere || lost.push(what));
  for (const done of agents) {
    for (const key of done.created) check(issues.has(key), `issue ${key}`);
    for (const key of done.closed) check(issues.get(key)?.state === 'done', `the end of ${key}`);
    for (const key of done.finished) check(/done|in_review/.test(issues.get(key)?.state ?? ''), `the work on ${key}`);
    for (const [key, name] of done.metadata) check(issues.get(key)?.metadata[name] !== undefined, `${name} of ${key}`);
    for (const [key, name] of done.labels) check(issues.get(key)?.labels.includes(name), `label ${name} of ${key}`);
    for (const [key, who] of done.assignees)
      check(
        issues.get(key)?.assignees.some(({ id }) => id === who),
        `${who} of ${key}`,
      );
    for (const [key, text] of done.comments) check((await said(key)).includes(text), `“${text}” of ${key}`);
  }
  const numbers = agents.flatMap(({ created }) => created);
  check(new Set(numbers).size === numbers.length, 'numbers that are given once');
  const ended = agents.flatMap(({ finished }) => finished);
  check(new Set(ended).size === ended.length, 'work that is done once');
  return lost;
}

/** Lines in which an agent begins what another has not ended. */
function overlaps(lines: readonly string[]): string[] {
  const holders = new Map<string, string>();
  return lines.filter((line) => {
    const [deed, key = '', agent = ''] = line.split(' ');
    const holder = holders.get(key);
    if (deed === 'begin') holders.set(key, agent);
    else holders.delete(key);
    return deed === 'begin' && holder !== undefined;
  });
}
