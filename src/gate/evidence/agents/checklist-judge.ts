/** Whether one acceptance criterion is met. Pure. */
import type { Finding } from '../../finding.ts';
import { proofText } from '../finding-text.ts';
import type { AgentItem } from './agent-items.ts';
import type { ClaimBook } from './checklist-claims.ts';
import type { Criterion } from './checklist-criteria.ts';

/**
 * The more careful word wins: the gate agent's FAIL, then declared open (PARTIAL), then the gate agent's PASS, then what the
 * handoff says; a criterion that nobody speaks of is a FAIL. How a text is recognised: see `same-text.ts`.
 */
export function judgeCriterion(
  criterion: Criterion,
  handoff: ClaimBook,
  gate: ClaimBook,
): Pick<Finding, 'result' | 'evidence'> {
  const failed = gate.undone(criterion);
  if (failed !== undefined) return { result: 'FAIL', evidence: proofOf(failed, `the gate agent: ${failed.word}`) };
  const open = gate.open(criterion) ?? handoff.open(criterion);
  if (open !== undefined) return { result: 'PARTIAL', evidence: proofOf(open, 'declared as not done') };
  const passed = gate.done(criterion);
  if (passed !== undefined) return { result: 'PASS', evidence: proofOf(passed, 'passed by the gate agent') };
  const undone = handoff.undone(criterion);
  if (undone !== undefined)
    return { result: 'FAIL', evidence: proofOf(undone, 'the handoff says that it is not done') };
  const done = handoff.done(criterion);
  if (done !== undefined) return { result: 'PASS', evidence: proofOf(done, 'claimed by the handoff') };
  if (criterion.ticked) return { result: 'PASS', evidence: 'ticked off in the story card' };
  return {
    result: 'FAIL',
    evidence: 'Neither the handoff nor the gate agent mentions it, in the same words or by its id.',
  };
}

function proofOf({ proof }: AgentItem, words: string): string {
  return proofText(proof ? `${words}: ${proof}` : words);
}
