/** A command as evidence: exit code 0 passes, everything else holds, its last lines are the proof. */

import { defined } from '../../../../core/defined.ts';
import type { EvidenceOf } from '../../../config/schema.ts';
import type { EvidenceReading, Finding } from '../../finding.ts';
import { checkText, proofTail } from '../finding-text.ts';
import type { EvidenceContext } from '../reader.ts';
import { commandEnvironment } from './environment.ts';
import { type CommandEnd, runCommand } from './run.ts';

const PROOF_LINES = 20;

export async function readCommand(config: EvidenceOf<'command'>, context: EvidenceContext): Promise<EvidenceReading> {
  const { after } = context.world;
  const script = config.run.replaceAll('{day}', String(context.day ?? ''));
  const end = await runCommand(script, {
    cwd: context.world.cwd,
    env: commandEnvironment(context.world.env, context.secretNames, config.env),
    timeout: config.timeout_seconds * 1_000,
    ...defined({ signal: context.signal, after }),
  });
  const finding = {
    source: config.name,
    check: checkText(config.run),
    result: resultOf(end),
    evidence: proofTail(`${lastLines(end.output)}\n${sentence(end, config.timeout_seconds)}`),
  } satisfies Finding;
  return { source: config.name, findings: [finding], complete: end.how === 'exited', standing: true };
}

function resultOf(end: CommandEnd): Finding['result'] {
  if (end.how === 'aborted') return 'UNKNOWN';
  return end.how === 'exited' && end.code === 0 ? 'PASS' : 'FAIL';
}

function sentence(end: CommandEnd, seconds: number): string {
  switch (end.how) {
    case 'exited':
      return `Ended with exit code ${end.code}.`;
    case 'killed':
      return `Ended by signal ${end.signal}.`;
    case 'timed out':
      return `Stopped after ${seconds} s, its time-out. Make it faster or raise \`timeout_seconds\`.`;
    case 'aborted':
      return 'Stopped, because this run of the gate was.';
    case 'not started':
      return `It could not be started: ${end.reason}. A shell named \`sh\` must be on the PATH.`;
  }
}

function lastLines(output: string): string {
  return output.trimEnd().split('\n').slice(-PROOF_LINES).join('\n');
}
