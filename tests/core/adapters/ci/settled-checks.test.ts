import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { statusContext, withJob } from '../../../../core/adapters/ci/gate-status.ts';
import { pollWait } from '../../../../core/adapters/ci/poll-wait.ts';
import {
  DEFAULT_CI_RULES,
  type Judging,
  judgedSet,
  knownSince,
  type Look,
  signature,
  type Verdict,
  verdict,
} from '../../../../core/adapters/ci/settled-checks.ts';
import type { Check, CheckState, WaitsFor } from '../../../../core/ports/index.ts';
import { nameMatcher } from '../../../../core/text/name-matcher.ts';

const NOW = 1_000_000_000;
const LONG_AGO = NOW - 3_600_000;

function check(name: string, state: CheckState, more: Partial<Check> = {}): Check {
  const done = ['pending', 'blocked', 'unknown', 'waiting'].includes(state) ? {} : { completedAt: LONG_AGO + 1000 };
  return {
    id: `id-${name}`,
    name,
    app: 'ci',
    workflow: 'main',
    state,
    vendorState: state,
    optional: false,
    url: `https://ci.test/${name}`,
    startedAt: LONG_AGO,
    ...done,
    ...more,
  };
}

function untimed({ startedAt: _, completedAt: __, ...rest }: Check): Check {
  return rest;
}

function waits(name: string, kind: WaitsFor['kind'], isBlocking = false): Check {
  const { startedAt: _, ...one } = check(name, 'waiting', { waitsFor: { kind, who: 'ann', isBlocking } });
  return one;
}

function judge(
  checks: Check[],
  more: Partial<Omit<Judging, 'look' | 'rules'> & Look> & { rules?: Partial<typeof DEFAULT_CI_RULES> } = {},
): Verdict {
  // pushed long ago, on a host whose clock agrees with ours
  const { at = NOW, since = NOW, unchangedSince = at, rules } = more;
  const { known, pushed, ahead } = { known: LONG_AGO, ahead: 0, ...more };
  return verdict({
    look: { checks, at, known, pushed, ahead },
    since,
    unchangedSince,
    rules: { ...DEFAULT_CI_RULES, ...rules },
  });
}

function conclusion(found: Verdict): string {
  return found.over ? found.conclusion : 'not over';
}

describe('how an ended set is concluded', () => {
  test.each<[string, Check[], string]>([
    ['all passed', [check('a', 'success'), check('b', 'success')], 'success'],
    ['one failed', [check('a', 'success'), check('b', 'failure')], 'failure'],
    ['a failure outweighs a cancellation', [check('a', 'cancelled'), check('b', 'failure')], 'failure'],
    ['one cancelled', [check('a', 'success'), check('b', 'cancelled')], 'cancelled'],
    ['skipped and neutral pass', [check('a', 'skipped'), check('b', 'neutral')], 'success'],
    ['an allowed failure passes', [check('a', 'success'), check('b', 'failure', { optional: true })], 'success'],
    ['an allowed cancellation passes', [check('a', 'success'), check('b', 'cancelled', { optional: true })], 'success'],
    ['one still runs', [check('a', 'success'), check('b', 'pending')], 'not over'],
    ['a failure is no reason to stop early', [check('a', 'failure'), check('b', 'pending')], 'not over'],
    ['an unknown word is waited for', [check('a', 'success'), check('b', 'unknown')], 'not over'],
    ['a blocked one does not hang it', [check('a', 'success'), check('b', 'blocked')], 'success'],
    ['one waits for an approval', [check('a', 'success'), waits('b', 'approval')], 'waiting'],
    ['one is started by hand before others', [check('a', 'success'), waits('b', 'start', true)], 'waiting'],
    ['one waits, and it is not told for what', [check('a', 'success'), check('b', 'waiting')], 'waiting'],
    ['a deployment waits', [check('a', 'success'), waits('b', 'deployment', true)], 'success'],
    ['a later one is started by hand', [check('a', 'success'), waits('b', 'start')], 'success'],
    ['nothing but a deployment is there', [waits('b', 'deployment')], 'waiting'],
    ['nothing but skips and a later start', [check('a', 'skipped'), waits('b', 'start')], 'success'],
    ['a failure outweighs what waits', [waits('a', 'approval'), check('b', 'failure')], 'failure'],
    ['a cancellation outweighs what waits', [waits('a', 'approval'), check('b', 'cancelled')], 'cancelled'],
    ['one still runs beside what waits', [waits('a', 'approval'), check('b', 'pending')], 'not over'],
  ])('%s', (_, checks, expected) => {
    expect(conclusion(judge(checks))).toBe(expected);
  });

  test('skipped and neutral can be made to fail', () => {
    expect(conclusion(judge([check('a', 'skipped')], { rules: { skippedPasses: false } }))).toBe('failure');
    expect(conclusion(judge([check('a', 'neutral')], { rules: { neutralPasses: false } }))).toBe('failure');
  });

  test('the check that decided is named', () => {
    const found = judge([check('a', 'success'), check('b', 'failure')]);
    expect(found.over && found.decidedBy?.name).toBe('b');
  });
});

