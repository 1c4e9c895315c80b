import { describe, expect, test } from 'vitest';
import { withJob } from '../../../core/adapters/ci/gate-status.ts';
import { configSchema } from '../../../src/config/schema.ts';
import { act, actPaused, announce, deliveriesOf } from '../../../src/gate/act.ts';
import type { BacklogItem } from '../../../src/gate/backlog.ts';
import type { Judged } from '../../../src/gate/parts.ts';
import type { GateDay } from '../../../src/gate/which-day.ts';
import { anyParts, deeds, gateParts, HOLD as HELD, outside, type RunOptions, reportOf, SHIP } from './parts.support.ts';

const DAY: GateDay = {
  ...{ day: 3, date: '2026-03-04', target: '', contextNote: 'note', humanGate: false, totalDays: 30, startDate: '' },
  ...{ targets: new Map(), notes: [] },
};
const item = (agent: string, id: string): BacklogItem => ({
  id,
  day_raised: 3,
  agent,
  finding: `finding ${id}`,
  status: 'open',
});

function kinds(options: {
  judged?: Partial<Judged>;
  day?: Partial<GateDay>;
  config?: object;
  attempt?: number;
  hasStory?: boolean;
}) {
  const plan = {
    config: configSchema.parse(options.config ?? {}),
    subject: { kind: 'day', day: { ...DAY, ...options.day }, branch: '' } as const,
    sha: 'abc',
    attempt: options.attempt ?? 1,
  };
  const circumstances = { jobUrl: '', hasStory: options.hasStory ?? false };
  return deliveriesOf(plan, { ...SHIP, ...options.judged }, circumstances).map((delivery) =>
    delivery.kind === 'push-advisories' ? `${delivery.kind} ${delivery.agent}` : delivery.kind,
  );
}

const HOLD = { decision: 'HOLD', reason: 'x' } as const;

test.each<[string, Parameters<typeof kinds>[0], string[]]>([
  ['a SHIP closes', {}, ['resolve']],
  ['a HOLD escalates', { judged: HOLD }, ['escalate']],
  ['with the variable, where wanted', { judged: HOLD, config: { pause: { by: 'both' } } }, ['escalate', 'pause']],
  ['only when the retries are used up', { judged: HOLD, config: { gate: { retries: 1 } } }, []],
  ['which they are here', { judged: HOLD, config: { gate: { retries: 1 } }, attempt: 2 }, ['escalate']],
  ['UNKNOWN leaves all alone', { judged: { decision: 'UNKNOWN', reason: 'x' }, day: { humanGate: true } }, []],
  ['observing does nothing', { judged: HOLD, config: { gate: { mode: 'observe' } } }, []],
  ['a human gate asks for review when it ships', { day: { humanGate: true } }, ['resolve', 'review']],
  ['and not when it holds', { judged: HOLD, day: { humanGate: true, planIssue: '7' }, hasStory: true }, ['escalate']],
  [
    'story and plan end with the day',
    { day: { planIssue: '7' }, hasStory: true },
    ['resolve', 'story', 'handoff', 'plan-issue'],
  ],
])('%s', (_, options, expected) => {
  expect(kinds(options)).toEqual(expected);
});

test('advisories: what is cleared first, then what is new, by agent, only where they are pushed', () => {
  const backlog = {
    items: [],
    added: [item('scan', '1'), item('unit', '2'), item('Scan', '3')],
    cleared: [item('scan', '0')],
  };
  expect(kinds({ judged: { backlog } })).toEqual(['resolve']);
  expect(kinds({ judged: { backlog }, config: { advisory: { push_to_issues: true } } })).toEqual([
    ...['resolve', 'clear-advisories', 'push-advisories scan', 'push-advisories unit'],
  ]);
});

test.each([
  [0, 1, true],
  [2, 2, false],
  [2, 3, true],
  [2, 4, true],
])('with %i retries attempt %i escalates: %s', (retries, attempt, escalates) => {
  const found = kinds({ judged: HOLD, config: { gate: { retries } }, attempt });
  expect(found).toEqual(escalates ? ['escalate'] : []);
});

const pendingOf = ({ journal }: Awaited<ReturnType<typeof gateParts>>) =>
  journal.pending().map(({ delivery: { kind, day } }) => `${kind} ${day}`);

