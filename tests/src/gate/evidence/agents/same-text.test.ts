import { describe, expect, test } from 'vitest';
import { labelled, schemeOf } from '../../../../../src/gate/evidence/agents/criterion-id.ts';
import { comparable } from '../../../../../src/gate/evidence/agents/same-text.ts';
import { tasksOf } from '../../../../../src/gate/evidence/agents/task-list.ts';

describe('the text by which criteria are compared', () => {
  test.each([
    ['The  cart\tworks', 'the cart works'],
    ['The\u00a0cart\u2003works', 'the cart works'],
    ['ＴＨＥ ｃａｒｔ：１', 'the cart:1'],
    ['the ca\u00adrt\u200b works\ufeff', 'the cart works'],
    ['- [x] **The cart** `works`', 'the cart works'],
    ['• The cart works', 'the cart works'],
    ['* [ ] The cart works', 'the cart works'],
    ['The *cart* _works_, **all *of* it** and __more__', 'the cart works, all of it and more'],
    ['***The cart*** works', 'the cart works'],
    ['[The cart](https://example.test/a "b") works, ![as](x.png) seen', 'the cart works, as seen'],
    ['The cart\\_item works\\.', 'the cart_item works'],
    ['“The cart” „works“ «well» ‹so›', 'the cart works well so'],
    ["The cart's price", 'the carts price'],
    ['The cart’s price', 'the carts price'],
    ['The cart – works — well -- here', 'the cart-works-well-here'],
    ['The cart - works', 'the cart-works'],
    ['re‑use − now', 're-use-now'],
    ['The cart works. ;!:,', 'the cart works'],
    ['Version 1.2, e.g. this', 'version 1.2, e.g. this'],
    ['Is it?', 'is it?'],
    ['...', ''],
    ['', ''],
  ])('of %j is %j', (text, expected) => {
    expect(comparable(text)).toBe(expected);
  });

  test.each([
    ['snake_case_name stays'],
    ['2 * 3 * 4 is 24'],
    ['a*b*c'],
    ['** bold'],
    ['~~the cart works~~'],
    ['ac1: the cart works'],
    ['http 404: a page'],
    ['[ac1] the cart works'],
    ['[ok] and more'],
  ])('of %j is itself', (text) => {
    expect(comparable(text)).toBe(text);
  });

  test.each(['*', '*a', '_a ', '[', '[a](', '` ', '. ', '\\', '-', 'a '])('takes no time for many %j', (piece) => {
    const text = `a [${piece.repeat(100_000)}x`;
    expect(comparable(text)).toMatch(/^a \[.*x$/);
    expect(labelled(text, schemeOf([{ text }])).ids).toEqual([]);
  });

  test('is the whole text, however long', () => {
    expect(comparable(`${'x'.repeat(9_999)}a`)).not.toBe(comparable(`${'x'.repeat(9_999)}b`));
  });
});

describe('the tasks of a Markdown text', () => {
  const texts = (markdown: string) => tasksOf(markdown).map(({ text, done }) => `${done ? 'x' : ' '} ${text}`);

  test('are all of them, in every way of writing a list', () => {
    const list = '- [ ] a\n* [x] b \n+ [X] c\n1. [ ] d\n12) [x]  e\n   - [ ] f\n- [ ]\n- [y] g\n-[ ] h\n- [ ]i\n[ ] j';
    expect(texts(list)).toEqual(['  a', 'x b', 'x c', '  d', 'x e', '  f']);
  });

  test('are those below a heading about acceptance where there is one, down to the next of its rank', () => {
    const text = [
      '- [ ] before',
      '## Acceptance',
      '- [ ] a',
      '### Details',
      '- [ ] b',
      '## Notes',
      '- [ ] after',
      '# The criteria:',
      '- [x] c',
      '## Under it',
      '- [x] d',
      '# End',
      '- [ ] e',
    ];
    expect(texts(text.join('\n'))).toEqual(['  a', '  b', 'x c', 'x d']);
  });

  test('are all where a heading only has the word in another one', () => {
    expect(texts('# Nonacceptances\n- [ ] a\n# Other\n- [ ] b')).toEqual(['  a', '  b']);
  });
});
