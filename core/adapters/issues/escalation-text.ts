/** The texts of an escalation: title, labels, body, comments. Pure, Markdown, safe for every tracker. */
import type { DayFile } from '../../files/day-files.ts';
import { codeBlock, cut, cutMarkdown, inlineMarkdown, plainText, quietLine } from '../../text/untrusted-text.ts';

export const HOLD_LABEL = 'pace-hold';
export const NO_REASON = 'Unknown — see agent reports below';

export function dayLabel(day: number): string {
  return `pace-day-${day}`;
}

export function escalationTitle(day: number, reason: string, limit: number): string {
  return cut(`[PACE HOLD] Day ${day} — ${quietLine(reason, 80)}`, limit);
}

export interface EscalationContent {
  readonly day: number;
  readonly reason: string;
  /** The judged commit, `''` when unknown. */
  readonly sha: string;
  /** The CI job that held the day, `''` when unknown. */
  readonly jobUrl: string;
  /** Markdown made by PACE: the table of findings. */
  readonly report: string;
  /** What the agents wrote, where they did. */
  readonly files: Readonly<Partial<Record<DayFile, string>>>;
}

const SECTIONS = [
  ['Story Card', 'story'],
  ['FORGE Handoff (last attempt)', 'handoff'],
  ['GATE Report (last attempt)', 'gate'],
] as const satisfies readonly (readonly [string, DayFile])[];

/** The body, with every quoted file cut to `quoteLimit` characters. */
export function escalationBody(content: EscalationContent, quoteLimit: number): string {
  const { day, reason, sha, jobUrl, report, files } = content;
  return [
    `## Escalated HOLD — Day ${day}`,
    `Day ${day} could not ship${sha ? ` at commit \`${sha.slice(0, 12)}\`` : ''}, and its retries are used up.`,
    '### Blocker',
    inlineMarkdown(reason, 2000),
    ...(report ? [shortReport(report, day, Math.max(quoteLimit * 2, 2000))] : []),
    ...SECTIONS.flatMap(([heading, file]) => [`### ${heading}`, quoted(files[file], day, quoteLimit)]),
    '### To Resume',
    [
      '1. Fix what blocks, and push.',
      `2. Run day ${day} again: when it ships, PACE closes this issue and the loop goes on.`,
      '3. Or close this issue: the loop goes on without it. Where `PACE_PAUSED` is used, set it to `false`.',
    ].join('\n'),
    '---',
    `Opened by PACE${/^https?:/.test(jobUrl) ? ` in [this job](<${jobUrl}>)` : ''}. While this issue is open, later days are paused.`,
  ].join('\n\n');
}

/** Rows of the table that do not fit are in the run's own report. */
function shortReport(report: string, day: number, limit: number): string {
  return cutMarkdown(report, (text) => text.length <= limit, `*The rest is in \`.pace/day-${day}/decision.yaml\`.*`);
}

function quoted(text: string | undefined, day: number, limit: number): string {
  if (text === undefined) return 'Not available';
  const plain = plainText(text);
  const missing = plain.length > limit ? `\n… (${plain.length - limit} more characters in .pace/day-${day}/)` : '';
  return codeBlock(`${plain.slice(0, limit).toWellFormed()}${missing}`, 'yaml');
}

export const ESCALATION_COMMENTS = {
  news: (day: number, reason: string, sha: string) => `Day ${day} holds${at(sha)}: ${inlineMarkdown(reason, 2000)}`,
  reminder: (day: number, since: number) =>
    `Day ${day} still holds, for ${since} ${since === 1 ? 'day' : 'days'} now, and the loop waits.`,
  resolved: (day: number, sha: string, note: string) =>
    `Day ${day} ships${at(sha)}. Closed by PACE; the loop goes on.${note ? `\n\n${note}` : ''}`,
  twin: (key: string) => `The same day was escalated at the same time as ${key}. That one stays; this one is closed.`,
};

function at(sha: string): string {
  return sha ? ` at commit \`${sha.slice(0, 12)}\`` : '';
}
