import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NORMAL_TEXT } from '../../../core/text/normal-text.ts';
import { markdownTexts } from '../../support/markdown-trees.ts';
import '../../support/seed.ts';

const { of } = NORMAL_TEXT;

describe('the form of a text that every tracker may give back otherwise', () => {
  test('has one kind of line end', () => {
    expect(of('a\r\nb\rc\nd')).toBe('a\nb\nc\nd');
  });

  test('has no empty lines around it, and no blanks at the end of a line', () => {
    expect(of('\n \t\na \nb\t\n\n c\n   \n')).toBe('a\nb\n\n c');
    expect(of(' \r\n\t')).toBe('');
  });

  test('keeps a break of two blanks before a line, however many blanks it has', () => {
    expect(of('a     \nb  \n\nc  ')).toBe('a  \nb\n\nc');
    expect(of('a\\\nb')).not.toBe(of('a\nb'));
  });

  test('keeps whatever people see: indentation, empty lines inside, signs, and characters that look alike', () => {
    const seen = [
      ...[
        '    code',
        'code',
        ' - a',
        '- a',
        '* a',
        '1. a',
        '1) a',
        'a\n\n\nb',
        'a\n\nb',
        '\u00E9',
        'e\u0301',
        'a\u00A0b',
        'a b',
        'a',
      ],
      ...[
        'a\u200B',
        '`a  b`',
        '`a b`',
        'https://a.example',
        '<https://a.example>',
        'a\nb',
        'a  \nb',
        '𝐚',
        'A',
        '\uFEFFa',
      ],
    ];
    expect(new Set(seen.map(of)).size).toBe(new Set(seen).size);
  });

  test('holds no character that databases refuse', () => {
    expect(of('a\0b\uD800c')).toBe('ab\uFFFDc');
  });

  test('is its own form', () => {
    const texts = fc.oneof(
      markdownTexts,
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom(' ', '\t', '\n', '\r', 'a', '\\', '\0', '\uD800') }),
    );
    fc.assert(fc.property(texts, (text) => of(of(text)) === of(text)));
  });
});
