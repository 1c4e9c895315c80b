import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const page = readFileSync(join(root, 'docs/reliability.md'), 'utf8');
const named = [...page.matchAll(/^ {2}`(tests\/[^`]+)`: "(.+)"$/gm)].map(([, file = '', name = '']) => [file, name]);

test('every promise of docs/reliability.md names a test that is there', () => {
  const missing = named.filter(([file = '', name = '']) => !readFileSync(join(root, file), 'utf8').includes(name));
  expect(missing).toEqual([]);
  const promises = page.match(/^- /gm) ?? [];
  expect(named.length).toBeGreaterThanOrEqual(promises.length);
});
