import { describe, expect, test } from 'vitest';
import { judgedSet } from '../../../core/adapters/ci/settled-checks.ts';
import type { Check } from '../../../core/ports/index.ts';
import type { OwnRun } from '../../../platforms/github/gate-jobs.ts';
import type { CheckRun, Status, WorkflowRun } from '../../../platforms/github/host-wire.ts';
import { toChecks } from '../../../platforms/github/workflow-runs.ts';

const T = '2026-03-02T08:00:00Z';

function job(name: string, suite: number, more: Partial<CheckRun> = {}): CheckRun {
  return {
    id: suite * 100 + name.length,
    name,
    status: 'completed',
    conclusion: 'success',
    html_url: 'https://github.com/o/r/runs/1',
    details_url: null,
    started_at: T,
    completed_at: T,
    app: { slug: 'github-actions' },
    check_suite: { id: suite },
    ...more,
  };
}

function run(id: number, more: Partial<WorkflowRun> = {}): WorkflowRun {
  return {
    id,
    name: 'CI',
    path: '.github/workflows/ci.yml',
    workflow_id: 1,
    check_suite_id: id,
    status: 'completed',
    conclusion: 'success',
    html_url: `https://github.com/o/r/actions/runs/${id}`,
    created_at: T,
    ...more,
  };
}

function seen(checkRuns: CheckRun[], runs: WorkflowRun[] | undefined, own?: OwnRun): Check[] {
  return toChecks({ checkRuns, runs, statuses: [] satisfies Status[], own });
}

function brief(checks: Check[]): [string, string, string][] {
  return checks.map(({ name, workflow, state }) => [name, workflow, state]);
}

