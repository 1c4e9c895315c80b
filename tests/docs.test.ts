/** What the pages say of a platform is what its code says. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadPlatform, platformNames } from '../platforms/index.ts';

const root = new URL('..', import.meta.url).pathname;
const HEADINGS = [
  'Prerequisites',
  'Token and scopes',
  'Configuration',
  'Status map',
  'What it cannot do',
  'Limits',
  'Troubleshooting',
];

describe.each(platformNames)('docs/platforms/%s.md', (name) => {
  const path = join(root, 'docs', 'platforms', `${name}.md`);
  const page = existsSync(path) ? readFileSync(path, 'utf8') : '';

  test('is there, with the headings of every such page', async () => {
    const { title } = await loadPlatform(name);
    expect(page.split('\n')[0]).toContain(title);
    const headings = [...page.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
    expect(headings.filter((heading) => HEADINGS.includes(heading ?? ''))).toEqual(HEADINGS);
  });

  test('names every setting, every variable that may hold it, and every scope', async () => {
    const { needs } = await loadPlatform(name);
    const words = needs.flatMap(({ key, env }) => [key, ...env]);
    expect(words.filter((word) => !page.includes(`\`${word}\``))).toEqual([]);
    const scopes = needs.flatMap(({ scope }) => (scope === undefined ? [] : [scope.split(/[,;(]/)[0]?.trim() ?? '']));
    expect(scopes.filter((scope) => !page.replaceAll('`', '').includes(scope.replaceAll('`', '')))).toEqual([]);
  });
});

test('docs/dependencies.md names every package that is installed, and no other', () => {
  const { devDependencies = {}, dependencies = {} } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const page = readFileSync(join(root, 'docs', 'dependencies.md'), 'utf8');
  const known = Object.keys({ ...devDependencies, ...dependencies });
  expect(known.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  const inTables = [...page.matchAll(/^\| (`[^|]+`) \|/gm)].flatMap(([, cell = '']) => cell.match(/[^`, ]+/g) ?? []);
  expect(inTables.filter((name) => !known.includes(name))).toEqual([]);
  expect(dependencies).toEqual({});
});
