import { describe, expect, test } from 'vitest';
import { loadPlatform, platformNames } from '../../../platforms/index.ts';
import { type ContractRun, contractRun, settingsFor } from './places.ts';

const GITEA = {
  PACE_CONTRACT_URL: 'https://gitea.example.org',
  PACE_CONTRACT_TOKEN: 'secret',
  PACE_CONTRACT_REPOSITORY: 'acme/demo',
  PACE_CONTRACT_SHA: 'abc',
};

async function planned(args: readonly string[], env: Record<string, string>): Promise<ContractRun> {
  const run = await contractRun(args, env);
  if (!('platform' in run)) throw new Error(run.join('\n'));
  return run;
}

const NAMES = platformNames.filter((name) => name !== 'local').join(', ');

describe('a run against a server of one’s own', () => {
  test('says all that is missing at once, and what it is for', async () => {
    expect(await contractRun(['gitea'], { PACE_CONTRACT_TOKEN: 'secret' })).toEqual([
      'PACE_CONTRACT_URL: the web address of the server, with the path that it may be under, e.g. https://gitea.example.org.',
      'PACE_CONTRACT_REPOSITORY: the repository, as `owner/name`; the git remote tells it where nothing else does, e.g. acme/demo.',
      'PACE_CONTRACT_SHA: a commit of the repository that has no checks.',
    ]);
  });

  test('says which scopes its token needs, and is not held up by what the other side needs', async () => {
    const missing = await contractRun(['gitlab', 'tracker'], { PACE_CONTRACT_PROJECT: 'group/project' });
    expect(missing).toEqual([expect.stringMatching(/^PACE_CONTRACT_TOKEN: .* It needs: /)]);
  });

  test.each([
    [[], `Please name one of these: ${NAMES}.`],
    [['local'], `Please name one of these: ${NAMES}.`],
    [['constructor'], `Please name one of these: ${NAMES}.`],
    [['jira', 'host'], 'jira has no host. It has: tracker.'],
    [['jenkins', 'tracker'], 'jenkins has no tracker. It has: host.'],
  ])('of %j does not begin', async (args, sentence) => {
    expect(await contractRun(args, GITEA)).toEqual([sentence]);
  });

  test('never takes a token or an address that the shell has set for something else', async () => {
    const env = {
      ...{
        GITEA_URL: 'https://gitea.com',
        GITEA_TOKEN: 'mine',
        PACE_GITEA_TOKEN: 'mine',
        GITEA_REPOSITORY: 'acme/shop',
      },
      ...{ GITHUB_TOKEN: 'mine', GITHUB_REPOSITORY: 'acme/shop', GITEA_ACTIONS: 'true' },
    };
    expect(await contractRun(['gitea'], env)).toHaveLength(4);
    expect(await contractRun(['github', 'tracker'], env)).toHaveLength(2);
    const run = await planned(['gitea'], { ...env, ...GITEA });
    expect(settingsFor(run, 'tracker')).toEqual({
      url: GITEA.PACE_CONTRACT_URL,
      token: 'secret',
      repository: 'acme/demo',
    });
  });

  test('takes both sides, one that is named, and what else is said', async () => {
    const run = await planned(['gitea'], { ...GITEA, PACE_CONTRACT_PEOPLE: 'ada, grace,', PACE_CONTRACT_MANY: 'true' });
    expect([run.sides, run.people, run.sha, run.manyIssues]).toEqual([
      ['tracker', 'host'],
      ['ada', 'grace'],
      'abc',
      true,
    ]);
    const { PACE_CONTRACT_SHA: _, ...less } = GITEA;
    const tracker = await planned(['gitea', 'tracker'], { ...less, PACE_CONTRACT_STATES: 'blocked=Waiting' });
    expect([tracker.sides, tracker.settings['states'], tracker.manyIssues]).toEqual([
      ['tracker'],
      'blocked=Waiting',
      false,
    ]);
  });

  test.each([
    ['github', 'server_url', { PACE_CONTRACT_REPOSITORY: 'a/b' }],
    ['linear', 'api_url', { PACE_CONTRACT_TEAM: 'ENG' }],
    ['jira', 'url', { PACE_CONTRACT_PROJECT_KEY: 'PACE' }],
  ])('of %s finds the address under PACE_CONTRACT_URL: %s', async (name, key, more) => {
    const run = await planned([name, 'tracker'], { ...GITEA, ...more });
    expect(run.settings[key]).toBe('https://gitea.example.org');
  });

  test('can be had for every platform that has a server or a program, with what it needs said', async () => {
    const platforms = await Promise.all(platformNames.map(loadPlatform));
    // files need neither
    for (const { name } of platforms.filter(({ fallback, opensPath }) => !fallback && !opensPath)) {
      const missing = await contractRun([name], {});
      expect([name, missing]).toEqual([
        name,
        expect.arrayContaining([expect.stringMatching(/^PACE_CONTRACT_[A-Z_]+: /)]),
      ]);
    }
  });

  test('is no part of the usual tests, and its suite writes nothing where nobody has said where', async () => {
    await expect(import('./suite.ts')).rejects.toThrow('Please name one of these: ');
  });
});
