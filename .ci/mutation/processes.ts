/** Ends what tests have started, also when a mutant has broken the code that would have ended it. */
import { execFile } from 'node:child_process';
import { readdirSync, readlinkSync } from 'node:fs';
import { kill } from 'node:process';
import { promisify } from 'node:util';

/** All below a process, but not itself. */
export async function endDescendants(pid: number): Promise<void> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=']);
  const children = Map.groupBy(pairsOf(stdout), ([, parent]) => parent);
  const below = (parent: number): number[] =>
    (children.get(parent) ?? []).flatMap(([child]) => [...below(child), child]);
  for (const found of below(pid)) endOne(found);
}

function pairsOf(table: string): [number, number][] {
  return table
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .map(([pid = 0, parent = 0]) => [pid, parent]);
}

/**
 * Those that have lost their parent are known by where they work: nobody else is in a folder that this run has made. Linux only, as
 * elsewhere no file tells.
 */
export function endThoseIn(folder: string): void {
  for (const pid of pidsOfProc()) if (workingFolder(pid).startsWith(folder)) endOne(pid);
}

function pidsOfProc(): number[] {
  try {
    return readdirSync('/proc').map(Number).filter(Boolean);
  } catch {
    return [];
  }
}

function workingFolder(pid: number): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return '';
  }
}

function endOne(pid: number): void {
  try {
    kill(pid, 'SIGKILL');
  } catch {
    // it has ended by itself
  }
}
