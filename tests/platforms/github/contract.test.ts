import { afterAll, expect, test } from 'vitest';
import { createHost } from '../../../platforms/github/host.ts';
import { createTracker } from '../../../platforms/github/issues.ts';
import { codeHostContract } from '../../contract/code-host.ts';
import { issueTrackerContract } from '../../contract/issue-tracker.ts';
import { type GitHub, type GitHubOptions, type ReviewToShow, startGitHub } from '../../support/github.ts';
import { oddAnswers, spoiling } from '../../support/odd-answers.ts';
import { loadSpec } from '../../support/openapi.ts';
import { testWorld } from '../../support/world.ts';
import { settingsFor } from './bench.ts';

const started: GitHub[] = [];

async function start(options: GitHubOptions = {}): Promise<GitHub> {
  const github = await startGitHub(options);
  started.push(github);
  return github;
}

codeHostContract('GitHub', async () => {
  const github = await start({ people: ['ada', 'grace'] });
  const given = new Map<string, ReviewToShow[]>();
  const branchOf = async (key: string) =>
    ((await github.api('GET', `${pulls}/${key}`)) as { head: { ref: string } }).head.ref;
  const tipOf = async (branch: string) => {
    const refs = await github.api('GET', `/repos/${github.repository}/git/matching-refs/heads/${branch}`);
    return (refs as { object: { sha: string } }[])[0]?.object.sha ?? '';
  };
  const pulls = `/repos/${github.repository}/pulls`;
  return {
    host: createHost(testWorld(), settingsFor(github)),
    sha: github.sha,
    missingSha: github.missingSha,
    capabilities: { states: ['pending', 'success', 'failure', 'cancelled', 'skipped', 'neutral'], statusLimit: 140 },
    readStatus: (sha, context) => {
      const found = github.statuses(sha).find((status) => status.context === context);
      return found && { description: found.description ?? '', url: found.target_url ?? '' };
    },
    setChecks: async (sha, checks) => {
      github.setStatuses(sha, []);
      github.setChecks(
        sha,
        checks.map(({ name, state }) =>
          state === 'pending' ? { name, status: 'in_progress' } : { name, conclusion: state },
        ),
      );
    },
    changeRequest: {
      close: async (key) => void (await github.api('PATCH', `${pulls}/${key}`, { state: 'closed' })),
      merge: async (key) => void (await github.api('PUT', `${pulls}/${key}/merge`, {})),
      review: async (key, login, says) => {
        const sha = await tipOf(await branchOf(key));
        const state = says === 'approves' ? 'APPROVED' : 'CHANGES_REQUESTED';
        given.set(key, [...(given.get(key) ?? []), { login, state, sha }]);
        github.setReviews(Number(key), given.get(key) ?? []);
      },
      push: async (key) => void (await github.addCommit({ branch: await branchOf(key) })),
      read: async (key) => (await github.api('GET', `${pulls}/${key}`)) as { title: string; body: string },
    },
    readFile: async (branch, path) => {
      const file = (await github.api('GET', `/repos/${github.repository}/contents/${path}?ref=${branch}`)) as {
        content: string;
      };
      return Buffer.from(file.content, 'base64').toString('utf8');
    },
    dispose: () => github.close(),
  };
});

const STATES = 'blocked=status:blocked,status:waiting';

const variants: [string, GitHubOptions][] = [
  ['GitHub', { issueTypes: ['Epic', 'Task', 'Bug'] }],
  ['GitHub, an older server', { relations: 'none' }],
];

for (const [name, options] of variants) {
  issueTrackerContract(name, async () => {
    const github = await start({ people: ['ada'], others: ['planning'], ...options });
    // what a server has of relations can be seen once there is an issue
    await github.api('POST', `/repos/${github.repository}/issues`, { title: 'The first one' });
    return {
      tracker: createTracker(testWorld(), settingsFor(github)),
      // pages are the same on every server
      facts: { manyIssues: options.relations !== 'none', people: ['octocat', 'ada'] },
      gaps: { 'refuses a new milestone that is there': 'the emulated server, unlike GitHub, takes a title twice' },
      another: () => createTracker(testWorld(), settingsFor(github)),
      severalNames: () => createTracker(testWorld(), settingsFor(github, { states: STATES })),
      ...oddAnswers(github),
      spoil: spoiling(github, 'number'),
      moveAway: async (key) => void (await github.transfer(Number(key), 'planning')),
      tick: () => new Promise((resolve) => setTimeout(resolve, 5)),
      dispose: () => github.close(),
    };
  });
}

afterAll(() => {
  started.length = 0;
});

test('every request, and every answer of ours, is as GitHub describes it', () => {
  const [strict, lenient] = [loadSpec('github'), loadSpec('github', { nullable: true, lenientAnswers: true })];
  const problems = started.flatMap((github) => [
    ...strict.violations(
      github.ownExchanges().filter(({ asked }) => !/^\/(?:graphql$|repositories\/)/.test(asked.path)),
    ),
    // the two kinds of users that may be answered differ in what they require
    ...lenient.violations(github.emulatedExchanges().filter(({ asked }) => asked.path !== '/user')),
    ...strict.violations(github.emulatedExchanges().filter(({ asked }) => asked.path === '/user')),
  ]);
  expect([...new Set(problems)].slice(0, 20)).toEqual([]);
  expect(started.flatMap((github) => github.exchanges).length).toBeGreaterThan(100);
});
