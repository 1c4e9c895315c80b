/** The texts of a story's issue and of its handoff comment. Pure, Markdown, safe for every tracker. */
import { listOf, textOf } from '../../files/day-files.ts';
import { codeBlock, cut, inlineMarkdown, quietLine } from '../../text/untrusted-text.ts';

export const STORY_LABEL = 'pace-story';

type Card = Readonly<Record<string, unknown>>;

export function storyTitle(day: number, card: Card, limit: number): string {
  return cut(`[PACE Day ${day}] ${quietLine(textOf(card['target']) ?? `Day ${day} story`)}`, limit);
}

export function storyBody(day: number, card: Card, cardText: string, quoteLimit: number): string {
  const criteria = listOf(card['acceptance']).map((item) => `- [ ] ${inlineMarkdown(item, 1000)}`);
  return [
    `## PACE Story — Day ${day}`,
    `**Target:** ${inlineMarkdown(textOf(card['target']) ?? textOf(card['story']) ?? `Day ${day} story`, 1000)}`,
    '### Acceptance Criteria',
    criteria.length > 0 ? criteria.join('\n') : '*None were written.*',
    '---',
    '### Full Story Card',
    codeBlock(cut(cardText, quoteLimit), 'yaml'),
    'Opened by PACE.',
  ].join('\n\n');
}

export function handoffComment(day: number, handoff: Card, text: string, quoteLimit: number): string {
  const cost = typeof handoff['cost_usd'] === 'number' ? `$${handoff['cost_usd'].toFixed(4)}` : 'N/A';
  const summary = textOf(handoff['summary'] ?? handoff['approach']);
  return [
    `### FORGE Handoff — Day ${day}`,
    `**Status:** ${inlineMarkdown(textOf(handoff['status']) ?? 'unknown', 100)}`,
    `**Cost:** ${cost}`,
    ...(summary ? [`**Summary:** ${inlineMarkdown(summary, 2000)}`] : []),
    codeBlock(cut(text, quoteLimit), 'yaml'),
  ].join('\n\n');
}
