/** The command of a source: it writes the files that are read after it, and its exit code must not contradict them. */
import { defined } from '../../../../core/defined.ts';
import type { Finding } from '../../finding.ts';
import { checkText, proofTail } from '../finding-text.ts';
import type { EvidenceContext } from '../reader.ts';
import { commandEnvironment } from './environment.ts';
import { type CommandEnd, runCommand } from './run.ts';

const PROOF_LINES = 20;

export interface Program {
  readonly run: string;
  readonly timeout_seconds: number;
  readonly env: readonly string[];
}

/** Runs it for a bounded time in the workspace. Never rejects. */
export function runProgram({ run, timeout_seconds, env }: Program, context: EvidenceContext): Promise<CommandEnd> {
  const { world, day, secretNames, signal } = context;
  return runCommand(run.replaceAll('{day}', String(day ?? '')), {
    cwd: world.cwd,
    env: commandEnvironment(world.env, secretNames, env),
    timeout: timeout_seconds * 1_000,
    ...defined({ signal, after: world.after, mark: world.self.mark }),
  });
}

/** Of `sh`: it has found no such command. */
export function isNotThere(end: CommandEnd): boolean {
  return end.how === 'not started' || (end.how === 'exited' && end.code === 127);
}

/** The last lines of its output, and how it ended. */
export function endText(end: CommandEnd, { timeout_seconds }: Program): string {
  return proofTail(`${lastLines(end.output)}\n${sentence(end, timeout_seconds)}`);
}

/**
 * What the end of a source's command says beyond its files. No reader can see that a suite broke down outside of its tests: many
 * tools leave a green file then, and exit with 1.
 */
export function contradiction(
  source: { readonly name: string } & Program,
  end: CommandEnd,
  hasFailure: boolean,
): Finding | undefined {
  if (end.how === 'exited' && (end.code === 0 || hasFailure)) return undefined;
  const words = end.how === 'exited' ? '\nIts files tell of no failure.' : '';
  return {
    source: source.name,
    check: checkText(source.run),
    result: end.how === 'aborted' ? 'UNKNOWN' : 'FAIL',
    evidence: proofTail(`${endText(end, source)}${words}`),
  };
}

function sentence(end: CommandEnd, seconds: number): string {
  switch (end.how) {
    case 'exited':
      return `Ended with exit code ${end.code}.`;
    case 'killed':
      return `Ended by signal ${end.signal}.`;
    case 'timed out':
      return `Stopped after ${seconds} s, its time-out. Make it faster or raise \`timeout_seconds\`.`;
    case 'not ended':
      return 'What it has left behind starts new processes faster than they can be ended. Nothing that comes after can be trusted.';
    case 'aborted':
      return 'Stopped, because this run of the gate was.';
    case 'not started':
      return `It could not be started: ${end.reason}. A shell named \`sh\` must be on the PATH.`;
  }
}

function lastLines(output: string): string {
  return output.trimEnd().split('\n').slice(-PROOF_LINES).join('\n');
}
