/**
 * One failed request never changes a decision: whole gate runs in this process, each of their requests answered wrongly in turn, where
 * an earlier day is held, where a person has paused by the variable, and where nothing pauses. What is paused never ships; what is
 * red never ships; what is green is judged, or it is said that it was not.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { gate } from '../../src/commands/gate.ts';
import { shellEnv as giteaEnv } from '../platforms/gitea/bench.ts';
import { shellEnv as gitLabEnv } from '../platforms/gitlab/bench.ts';
import { startGitea } from '../support/gitea.ts';
import { startGitLab } from '../support/gitlab.ts';
import type { Asked, Loopback, Trouble } from '../support/loopback.ts';
import { junitXml } from '../support/workspace.ts';
import { testWorld } from '../support/world.ts';
import { pooled } from './disturb.ts';
import { startGitHubStage } from './github-stage.ts';

const page = (status: number, headers: Record<string, string> = {}) => ({
  status,
  text: '<!doctype html><html><body>Please sign in.</body></html>',
  headers: { 'content-type': 'text/html', ...headers },
});
const refused = (status: number) => ({ status, json: { message: 'No' } });

const WRONG: Readonly<Record<string, Trouble>> = {
  'a 404': refused(404),
  'a 401': refused(401),
  'a 403': refused(403),
  'a 500': refused(500),
  'a web page': page(200),
  'an empty object': { status: 200, json: {} },
  'half the JSON': (answer) => ({ ...answer, text: (JSON.stringify(answer.json) ?? '').slice(0, 40), headers: { 'content-type': 'application/json' } }),
  'a redirect to a login page': page(302, { location: '/login' }),
}; // biome-ignore format: a table

interface Stage {
  readonly sha: string;
  readonly env: Readonly<Record<string, string>>;
  readonly trouble: Loopback['trouble'];
  setVariable(value: string): void;
  close(): Promise<void>;
}

const STAGES: Readonly<Record<string, () => Promise<Stage>>> = {
  GitHub: async () => {
    const { github, ...stage } = await startGitHubStage('success');
    const env = { ...stage.env, GITHUB_ACTIONS: 'true', GITHUB_SHA: stage.sha };
    return { ...stage, env, setVariable: (value) => void github.variables.set('PACE_PAUSED', value) };
  },
  GitLab: async () => {
    const server = await startGitLab();
    server.setJobs(server.sha, [{ name: 'test', status: 'success' }]);
    return {
      ...{ sha: server.sha, env: gitLabEnv(server), trouble: server.trouble, close: server.close },
      setVariable: (value) => {
        const rest = { protected: false, masked: false, raw: true, environmentScope: '*' };
        server.variables.push({ key: 'PACE_PAUSED', value, ...rest });
      },
    };
  },
  Gitea: async () => {
    const server = await startGitea();
    server.addRun({ sha: server.state.sha, jobs: [{ name: 'test', status: 'success' }] });
    for (const row of server.state.statuses) Object.assign(row, { at: row.at - 3600 });
    return {
      ...{ sha: server.state.sha, env: giteaEnv(server), trouble: server.trouble, close: server.close },
      setVariable: (value) => void server.state.variables.set('PACE_PAUSED', value),
    };
  },
};

const CONFIG = [
  'ci: { grace_seconds: 0, settle_seconds: 0, poll_interval_seconds: 1, timeout_minutes: 2 }',
  'evidence: [{ name: unit, type: junit, path: report.xml }]',
  'pause: { by: both }',
  '',
].join('\n');

const [RED, GREEN] = [junitXml('adds'), junitXml()];

interface Scene {
  readonly name: string;
  readonly report: string;
  readonly pausedBy?: 'hold' | 'variable';
  readonly decision: string;
  /** What else one wrong answer may lead to. */
  readonly other: readonly string[];
}

