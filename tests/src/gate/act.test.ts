import { expect, test } from 'vitest';
import { configSchema } from '../../../src/config/schema.ts';
import { deliveriesOf } from '../../../src/gate/act.ts';
import type { BacklogItem } from '../../../src/gate/backlog.ts';
import type { Judged } from '../../../src/gate/parts.ts';
import type { GateDay } from '../../../src/gate/which-day.ts';

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
