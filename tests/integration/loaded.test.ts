/** What a start loads: help loads no schemas, and issues nothing of the gate. */
import { execFile } from 'node:child_process';
import { expect, test } from 'vitest';
import { loadedParts } from '../support/loaded-parts.ts';
import { newWorkspace } from '../support/workspace.ts';

const HOOK = new URL('../support/loaded-files.ts', import.meta.url).href;
const MAIN = new URL('../../src/main.ts', import.meta.url).pathname;

/** Of the sources, whose files are loaded one by one. */
async function loadedBy(...words: string[]): Promise<{ has: (path: string) => boolean; urls: string[] }> {
  const workspace = await newWorkspace({}, { git: false });
  const env = { PATH: process.env['PATH'], HOME: workspace.path };
  try {
    const stderr = await new Promise<string>((resolve) => {
      const args = ['--import', HOOK, MAIN, ...words];
      execFile(process.execPath, args, { cwd: workspace.path, env }, (_, __, text) => resolve(text));
    });
    const urls = (stderr.match(/^loaded .*$/gm) ?? []).map((line) => line.slice('loaded '.length));
    return { has: await loadedParts(stderr), urls };
  } finally {
    await workspace.dispose();
  }
}

test.each([['--help'], ['issue', 'list', '--help'], ['issue', 'list'], ['describe', '--json']])(
  'pace %s %s loads neither zod nor the gate’s adapters',
  async (...words) => {
    const { has, urls } = await loadedBy(...words);
    expect(urls.some((url) => url.includes('/cli.ts'))).toBe(true);
    expect(urls.filter((url) => url.includes('/node_modules/zod/'))).toEqual([]);
    expect(['core/adapters/ci/', 'core/adapters/issues/', 'src/gate/', 'src/sync/'].filter(has)).toEqual([]);
  },
);

test('help on sync, below whatever word, loads nothing of sync, nor zod', async () => {
  for (const words of [
    ['sync', '--help'],
    ['sync', 'pull', '--help'],
    ['issue', 'sync', 'pull', '--help'],
  ]) {
    const { has, urls } = await loadedBy(...words);
    expect(urls.some((url) => url.includes('/cli.ts'))).toBe(true);
    expect([
      ...urls.filter((url) => url.includes('/zod/')),
      ...['src/sync/', 'src/commands/sync/'].filter(has),
    ]).toEqual([]);
  }
});

test('the gate loads both adapters', async () => {
  const { has } = await loadedBy('gate', '--day', '1', '--dry-run');
  expect(['core/adapters/ci/', 'core/adapters/issues/', 'src/gate/'].filter(has)).toHaveLength(3);
});
