/** Whether one acceptance criterion is met. Pure. */
import type { Finding } from '../finding.ts';
import type { AgentItem } from './agent-items.ts';
import type { Claims } from './checklist-claims.ts';
import type { Criterion } from './checklist-criteria.ts';
import { proofText } from './finding-text.ts';
import { idsOf, normalised } from './same-text.ts';

/**
 * The more careful word wins: the gate agent's FAIL, then declared open (PARTIAL), then the gate agent's PASS, then what the
 * handoff says; a criterion that nobody speaks of is a FAIL. How a text is recognised: see `same-text.ts`.
 */
export function judgeCriterion(
  criterion: Criterion,
  handoff: Claims,
  gate: Claims,
): Pick<Finding, 'result' | 'evidence'> {
  const find = (items: readonly AgentItem[]) => items.find((item) => speaksOf(item, criterion));
  const failed = find(gate.undone);
  if (failed !== undefined) return { result: 'FAIL', evidence: proofOf(failed, `the gate agent: ${failed.word}`) };
  const open = find(gate.open) ?? find(handoff.open);
  if (open !== undefined) return { result: 'PARTIAL', evidence: proofOf(open, 'declared as not done') };
  const passed = find(gate.done);
  if (passed !== undefined) return { result: 'PASS', evidence: proofOf(passed, 'passed by the gate agent') };
  const undone = find(handoff.undone);
  if (undone !== undefined)
    return { result: 'FAIL', evidence: proofOf(undone, 'the handoff says that it is not done') };
  const done = find(handoff.done);
  if (done !== undefined) return { result: 'PASS', evidence: proofOf(done, 'claimed by the handoff') };
  if (criterion.ticked) return { result: 'PASS', evidence: 'ticked off in the story card' };
  return {
    result: 'FAIL',
    evidence: 'Neither the handoff nor the gate agent speaks of it, in the same words or by its id.',
  };
}

function speaksOf({ text, id }: AgentItem, { normal, ids }: Criterion): boolean {
  if (normal !== '' && normalised(text) === normal) return true;
  return idsOf(text, id).some((one) => ids.includes(one));
}

function proofOf({ proof }: AgentItem, words: string): string {
  return proofText(proof ? `${words}: ${proof}` : words);
}