describe('what a run does', () => {
  test('comes in order: what follows from the decision, the status that links to it, and what pauses the day last', async () => {
    const around = outside();
    const parts = await gateParts(around, { config: { pause: { by: 'both' } } });
    expect(await act(parts, HELD)).toEqual({
      escalation: { key: 'K-3', url: 'https://tracker.test/3', tracker: 'test' },
      ...{ reviewUrl: '', advisoryUrl: '', pending: [] },
    });
    expect(deeds(around)).toEqual(['openEscalationIssue', 'setCommitStatus', 'setVariable']);
    expect(around.calls.find(([operation]) => operation === 'setCommitStatus')).toEqual([
      'setCommitStatus',
      'c0ffee',
      {
        ...{ context: 'pace/gate', state: 'failure', description: 'Day 3 HOLD: unit: adds' },
        url: withJob('https://tracker.test/3', 'https://host.test/job'),
      },
    ]);
  });

  test('is told with what came of it', async () => {
    const around = outside();
    around.fails.add('setCommitStatus');
    const backlog = { items: [], added: [item('scan', '1')], cleared: [] };
    const config = { advisory: { push_to_issues: true } };
    const parts = await gateParts(around, { config, day: { humanGate: true } });
    expect(await act(parts, { ...SHIP, backlog })).toEqual({
      escalation: { key: '', url: '' },
      reviewUrl: 'https://host.test/review',
      advisoryUrl: 'https://tracker.test/advisories',
      pending: [{ operation: 'setCommitStatus', reason: 'setCommitStatus went wrong.', day: 3 }],
    });
  });

  test.each<[string, RunOptions, object, string]>([
    ['a SHIP', {}, SHIP, 'success Day 3 SHIP'],
    ['a HOLD', {}, HELD, 'failure Day 3 HOLD: unit: adds'],
    ['a neutral HOLD', { config: { gate: { on_hold: 'neutral' } } }, HELD, 'failure Day 3 HOLD: unit: adds'],
    [
      'an observed HOLD',
      { config: { gate: { mode: 'observe' } } },
      HELD,
      'success Day 3 observed only, would be HOLD: unit: adds',
    ],
    ['what could not be judged', {}, { ...HELD, decision: 'UNKNOWN' }, 'error Day 3 UNKNOWN: unit: adds'],
    ['a reason of many lines', {}, { ...HELD, reason: 'one\ntwo' }, 'failure Day 3 HOLD: one two'],
  ])('says in its status what was decided, and never green what is none: %s', async (_, options, judged, expected) => {
    const around = outside();
    await act(await gateParts(around, options), { ...SHIP, ...judged });
    const status = around.calls.findLast(([operation]) => operation === 'setCommitStatus')?.[2];
    expect(status).toMatchObject({ state: expected.split(' ')[0], description: expected.replace(/^\w+ /, '') });
  });

  test('links to the job where there is no escalation, and to nothing that is no web page', async () => {
    const statusOf = async (around: ReturnType<typeof outside>) => {
      await act(await gateParts(around), SHIP);
      return around.calls.findLast(([operation]) => operation === 'setCommitStatus')?.[2];
    };
    expect(await statusOf(outside())).toMatchObject({ url: 'https://host.test/job' });
    const without = outside();
    without.refuses.add('jobUrl');
    expect(Object.keys((await statusOf(without)) as object)).toEqual(['context', 'state', 'description']);
  });

  test('has no status where there is not a commit', async () => {
    const around = outside();
    await act(await gateParts(around, { sha: '' }), HELD);
    expect(deeds(around)).toEqual(['openEscalationIssue']);
  });

  test('is nothing in a dry run, neither outside nor in the journal', async () => {
    const around = outside();
    const parts = await gateParts(around, { dryRun: true });
    expect(await act(parts, HELD)).toEqual({
      escalation: { key: '', url: '' },
      ...{ reviewUrl: '', advisoryUrl: '', pending: [] },
    });
    expect([around.calls, parts.journal.pending()]).toEqual([[], []]);
  });

  test('names the escalation that an earlier run of the day has written down', async () => {
    const around = outside();
    const parts = await gateParts(around);
    await parts.state.save(reportOf({ escalation: { key: 'K-9', url: 'https://tracker.test/9' } }), undefined);
    await act(parts, HELD);
    await act(parts, SHIP);
    const remembered = around.calls.flatMap(([operation, given]) =>
      /Escalation/.test(String(operation)) ? [[operation, (given as { rememberedKey?: string }).rememberedKey]] : [],
    );
    expect(remembered).toEqual([
      ['openEscalationIssue', 'K-9'],
      ['resolveEscalation', 'K-9'],
    ]);
  });
});

