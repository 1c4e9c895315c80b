/** Runs a stand-in as a program of its own: one at a time, its data in the file that `PACE_STAND_IN` names. */
import { mkdirSync, readFileSync, renameSync, rmdirSync, writeFileSync } from 'node:fs';
import type { ProgramAnswer } from '../../core/programs/program.ts';

type Program<State> = (
  state: State,
  args: readonly string[],
  env: Record<string, string | undefined>,
  input: () => string,
) => ProgramAnswer;

export function playStandIn<State>(program: Program<State>): void {
  const file = process.env['PACE_STAND_IN'] ?? '';
  const lock = `${file}.lock`;
  take(lock);
  try {
    const state = JSON.parse(readFileSync(file, 'utf8')) as State;
    const { code, stdout, stderr } = program(state, process.argv.slice(2), process.env, () => readFileSync(0, 'utf8'));
    writeFileSync(`${file}.new`, JSON.stringify(state));
    renameSync(`${file}.new`, file);
    process.stdout.write(stdout);
    process.stderr.write(stderr);
    process.exitCode = code;
  } finally {
    rmdirSync(lock);
  }
}

function take(lock: string): void {
  for (;;) {
    try {
      mkdirSync(lock);
      return;
    } catch {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}
