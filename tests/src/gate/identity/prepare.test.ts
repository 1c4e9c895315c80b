import { existsSync, readdirSync, symlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createFaults } from '../../../../core/faults.ts';
import type { CodeHost, JudgedCommit, Platform, Setting } from '../../../../core/ports/index.ts';
import type { Side } from '../../../../platforms/index.ts';
import { createHost } from '../../../../platforms/local/host.ts';
import local from '../../../../platforms/local/index.ts';
import { configSchema } from '../../../../src/config/schema.ts';
import { type Asked, prepareRun } from '../../../../src/gate/identity/prepare.ts';
import { createState } from '../../../../src/gate/state/state.ts';
import { testWorld } from '../../../support/world.ts';
import { CHANGE, checkout, reportOf } from '../parts.support.ts';

const SHA = 'a'.repeat(40);
const setting = (key: string, more: Partial<Setting> = {}): Setting => ({
  ...{ key, env: [`SHOP_${key.toUpperCase()}`], why: '', for: 'tracker', required: false },
  ...more,
});

/** A host of jobs, whose answers are given. */
function platform(host: Partial<CodeHost> = {}, needs: readonly Setting[] = []): Platform {
  return { name: 'shop', title: 'Shop', needs, createHost: async (world) => ({ ...createHost(world), ...host }) };
}

const onBranch = (branch: string): Partial<CodeHost> => job({ sha: SHA, branch });

function job(judged: JudgedCommit): Partial<CodeHost> {
  return {
    repositoryName: async () => 'octo-org/shop',
    repositoryOfJob: async () => ({ id: '7', defaultBranch: 'main' }),
    judgedCommit: async () => judged,
  };
}

interface Given {
  readonly cwd?: string;
  readonly host?: Partial<CodeHost>;
  readonly ci?: Side;
  readonly tracker?: Side;
  readonly config?: object;
  readonly asked?: Asked;
  readonly env?: Record<string, string>;
  readonly dryRun?: boolean;
  readonly file?: string;
}

async function prepared({ cwd = checkout(), host = onBranch('main'), config = {}, env = {}, ...given }: Given = {}) {
  const { asked = { day: '3' }, dryRun = false, file = 'pace.config.yaml' } = given;
  const { ci = { platform: platform(host) }, tracker = { platform: local } } = given;
  const world = testWorld({ cwd, env: { PATH: process.env['PATH'], GIT_CEILING_DIRECTORIES: join(cwd, '..'), ...env } });
  const faults = createFaults(world);
  const run = await prepareRun({ world, config: configSchema.parse(config), file, ci, tracker, asked, faults, dryRun });
  return { ...run, cwd, faults: faults.list.map(({ operation }) => operation) };
} // biome-ignore format: one line

