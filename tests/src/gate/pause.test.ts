import { describe, expect, test } from 'vitest';
import type { ChangeRequest } from '../../../core/ports/index.ts';
import { whyPaused } from '../../../src/gate/pause.ts';
import { gateParts, type Outside, outside, type RunOptions } from './parts.support.ts';

const BY_VARIABLE = { reason: 'PACE_PAUSED is true. To resume, set it to false.' };

function held(...days: number[]): Outside {
  const around = outside();
  for (const day of days)
    around.escalations.set(day, { key: `K-${day}`, url: `https://tracker.test/${day}`, day, open: true });
  return around;
}

function reviewed(state: ChangeRequest['state']): Outside {
  const around = outside();
  around.reviews.set(1, { key: '9', url: 'https://host.test/9', state });
  return around;
}

async function why(around: Outside, options: RunOptions = {}) {
  return whyPaused(await gateParts(around, options));
}

const observe = { gate: { mode: 'observe' } };
const by = (what: string) => ({ config: { pause: { by: what } } });
const env = (value: string) => ({ world: { env: { PACE_PAUSED: value } } });
const AFTER_GATE = { day: { lastHumanGate: 1 } };

test('nothing pauses a day that nothing holds', async () => {
  expect(await why(outside(), AFTER_GATE)).toBeUndefined();
});

test('a day outside of the sprint is paused by that, whatever else pauses, and nobody is asked', async () => {
  const around = held(1);
  expect(await why(around, { ...env('true'), day: { outside: 'The sprint is over.' } })).toEqual({
    reason: 'The sprint is over.',
  });
  expect(around.calls).toEqual([]);
});

describe('the variable', () => {
  test.each(['true', 'TRUE', ' true\n'])('%j in the environment pauses, and nobody is asked', async (value) => {
    const around = held(1);
    expect(await why(around, { ...env(value), config: observe })).toEqual(BY_VARIABLE);
    expect(around.calls).toEqual([]);
  });

  test.each(['false', '', '1', 'yes', 'true!'])('%j does not', async (value) => {
    expect(await why(outside(), env(value))).toBeUndefined();
  });

  test('of the host pauses where that is how days pause, and is not asked for where it is not', async () => {
    for (const how of ['variable', 'both']) {
      const around = outside();
      around.variables.set('PACE_PAUSED', 'true');
      expect(await why(around, by(how))).toEqual(BY_VARIABLE);
    }
    const around = outside();
    around.variables.set('PACE_PAUSED', 'true');
    expect(await why(around, by('issue'))).toBeUndefined();
    expect(around.calls.map(([operation]) => operation)).not.toContain('getVariable');
  });

  test('that the killed run of this very day was setting does not: the day is not over, and decides anew', async () => {
    const around = outside();
    around.variables.set('PACE_PAUSED', 'true');
    const parts = await gateParts(around, by('variable'));
    const id = await parts.journal.begin({ kind: 'pause', day: 3 });
    expect(await whyPaused(parts)).toBeUndefined();
    // one that had ended, and failed, was cut off by nobody
    await parts.journal.failed(id, 'refused');
    expect(await whyPaused(parts)).toEqual(BY_VARIABLE);
  });

  test('that the killed run of another day was setting does', async () => {
    const around = outside();
    around.variables.set('PACE_PAUSED', 'true');
    const parts = await gateParts(around, by('variable'));
    await parts.journal.begin({ kind: 'pause', day: 2 });
    await parts.journal.begin({ kind: 'story', day: 3 });
    expect(await whyPaused(parts)).toEqual(BY_VARIABLE);
  });
});

describe('an open escalation', () => {
  test('of an earlier day pauses, the earliest first', async () => {
    expect(await why(held(2, 1))).toEqual({
      reason: 'Day 1 is held by issue K-1. To resume, run day 1 until it ships, or close that issue.',
      escalation: { key: 'K-1', url: 'https://tracker.test/1' },
      heldDay: 1,
    });
  });

  test('of this day or of a later one does not: the day is run until it ships', async () => {
    expect(await why(held(3, 4))).toBeUndefined();
  });

  test.each<[string, RunOptions]>([
    ['where days pause by the variable', by('variable')],
    ['where the gate only observes', { config: observe }],
  ])('does not pause, and is not asked for, %s', async (_, options) => {
    const around = held(1);
    expect(await why(around, options)).toBeUndefined();
    expect(around.calls.map(([operation]) => operation)).not.toContain('openEscalation');
  });

  test('does not pause where the tracker cannot be asked', async () => {
    const around = held(1);
    around.fails.add('openEscalation');
    expect(await why(around)).toBeUndefined();
  });
});

describe('the review of the last human gate', () => {
  test('pauses when a person has closed it without merging', async () => {
    expect(await why(reviewed('closed'), AFTER_GATE)).toEqual({
      reason:
        'The review of day 1 was closed without merging. To resume, reopen and merge it, or set PACE_PAUSED to false.',
      review: { key: '9', url: 'https://host.test/9', state: 'closed' },
    });
  });

  test.each(['open', 'merged'] as const)('does not when it is %s', async (state) => {
    expect(await why(reviewed(state), AFTER_GATE)).toBeUndefined();
  });

  test.each<[string, RunOptions]>([
    ['where no gate was before this day', {}],
    ['where the gate only observes', { ...AFTER_GATE, config: observe }],
    ['where a person has set the variable to false', { ...AFTER_GATE, ...env('false') }],
  ])('does not, and is not asked for, %s', async (_, options) => {
    const around = reviewed('closed');
    expect(await why(around, options)).toBeUndefined();
    expect(around.calls.map(([operation]) => operation)).not.toContain('reviewState');
  });
});
