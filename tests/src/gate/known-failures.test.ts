import { describe, expect, test } from 'vitest';
import type { Finding } from '../../../src/gate/finding.ts';
import { createKnown, failureDigest } from '../../../src/gate/known-failures.ts';

const failure: Finding = { source: 'unit', check: 'cart adds', result: 'FAIL', evidence: '1 != 2' };

describe('the digest of a failure', () => {
  test('is the same wherever it stands', () => {
    const moved = { ...failure, source: 'other', file: 'a.ts', line: 9, evidence: '3 != 4' };
    expect(failureDigest(moved)).toBe(failureDigest(failure));
    expect(failureDigest(failure)).toMatch(/^[0-9a-f]{16}$/);
  });

  test('is another one for another check, and for what only warns', () => {
    for (const other of [{ check: 'cart' }, { result: 'ADVISORY' } as const])
      expect(failureDigest({ ...failure, ...other })).not.toBe(failureDigest(failure));
  });

  test('has the message in it where that is given', () => {
    expect(failureDigest(failure, 'a')).toBe(failureDigest(failure, 'a'));
    expect(new Set([failureDigest(failure), failureDigest(failure, 'a'), failureDigest(failure, 'b')]).size).toBe(3);
  });
});

test('of equal failures as many are known as there were', () => {
  const known = createKnown(['a', 'b', 'a']);
  expect([known.isEmpty, createKnown([]).isEmpty]).toEqual([false, true]);
  expect(['a', 'a', 'a', 'b', 'c'].map((digest) => known.take(digest))).toEqual([true, true, false, true, false]);
});