describe('when a set is settled', () => {
  test('an empty set is waited for during the grace, then it is "no runs"', () => {
    expect(judge([], { since: NOW })).toMatchObject({ over: false, overIn: 60_000 });
    expect(judge([], { since: NOW - 59_999 })).toMatchObject({ over: false, overIn: 1 });
    expect(conclusion(judge([], { since: NOW - 60_000 }))).toBe('no_runs');
  });

  test('the times of whoever reports a check say nothing of the push', () => {
    const early = check('lint', 'success', { startedAt: NOW - 3_600_000, completedAt: NOW - 3_590_000 });
    expect(knownSince([early])).toBe(NOW - 3_600_000);
    const reported = { ...early, hasOwnClock: true };
    expect(knownSince([reported])).toBeUndefined();
    expect(knownSince([reported, check('test', 'pending', { startedAt: NOW - 5 })])).toBe(NOW - 5);
  });

  test('a set that only waits for people is "no runs" after the grace', () => {
    expect(conclusion(judge([check('deploy', 'blocked')], { since: NOW }))).toBe('not over');
    expect(conclusion(judge([check('deploy', 'blocked')], { since: NOW - 60_000 }))).toBe('no_runs');
  });

  test('one that ended a moment ago gets its settle time, by the clock of the host', () => {
    expect(judge([check('a', 'success', { completedAt: NOW - 2000 })])).toMatchObject({ over: false, overIn: 3000 });
    expect(conclusion(judge([check('a', 'success', { completedAt: NOW - 5000 })]))).toBe('success');
  });

  test('without times it is settled when it has been seen unchanged for long enough', () => {
    const { completedAt: _, ...timeless } = check('a', 'success');
    expect(judge([timeless], { unchangedSince: NOW - 1000 })).toMatchObject({ over: false, overIn: 4000 });
    expect(conclusion(judge([timeless], { unchangedSince: NOW - 5000 }))).toBe('success');
  });

  test('a host whose clock is ahead does not make it wait for ever', () => {
    const ahead = check('a', 'success', { completedAt: NOW + 3_600_000 });
    expect(conclusion(judge([ahead], { unchangedSince: NOW - 5000 }))).toBe('success');
  });

  test('jobs of a later stage get more time to start', () => {
    const ended = check('build', 'success', { completedAt: NOW - 6000 });
    expect(judge([ended, check('deploy', 'blocked')])).toMatchObject({ over: false, overIn: 9000 });
  });

  test('what is waited for is said in words', () => {
    const awaited = (found: Verdict) => (found.over ? [] : found.awaited);
    expect(awaited(judge([], { since: NOW }))).toEqual(['the first check to appear']);
    expect(awaited(judge([check('a', 'success', { completedAt: NOW })]))).toEqual(['late checks']);
    const odd = check('b', 'unknown', { vendorState: 'dreaming' });
    expect(awaited(judge([check('a', 'pending'), odd, check('c', 'success')]))).toEqual([
      'a',
      'b (unknown state "dreaming")',
    ]);
  });

  test('one that ends at this very moment is taken at its word', () => {
    const found = judge([check('a', 'success', { completedAt: NOW })], { unchangedSince: NOW - 5000 });
    expect(found).toMatchObject({ over: false, overIn: 5000 });
  });

  describe('after a push', () => {
    const quick = check('license', 'success', { startedAt: NOW - 20_000, completedAt: NOW - 19_000 });

    test('a set is not over before the grace has passed since the first that the host tells of the commit', () => {
      expect(judge([quick], { known: NOW - 20_000 })).toEqual({
        over: false,
        awaited: ['late checks'],
        overIn: 40_000,
      });
      expect(judge([quick], { known: NOW - 59_999 })).toMatchObject({ over: false, overIn: 1 });
      expect(conclusion(judge([quick], { known: NOW - 60_000 }))).toBe('success');
    });

    test('of an old commit it is measured from the push that has started our run, and never beyond that of the wait', () => {
      const old = check('license', 'success');
      const hour = 3_600_000;
      expect(judge([old], { pushed: NOW - 20_000 })).toEqual({ over: false, awaited: ['late checks'], overIn: 40_000 });
      expect(judge([old], { pushed: NOW + hour - 20_000, known: LONG_AGO + hour, ahead: hour })).toMatchObject({
        overIn: 40_000,
      });
      expect(judge([old], { pushed: NOW + hour, since: NOW - 10_000 })).toMatchObject({ overIn: 50_000 });
      expect(judge([old], { pushed: NOW, ahead: undefined, since: NOW - 10_000 })).toMatchObject({ overIn: 50_000 });
      expect(judge([old], { pushed: NOW - 59_999 })).toMatchObject({ overIn: 1 });
      for (const pushed of [NOW - 60_000, LONG_AGO - hour, undefined])
        expect(conclusion(judge([old], { pushed }))).toBe('success');
      // one that was pushed again while a run of it has not ended
      expect(judge([quick], { known: NOW - 20_000, pushed: LONG_AGO })).toMatchObject({ overIn: 40_000 });
      expect(conclusion(judge([old], { pushed: NOW - 20_000, rules: { expected: ['lic*'] } }))).toBe('success');
    });

    test('it is measured by the clock of the host', () => {
      const hour = 3_600_000;
      const ahead = { ...quick, startedAt: NOW + hour - 20_000, completedAt: NOW + hour - 19_000 };
      expect(judge([ahead], { known: NOW + hour - 20_000, ahead: hour })).toMatchObject({ overIn: 40_000 });
      const behind = { ...quick, startedAt: NOW - hour - 20_000, completedAt: NOW - hour - 19_000 };
      expect(judge([behind], { known: NOW - hour - 20_000, ahead: -hour })).toMatchObject({ overIn: 40_000 });
    });

    test('where the host does not tell the time it is measured from when the wait began', () => {
      const old = { known: LONG_AGO, ahead: undefined, since: NOW - 10_000 };
      expect(judge([check('a', 'success')], old)).toMatchObject({ over: false, overIn: 50_000 });
      expect(judge([check('a', 'success')], { known: undefined, since: NOW - 10_000 })).toMatchObject({
        overIn: 50_000,
      });
      expect(
        conclusion(judge([check('a', 'success')], { ...old, since: NOW - 60_000, unchangedSince: LONG_AGO })),
      ).toBe('success');
    });

    test('a host that dates into the future does not lengthen it', () => {
      expect(judge([quick], { known: NOW + 3_600_000, since: NOW - 10_000 })).toMatchObject({ overIn: 50_000 });
    });

    test('it ends early when all that is expected is there', () => {
      const fresh = { known: NOW - 20_000 };
      expect(conclusion(judge([quick], { ...fresh, rules: { expected: ['lic*'] } }))).toBe('success');
      expect(judge([quick], { ...fresh, rules: { expected: ['lic*', 'unit'] } })).toEqual({
        over: false,
        awaited: ['unit (not there yet)'],
      });
    });

    test('an empty set is waited for from when the wait began, whatever the host tells of others', () => {
      expect(judge([], { known: LONG_AGO, since: NOW - 10_000 })).toMatchObject({ overIn: 50_000 });
    });

    test('the longer of grace and settle time is waited', () => {
      const late = check('a', 'success', { completedAt: NOW - 1000 });
      expect(judge([late], { known: NOW - 58_000 })).toMatchObject({ overIn: 4000 });
      expect(judge([late], { known: NOW - 55_000 })).toMatchObject({ overIn: 5000 });
    });

    test('the earliest time of all checks is taken, of its end where no start is told', () => {
      const ended = { ...untimed(check('b', 'success')), completedAt: 5 };
      expect(knownSince([check('a', 'success', { startedAt: 7 }), ended, untimed(check('c', 'success'))])).toBe(5);
      expect(knownSince([untimed(check('c', 'success'))])).toBeUndefined();
      expect(knownSince([])).toBeUndefined();
    });
  });

  describe('what waits for a person', () => {
    const fresh = { known: NOW - 20_000 };

    test('ends the wait when the grace has passed and nothing else is unfinished', () => {
      expect(judge([waits('deploy', 'deployment')], fresh)).toEqual({
        over: false,
        awaited: ['deploy (waits for ann)'],
        overIn: 40_000,
      });
      expect(judge([waits('deploy', 'deployment')])).toMatchObject({ over: true, conclusion: 'waiting' });
    });

    test('is named beside what runs', () => {
      expect(judge([check('unit', 'pending'), waits('deploy', 'deployment'), check('odd', 'waiting')])).toEqual({
        over: false,
        awaited: ['unit', 'deploy (waits for ann)', 'odd (waits for a person)'],
      });
    });

    test('may hold up what is expected: that is not waited for behind it', () => {
      const rules = { expected: ['e2e'] };
      expect(conclusion(judge([waits('CI', 'approval')], { rules }))).toBe('waiting');
      expect(conclusion(judge([waits('go', 'start', true)], { rules }))).toBe('waiting');
      expect(judge([waits('deploy', 'deployment')], { rules })).toEqual({
        over: false,
        awaited: ['deploy (waits for ann)', 'e2e (not there yet)'],
      });
    });

    test('lets what has ended beside it settle as long as what is blocked', () => {
      const ended = check('build', 'success', { completedAt: NOW - 6000 });
      expect(judge([ended, waits('deploy', 'start')])).toMatchObject({ over: false, overIn: 9000 });
    });
  });

  test('an expected check that is missing is waited for, by name or glob', () => {
    const rules = { expected: ['e2e *'] };
    expect(judge([check('unit', 'success')], { rules })).toMatchObject({
      over: false,
      awaited: ['e2e * (not there yet)'],
    });
    expect(conclusion(judge([check('unit', 'success'), check('e2e (linux)', 'success')], { rules }))).toBe('success');
  });
});

