import { describe, expect, test } from 'vitest';
import { summaryMarkdown } from '../../../../src/gate/report/summary.ts';
import type { Report } from '../../../../src/gate/report.ts';
import { changeReport, reportOf } from '../parts.support.ts';

const METRICS = { totalDays: 30, daysComplete: 0, decided: 0, shipped: 0, held: 0, deferred: 0, openAdvisories: 0 };
const FAULT = { operation: 'openEscalation', message: 'GitHub could not be reached.', remedy: 'Look at the network.' };

function summary(more: Partial<Report>, story: Readonly<Record<string, unknown>> = {}): string {
  const report = reportOf({
    day: 4,
    date: '2026-03-02',
    sha: 'a'.repeat(40),
    decision: 'SHIP',
    holdReason: '',
    ...more,
  });
  return summaryMarkdown({ report, sprint: { metrics: METRICS, story }, runTime: '09:00 UTC' });
}

test('nothing needs attention on a day that ships, and only then', () => {
  expect(summary({})).toContain('\n\nNothing needs attention.\n\n');
  for (const decision of ['HOLD', 'PAUSED', 'UNKNOWN'] as const) {
    expect(summary({ decision, holdReason: 'Some reason' })).not.toContain('Nothing needs attention');
  }
});

test("PACE's own trouble is said to change nothing only where it changed nothing", () => {
  const unknown = { source: 'ci', check: 'commit CI', result: 'UNKNOWN', evidence: FAULT.message } as const;
  const failed = { source: 'unit', check: 'adds', result: 'FAIL', evidence: 'expected 1' } as const;
  const harmless = summary({ decision: 'HOLD', findings: [failed, unknown], faults: [FAULT] });
  expect(harmless).toContain(
    "## PACE's own trouble\n\nIt did not change the decision.\n\n- `openEscalation`: GitHub could",
  );
  const decisive = summary({ decision: 'UNKNOWN', findings: [unknown], faults: [FAULT] });
  expect(decisive).toContain("## PACE's own trouble\n\n- `openEscalation`: GitHub could");
  expect(decisive).toContain('What hindered PACE is listed below.');
});

test('what was asked of the hosts stands at the end', () => {
  const requests = [
    { host: 'https://api.example.org', requests: 6, notModified: 0, retries: 1, waitedSeconds: 0, remaining: 4990 },
  ];
  expect(summary({ requests })).toMatch(/\n\nRequests: api.+org: 6 requests, 1 retry, 4990 left$/);
});

test.each<[Partial<Report>, string]>([
  [{}, '# PACE Day 4 — ✅ SHIP'],
  [{ decision: 'PAUSED', mode: 'observe' }, '# PACE Day 4 — ⏳ PAUSED (observed only)'],
  [{ decision: 'UNKNOWN', dryRun: true }, '# PACE Day 4 — ⚠️ UNKNOWN (dry run)'],
  [
    {
      ...{ mode: 'observe', dryRun: true, clearanceDay: true, humanGate: true },
      findings: [{ source: 'a', check: 'b', result: 'WAIVED', evidence: '' }],
    },
    '# PACE Day 4 — ✅ SHIP (observed only, dry run, with waivers, clearance day, human gate)',
  ],
])('%o is headed by %j', (more, heading) => {
  expect(summary(more).split('\n')[0]).toBe(heading);
});

const RESUME = '- To resume: fix and run the day again, or close the escalation.';

test.each<[string, Partial<Report>, string[]]>([
  ['an escalation', { escalation: { key: 'K-1', url: 'https://t.example/1' } }, ['- Escalation: [K-1](<https://t.example/1>)']],
  ['an escalation without a key', { escalation: { key: '', url: 'https://t.example/1' } }, ['- Escalation: [issue](<https://t.example/1>)']],
  ['an escalation that is a file', { escalation: { key: '1', url: '.pace/`x`.md' } }, ['- Escalation: `.pace/x.md`']],
  ['an address that would end its link', { review: { url: 'https://h.example/<a b>' } }, ['- Review request: [to merge or close](<https://h.example/%3Ca%20b%3E>)']],
  ['open advisories', { advisories: { open: 1, new: 0, cleared: 0, url: '' } }, ['- Advisories: 1 open, 0 new, 0 cleared']],
  ['cleared advisories', { advisories: { open: 0, new: 0, cleared: 2, url: 'https://t.example/2' } }, ['- Advisories: 0 open, 0 new, 2 cleared ([issue](<https://t.example/2>))']],
  ['the checks', { ci: { conclusion: 'success', url: 'https://h.example/c', checks: [] } }, ['- CI: success ([checks](<https://h.example/c>))']],
  ['a HOLD', { decision: 'HOLD', holdReason: 'x' }, [RESUME]],
])('what needs attention is listed: %s', (_, more, expected) => {
  const text = summary(more);
  expect(text.split('\n').filter((line) => line.startsWith('- '))).toEqual(expected);
  expect(text).not.toContain('Nothing needs attention');
}); // biome-ignore format: a table

