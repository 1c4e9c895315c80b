import { describe, expect, test } from 'vitest';
import type { Finding } from '../../../src/gate/finding.ts';
import { createKnown, failureDigest } from '../../../src/gate/known-failures.ts';

const failure: Finding = { source: 'unit', check: 'cart adds', result: 'FAIL', evidence: '1 != 2' };

describe('the digest of a failure', () => {
  test('is the same wherever it stands', () => {
    const moved = { ...failure, source: 'other', file: 'a.ts', line: 9 };
    for (const by of ['check', 'message'] as const) expect(failureDigest(moved, by)).toBe(failureDigest(failure, by));
    expect(failureDigest(failure, 'check')).toMatch(/^[0-9a-f]{16}$/);
  });

  test('is another one for another check, and for what only warns', () => {
    for (const other of [{ check: 'cart' }, { result: 'ADVISORY' } as const])
      expect(failureDigest({ ...failure, ...other }, 'check')).not.toBe(failureDigest(failure, 'check'));
  });

  test('has the message in it only where that tells two apart', () => {
    const other = { ...failure, evidence: '3 != 4' };
    expect(failureDigest(other, 'check')).toBe(failureDigest(failure, 'check'));
    expect(failureDigest(other, 'message')).not.toBe(failureDigest(failure, 'message'));
  });
});

test('of equal failures as many are known as there were', () => {
  const known = createKnown(['a', 'b', 'a']);
  expect(['a', 'a', 'a', 'b', 'c'].map((digest) => known.take(digest))).toEqual([true, true, false, true, false]);
});
