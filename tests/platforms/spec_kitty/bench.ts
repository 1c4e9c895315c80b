/** Missions of Spec Kitty in a temporary folder. */
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TrackerDriver } from '../../../core/ports/index.ts';
import { createTracker } from '../../../platforms/spec_kitty/issues.ts';
import { LANTERN, OWL, samplePath } from '../../core/spec-kitty/samples.ts';
import { type TestWorld, testWorld } from '../../support/world.ts';

/** After the last line of all samples. */
export const LATER = Date.parse('2026-12-01T08:00:00Z');

export interface KittyBench {
  readonly cwd: string;
  readonly world: TestWorld;
  open(settings?: Readonly<Record<string, string>>): TrackerDriver;
  text(name: string): string;
  dispose(): Promise<void>;
}

export function kittyBench(sample: 'planned' | 'ended' | 'target' = 'planned'): KittyBench {
  const cwd = mkdtempSync(join(tmpdir(), 'pace-spec-kitty-'));
  const folder = sample === 'target' ? LANTERN : OWL;
  cpSync(samplePath(sample), join(cwd, folder), { recursive: true });
  const world = testWorld({ cwd, env: { PACE_AGENT: 'tester' }, now: LATER });
  return {
    ...{ cwd, world },
    open: (settings = {}) => createTracker(world, settings),
    text: (name) => readFileSync(join(cwd, folder, name), 'utf8'),
    dispose: async () => rmSync(cwd, { recursive: true, force: true }),
  };
}
