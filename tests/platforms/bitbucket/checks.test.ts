import { afterAll, describe, expect, it } from 'vitest';
import { judgedSet } from '../../../core/adapters/ci/settled-checks.ts';
import type { Check } from '../../../core/ports/index.ts';
import { type BitbucketServer, type StepToSet, startBitbucket } from '../../support/bitbucket.ts';
import { asked, expectDescribed, hostIn, shellEnv, stepEnv } from './bench.ts';

const servers: BitbucketServer[] = [];
afterAll(async () => {
  for (const server of servers) {
    expectDescribed(server.exchanges);
    await server.close();
  }
});

async function start() {
  const server = await startBitbucket();
  servers.push(server);
  const { host } = await hostIn(shellEnv(server));
  return { server, list: async () => (await host.listChecks?.(server.sha)) ?? [] };
}
const words = (checks: readonly Check[]) => checks.map(({ name, state }) => `${name}: ${state}`);
const step = (name: string, state: string, more: Partial<StepToSet> = {}): StepToSet => ({ name, state, ...more });
const PASSED = 'COMPLETED SUCCESSFUL';
const RUNS = 'IN_PROGRESS RUNNING';

describe('a pipeline that was run again', () => {
  it.each([
    ['skipped', ['FAILED', 'NOT_RUN'], ['skipped', 'failure'], 2],
    ['skipped in another word', ['FAILED', 'SKIPPED'], ['skipped', 'failure'], 2],
    ['stopped', ['FAILED', 'STOPPED'], ['cancelled', 'failure'], 2],
    ['mended', ['FAILED', 'SUCCESSFUL'], ['success'], 1],
    ['skipped after it was mended', ['FAILED', 'SUCCESSFUL', 'NOT_RUN'], ['skipped', 'success'], 2],
    ['skipped after it had passed', ['SUCCESSFUL', 'NOT_RUN'], ['skipped'], 1],
  ])('and has %s its step, hides no failure', async (_, results, states, requests) => {
    const { server, list } = await start();
    for (const result of results) {
      const state = `COMPLETED ${result.replace(/NOT_RUN|SKIPPED/, 'SUCCESSFUL')}`;
      server.addPipeline(server.sha, [step('test', `COMPLETED ${result}`)], { state });
    }
    const checks = await list();
    expect(checks.map(({ state }) => state)).toEqual(states);
    expect(asked(server).filter((line) => line.includes('/steps')).length).toBe(requests);
    expect(new Set(checks.map(({ attempt }) => attempt)).size).toBe(checks.length);
  });

  it('step by step: the last attempt counts, and the one before it where nothing came of that', async () => {
    const { server, list } = await start();
    const again = (name: string, ...states: string[]) =>
      states.map((state, place) => step(name, `COMPLETED ${state}`, { runNumber: place + 1, again: place > 0 }));
    server.addPipeline(
      server.sha,
      [
        ...again('a', 'FAILED', 'SUCCESSFUL'),
        ...again('b', 'SUCCESSFUL', 'FAILED', 'STOPPED'),
        ...again('c', 'STOPPED', 'NOT_RUN'),
      ],
      { state: 'COMPLETED STOPPED' },
    );
    const checks = await list();
    expect(words(checks)).toEqual(['a: success', 'b: cancelled', 'b: failure', 'c: skipped']);
    expect(new Set(checks.map(({ id }) => id)).size).toBe(4);
    expect(checks.map(({ attempt }) => attempt)).toEqual(['1', '1', '1-2', '1']);
    expect(words(judgedSet(checks, { ignored: [] }))).toContain('b: failure');
  });

  it('has two steps of one name as two', async () => {
    const { server, list } = await start();
    server.addPipeline(server.sha, [step('test', 'COMPLETED FAILED'), step('test', PASSED)], {
      state: 'COMPLETED FAILED',
    });
    expect(words(judgedSet(await list(), { ignored: [] }))).toEqual(['test: failure', 'test (2): success']);
  });
});

