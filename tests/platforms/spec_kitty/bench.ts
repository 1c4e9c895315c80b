/** Missions of Spec Kitty in a temporary folder. */
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TrackerDriver } from '../../../core/ports/index.ts';
import { createTracker } from '../../../platforms/spec_kitty/issues.ts';
import { LANTERN, OWL, samplePath } from '../../core/spec-kitty/samples.ts';
import { type TestWorld, testWorld } from '../../support/world.ts';

export interface KittyOptions {
  readonly now?: () => number;
  /** No work package is there yet, as before `finalize-tasks`. */
  readonly empty?: boolean;
}

export interface KittyBench {
  readonly cwd: string;
  readonly world: TestWorld;
  open(settings?: Readonly<Record<string, string>>): TrackerDriver;
  text(name: string): string;
  dispose(): Promise<void>;
}

/** On a clock that runs, as that of the files does. What has happened in the samples was years before. */
export function kittyBench(
  sample: 'planned' | 'ended' | 'target' = 'planned',
  { now = Date.now, empty = false }: KittyOptions = {},
): KittyBench {
  const cwd = mkdtempSync(join(tmpdir(), 'pace-spec-kitty-'));
  const folder = sample === 'target' ? LANTERN : OWL;
  cpSync(samplePath(sample), join(cwd, folder), { recursive: true });
  for (const name of ['status.events.jsonl', 'status.json'].map((each) => join(cwd, folder, each)))
    if (existsSync(name)) writeFileSync(name, readFileSync(name, 'utf8').replaceAll('2026-11-30T', '2020-11-30T'));
  if (empty) emptied(join(cwd, folder));
  const world = testWorld({ cwd, env: { PACE_AGENT: 'tester' }, now, random: Math.random });
  return {
    ...{ cwd, world },
    open: (settings = {}) => createTracker(world, settings),
    text: (name) => readFileSync(join(cwd, folder, name), 'utf8'),
    dispose: async () => rmSync(cwd, { recursive: true, force: true }),
  };
}

function emptied(folder: string): void {
  rmSync(join(folder, 'tasks'), { recursive: true });
  rmSync(join(folder, 'status.json'));
  const log = join(folder, 'status.events.jsonl');
  const lines = readFileSync(log, 'utf8').split('\n');
  writeFileSync(log, lines.filter((line) => !line.includes('"wp_id"')).join('\n'));
  const tasks = join(folder, 'tasks.md');
  writeFileSync(tasks, readFileSync(tasks, 'utf8').replace(/## Work Package[\s\S]*/, ''));
}