describe('workflow runs', () => {
  test('give jobs the name of their workflow', () => {
    const checks = seen([job('build', 1), job('build', 2)], [run(1), run(2, { name: 'Nightly', workflow_id: 2 })]);
    expect(brief(checks)).toEqual([
      ['build', 'CI', 'success'],
      ['build', 'Nightly', 'success'],
    ]);
  });

  test('without a file are of no other workflow, and end nothing', () => {
    const odd = run(3, { path: undefined as unknown as string, name: null, workflow_id: 7, conclusion: 'failure' });
    const checks = seen(
      [job('build', 1), job('test', 3)],
      [run(1), odd, run(4, { path: '', name: null, workflow_id: 8, conclusion: 'failure' })],
    );
    expect(brief(checks)).toEqual([
      ['build', 'CI', 'success'],
      ['test', '(workflow 7)', 'success'],
      ['(workflow 7)', '(workflow 7)', 'failure'],
      ['(workflow 8)', '(workflow 8)', 'failure'],
    ]);
  });

  test('and jobs without a name are called by their number', () => {
    const checks = toChecks({
      checkRuns: [job('', 1, { id: 77, conclusion: 'failure' })],
      runs: [run(1)],
      statuses: [{ id: 5, context: '', state: 'success', target_url: null, created_at: T, updated_at: T }],
      own: undefined,
    });
    expect(brief(checks)).toEqual([
      ['(check 77)', 'CI', 'failure'],
      ['(status 5)', '', 'success'],
    ]);
  });

  test('of one workflow have one name, whatever `run-name` makes of it', () => {
    const checks = seen([job('build', 1), job('build', 2)], [run(1, { name: 'Build 1' }), run(2, { name: 'Build 2' })]);
    expect(checks.map(({ workflow }) => workflow)).toEqual(['Build 2', 'Build 2']);
  });

  test('of two workflows with one name are told apart by their files', () => {
    const other = run(2, { workflow_id: 2, path: '.github/workflows/other.yml@refs/heads/main' });
    const checks = seen([job('build', 1, { conclusion: 'failure' }), job('build', 2)], [run(1), other]);
    expect(brief(checks)).toEqual([
      ['build', '.github/workflows/ci.yml', 'failure'],
      ['build', '.github/workflows/other.yml', 'success'],
    ]);
  });

  test('let the latest attempt win, also across suites', () => {
    const red = job('build', 1, { conclusion: 'failure', started_at: '2026-03-02T07:00:00Z' });
    const green = job('build', 2, { started_at: '2026-03-02T08:00:00Z' });
    const rerun = job('test', 1, {
      id: 7,
      status: 'in_progress',
      conclusion: null,
      started_at: '2026-03-02T09:00:00Z',
    });
    const old = job('test', 1, { id: 6, conclusion: 'failure', started_at: '2026-03-02T08:00:00Z' });
    const checks = seen([rerun, green, old, red], [run(1), run(2)]);
    expect(brief(judgedSet(checks, { ownId: undefined, ignored: [] })).toSorted()).toEqual([
      ['build', 'CI', 'success'],
      // until its re-run has ended
      ['test', 'CI', 'failure'],
      ['test', 'CI', 'pending'],
    ]);
  });

  test.each(['queued', 'in_progress', 'requested', 'pending'])(
    'that are %s without an unfinished job stand for the jobs to come',
    (status) => {
      const checks = seen([job('build', 1)], [run(1, { status, conclusion: null })]);
      expect(brief(checks)).toEqual([
        ['build', 'CI', 'success'],
        ['CI', 'CI', 'pending'],
      ]);
      expect(checks[1]).toEqual({
        id: 'run-1',
        name: 'CI',
        app: 'github-actions',
        workflow: 'CI',
        state: 'pending',
        vendorState: status,
        optional: false,
        url: 'https://github.com/o/r/actions/runs/1',
        startedAt: Date.parse(T),
      });
    },
  );

  test('say nothing while a job of theirs shows that they are not finished', () => {
    const running = job('build', 1, { status: 'in_progress', conclusion: null });
    expect(brief(seen([running], [run(1, { status: 'in_progress', conclusion: null })]))).toEqual([
      ['build', 'CI', 'pending'],
    ]);
  });

  test.each<Partial<WorkflowRun>>([{ conclusion: 'action_required' }, { status: 'action_required', conclusion: null }])(
    'that wait for approval say who can let them run, and where: %o',
    (state) => {
      expect(seen([], [run(1, state)])).toEqual([
        {
          ...{ id: 'run-1', name: 'CI', app: 'github-actions', workflow: 'CI', state: 'waiting', optional: false },
          vendorState: 'action_required',
          waitsFor: { kind: 'approval', who: 'somebody with write access to the repository', isBlocking: true },
          url: 'https://github.com/o/r/actions/runs/1',
          startedAt: Date.parse(T),
        },
      ]);
    },
  );

  test('that wait to deploy do so for a reviewer, and for whom GitHub names', () => {
    const waiting = run(1, { status: 'waiting', conclusion: null });
    const [before, named] = [new Map(), new Map([[1, 'ann (environment production)']])].map((deployers) =>
      toChecks({ checkRuns: [job('build', 1)], statuses: [], runs: [waiting], own: undefined, deployers }).at(-1),
    );
    const waits = (who: string) => ({ state: 'waiting', waitsFor: { kind: 'deployment', who, isBlocking: false } });
    expect(before).toMatchObject({ name: 'CI', ...waits('a reviewer of its environment') });
    expect(named).toMatchObject({ name: 'CI', ...waits('ann (environment production)') });
  });

  test('leave it to the job that waits to say so, which is as old as its run', () => {
    const deploy = job('deploy', 1, { status: 'waiting', conclusion: null, started_at: null, completed_at: null });
    const deployers = new Map([[1, 'ann']]);
    const runs = [run(1, { status: 'waiting', conclusion: null })];
    const checks = toChecks({ checkRuns: [deploy], statuses: [], runs, own: undefined, deployers });
    expect(checks).toMatchObject([
      {
        ...{ name: 'deploy', state: 'waiting', vendorState: 'waiting', startedAt: Date.parse(T) },
        waitsFor: { kind: 'deployment', who: 'ann', isBlocking: false },
      },
    ]);
    expect(checks).toHaveLength(1);
    const unlisted = toChecks({ checkRuns: [deploy], statuses: [], runs: undefined, own: undefined });
    expect(unlisted[0]?.waitsFor?.who).toBe('a reviewer of its environment');
  });

  test.each([
    ['startup_failure', 'failure'],
    ['failure', 'failure'],
    ['timed_out', 'failure'],
    ['cancelled', 'cancelled'],
    ['stale', 'cancelled'],
    ['a_new_word', 'unknown'],
  ])('that ended as %s without any job count themselves', (conclusion, state) => {
    expect(brief(seen([], [run(1, { conclusion })]))).toEqual([['CI', 'CI', state]]);
  });

  test.each(['success', 'neutral'])('that ended as %s without any job count for nothing', (conclusion) => {
    expect(seen([], [run(1, { conclusion })])).toEqual([]);
  });

  test('that were skipped as a whole are there, and skipped', () => {
    expect(brief(seen([], [run(1, { conclusion: 'skipped' })]))).toEqual([['CI', 'CI', 'skipped']]);
  });

  test.each<[string, string[], string[]]>([
    ['a skip hides no run that never started', ['startup_failure', 'skipped'], ['failure']],
    ['what was cancelled hides none either', ['startup_failure', 'cancelled'], ['failure']],
    ['nor one that waits for approval', ['action_required', 'skipped'], ['waiting']],
    ['a later run does', ['startup_failure', 'success'], []],
    ['an earlier one does not', ['success', 'startup_failure'], ['failure']],
    ['a duplicate that was cancelled after a pass is none', ['success', 'cancelled'], []],
    ['one that was cancelled and skipped later was cancelled', ['cancelled', 'skipped'], ['cancelled']],
    ['of two that were skipped the later one is there', ['skipped', 'skipped'], ['skipped']],
    ['a skip after a failure with its jobs is none', ['failure', 'skipped'], []],
  ])('of one workflow: %s', (_, conclusions, states) => {
    const hasJobs = (conclusion: string) => conclusion === 'success' || conclusion === 'failure';
    const runs = conclusions.map((conclusion, index) => run(index + 1, { conclusion }));
    const jobs = conclusions.flatMap((conclusion, index) =>
      hasJobs(conclusion) ? [job('build', index + 1, { conclusion } as Partial<CheckRun>)] : [],
    );
    expect(seen(jobs, runs).filter(({ id }) => id.startsWith('run-')).map(({ state }) => state)).toEqual(states); // biome-ignore format: one thought
  });

  test.each(['cancelled', 'startup_failure', 'action_required', 'skipped'])(
    '%s before a newer run of their workflow count for nothing',
    (conclusion) => {
      const other = run(3, { conclusion: 'cancelled', workflow_id: 2, name: 'Other' });
      const checks = seen([job('build', 2)], [run(1, { conclusion }), run(2), other]);
      expect(brief(checks)).toEqual([
        ['build', 'CI', 'success'],
        ['Other', 'Other', 'cancelled'],
      ]);
    },
  );

  describe('whose jobs do not tell how they ended', () => {
    const LATER = '2026-03-02T09:00:00Z';
    const whole = (checkRuns: CheckRun[], ...runs: WorkflowRun[]) =>
      seen(checkRuns, runs).filter(({ id }) => id.startsWith('run-')).map(({ name, state }) => `${name} ${state}`); // biome-ignore format: one thought

    test.each<[string, Partial<WorkflowRun>]>([
      ['failed as a matrix could not be made', { conclusion: 'failure' }],
      ['took too long as a whole', { conclusion: 'timed_out' }],
      ['never started its second attempt', { conclusion: 'startup_failure', run_attempt: 2, run_started_at: LATER }],
    ])('count themselves: it %s', (_, how) => {
      expect(whole([job('setup', 1), job('test', 1, { conclusion: 'skipped' })], run(1, how))).toEqual(['CI failure']);
    });

    test('count themselves where they were cancelled before the next job', () => {
      const jobs = [job('build', 1), job('test', 1, { conclusion: 'skipped' })];
      expect(whole(jobs, run(1, { conclusion: 'cancelled', run_attempt: 1 }))).toEqual(['CI cancelled']);
      const again = { conclusion: 'cancelled', run_attempt: 2 } as const;
      expect(whole(jobs, run(1, { ...again, run_started_at: T }))).toEqual(['CI cancelled']);
      expect(whole(jobs, run(1, again))).toEqual(['CI cancelled']);
    });

    test('take nothing back where an attempt was cancelled before it had a job', () => {
      const again = { conclusion: 'cancelled', run_attempt: 2, run_started_at: LATER } as const;
      expect(whole([job('build', 1)], run(1, again))).toEqual([]);
    });

    test.each(['failure', 'timed_out', 'cancelled'])('count for nothing where a job has ended as %s', (conclusion) => {
      const red = job('test', 1, { conclusion } as Partial<CheckRun>);
      for (const ended of ['failure', 'cancelled'])
        expect(whole([job('build', 1), red], run(1, { conclusion: ended }))).toEqual([]);
    });

    test('count for nothing while a job goes on, where a later run counts, and where all was skipped or new words came', () => {
      const busy = job('test', 1, { status: 'in_progress', conclusion: null });
      expect(whole([busy], run(1, { conclusion: 'failure' }))).toEqual([]);
      const mended = run(2, { conclusion: 'success' });
      expect(whole([job('setup', 1), job('setup', 2)], run(1, { conclusion: 'failure' }), mended)).toEqual([]);
      for (const conclusion of ['skipped', 'a_new_word'])
        expect(whole([job('setup', 1)], run(1, { conclusion }))).toEqual([]);
    });

    test('are not mended by a job of theirs that is called as they are', () => {
      const green = job('CI', 1, { started_at: '2026-03-02T08:10:00Z', completed_at: LATER });
      const checks = seen([green], [run(1, { conclusion: 'failure' })]);
      expect(brief(judgedSet(checks, { ignored: [] }))).toEqual([['CI', 'CI', 'failure']]);
    });
  });

  test('tell what they were made for, by which a run for another event is no re-run', () => {
    const times = (from: string, to: string) => ({ started_at: from, completed_at: to });
    const red = job('test', 1, { conclusion: 'failure', ...times('2026-03-02T08:00:00Z', '2026-03-02T08:10:00Z') });
    const green = job('test', 2, times('2026-03-02T08:01:00Z', '2026-03-02T08:09:00Z'));
    const states = (event: string) => {
      const checks = seen([red, green], [run(1, { event: 'push', conclusion: 'failure' }), run(2, { event })]);
      return judgedSet(checks, { ignored: [] }).map(({ state }) => state);
    };
    expect(states('pull_request')).toEqual(['failure', 'success']);
    expect(states('push')).toEqual(['success']);
  });

  test.each(['dependabot/dependabot-updates', 'copilot-swe-agent/copilot', 'copilot-pull-request-reviewer/copilot'])(
    'beside the commit are not waited for: %s',
    (file) => {
      const beside = {
        path: `dynamic/${file}`,
        name: 'Beside',
        workflow_id: 9,
        status: 'in_progress',
        conclusion: null,
      };
      const busy = job('Agent', 2, { status: 'in_progress', conclusion: null });
      expect(brief(seen([job('build', 1), busy], [run(1), run(2, beside), run(3, beside)]))).toEqual([
        ['build', 'CI', 'success'],
      ]);
      const ended = { ...beside, status: 'completed', conclusion: 'failure' };
      const checks = seen([job('Agent', 2, { conclusion: 'failure' })], [run(2, ended), run(3, ended)]);
      expect(checks.map(({ name, optional }) => [name, optional])).toEqual([
        ['Agent', true],
        ['Beside', true],
      ]);
    },
  );

  test('of the host that tell something of the commit are waited for', () => {
    for (const path of ['dynamic/github-code-scanning/codeql', 'dynamic/pages/pages-build-deployment'])
      expect(seen([], [run(1, { path, status: 'queued', conclusion: null })])).toMatchObject([
        { state: 'pending', optional: false },
      ]);
  });

  test('of PACE’s own workflow are not waited for: one may be queued behind this very run', () => {
    const own = { id: 5, path: '.github/workflows/gate.yml' };
    const gate = {
      name: 'Gate',
      workflow_id: 9,
      path: '.github/workflows/gate.yml',
      status: 'queued',
      conclusion: null,
    };
    expect(seen([], [run(5, { ...gate, status: 'in_progress' }), run(6, gate)], own)).toEqual([]);
    expect(brief(seen([], [run(6, { ...gate, workflow_id: 8, path: 'other.yml' })], own))).toEqual([
      ['Gate', 'Gate', 'pending'],
    ]);
  });
});

