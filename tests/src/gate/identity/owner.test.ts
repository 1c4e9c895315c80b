import { describe, expect, test } from 'vitest';
import { PaceError } from '../../../../core/errors.ts';
import { createFaults } from '../../../../core/faults.ts';
import type { CodeHost, JudgedCommit, Repository } from '../../../../core/ports/index.ts';
import { type OwnerFacts, placeOfRun } from '../../../../src/gate/identity/owner.ts';
import { testWorld } from '../../../support/world.ts';
import { CHANGE } from '../parts.support.ts';

type OfJob = Partial<Pick<Repository, 'id' | 'defaultBranch'>>;

interface Given {
  /** What the variables of the job tell; absent on a host without jobs. */
  readonly ofJob?: OfJob | undefined;
  readonly hasJobs?: boolean;
  /** What the host answers; `down` when it does not. */
  readonly answer?: Repository | 'down';
  readonly noHost?: boolean;
  readonly judged?: JudgedCommit;
  readonly git?: Partial<NonNullable<OwnerFacts['git']>>;
  readonly env?: Record<string, string>;
  readonly isAtHome?: boolean;
}

const REPOSITORY: Repository = { name: 'octo-org/shop', id: '7', url: 'https://host.test', defaultBranch: 'main' };
const on = (branch: string): JudgedCommit => ({ sha: 'c0ffee', branch });

/** The place of a run, and how often the host was asked for it. */
async function placed({
  ofJob,
  hasJobs = false,
  answer = REPOSITORY,
  noHost,
  judged,
  git,
  env = {},
  isAtHome = false,
}: Given) {
  const world = testWorld({ env });
  const faults = createFaults(world);
  let asked = 0;
  const host: Pick<CodeHost, 'repository' | 'repositoryOfJob'> = {
    repository: async () => {
      asked += 1;
      if (answer === 'down') throw new PaceError({ kind: 'transient', message: 'The host is down.', remedy: 'Wait.' });
      return answer;
    },
    ...(hasJobs || ofJob ? { repositoryOfJob: async () => ofJob } : {}),
  };
  const place = await placeOfRun({
    ...{
      world,
      faults,
      name: 'octo-org/shop',
      platform: 'github',
      isAtHome,
      judged,
      git: git && { root: '/', ...git },
    },
    host: noHost ? undefined : host,
  });
  return { place, asked, faults: faults.list.map(({ operation }) => operation) };
}

describe('a run in a job that tells all', () => {
  const ofJob = { id: '7', defaultBranch: 'trunk' };

  test.each<[string, JudgedCommit | undefined, string, string]>([
    ['the default branch has no name of its own', on('trunk'), 'trunk', ''],
    ['another branch has', on('release/1.2'), 'release/1.2', 'release/1.2'],
    ['one of a usual name has, where the default one is called otherwise', on('main'), 'main', 'main'],
    ['a change is of the branch that it goes to', { sha: 'a', change: CHANGE, branch: 'login' }, 'main', 'main'],
    ['also where that is the default one', { sha: 'a', change: { ...CHANGE, target: 'trunk' } }, 'trunk', ''],
    ['a change that goes nowhere is of the default one', { sha: 'a', change: { ...CHANGE, target: '' } }, '', ''],
    ['a tag has none', { sha: 'a' }, '', ''],
    ['and so has a run outside of its jobs', undefined, '', ''],
  ])('asks nobody: %s', async (_, judged, branchName, branch) => {
    expect(await placed({ ofJob, ...(judged ? { judged } : {}) })).toEqual({
      place: { repository: { name: 'octo-org/shop', id: 'github:7' }, branch, branchName },
      ...{ asked: 0, faults: [] },
    });
  });
});

