import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type CiAdapterOptions, createCiAdapter } from '../../../../core/adapters/ci/ci-adapter.ts';
import { PaceError } from '../../../../core/errors.ts';
import type {
  ChangeNote,
  Check,
  CheckState,
  CodeHost,
  CommitStatus,
  ProposedChange,
} from '../../../../core/ports/index.ts';
import { testWorld } from '../../../support/world.ts';

const SHA = 'a'.repeat(40);

function check(name: string, state: CheckState, completedAt?: number): Check {
  const times = completedAt === undefined ? {} : { completedAt };
  return {
    id: name,
    name,
    app: 'ci',
    workflow: '',
    state,
    vendorState: state,
    optional: false,
    url: `https://ci.test/${name}`,
    startedAt: 0,
    ...times,
  };
}

function host(more: Partial<CodeHost> = {}): CodeHost {
  return {
    platform: 'test',
    repositoryName: async () => 'acme/shop',
    repository: async () => ({ name: 'acme/shop', url: 'https://host.test', defaultBranch: 'main' }),
    proposeChange: async () => ({ key: '1', url: 'https://host.test/1', state: 'open' }),
    findChange: async () => undefined,
    bodyLimit: { max: 65_536, unit: 'characters' },
    jobSummary: () => ({ path: '/nowhere/summary.md', append: false, maxBytes: 1000 }),
    ...more,
  };
}

function adapter(world = testWorld(), more: Partial<CodeHost> = {}, options: Partial<CiAdapterOptions> = {}) {
  return createCiAdapter({ world, platform: 'test', openHost: async () => host(more), ...options });
}

const REVIEW = { day: 14, stateDir: '/nowhere/.pace', agentsDir: '/nowhere/.pace', folder: '.pace' };