describe('a day', () => {
  test('is of the repository, the gate, the sprint and the branch that tell whose it is', async () => {
    const config = { sprint: { name: 'Sprint 12', start_date: '2026-03-01', timezone: 'Asia/Tokyo' } };
    const cwd = checkout({ '.git/HEAD': 'ref: refs/heads/x\n' });
    const run = await prepared({ cwd, host: onBranch('next'), file: 'apps/web/pace.config.yaml', config });
    expect(run.owner).toEqual({
      ...{ repository: { name: 'octo-org/shop', id: 'shop:7' }, gate: 'apps/web', sprint: 'Sprint 12' },
      ...{ branch: 'next', branchName: 'next', isAtHome: false },
    });
    expect(run.subject).toMatchObject({ kind: 'day', day: { day: 3 }, branch: 'next' });
    expect([run.sha, run.date, run.notes, run.faults]).toEqual([SHA, '2026-03-02', [], []]);
    expect(run.state.folder).toBe('.pace/gates/apps/web/branches/next');
    expect(new Date(run.sprintStart ?? 0).toISOString()).toBe('2026-02-28T00:00:00.000Z');
  });

  test('of the default branch has no branch of its own, and its name all the same', async () => {
    const run = await prepared();
    expect([run.owner.branch, run.subject, run.state.folder]).toMatchObject(['', { branch: 'main' }, '.pace']);
  });

  test('is of the sprint that is named, else of the one that begins on that date, of configuration or plan', async () => {
    const plan = { 'plan.yaml': 'start_date: 2026-02-02\ndays: [{ day: 3, target: Log in }]\n' };
    const [both, planned, none] = [
      await prepared({ cwd: checkout(plan), config: { sprint: { start_date: '2026-03-01' } } }),
      await prepared({ cwd: checkout(plan) }),
      await prepared(),
    ];
    expect([both, planned, none].map(({ owner }) => owner.sprint)).toEqual(['2026-03-01', '2026-02-02', '']);
    expect([both, planned].map(({ sprintStart }) => sprintStart)).toEqual([
      Date.parse('2026-02-28T00:00:00Z'),
      Date.parse('2026-02-01T00:00:00Z'),
    ]);
    expect('sprintStart' in none).toBe(false);
    expect(planned.subject).toMatchObject({ day: { target: 'Log in' } });
  });

  test('is the given one, else that of PACE_DAY', async () => {
    const env = { PACE_DAY: '5' };
    expect((await prepared({ env })).subject).toMatchObject({ day: { day: 3 } });
    for (const asked of [{}, { day: '' }]) {
      expect((await prepared({ env, asked })).subject).toMatchObject({ day: { day: 5 } });
    }
    await expect(prepared({ env: { PACE_DAY: 'x' }, asked: {} })).rejects.toThrow('PACE_DAY is "x"');
    await expect(prepared({ asked: { day: 'x' } })).rejects.toThrow('The day is "x"');
  });

  test('sees no days of another sprint, which are filed, and that is noted before what is said of the commit', async () => {
    const cwd = checkout();
    await createState(testWorld({ cwd }), { sprint: 'one' }).save(reportOf({ sprint: 'one' }), undefined);
    const config = { sprint: { name: 'two' } };
    const host = job({ sha: SHA, branch: 'main', note: 'The token can only read.' });
    const dry = await prepared({ cwd, config, host, dryRun: true });
    expect([dry.notes, await dry.state.decidedDays(), existsSync(join(cwd, '.pace/sprints'))]).toEqual([['The token can only read.'], [], false]);
    const run = await prepared({ cwd, config, host });
    expect(run.notes).toEqual([expect.stringContaining('1 day of the sprint one was filed'), 'The token can only read.']);
    expect([await run.state.decidedDays(), await run.state.keptDays()]).toEqual([[], []]);
  }); // biome-ignore format: one line

  test('comes with what is said of the commit that its evidence is of', async () => {
    const OTHER = 'b'.repeat(40);
    expect((await prepared()).evidenceWord).toEqual({ isNamed: false });
    const config = { gate: { evidence_sha: 'env:UPSTREAM' } };
    expect((await prepared({ config, env: { UPSTREAM: OTHER } })).evidenceWord).toEqual({ sha: OTHER, isNamed: false });
    const asked = { day: '3', evidenceSha: SHA };
    expect((await prepared({ config, asked, env: { UPSTREAM: OTHER } })).evidenceWord).toEqual({ sha: SHA, isNamed: false });
    await expect(prepared({ asked: { day: '3', evidenceSha: 'main' } })).rejects.toThrow('`evidence-sha` is "main"');
  }); // biome-ignore format: one line

  test('knows the merge by which the host tests its commit, and whether that was named by hand', async () => {
    const merge = 'c'.repeat(40);
    const host = { ...job({ sha: SHA, branch: 'main', testedAs: merge }), listChecks: async () => [] };
    expect((await prepared({ host })).evidenceWord).toEqual({ isNamed: false, testedAs: merge });
    const named = await prepared({ host, asked: { day: '3', sha: 'b'.repeat(40) } });
    expect(named.evidenceWord).toEqual({ isNamed: true });
  });

  test('is judged also where the host cannot be opened: then the folder tells its name', async () => {
    const broken: Platform = { ...platform(), createHost: () => Promise.reject(new Error('no token')) };
    const run = await prepared({ ci: { platform: broken }, env: { GITHUB_REF: 'refs/heads/next' } });
    expect(run.owner).toMatchObject({ repository: { name: basename(run.cwd) }, branch: 'next' });
    expect(run.notes).toEqual(['There is no commit here: findings are not tied to one.']);
  });

  test('whose host does not answer is uncertain, and a fault says so', async () => {
    const host = { ...onBranch('next'), repositoryOfJob: async () => undefined, repository: () => Promise.reject(new Error('down')) };
    const run = await prepared({ host });
    expect([run.owner.isUncertain, run.owner.branch, run.faults]).toEqual([true, 'next', ['repository']]);
  }); // biome-ignore format: one line
});

