import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decide, type Facts } from '../../../src/gate/decide.ts';
import type { Finding, FindingResult } from '../../../src/gate/finding.ts';

const FACTS: Facts = {
  findings: [],
  openAdvisories: 0,
  clearanceDay: false,
};

function finding(result: FindingResult, check = 'tests', source = 'unit'): Finding {
  return { source, check, result, evidence: 'proof' };
}

describe('decide', () => {
  test.each<[string, Partial<Facts>, string, string]>([
    ['all passed', { findings: [finding('PASS')] }, 'SHIP', ''],
    ['advisories and declared gaps do not block', { findings: [finding('ADVISORY'), finding('PARTIAL')] }, 'SHIP', ''],
    ['a failure holds', { findings: [finding('PASS'), finding('FAIL')] }, 'HOLD', 'unit: tests'],
    [
      'several failures are counted',
      { findings: [finding('FAIL', 'a'), finding('FAIL', 'b'), finding('FAIL', 'c')] },
      'HOLD',
      'unit: a (and 2 more)',
    ],
    [
      'a failure outweighs trouble of PACE',
      { findings: [finding('UNKNOWN'), finding('FAIL', 'b')] },
      'HOLD',
      'unit: b',
    ],
    ['trouble of PACE is unknown', { findings: [finding('UNKNOWN')] }, 'UNKNOWN', 'PACE could not judge: unit: tests'],
    [
      'so is it on a clearance day on which nothing is open',
      { findings: [finding('UNKNOWN')], clearanceDay: true },
      'UNKNOWN',
      'PACE could not judge: unit: tests',
    ],
    [
      'open advisories outweigh it on a clearance day',
      { findings: [finding('UNKNOWN')], openAdvisories: 1, clearanceDay: true },
      'HOLD',
      'Clearance day: 1 advisory is still open',
    ],
    ['nothing at all is no reason to hold', {}, 'SHIP', ''],
    [
      'open advisories hold on a clearance day',
      { findings: [finding('PASS')], openAdvisories: 2, clearanceDay: true },
      'HOLD',
      'Clearance day: 2 advisories are still open',
    ],
    [
      'one is enough',
      { findings: [finding('PASS')], openAdvisories: 1, clearanceDay: true },
      'HOLD',
      'Clearance day: 1 advisory is still open',
    ],
    ['and on no other', { findings: [finding('PASS')], openAdvisories: 2 }, 'SHIP', ''],
  ])('%s', (_, facts, decision, reason) => {
    expect(decide({ ...FACTS, ...facts })).toMatchObject({ decision, reason });
  });

  const anyFinding = fc.record({
    source: fc.constantFrom('ci', 'unit', 'scan'),
    check: fc.string({ maxLength: 10 }),
    result: fc.constantFrom<FindingResult>('PASS', 'FAIL', 'ADVISORY', 'PARTIAL', 'WAIVED', 'OBSERVED', 'UNKNOWN'),
    evidence: fc.string({ maxLength: 10 }),
  });
  const anyFacts = fc.record({
    findings: fc.array(anyFinding, { maxLength: 8 }),
    openAdvisories: fc.nat(3),
    clearanceDay: fc.boolean(),
  });

  test('SHIP exactly when nothing fails, nothing is unknown and no clearance is due', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const { decision, reason } = decide(facts);
        const clean =
          facts.findings.every(({ result }) => result !== 'FAIL' && result !== 'UNKNOWN') &&
          !(facts.clearanceDay && facts.openAdvisories > 0);
        expect(decision === 'SHIP').toBe(clean);
        expect(reason === '').toBe(clean);
      }),
    );
  });

  test('order and repetition of findings never change the decision; a further failure never makes it better', () => {
    fc.assert(
      fc.property(anyFacts, anyFinding, (facts, extra) => {
        const { decision } = decide(facts);
        expect(decide({ ...facts, findings: facts.findings.toReversed() }).decision).toBe(decision);
        expect(decide({ ...facts, findings: [...facts.findings, ...facts.findings] }).decision).toBe(decision);
        expect(decide({ ...facts, findings: [...facts.findings, { ...extra, result: 'FAIL' }] }).decision).toBe('HOLD');
      }),
    );
  });
});
