/** SECURITY.md says what a commit cannot do: each line names the test that stands behind it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const page = readFileSync(join(root, 'SECURITY.md'), 'utf8');
const rows = [
  ...page.matchAll(/^\| (?<line>[^|]+) \| \[[^\]]+\]\((?<file>tests\/hostile\/[^)]+)\) \| (?<title>[^|]+) \|$/gm),
];

test('the page has such lines', () => {
  expect(rows.length).toBeGreaterThan(25);
});

test.each(rows.map(({ groups }) => [groups?.['line'] ?? '', groups?.['file'] ?? '', groups?.['title'] ?? '']))(
  'a commit cannot %s',
  (_line, file, title) => {
    expect(readFileSync(join(root, file), 'utf8')).toContain(`'${title}'`);
  },
);