describe('a change', () => {
  const host = job({ sha: SHA, change: { ...CHANGE, target: 'release' } });

  test('is of the branch that it goes to, needs no day, and files nothing', async () => {
    const cwd = checkout();
    await createState(testWorld({ cwd }), { sprint: 'one', folder: 'branches/release' }).save(
      reportOf({ sprint: 'one' }),
      undefined,
    );
    const run = await prepared({ cwd, host, asked: {}, config: { sprint: { name: 'two' } } });
    expect(run.subject).toEqual({ kind: 'change', change: { ...CHANGE, target: 'release' } });
    expect([run.owner.branch, run.state.folder, run.sha]).toEqual(['release', '.pace/branches/release', SHA]);
    expect([run.notes, existsSync(join(cwd, '.pace/branches/release/sprints'))]).toEqual([[], false]);
  });

  test('by hand is judged at its own head, or at the commit that is named', async () => {
    const found = { id: '13', source: 'a', target: 'main', labels: [], sha: 'b'.repeat(40) };
    const byHand = { ...onBranch('next'), changeById: async () => found, listChecks: async () => [] };
    const run = await prepared({ host: byHand, asked: { change: '13' } });
    expect([run.sha, run.owner.branch, run.subject]).toMatchObject([found.sha, '', { kind: 'change', change: { id: '13' } }]);
    const named = await prepared({ host: byHand, asked: { change: '13', sha: 'c'.repeat(40) } });
    expect([named.sha, named.notes]).toEqual(['c'.repeat(40), []]);
  }); // biome-ignore format: one line

  test('beside a day that is named is noted', async () => {
    const { notes } = await prepared({ host, asked: { day: '3' } });
    expect(notes).toEqual([expect.stringContaining('Day 3 was named and is not judged')]);
  });

  test('where days are wanted is a day of the branch that it goes to', async () => {
    const run = await prepared({ host, config: { gate: { subject: 'day' } } });
    expect([run.subject.kind, run.owner.branch]).toEqual(['day', 'release']);
  });
});

describe('wrong usage', () => {
  test('is told before anything is written: of the day, the commit, both at once', async () => {
    for (const [asked, message] of [
      [{ day: '3', sha: 'nowhere' }, '"nowhere" is not a commit'],
      [{ day: '0', sha: 'nowhere' }, 'that is the planning day'],
      [{ day: '3', change: '12' }, '--day and --change were both given.'],
      [{}, 'Nothing tells which day it is.'],
    ] as const) {
      const cwd = checkout();
      await expect(prepared({ cwd, asked })).rejects.toThrow(message);
      expect(existsSync(join(cwd, '.pace'))).toBe(false);
    }
  });

  test.each(['.pace', '.pace/day-3'])('nothing is written through a link: %s', async (link) => {
    const cwd = checkout({ 'here/.keep': '', ...(link === '.pace' ? {} : { '.pace/.keep': '' }) });
    symlinkSync(join(cwd, 'here'), join(cwd, link));
    const { state, faults } = await prepared({ cwd });
    await state.save(reportOf({ day: 3 }), undefined);
    expect([readdirSync(join(cwd, 'here')), faults, await state.decidedDays()]).toEqual([['.keep'], [], [3]]);
    expect(state.kept.refusal?.message).toContain(`${link} is a link`);
  });
});

describe('the issues live where the code lives', () => {
  const ELSEWHERE = [
    setting('issues_repository'),
    setting('token', { secret: true }),
    setting('states', { map: true }),
  ];
  const shop = platform(onBranch('main'), [...ELSEWHERE, setting('repository', { for: 'both' })]);
  const isAtHome = async (given: Given) => (await prepared({ ci: { platform: shop }, ...given })).owner.isAtHome;

  test('where one platform has both, and nothing names another place', async () => {
    expect(await isAtHome({ tracker: { platform: shop } })).toBe(true);
    const section = { repository: 'octo-org/shop', token: 'x', states: '{}' };
    expect(await isAtHome({ tracker: { platform: shop, section } })).toBe(true);
    const env = { SHOP_TOKEN: 'x', SHOP_REPOSITORY: 'octo-org/shop', SHOP_STATES: 'a=b' };
    expect(await isAtHome({ tracker: { platform: shop }, env })).toBe(true);
  });

  test('and not where another platform has them, or another place is named', async () => {
    expect(await isAtHome({ tracker: { platform: local } })).toBe(false);
    const section = { issues_repository: 'octo-org/issues' };
    expect(await isAtHome({ tracker: { platform: shop, section } })).toBe(false);
    expect(await isAtHome({ tracker: { platform: shop }, env: { SHOP_ISSUES_REPOSITORY: 'x/y' } })).toBe(false);
  });
});
