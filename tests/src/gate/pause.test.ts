import { describe, expect, test } from 'vitest';
import { PaceError } from '../../../core/errors.ts';
import type { ChangeRequest } from '../../../core/ports/index.ts';
import type { Pause } from '../../../src/gate/parts.ts';
import { standingOf } from '../../../src/gate/pause.ts';
import { writePause } from '../../../src/gate/state/pause-file.ts';
import {
  anyParts,
  checkout,
  deeds,
  gateParts,
  type Outside,
  outside,
  type RunOptions,
  reportOf,
} from './parts.support.ts';

const BY_VARIABLE = { reason: 'PACE_PAUSED is set. To resume, set it to false.' };
/** What no run of these tests is paused by, when only one thing is asked of. */
const NOTHING = { unknown: [] };

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

/** What pauses, without what only `pace status` shows; all has to be known. */
async function why(
  around: Outside,
  options: RunOptions = {},
): Promise<Omit<Pause, 'kind' | 'until' | 'by'> | undefined> {
  const { pause, unknown } = await standingOf(await anyParts(around, options));
  expect(unknown).toEqual([]);
  if (!pause) return undefined;
  const { kind: _, until: _until, by: _by, ...told } = pause;
  return told;
}

test('what pauses is of one kind each', async () => {
  const kind = async (around: Outside, options: RunOptions = {}) =>
    (await standingOf(await anyParts(around, options))).pause?.kind;
  expect(await kind(outside(), { day: { outside: 'Not yet.' } })).toBe('sprint');
  expect(await kind(outside(), env('true'))).toBe('variable');
  expect((await standingOf(await anyParts(outside(), frozen()))).pause).toMatchObject({
    kind: 'freeze',
    until: '2026-03-03',
  });
  expect(await kind(held(1))).toBe('hold');
  expect(await kind(reviewed('closed'), AFTER_GATE)).toBe('review');
});

const operations = ({ calls }: Outside) => calls.map(([operation]) => operation);
const observe = { gate: { mode: 'observe' } };
const by = (what: string) => ({ config: { pause: { by: what } } });
const env = (value: string) => ({ world: { env: { PACE_PAUSED: value } } });
const AFTER_GATE = { day: { lastHumanGate: 1 } };
const CHANGE = { change: {} };
const FREEZE = { from: '2026-03-02', to: '2026-03-03', reason: 'Holidays.' };
const frozen = (except: object = {}) => ({ config: { freeze: [{ ...FREEZE, except }] } });

test('nothing pauses a day, or a change, that nothing holds', async () => {
  expect(await standingOf(await gateParts(outside(), AFTER_GATE))).toEqual(NOTHING);
  expect(await standingOf(await anyParts(outside(), CHANGE))).toEqual(NOTHING);
});

test('a day before the sprint is paused by that, whatever else pauses, and nobody is asked', async () => {
  const around = held(1);
  const options = { ...env('true'), ...frozen(), day: { outside: 'The sprint has not begun.' } };
  expect(await why(around, options)).toEqual({ reason: 'The sprint has not begun.' });
  expect(around.calls).toEqual([]);
});

describe('of several things that pause, the first one is told', () => {
  test('the variable, then a person, then a freeze, then a hold, then a review', async () => {
    const around = held(1);
    around.reviews.set(1, { key: '9', url: 'https://host.test/9', state: 'closed' });
    const cwd = checkout();
    const options = { cwd, ...frozen(), ...AFTER_GATE };
    const { state } = await gateParts(around, options);
    await writePause(state.kept, 'gate', { reason: 'Release week', by: 'ann', since: '' });
    const first = async (more: RunOptions) => (await why(around, { ...options, ...more }))?.reason.split(/[ :]/)[0];
    expect(await first(env('true'))).toBe('PACE_PAUSED');
    expect(await first({})).toBe('Paused');
    expect(await first({ cwd: checkout() })).toBe('Frozen');
    expect(await first({ cwd: checkout(), config: {} })).toBe('Day');
    around.escalations.clear();
    expect(await first({ cwd: checkout(), config: {} })).toBe('The');
  });
});

