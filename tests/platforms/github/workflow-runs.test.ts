import { describe, expect, test } from 'vitest';
import { judgedSet } from '../../../core/adapters/ci/settled-checks.ts';
import type { Check } from '../../../core/ports/index.ts';
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

function seen(checkRuns: CheckRun[], runs: WorkflowRun[] | undefined, own?: { id: number; path: string }): Check[] {
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
      ['test', 'CI', 'pending'],
    ]);
  });

  test.each(['queued', 'in_progress', 'waiting', 'requested', 'pending'])(
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

  test('that wait for approval are pending and say so', () => {
    expect(brief(seen([], [run(1, { conclusion: 'action_required' })]))).toEqual([
      ['CI (waits for approval)', 'CI', 'pending'],
    ]);
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

  test.each(['success', 'skipped', 'neutral'])('that ended as %s without any job count for nothing', (conclusion) => {
    expect(seen([], [run(1, { conclusion })])).toEqual([]);
  });

  test.each(['cancelled', 'startup_failure', 'action_required'])(
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

describe('the workflow of another gate, which its status leads to', () => {
  const gate = job('gate', 2, { id: 11, status: 'in_progress', conclusion: null });
  const busy = { status: 'in_progress', conclusion: null } as const;
  const runs = [
    run(2, { ...busy, path: '.github/workflows/pace.yml', name: 'PACE', workflow_id: 2 }),
    run(3, { ...busy, path: '.github/workflows/pace.yml', name: 'PACE', workflow_id: 2, status: 'queued' }),
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
});
