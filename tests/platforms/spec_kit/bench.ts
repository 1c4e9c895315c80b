/** A feature of Spec Kit in a temporary folder. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { TrackerDriver } from '../../../core/ports/index.ts';
import { createTracker } from '../../../platforms/spec_kit/issues.ts';
import { type TestWorld, testWorld } from '../../support/world.ts';

const PATH = 'specs/001-checkout';

export interface SpecKitBench {
  readonly world: TestWorld;
  open(): TrackerDriver;
  textOf(name: string): string;
  /** Later files have a later time of change. */
  tick(): Promise<void>;
  dispose(): Promise<void>;
}

export function specKitBench(files: Readonly<Record<string, string>>): SpecKitBench {
  const cwd = mkdtempSync(join(tmpdir(), 'pace-spec-kit-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, PATH, name)), { recursive: true });
    writeFileSync(join(cwd, PATH, name), text);
  }
  const world = testWorld({ cwd, env: { PACE_AGENT: 'tester' } });
  return {
    world,
    open: () => createTracker(world, { path: PATH }),
    textOf: (name) => readFileSync(join(cwd, PATH, name), 'utf8'),
    // the clock of a file system may tick a hundred times a second
    tick: async () => void (await setTimeout(20)),
    dispose: async () => rmSync(cwd, { recursive: true, force: true }),
  };
}
