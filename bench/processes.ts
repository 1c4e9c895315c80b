/** Times whole processes against bare Node, in turns, so that the machine's moods meet all of them alike. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { median } from './figure.ts';

const ROUNDS = 21;
const WARM_UP = 3;

/** The bundle that is measured; built beforehand. */
export const BUNDLE = fileURLToPath(new URL('../dist/index.js', import.meta.url));

export interface Subject {
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Makes every run start alike; not timed. */
  readonly prepare?: () => void;
  /** Until when the time counts, from the start of the process; its end when absent. What still runs then is ended. */
  readonly until?: () => Promise<unknown>;
}

export const BARE: Subject = { args: ['-e', '0'] };

/** Median wall time of each subject, in milliseconds and in the order given. Throws when a run fails. */
export async function interleaved(subjects: readonly Subject[]): Promise<number[]> {
  if (!existsSync(BUNDLE)) throw new Error('dist/index.js is missing. Please run `npm run build` first.');
  const times = subjects.map((): number[] => []);
  for (let round = -WARM_UP; round < ROUNDS; round += 1) {
    for (const [index, subject] of subjects.entries()) {
      const time = await timed(subject);
      if (round >= 0) times[index]?.push(time);
    }
  }
  return times.map(median);
}

async function timed(subject: Subject): Promise<number> {
  const { args, cwd, env = {}, prepare, until } = subject;
  prepare?.();
  const start = performance.now();
  const child = spawn(process.execPath, [...args], {
    ...(cwd ? { cwd } : {}),
    // the least that a program needs: Node parses NODE_EXTRA_CA_CERTS, a CI's variables change what PACE does
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let words = '';
  child.stderr.on('data', (chunk) => {
    words += chunk;
  });
  const ended = once(child, 'exit');
  if (until) {
    await Promise.race([until(), ended.then(([code]) => fail(args, code, words))]);
    const time = performance.now() - start;
    child.kill('SIGKILL');
    await ended;
    return time;
  }
  const [code] = await ended;
  const time = performance.now() - start;
  return code === 0 ? time : fail(args, code, words);
}

function fail(args: readonly string[], code: unknown, words: string): never {
  throw new Error(`\`node ${args.join(' ')}\` ended with ${String(code)}: ${words}`);
}
