/** Waiting for what happens, however long a busy machine takes for it: the time of the test is the limit. */
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';

export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await setTimeout(10);
}

/** What has ended may wait for a parent that asks how. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !existsSync('/proc/self/stat') || !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

/** The numbers that a program has written into a file, once they are whole: a blank follows each. */
export async function pidsIn(file: string, count: number): Promise<number[]> {
  const found = () =>
    existsSync(file) ? [...readFileSync(file, 'utf8').matchAll(/(\d+)\s/g)].map(([, pid]) => Number(pid)) : [];
  await until(() => found().length >= count);
  return found();
}