describe('a run that lacks something asks the host once', () => {
  test('for the id, where jobs of the host have one', async () => {
    const { place, asked } = await placed({ hasJobs: true, judged: on('main') });
    expect([place, asked]).toEqual([
      { repository: { name: 'octo-org/shop', id: 'github:7' }, branch: '', branchName: 'main', isUncertain: false },
      1,
    ]);
  });

  test('for the default branch, where the branch has no usual name', async () => {
    const answer = { ...REPOSITORY, defaultBranch: 'trunk' };
    expect(await placed({ answer, git: { branch: 'trunk' } })).toMatchObject({ place: { branch: '' }, asked: 1 });
    expect(await placed({ answer, git: { branch: 'next' } })).toMatchObject({ place: { branch: 'next' }, asked: 1 });
    expect((await placed({ ofJob: { id: '7' }, answer, judged: on('trunk') })).place).toMatchObject({ branch: '' });
  });

  test('what job or checkout tell goes before its answer', async () => {
    const answer = { ...REPOSITORY, id: '8', defaultBranch: 'main' };
    const { place } = await placed({ ofJob: { id: '7' }, answer, judged: on('next') });
    expect(place.repository.id).toBe('github:7');
    const other = await placed({ hasJobs: true, answer, git: { branch: 'trunk', defaultBranch: 'trunk' } });
    expect(other.place).toMatchObject({ repository: { id: 'github:8' }, branch: '' });
  });

  test('that does not answer leaves it uncertain, and a fault says so', async () => {
    const { place, faults } = await placed({ answer: 'down', judged: on('next') });
    expect(place).toEqual({
      repository: { name: 'octo-org/shop', id: undefined },
      ...{ branch: 'next', branchName: 'next', isUncertain: true },
    });
    expect(faults).toEqual(['repository']);
    const known = await placed({ ofJob: { defaultBranch: 'next' }, answer: 'down', judged: on('next') });
    expect(known.place).toMatchObject({ branch: '', isUncertain: true });
  });

  test('that has no id for it is certain all the same', async () => {
    const { id: _, ...answer } = REPOSITORY;
    expect((await placed({ hasJobs: true, answer, judged: on('main') })).place).toMatchObject({
      ...{ repository: { id: undefined }, branch: '', isUncertain: false },
    });
  });
});

describe('nobody is asked', () => {
  test.each(['main', 'master'])('where the branch is %s and nothing tells another default one', async (branch) => {
    expect(await placed({ git: { branch }, answer: 'down' })).toEqual({
      place: { repository: { name: 'octo-org/shop', id: undefined }, branch: '', branchName: branch },
      ...{ asked: 0, faults: [] },
    });
  });

  test('where the checkout tells its default branch, and the host has no ids of jobs', async () => {
    expect(await placed({ git: { branch: 'main', defaultBranch: 'trunk' } })).toMatchObject({
      ...{ place: { branch: 'main' }, asked: 0 },
    });
  });

  test('where no branch is known, on a host without jobs', async () => {
    expect(await placed({})).toMatchObject({ place: { branch: '', branchName: '' }, asked: 0 });
  });

  test('where there is no host: then the branch is what it is called', async () => {
    const { place, faults } = await placed({ noHost: true, git: { branch: 'next' } });
    expect([place, faults]).toEqual([
      { repository: { name: 'octo-org/shop', id: undefined }, branch: 'next', branchName: 'next' },
      [],
    ]);
  });
});

describe('the branch', () => {
  const ref = (GITHUB_REF: string) => ({ env: { GITHUB_REF } });

  test.each<[string, Given, string]>([
    ['is that of the job, before all others', { judged: on('a'), git: { branch: 'b' }, ...ref('refs/heads/c') }, 'a'],
    ['else that of the reference that the runner tells', { git: { branch: 'b' }, ...ref('refs/heads/c/d') }, 'c/d'],
    ['else that of the checkout', { git: { branch: 'b' }, ...ref('refs/tags/v1') }, 'b'],
    ['and none of a pull request', { git: {}, ...ref('refs/pull/12/merge') }, ''],
    ['or of nothing at all', ref('refs/heads/'), ''],
  ])('%s', async (_, given, expected) => {
    expect((await placed(given)).place.branchName).toBe(expected);
  });
});

test('a shell asks nobody for an id where the issues live with the code, and still for a branch of its own', async () => {
  const home = { hasJobs: true, isAtHome: true };
  const { place, asked } = await placed({ ...home, git: { branch: 'main' } });
  expect([place.repository.id, place.branch, asked]).toEqual([undefined, '', 0]);
  expect((await placed({ ...home, git: { branch: 'next' } })).asked).toBe(1);
  expect((await placed({ ...home, git: { branch: 'next', defaultBranch: 'next' } })).asked).toBe(0);
});