describe('a failure that does not count', () => {
  const failed = (more: Partial<CheckRun> = {}) => job('experimental', 1, { conclusion: 'failure', ...more });
  const optional = (checkRuns: CheckRun[], runs: WorkflowRun[] | undefined) => {
    return seen(checkRuns, runs).filter((check) => check.optional).map(({ name }) => name); // biome-ignore format: one thought
  };

  test('is that of a job whose run has passed all the same', () => {
    expect(optional([job('build', 1), failed()], [run(1)])).toEqual(['experimental']);
    expect(optional([job('build', 1), failed({ conclusion: 'timed_out' })], [run(1)])).toEqual(['experimental']);
  });

  test('is none where the run has failed, goes on, or is not known', () => {
    for (const runs of [
      [run(1, { conclusion: 'failure' })],
      [run(1, { status: 'in_progress', conclusion: null })],
      [run(2)],
      undefined,
    ])
      expect(optional([failed()], runs)).toEqual([]);
  });

  test('is that of an earlier attempt where it was not run again', () => {
    const earlier = failed({ started_at: '2026-03-02T07:00:00Z', completed_at: '2026-03-02T07:00:00Z' });
    for (const run_attempt of [2, 3])
      expect(optional([earlier, job('build', 1)], [run(1, { run_attempt, run_started_at: T })])).toEqual([
        'experimental',
      ]);
  });

  test('is none of an earlier attempt, which a later one has only skipped', () => {
    const [before, after] = ['2026-03-02T07:00:00Z', '2026-03-02T08:00:00Z'];
    const earlier = failed({ started_at: before, completed_at: before });
    const skipped = { ...failed({ conclusion: 'skipped', started_at: after }), id: 99 };
    expect(optional([earlier, skipped], [run(1, { run_attempt: 2, run_started_at: after })])).toEqual([]);
  });

  test('is none that a job has reported under a name of its own', () => {
    const page = 'https://github.com/o/r/actions/runs/1/job/7';
    const reported = failed({ html_url: 'https://github.com/o/r/runs/8' });
    expect(optional([job('build', 1, { html_url: page }), reported], [run(1)])).toEqual([]);
    expect(optional([job('build', 1, { html_url: page }), failed({ html_url: page })], [run(1)])).toEqual([
      'experimental',
    ]);
  });

  test('is none of another app in the same suite', () => {
    expect(optional([failed({ app: { slug: 'scanner' } })], [run(1)])).toEqual([]);
  });

  test('is that of Dependabot, which looks for updates and tells nothing of the commit', () => {
    const dependabot = { path: 'dynamic/dependabot/dependabot-updates', conclusion: 'failure', name: 'npm' };
    expect(optional([failed()], [run(1, dependabot)])).toEqual(['experimental']);
    expect(optional([], [run(1, dependabot)])).toEqual(['npm']);
    expect(optional([failed()], [run(1, { ...dependabot, path: 'dynamic/pages/pages-build-deployment' })])).toEqual([]);
  });
});