describe('a day that is decided again', () => {
  const PLANNED = { humanGate: true, planIssue: '7' };
  const ENDING = ['openReviewPr', 'updateStoryStatus', 'postHandoffComment', 'closePlanIssue'];

  async function leftBy(first: Judged, fails: readonly string[], options: RunOptions = {}) {
    const before = outside();
    for (const operation of fails) before.fails.add(operation);
    const parts = await gateParts(before, { day: PLANNED, ...options });
    await parts.state.save(reportOf(), undefined);
    await act(parts, first);
    return parts.world.cwd;
  }

  test('SHIP and then HOLD: what the SHIP could not finish is not finished any more, also not by a later day', async () => {
    const cwd = await leftBy(SHIP, ENDING);
    const around = outside();
    const parts = await gateParts(around, { cwd, day: PLANNED });
    expect(pendingOf(parts)).toEqual(['review 3', 'plan-issue 3']);
    await act(parts, HELD);
    expect(deeds(around)).toEqual(['openEscalationIssue', 'setCommitStatus']);
    expect(pendingOf(await gateParts(outside(), { cwd }))).toEqual([]);
  });

  test('HOLD and then SHIP: what the HOLD could not pause is not paused any more', async () => {
    const cwd = await leftBy(HELD, ['setVariable', 'openEscalationIssue'], { config: { pause: { by: 'both' } } });
    const around = outside();
    const parts = await gateParts(around, { cwd });
    expect(pendingOf(parts)).toEqual(['escalate 3', 'pause 3']);
    await act(parts, SHIP);
    expect(deeds(around)).toEqual(['resolveEscalation', 'setCommitStatus']);
    expect(pendingOf(parts)).toEqual([]);
  });

  test('SHIP again: what could not be finished is finished, once', async () => {
    const cwd = await leftBy(SHIP, ['closePlanIssue', 'setCommitStatus']);
    const around = outside();
    const parts = await gateParts(around, { cwd, day: PLANNED });
    await act(parts, SHIP);
    expect(deeds(around)).toEqual(['resolveEscalation', 'openReviewPr', 'closePlanIssue', 'setCommitStatus']);
    expect(pendingOf(parts)).toEqual([]);
  });

  test('a HOLD that does not escalate yet delivers nothing that a SHIP wanted, nor the status of the commit before', async () => {
    const sha = 'c'.repeat(40);
    const cwd = await leftBy(SHIP, [...ENDING, 'resolveEscalation', 'setCommitStatus'], { sha });
    const around = outside();
    const parts = await gateParts(around, { cwd, sha: 'newer', config: { gate: { retries: 5 } } });
    await act(parts, HELD);
    expect(around.calls.filter(([operation]) => operation === 'setCommitStatus').map(([, sha]) => sha)).toEqual([
      'newer',
    ]);
    expect([deeds(around), pendingOf(parts)]).toEqual([['setCommitStatus'], []]);
    expect(parts.world.lines).toEqual([
      'info: Not delivered, and given up, as later runs have decided otherwise or no decision speaks for it: setCommitStatus (1).',
    ]);
  });

  test('its old summary is not handed on; that of another day is left for the next run', async () => {
    const parts = await gateParts(outside());
    for (const day of [2, 3]) await parts.journal.failed(await parts.journal.begin({ kind: 'summary', day, markdown: 'x' }), '');
    await parts.journal.drop(() => false);
    const around = outside();
    const later = await gateParts(around, { cwd: parts.world.cwd, config: { gate: { mode: 'observe' } } });
    await act(later, SHIP);
    expect(pendingOf(later)).toEqual(['summary 2']);
  }); // biome-ignore format: one line
});

