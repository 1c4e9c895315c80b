import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mergeTexts, type TextSide } from '../../../src/sync/merge-text.ts';
import type { Sides } from '../../../src/sync/values.ts';

const trimmed = (text: string) => text.trim();

function merged(base: string, a: string, b: string): Sides<string> | undefined {
  return mergeTexts({
    a: { base, now: a, normalText: trimmed },
    b: { base, now: b, normalText: trimmed },
  });
}

/** Paragraphs of one letter or more. */
const text = (words: string) => words.split(' ').filter(Boolean).join('\n\n');

describe('changes that do not touch each other', () => {
  test.each<[what: string, base: string, a: string, b: string, both: string]>([
    ['no change', 'A B C', 'A B C', 'A B C', 'A B C'],
    ['of one side', 'A B C', 'A B2 C', 'A B C', 'A B2 C'],
    ['of two paragraphs', 'A B C', 'A2 B C', 'A B C2', 'A2 B C2'],
    ['of two that follow each other', 'A B', 'A2 B', 'A B2', 'A2 B2'],
    ['one that is gone, one that is changed', 'A B C', 'B C', 'A B2 C', 'B2 C'],
    ['of two that are gone', 'A B C', 'B C', 'A B', 'B'],
    ['one that is new, one that is changed', 'A B', 'A X B', 'A B2', 'A X B2'],
    ['one that is new behind one that is gone', 'A B', 'A X B', 'B', 'X B'],
    ['of two places where something is new', 'A B', 'X A B', 'A B Y', 'X A B Y'],
    ['something new within what the other one has replaced', 'A B C D', 'A X Y D', 'A B Z C D', 'A X Z Y D'],
    ['less in place of more', 'A B C D', 'A X D', 'A B C D2', 'A X D2'],
    ['more in place of less', 'A B C D', 'A X Y Z D', 'A B C D2', 'A X Y Z D2'],
    ['one that went elsewhere', 'A B C', 'B C A', 'A B2 C', 'B2 C A'],
    ['of a text that is gone', 'A B', '', 'A B', ''],
    ['of a text that was not there', '', 'A B', '', 'A B'],
    ['the same of both', 'A B C', 'A2 B C', 'A2 B C', 'A2 B C'],
    ['the same of both beside another one', 'A B C', 'A2 B C', 'A2 B C2', 'A2 B C2'],
    ['the same that is new in both', 'A B', 'A X B', 'A X B', 'A X B'],
    ['the same that is gone in both, and one that is gone in one', 'A B C D', 'A D', 'A C D', 'A D'],
    ['the same in both in place of less', 'A B C', 'X Y B C', 'X Y B C2', 'X Y B C2'],
  ])('%s', (_, base, a, b, both) => {
    expect(merged(text(base), text(a), text(b))).toEqual({ a: text(both), b: text(both) });
    expect(merged(text(base), text(b), text(a))).toEqual({ a: text(both), b: text(both) });
  });
});

describe('nobody knows what becomes of', () => {
  test.each<[what: string, base: string, a: string, b: string]>([
    ['a paragraph that both have changed', 'A B', 'A2 B', 'A3 B'],
    ['one that is gone here and changed there', 'A B', 'B', 'A2 B'],
    ['two that are new in one place', 'A B', 'A X B', 'A Y B'],
    ['two of which one is more', 'A B', 'A X B', 'A X Y B'],
    ['two new texts', '', 'X', 'Y'],
    ['two at the end', 'A', 'A X', 'A Y'],
    ['one that is new behind one that has become two', 'A B', 'A2 X B', 'A Y B'],
    ['one that is new before one that has become two', 'A B', 'A X B2', 'A Y B'],
    ['two that follow each other and have become more', 'A B', 'A2 X B', 'A Y B2'],
    ['one that went elsewhere and is changed there', 'A B C', 'B C A', 'A2 B C'],
  ])('%s', (_, base, a, b) => {
    expect(merged(text(base), text(a), text(b))).toBeUndefined();
    expect(merged(text(base), text(b), text(a))).toBeUndefined();
  });
});

