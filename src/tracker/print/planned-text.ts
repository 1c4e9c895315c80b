/** What a dry run has held back, for people. Pure. */
import type { PlannedWrite } from '../../../core/ports/index.ts';
import { plainLine } from '../../../core/text/untrusted-text.ts';

const WORDS: Readonly<Record<string, string>> = {
  createIssue: 'create an issue',
  updateIssue: 'change',
  transitionIssue: 'move',
  deleteIssue: 'delete',
  addComment: 'comment on',
  updateComment: 'edit a comment on',
  deleteComment: 'delete a comment on',
  createLink: 'link',
  deleteLink: 'unlink',
  createLabel: 'create a label',
  updateLabel: 'change a label',
  deleteLabel: 'delete a label',
  createMilestone: 'create a milestone',
  updateMilestone: 'change a milestone',
  deleteMilestone: 'delete a milestone',
  claim: 'claim',
  release: 'release',
};
const LONGEST = 120;

/** One paragraph per write: what, where, and each field that would change. */
export function plannedText(writes: readonly PlannedWrite[]): string {
  if (writes.length === 0) return 'Nothing would be sent.\n';
  return writes.map(paragraph).join('');
}

function paragraph({ operation, key, sent, changes }: PlannedWrite): string {
  const what = [WORDS[operation] ?? operation, plainLine(key)].filter(Boolean).join(' ');
  const lines = changes
    ? Object.entries(changes).map(([name, { before, after }]) => `${name}: ${shown(before)} → ${shown(after)}`)
    : Object.entries(Object(sent) as object).map(([name, value]) => `${name}: ${shown(value)}`);
  return [`Would ${what}:`, ...lines.map((line) => `  ${line}`)].join('\n').concat('\n');
}

function shown(value: unknown): string {
  if (value === undefined || value === null) return 'none';
  return plainLine(typeof value === 'string' ? value || '“”' : JSON.stringify(value), LONGEST);
}