describe('which checks count', () => {
  test('the latest attempt wins, and an unfinished one before all', () => {
    const first = check('test', 'failure', { id: '1', startedAt: 1 });
    const second = check('test', 'success', { id: '2', startedAt: 2 });
    const third = check('test', 'pending', { id: '3', startedAt: 0 });
    expect(judgedSet([second, first], { ignored: [] })).toEqual([second]);
    expect(judgedSet([second, first, third], { ignored: [] })).toEqual([third]);
  });

  test.each<[string, Check, Check]>([
    [
      'that started later, whatever its number',
      check('t', 'failure', { id: '8', startedAt: 2 }),
      check('t', 'success', { id: '9', startedAt: 1 }),
    ],
    [
      'that ended later, where a start is not known',
      { ...untimed(check('t', 'failure', { id: '8' })), completedAt: LONG_AGO + 1 },
      check('t', 'success', { id: '9', startedAt: LONG_AGO }),
    ],
    [
      'with the higher number, where they started together',
      check('t', 'failure', { id: '10' }),
      check('t', 'success', { id: '9' }),
    ],
    [
      'with the higher number, where no time is known',
      untimed(check('t', 'failure', { id: '10' })),
      untimed(check('t', 'success', { id: '9' })),
    ],
    [
      'that has a time, where the other has none',
      check('t', 'failure', { id: '8' }),
      untimed(check('t', 'success', { id: '9' })),
    ],
    [
      'that is not over, although it started earlier',
      check('t', 'unknown', { id: '8', startedAt: 1 }),
      check('t', 'success', { id: '9', startedAt: 2 }),
    ],
  ])('of two attempts the one counts %s', (_, later, earlier) => {
    expect(judgedSet([earlier, later], { ignored: [] })).toEqual([later]);
    expect(judgedSet([later, earlier], { ignored: [] })).toEqual([later]);
  });

  test('one name in two workflows, or of two apps, stays two', () => {
    const checks = [
      check('test', 'success'),
      check('test', 'failure', { workflow: 'nightly' }),
      check('test', 'failure', { app: 'other' }),
    ];
    expect(judgedSet(checks, { ignored: [] })).toHaveLength(3);
  });

  test('its own job is left out in all attempts, its siblings of a matrix are not', () => {
    const earlier = check('gate (1)', 'failure', { id: '8' });
    const own = check('gate (1)', 'pending', { id: '9' });
    const sibling = check('gate (2)', 'success', { id: '10' });
    expect(judgedSet([earlier, own, sibling], { ownId: '9', ignored: [] })).toEqual([sibling]);
  });

  test('of a job of its own name in the same attempt only its own is left out', () => {
    const at = (id: string, state: CheckState, attempt: string, completedAt = 1): Check => {
      return { ...check('CI', state, { id, attempt }), completedAt };
    };
    const [own, tests] = [at('9', 'pending', '2'), at('8', 'failure', '2')];
    const earlier = [at('5', 'failure', '1', 70), at('4', 'success', '1', 60)];
    expect(judgedSet([own, tests], { ownId: '9', ignored: [] })).toEqual([tests]);
    // the gate waits for the others, so it ends last
    expect(judgedSet([...earlier, own], { ownId: '9', ignored: [] })).toEqual([earlier[1]]);
    const running = [{ ...untimed(at('5', 'pending', '1')), startedAt: 1 }, at('4', 'success', '1', 60)];
    expect(judgedSet([...running, own], { ownId: '9', ignored: [] })).toEqual([running[1]]);
  });

  test('a job that the host knows for that of a gate is left out, with its other attempts', () => {
    const gate = check('gate', 'failure', { id: '4', isGate: true });
    expect(judgedSet([gate, check('gate', 'pending', { id: '5' }), check('unit', 'success')], { ignored: [] })).toEqual(
      [check('unit', 'success')],
    );
    const status = check('gate', 'failure', { app: 'status', isGate: true });
    expect(judgedSet([status], { ignored: [] })).toEqual([status]);
  });

  test('a failure counts until what was run again has ended', () => {
    const failed = check('test', 'failure', { id: '1', startedAt: 1 });
    const again = check('test', 'pending', { id: '2', startedAt: 2 });
    expect(judgedSet([failed, again], { ignored: [] })).toEqual([failed, again]);
    const passed: Check = { ...again, state: 'success', completedAt: 3 };
    expect(judgedSet([failed, passed], { ignored: [] })).toEqual([passed]);
  });

  describe('a verdict is no evidence', () => {
    const unit = check('unit', 'success');
    const status = (name: string, url = '') => check(name, 'failure', { app: 'status', url });
    const judged = (...checks: Check[]) => judgedSet(checks, { ignored: [] }).map(({ name }) => name);

    test('the status of a gate is called by its name', () => {
      expect(statusContext('web')).toBe('pace/web');
    });

    test('neither our own status nor that of another gate counts', () => {
      expect(judged(status(statusContext('gate')), status(statusContext('web')), unit)).toEqual(['unit']);
    });

    test.each<[string, Check]>([
      ['a status of another name', status('ci/pace/gate')],
      ['a job that is called like one', check('pace/gate', 'failure')],
      ['a status that leads nowhere beside a job that has no page', check('build', 'failure', { url: '' })],
    ])('%s counts', (_, one) => {
      expect(judged(one, status('pace/web'), unit)).toEqual([one.name, 'unit']);
    });

    const job = check('gate job', 'pending', { id: '11', url: 'https://ci.test/o/r/runs/5' });
    test.each<[string, string]>([
      ['by its page', job.url],
      ['by its number', 'https://host.test/o/r/actions/runs/5/job/11'],
      ['by its number, where its page goes on', 'https://host.test/o/r/actions/runs/5/job/11?pr=7'],
      ['by its number, at a place in the page', 'https://host.test/g/p/-/jobs/11#L5'],
    ])('nor does the job that the status of a gate leads to, %s', (_, url) => {
      expect(judged(job, status('pace/web', url), unit)).toEqual(['unit']);
      expect(judged(status('pace/web', url), unit, job)).toEqual(['unit']);
    });

    test.each<[string, string]>([
      ['another job', 'https://host.test/o/r/actions/runs/5/job/12'],
      ['another number that begins alike', 'https://host.test/o/r/actions/runs/5/job/111'],
      ['a whole run of the same number', 'https://host.test/o/r/actions/runs/11'],
      ['something below the job', 'https://host.test/o/r/actions/runs/5/job/11/steps/1'],
      ['an issue', 'https://host.test/o/r/issues/11'],
    ])('a status that leads to %s leaves the job as it is', (_, url) => {
      expect(judged(job, status('pace/web', url), unit)).toEqual(['gate job', 'unit']);
    });

    test('a status of somebody else leaves out nothing that it leads to', () => {
      expect(judged(job, status('ci/build', job.url), unit)).toEqual(['gate job', 'ci/build', 'unit']);
    });

    test('all attempts of the job are left out, its siblings are not', () => {
      const earlier = check('gate job', 'failure', { id: '10' });
      const later = check('gate job', 'pending', { id: '12' });
      const elsewhere = check('gate job', 'failure', { id: '13', workflow: 'nightly' });
      const checks = [earlier, job, later, elsewhere, status('pace/web', job.url)];
      expect(judgedSet(checks, { ignored: [] })).toEqual([elsewhere]);
    });

    test('other statuses on the page of a gate’s job still count', () => {
      expect(judged(check('ci/lint', 'success', { app: 'status', url: job.url }), status('pace/web', job.url))).toEqual(
        ['ci/lint'],
      );
    });
  });

  test('ignored names are left out', () => {
    const checks = [check('pace/gate', 'failure'), check('deploy / preview', 'pending'), check('unit', 'success')];
    expect(judgedSet(checks, { ignored: ['pace/gate', 'deploy*'] }).map(({ name }) => name)).toEqual(['unit']);
  });

  test('a pattern matches names that begin with a dot, and cannot be turned round', () => {
    expect(nameMatcher(['*'])('.lint')).toBe(true);
    expect(['!unit', 'e2e'].map(nameMatcher(['!unit']))).toEqual([true, false]);
    expect(nameMatcher([])('unit')).toBe(false);
  });

  test('a name with brackets is matched as it stands', () => {
    expect(nameMatcher(['build (ubuntu, 22) [x]'])('build (ubuntu, 22) [x]')).toBe(true);
  });

  const anyCheck = fc.record({
    id: fc.string({ minLength: 1, maxLength: 4 }),
    name: fc.constantFrom('a', 'b', 'c'),
    app: fc.constantFrom('x', 'y'),
    workflow: fc.constantFrom('', 'w'),
    state: fc.constantFrom<CheckState>(
      'pending',
      'blocked',
      'success',
      'failure',
      'cancelled',
      'skipped',
      'neutral',
      'unknown',
    ),
    vendorState: fc.constant('word'),
    optional: fc.boolean(),
    url: fc.constant(''),
    startedAt: fc.integer({ min: 0, max: NOW }),
    completedAt: fc.integer({ min: 0, max: NOW }),
  });

  test('the order in which a host lists checks does not matter', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(anyCheck, { selector: ({ id }) => id, maxLength: 12 }),
        fc.infiniteStream(fc.nat()),
        (checks, keys) => {
          const key = new Map(checks.map((one) => [one.id, keys.next().value ?? 0]));
          const shuffled = checks.toSorted((a, b) => (key.get(a.id) ?? 0) - (key.get(b.id) ?? 0));
          const a = judgedSet(checks, { ignored: [] });
          const b = judgedSet(shuffled, { ignored: [] });
          expect(signature(a)).toBe(signature(b));
          expect(conclusion(judge(a))).toBe(conclusion(judge(b)));
        },
      ),
    );
  });

  test('nothing unfinished, unknown or failed is ever a success', () => {
    fc.assert(
      fc.property(fc.array(anyCheck, { maxLength: 8 }), fc.integer({ min: 0, max: 600_000 }), (checks, waited) => {
        const found = judge(checks, { since: NOW - waited });
        if (!found.over || found.conclusion !== 'success') return;
        const against = checks.filter(
          ({ state, optional }) =>
            state === 'pending' || state === 'unknown' || (!optional && ['failure', 'cancelled'].includes(state)),
        );
        expect(against).toEqual([]);
        expect(checks.some(({ state }) => !['pending', 'unknown', 'blocked'].includes(state))).toBe(true);
      }),
    );
  });
});

