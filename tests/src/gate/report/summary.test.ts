import { expect, test } from 'vitest';
import { summaryMarkdown } from '../../../../src/gate/report/summary.ts';
import type { Report } from '../../../../src/gate/report.ts';

const METRICS = { totalDays: 30, daysComplete: 0, decided: 0, shipped: 0, held: 0, deferred: 0, openAdvisories: 0 };
const FAULT = { operation: 'openEscalation', message: 'GitHub could not be reached.', remedy: 'Look at the network.' };

function summary(more: Partial<Report>): string {
  const report: Report = {
    schemaVersion: 1,
    product: 'Shop',
    repository: 'octo-org/shop',
    day: 4,
    date: '2026-03-02',
    attempt: 1,
    sha: 'a'.repeat(40),
    decision: 'SHIP',
    holdReason: '',
    mode: 'enforce',
    dryRun: false,
    humanGate: false,
    clearanceDay: false,
    findings: [],
    ci: { conclusion: 'not_asked', url: '', checks: [] },
    escalation: { key: '', url: '' },
    review: { url: '' },
    advisories: { open: 0, new: 0, cleared: 0, url: '' },
    coverage: {},
    notes: [],
    faults: [],
    pending: [],
    requests: [],
    ...more,
  };
  return summaryMarkdown({ report, metrics: METRICS, story: {}, runTime: '09:00 UTC' });
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
  expect(decisive).toContain('What hindered PACE stands below.');
});

test('what was asked of the hosts stands at the end', () => {
  const requests = [
    { host: 'https://api.example.org', requests: 6, notModified: 0, retries: 1, waitedSeconds: 0, remaining: 4990 },
  ];
  expect(summary({ requests })).toMatch(/\n\nRequests: api.+org: 6 requests, 1 retry, 4990 left$/);
});
