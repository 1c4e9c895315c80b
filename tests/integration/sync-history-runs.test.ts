/** Random histories of two real drivers on their stand-ins, with requests that fail and runs that are killed in between. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { resolveSettings } from '../../core/drivers/settings.ts';
import { createTracker as createGitHub } from '../../platforms/github/issues.ts';
import jira from '../../platforms/jira/index.ts';
import { createTracker as createLinear } from '../../platforms/linear/issues.ts';
import { createTracker as createLocal } from '../../platforms/local/issues.ts';
import { createTracker as createMarkdown } from '../../platforms/markdown/issues.ts';
import { createTracker as createPacePlan } from '../../platforms/pace_plan/issues.ts';
import { createTracker as createSpecKit } from '../../platforms/spec_kit/issues.ts';
import { trackerFor as asanaOn } from '../platforms/asana/bench.ts';
import { trackerOn as clickupOn } from '../platforms/clickup/bench.ts';
import { shellEnv as giteaEnv, trackerIn as giteaIn } from '../platforms/gitea/bench.ts';
import { settingsFor as githubSettings } from '../platforms/github/bench.ts';
import { shellEnv as gitlabEnv, trackerIn as gitlabIn } from '../platforms/gitlab/bench.ts';
import { settingsFor as linearSettings } from '../platforms/linear/bench.ts';
import { trackerOn as mondayOn } from '../platforms/monday/bench.ts';
import { kittyBench } from '../platforms/spec_kitty/bench.ts';
import { startAsana } from '../support/asana.ts';
import { startClickUp } from '../support/clickup.ts';
import { startGitea } from '../support/gitea.ts';
import { startGitHub } from '../support/github.ts';
import { startGitLab } from '../support/gitlab.ts';
import { startJira } from '../support/jira.ts';
import { startLinear } from '../support/linear.ts';
import { startMonday } from '../support/monday.ts';
import { SEED } from '../support/seed.ts';
import { type HistorySide, liveHistory } from '../support/sync-history.ts';
import { type TestWorld, testWorld } from '../support/world.ts';

type Start = (world: TestWorld) => Promise<HistorySide>;

const endings: (() => Promise<void> | void)[] = [];
afterAll(async () => {
  for (const end of endings) await end();
});

async function jiraSide(world: TestWorld, deployment: 'Cloud' | 'Data Center'): Promise<HistorySide> {
  let extra = 0;
  const server = await startJira({
    now: () => world.now() + extra++,
    ...(deployment === 'Data Center' && { deployment, prefix: '/jira' }),
  });
  endings.push(() => server.close());
  const { settings } = resolveSettings({
    platform: jira,
    side: 'tracker',
    env: {
      JIRA_URL: `${server.url}/`,
      // tokens of Data Center stand for themselves
      JIRA_EMAIL: deployment === 'Cloud' ? server.email : '',
      JIRA_TOKEN: server.token,
      JIRA_PROJECT_KEY: server.projectKey,
    },
  });
  return {
    name: `Jira ${deployment}`,
    open: () => jira.createTracker(testWorld(), settings),
    people: server.people,
  };
}

const START: Readonly<Record<string, Start>> = {
  github: async () => {
    const server = await startGitHub({ people: ['ada'], issueTypes: ['Epic', 'Task', 'Bug'] });
    endings.push(() => server.close());
    return {
      name: 'GitHub',
      open: () => createGitHub(testWorld(), githubSettings(server)),
      people: ['octocat', 'ada'],
    };
  },
  gitlab: async () => {
    const server = await startGitLab({ role: 'Owner' });
    endings.push(() => server.close());
    return {
      name: 'GitLab',
      open: async () => (await gitlabIn(gitlabEnv(server))).tracker,
      people: ['ada', 'pace-bot'],
    };
  },
  'jira cloud': (world) => jiraSide(world, 'Cloud'),
  'jira data center': (world) => jiraSide(world, 'Data Center'),
  gitea: async () => {
    const server = await startGitea({ flavour: 'gitea', release: 'newer' });
    endings.push(() => server.close());
    return {
      name: 'Gitea',
      open: async () => (await giteaIn(giteaEnv(server))).tracker,
      people: ['pace-bot', 'ada'],
      tick: () => {
        server.state.ahead += 1000;
      },
    };
  },
  linear: async () => {
    const server = await startLinear();
    endings.push(() => server.close());
    const settings = linearSettings(server, { project: 'Website' });
    return { name: 'Linear', open: () => createLinear(testWorld(), settings), people: ['ada', 'grace'] };
  },
  asana: async (world) => {
    const server = await startAsana({ now: world.now });
    endings.push(() => server.close());
    const people = server.state.users.slice(0, 2).map(({ gid }) => gid);
    return { name: 'Asana', open: () => asanaOn(server).tracker, people };
  },
  clickup: async () => {
    const server = await startClickUp();
    endings.push(() => server.close());
    return {
      name: 'ClickUp',
      open: async () => (await clickupOn(server)).tracker,
      people: ['183', '812'],
      tick: () => {
        server.state.ahead += 1000;
      },
    };
  },
  monday: async (world) => {
    const server = await startMonday({ now: world.now });
    endings.push(() => server.close());
    return { name: 'monday', open: () => mondayOn(server).tracker, people: ['7001', '7002'] };
  },
  local: async (world) => {
    const cwd = mkdtempSync(join(tmpdir(), 'pace-history-local-'));
    endings.push(() => rmSync(cwd, { recursive: true }));
    const own = testWorld({ cwd, now: world.now, env: { PACE_AGENT: 'tester' } });
    return { name: 'local', open: () => createLocal(own, {}), people: ['tester', 'Ben B.'] };
  },
  markdown: async (world) => {
    const cwd = mkdtempSync(join(tmpdir(), 'pace-history-markdown-'));
    endings.push(() => rmSync(cwd, { recursive: true }));
    const own = testWorld({ cwd, now: world.now, env: { PACE_AGENT: 'tester' } });
    return { name: 'markdown', open: () => createMarkdown(own, { path: 'EPIC.md' }), people: ['tester', 'Ben B.'] };
  },
  spec_kitty: async (world) => {
    const bench = kittyBench('planned', { now: world.now, empty: true });
    endings.push(bench.dispose);
    return { name: 'spec_kitty', open: () => bench.open({ evidence: 'force' }), people: ['tester', 'Ben B.'] };
  },
};

/** Files that keep little: with the tracker that keeps all, as what they lack is found there as well as anywhere. */
const LITTLE: Readonly<Record<string, Start>> = {
  spec_kit: inFolder('spec_kit', (world) => createSpecKit(world, { path: 'specs/001-all' })),
  pace_plan: inFolder('pace_plan', (world) => createPacePlan(world, {})),
};

