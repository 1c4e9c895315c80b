/** The block in somebody else's file: put in, renewed, taken out, and nothing else touched. */
import { describe, expect, test } from 'vitest';
import { BLOCK, changeBetween, withBlock, withoutBlock } from '../../../src/agent/block.ts';

const block = BLOCK.join('\n');
const FRONT = '---\nalwaysApply: true\n---\n';

describe('putting it in', () => {
  test.each<[string, string | undefined, string, string]>([
    ['a file that is not there', undefined, '', `${block}\n`],
    ['a file that is not there, with a front', undefined, FRONT, `${FRONT}${block}\n`],
    ['an empty file', ' \n', '', `${block}\n`],
    ['a file with text', '# Rules\n', '', `# Rules\n\n${block}\n`],
    ['a file with text, whose front is its own', '# Rules\n', FRONT, `# Rules\n\n${block}\n`],
    ['a last line without an end', '# Rules', '', `# Rules\n\n${block}\n`],
    ['line ends of Windows', '# Rules\r\n', '', `# Rules\r\n\r\n${BLOCK.join('\r\n')}\r\n`],
    ['a byte order mark', '\ufeff# Rules\n', '', `\ufeff# Rules\n\n${block}\n`],
  ])('%s', (_, before, front, after) => {
    expect(withBlock(before, front)).toBe(after);
    expect(withBlock(after, front)).toBe(after);
  });

  test('an older one is renewed where it stands', () => {
    const old = '<!-- pace agent: begin (of an older version) -->\nOld words.\n<!-- pace agent: end -->';
    expect(withBlock(`# Before\n\n${old}\n\n# After\n`)).toBe(`# Before\n\n${block}\n\n# After\n`);
  });

  test.each([
    ['without its end', `# A\n${BLOCK[0]}\nwords\n`],
    ['without its begin', `words\n${BLOCK.at(-1)}\n`],
    ['twice', `${block}\n${block}\n`],
    ['turned round', `${BLOCK.at(-1)}\n${BLOCK[0]}\n`],
  ])('one that stands there %s is refused, and nothing is guessed', (_, text) => {
    const refused = expect.objectContaining({ kind: 'validation', message: expect.stringContaining('is not whole') });
    expect(() => withBlock(text)).toThrow(refused);
    expect(() => withoutBlock(text)).toThrow(refused);
  });

  test('marks within a line are words of somebody', () => {
    const text = `Write \`${BLOCK[0]}\` there.\n`;
    expect(withBlock(text)).toBe(`${text}\n${block}\n`);
    expect(withoutBlock(text)).toBe(text);
  });
});

describe('taking it out', () => {
  test.each([
    ['# Rules\n', ''],
    ['# Rules\r\nmore\r\n', ''],
    ['\ufeff# Rules\n\n\n', ''],
    ['---\nx: 1\n---\nmore\n', FRONT],
  ])('leaves %j as it was', (text, front) => {
    expect(withoutBlock(withBlock(text, front), front)).toBe(text);
  });

  test('keeps what stands behind it', () => {
    expect(withoutBlock(`# Before\n\n${block}\n\n# After\n`)).toBe('# Before\n\n# After\n');
  });

  test.each(['', FRONT])('of a file that has nothing else, nothing is left', (front) => {
    expect(withoutBlock(withBlock(undefined, front), front)).toBeUndefined();
  });

  test('where there is none, nothing changes', () => {
    expect(withoutBlock('# Rules\n')).toBe('# Rules\n');
  });
});

test('what differs is shown with two lines around it', () => {
  expect(changeBetween('a\nb\nc\nd\n', 'a\nb\nc\nx\ny\nd\n')).toBe('  b\n  c\n+ x\n+ y\n  d');
  expect(changeBetween('a\nold\nb\n', 'a\nnew\nb\n')).toBe('  a\n- old\n+ new\n  b');
  expect(changeBetween('', 'a\n\nb\n')).toBe('+ a\n+\n+ b');
  expect(changeBetween('a\n', '')).toBe('- a');
});
