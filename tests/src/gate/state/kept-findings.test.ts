import { describe, expect, test } from 'vitest';
import type { Finding } from '../../../../src/gate/finding.ts';
import { keptFindings } from '../../../../src/gate/state/kept-findings.ts';

const FINDING: Finding = { source: 'unit', check: 'adds', result: 'FAIL', evidence: '1 is not 2' };
const WAIVER = { reason: 'known', owner: 'ann', expires: '2026-04-01' };

describe('findings of a kept decision', () => {
  test.each<Finding>([
    FINDING,
    { ...FINDING, result: 'PASS', evidence: '' },
    { ...FINDING, url: 'https://host.test', file: 'a.ts', line: 1, column: 2 },
    { ...FINDING, result: 'WAIVED', waiver: WAIVER },
  ])('are used: %o', (finding) => {
    expect(keptFindings([finding])).toEqual([finding]);
  });

  test.each([
    null,
    'x',
    [],
    { ...FINDING, source: 1 },
    { ...FINDING, check: null },
    { ...FINDING, evidence: {} },
    { ...FINDING, result: 'GREEN' },
    { ...FINDING, result: undefined },
    { ...FINDING, url: 7 },
    { ...FINDING, file: null },
    { ...FINDING, line: '1' },
    { ...FINDING, column: [] },
    { ...FINDING, waiver: 'x' },
    { ...FINDING, waiver: { ...WAIVER, owner: 7 } },
    { ...FINDING, waiver: { ...WAIVER, reason: 7 } },
    { ...FINDING, waiver: { ...WAIVER, expires: 7 } },
  ])('are left out where they are none: %o', (odd) => {
    expect(keptFindings([odd, FINDING])).toEqual([FINDING]);
  });

  test('are none where there is no list, and a thousand at most', () => {
    expect([undefined, null, 'x', { 0: FINDING }].map(keptFindings)).toEqual([[], [], [], []]);
    expect(keptFindings(Array.from({ length: 1001 }, () => FINDING))).toHaveLength(1000);
  });
});
