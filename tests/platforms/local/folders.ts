/** Workspaces of the embedded tracker. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IssueTracker, TrackerDriver } from '../../../core/ports/index.ts';
import { completeTracker } from '../../../core/tracker/complete-tracker.ts';
import { createTracker } from '../../../platforms/local/issues.ts';
import { type TestWorld, testWorld } from '../../support/world.ts';

const folders: string[] = [];

export interface Bench {
  readonly cwd: string;
  readonly world: TestWorld;
  readonly driver: TrackerDriver;
  readonly tracker: IssueTracker;
  /** The database file. */
  readonly path: string;
}

export function newBench(cwd = newFolder()): Bench {
  const world = testWorld({ cwd, env: { PACE_AGENT: 'tester' } });
  const driver = createTracker(world, {});
  const tracker = completeTracker({ driver, name: 'Local', world });
  return { cwd, world, driver, tracker, path: join(cwd, '.pace', 'pace.db') };
}

export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'pace-local-'));
  folders.push(folder);
  return folder;
}

/** To be called after each test. */
export function removeFolders(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}