describe('the workflow of another gate, which its status leads to', () => {
  const gate = job('gate', 2, { id: 11, status: 'in_progress', conclusion: null });
  const busy = { status: 'in_progress', conclusion: null } as const;
  const runs = [
    run(2, { ...busy, path: '.github/workflows/release.yml', name: 'PACE', workflow_id: 2 }),
    run(3, { ...busy, path: '.github/workflows/release.yml', name: 'PACE', workflow_id: 2, status: 'queued' }),
    run(4, { ...busy, path: '.github/workflows/e2e.yml', name: 'E2E', workflow_id: 3 }),
  ];
  const status = (context: string, target_url: string | null): Status => ({
    ...{ id: 5, context, state: 'pending', target_url, created_at: T, updated_at: T },
  });
  const awaited = (...statuses: Status[]) => {
    const ended = { ...gate, status: 'completed' as const, conclusion: 'success' as const };
    const checks = toChecks({ checkRuns: [job('unit', 1), ended], runs, statuses, own: undefined });
    return judgedSet(checks, { ignored: [] }).map(({ name }) => name);
  };

  test('is not waited for beyond its jobs, neither is one that is queued behind it', () => {
    expect(awaited(status('pace/api', 'https://github.com/o/r/actions/runs/2/job/11'))).toEqual(['unit', 'E2E']);
    expect(awaited(status('pace/api', 'https://github.com/o/r/issues/7#pace-job-11'))).toEqual(['unit', 'E2E']);
  });

  test('is waited for where nothing tells that a gate is in it', () => {
    const all = ['unit', 'gate', 'PACE', 'E2E'];
    expect(awaited()).toEqual(all);
    expect(awaited(status('pace/api', null), status('pace/web', 'https://github.com/o/r/issues/7'))).toEqual(all);
    const others = status('deploy', 'https://github.com/o/r/actions/runs/2/job/11');
    expect(awaited(others)).toEqual(['unit', 'gate', 'deploy', 'PACE', 'E2E']);
  });

  test('and to its run as a whole, where jobs have no page of their own, is a gate where it is the only job', () => {
    const whole = status('pace/api', 'https://ghe.test/o/r/actions/runs/2');
    expect(awaited(whole)).toEqual(['unit', 'E2E']);
    const two = toChecks({ checkRuns: [gate, job('test', 2)], runs, statuses: [whole], own: undefined });
    expect(judgedSet(two, { ignored: [] }).map(({ name }) => name)).toEqual(['gate', 'test', 'E2E']);
  });
});

