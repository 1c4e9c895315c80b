/** Texts for people say "is not a …", "returns" and "the existing ones": words that a reader need not translate back. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = new URL('..', import.meta.url).pathname;
const SOURCES = ['{core,platforms,src}/**/*.ts', 'examples/**/*.{js,ts}'];
const PAGES = [
  'README.md',
  'SECURITY.md',
  'action.yml',
  'docs/**/*.md',
  'templates/**/*',
  'examples/**/*.{md,yaml,yml,groovy}',
];
/** The action's one such message is changed with the rest of that file. */

const FOREIGN: readonly { readonly phrase: RegExp; readonly plain: string }[] = [
  {
    phrase: /(?<!\bthere )\b(?:is|are|was|were|be|been) no\b(?! (?:longer|more|less|fewer|later)\b)/i,
    plain: 'is not a …, or: there is no …',
  },
  { phrase: /(?<!\bthere )\b(?:is|are|was|were) none\b/i, plain: 'is not one' },
  { phrase: /\bg(?:ives?|ave|iven|iving) back\b/i, plain: 'returns, releases' },
  { phrase: /\b(?:what|who|that|which) there (?:is|are)\b(?! no)/i, plain: 'the existing ones, what is available' },
  { phrase: /\bmay not stand\b/i, plain: 'must not be' },
];

interface Line {
  readonly place: string;
  readonly text: string;
}

function linesOf(patterns: readonly string[], shown: (text: string) => string): Line[] {
  const files = globSync([...patterns], { cwd: root }).map((file) => file.replaceAll('\\', '/'));
  return files
    .filter((file) => !file.includes('node_modules'))
    .flatMap((file) => {
      const lines = readFileSync(join(root, file), 'utf8').split('\n');
      return lines.map((text, index) => ({ place: `${file}:${index + 1}`, text: shown(text) }));
    });
}

/** A line of code without its comment: English that is left is in a string. */
function withoutComment(line: string): string {
  return /^\s*(?:\/\/|\/\*|\*)/.test(line) ? '' : line.replace(/\s\/\/\s.*$/, '').replace(/\/\*\*? .*?\*\//g, '');
}

function foreignIn(text: string): string[] {
  return FOREIGN.flatMap(({ phrase, plain }) => {
    const found = phrase.exec(text)?.[0];
    return found === undefined ? [] : [`“${found}” (better: ${plain})`];
  });
}

function foreignLines(lines: readonly Line[]): string[] {
  return lines.flatMap(({ place, text }) => foreignIn(text).map((found) => `${place}: ${found}`));
}

test('the strings of the program speak plainly', () => {
  const lines = linesOf(SOURCES, withoutComment);
  expect(lines.length).toBeGreaterThan(10_000);
  expect(foreignLines(lines)).toEqual([]);
});

test('the pages, the action and the templates speak plainly', () => {
  const lines = linesOf(PAGES, (text) => text);
  expect(lines.length).toBeGreaterThan(1_000);
  expect(foreignLines(lines)).toEqual([]);
});

describe('what is looked for', () => {
  test.each([
    'throw wrong(`“x” is no state.`);',
    "message: 'The labels are no list.'",
    'the key as a number, or `null` where it is none',
    'wait until it is given back',
    'the message lists those that there are',
    '(add --help for what there is)',
    '`token` is a secret and may not stand in this file.',
  ])('finds %j', (line) => expect(foreignIn(withoutComment(line))).toHaveLength(1));

  test.each([
    'There is no state “x”.',
    'empty when there is none',
    'It is no longer found.',
    'is no more than 20',
    'Asana has no sprints.',
    '  // what is no path is left out',
    ' * A record that is none.',
    "const at = 'https://example.org'; // is no page",
  ])('passes %j', (line) => expect(foreignIn(withoutComment(line))).toEqual([]));
});
