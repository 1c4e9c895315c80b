import { describe, expect, test } from 'vitest';
import { loadPlan } from '../../../core/plan/read-plan.ts';
import { configSchema } from '../../../src/config/schema.ts';
import { createState } from '../../../src/gate/state/state.ts';
import { type GateDay, whichDay } from '../../../src/gate/which-day.ts';
import { testWorld } from '../../support/world.ts';
import { checkout, reportOf } from './parts.support.ts';

interface Given {
  /** `2026-03-04T09:00:00Z` */
  readonly now?: string;
  readonly plan?: string;
  readonly sprint?: object;
  readonly reporter?: object;
  readonly day?: string;
  /** Days that earlier runs have decided. */
  readonly decided?: readonly number[];
}

async function dayOf({ now = '2026-03-04T09:00:00Z', plan, sprint, reporter, day, decided = [] }: Given): Promise<GateDay> {
  const cwd = checkout(plan === undefined ? {} : { 'plan.yaml': plan });
  const world = testWorld({ cwd, start: Date.parse(now) });
  const state = createState(world);
  for (const known of decided) await state.save(reportOf({ day: known }), undefined);
  const config = configSchema.parse({ sprint: sprint ?? {}, ...(reporter ? { reporter } : {}) });
  const loaded = await loadPlan(world, config.sprint.plan);
  return whichDay({ world, config, plan: loaded, state, given: day === undefined ? undefined : { text: day, source: '--day' } });
} // biome-ignore format: one signature

// day 1 is a Monday, day 3 the fourth of March
const SPRINT = { start_date: '2026-03-02', duration_days: 5 };
const PLAN = `start_date: 2026-03-02
days:
  - { day: 1, target: Scaffold, human_gate: true }
  - { day: 3, target: Log in, notes: A demo, issue: "#12", human_gate: true }
  - { day: 5, target: Log out, human_gate: true }
  - { day: 6, target: Clean up }
`;

describe('the calendar tells the day', () => {
  test.each([
    ['2026-03-01T23:59:59Z', 0, 'Today is 2026-03-01 in UTC; day 1 is 2026-03-02.'],
    ['2026-03-02T00:00:00Z', 1, undefined],
    ['2026-03-06T23:59:59Z', 5, undefined],
  ])('at %s it is day %i; outside: %s', async (now, day, outside) => {
    const found = await dayOf({ now, sprint: SPRINT });
    expect(found).toMatchObject({ day, date: now.slice(0, 10), totalDays: 5, startDate: '2026-03-02' });
    if (outside === undefined) expect(found).not.toHaveProperty('outside');
    else expect(found.outside).toContain(outside);
  });

  test('in the time zone of the sprint, else in that of the reports', async () => {
    const now = '2026-03-03T23:30:00Z';
    expect(await dayOf({ now, sprint: SPRINT })).toMatchObject({ day: 2, date: '2026-03-03' });
    const berlin = { timezone: 'Europe/Berlin' };
    expect(await dayOf({ now, sprint: SPRINT, reporter: berlin })).toMatchObject({ day: 3, date: '2026-03-04' });
    const tokyo = { ...SPRINT, timezone: 'Asia/Tokyo' };
    expect(await dayOf({ now: '2026-03-03T15:30:00Z', sprint: tokyo, reporter: berlin })).toMatchObject({ day: 3 });
    // also where the day is named
    expect((await dayOf({ now, day: '1', reporter: berlin })).date).toBe('2026-03-04');
  });

  test('the start of the configuration goes before that of the plan', async () => {
    expect((await dayOf({ plan: PLAN })).day).toBe(3);
    expect(await dayOf({ plan: PLAN, sprint: { start_date: '2026-03-04' } })).toMatchObject({
      day: 1,
      startDate: '2026-03-04',
    });
  });

  test('a plan is as long as its last day, whatever the configuration says', async () => {
    const sprint = { duration_days: 2 };
    expect(await dayOf({ now: '2026-03-07T09:00:00Z', plan: PLAN, sprint })).toMatchObject({ day: 6, totalDays: 6 });
    const after = await dayOf({ now: '2026-03-08T09:00:00Z', plan: PLAN, sprint });
    expect(after.unplanned).toBe('The sprint ended with day 6: day 7 is judged without a story.');
  });

  test('a day that the plan leaves out is judged without a story, and that is noted', async () => {
    const found = await dayOf({ now: '2026-03-03T09:00:00Z', plan: PLAN });
    const unplanned = 'Day 2 is not in plan.yaml: it is judged without a story.';
    expect(found).toMatchObject({ day: 2, target: '', humanGate: false, unplanned, notes: [unplanned] });
    expect(found).not.toHaveProperty('outside');
  });

  test('so is a day after the last one; before the first there is nothing to judge', async () => {
    const after = await dayOf({ now: '2026-03-08T00:00:00Z', plan: PLAN, decided: [6] });
    const unplanned = 'The sprint ended with day 6: day 7 is judged without a story.';
    expect(after).toMatchObject({ day: 7, unplanned, notes: [unplanned] });
    expect(after).not.toHaveProperty('outside');
    const before = await dayOf({ now: '2026-03-01T00:00:00Z', plan: PLAN });
    expect(before).toMatchObject({ day: 0, notes: [] });
    expect(before).not.toHaveProperty('unplanned');
  });

  test('what is no working day belongs to the last one, and that is noted', async () => {
    const sprint = { ...SPRINT, working_days: ['mon', 'tue', 'wed'] };
    expect(await dayOf({ now: '2026-03-05T09:00:00Z', sprint })).toMatchObject({
      ...{ day: 3, date: '2026-03-05' },
      notes: [expect.stringContaining('is not a working day; it belongs to day 3 (2026-03-04).')],
    });
  });

  test('nothing tells it where neither a start nor a day is given', async () => {
    await expect(dayOf({})).rejects.toMatchObject({
      kind: 'validation',
      message: 'Nothing tells which day it is.',
      remedy: expect.stringContaining('sprint.start_date'),
    });
  });
});