test('an observed HOLD asks for nothing, and a paused day shows no findings', () => {
  expect(summary({ decision: 'HOLD', holdReason: 'x', mode: 'observe' })).not.toContain('To resume');
  expect(summary({ decision: 'PAUSED', holdReason: 'x' })).not.toContain('## Findings');
  expect(summary({ decision: 'HOLD', holdReason: 'x' })).toContain('\n\n> **x**\n\n');
  expect(summary({})).toContain('## Findings\n\nNothing was judged.');
});

test('trouble is told once, with what is not delivered, and only where there is any', () => {
  const text = summary({
    faults: [FAULT, { ...FAULT, operation: 'again' }],
    pending: [{ operation: 'setVariable', reason: 'x', day: 4 }],
  });
  expect(text.split("## PACE's own trouble\n\n")[1]?.split('\n\n## ')[0]).toBe(
    [
      'It did not change the decision.',
      '',
      '- `again`: GitHub could not be reached. Look at the network.',
      '- Not delivered: `setVariable`',
    ].join('\n'),
  );
  expect(summary({ pending: [{ operation: 'setVariable', reason: 'x', day: 4 }] })).toContain('- Not delivered');
  expect(summary({})).not.toContain('own trouble');
});

test('the story card is shown as far as there is one, with fifty criteria at most', () => {
  expect(summary({})).not.toContain('## Story Card');
  expect(summary({}, { given: ' ', when: 7 })).not.toContain('## Story Card');
  expect(summary({}, { when: 'I click' })).toContain('## Story Card\n\n| Given | When | Then |\n| --- | --- | --- |\n|  | I click |  |\n\n## Sprint');
  expect(summary({}, { acceptance: ['a', { criterion: 'b' }] })).toContain('## Story Card\n\n- a\n- b\n\n## Sprint');
  const acceptance = Array.from({ length: 51 }, (_, index) => `criterion ${index + 1}`);
  expect(summary({}, { acceptance })).toContain('- criterion 50\n\n## Sprint');
}); // biome-ignore format: one line

test('it ends with product, commit, attempt and notes', () => {
  expect(summary({ notes: ['late', 'odd'] })).toContain(
    '**Product:** Shop · **Commit:** `aaaaaaaaaaaa` · **Attempt:** 1 · **Run time:** 09:00 UTC · **Overall progress:** 0 of 30 days\n\n*late*\n\n*odd*',
  );
  expect(summary({ sha: '' })).toContain('**Commit:** none');
  expect(summary({})).not.toContain('Requests:');
});

describe('whose it is stands at the head', () => {
  const heading = (more: Partial<Report>) => summary(more).split('\n')[0];

  test('the gate and the branch, where they are not the usual ones', () => {
    expect(heading({ gate: 'apps/shop' })).toBe('# PACE apps/shop: Day 4 — ✅ SHIP');
    expect(heading({ branch: 'release/1.2' })).toBe('# PACE Day 4 of release/1.2 — ✅ SHIP');
    expect(heading({ gate: 'shop', branch: '*x*' })).toBe('# PACE shop: Day 4 of \\*x\\* — ✅ SHIP');
  });

  test('of a change its number alone: the branch that it goes to is none of its own', () => {
    const report = changeReport({ gate: 'shop', branch: 'release/1.2', decision: 'SHIP', holdReason: '' });
    expect(summaryMarkdown({ report, runTime: '' }).split('\n')[0]).toBe('# PACE shop: Change 12 — ✅ SHIP');
  });
});

test('the summary of a change has no sprint, no story and no progress, and says how it goes on', () => {
  const text = summaryMarkdown({ report: changeReport(), runTime: '09:00 UTC' });
  expect(text).not.toMatch(/## Sprint|## Story Card|Overall progress/);
  expect(text).toContain('- To go on: push what mends it, and the change is judged again.');
  expect(text).not.toContain('close the escalation');
});