describe('a job that is called as the README calls a gate', () => {
  const judgedIn = (path: string, ...names: string[]) => {
    const red = names.map((name) => job(name, 2, { conclusion: 'failure' }));
    const all = seen([job('unit', 1), ...red], [run(1), run(2, { path, name: 'PACE', workflow_id: 2 })]);
    return judgedSet(all, { ignored: [] }).map(({ name }) => name);
  };

  test.each([
    '.github/workflows/pace.yml',
    '.github/workflows/pace-changes.yaml',
    '.github/workflows/pace.yml@refs/heads/main',
  ])('does not judge the commit, in %s, though no status tells of it; other jobs do', (path) => {
    expect(judgedIn(path, 'Gate', 'gate (a)', 'days / gate', 'gates', 'test')).toEqual(['unit', 'gates', 'test']);
  });

  test.each([
    '.github/workflows/ci.yml',
    '.github/workflows/pacemaker.yml',
    'dynamic/pace.yml',
    '.github/workflows/x/pace.yml',
  ])('judges it in %s', (path) => {
    expect(judgedIn(path, 'Gate')).toEqual(['unit', 'Gate']);
  });

  test.each([
    ['pace.yml', 'pending', ['unit']],
    ['pace.yml', 'queued', ['unit', 'PACE']],
    ['ci.yml', 'pending', ['unit', 'PACE']],
  ])('is not waited for where its group holds up a run of which nothing has begun: %s, %s', (file, status, names) => {
    const held = run(2, { path: `.github/workflows/${file}`, name: 'PACE', workflow_id: 2, status, conclusion: null });
    expect(judgedSet(seen([job('unit', 1)], [run(1), held]), { ignored: [] }).map(({ name }) => name)).toEqual(names);
  });
});

