/** The texts of an advisory issue: one per agent and day. Pure, Markdown, safe for every tracker. */

import { cut, inlineMarkdown, plainLine, quietLine } from '../../text/untrusted-text.ts';
import { dayOf, type Owner } from '../owner.ts';
import type { AdvisoryItem } from '../ports.ts';

export const ADVISORY_LABEL = 'pace-advisory';

/** As a label: lower case, and only what every tracker takes. */
export function agentLabel(agent: string): string {
  return `pace-${agentName(agent)}`;
}

export function agentName(agent: string): string {
  return (
    plainLine(agent)
      .toLowerCase()
      .replace(/[^a-z0-9._-]+/g, '-')
      .replace(/^-+|-+$/g, '') || 'agent'
  );
}

export function advisoryTitle({ gate, agent, day, items }: AdvisoryContent, limit: number): string {
  const noun = items.length === 1 ? 'finding' : 'findings';
  const subject = dayOf(gate, day);
  return cut(`[PACE Advisory] ${quietLine(agent, 40).toUpperCase()} ${subject} — ${items.length} ${noun}`, limit);
}

export interface AdvisoryContent {
  readonly gate: Pick<Owner, 'gate' | 'branch'>;
  readonly day: number;
  readonly agent: string;
  readonly items: readonly AdvisoryItem[];
  /** Ids of items that are resolved. */
  readonly cleared: readonly string[];
}

/** The body, with every finding cut to `findingLimit` characters. */
export function advisoryBody({ gate, day, agent, items, cleared }: AdvisoryContent, findingLimit: number): string {
  const open = items.filter(({ id }) => !cleared.includes(id)).length;
  return [
    `## PACE Advisory — ${inlineMarkdown(agent, 40)}, ${inlineMarkdown(dayOf(gate, day), 200)}`,
    `${open} of ${items.length} open. Nothing here blocks a release before the next clearance day.`,
    '### Findings',
    items
      .map(({ id, finding }) => {
        const box = cleared.includes(id) ? 'x' : ' ';
        return `- [${box}] \\[${inlineMarkdown(id, 80)}\\] ${inlineMarkdown(finding, findingLimit)}`;
      })
      .join('\n'),
    '### Resolution',
    [
      '1. Fix what is listed, or decide that it may stay.',
      '2. PACE ticks off what it no longer finds, and closes this issue with the last one.',
      '3. Or close this issue: its findings then count as resolved.',
    ].join('\n'),
    '---',
    'Opened by PACE.',
  ].join('\n\n');
}
