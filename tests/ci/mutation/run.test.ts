import { spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { instrument, listMutants } from '../../../.ci/mutation/mutants.ts';
import { endThoseIn } from '../../../.ci/mutation/processes.ts';
import { judge, TestsFail } from '../../../.ci/mutation/run.ts';
import { copyTree } from '../../../.ci/mutation/tree.ts';

const repository = join(import.meta.dirname, '..', '..', '..');
/** What of this repository a run needs. */
const OURS = ['.ci/mutation', 'tests/vitest.mutation-sample.config.ts', 'tests/support/seed.ts', 'package.json'];

const SOURCE = `
export const most = [1, 2, 3];
export function isFull(count: number) { return count >= 3; }
export function isOdd(count: number) { return count % 2 === 1; }
export function sum(count: number) {
  let total = 0;
  for (let at = 0; at < count; at += 1) total += at;
  return total;
}
`;

const TESTS = `
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { isFull, most, sum } from '../../src/a.ts';

test('all of it', () => {
  expect(most).toHaveLength(3);
  expect(isFull(9)).toBe(true);
  expect(isFull(0)).toBe(false);
  expect(sum(3)).toBe(3);
});
test('leaves programs behind, one of them without a parent', async () => {
  const child = spawn('sleep', ['600'], { detached: true, stdio: 'ignore', cwd: tmpdir() });
  child.unref();
  writeFileSync('child', String(child.pid));
  await once(spawn('sh', ['-c', 'sleep 600 & echo $! > orphan'], { stdio: 'ignore' }), 'exit');
});
`;

// several starts of vitest, on a machine that may be busy
vi.setConfig({ testTimeout: 180_000 });

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pace-judge-'));
  for (const path of OURS) await cp(join(repository, path), join(folder, path), { recursive: true });
  await symlink(join(repository, 'node_modules'), join(folder, 'node_modules'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function given(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

test('each mutant meets the tests that come by it, and no program outlives the run', async () => {
  await given({ 'src/a.ts': SOURCE, 'tests/src/a.test.ts': TESTS });
  const { files, mutants } = await instrument(folder, await listMutants(folder));
  const tree = copyTree(folder, files);
  try {
    const judged = await judge(mutants, { tree, workers: 1, say: () => undefined });
    const fateOf = (original: string, replacement: string) =>
      judged.find((mutant) => mutant.original === original && mutant.replacement === replacement)?.fate;
    // set while the file is loaded
    expect(fateOf('[1, 2, 3]', '[]')).toBe('noticed');
    expect(fateOf('count >= 3', 'count < 3')).toBe('noticed');
    expect(fateOf('count >= 3', 'count > 3')).toBe('survived');
    expect(fateOf('count % 2 === 1', 'true')).toBe('unseen');
    // it would never end
    expect(fateOf('at += 1', 'at -= 1')).toBe('noticed');
    endThoseIn(tree.folder);
    for (const left of ['child', 'orphan']) {
      const pid = Number(await readFile(join(tree.root, left), 'utf8'));
      await expect.poll(() => isRunning(pid)).toBe(false);
    }
  } finally {
    tree.remove();
  }
});

test('a test that fails without any change ends the run and is named', async () => {
  const failing =
    "import { expect, test } from 'vitest';\nimport { a } from '../../src/a.ts';\ntest('is wrong', () => expect(a).toBe(2));\n";
  await given({ 'src/a.ts': 'export const a = [1].length;\n', 'tests/src/a.test.ts': failing });
  const { files, mutants } = await instrument(folder, await listMutants(folder));
  const tree = copyTree(folder, files);
  try {
    const run = judge(mutants, { tree, workers: 1, say: () => undefined });
    await expect(run).rejects.toThrow(TestsFail);
    await expect(run).rejects.toThrow('tests/src/a.test.ts: is wrong');
  } finally {
    tree.remove();
  }
});

/** One that has ended stays in the table until its parent has asked for it. */
function isRunning(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
  return /^[^Z]/.test(stdout.trim());
}
