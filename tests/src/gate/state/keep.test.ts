import { existsSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createFaults } from '../../../../core/faults.ts';
import { openKept } from '../../../../core/kept/open-kept.ts';
import { configSchema } from '../../../../src/config/schema.ts';
import { type Keeping, keepingState } from '../../../../src/gate/state/keep.ts';
import { type TestWorld, testWorld } from '../../../support/world.ts';
import { checkout } from '../parts.support.ts';

function keeping(
  files: Readonly<Record<string, string>> = {},
  more: { state?: object; dryRun?: boolean; signal?: AbortSignal } = {},
): Keeping & { world: TestWorld } {
  const world = testWorld({ cwd: checkout(files), env: { PATH: process.env['PATH'] } });
  const { state = {}, dryRun = false, signal } = more;
  return {
    ...{ world, dryRun, signal, pushRemedy: 'Please allow it.', faults: createFaults(world) },
    config: configSchema.parse({ state }),
    kept: openKept(world),
  };
}

const lockOf = ({ kept }: Keeping) => join(kept.root, 'pipeline.lock');

test('the work is done under the lock, which is given back also when it fails', async () => {
  const kept = keeping();
  expect(await keepingState(kept, async () => existsSync(lockOf(kept)))).toBe(true);
  expect(existsSync(lockOf(kept))).toBe(false);
  const work = keepingState(kept, async () => {
    throw new Error('the work failed');
  });
  await expect(work).rejects.toThrow('the work failed');
  expect([existsSync(lockOf(kept)), kept.faults.list]).toEqual([false, []]);
});

test('a lock that another run keeps for too long ends this one, with nothing done', async () => {
  const lock = 'pid=12\nstarted=2026-03-02T08:59:00Z\nhost=elsewhere\n';
  const kept = keeping({ '.pace/pipeline.lock': lock }, { state: { lock_wait_seconds: 1 } });
  let done = false;
  const work = keepingState(kept, async () => {
    done = true;
  });
  await expect(work).rejects.toMatchObject({ kind: 'conflict' });
  expect([done, existsSync(lockOf(kept)), kept.faults.list]).toEqual([false, true, []]);
});

test('a checkout that cannot be written to is judged all the same, with a fault', async () => {
  const kept = keeping({ '.pace': 'a file' });
  expect(await keepingState(kept, async () => 'judged')).toBe('judged');
  expect(kept.faults.list.map(({ operation }) => operation)).toContain('takeLock');
});

test('a run that was stopped while it waited is not judged', async () => {
  const kept = keeping({}, { signal: AbortSignal.abort(new Error('stopped')) });
  await expect(keepingState(kept, async () => 'judged')).rejects.toThrow('stopped');
});

test('a dry run takes no lock and reads no branch, and says so', async () => {
  const kept = keeping({}, { dryRun: true, state: { persist: 'branch' } });
  expect(await keepingState(kept, async () => existsSync(kept.kept.root))).toBe(false);
  expect(kept.world.lines).toEqual(['info: A dry run does not read the branch pace/state: it judges by what is here.']);
  const silent = keeping({}, { dryRun: true });
  await keepingState(silent, async () => undefined);
  expect(silent.world.lines).toEqual([]);
});

test('drafts of killed runs are removed: all below .pace, and those of this folder, but none that is young', async () => {
  const draft = (name: string) => `${name}.0123abcd.tmp`;
  const names = [draft('.pace/day-1/decision.yaml'), draft('PROGRESS.md'), draft('src/mine'), draft('.pace/young')];
  const kept = keeping(Object.fromEntries(names.map((name) => [name, 'half'])));
  const now = kept.world.now() / 1000;
  for (const name of names) utimesSync(join(kept.world.cwd, name), now, name.includes('young') ? now - 59 : now - 61);
  await keepingState(kept, async () => undefined);
  expect(names.map((name) => existsSync(join(kept.world.cwd, name)))).toEqual([false, false, true, true]);
});

test('a state branch that cannot be read or kept is a fault, and the day is judged', async () => {
  const kept = keeping({}, { state: { persist: 'branch' } });
  expect(await keepingState(kept, async () => 'judged')).toBe('judged');
  expect(kept.faults.list.map(({ operation }) => operation)).toEqual(['restoreState', 'saveState']);
});

test('what a run has done is kept also when it failed', async () => {
  const kept = keeping({}, { state: { persist: 'branch' } });
  const work = keepingState(kept, async () => {
    mkdirSync(join(kept.kept.root, 'day-1'), { recursive: true });
    writeFileSync(join(kept.kept.root, 'day-1/decision.yaml'), 'decision: SHIP\n');
    throw new Error('killed');
  });
  await expect(work).rejects.toThrow('killed');
  expect(kept.faults.list.map(({ operation }) => operation)).toContain('saveState');
});