const SCENES: readonly Scene[] = [
  { name: 'green', report: GREEN, decision: 'SHIP', other: ['UNKNOWN'] },
  { name: 'red', report: RED, decision: 'HOLD', other: [] },
  { name: 'green, and an earlier day is held', report: GREEN, pausedBy: 'hold', decision: 'PAUSED', other: ['UNKNOWN'] },
  { name: 'red, and an earlier day is held', report: RED, pausedBy: 'hold', decision: 'PAUSED', other: ['HOLD'] },
  { name: 'green, and paused by the variable', report: GREEN, pausedBy: 'variable', decision: 'PAUSED', other: ['UNKNOWN'] },
  { name: 'red, and paused by the variable', report: RED, pausedBy: 'variable', decision: 'PAUSED', other: ['HOLD'] },
]; // biome-ignore format: a table

let cases = 0;
afterAll(() => void process.stdout.write(`one failed request: ${cases} cases\n`));

describe.each(Object.entries(STAGES))('%s, with each request answered wrongly in turn', (title, startStage) => {
  test.each(SCENES)('$name', { timeout: 240_000 }, async (scene) => {
    const { requests, decision } = await judged(scene);
    expect(decision).toBe(scene.decision);
    const wrong = requests.flatMap((request) => Object.keys(WRONG).map((answer) => ({ request, answer })));
    cases += wrong.length;
    const problems: string[] = [];
    await pooled(wrong, async ({ request, answer }) => {
      const told = await judged(scene, { request, trouble: WRONG[answer] as Trouble });
      if (![scene.decision, ...scene.other].includes(told.decision))
        problems.push(`${answer} to ${request}: ${told.decision}`);
    });
    expect(problems).toEqual([]);
  });

  async function judged(
    { report, pausedBy }: Scene,
    wrong?: { readonly request: string; readonly trouble: Trouble },
  ): Promise<{ decision: string; requests: string[] }> {
    const stage = await startStage();
    const cwd = await mkdtemp(join(tmpdir(), 'pace-one-'));
    let clock = Date.now();
    const run = async (day: string, evidence: string) => {
      await writeFile(join(cwd, 'report.xml'), evidence);
      const env = { ...stage.env, GITHUB_STEP_SUMMARY: join(cwd, 'summary.md') };
      const world = testWorld({ cwd, env, start: clock + 1000 });
      const { report: told } = await gate(world, { day, sha: stage.sha, evidenceSha: stage.sha });
      clock = world.now();
      return told.decision;
    };
    try {
      const config = pausedBy === 'hold' ? CONFIG.replace('both', 'issue') : CONFIG;
      const platform = title.toLowerCase();
      const sides = `platform: { ci: ${platform}, tracker: ${platform} }\n`;
      await writeFile(join(cwd, 'pace.config.yaml'), `${sides}${config}`);
      if (pausedBy === 'hold') await run('1', RED);
      if (pausedBy === 'variable') stage.setVariable('true');
      // a runner that forgets everything: nothing but the tracker knows of the hold
      await rm(join(cwd, '.pace'), { recursive: true, force: true });
      const requests: string[] = [];
      const isIt = (asked: Asked) => {
        const name = `${asked.method} ${asked.path}`;
        const before = requests.filter((other) => other === name || other.startsWith(`${name} #`)).length;
        requests.push(before === 0 ? name : `${name} #${before + 1}`);
        return requests.at(-1) === named(wrong?.request, stage.sha);
      };
      stage.trouble(isIt, wrong?.trouble ?? refused(500), Number.POSITIVE_INFINITY);
      const decision = await run('2', report);
      return { decision, requests: requests.map((request) => request.replaceAll(stage.sha, 'SHA')) };
    } finally {
      await stage.close();
      await rm(cwd, { recursive: true, force: true });
    }
  }
});

/** Hashes differ from stage to stage. */
function named(request: string | undefined, sha: string): string | undefined {
  return request?.replaceAll('SHA', sha);
}
