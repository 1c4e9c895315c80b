import fc from 'fast-check';
import { marked } from 'marked';
import { describe, expect, test } from 'vitest';
import { codeBlock } from '../../platforms/untrusted-text.ts';

/** How GitLab looks for code that holds no quick action: not as Markdown does, the first fence ends the block. */
const GITLAB_CODE = /^```.+?\n```$/gms;

const nasty = fc
  .array(
    fc.constantFrom(
      '```',
      '~~~',
      '````',
      '`',
      ' ',
      '\t',
      '\n',
      '\n\n',
      '/close',
      'text',
      '> ',
      '>>>',
      '<pre>',
      '\r\n',
      '- ',
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(''));

describe('a code block', () => {
  test('is one block in Markdown, whatever the text', () => {
    fc.assert(
      fc.property(fc.oneof(nasty, fc.string()), (text) => {
        const tokens = marked.lexer(`before\n\n${codeBlock(text, 'yaml')}\n\nafter`).map(({ type }) => type);
        expect(tokens.filter((type) => type !== 'space')).toEqual(['paragraph', 'code', 'paragraph']);
      }),
    );
  });

  test('leaves no line in which GitLab looks for quick actions', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const rest = `before\n\n${codeBlock(text, 'yaml')}\n\nafter`.replaceAll(GITLAB_CODE, '');
        expect(rest.split('\n').filter(Boolean)).toEqual(['before', 'after']);
      }),
    );
  });

  test('shows what it holds as it is, but for fences', () => {
    expect(codeBlock('a: `x`\n  ```\nb\n\n', 'yaml')).toBe('```yaml\na: `x`\n  \u2060```\nb\n```');
  });
});
