/** The acceptance criteria of a story card. */
import type { AgentDocument } from './agent-document.ts';
import { agentItems } from './agent-items.ts';
import { idsOf, normalised } from './same-text.ts';
import { tasksOf } from './task-list.ts';

export interface Criterion {
  readonly text: string;
  readonly normal: string;
  readonly ids: readonly string[];
  /** Ticked off in the story itself. */
  readonly ticked: boolean;
}

/**
 * From `acceptance` (or `acceptance_criteria`), else from the task list of a Markdown card. Criteria of a card that gives no
 * ids can be spoken of by their place: `AC1` is the first.
 */
export function criteriaOf({ data, markdown }: AgentDocument): readonly Criterion[] {
  const listed = [...agentItems(data.acceptance), ...agentItems(data.acceptance_criteria)];
  const items = listed.map(({ text, id }) => ({
    text: text.replace(/^\[[ xX]\]\s+/, ''),
    ids: idsOf(text, id),
    ticked: /^\[[xX]\]/.test(text),
  }));
  const all =
    items.length > 0 ? items : tasksOf(markdown).map(({ text, done }) => ({ text, ids: idsOf(text), ticked: done }));
  const numbered = all.every(({ ids }) => ids.length === 0);
  return all.map(({ text, ids, ticked }, index) => ({
    text,
    normal: normalised(text),
    ids: numbered ? [`ac${index + 1}`, `${index + 1}`] : ids,
    ticked,
  }));
}
