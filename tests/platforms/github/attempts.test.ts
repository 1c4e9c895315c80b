import { describe, expect, test } from 'vitest';
import { attemptsOf, withoutCopies } from '../../../platforms/github/attempts.ts';
import type { CheckRun, WorkflowRun } from '../../../platforms/github/host-wire.ts';

const at = (minute: number) => `2026-03-02T08:${String(minute).padStart(2, '0')}:00Z`;

let nextId = 1;

/** A job that ran from one minute to another. */
function job(name: string, from: number | null, to: number | null, more: Partial<CheckRun> = {}): CheckRun {
  nextId += 1;
  return {
    ...{ id: nextId, name, details_url: null, app: { slug: 'github-actions' }, check_suite: { id: 5 } },
    ...{ html_url: `https://github.com/o/r/actions/runs/1/job/${nextId}` },
    ...{ status: to === null ? 'in_progress' : 'completed', conclusion: to === null ? null : 'success' },
    ...{ started_at: from === null ? null : at(from), completed_at: to === null ? null : at(to) },
    ...more,
  };
}

function run(attempt: number | undefined, began: number | undefined): WorkflowRun {
  return {
    ...{
      id: 1,
      name: 'CI',
      path: 'ci.yml',
      workflow_id: 7,
      check_suite_id: 5,
      status: 'completed',
      conclusion: 'success',
    },
    ...{ html_url: 'https://github.com/o/r/actions/runs/1', created_at: at(0) },
    ...(attempt === undefined ? {} : { run_attempt: attempt }),
    ...(began === undefined ? {} : { run_started_at: at(began) }),
  };
}

function found(jobs: CheckRun[], runs: WorkflowRun[] | undefined): [string | undefined, boolean][] {
  const attempts = attemptsOf(jobs, runs);
  return jobs.map((one) => [attempts.get(one)?.attempt, attempts.get(one)?.isLatest ?? false]);
}

describe('the attempt of a job', () => {
  test('is the only one of a run that was not run again, whenever its jobs ran', () => {
    const jobs = [job('a', 1, 2), job('a', 3, 4), job('b', null, null)];
    expect(found(jobs, [run(1, 0)])).toEqual([
      ['5.1', true],
      ['5.1', true],
      ['5.1', true],
    ]);
  });

  test('is the latest where it started with that or later, or has not begun; else the one before', () => {
    const jobs = [job('a', 1, 2), job('b', 9, 12), job('a', 10, 11), job('c', 12, 13), job('d', null, null)];
    expect(found(jobs, [run(2, 10)])).toEqual([
      ['5.1', false],
      // it was not run again
      ['5.1', true],
      ['5.latest', true],
      ['5.latest', true],
      ['5.latest', true],
    ]);
  });

  test('of three attempts is told by who ran after whom, as far as they are before the latest', () => {
    const jobs = [job('a', 1, 2), job('a', 4, 5), job('b', 1, 3), job('b', 2, 4), job('a', 10, 11), job('a', 12, 13)];
    expect(found(jobs, [run(3, 10)])).toEqual([
      ['5.1', false],
      ['5.2', false],
      ['5.1', true],
      ['5.1', true],
      ['5.latest', true],
      ['5.latest', true],
    ]);
  });

  test.each<[string, WorkflowRun[] | undefined]>([
    ['the run kept the time of its first attempt', [run(2, 0)]],
    ['the run tells a later time than any job', [run(2, 50)]],
    ['the run tells no time', [run(2, undefined)]],
    ['the run tells no number', [run(undefined, 4)]],
    ['no run is told for the suite', []],
    ['runs may not be listed', undefined],
  ])('is told by who ran after whom where %s', (_, runs) => {
    const jobs = [
      ...[job('a', 2, 3), job('a', 3, 5), job('a', 4, 6), job('a', 7, null)],
      ...[job('b', 1, null), job('b', 9, 10), job('c', 1, 2)],
    ];
    expect(found(jobs, runs)).toEqual([
      ['5.1', false],
      ['5.2', false],
      ['5.2', false],
      ['5.3', true],
      ['5.1', true],
      ['5.1', true],
      ['5.1', true],
    ]);
    const reversed = found(jobs.toReversed(), runs).map(([attempt]) => attempt);
    expect(reversed).toEqual(found(jobs, runs).map(([attempt]) => attempt).toReversed()); // biome-ignore format: one thought
  });

  test('is another one in another suite', () => {
    expect(found([job('a', 1, 2), job('a', 1, 2, { check_suite: { id: 6 } })], undefined)).toEqual([
      ['5.1', true],
      ['6.1', true],
    ]);
  });

  test('is none of another app, or outside of a suite', () => {
    const others = [
      job('a', 1, 2, { app: { slug: 'scanner' } }),
      job('a', 1, 2, { app: null }),
      job('a', 1, 2, { check_suite: null }),
    ];
    expect(found(others, [run(1, 0)])).toEqual([
      [undefined, true],
      [undefined, true],
      [undefined, true],
    ]);
  });

  test('is none of what a job reports, unless all jobs of the server have such pages', () => {
    const page = 'https://github.com/o/r/runs/12';
    const reported = [page, `${page}?check_suite_focus=true`].map((html_url) =>
      job('Test results', 1, 2, { html_url }),
    );
    const odd = [null, 'https://ci.test/a'].map((html_url) => job('odd', 1, 2, { html_url }));
    expect(found([job('a', 1, 2), ...reported, ...odd], [run(1, 0)]).map(([attempt]) => attempt)).toEqual([
      '5.1',
      undefined,
      undefined,
      '5.1',
      '5.1',
    ]);
    expect(found(reported, [run(1, 0)]).map(([attempt]) => attempt)).toEqual(['5.1', '5.1']);
  });
});

describe('a job that a later attempt did not run again', () => {
  const [failed, copy, others] = [
    job('a', 1, 2, { conclusion: 'failure' }),
    job('a', 1, 2, { conclusion: 'failure' }),
    [job('a', 1, 2), job('a', 1, 3, { conclusion: 'failure' }), job('b', 1, 2, { conclusion: 'failure' })],
  ];

  test.each<[string, WorkflowRun[] | undefined]>([
    ['of two', [run(2, 10)]],
    ['of a number that is not told', undefined],
  ])('is listed once, whatever else is like it, by its first id: attempts %s', (_, runs) => {
    expect(withoutCopies([copy, failed, ...others], runs)).toEqual([failed, ...others]);
  });

  test('is none where there was one attempt, where it goes on, or of another suite or app', () => {
    const all = [failed, copy];
    expect(withoutCopies(all, [run(1, 0)])).toEqual(all);
    const running = [job('a', 1, null), job('a', 1, null)];
    const elsewhere = [failed, { ...copy, check_suite: { id: 6 } }];
    const ofApp = all.map((one) => ({ ...one, app: { slug: 'scanner' } }));
    for (const listed of [running, elsewhere, ofApp]) expect(withoutCopies(listed, [run(2, 10)])).toEqual(listed);
  });
});