describe('the variable', () => {
  test.each(['true', 'TRUE', ' true\n', '1', 'yes', 'On'])('%j in the environment pauses, and nobody is asked', async (value) => {
    for (const options of [{ config: observe }, CHANGE]) {
      const around = held(1);
      expect(await why(around, { ...env(value), ...options })).toEqual(BY_VARIABLE);
      expect(around.calls).toEqual([]);
    }
  }); // biome-ignore format: one line

  test.each(['false', '', ' ', '0', 'no', 'OFF'])('%j does not, and the host is not asked for another word', async (value) => {
    const around = outside();
    around.variables.set('PACE_PAUSED', 'true');
    expect(await why(around, { ...env(value), ...by('variable') })).toBeUndefined();
    expect(operations(around)).not.toContain('getVariable');
  }); // biome-ignore format: one line

  test.each(['true!', 'pause', 'y'])('%j is no word for either, and ends the run', async (value) => {
    await expect(why(outside(), env(value))).rejects.toMatchObject({
      kind: 'configuration',
      message: expect.stringContaining(`PACE_PAUSED is "${value}"`),
    });
  });

  test('of the host pauses where that is how days pause, changes too, and is not asked for where it is not', async () => {
    for (const how of ['variable', 'both']) {
      for (const options of [by(how), { ...by(how), ...CHANGE }]) {
        const around = outside();
        around.variables.set('PACE_PAUSED', 'true');
        expect(await why(around, options)).toEqual(BY_VARIABLE);
      }
    }
    const around = outside();
    around.variables.set('PACE_PAUSED', 'true');
    expect(await why(around, by('issue'))).toBeUndefined();
    expect(operations(around)).not.toContain('getVariable');
  });

  test('of the host that is no word for either ends the run as well', async () => {
    const around = outside();
    around.variables.set('PACE_PAUSED', 'maybe');
    await expect(why(around, by('variable'))).rejects.toThrow('PACE_PAUSED is "maybe"');
  });

  test('that cannot be asked for is unknown, and what else pauses is looked at all the same', async () => {
    const around = held(1);
    around.fails.add('getVariable');
    const { pause, unknown } = await standingOf(await gateParts(around, by('both')));
    expect(pause?.heldDay).toBe(1);
    expect(unknown).toEqual(['what PACE_PAUSED says: getVariable went wrong. Please look.']);
    const change = outside();
    change.fails.add('getVariable');
    expect((await standingOf(await anyParts(change, { ...by('variable'), ...CHANGE }))).unknown).toHaveLength(1);
  });

  test('the state of earlier runs that did not come here leaves pauses and holds unknown, of days and of changes', async () => {
    for (const options of [{}, CHANGE]) {
      const parts = await anyParts(outside(), options);
      parts.faults.add('restoreState', new PaceError({ kind: 'transient', message: 'No answer.', remedy: 'Look.' }));
      const { pause, unknown } = await standingOf(parts);
      expect([pause, unknown]).toEqual([
        undefined,
        ['who has paused, and what earlier runs have held: No answer. Look.'],
      ]);
    }
  });

  test('an earlier fault makes nothing unknown', async () => {
    const around = outside();
    around.fails.add('jobUrl');
    const parts = await gateParts(around, { ...by('both'), ...AFTER_GATE });
    await parts.ciAdapter.jobUrl();
    expect([parts.faults.list.length, await standingOf(parts)]).toEqual([1, NOTHING]);
  });

  test('that the killed run of this very day was setting does not: the day is not over, and decides anew', async () => {
    const around = outside();
    around.variables.set('PACE_PAUSED', 'true');
    const parts = await gateParts(around, by('variable'));
    const id = await parts.journal.begin({ kind: 'pause', day: 3 });
    // the journal alone, which others may have written, does not tell
    expect((await standingOf(parts)).pause).toEqual({ kind: 'variable', ...BY_VARIABLE });
    around.escalations.set(3, { key: 'K-3', url: 'https://tracker.test/3', day: 3, open: false });
    expect((await standingOf(parts)).pause).toEqual({ kind: 'variable', ...BY_VARIABLE });
    around.escalations.set(3, { key: 'K-3', url: 'https://tracker.test/3', day: 3, open: true });
    expect(await standingOf(parts)).toEqual(NOTHING);
    // nor does a tracker that does not answer
    around.fails.add('escalationOf');
    expect((await standingOf(parts)).pause).toEqual({ kind: 'variable', ...BY_VARIABLE });
    around.fails.clear();
    // one that had ended, and failed, was cut off by nobody
    await parts.journal.failed(id, 'refused');
    expect((await standingOf(parts)).pause).toEqual({ kind: 'variable', ...BY_VARIABLE });
  });

  test('that the killed run of another day was setting does, and so it does for a change', async () => {
    const around = outside();
    around.variables.set('PACE_PAUSED', 'true');
    const parts = await gateParts(around, by('variable'));
    await parts.journal.begin({ kind: 'pause', day: 2 });
    await parts.journal.begin({ kind: 'story', day: 3 });
    expect((await standingOf(parts)).pause).toEqual({ kind: 'variable', ...BY_VARIABLE });
    const change = await anyParts(around, { ...by('variable'), ...CHANGE });
    await change.journal.begin({ kind: 'pause', day: 3 });
    expect((await standingOf(change)).pause).toEqual({ kind: 'variable', ...BY_VARIABLE });
  });
});

