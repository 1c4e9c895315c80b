import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { standing } from '../../../../core/adapters/ci/attempts.ts';
import type { Check, CheckState } from '../../../../core/ports/index.ts';

let id = 0;

/** A check of one job: `failure`, or `failure@2` for one that belongs to the second attempt and started in its time. */
function checkOf(word: string, index: number): Check {
  const [state = '', attempt] = word.split('@');
  id += 1;
  return {
    ...{ id: String(id), name: 'test', app: 'ci', workflow: 'CI', state: state as CheckState, vendorState: state },
    ...{ optional: false, url: '', startedAt: attempt === undefined ? index : Number(attempt) * 100 },
    ...(attempt === undefined ? {} : { attempt }),
  };
}

function wordOf({ state, attempt }: Check): string {
  return attempt === undefined ? state : `${state}@${attempt}`;
}

describe('of one job', () => {
  test.each<[string, string[], string[]]>([
    ['the later run counts', ['failure', 'success'], ['success']],
    ['a later failure counts', ['success', 'failure'], ['failure']],
    ['a skip hides no failure', ['failure', 'skipped'], ['failure']],
    ['a skip hides no pass', ['success', 'skipped'], ['success']],
    ['a skip hides no cancellation', ['cancelled', 'skipped'], ['cancelled']],
    ['a skip is superseded by anything', ['skipped', 'cancelled'], ['cancelled']],
    ['a duplicate that was cancelled after a pass does not hold', ['success', 'cancelled'], ['success']],
    ['what was cancelled hides no failure', ['failure', 'cancelled'], ['failure']],
    ['what was cancelled hides no neutral word', ['neutral', 'cancelled'], ['neutral']],
    ['what was cancelled and then passed has passed', ['cancelled', 'success'], ['success']],
    ['a neutral one mends', ['failure', 'neutral'], ['neutral']],
    ['the later skip counts where all were skipped', ['skipped@1', 'skipped@2'], ['skipped@2']],
    ['the later cancellation counts where all were cancelled', ['cancelled@1', 'cancelled@2'], ['cancelled@2']],
    ['skips between do not matter', ['failure', 'skipped', 'success', 'skipped'], ['success']],
    ['a re-run that goes on leaves the failure where it is', ['failure', 'pending'], ['failure', 'pending']],
    ['a re-run in an unknown state too', ['failure', 'unknown'], ['failure', 'unknown']],
    ['a pass before a re-run that goes on is no news', ['success', 'pending'], ['pending']],
    ['a failure that was mended before is no news', ['failure', 'success', 'pending'], ['pending']],
    ['one that waits for a person leaves the failure where it is', ['failure', 'waiting'], ['failure', 'waiting']],
    ['one that is blocked too', ['failure', 'blocked'], ['failure', 'blocked']],
    ['one that waited before a result is over', ['waiting', 'success'], ['success']],
    ['what waits is not hidden by a skip', ['waiting', 'skipped'], ['waiting']],
    ['two of one attempt are two', ['failure@1', 'success@1'], ['failure@1', 'success@1']],
    ['a failure beside a skip', ['failure@1', 'skipped@1'], ['failure@1', 'skipped@1']],
    ['a failure that was run again', ['failure@1', 'success@1', 'success@2'], ['success@2']],
    ['one of two failures was run again', ['failure@1', 'failure@1', 'success@2'], ['failure@1', 'success@2']],
    ['both were', ['failure@1', 'failure@1', 'success@2', 'success@2'], ['success@2', 'success@2']],
    ['one after the other was', ['failure@1', 'failure@1', 'success@2', 'success@3'], ['success@3']],
    [
      'a skip beside the re-run mends nothing',
      ['failure@1', 'failure@1', 'success@2', 'skipped@2'],
      ['failure@1', 'success@2', 'skipped@2'],
    ],
    ['one of an attempt still runs', ['failure@1', 'success@2', 'pending@2'], ['success@2', 'pending@2']],
    ['the re-run failed in its turn', ['failure@1', 'success@1', 'failure@2'], ['failure@2']],
  ])('%s', (_, words, expected) => {
    const checks = words.map(checkOf);
    expect(standing(checks).map(wordOf)).toEqual(expected);
    // in whatever order the host lists them
    expect(standing(checks.toReversed()).map(wordOf).toSorted()).toEqual(expected.toSorted());
  });

  test('what has not begun is later than what has a time', () => {
    const { startedAt: _, ...waiting } = checkOf('waiting', 0);
    const passed = checkOf('success', 50);
    expect(standing([passed, waiting])).toEqual([waiting]);
    const { startedAt: __, ...blocked } = checkOf('blocked', 0);
    expect(standing([blocked, passed])).toEqual([blocked]);
  });

  describe('that ran for two events', () => {
    const ran = (state: CheckState, event: string | undefined, from: number, to: number): Check => {
      const { attempt: _, ...one } = checkOf(state, from);
      return { ...one, completedAt: to, ...(event === undefined ? {} : { event }) };
    };
    const failed = ran('failure', 'push', 1, 5);

    test('a pass beside a failure mends nothing, whichever began first', () => {
      const later = ran('success', 'pull_request', 2, 6);
      const earlier = ran('success', 'pull_request', 0, 6);
      expect(standing([failed, later])).toEqual([failed, later]);
      expect(standing([earlier, failed])).toEqual([failed]);
    });

    test('what began when the failure was there mends it, and so does a run for the same event, or for one that is not told', () => {
      for (const mending of [
        ran('success', 'workflow_dispatch', 5, 6),
        ran('success', 'push', 2, 6),
        ran('success', undefined, 2, 6),
      ])
        expect(standing([failed, mending])).toEqual([mending]);
    });

    test('a re-run mends the one beside which another one passed', () => {
      const [beside, again] = [ran('success', 'pull_request', 2, 4), ran('success', 'push', 7, 8)];
      expect(standing([failed, beside, again])).toEqual([again]);
    });
  });

  test('ids tell which came later where whoever reports them has a clock of its own', () => {
    const dated = (state: CheckState, id: string, startedAt: number): Check => {
      return { ...checkOf(state, 0), id, startedAt, completedAt: startedAt + 1, hasOwnClock: true };
    };
    const [first, second] = [dated('failure', '9', 86_400), dated('success', '10', -62_135_596_800_000)];
    expect(standing([first, second])).toEqual([second]);
    const { startedAt: _, completedAt: __, ...undated } = dated('failure', '11', 0);
    expect(standing([undated, second, first])).toEqual([undated]);
  });

  test('the newest start of an attempt is its time', () => {
    const early = [checkOf('failure@1', 0), checkOf('success@1', 0)].map((one, index) => ({
      ...one,
      startedAt: index * 10,
    }));
    const late = { ...checkOf('success@2', 0), startedAt: 5 };
    expect(standing([...early, late])).toEqual(early);
  });

  const words = fc.constantFrom<CheckState>(
    ...(['pending', 'waiting', 'blocked', 'success', 'failure', 'cancelled', 'skipped', 'neutral', 'unknown'] as const),
  );

  test('a failure is only ever gone when a later attempt has a result', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(words, fc.integer({ min: 1, max: 4 })), { minLength: 1, maxLength: 8 }),
        (given) => {
          const checks = given.map(([state, attempt], index) => checkOf(`${state}@${attempt}`, index));
          const found = standing(checks);
          for (const failed of checks.filter(({ state }) => state === 'failure')) {
            const results = checks.filter(({ state, attempt }) => {
              return Number(attempt) > Number(failed.attempt) && ['success', 'failure', 'neutral'].includes(state);
            });
            if (results.length === 0) expect(found).toContain(failed);
          }
        },
      ),
    );
  });
});