describe('in their own words', () => {
  const dashes = (words: string) => words.trim().replaceAll('*', '-');
  const low = (words: string) => words.trim().toLowerCase();

  function mergedAs(a: Partial<TextSide>, b: Partial<TextSide>) {
    return mergeTexts({
      a: { base: '', now: '', normalText: trimmed, ...a },
      b: { base: '', now: '', normalText: trimmed, ...b },
    });
  }

  test('stays what neither has changed', () => {
    const a = { base: '* A\n\nB\n\nC', now: '* A\n\nB\n\nC2', normalText: trimmed };
    const b = { base: '* A\n\nB\n\nC', now: '- A\n\n\nB\n\nC', normalText: dashes };
    expect(mergedAs(a, b)).toEqual({ a: '* A\n\nB\n\nC2', b: '- A\n\n\nB\n\nC2' });
    expect(mergedAs(b, a)).toEqual({ a: '- A\n\n\nB\n\nC2', b: '* A\n\nB\n\nC2' });
  });

  test('stays what both have changed to the same', () => {
    const a = { base: 'A\n\nB', now: '* X\n\nB2' };
    const b = { base: 'A\n\nB', now: '- X\n\nB', normalText: dashes };
    expect(mergedAs(a, b)).toEqual({ a: '* X\n\nB2', b: '- X\n\nB2' });
    expect(mergedAs({ ...a, now: '* X\n\nB' }, b)).toEqual({ a: '* X\n\nB', b: '- X\n\nB' });
  });

  test('are one in the base where either would tell one for the other', () => {
    const a = { base: '* A\n\nB\n\nc', now: '* A\n\nB2\n\nc', normalText: low };
    const b = { base: '- a\n\nb\n\nC', now: '- a\n\nb\n\nC2', normalText: dashes };
    expect(mergedAs(a, b)).toEqual({ a: '* A\n\nB2\n\nC2', b: '- a\n\nB2\n\nC2' });
  });

  test('and blank lines and line ends stay where nothing has changed', () => {
    expect(merged('A\n\nB', '\n\nA\n\n\n\nB2\n', 'A\r\n\r\nB\r\n\r\n')).toEqual({
      a: '\n\nA\n\n\n\nB2\n',
      b: 'A\n\n\n\nB2\r\n\r\n',
    });
  });

  test('what stood first needs no blank line when it comes to stand first again', () => {
    expect(merged('A\n\nB', 'X\n\nA\n\nB', 'A\n\nB2')).toEqual({ a: 'X\n\nA\n\nB2', b: 'X\n\nA\n\nB2' });
    expect(merged('A\n\nB', 'B', '\nA\n\nB\n')).toEqual({ a: 'B', b: 'B\n' });
  });

  test('a heading keeps what follows it as near as it was', () => {
    expect(merged('# H\n- a\n\nB', '# H\n- a2\n\nB', '# H\n- a\n\nB2')).toEqual({
      a: '# H\n- a2\n\nB2',
      b: '# H\n- a2\n\nB2',
    });
  });

  test('what one side could not hold is in nobody’s way, and is offered to it again', () => {
    const b = { base: 'A\n\n<!-- x -->\n\nB', now: 'A\n\n<!-- x -->\n\nB' };
    expect(mergedAs({ base: 'A\n\nB', now: 'A2\n\nB2' }, b)).toEqual({
      a: 'A2\n\n<!-- x -->\n\nB2',
      b: 'A2\n\n<!-- x -->\n\nB2',
    });
    expect(mergedAs({ base: 'A\n\nB', now: '' }, b)).toEqual({ a: '<!-- x -->', b: '<!-- x -->' });
    expect(mergedAs({ base: 'A\n\nB', now: 'A\n\nX\n\nB' }, b)).toEqual({
      a: 'A\n\nX\n\n<!-- x -->\n\nB',
      b: 'A\n\nX\n\n<!-- x -->\n\nB',
    });
    const more = { base: 'A\n\nsome\n\nB', now: 'A\n\nsome\n\nB' };
    const less = { base: 'A\n\nB', now: 'A2\n\nX\n\nB2' };
    const both = 'A2\n\nsome\n\nX\n\nB2';
    expect(mergedAs(less, more)).toEqual({ a: both, b: both });
    expect(mergedAs(more, less)).toEqual({ a: both, b: both });
  });

  test('what the two hold in other ways is one piece', () => {
    const a = { base: 'A\n\nfirst second\n\nB', now: 'A\n\nfirst second\n\nB' };
    const b = { base: 'A\n\nfirst\n\nsecond\n\nB', now: 'A\n\nfirst\n\nnew\n\nsecond\n\nB' };
    expect(mergedAs(a, b)).toEqual({ a: 'A\n\nfirst\n\nnew\n\nsecond\n\nB', b: b.now });
    expect(mergedAs({ ...a, now: 'A\n\nother\n\nB' }, b)).toBeUndefined();
    expect(mergedAs({ ...a, now: 'A\n\nother\n\nB' }, { ...b, now: b.base })).toEqual({
      a: 'A\n\nother\n\nB',
      b: 'A\n\nother\n\nB',
    });
  });
});