test('two looks are alike when they saw the same checks in the same states', () => {
  const [a, b] = [check('a', 'pending'), check('b', 'success')];
  expect(signature([a, b])).toBe(signature([b, a]));
  const others = [[a], [], [a, { ...b, state: 'failure' as const }], [a, { ...b, id: 'x' }], [a, b, b]];
  for (const other of others) expect(signature(other)).not.toBe(signature([a, b]));
});

test('runs that look together are spread by a tenth of the wait', () => {
  const usual = { quietSeconds: 600, interval: 20, awaited: 1 };
  expect([0, 1].map((random) => pollWait({ ...usual, random }))).toEqual([18, 22]);
});

test('looks soon after a change, then less often; at the interval while many are awaited; in time for a known end', () => {
  const usual = { quietSeconds: 600, interval: 20, awaited: 1, random: 0.5 };
  expect(pollWait({ ...usual, quietSeconds: 0 })).toBe(5);
  expect(pollWait({ ...usual, quietSeconds: 60 })).toBe(12);
  expect(pollWait(usual)).toBe(20);
  expect(pollWait({ ...usual, free: true })).toBe(10);
  expect(pollWait({ ...usual, quietSeconds: 0, awaited: 4 })).toBe(20);
  expect(pollWait({ ...usual, free: true, awaited: 4 })).toBe(20);
  expect(pollWait({ ...usual, awaited: 4, overIn: 3000 })).toBe(3);
  expect(pollWait({ ...usual, quietSeconds: 0, interval: 1 })).toBe(1);
});