describe('a step that has not started', () => {
  const BY_HAND = { kind: 'start', who: 'somebody who may write to the repository' };
  const PAUSED = {
    kind: 'deployment',
    who: 'somebody who may deploy from the repository',
  };
  const manual = step('it', 'PENDING', { manual: true });

  it.each<[string, StepToSet[], string, object]>([
    [
      'for a click, at the end',
      [step('test', PASSED), manual],
      'IN_PROGRESS PAUSED',
      { state: 'waiting', waitsFor: { ...BY_HAND, isBlocking: false } },
    ],
    [
      'for a click, before others',
      [manual, step('test', 'PENDING')],
      'IN_PROGRESS PAUSED',
      { state: 'waiting', waitsFor: { ...BY_HAND, isBlocking: true } },
    ],
    [
      'for a click, where the pipeline does not say so',
      [step('test', PASSED), manual],
      RUNS,
      { state: 'waiting', waitsFor: { ...BY_HAND, isBlocking: false } },
    ],
    ['for a step that runs, and a click', [step('test', RUNS), manual], RUNS, { state: 'blocked' }],
    [
      'for another click',
      [step('first', 'PENDING', { manual: true }), manual],
      'IN_PROGRESS PAUSED',
      { state: 'blocked' },
    ],
    [
      'for another deployment',
      [step('it', 'PENDING'), step('test', 'PENDING')],
      'PAUSED',
      { state: 'waiting', waitsFor: { ...PAUSED, isBlocking: true } },
    ],
    [
      'as it was halted',
      [step('it', 'READY')],
      'IN_PROGRESS HALTED',
      { state: 'waiting', waitsFor: { ...PAUSED, isBlocking: false } },
    ],
    [
      'paused by itself',
      [step('it', 'PENDING PAUSED')],
      RUNS,
      { state: 'waiting', waitsFor: { ...PAUSED, isBlocking: false } },
    ],
    ['behind one that is paused', [step('first', 'PENDING PAUSED'), step('it', 'PENDING')], RUNS, { state: 'blocked' }],
    ['for its turn', [step('it', 'PENDING')], RUNS, { state: 'pending' }],
  ])('waits %s', async (_, steps, state, expected) => {
    const { server, list } = await start();
    server.addPipeline(server.sha, steps, { state });
    const { waitsFor, state: found } = (await list()).find(({ name }) => name === 'it') ?? {};
    expect({ state: found, ...(waitsFor ? { waitsFor } : {}) }).toEqual(expected);
  });

  it('is a whole pipeline where that is paused before it has any', async () => {
    const { server, list } = await start();
    server.addPipeline(server.sha, [], { state: 'PAUSED' });
    expect(await list()).toMatchObject([
      { name: 'pipeline', state: 'waiting', attempt: '1', waitsFor: { ...PAUSED, isBlocking: false } },
    ]);
  });

  it('stands behind PACE where it does, though it waits for a click then', async () => {
    const { server } = await start();
    const { number } = server.addPipeline(server.sha, [step('pace', RUNS), manual, step('last', 'PENDING')], {
      state: RUNS,
    });
    const own = { uuid: server.pipelines[0]?.steps[0]?.uuid ?? '', number };
    const { host } = await hostIn({ ...shellEnv(server), ...stepEnv(server, own) });
    expect(words((await host.listChecks?.(server.sha)) ?? [])).toEqual([
      'pace: pending',
      'it: blocked',
      'last: blocked',
    ]);
  });
});

describe('two gates', () => {
  async function gates() {
    const { server } = await start();
    const one = server.addPipeline(server.sha, [step('test', PASSED), step('one', RUNS)], { state: RUNS });
    const two = server.addPipeline(server.sha, [step('two', RUNS)], { state: RUNS, branch: 'feature', request: 3 });
    const gateIn = async (name: string, number: number) => {
      const uuid = server.pipelines.flatMap(({ steps }) => steps).find((each) => each.name === name)?.uuid ?? '';
      const { host } = await hostIn({ ...shellEnv(server), ...stepEnv(server, { uuid, number }) });
      const status = (state: 'pending' | 'failure', url = host.jobUrl?.() ?? '') =>
        host.setCommitStatus?.(server.sha, { context: `pace/${name}`, state, description: '', url });
      const judged = async () =>
        words(
          judgedSet((await host.listChecks?.(server.sha)) ?? [], { ownId: (await host.ownCheck?.())?.id, ignored: [] }),
        );
      return { status, judged };
    };
    return { server, one: await gateIn('one', one.number), two: await gateIn('two', two.number) };
  }

  it('in two pipelines know each other’s step by their statuses, which are not those of the pipelines', async () => {
    const { server, one, two } = await gates();
    await one.status('pending');
    await two.status('pending');
    expect(await one.judged()).toEqual(['test: success']);
    expect(await two.judged()).toEqual(['test: success']);
    server.addStatus(server.sha, {
      ...{ key: 'lint-report', state: 'FAILED', name: 'Lint' },
      url: `https://bitbucket.org/${server.repository}/pipelines/results/1/steps/%7Ba%7D`,
    });
    expect(await one.judged()).toEqual(['test: success', 'Lint: failure']);
  });
});