describe('a person', () => {
  const PAUSE = { reason: 'Release week', by: 'ann', since: '2026-03-01T08:00:00Z' };

  async function paused(options: RunOptions, pause: Parameters<typeof writePause>[2], gate = 'gate') {
    const parts = await anyParts(outside(), options);
    await writePause(parts.state.kept, gate, pause);
    return (await standingOf(parts)).pause;
  }

  test('pauses days and changes, also where the gate only observes', async () => {
    const reason = 'Paused by ann: Release week. To resume, run `pace resume`.';
    for (const options of [{}, CHANGE, { config: observe }])
      expect(await paused(options, PAUSE)).toEqual({ kind: 'person', by: 'ann', reason });
  });

  test('does so for a while, where they say so, to the minute', async () => {
    // the run is at 9:00
    const reason = 'Paused by ann until 2026-03-02 09:00 (UTC): Release week. To resume, run `pace resume`.';
    const until = '2026-03-02T09:00:01Z';
    expect(await paused({}, { ...PAUSE, until })).toEqual({ kind: 'person', by: 'ann', until, reason });
    expect((await paused({}, { ...PAUSE, reason: 'Release week.' }))?.reason).toBe(
      'Paused by ann: Release week. To resume, run `pace resume`.',
    );
    expect(await paused({}, { ...PAUSE, until: '2026-03-02T09:00:00Z' })).toBeUndefined();
  });

  test('pauses one gate on all its branches, and no other gate', async () => {
    const shop = { owner: { gate: 'shop', branch: 'release/1' } };
    expect(await paused(shop, PAUSE, 'shop')).toBeDefined();
    expect(await paused(shop, PAUSE)).toBeUndefined();
    expect(await paused({}, PAUSE, 'shop')).toBeUndefined();
  });

  test.each([
    ['torn', '.pace/pause.yaml', 'reason: "Rel'],
    ['empty', '.pace/pause.yaml', ''],
    ['a folder', '.pace/pause.yaml/x', ''],
  ])('has meant something by a file that is %s: it pauses', async (_, name, text) => {
    const pause = await why(outside(), { cwd: checkout({ [name]: text }) });
    expect(pause?.reason).toBe('Paused by somebody: pause.yaml cannot be read. To resume, run `pace resume`.');
  });

  test('has paused nothing where the state cannot be there at all', async () => {
    expect(await why(outside(), { cwd: checkout({ '.pace': 'a file' }), ...by('issue') })).toBeUndefined();
  });
});

