/** Markdown epics in a temporary folder. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TrackerDriver } from '../../../core/ports/index.ts';
import { createTracker } from '../../../platforms/markdown/issues.ts';
import { type TestWorld, testWorld } from '../../support/world.ts';

export interface MarkdownBench {
  readonly cwd: string;
  readonly world: TestWorld;
  open(): TrackerDriver;
  dispose(): Promise<void>;
}

export function markdownBench(files: Readonly<Record<string, string>>, path: string): MarkdownBench {
  const cwd = mkdtempSync(join(tmpdir(), 'pace-markdown-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, name)), { recursive: true });
    writeFileSync(join(cwd, name), text);
  }
  const world = testWorld({ cwd, env: { PACE_AGENT: 'tester' } });
  return {
    ...{ cwd, world },
    open: () => createTracker(world, { path }),
    dispose: async () => rmSync(cwd, { recursive: true, force: true }),
  };
}