describe('days that nobody judged are noted', () => {
  test.each([
    ['where none is known before', [], undefined],
    ['where yesterday was judged', [1, 2], undefined],
    ['where only later days are known', [3, 4], undefined],
    ['one', [1, 3, 4], 'Day 2 was not judged: no run is known between day 1 and today.'],
    ['several, after the last one before today', [1, 7], 'Days 2–3 were not judged: no run is known between day 1 and today.'],
  ])('%s', async (_, decided, note) => {
    const now = `2026-03-0${note?.startsWith('Days') ? 5 : 4}T09:00:00Z`;
    const { notes } = await dayOf({ now, sprint: SPRINT, decided });
    expect(notes).toEqual(note === undefined ? [] : [note]);
  }); // biome-ignore format: a table

  test('not so where a person names the day', async () => {
    expect((await dayOf({ day: '5', sprint: SPRINT, decided: [1] })).notes).toEqual([]);
  });
});

describe('a day that is named', () => {
  test.each([
    ['5', 5],
    [' 05 ', 5],
    ['1', 1],
  ])('%j is day %i, whatever today is', async (day, expected) => {
    expect((await dayOf({ now: '2020-01-01T00:00:00Z', day, sprint: SPRINT })).day).toBe(expected);
  });

  test.each([
    ['0', '--day is 0: that is the planning day'],
    ['two', '--day is "two", which is not a whole number from 1 up.'],
  ])('%j is refused', async (day, message) => {
    await expect(dayOf({ day, sprint: SPRINT })).rejects.toMatchObject({
      kind: 'validation',
      message: expect.stringContaining(message),
    });
  });

  test.each([
    ['2', 'Day 2 is not in plan.yaml: it is judged without a story.'],
    ['7', 'The sprint ended with day 6: day 7 is judged without a story.'],
    ['6', undefined],
  ])('%s is judged whether the plan has it or not: %s', async (day, unplanned) => {
    const found = await dayOf({ day, plan: PLAN, sprint: { duration_days: 1 } });
    expect([found.day, found.unplanned, found.notes]).toEqual([Number(day), unplanned, unplanned ? [unplanned] : []]);
    expect('unplanned' in found).toBe(unplanned !== undefined);
  });

  test('without a plan days count on for ever', async () => {
    for (const day of ['5', '6', '600']) expect(await dayOf({ day, sprint: SPRINT })).not.toHaveProperty('unplanned');
  });
});

describe('what the plan says of the day', () => {
  test('is what it is for, its note, its issue, and what every day is for', async () => {
    expect(await dayOf({ plan: PLAN })).toEqual({
      ...{ day: 3, date: '2026-03-04', target: 'Log in', contextNote: 'A demo', humanGate: true, planIssue: '12' },
      ...{ lastHumanGate: 1, totalDays: 6, startDate: '2026-03-02', notes: [] },
      targets: new Map([
        [1, 'Scaffold'],
        [3, 'Log in'],
        [5, 'Log out'],
        [6, 'Clean up'],
      ]),
      planned: [
        expect.objectContaining({ day: 1, humanGate: true }),
        expect.objectContaining({ day: 3, issue: '12', humanGate: true }),
        expect.objectContaining({ day: 5 }),
        expect.objectContaining({ day: 6 }),
      ],
    });
  });

  test('is nothing where there is no plan', async () => {
    expect(await dayOf({ day: '3' })).toEqual({
      ...{ day: 3, date: '2026-03-04', target: '', contextNote: '', humanGate: false },
      ...{ totalDays: 30, startDate: '', notes: [], targets: new Map() },
    });
  });

  test.each([
    [1, undefined],
    [3, 1],
    [5, 3],
    [6, 5],
  ])('the last human gate before day %i is day %s: the day itself does not count', async (day, gate) => {
    const found = await dayOf({ day: String(day), plan: PLAN });
    expect(found.lastHumanGate).toBe(gate);
    expect('lastHumanGate' in found).toBe(gate !== undefined);
  });
});