describe('a freeze', () => {
  const FROZEN = { reason: 'Frozen until 2026-03-03: Holidays.' };

  test('pauses days and changes, also where the gate only observes, and asks nobody', async () => {
    for (const options of [{}, CHANGE, { config: { ...frozen().config, ...observe } }]) {
      const around = held(1);
      expect(await why(around, { ...frozen(), ...options })).toEqual(FROZEN);
      expect(around.calls).toEqual([]);
    }
  });

  test('that is over, or has not begun, does not', async () => {
    for (const span of [
      { from: '2026-02-01', to: '2026-03-01' },
      { from: '2026-03-03', to: '2026-03-04' },
    ]) {
      expect(await why(outside(), { config: { freeze: [{ ...FREEZE, ...span }] } })).toBeUndefined();
    }
  });

  test('is one of the time zone of the sprint', async () => {
    // 9:00 UTC is 18:00 in Tokyo
    const freeze = [{ ...FREEZE, from: '2026-03-02T17:30', to: '2026-03-02T18:30' }];
    expect(await why(outside(), { config: { freeze, sprint: { timezone: 'Asia/Tokyo' } } })).toBeDefined();
    expect(await why(outside(), { config: { freeze } })).toBeUndefined();
  });

  test.each<[string, object, RunOptions, boolean]>([
    ['the branch of a day', { branches: ['hotfix/*'] }, { branch: 'hotfix/1' }, true],
    ['another branch of a day', { branches: ['hotfix/*'] }, { branch: 'main' }, false],
    ['no branch, of a day that knows none', { branches: ['*'] }, {}, false],
    ['the source of a change', { branches: ['hotfix/*'] }, { change: { source: 'hotfix/1' } }, true],
    ['the target of a change', { branches: ['release'] }, { change: { target: 'release' } }, true],
    ['neither end of a change', { branches: ['release'] }, CHANGE, false],
    ['a label of a change', { labels: ['hotfix'] }, { change: { labels: ['Hotfix'] } }, true],
    ['another label of a change', { labels: ['hotfix'] }, { change: { labels: ['fix'] } }, false],
    ['a label, of a day, which has none', { labels: ['hotfix'] }, {}, false],
  ])('excepts %s', async (_, except, options, goesOn) => {
    expect(await why(outside(), { ...frozen(except), ...options })).toEqual(goesOn ? undefined : FROZEN);
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
    ['where a change is judged, not a day', CHANGE],
  ])('does not pause, and is not asked for, %s', async (_, options) => {
    const around = held(1);
    expect(await why(around, options)).toBeUndefined();
    expect(operations(around)).not.toContain('openEscalation');
  });

  test('is unknown where the tracker cannot be asked, and the review is looked at all the same', async () => {
    const around = reviewed('closed');
    around.fails.add('openEscalation');
    const { pause, unknown } = await standingOf(await gateParts(around, AFTER_GATE));
    expect(unknown).toEqual(['whether an earlier day is held: openEscalation went wrong. Please look.']);
    expect(pause?.review?.key).toBe('9');
  });

  test('is unknown also where the tracker does not say why it cannot tell', async () => {
    const around = outside();
    around.refuses.add('openEscalation');
    expect((await standingOf(await gateParts(around))).unknown).toEqual(['whether an earlier day is held: ']);
  });
});

