/** Runs before each test file: switches a mutant on, or, without one, notes which tests come by which mutants. */
import { afterAll, afterEach, beforeEach, inject } from 'vitest';
import type { FileHits } from './job.ts';

/** What the instrumented sources read and write, `INSTRUMENTER_CONSTANTS` in @stryker-mutator/api. */
interface Switches {
  activeMutant?: string | undefined;
  hitCount?: number;
  hitLimit?: number;
  currentTestId?: string | undefined;
  mutantCoverage?: { static: Counts; perTest: Record<string, Counts> };
}

type Counts = Record<string, number>;

declare global {
  var __stryker__: Switches | undefined;
}

const { active, watched = [] } = inject('mutation');
const switches: Switches = {};
globalThis.__stryker__ = switches;

if (active !== undefined) {
  switches.activeMutant = active.id;
  // a loop that would not end throws after so many rounds
  switches.hitCount = 0;
  switches.hitLimit = active.hitLimit;
  // for programs of ours that a test starts
  process.env['__STRYKER_ACTIVE_MUTANT__'] = active.id;
} else {
  beforeEach(({ task }) => {
    switches.currentTestId = task.id;
  });
  afterEach(() => {
    switches.currentTestId = undefined;
  });
  // biome-ignore lint/correctness/noEmptyPattern: vitest wants the first argument taken apart
  afterAll(({}, file) => {
    file.meta.hits = hits();
  });
}

function hits(): FileHits {
  const { static: always = {}, perTest = {} } = switches.mutantCoverage ?? {};
  const found: Record<string, { count: number; always: boolean; tests: string[] }> = {};
  const note = (id: string, count: number) => {
    found[id] ??= { count: 0, always: false, tests: [] };
    found[id].count += count;
    return found[id];
  };
  for (const id of watched) {
    if (always[id]) note(id, always[id]).always = true;
    for (const [test, counts] of Object.entries(perTest)) {
      if (counts[id]) note(id, counts[id]).tests.push(test);
    }
  }
  return found;
}
