import { describe, expect, test } from 'vitest';
import { idsOf, normalised } from '../../../../../src/gate/evidence/agents/same-text.ts';
import { tasksOf } from '../../../../../src/gate/evidence/agents/task-list.ts';

describe('the text by which criteria are compared', () => {
  test.each([
    ['The  cart\tworks', 'the cart works'],
    ['- [x] **The cart** `works`', 'the cart works'],
    ['• The cart works', 'the cart works'],
    ['* [ ] The cart works', 'the cart works'],
    ['“The cart works”', 'the cart works'],
    ["The cart's price", 'the carts price'],
    ['The cart works. ;!:,', 'the cart works'],
    ['AC1: The cart works', 'the cart works'],
    ['[FR-2.1] The cart works', 'the cart works'],
    ['(AC 3) The cart works', 'the cart works'],
    ['AC-1 – The cart works', 'the cart works'],
    ['AC1. The cart works', 'the cart works'],
    ['1. The cart works', 'the cart works'],
    ['(#12) The cart works', 'the cart works'],
    ['#12: The cart works', 'the cart works'],
    ['ＴＨＥ ｃａｒｔ', 'the cart'],
    ['AC1', ''],
    ['ISO 27001 holds', 'iso 27001 holds'],
    ['2 carts work', '2 carts work'],
    ['', ''],
  ])('of %j is %j', (text, expected) => {
    expect(normalised(text)).toBe(expected);
  });

  test('is its beginning where nobody writes that much', () => {
    expect(normalised(`${'x'.repeat(2_000)}a`)).toBe(normalised(`${'x'.repeat(2_000)}b`));
    expect(normalised(`${'x'.repeat(1_999)}a`)).not.toBe(normalised(`${'x'.repeat(1_999)}b`));
  });
});

describe('the ids of a criterion', () => {
  test.each<[string, string | undefined, string[]]>([
    ['AC1: x', undefined, ['ac1']],
    ['AC-1', undefined, ['ac1']],
    ['[FR-2.1] x', undefined, ['fr2.1']],
    ['7', undefined, ['7']],
    ['#7.', undefined, ['7']],
    ['7 carts', undefined, []],
    ['x', 'AC-2', ['ac2']],
    ['x', ' [FR 2.1] ', ['fr2.1']],
    ['AC1: x', 'AC-2', ['ac1', 'ac2']],
    ['x', '', []],
    ['x', ' ', []],
  ])('of %j with the id %j are %j', (text, id, expected) => {
    expect(idsOf(text, id)).toEqual(expected);
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