describe('waiting for commit CI', () => {
  test('asks again until the run ends, and says what it waits for only when that changes', async () => {
    const world = testWorld();
    const start = world.now();
    let asked = 0;
    const ci = adapter(world, {
      listChecks: async () => {
        asked += 1;
        const done = world.now() >= start + 120_000;
        return [
          check('unit', 'success', start),
          done ? check('e2e', 'success', start + 120_000) : check('e2e', 'pending'),
        ];
      },
    });
    const result = await ci.waitForCommitCi({ sha: SHA });
    expect(result).toMatchObject({ conclusion: 'success', name: 'unit', url: 'https://ci.test/unit', sha: SHA });
    expect(result.checks.map(({ name }) => name)).toEqual(['unit', 'e2e']);
    expect(asked).toBeLessThan(20);
    expect(world.lines).toEqual([
      'progress: CI of aaaaaaa: waiting for e2e (2 seen)',
      'progress: CI of aaaaaaa: waiting for late checks (2 seen)',
    ]);
    expect(world.now() - start).toBeLessThan(145_000);
  });

  test('a job that appears after a first green one is still waited for', async () => {
    const world = testWorld();
    const start = world.now();
    const ci = adapter(world, {
      listChecks: async () => {
        const elapsed = world.now() - start;
        if (elapsed < 2000) return [check('build', 'success', start)];
        if (elapsed < 60_000) return [check('build', 'success', start), check('deploy', 'pending')];
        return [check('build', 'success', start), check('deploy', 'failure', start + 60_000)];
      },
    });
    expect(await ci.waitForCommitCi({ sha: SHA })).toMatchObject({ conclusion: 'failure', name: 'deploy' });
  });

  test('never ending is a timeout, at the deadline', async () => {
    const world = testWorld();
    const start = world.now();
    const ci = adapter(world, { listChecks: async () => [check('e2e', 'pending')] });
    expect(await ci.waitForCommitCi({ sha: SHA, timeoutMinutes: 15 })).toMatchObject({
      conclusion: 'timeout',
      name: 'e2e',
    });
    expect(world.now() - start).toBe(15 * 60_000);
    expect(ci.faults).toEqual([]);
  });

  test('nothing at all is "no runs" after the grace, and at once where the host runs no CI or there is not a commit', async () => {
    const world = testWorld();
    const start = world.now();
    expect(await adapter(world, { listChecks: async () => [] }).waitForCommitCi({ sha: SHA })).toMatchObject({
      conclusion: 'no_runs',
    });
    expect(world.now() - start).toBe(60_000);
    expect(await adapter(world).waitForCommitCi({ sha: SHA })).toEqual({
      conclusion: 'no_runs',
      url: '',
      name: '',
      sha: SHA,
      checks: [],
    });
    expect(await adapter(world, { listChecks: async () => [] }).waitForCommitCi({ sha: '' })).toMatchObject({
      conclusion: 'no_runs',
    });
    expect(world.now() - start).toBe(60_000);
  });

  test('passing trouble is waited out', async () => {
    const world = testWorld();
    let asked = 0;
    const ci = adapter(world, {
      listChecks: async () => {
        asked += 1;
        if (asked < 3) throw new PaceError({ kind: 'transient', message: 'down', remedy: 'wait' });
        return [check('unit', 'success', 0)];
      },
    });
    expect(await ci.waitForCommitCi({ sha: SHA })).toMatchObject({ conclusion: 'success' });
    expect(ci.faults).toEqual([]);
  });

  test('lasting trouble ends at the deadline with a fault, refusals end at once', async () => {
    const fails = (kind: 'transient' | 'permission') => ({
      listChecks: async () => {
        throw new PaceError({ kind, message: 'no', remedy: 'do this' });
      },
    });
    const slow = testWorld();
    const down = await adapter(slow, fails('transient')).waitForCommitCi({ sha: SHA });
    expect(down).toMatchObject({
      conclusion: 'timeout',
      fault: { operation: 'waitForCommitCi', message: 'no', remedy: 'do this' },
    });
    const quick = testWorld();
    const refused = await adapter(quick, fails('permission')).waitForCommitCi({ sha: SHA });
    expect(refused).toMatchObject({ conclusion: 'no_runs', fault: { message: 'no' } });
    expect(quick.waits).toEqual([]);
  });

  test('neither its own job nor its own commit status is waited for', async () => {
    const ci = adapter(testWorld(), {
      ownCheck: async () => ({ id: 'gate' }),
      listChecks: async () => [
        check('gate', 'pending'),
        { ...check('pace/gate', 'failure', 0), app: 'status' },
        check('unit', 'success', 0),
      ],
    });
    const result = await ci.waitForCommitCi({ sha: SHA });
    expect(result.conclusion).toBe('success');
    expect(result.checks.map(({ name }) => name)).toEqual(['unit']);
  });

  test('two gates of one commit do not wait for each other', async () => {
    const other = check('other gate', 'pending');
    const ci = adapter(testWorld(), {
      listChecks: async () => [
        other,
        { ...check('pace/web', 'pending'), app: 'status', url: other.url },
        check('unit', 'success', 0),
      ],
    });
    expect((await ci.waitForCommitCi({ sha: SHA })).conclusion).toBe('success');
  });

  test('that is cancelled says so, and blames nobody', async () => {
    const stop = new AbortController();
    const ci = adapter(testWorld(), {
      listChecks: async () => {
        stop.abort(new Error('interrupted'));
        return [check('e2e', 'pending')];
      },
    });
    expect((await ci.waitForCommitCi({ sha: SHA, signal: stop.signal })).fault).toEqual({
      operation: 'waitForCommitCi',
      message: 'Cancelled while waiting for the CI of aaaaaaa: nothing was decided.',
      remedy: 'Please start the run again.',
    });
  });

  test('a failure is named also when others time out', async () => {
    const listChecks = async () => [check('unit', 'failure', 0), check('e2e', 'pending')];
    expect(await adapter(testWorld(), { listChecks }).waitForCommitCi({ sha: SHA, timeoutMinutes: 1 })).toMatchObject({
      conclusion: 'failure',
      name: 'unit',
      timedOut: true,
    });
  });

  describe('a refusal between two looks', () => {
    const refusal = new PaceError({ kind: 'not-found', message: 'no such commit', remedy: 'push it' });
    const waited = async (answers: readonly ('refused' | 'down' | CheckState)[]) => {
      const world = testWorld();
      let asked = 0;
      const listChecks = async () => {
        const answer = answers[Math.min(asked, answers.length - 1)] ?? 'down';
        asked += 1;
        if (answer === 'refused') throw refusal;
        if (answer === 'down') throw new PaceError({ kind: 'transient', message: 'down', remedy: 'wait' });
        return [check('unit', answer, answer === 'pending' ? undefined : 0)];
      };
      const result = await adapter(world, { listChecks }).waitForCommitCi({ sha: SHA });
      return { result, asked, lines: world.lines.join('\n') };
    };

    test('is asked once more, and changes nothing where it was an accident', async () => {
      const { result, lines } = await waited(['pending', 'refused', 'pending', 'refused', 'success']);
      expect(result).toMatchObject({ conclusion: 'success', timedOut: false });
      expect(result.fault).toBeUndefined();
      expect(lines).toContain('aaaaaaa: the host refuses, asking again');
    });

    test('ends the wait the second time in a row', async () => {
      const { result, asked } = await waited(['pending', 'refused', 'refused', 'success']);
      expect(result).toMatchObject({ fault: { message: 'no such commit' }, timedOut: false });
      expect(asked).toBe(3);
    });

    test('counts anew after trouble that passes', async () => {
      const { result } = await waited(['pending', 'refused', 'down', 'refused', 'success']);
      expect(result.fault).toBeUndefined();
    });
  });

  test('a set that was empty for one look only has not gone', async () => {
    const world = testWorld();
    const start = world.now();
    let asked = 0;
    const listChecks = async () => {
      asked += 1;
      const isPast = world.now() > start + 90_000;
      if (isPast && asked % 2 === 0) return [];
      return [world.now() > start + 150_000 ? check('e2e', 'failure', world.now()) : check('e2e', 'pending')];
    };
    expect(await adapter(world, { listChecks }).waitForCommitCi({ sha: SHA })).toMatchObject({ conclusion: 'failure' });
  });

  test('a set that stays empty has gone, a settle time later', async () => {
    const world = testWorld();
    const start = world.now();
    const listChecks = async () => (world.now() > start + 90_000 ? [] : [check('e2e', 'pending')]);
    const waiting = adapter(world, { listChecks }).waitForCommitCi({ sha: SHA, rules: { settleSeconds: 30 } });
    expect(await waiting).toMatchObject({ conclusion: 'no_runs', timedOut: false });
    expect(world.now() - start).toBeGreaterThanOrEqual(120_000);
    expect(world.now() - start).toBeLessThan(150_000);
  });

  test('what had failed when the host refused to go on stays a failure, beside the fault', async () => {
    let asked = 0;
    const listChecks = async () => {
      asked += 1;
      if (asked > 1) throw new PaceError({ kind: 'authentication', message: 'expired', remedy: 'renew it' });
      return [check('unit', 'failure', 0), check('e2e', 'pending')];
    };
    expect(await adapter(testWorld(), { listChecks }).waitForCommitCi({ sha: SHA })).toMatchObject({
      conclusion: 'failure',
      name: 'unit',
      timedOut: false,
      fault: { message: 'expired' },
    });
  });

  describe('for which nothing at all is listed', () => {
    const unknown = { hasCommit: async () => false };
    const nothing = { listChecks: async () => [] };
    const fault = {
      operation: 'waitForCommitCi',
      message: `The host does not know commit ${SHA} in acme/shop.`,
      remedy: 'Please push the commit first, and check that --sha and the repository belong together.',
    };

    test('ends with a fault where the host does not know the commit, however the wait has ended', async () => {
      const ci = adapter(testWorld(), { ...nothing, ...unknown });
      expect(await ci.waitForCommitCi({ sha: SHA })).toMatchObject({ conclusion: 'no_runs', fault });
      const late = await ci.waitForCommitCi({ sha: SHA, timeoutMinutes: 0.1, rules: { expected: ['e2e'] } });
      expect(late).toMatchObject({ conclusion: 'timeout', fault });
    });

    test('is no fault where it knows it, or cannot be asked for commits', async () => {
      for (const known of [{ hasCommit: async () => true }, {}]) {
        const result = await adapter(testWorld(), { ...nothing, ...known }).waitForCommitCi({ sha: SHA });
        expect([result.conclusion, result.fault]).toEqual(['no_runs', undefined]);
      }
    });

    test('is one question, for this commit, at the end', async () => {
      const asked: string[] = [];
      const world = testWorld();
      const start = world.now();
      const hasCommit = async (sha: string) => {
        asked.push(`${sha} after ${(world.now() - start) / 1000} s`);
        return true;
      };
      await adapter(world, { ...nothing, hasCommit }).waitForCommitCi({ sha: SHA });
      expect(asked).toEqual([`${SHA} after 60 s`]);
    });

    test('is a fault where that question fails', async () => {
      const hasCommit = async () => {
        throw new PaceError({ kind: 'permission', message: 'may not', remedy: 'let it' });
      };
      expect(await adapter(testWorld(), { ...nothing, hasCommit }).waitForCommitCi({ sha: SHA })).toMatchObject({
        conclusion: 'no_runs',
        fault: { message: 'may not', remedy: 'let it' },
      });
    });

    test('is not asked about where the host lists anything, though it does not count', async () => {
      const ownStatus = { ...check('pace/gate', 'pending'), app: 'status' };
      for (const one of [ownStatus, check('docs', 'success', 0)]) {
        const ci = adapter(testWorld(), { listChecks: async () => [one], ...unknown });
        const result = await ci.waitForCommitCi({ sha: SHA, rules: { ignored: ['docs'] } });
        expect([result.conclusion, result.fault]).toEqual(['no_runs', undefined]);
      }
    });
  });

  test('the grace is measured by the clock of the host, which its answers tell', async () => {
    const world = testWorld();
    const start = world.now();
    const hour = 3_600_000;
    const dated = testWorld({
      ...world,
      fetch: async () => new Response('[]', { headers: { date: new Date(world.now() + hour).toUTCString() } }),
    });
    const ci = createCiAdapter({
      world: dated,
      platform: 'test',
      openHost: async (asked) =>
        host({
          listChecks: async () => {
            await asked.fetch('https://host.test/checks');
            return [{ ...check('unit', 'success', start + hour - 14_000), startedAt: start + hour - 15_000 }];
          },
        }),
    });
    expect((await ci.waitForCommitCi({ sha: SHA })).conclusion).toBe('success');
    expect(dated.now() - start).toBe(45_000);
  });

  test.each([
    ['was pushed anew', 20_000, 40_000],
    ['was scheduled', undefined, 0],
  ])('an old commit whose run %s waits for what begins late, or for nothing', async (_, age, waited) => {
    const world = testWorld();
    const start = world.now();
    const dated = testWorld({
      ...world,
      fetch: async () => new Response('[]', { headers: { date: new Date(world.now()).toUTCString() } }),
    });
    const ci = createCiAdapter({
      world: dated,
      platform: 'test',
      openHost: async (asked) =>
        host({
          listChecks: async () => {
            await asked.fetch('https://host.test/checks');
            return [{ ...check('license', 'success', start - 86_400_000), startedAt: start - 86_400_000 }];
          },
          pushedAt: (sha) => (age === undefined || sha !== SHA ? undefined : start - age),
        }),
    });
    expect((await ci.waitForCommitCi({ sha: SHA })).conclusion).toBe('success');
    expect(dated.now() - start).toBe(waited);
  });
});

