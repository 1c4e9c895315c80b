import { describe, expect, test } from 'vitest';
import { configSchema } from '../../../src/config/schema.ts';
import { act, actPaused, deliveriesOf } from '../../../src/gate/act.ts';
import type { BacklogItem } from '../../../src/gate/backlog.ts';
import type { Judged } from '../../../src/gate/parts.ts';
import type { GateDay } from '../../../src/gate/which-day.ts';
import { deeds, gateParts, HOLD as HELD, outside, type RunOptions, reportOf, SHIP } from './parts.support.ts';

const DAY: GateDay = {
  ...{ day: 3, date: '2026-03-04', target: '', contextNote: 'note', humanGate: false, totalDays: 30, startDate: '' },
  ...{ targets: new Map(), notes: [] },
};
const JUDGED: Judged = {
  decision: 'SHIP',
  reason: '',
  findings: [],
  ci: undefined,
  coverage: {},
  backlog: undefined,
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
    gateDay: { ...DAY, ...options.day },
    sha: 'abc',
    attempt: options.attempt ?? 1,
  };
  const circumstances = { jobUrl: '', hasStory: options.hasStory ?? false };
  return deliveriesOf(plan, { ...JUDGED, ...options.judged }, circumstances).map((delivery) =>
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
      escalation: { key: 'K-3', url: 'https://tracker.test/3' },
      ...{ reviewUrl: '', advisoryUrl: '', pending: [] },
    });
    expect(deeds(around)).toEqual(['openEscalationIssue', 'setCommitStatus', 'setVariable']);
    expect(around.calls.find(([operation]) => operation === 'setCommitStatus')).toEqual([
      'setCommitStatus',
      'c0ffee',
      {
        ...{ context: 'pace/gate', state: 'failure', description: 'Day 3 HOLD: unit: adds' },
        url: 'https://tracker.test/3',
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
    ['a neutral HOLD', { config: { gate: { on_hold: 'neutral' } } }, HELD, 'success Day 3 HOLD: unit: adds'],
    ['an observed HOLD', { config: { gate: { mode: 'observe' } } }, HELD, 'success Day 3 HOLD: unit: adds'],
    ['what could not be judged', {}, { ...HELD, decision: 'UNKNOWN' }, 'success Day 3 UNKNOWN: unit: adds'],
    ['a reason of many lines', {}, { ...HELD, reason: 'one\ntwo' }, 'failure Day 3 HOLD: one two'],
  ])('says in its status whether the pipeline may go on: %s', async (_, options, judged, expected) => {
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

  test('a HOLD that does not escalate yet delivers what is left of the day, but nothing that a SHIP wanted', async () => {
    const cwd = await leftBy(SHIP, [...ENDING, 'resolveEscalation', 'setCommitStatus']);
    const around = outside();
    const parts = await gateParts(around, { cwd, sha: 'newer', config: { gate: { retries: 5 } } });
    await act(parts, HELD);
    expect(around.calls.filter(([operation]) => operation === 'setCommitStatus').map(([, sha]) => sha)).toEqual([
      'c0ffee',
      'newer',
    ]);
    expect([deeds(around), pendingOf(parts)]).toEqual([['setCommitStatus', 'setCommitStatus'], []]);
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
  test('reminds of what holds it, and is green with a link to that', async () => {
    const around = outside();
    const escalation = { key: 'K-1', url: 'https://tracker.test/1' };
    await actPaused(await gateParts(around), { reason: 'Day 1 is held.', escalation, heldDay: 1 });
    expect(around.calls).toEqual([
      ['remindEscalation', { day: 1 }],
      [
        'setCommitStatus',
        'c0ffee',
        {
          ...{ context: 'pace/gate', state: 'success', description: 'Day 3 PAUSED: Day 1 is held.' },
          url: escalation.url,
        },
      ],
    ]);
  });

  test('reminds of nothing where no escalation holds it, and does nothing in a dry run', async () => {
    const around = outside();
    await actPaused(await gateParts(around), { reason: 'PACE_PAUSED is true.' });
    expect(deeds(around)).toEqual(['setCommitStatus']);
    expect(around.calls.at(-1)).toMatchObject(['setCommitStatus', 'c0ffee', { url: 'https://host.test/job' }]);
    const dry = outside();
    await actPaused(await gateParts(dry, { dryRun: true }), { reason: 'x', heldDay: 1 });
    expect(dry.calls).toEqual([]);
  });
});
