import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkText, count, grouped, proofTail, proofText } from '../../../../src/gate/evidence/finding-text.ts';

test('whole numbers are grouped by thousands as in English', () => {
  expect([count(1, 'test'), count(0, 'test'), count(12_345, 'entry', 'entries')]).toEqual([
    '1 test',
    '0 tests',
    '12,345 entries',
  ]);
  fc.assert(
    fc.property(fc.maxSafeNat(), (number) => {
      expect(grouped(number)).toBe(number.toLocaleString('en'));
    }),
  );
});

describe('the name of a check', () => {
  test('is one line, of 200 characters at most', () => {
    expect(checkText('one\ntwo')).toBe('one two');
    expect(checkText('x'.repeat(200))).toBe('x'.repeat(200));
    expect(checkText('x'.repeat(201))).toMatch(/^x{190}…#[0-9a-f]{8}$/);
    expect(checkText(' \n ')).toBe('(no name)');
  });

  test('tells two apart that begin the same, also where the rest is far away or cannot be seen', () => {
    const long = 'x'.repeat(300);
    expect(checkText(`${long}1`)).not.toBe(checkText(`${long}2`));
    const longest = `a${' '.repeat(20_000)}`;
    expect(checkText(`${longest}1`)).not.toBe(checkText(`${longest}2`));
    expect(checkText(`${longest}1`)).toMatch(/^a.{0,2}#[0-9a-f]{8}$/);
    // as long as is looked at
    expect(checkText(`a${' '.repeat(9_999)}`)).toBe('a');
  });
});

describe('a proof', () => {
  test('has 2,000 characters at most, and keeps its beginning', () => {
    expect(proofText(` ${'x'.repeat(2_000)} `)).toBe('x'.repeat(2_000));
    expect(proofText('x'.repeat(2_001))).toBe(`${'x'.repeat(1_999)}…`);
    expect(proofText(`${'\n'.repeat(19_999)}xy`)).toBe('x');
  });

  test('of a log has as many, and keeps its end', () => {
    expect(proofTail(` ${'x'.repeat(2_000)} `)).toBe('x'.repeat(2_000));
    expect(proofTail(`a${'x'.repeat(2_000)}`)).toBe(`…${'x'.repeat(1_999)}`);
    expect(proofTail(`first\n${'x'.repeat(50_000)}last`)).toBe(`…${'x'.repeat(1_995)}last`);
    expect(proofTail(`xy${'\n'.repeat(19_999)}`)).toBe('y');
  });

  test('of a log does not begin with half a character', () => {
    const text = proofTail(`${'👍'.repeat(1_000)}x`);
    expect([text.isWellFormed(), text.length]).toEqual([true, 2_000]);
    expect(proofTail('👍'.repeat(1_001))).toBe(`…${'👍'.repeat(999)}`);
  });
});