describe('the rest', () => {
  test('the summary is cut to what the host takes', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'pace-summary-'));
    const path = join(dir, 'deep', 'summary.md');
    const ci = adapter(testWorld(), { jobSummary: () => ({ path, append: true, maxBytes: 200 }) });
    expect(await ci.writeJobSummary('é line\n'.repeat(100))).toBe(path);
    const text = await readFile(path, 'utf8');
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(201);
    expect(text).toContain('Cut here');
    expect(text).not.toContain('\ufffd');
  });

  test('never throws; a host that cannot be opened is a fault of each call', async () => {
    const ci = createCiAdapter({
      world: testWorld(),
      platform: 'test',
      openHost: async () => {
        throw new PaceError({ kind: 'configuration', message: 'no token', remedy: 'set it' });
      },
    });
    expect([
      await ci.openReviewPr(REVIEW),
      await ci.reviewState(14),
      (await ci.waitForCommitCi({ sha: SHA })).conclusion,
      await ci.writeJobSummary('x'),
      await ci.writeChangeNote('x'),
      await ci.setCommitStatus(SHA, { context: 'c', state: 'success', description: '' }),
      await ci.setVariable('A', 'b'),
      await ci.getVariable('A'),
    ]).toEqual(['', undefined, 'no_runs', '', false, false, false, undefined]);
    expect(new Set(ci.faults.map(({ message }) => message))).toEqual(new Set(['no token']));
  });

  test('that a variable is missing is asked for once more, as hosts answer 404 also where something is wrong', async () => {
    const answers = [undefined, 'true', 'false', undefined, undefined];
    const asked: string[] = [];
    const ci = adapter(testWorld(), {
      getVariable: async (name) => {
        asked.push(name);
        return answers[asked.length - 1];
      },
    });
    expect([await ci.getVariable('A'), asked.length]).toEqual(['true', 2]);
    expect([await ci.getVariable('A'), asked.length]).toEqual(['false', 3]);
    expect([await ci.getVariable('A'), asked.length]).toEqual([undefined, 5]);
  });

  test('the outcome of a day is said in the log, and at the run where the host can show it; a dry run shows nothing', async () => {
    const world = testWorld();
    const shown: string[] = [];
    const ci = adapter(world, { describeRun: async (line) => void shown.push(line) });
    await ci.postDailySummary({ day: 3, report: { decision: 'HOLD', holdReason: 'unit: app\nadds' } });
    await ci.postDailySummary({ day: 3, report: { decision: 'SHIP', dryRun: true } });
    await adapter(world).postDailySummary({ day: 4, report: {} });
    await ci.postDailySummary({ day: null, report: { subject: 'change 12', decision: 'SHIP' } });
    expect(shown).toEqual(['PACE day 3: 🔴 HOLD (unit: app adds)', 'PACE change 12: ✅ SHIP']);
    expect(world.lines).toEqual([
      'info: Summary of day 3: 🔴 HOLD (unit: app adds)',
      'info: Summary of day 3: ✅ SHIP',
      'info: Summary of day 4: 🔴 UNKNOWN',
      'info: Summary of change 12: ✅ SHIP',
    ]);
  });

  test('each gate has a note of its own, at this change or at that of the pipeline', async () => {
    const notes: ChangeNote[] = [];
    const upsertChangeNote = async (note: ChangeNote) => {
      notes.push(note);
      return notes.length === 1;
    };
    const owner = { gate: 'web', branch: '', sprint: '' };
    const ci = adapter(testWorld(), { upsertChangeNote }, { owner });
    expect([await ci.writeChangeNote('SHIP', '12'), await ci.writeChangeNote('HOLD')]).toEqual([true, false]);
    expect(await adapter(testWorld(), { upsertChangeNote }).writeChangeNote('SHIP')).toBe(false);
    expect(notes).toEqual([
      { gate: 'web', markdown: 'SHIP', change: '12' },
      { gate: 'web', markdown: 'HOLD' },
      { gate: 'gate', markdown: 'SHIP' },
    ]);
    expect(await adapter().writeChangeNote('SHIP', '12')).toBe(false);
  });

  test('each owner has reviews of its own, found again by the same branch', async () => {
    const proposed: ProposedChange[] = [];
    const looked: string[] = [];
    const more: Partial<CodeHost> = {
      proposeChange: async (change) => {
        proposed.push(change);
        return { key: '1', url: 'https://host.test/1', state: 'open' };
      },
      findChange: async (branch) => {
        looked.push(branch);
        return { key: '1', url: 'https://host.test/1', state: 'closed' };
      },
    };
    const owner = { gate: 'web', branch: '', sprint: 's1' };
    for (const ci of [adapter(testWorld(), more), adapter(testWorld(), more, { owner })]) {
      expect(await ci.openReviewPr(REVIEW)).toBe('https://host.test/1');
      expect((await ci.reviewState(14))?.state).toBe('closed');
    }
    expect(proposed.map(({ branch }) => branch)).toEqual(['pace/review-day-14', 'pace/review-gate.web.s1-day-14']);
    expect(looked).toEqual(proposed.map(({ branch }) => branch));
  });

  test('a status says in a quiet line what it is told; a host without statuses has none, and that is no fault', async () => {
    const statuses: [string, CommitStatus][] = [];
    const ci = adapter(testWorld(), { setCommitStatus: async (...given) => void statuses.push(given) });
    const status: CommitStatus = { context: 'pace/gate', state: 'pending', description: 'Judging\nday 3' };
    expect(await ci.setCommitStatus(SHA, status)).toBe(true);
    expect(statuses).toEqual([[SHA, { ...status, description: 'Judging day 3' }]]);
    const without = adapter();
    expect(await without.setCommitStatus(SHA, status)).toBe(false);
    expect(without.faults).toEqual([]);
  });

  test('a variable where there are none is a fault that names the other way to pause', async () => {
    const ci = adapter();
    expect(await ci.setVariable('PACE_PAUSED', 'true')).toBe(false);
    expect(ci.faults[0]?.remedy).toContain('pause.by: issue');
  });
});