describe('a hold that an earlier run has written down', () => {
  const escalation = (day: number, more: object = {}) => ({ key: `K-${day}`, url: '', tracker: 'test', ...more });

  async function remembering(around: Outside, reports: Parameters<typeof reportOf>[0][], options: RunOptions = {}) {
    const { change: _, ...ofDay } = options;
    const parts = await gateParts(around, ofDay);
    for (const report of reports) await parts.state.save(reportOf(report), undefined);
    const standing = await standingOf(parts);
    const [, asked] = around.calls.find(([operation]) => operation === 'openEscalation') ?? [];
    return { parts, standing, asked };
  }

  test('is looked for under its key: of days before this one that have not shipped since', async () => {
    const { asked } = await remembering(held(1), [
      { day: 1, escalation: escalation(1) },
      { day: 2, decision: 'UNKNOWN', escalation: escalation(2) },
      { day: 3, escalation: escalation(3) },
      { day: 4, escalation: escalation(4) },
    ]);
    expect(asked).toEqual({
      before: 3,
      remembered: [
        { day: 1, key: 'K-1', tracker: 'test' },
        { day: 2, key: 'K-2', tracker: 'test' },
      ],
    });
  });

  test.each([
    ['a day that has shipped', { decision: 'SHIP' }],
    ['a day without an issue', { escalation: { key: '', url: '' } }],
    ['an issue that was found closed', { escalation: escalation(1, { closed: true }) }],
    ['a day of another sprint', { sprint: 'another' }],
  ] as const)('is not looked for: %s', async (_, more) => {
    const { asked, standing } = await remembering(outside(), [{ day: 1, escalation: escalation(1), ...more }]);
    expect(asked).toEqual({ before: 3, remembered: [] });
    expect(standing).toEqual(NOTHING);
  });

  test('is asked for once: one that is found closed is marked so, and its key stays', async () => {
    const around = outside();
    const { parts, asked } = await remembering(around, [{ day: 1, escalation: escalation(1) }]);
    expect(asked).toMatchObject({ remembered: [{ key: 'K-1' }] });
    expect((await parts.state.decision(1))?.escalation).toEqual(escalation(1, { closed: true }));
    await standingOf(await gateParts(around, { cwd: parts.world.cwd }));
    expect(around.calls.at(-1)).toEqual(['openEscalation', { before: 3, remembered: [] }]);
  });

  test('is asked for again while it is open, and where the tracker could not be asked', async () => {
    for (const around of [held(1), outside()]) {
      around.fails.add(around.escalations.size > 0 ? 'none' : 'openEscalation');
      const { parts } = await remembering(around, [{ day: 1, escalation: escalation(1) }]);
      expect((await parts.state.decision(1))?.escalation).toEqual(escalation(1));
    }
  });

  test('a dry run marks nothing', async () => {
    const around = outside();
    const cwd = checkout();
    await (await gateParts(around, { cwd })).state.save(reportOf({ day: 1, escalation: escalation(1) }), undefined);
    const dry = await gateParts(around, { cwd, dryRun: true });
    await standingOf(dry);
    expect((await dry.state.decision(1))?.escalation).toEqual(escalation(1));
    expect(deeds(around)).toEqual([]);
  });

  test('of a time when trackers were not written down is one of this tracker', async () => {
    const { asked } = await remembering(held(1), [{ day: 1, escalation: { key: 'K-1', url: '' } }]);
    expect(asked).toMatchObject({ remembered: [{ day: 1, key: 'K-1' }] });
  });

  test('in another tracker than the present one is unknown: nobody can look there', async () => {
    const { standing, asked, parts } = await remembering(outside(), [
      { day: 1, escalation: escalation(1, { tracker: 'other' }) },
    ]);
    expect(asked).toEqual({ before: 3, remembered: [] });
    expect(standing).toEqual({
      unknown: [
        'whether day 1 is still held by K-1, which is in other and not in the present tracker: run day 1 again until it ships',
      ],
    });
    expect((await parts.state.decision(1))?.escalation).toEqual(escalation(1, { tracker: 'other' }));
  });

  test('that cannot be marked is a fault, and the run goes on', async () => {
    const around = outside();
    const cwd = checkout();
    const { state, ...parts } = await gateParts(around, { cwd });
    await state.save(reportOf({ day: 1, escalation: escalation(1) }), undefined);
    const broken = { ...state, escalationClosed: () => Promise.reject(new Error('the disk is full')) };
    expect(await standingOf({ ...parts, state: broken })).toEqual(NOTHING);
    expect(parts.faults.list.map(({ operation }) => operation)).toEqual(['saveDecision']);
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

  test('does when the variable is there and empty, which says nothing', async () => {
    for (const value of ['', ' '])
      expect(await why(reviewed('closed'), { ...AFTER_GATE, ...env(value) })).toBeDefined();
  });

  test.each<[string, RunOptions]>([
    ['where no gate was before this day', {}],
    ['where the gate only observes', { ...AFTER_GATE, config: observe }],
    ['where a person has set the variable to false', { ...AFTER_GATE, ...env('false') }],
    ['where a change is judged, not a day', CHANGE],
  ])('does not, and is not asked for, %s', async (_, options) => {
    const around = reviewed('closed');
    expect(await why(around, options)).toBeUndefined();
    expect(operations(around)).not.toContain('reviewState');
  });

  test('is unknown where it cannot be asked for', async () => {
    const around = reviewed('closed');
    around.fails.add('reviewState');
    expect(await standingOf(await gateParts(around, AFTER_GATE))).toEqual({
      unknown: ['how the review of day 1 ended: reviewState went wrong. Please look.'],
    });
  });
});
