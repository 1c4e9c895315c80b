/** The package as others have it: built, packed into a folder of its own, and used from there. */
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

const run = promisify(execFile);
const root = new URL('../..', import.meta.url).pathname;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pace-library-'));
  const own = join(folder, 'node_modules', 'pace-gate');
  await mkdir(own, { recursive: true });
  await run(process.execPath, [join(root, '.ci', 'build-library.ts'), '--out', join(own, 'lib')]);
  await cp(join(root, 'package.json'), join(own, 'package.json'));
  for (const name of ['vitest', 'typescript', '@types']) {
    await symlink(join(root, 'node_modules', name), join(folder, 'node_modules', name));
  }
  await cp(join(root, 'examples', 'plugin-notes'), join(folder, 'plugin-notes'), { recursive: true });
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
}, 120_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

function node(...args: string[]): Promise<{ stdout: string; stderr: string }> {
  return run(process.execPath, args, { cwd: folder, timeout: 100_000 });
}

test('a program switches trackers by one word; the plugin is a platform like any other', async () => {
  await writeFile(
    join(folder, 'use.ts'),
    `import { collect, openTracker, type IssueTracker } from 'pace-gate';
     const plugins = { notes: { module: './plugin-notes/index.js', settings: {} } };
     for (const [platform, settings] of [['local', { database: 'x.db' }], ['notes', { folder: 'notes' }]] as const) {
       const tracker: IssueTracker & { close(): Promise<void> } = await openTracker({ platform, settings, plugins, cwd: process.cwd(), env: {} });
       const { key } = await tracker.createIssue({ title: 'Same words', body: '', labels: ['a'] });
       await tracker.claim(key, { agent: 'ann', forMs: 60_000 });
       const found = await collect(tracker.listIssues({ labels: ['a'], text: 'same' }));
       console.log(platform, found.map(({ title }) => title).join(), (await tracker.currentClaim(key))?.agent);
       await tracker.close();
     }`,
  );
  expect((await node('use.ts')).stdout).toBe('local Same words ann\nnotes Same words ann\n');
});

test('the types of the package are whole', async () => {
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const strict = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2024', '--types', 'node'];
  await node(tsc, ...strict, 'use.ts');
});

test('the example plugin passes the contract suite that the package brings along', { timeout: 120_000 }, async () => {
  const results = join(folder, 'results.json');
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  await node(vitest, 'run', '--root', join(folder, 'plugin-notes'), '--reporter', 'json', '--outputFile', results);
  const { numFailedTests, numPassedTests } = JSON.parse(await readFile(results, 'utf8'));
  expect(numFailedTests).toBe(0);
  expect(numPassedTests).toBeGreaterThan(60);
});