describe('approvals of a change', () => {
  const person = (id: string) => ({ id, name: id });
  const wanted = { change: '12', sha: SHA, from: ['ada', '@acme/leads'], count: 2, authors: [], allowAuthor: false };
  const url = 'https://host.test/12';
  const given = (...ids: string[]) => ids.map((id) => ({ person: person(id), sha: SHA }));

  test('are those of people and teams, without the one who opened it and those who wrote it', async () => {
    const asked: string[] = [];
    const ci = adapter(testWorld(), {
      listApprovals: async (change) => {
        asked.push(change);
        return { approvals: given('ada', 'grace', 'linus', 'mallory'), author: person('grace'), url };
      },
      isTeamMember: async (team, { id }) => team === 'acme/leads' && id !== 'mallory',
    });
    expect(await ci.approvals({ ...wanted, authors: [person('linus')] })).toEqual({
      by: ['ada'],
      others: ['grace is an author of it', 'linus is an author of it'],
      place: { name: 'change 12', url },
    });
    expect([asked, ci.faults]).toEqual([['12'], []]);
  });

  test('need no account of the one who opened it', async () => {
    const ci = adapter(testWorld(), { listApprovals: async () => ({ approvals: given('ada'), url }) });
    expect(await ci.approvals({ ...wanted, count: 1 })).toMatchObject({ by: ['ada'], others: [] });
  });

  test('are a fault where the host cannot tell, or cannot be asked', async () => {
    const cannot = await adapter().approvals(wanted);
    expect(cannot).toEqual({
      by: [],
      others: [],
      fault: {
        operation: 'approvals',
        message: 'test cannot tell who has approved which commit.',
        remedy: 'Please take this source out for changes.',
      },
    });
    const broken = adapter(testWorld(), { listApprovals: () => Promise.reject(new Error('reset')) });
    expect((await broken.approvals(wanted)).fault?.message).toBe('reset');
    const teamless = adapter(testWorld(), { listApprovals: async () => ({ approvals: given('linus'), url }) });
    expect((await teamless.approvals(wanted)).fault?.message).toBe(
      'test cannot tell who belongs to the team @acme/leads.',
    );
    expect([broken.faults.length, teamless.faults.length]).toEqual([1, 1]);
  });

  test('the authors of a commit are those that the host knows', async () => {
    const ci = adapter(testWorld(), { commitAuthors: async (sha) => [person(sha.slice(0, 3))] });
    expect(await ci.commitAuthors(SHA)).toEqual({ people: [person('aaa')] });
    expect(await adapter().commitAuthors(SHA)).toEqual({ people: [] });
    const broken = adapter(testWorld(), { commitAuthors: () => Promise.reject(new Error('reset')) });
    expect(await broken.commitAuthors(SHA)).toEqual({
      people: [],
      fault: expect.objectContaining({ operation: 'commitAuthors', message: 'reset' }),
    });
    expect(broken.faults).toHaveLength(1);
  });
});
