import { describe, expect, it } from 'vitest';
import { countOf } from '../../../../../src/gate/evidence/tests/claims.ts';
import { placeInTrace } from '../../../../../src/gate/evidence/tests/dotnet-trace.ts';
import { createWords, testName } from '../../../../../src/gate/evidence/tests/test-words.ts';

describe('words that come in pieces', () => {
  const joined = (...pieces: readonly string[]) => {
    const words = createWords();
    for (const piece of pieces) words.add(piece);
    return words.text();
  };

  it('are joined as they come, without what surrounds them', () => {
    expect(joined(' a', 'b\n', '', 'c ')).toBe('ab\nc');
    expect(joined()).toBe('');
  });

  it('have a gap between them only where something stands before', () => {
    const words = createWords();
    words.add('', '-');
    words.add('a', '-');
    words.add('', '-');
    words.add('b', '-');
    expect(words.text()).toBe('a-b');
  });

  it('are whole up to 2,000 characters, and lose their middle beyond', () => {
    const [head, tail] = ['a'.repeat(1_400), 'b'.repeat(600)];
    expect(joined(head, tail)).toBe(head + tail);
    expect(joined(`${head}${tail}`)).toBe(head + tail);
    expect(joined(`${head}x${tail}`)).toBe(`${head}\n[…]\n${tail}`);
    expect(joined(head, 'x', tail)).toBe(`${head}\n[…]\n${tail}`);
    expect(joined(head, 'xy', 'b'.repeat(300), 'b'.repeat(300))).toBe(`${head}\n[…]\n${tail}`);
    expect(joined('a'.repeat(1_399), `ax${tail}`)).toBe(`${head}\n[…]\n${tail}`);
  });
});

it.each([
  ['A.B', 'A.B.t', 'A.B t'],
  ['A.B', 't', 'A.B t'],
  ['A.B', 'A.Bt', 'A.B A.Bt'],
  ['A.B', 'A.B', 'A.B'],
  ['', ' t ', 't'],
  [' A ', '', 'A unnamed test'],
  ['', ' ', 'unnamed test'],
])('a test of %j called %j is %j', (group, name, expected) => {
  expect(testName(group, name)).toBe(expected);
});

it.each([
  ['   at A.b() in /src/a b/c.cs:line 21', { file: '/src/a b/c.cs', line: 21 }],
  ['   bei A.b(Int32 c) in D:\\a\\c.cs:Zeile 7\r', { file: 'D:\\a\\c.cs', line: 7 }],
  ['   à A.b() dans E:/a/c.cs:ligne 7', { file: 'E:/a/c.cs', line: 7 }],
  [
    'no\n   at X.y() in /_/src/x.cs:line 1\n   at A.b() in /a.cs:line 2\n   at A.c() in /b.cs:line 3',
    { file: '/a.cs', line: 2 },
  ],
  ['   at A.b() in relative.cs:line 2', undefined],
  ['   at A.b()', undefined],
  ['   at A.b() in /a.cs', undefined],
  ['', undefined],
])('the place in %j', (trace, expected) => {
  expect(placeInTrace(trace)).toEqual(expected);
});

it.each([
  ['12', 12],
  [' 7 ', 7],
  ['-1', 0],
  ['1.5', 0],
  ['', 0],
  ['1234567890', 0],
  [undefined, 0],
])('the count %j is %j', (text, expected) => {
  expect(countOf(text)).toBe(expected);
});
