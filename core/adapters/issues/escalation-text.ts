/** The texts of an escalation: title, labels, body, comments. Pure, Markdown, safe for every tracker. */
import type { DayFile } from '../../files/day-files.ts';
import { codeBlock, cut, cutMarkdown, inlineMarkdown, plainText, quietLine } from '../../text/untrusted-text.ts';
import { dayOf, type Owner } from '../owner.ts';

export const HOLD_LABEL = 'pace-hold';
export const NO_REASON = 'Unknown — see agent reports below';

export function dayLabel(day: number): string {
  return `pace-day-${day}`;
}

type Whose = Pick<Owner, 'gate' | 'branch'>;

export function escalationTitle(owner: Whose, day: number, reason: string, limit: number): string {
  return cut(`[PACE HOLD] ${dayOf(owner, day)} — ${quietLine(reason, 80)}`, limit);
}

/** The day that a title of this owner names; `undefined` for any other title. */
export function dayInTitle(owner: Whose, title: string): number | undefined {
  const [before = '', ...others] = `[PACE HOLD] ${dayOf(owner, DAY_PLACE)} — `.split(DAY_PLACE);
  const after = others.join(DAY_PLACE);
  if (!title.startsWith(before)) return undefined;
  const [, day, rest = ''] = /^(\d{1,6})(.*)$/s.exec(title.slice(before.length)) ?? [];
  return day !== undefined && rest.startsWith(after.trimEnd()) ? Number(day) : undefined;
}

const DAY_PLACE = '{day}';

export interface EscalationContent {
  readonly owner: Whose;
  readonly day: number;
  readonly reason: string;
  /** The judged commit, `''` when unknown. */
  readonly sha: string;
  /** The CI job that held the day, `''` when unknown. */
  readonly jobUrl: string;
  /** Markdown made by PACE: the table of findings. */
  readonly report: string;
  /** Where the whole report is, as a path; `''` when unknown. */
  readonly reportPath: string;
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
  const { owner, day, reason, sha, jobUrl, report, reportPath, files } = content;
  const subject = inlineMarkdown(dayOf(owner, day), 200);
  return [
    `## Escalated HOLD — ${subject}`,
    `${subject} could not ship${sha ? ` at commit \`${sha.slice(0, 12)}\`` : ''}, and its retries are used up.`,
    '### Blocker',
    inlineMarkdown(reason, 2000),
    ...(report ? [shortReport(report, reportPath, Math.max(quoteLimit * 2, 2000))] : []),
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
function shortReport(report: string, path: string, limit: number): string {
  const rest = path === '' ? undefined : `*The rest is in \`${path.replaceAll('`', '')}\`.*`;
  return cutMarkdown(report, (text) => text.length <= limit, rest);
}

function quoted(text: string | undefined, day: number, limit: number): string {
  if (text === undefined) return 'Not available';
  const plain = plainText(text);
  const missing = plain.length > limit ? `\n… (${plain.length - limit} more characters in .pace/day-${day}/)` : '';
  return codeBlock(`${plain.slice(0, limit).toWellFormed()}${missing}`, 'yaml');
}

export const ESCALATION_COMMENTS = {
  news: (owner: Whose, day: number, reason: string, sha: string) =>
    `${subject(owner, day)} holds${at(sha)}: ${inlineMarkdown(reason, 2000)}`,
  reminder: (owner: Whose, day: number, since: number) =>
    `${subject(owner, day)} still holds, for ${since} ${since === 1 ? 'day' : 'days'} now, and the loop waits.`,
  resolved: (owner: Whose, day: number, sha: string, note: string) =>
    `${subject(owner, day)} ships${at(sha)}. Closed by PACE; the loop goes on.${note ? `\n\n${note}` : ''}`,
  reopened: (who: string) =>
    `${inlineMarkdown(who, 100)} closed this, and is not among those who may resume (\`escalation.resume_by\`): it is open again.`,
  twin: (key: string) => `The same day was escalated at the same time as ${key}. That one stays; this one is closed.`,
};

function subject(owner: Whose, day: number): string {
  return inlineMarkdown(dayOf(owner, day), 200);
}

function at(sha: string): string {
  return sha ? ` at commit \`${sha.slice(0, 12)}\`` : '';
}
