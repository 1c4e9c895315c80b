/** Which tests a mutant is shown to. */
import { basename, dirname } from 'node:path';
import type { FileHits, Hit, TestsOfFile } from './job.ts';

export interface TestFile {
  readonly path: string;
  /** How many tests there are in it. */
  readonly tests: number;
  readonly hits: FileHits;
}

/**
 * Shared code is passed by thousands of tests, most of which say the same of it once per platform. A mutant is shown to the nearest
 * ones, up to these bounds. They count tests and not time, so that a busy machine judges as an idle one does.
 */
const MOST_FILES = 16;
const MOST_TESTS = 500;

/** Only tests that come by the place of the mutant, nearest file first; nothing for a mutant that none comes by. */
export function testsFor({ id, file }: { id: string; file: string }, files: readonly TestFile[]): TestsOfFile[] {
  const passing = files.flatMap(({ path, tests, hits }) => {
    const hit = hits[id];
    return hit === undefined ? [] : [{ path, hit, cost: hit.always ? tests : hit.tests.length }];
  });
  passing.sort(
    (a, b) => nearness(b.path, file) - nearness(a.path, file) || a.cost - b.cost || a.path.localeCompare(b.path, 'en'),
  );
  const chosen: TestsOfFile[] = [];
  let room = MOST_TESTS;
  for (const { path, hit, cost } of passing.slice(0, MOST_FILES)) {
    if (room <= 0) break;
    chosen.push(part(path, hit, room));
    room -= cost;
  }
  return chosen;
}

/** What is set up while a file is loaded may matter to each of its tests. */
function part(path: string, { always, tests }: Hit, room: number): TestsOfFile {
  return always ? { path } : { path, testIds: tests.slice(0, room) };
}

/** The test that mirrors the source is nearest, then those of its folder, then by how much of the path is shared. */
function nearness(test: string, source: string): number {
  const [testFolders, sourceFolders] = [dirname(test).split('/').slice(1), dirname(source).split('/')];
  const shared = sourceFolders.filter((folder, at) => folder === testFolders[at]).length;
  if (shared < sourceFolders.length || shared < testFolders.length) return shared;
  return shared + (basename(test).startsWith(`${basename(source, '.ts')}.`) ? 2 : 1);
}