describe('our own workflow', () => {
  const path = '.github/workflows/gate.yml';
  const own = { id: 77, path, check: '4242', key: 'gate' };
  const ofGate = { path, name: 'Gate', workflow_id: 9 };
  const judged = (checkRuns: CheckRun[], runs: WorkflowRun[], ours: OwnRun) => {
    return judgedSet(seen(checkRuns, runs, ours), { ownId: ours.check, ignored: [] }).map(({ name }) => name);
  };

  describe('at another commit', () => {
    const runs = [run(1), run(6, ofGate), run(8, ofGate)];
    const red = (name: string, suite: number) => job(name, suite, { conclusion: 'failure' });

    test('left a gate where its job has the name of ours', () => {
      const checkRuns = [job('unit', 1), red('Judge it', 6), red('tests', 6)];
      expect(judged(checkRuns, runs, { ...own, name: 'Judge it' })).toEqual(['unit', 'tests']);
    });

    test.each(['gate', 'gate (a)', 'caller / gate', 'caller / gate (24, linux)'])(
      'left a gate where its job %s is called by its key, and ours could not be asked for',
      (name) => {
        expect(judged([job('unit', 1), red(name, 6), red('gates', 6), red('gate / test', 6)], runs, own)).toEqual([
          'unit',
          'gates',
          'gate / test',
        ]);
      },
    );

    test('left a gate where it has no other job and nothing tells what ours is called', () => {
      const unnamed = { ...own, key: undefined };
      expect(judged([job('unit', 1), red('gate', 6), red('gate', 8)], runs, unnamed)).toEqual(['unit']);
      expect(judged([job('unit', 1), red('gate', 6), red('test', 6)], runs, unnamed)).toEqual(['unit', 'gate', 'test']);
    });

    test('does not make jobs of that name in other workflows gates', () => {
      expect(judged([red('gate', 1)], runs, own)).toEqual(['gate']);
    });
  });

  describe('at this commit', () => {
    const busy = { status: 'in_progress', conclusion: null, completed_at: null };
    const [mine, sibling] = [job('gate (a)', 77, { ...busy, id: 4242 }), job('gate (b)', 77, { ...busy, id: 4243 })];
    const runs = [
      run(77, { ...ofGate, status: 'in_progress', conclusion: null }),
      run(78, { ...ofGate, status: 'pending', conclusion: null }),
    ];
    const stateOf = (other: CheckRun, ours: OwnRun = own) => {
      return seen([mine, other], runs, ours).find(({ id }) => id === String(other.id))?.state;
    };

    test.each(['queued', 'pending', 'requested'])(
      'does not wait for another leg of its matrix that is %s',
      (status) => {
        expect(stateOf({ ...sibling, status, started_at: null })).toBe('blocked');
        expect(stateOf({ ...sibling, status, started_at: null, check_suite: { id: 78 } })).toBe('blocked');
      },
    );

    test('waits for one that has begun, and for others that have not', () => {
      const queued = { status: 'queued', started_at: null };
      expect(stateOf(sibling)).toBe('pending');
      expect(stateOf({ ...sibling, name: 'gates (b)', ...queued })).toBe('pending');
      expect(stateOf({ ...sibling, name: 'gate', ...queued })).toBe('pending');
      expect(stateOf({ ...sibling, ...queued, check_suite: { id: 5 } })).toBe('pending');
      expect(stateOf({ ...sibling, ...queued }, { ...own, check: undefined })).toBe('pending');
      const plain = { ...mine, name: 'gate' };
      expect(seen([plain, { ...sibling, ...queued }], runs, own).at(-1)?.state).toBe('pending');
    });

    test('counts what another leg has found, as only its status tells that it is a gate', () => {
      const red = { ...sibling, status: 'completed', conclusion: 'failure' as const, completed_at: T };
      expect(judged([mine, red], runs, own)).toEqual(['gate (b)']);
    });
  });
});