describe('a fence that nothing closes', () => {
  test('may be changed, and stand at the end', () => {
    expect(merged('A\n\n```\nx', 'A2\n\n```\nx', 'A\n\n```\ny')).toEqual({ a: 'A2\n\n```\ny', b: 'A2\n\n```\ny' });
  });

  test('never swallows what the other one has put behind it', () => {
    expect(merged('A', 'A\n\n```\nx', 'A2\n\nB')).toBeUndefined();
    expect(merged('```\nx\n```', '```\nx\n```\n\nB', '```\nx')).toBeUndefined();
  });
});

test('texts that are too long to be compared are not', () => {
  const long = (word: string) => Array.from({ length: 1_001 }, (_, at) => `${word}${at}`).join('\n\n');
  expect(merged(long('a'), long('b'), long('a'))).toBeUndefined();
  expect(merged(long('a'), long('a'), long('b'))).toBeUndefined();
  const bases = { a: long('a'), b: long('b') };
  expect(
    mergeTexts({
      a: { base: bases.a, now: bases.a, normalText: trimmed },
      b: { base: bases.b, now: bases.b, normalText: trimmed },
    }),
  ).toBeUndefined();
});

test('a thousand equal paragraphs with a change at either end are merged', () => {
  const long = (first: string, last: string) => `${first}\n\n${'same\n\n'.repeat(20_000)}${last}`;
  const both = long('first', 'last');
  expect(merged(long('1', '9'), long('first', '9'), long('1', 'last'))).toEqual({ a: both, b: both });
});

type Fate = 'none' | 'a changes' | 'b changes' | 'a drops' | 'b drops' | 'a adds' | 'b adds';

/** What each side makes of a paragraph, and what both should have then. */
function fated(fates: readonly Fate[]) {
  const of = (sides: string) =>
    fates.flatMap((fate, at) => {
      const [side, verb] = fate.split(' ');
      if (!side || !sides.includes(side)) return [`P${at}`];
      if (verb === 'drops') return [];
      return verb === 'changes' ? [`P${at} of ${side}`] : [`P${at}`, `new of ${side} ${at}`];
    });
  return { base: of('').join('\n\n'), a: of('a').join('\n\n'), b: of('b').join('\n\n'), both: of('ab').join('\n\n') };
}

const anyFate = fc.constantFrom<Fate>('none', 'a changes', 'b changes', 'a drops', 'b drops');
const anyAddition = fc.constantFrom<Fate>('none', 'a adds', 'b adds');

test('changes of different paragraphs merge, however many they are', () => {
  fc.assert(
    fc.property(fc.array(anyFate, { maxLength: 10 }), (fates) => {
      const { base, a, b, both } = fated(fates);
      expect(merged(base, a, b)).toEqual({ a: both, b: both });
    }),
  );
});

test('so does what is new in different places', () => {
  fc.assert(
    fc.property(fc.array(anyAddition, { maxLength: 10 }), (fates) => {
      const { base, a, b, both } = fated(fates);
      expect(merged(base, a, b)).toEqual({ a: both, b: both });
    }),
  );
});

const paragraph = fc.constantFrom('A', 'B', 'C', 'D', '- x', '- y\n\n- z', '# H', '```\nf\n\ng\n```');
const anyText = fc.array(paragraph, { maxLength: 6 }).map((blocks) => blocks.join('\n\n'));
const forms = [
  trimmed,
  (words: string) => words.trim().toLowerCase(),
  (words: string) => words.trim().replace(/[BD]/g, 'b'),
];
const anySide = fc.record({ base: anyText, now: anyText, normalText: fc.constantFrom(...forms) });

test('whichever side is called a, the texts are the same', () => {
  fc.assert(
    fc.property(anySide, anySide, (a, b) => {
      const one = mergeTexts({ a, b });
      const other = mergeTexts({ a: b, b: a });
      expect(other).toEqual(one && { a: one.b, b: one.a });
    }),
  );
});

test('where one side has changed nothing, the other one keeps its text as it stands', () => {
  fc.assert(
    fc.property(anyText, anyText, (base, now) => {
      expect(merged(base, now, base)?.a).toBe(now);
      expect(merged(base, base, now)?.b).toBe(now);
    }),
  );
});

test('no paragraph is lost that the other side has not taken away or changed itself', () => {
  const words = fc.uniqueArray(fc.constantFrom('A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'), { maxLength: 6 });
  fc.assert(
    fc.property(words, words, words, (base, a, b) => {
      const both = merged(base.join('\n\n'), a.join('\n\n'), b.join('\n\n'));
      if (!both) return;
      const kept = both.a.split('\n\n').filter(Boolean);
      expect(both.b).toBe(both.a);
      for (const word of [...a, ...b]) {
        const isGone = base.includes(word) && !(a.includes(word) && b.includes(word));
        if (!isGone) expect(kept).toContain(word);
      }
      for (const word of kept) expect([...a, ...b]).toContain(word);
    }),
    { numRuns: 500 },
  );
});
