/** Whether one acceptance criterion is met. Pure. */
import type { Finding } from '../../finding.ts';
import { proofText } from '../finding-text.ts';
import type { AgentItem } from './agent-items.ts';
import type { ClaimBook } from './checklist-claims.ts';
import type { Criterion } from './checklist-criteria.ts';

/**
 * The more careful word wins: the gate agent's FAIL, then declared open (PARTIAL), then the gate agent's PASS, then what the
 * handoff says; a criterion that nobody speaks of is a FAIL.
 */
export function judgeCriterion(
  criterion: Criterion,
  handoff: ClaimBook,
  gate: ClaimBook,
): Pick<Finding, 'result' | 'evidence'> {
  const claimed = handoff.of(criterion);
  const found = gate.of(criterion);
  if (found.undone !== undefined)
    return { result: 'FAIL', evidence: proofOf(found.undone, `the gate agent: ${found.undone.word}`) };
  const open = found.open ?? claimed.open;
  if (open !== undefined) return { result: 'PARTIAL', evidence: proofOf(open, 'declared as not done') };
  if (found.done !== undefined) return { result: 'PASS', evidence: proofOf(found.done, 'passed by the gate agent') };
  if (claimed.undone !== undefined)
    return { result: 'FAIL', evidence: proofOf(withWords(claimed.undone), 'the handoff says that it is not done') };
  if (claimed.done !== undefined) return { result: 'PASS', evidence: proofOf(claimed.done, 'claimed by the handoff') };
  if (criterion.ticked) return { result: 'PASS', evidence: 'ticked off in the story card' };
  const doubts = [...said('handoff', handoff), ...said('gate agent', gate)];
  const nobody = 'Neither the handoff nor the gate agent mentions it, in the same words or by its id.';
  return { result: 'FAIL', evidence: proofText([nobody, ...doubts].join(' ')) };
}

function said(who: string, { doubts }: ClaimBook): readonly string[] {
  return doubts.slice(0, 3).map((doubt) => `The ${who} ${doubt}.`);
}

/** Where its words were the judgement, they are the proof. */
function withWords(item: AgentItem): AgentItem {
  return item.word === undefined ? { ...item, proof: item.proof ?? item.text } : item;
}

function proofOf({ proof }: AgentItem, words: string): string {
  return proofText(proof ? `${words}: ${proof}` : words);
}