describe('what an app reports', () => {
  const app = (id: number, state: Partial<CheckRun>, more: Partial<CheckRun> = {}) =>
    job('scan', 9, { id, app: { slug: 'scanner' }, ...state, ...more });
  const [passed, failed] = [{ conclusion: 'success' }, { conclusion: 'failure' }] as const;
  const left = { status: 'in_progress', conclusion: null, completed_at: null } as const;
  const states = (...checkRuns: CheckRun[]) =>
    judgedSet(seen(checkRuns, []), { ignored: [] }).map(({ state }) => state);

  test('came later where its id is higher, whatever its clock says', () => {
    const behind = { started_at: '0001-01-01T00:00:00Z', completed_at: '0001-01-01T00:00:00Z' };
    const none = { started_at: null, completed_at: null };
    for (const times of [behind, none]) {
      expect(states(app(1, failed), app(2, passed, times))).toEqual(['success']);
      expect(states(app(2, failed, times), app(1, passed))).toEqual(['failure']);
    }
  });

  test('is not waited for where it was reported anew in its suite, and has ended there', () => {
    expect(states(app(1, left), app(2, passed))).toEqual(['success']);
    expect(states(app(1, left), app(2, failed))).toEqual(['failure']);
    for (const other of [app(1, passed), app(3, left), app(3, passed, { check_suite: { id: 8 } })])
      expect(states(app(2, left), other)).toContain('pending');
    expect(states(app(2, left), app(3, passed, { app: { slug: 'other' } }))).toContain('pending');
  });
});