function inFolder(name: string, open: (world: TestWorld) => ReturnType<typeof createSpecKit>): Start {
  return async (world) => {
    const cwd = mkdtempSync(join(tmpdir(), `pace-history-${name}-`));
    endings.push(() => rmSync(cwd, { recursive: true }));
    const own = testWorld({ cwd, now: world.now, env: { PACE_AGENT: 'tester' } });
    return { name, open: () => open(own), people: ['tester', 'Ben B.'] };
  };
}

const JIRA = {
  parent: 'a type that cannot stand below the other one is refused by each run',
};
const UNTOLD =
  'a comment changes neither the time of change nor a count, and no list has those of all tasks: only a look at everything finds it';
/** What these histories have found and is not mended yet: it is left out where one of the two is this tracker. */
const GAPS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  linear: {
    link: 'between two issues there is one relation at most',
    points: 'an estimate that the team does not have is refused by each run',
  },
  gitea: { link: 'an issue that waits for open ones is not closed' },
  asana: { comment: UNTOLD },
  clickup: { comment: UNTOLD },
  pace_plan: { comment: 'it keeps no comments' },
  spec_kit: {
    comment: 'it keeps no comments',
    parent: 'only a story has tasks below it: another parent is refused by each run',
    type: 'a task is no story, and becomes none',
  },
  'jira cloud': JIRA,
  'jira data center': JIRA,
};

const NAMES = Object.keys(START);
const FULL = process.env['PACE_TEST_HISTORIES'] === 'all';
const ONLY = process.env['PACE_TEST_PAIR'];
const all = [
  ...NAMES.flatMap((a, index) => NAMES.slice(index + 1).map((b) => [a, b] as const)),
  ...Object.keys(LITTLE).map((b) => ['local', b] as const),
];
const sides = { ...START, ...LITTLE };
const FIRST_SIX = NAMES.slice(0, 6);
const isBig = (a: string, b: string) => FULL && FIRST_SIX.includes(a) && FIRST_SIX.includes(b);

test.for(all.filter(([a, b]) => ONLY === undefined || ONLY === `${a}-${b}`))(
  '%s and %s are in step after a random history, and nothing is lost',
  { timeout: 1_800_000 },
  async ([a, b]) => {
    const edits = isBig(a, b) ? 500 : Number(process.env['PACE_TEST_EDITS'] ?? 12);
    const start = async (world: TestWorld) => ({
      a: await (sides[a] as Start)(world),
      b: await (sides[b] as Start)(world),
    });
    const gaps = { ...GAPS[a], ...GAPS[b] };
    for (const [name, why] of Object.entries(gaps)) process.stdout.write(`left out, ${name} (${a}, ${b}): ${why}\n`);
    const { problems, told } = await liveHistory({
      seed: SEED,
      edits,
      sides: start,
      not: ['delete', ...Object.keys(gaps)],
    });
    expect(problems, `seed ${SEED}\n${told.slice(-60).join('\n')}`).toEqual([]);
  },
);