describe('a paused day', () => {
  test('reminds of what holds it, and is pending: nobody has judged the commit', async () => {
    const around = outside();
    const escalation = { key: 'K-1', url: 'https://tracker.test/1' };
    await actPaused(await gateParts(around), { kind: 'person', reason: 'Day 1 is held.', escalation, heldDay: 1 });
    expect(around.calls).toEqual([
      ['remindEscalation', { day: 1 }],
      ['jobUrl'],
      [
        'setCommitStatus',
        'c0ffee',
        {
          ...{ context: 'pace/gate', state: 'pending', description: 'Day 3 PAUSED: Day 1 is held.' },
          url: withJob(escalation.url, 'https://host.test/job'),
        },
      ],
    ]);
  });

  test('reminds of nothing where no escalation holds it, and does nothing in a dry run', async () => {
    const around = outside();
    await actPaused(await gateParts(around), { kind: 'person', reason: 'PACE_PAUSED is true.' });
    expect(deeds(around)).toEqual(['setCommitStatus']);
    expect(around.calls.at(-1)).toMatchObject(['setCommitStatus', 'c0ffee', { url: 'https://host.test/job' }]);
    const dry = outside();
    await actPaused(await gateParts(dry, { dryRun: true }), { kind: 'person', reason: 'x', heldDay: 1 });
    expect(dry.calls).toEqual([]);
  });
});

describe('before anything is judged', () => {
  test.each<[string, RunOptions, string, string]>([
    ['a day', {}, 'pace/gate', 'Judging day 3'],
    ['a change', { change: {} }, 'pace/gate', 'Judging change 12'],
    ['a gate of several', { owner: { gate: 'apps/shop' } }, 'pace/apps/shop', 'Judging day 3'],
  ])('%s is pending, with a link to the job: a run that is cut off leaves nothing green', async (_, options, context, description) => {
    const around = outside();
    const parts = await anyParts(around, options);
    await announce(parts);
    expect(around.calls).toEqual([
      ['jobUrl'],
      ['setCommitStatus', 'c0ffee', { context, state: 'pending', description, url: 'https://host.test/job' }],
    ]);
    expect(parts.journal.pending()).toEqual([]);
  }); // biome-ignore format: one line

  test('nothing is said in a dry run, and where there is no commit; no link where there is no page', async () => {
    for (const options of [{ dryRun: true }, { sha: '' }]) {
      const around = outside();
      await announce(await gateParts(around, options));
      expect(around.calls).toEqual([]);
    }
    const around = outside();
    around.refuses.add('jobUrl');
    await announce(await gateParts(around));
    expect(around.calls.at(-1)?.[2]).toEqual({ context: 'pace/gate', state: 'pending', description: 'Judging day 3' });
  });
});

describe('the escalation that is written down', () => {
  const known = { key: 'K-9', url: 'https://tracker.test/9', tracker: 'test' };

  async function knownAfter(judged: Judged, options: RunOptions, escalation: object = known, fails: string[] = []) {
    const around = outside();
    for (const operation of fails) around.fails.add(operation);
    const { change: _, ...ofDay } = options;
    const parts = await gateParts(around, ofDay);
    await parts.state.save(reportOf({ escalation: { key: '', url: '', ...escalation } }), undefined);
    return { around, escalation: (await act(parts, judged)).escalation };
  }

  test.each<[string, Judged, RunOptions, string[]]>([
    ['a HOLD whose issue could not be written', HELD, {}, ['openEscalationIssue']],
    ['a HOLD that does not escalate yet', HELD, { config: { gate: { retries: 3 } } }, []],
    ['what could not be judged', { ...HELD, decision: 'UNKNOWN' }, {}, []],
    ['an observed HOLD', HELD, { config: { gate: { mode: 'observe' } } }, []],
  ])('stays so after %s', async (_, judged, options, fails) => {
    expect((await knownAfter(judged, options, known, fails)).escalation).toEqual(known);
  });

  test('is forgotten by a SHIP, also where the issue could not be closed', async () => {
    for (const fails of [[], ['resolveEscalation']]) {
      expect((await knownAfter(SHIP, {}, known, fails)).escalation).toEqual({ key: '', url: '' });
    }
  });

  test('of another tracker is not looked for in this one, and stays written down until a new one is', async () => {
    const elsewhere = { ...known, tracker: 'other' };
    const failed = await knownAfter(HELD, {}, elsewhere, ['openEscalationIssue']);
    expect(failed.escalation).toEqual(elsewhere);
    const opened = await knownAfter(HELD, {}, elsewhere);
    expect(opened.escalation).toEqual({ key: 'K-3', url: 'https://tracker.test/3', tracker: 'test' });
    const shipped = await knownAfter(SHIP, {}, elsewhere);
    for (const { around } of [failed, opened, shipped]) {
      const [, given] = around.calls.find(([operation]) => /Escalation(?:Issue)?$/.test(String(operation))) ?? [];
      expect(given).not.toHaveProperty('rememberedKey');
    }
  });

  test('of a time when trackers were not written down is one of this tracker', async () => {
    const { around } = await knownAfter(SHIP, {}, { ...known, tracker: undefined });
    expect(around.calls).toContainEqual(['resolveEscalation', { day: 3, sha: 'c0ffee', rememberedKey: 'K-9' }]);
  });
});