describe("the address of a gate's status", () => {
  const job = 'https://github.com/o/r/actions/runs/5/job/11';

  test('leads to the issue, and names the job behind it', () => {
    expect(withJob('https://tracker.test/7', job)).toBe('https://tracker.test/7#pace-job-11');
    expect(withJob('https://tracker.test/7', 'https://gitlab.test/o/r/-/jobs/12')).toBe(
      'https://tracker.test/7#pace-job-12',
    );
    expect(withJob('https://tracker.test/7', 'https://ci.test/steps/x')).toBe(
      'https://tracker.test/7#pace-job-748acb575dfe39ec34ee3c95',
    );
    expect(withJob('https://tracker.test/7', '')).toBe('https://tracker.test/7');
    expect(withJob('https://tracker.test/7#note', job)).toBe('https://tracker.test/7#note');
    expect(withJob('', job)).toBe('');
  });

  test('tells the other gates whose job it is, whatever it leads to', () => {
    const gateJob: Check = {
      ...{ id: '11', name: 'gate (api)', app: 'github-actions', workflow: 'CI', state: 'failure' },
      ...{ vendorState: 'failure', optional: false, url: 'https://github.com/o/r/runs/11' },
    };
    const status = (url: string): Check => ({ ...gateJob, id: 's', name: 'pace/api', app: 'status', url });
    for (const url of [job, 'https://tracker.test/7#pace-job-11', gateJob.url]) {
      expect(judgedSet([gateJob, status(url)], { ignored: [] })).toEqual([]);
    }
    expect(judgedSet([gateJob, status('https://tracker.test/7')], { ignored: [] })).toEqual([gateJob]);
  });

  test.each([
    ['Gitea', 'https://gitea.test/o/r/actions/runs/7/jobs/3', 'https://gitea.test/o/r/actions/runs/8/jobs/3'],
    [
      'Bitbucket',
      'https://bitbucket.org/o/r/pipelines/results/7/steps/%7B1%7D',
      'https://bitbucket.org/o/r/pipelines/results/7/steps/%7B2%7D',
    ],
    ['Jenkins', 'https://ci.test/job/shop/job/main/7/', 'https://ci.test/job/shop/job/main/8/'],
  ])('tells a job of %s by its whole address: numbers there are those of a run', (_, url, otherUrl) => {
    const job = (id: string, address: string): Check => ({
      ...{ id, name: id, app: 'ci', workflow: 'CI', state: 'pending' },
      ...{ vendorState: 'running', optional: false, url: address },
    });
    const [gate, other, nameless] = [job('run-7', url), job('run-8', otherUrl), job('run-9', '')];
    for (const address of [url, withJob('https://tracker.test/7', url)]) {
      const status: Check = { ...gate, id: 's', name: 'pace/api', app: 'status', url: address };
      expect(judgedSet([gate, other, nameless, status], { ignored: [] })).toEqual([other, nameless]);
    }
  });
});
