/** A stranger's first step to a new platform, in a copy of the sources. */
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

const run = promisify(execFile);
const root = new URL('../..', import.meta.url).pathname;
const COPIED = ['.ci', 'bench', 'core', 'docs', 'platforms', 'src', 'tests', 'examples'];
const FILES = ['package.json', 'tsconfig.json', '.biome.json', '.gitignore', 'action.yml', 'README.md'];
const GENERATED = ['pace.schema.json', 'pace.config.example.yaml'];
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pace-new-platform-'));
  for (const name of [...COPIED, ...FILES, ...GENERATED])
    await cp(join(root, name), join(folder, name), { recursive: true });
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

function node(...args: string[]): Promise<{ stdout: string; stderr: string }> {
  const env = { ...process.env, PACE_TEST_RESULTS: '' };
  return run(process.execPath, args, { cwd: folder, env, timeout: 100_000 });
}

const bin = (path: string) => join(folder, 'node_modules', path);

test('a name that cannot be one is refused, and nothing is written', async () => {
  await expect(node('.ci/platform-new.ts', 'My-Tracker')).rejects.toThrow(/small letters and digits/);
  await expect(node('.ci/platform-new.ts', 'github')).rejects.toThrow(/platforms\/github\/index\.ts is there already/);
});

test('the new platform is in the registry and in the generated files, and everything is green but its contract', async () => {
  const { stdout } = await node('.ci/platform-new.ts', 'mytracker', 'My Tracker');
  expect(stdout).toContain('platforms/mytracker/issues.ts');
  expect(await readFile(join(folder, 'platforms/index.ts'), 'utf8')).toContain(
    "mytracker: () => import('./mytracker/index.ts'),",
  );
  expect(await readFile(join(folder, 'docs/configuration.md'), 'utf8')).toContain('MYTRACKER_TOKEN');
  await node(bin('typescript/bin/tsc'), '-p', '.');
  await node(
    bin('@biomejs/biome/bin/biome'),
    'check',
    'core',
    'platforms',
    'tests/platforms/mytracker',
    'tests/support',
  );
  const vitest = [bin('vitest/vitest.mjs'), 'run', '--config', 'tests/vitest.config.ts'];
  const green = ['tests/imports.test.ts', 'tests/platforms/registry.test.ts', 'tests/platforms/mytracker/wire'];
  await node(...vitest, ...green);
  const contract = await node(...vitest, 'tests/platforms/mytracker/contract').catch(
    (error: { stdout: string; stderr: string }) => error,
  );
  expect(contract.stderr).toContain('My Tracker cannot create an issue.');
}, 120_000);
