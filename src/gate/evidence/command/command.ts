/** A command as evidence: exit code 0 passes, everything else holds, its last lines are the proof. */
import type { EvidenceOf } from '../../../config/schema.ts';
import type { EvidenceReading, Finding } from '../../finding.ts';
import { missing } from '../files/fault.ts';
import { checkText } from '../finding-text.ts';
import { createGathered } from '../gathered.ts';
import type { EvidenceContext } from '../reader.ts';
import { endText, isNotThere, runProgram } from './program.ts';
import type { CommandEnd } from './run.ts';

export async function readCommand(config: EvidenceOf<'command'>, context: EvidenceContext): Promise<EvidenceReading> {
  const end = await runProgram(config, context);
  const gathered = createGathered(config, context, { noun: 'commands' });
  if (isNotThere(end) && config.on_missing !== 'hold') {
    gathered.addProblem(missing(config, config.run, endText(end, config)));
  } else {
    gathered.add({
      source: config.name,
      check: checkText(config.run),
      result: resultOf(end),
      evidence: endText(end, config),
    });
  }
  return { ...gathered.reading(), complete: end.how === 'exited', standing: true };
}

function resultOf(end: CommandEnd): Finding['result'] {
  if (end.how === 'aborted') return 'UNKNOWN';
  return end.how === 'exited' && end.code === 0 ? 'PASS' : 'FAIL';
}
