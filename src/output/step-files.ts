/**
 * The files by which this step of a job of Actions speaks to later ones. They belong to the step alone, yet everything that runs on the
 * machine as the same user can find them: what somebody else has written there is taken out before PACE adds its own.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#environment-files
 */
import { lstatSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { World } from '../../core/world.ts';

const FILES = ['GITHUB_OUTPUT', 'GITHUB_ENV', 'GITHUB_PATH', 'GITHUB_STATE', 'GITHUB_STEP_SUMMARY'] as const;
export type StepFile = (typeof FILES)[number];

export interface StepFiles {
  /** Puts back what was there before; gives the names of the files in which something else stood. */
  restore(): StepFile[];
  /** What stands there now is PACE's own. */
  keep(name: StepFile): void;
}

/** As they are now. What is no plain file now stays as it is for ever: the runner would not read it. */
export function stepFiles(env: World['env']): StepFiles {
  const kept = new Map<StepFile, string>();
  const keep = (name: StepFile) => {
    const text = plainFile(env[name]);
    if (text !== undefined) kept.set(name, text);
  };
  for (const name of FILES) keep(name);
  return {
    keep,
    restore: () => [...kept].flatMap(([name, text]) => (putBack(env[name] ?? '', text) ? [name] : [])),
  };
}

/** Whether it had to be done. What stands in the file's place (a link leads anywhere) is removed, never written to. */
function putBack(path: string, text: string): boolean {
  if (plainFile(path) === text) return false;
  try {
    if (!lstatSync(path).isFile()) rmSync(path, { recursive: true, force: true });
  } catch {
    // it is gone
  }
  writeFileSync(path, text, 'latin1');
  return true;
}

function plainFile(path: string | undefined): string | undefined {
  if (!path) return undefined;
  try {
    return lstatSync(path).isFile() ? readFileSync(path, 'latin1') : undefined;
  } catch {
    return undefined;
  }
}
