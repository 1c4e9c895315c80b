import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { check, problemsIn } from './check.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const anything = { JIRA_URL: 'https://x.test', JIRA_EMAIL: 'x@x.test', JIRA_TOKEN: 'x', JIRA_PROJECT_KEY: 'X' };

test('every configuration shown on a page is valid', async () => {
  for await (const page of glob(['README.md', 'docs/**/*.md'], { cwd: root })) {
    const text = await readFile(join(root, page), 'utf8');
    const shown = [...text.matchAll(/```yaml\n(# yaml-language-server[\s\S]*?)```/g)].map((match) => match[1] ?? '');
    for (const config of shown)
      expect([page, await problemsIn(config, { everyPlatform: true, env: anything })]).toEqual([page, []]);
  }
});

test('every example on the page about evidence is valid, and nothing in it is doubtful', async () => {
  const text = await readFile(join(root, 'docs/evidence.md'), 'utf8');
  const shown = [...text.matchAll(/```yaml\n([\s\S]*?)```/g)].map((match) => match[1] ?? '');
  expect(shown.length).toBeGreaterThan(5);
  for (const config of shown) expect([config, (await check(config)).warnings]).toEqual([config, []]);
});

test('every configuration of an example is valid', async () => {
  for await (const path of glob('examples/**/pace.config.yaml', { cwd: root })) {
    expect([path, await problemsIn(await readFile(join(root, path), 'utf8'), { everyPlatform: true })]).toEqual([
      path,
      [],
    ]);
  }
});
