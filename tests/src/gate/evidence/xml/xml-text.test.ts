import { describe, expect, test } from 'vitest';
import { isIllegal, legalText } from '../../../../../src/gate/evidence/xml/xml-text.ts';

describe('what XML forbids is replaced', () => {
  test.each([
    ['a colour', '\u001b[31mred\u001b[0m', '\ufffd[31mred\ufffd[0m'],
    ['form feed, vertical tab and backspace', '\f\v\b', '\ufffd\ufffd\ufffd'],
    ['what is no character', 'a\ufffeb\uffff', 'a\ufffdb\ufffd'],
    ['references to them', '&#27;&#x1B;&#0;&#x0;&#xFFFE;', '\ufffd\ufffd\ufffd\ufffd\ufffd'],
    ['references to halves and to nothing', '&#xD800;&#xDFFF;&#x110000;&#99999999;', '\ufffd\ufffd\ufffd\ufffd'],
  ])('%s', (_, given, expected) => {
    expect(legalText(given)).toBe(expected);
  });
});

test.each(['\t\r\n', '&#9;&#xA;&#13;', '&#x1F600;&#xD7FF;&#xE000;&#xFFFD;&#x10FFFF;', '&#zz;', '&#;', '😀', ''])(
  '%j stays',
  (given) => {
    expect(legalText(given)).toBe(given);
  },
);

test('one that is forbidden wherever it stands', () => {
  expect(['\u001b', '\ufffe', '<', '\n', ''].map(isIllegal)).toEqual([true, true, false, false, false]);
});
