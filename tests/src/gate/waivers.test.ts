import { describe, expect, test } from 'vitest';
import type { Finding, FindingResult } from '../../../src/gate/finding.ts';
import { createWaivers, type WaiverFacts } from '../../../src/gate/waivers.ts';

const SHA = 'abcdef0123456789abcdef0123456789abcdef01';
const waiver = { check: 'unit: te*', reason: 'flaky host', owner: 'ann', expires: '2026-03-02' };
const quarantined = { test: 'unit: te*', owner: 'team-cart', expires: '2026-03-02' };

const waiversOf = (facts: Partial<WaiverFacts>) =>
  createWaivers({ waivers: [], quarantine: [], sha: SHA, date: '2026-03-02', ...facts });

function finding(result: FindingResult, check = 'tests', source = 'unit'): Finding {
  return { source, check, result, evidence: 'proof' };
}

describe('a waiver', () => {
  test.each<FindingResult>(['PASS', 'ADVISORY', 'UNKNOWN', 'PARTIAL', 'OBSERVED'])('leaves %s as it is', (result) => {
    expect(waiversOf({ waivers: [waiver] }).waived(finding(result))).toEqual(finding(result));
    expect(waiversOf({ waivers: [waiver] }).waivedTest(finding(result))).toEqual(finding(result));
  });

  test('in force makes a failure visible as waived, to its last day', () => {
    const waived = { ...finding('WAIVED'), waiver: { reason: 'flaky host', owner: 'ann', expires: '2026-03-02' } };
    expect(waiversOf({ waivers: [waiver] }).waived(finding('FAIL'))).toEqual(waived);
    expect(waiversOf({ waivers: [waiver] }).waivedTest(finding('FAIL'))).toEqual(waived);
  });

  test('that has ended does not, and the failure says so', () => {
    const ended = waiversOf({ waivers: [{ ...waiver, expires: '2026-03-01' }] });
    expect(ended.waived(finding('FAIL'))).toEqual({
      ...finding('FAIL'),
      evidence: 'proof (the waiver of ann ended on 2026-03-01)',
    });
  });

  test('that has ended is no matter where another one covers the same', () => {
    const both = waiversOf({ waivers: [{ ...waiver, expires: '2026-03-01' }, waiver] });
    expect(both.waived(finding('FAIL')).result).toBe('WAIVED');
  });

  test.each([
    ['for another commit', { ...waiver, sha: '1234567' }, 'FAIL'],
    ['for another check', { ...waiver, check: 'scan: *' }, 'FAIL'],
    ['for this commit', { ...waiver, sha: 'abcdef0' }, 'WAIVED'],
  ])('%s', (_, one, result) => {
    expect(waiversOf({ waivers: [one] }).waived(finding('FAIL')).result).toBe(result);
  });
});

describe('quarantine', () => {
  test('covers failures and flakes of tests, and nothing else', () => {
    const { waived, waivedTest } = waiversOf({ quarantine: [{ ...quarantined, reason: 'races' }] });
    const covered = { reason: 'races', owner: 'team-cart', expires: '2026-03-02' };
    expect(waivedTest(finding('FAIL'))).toEqual({ ...finding('WAIVED'), waiver: covered });
    expect(waivedTest(finding('ADVISORY'))).toEqual({ ...finding('WAIVED'), waiver: covered });
    expect(waivedTest(finding('FAIL', 'other')).result).toBe('FAIL');
    expect(waived(finding('FAIL')).result).toBe('FAIL');
  });

  test('says that it is one where no reason is given', () => {
    const { waivedTest } = waiversOf({ quarantine: [quarantined] });
    expect(waivedTest(finding('FAIL')).waiver?.reason).toBe('in quarantine');
  });

  test('that has ended covers nothing, and only a failure says so', () => {
    const { waivedTest } = waiversOf({ quarantine: [{ ...quarantined, expires: '2026-03-01' }] });
    expect(waivedTest(finding('FAIL')).evidence).toBe('proof (the quarantine of team-cart ended on 2026-03-01)');
    expect(waivedTest(finding('ADVISORY'))).toEqual(finding('ADVISORY'));
  });
});

describe('what is told', () => {
  test('is nothing of those that cover something, and of those for another commit', () => {
    const waivers = waiversOf({ waivers: [waiver, { ...waiver, sha: '1234567' }], quarantine: [] });
    waivers.waived(finding('FAIL'));
    expect(waivers.notes()).toEqual([]);
  });

  test('is who covers nothing, and who has ended', () => {
    const waivers = waiversOf({
      waivers: [
        { ...waiver, check: 'scan: *' },
        { ...waiver, expires: '2026-03-01' },
      ],
      quarantine: [quarantined],
    });
    waivers.waived(finding('FAIL'));
    expect(waivers.notes()).toEqual([
      'The waiver of ann for `unit: te*` ended on 2026-03-01. Please remove it, or set a new end.',
      'The waiver of ann for `scan: *` matched nothing. Please correct or remove it.',
      'The quarantine of team-cart for `unit: te*` matched nothing. Please correct or remove it.',
    ]);
  });
});