describe('a change', () => {
  const change = { change: {} };

  test.each<[string, Judged, RunOptions, string]>([
    ['a SHIP', SHIP, {}, 'success Change 12 SHIP'],
    ['a HOLD', HELD, {}, 'failure Change 12 HOLD: unit: adds'],
    ['what could not be judged', { ...HELD, decision: 'UNKNOWN' }, {}, 'error Change 12 UNKNOWN: unit: adds'],
    ['an observed HOLD', HELD, { config: { gate: { mode: 'observe' } } }, 'success Change 12 observed only, would be HOLD: unit: adds'],
  ])('has its status and nothing else: %s', async (_, judged, options, expected) => {
    const around = outside();
    const config = { advisory: { push_to_issues: true }, pause: { by: 'both' }, ...options.config };
    const parts = await anyParts(around, { ...change, config });
    const backlog = { items: [], added: [item('scan', '1')], cleared: [item('scan', '0')] };
    const acts = await act(parts, { ...judged, backlog });
    expect(acts).toEqual({ escalation: { key: '', url: '' }, reviewUrl: '', advisoryUrl: '', pending: [] });
    expect(deeds(around)).toEqual(['setCommitStatus']);
    const status = around.calls.at(-1)?.[2] as { state: string; description: string; url: string };
    expect([`${status.state} ${status.description}`, status.url]).toEqual([expected, 'https://host.test/job']);
    expect(parts.journal.pending()).toEqual([]);
  }); // biome-ignore format: one line

  test('whose status cannot be set keeps nothing for a later run, and tells of nothing that days have left', async () => {
    const around = outside();
    around.fails.add('setCommitStatus');
    const parts = await anyParts(around, change);
    await parts.journal.begin({ kind: 'plan-issue', day: 2, key: '7' });
    expect((await act(parts, SHIP)).pending).toEqual([]);
    expect(parts.journal.pending().map(({ delivery }) => delivery.kind)).toEqual(['plan-issue']);
    expect(parts.faults.list.map(({ operation }) => operation)).toEqual(['setCommitStatus']);
  });

  test('has no status where there is no commit, and does nothing in a dry run', async () => {
    const [bare, dry] = [outside(), outside()];
    await act(await anyParts(bare, { ...change, sha: '' }), SHIP);
    await actPaused(await anyParts(bare, { ...change, sha: '' }), { kind: 'person', reason: 'x' });
    expect(deeds(bare)).toEqual([]);
    await act(await anyParts(dry, { ...change, dryRun: true }), SHIP);
    await actPaused(await anyParts(dry, { ...change, dryRun: true }), { kind: 'person', reason: 'x' });
    expect(dry.calls).toEqual([]);
  });

  test('that is paused is pending, and no escalation is reminded of', async () => {
    const around = outside();
    await actPaused(await anyParts(around, change), { kind: 'person', reason: 'Frozen until 2026-03-05: Holidays' });
    const description = 'Change 12 PAUSED: Frozen until 2026-03-05: Holidays';
    expect(around.calls).toEqual([
      ['jobUrl'],
      [
        'setCommitStatus',
        'c0ffee',
        { context: 'pace/gate', state: 'pending', description, url: 'https://host.test/job' },
      ],
    ]);
  });
});

test('a paused day whose status could not be set is told of and kept; an observed one is green, and says so', async () => {
  const around = outside();
  around.fails.add('setCommitStatus');
  const parts = await gateParts(around);
  await actPaused(parts, { kind: 'person', reason: 'x' });
  expect(pendingOf(parts)).toEqual(['status 3']);
  const observed = outside();
  await actPaused(await gateParts(observed, { config: { gate: { mode: 'observe' } } }), { kind: 'person', reason: 'x' });
  expect(observed.calls.at(-1)?.[2]).toMatchObject({ state: 'success', description: 'Day 3 observed only, would be PAUSED: x' });
}); // biome-ignore format: one line
