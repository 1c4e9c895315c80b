/** The review request of a human-gate day: its branch, title and body, from what `.pace/` knows of the period. */
import { join } from 'node:path';
import { listOf, mapOf, readDayFile, readDayMap } from '../../files/day-files.ts';
import type { Kept } from '../../kept.ts';
import type { ProposedChange, TextLimit } from '../../ports/index.ts';
import { inlineMarkdown, plainLine } from '../../text/untrusted-text.ts';
import { digest } from '../digest.ts';
import { fitText } from '../fit-body.ts';
import { ONLY_GATE, type Owner } from '../owner.ts';
import type { ReviewRequest } from '../ports.ts';

/** Characters of an item of a list. */
const ITEM_LIMIT = 500;

type Whose = Pick<Owner, 'gate' | 'branch' | 'sprint'>;

/** Of one owner: another gate, branch or sprint has reviews of its own. No part has a dot, so that none reads as another. */
export function reviewBranch({ gate, branch, sprint }: Whose, day: number): string {
  const parts = [
    ...(gate === ONLY_GATE ? [] : ['gate', refPart(gate)]),
    ...(branch === '' ? [] : ['on', refPart(branch)]),
    ...(sprint === '' ? [] : [refPart(sprint)]),
  ];
  return `pace/review-${parts.length === 0 ? '' : `${parts.join('.')}-`}day-${day}`;
}

/** Only what every host takes in the name of a branch; different texts stay different. https://git-scm.com/docs/git-check-ref-format */
function refPart(text: string): string {
  const safe = text.replace(/[^A-Za-z0-9_]+/g, '-').replace(/^-+|-+$/g, '');
  return safe === text ? safe : `${safe}-${digest(text).slice(0, 6)}`;
}

/** The period that a review on this day covers: it starts on day 1, 15 or 29 and ends on this day. */
export function reviewPeriod(day: number): { from: number; to: number; label: string } {
  const from = day >= 29 ? 29 : day >= 15 ? 15 : 1;
  return { from, to: day, label: `Days ${from}–${day}` };
}

interface Day {
  readonly decision: string;
  readonly deferred: readonly string[];
}

/**
 * The change to propose. The same day with the same files gives the same text. Where the body is too long for the platform,
 * its items are shortened; the file in the request has them whole.
 */
export async function reviewRequest(
  owner: Whose,
  request: ReviewRequest,
  { kept, bodyLimit }: { readonly kept: Kept; readonly bodyLimit: TextLimit },
): Promise<ProposedChange> {
  const { day, folder, sha = '' } = request;
  const period = reviewPeriod(day);
  const days: Day[] = [];
  for (let number = period.from; number < day; number += 1) {
    const known = await readDay(kept, request, number);
    if (known) days.push(known);
  }
  const title = reviewTitle(owner, period.label);
  const whole = reviewBody(request, days, ITEM_LIMIT);
  const render = (limit: number) => reviewBody(request, days, limit);
  const body = fitText(bodyLimit, render, { firstLimit: ITEM_LIMIT, leastLimit: 30 });
  return {
    branch: reviewBranch(owner, day),
    ...(owner.branch === '' ? {} : { base: owner.branch }),
    from: sha,
    files: [
      { path: `${folder}/day-${day}/review-pr.md`, content: `# PACE Review Gate — ${period.label}\n\n${whole}\n` },
    ],
    commitMessage: `Add the PACE review of ${period.label}`,
    title,
    body,
    labels: ['pace-review'],
    reviewers: request.reviewers ?? [],
  };
}

function reviewTitle({ gate, branch }: Whose, period: string): string {
  const named = gate === ONLY_GATE ? '' : `${gate}: `;
  return plainLine(`[PACE Review Gate] ${named}${period}${branch === '' ? '' : ` of ${branch}`}`);
}

/** Our own decision where there is one, else the report of the gate agent. */
async function readDay(kept: Kept, { stateDir, agentsDir }: ReviewRequest, day: number): Promise<Day | undefined> {
  const decided = kept.read(kept.pathOf(join(stateDir, `day-${day}`, 'decision.yaml')))?.toString('utf8');
  const reported = join(agentsDir, `day-${day}`);
  const ours = mapOf(decided);
  const agent = await readDayMap(reported, 'gate');
  if (decided === undefined && (await readDayFile(reported, 'gate')) === undefined) return undefined;
  return { decision: String(ours['decision'] ?? agent['gate_decision'] ?? ''), deferred: listOf(agent['deferred']) };
}

function reviewBody(request: ReviewRequest, days: readonly Day[], itemLimit: number): string {
  const shipped = days.filter(({ decision }) => decision === 'SHIP').length;
  const rate = days.length === 0 ? 'N/A' : `${Math.round((shipped / days.length) * 100)}%`;
  const deferred = days.flatMap((day) => day.deferred);
  const advisories = request.openAdvisories ?? [];
  return [
    '## Summary',
    [
      '| Metric | Value |',
      '| --- | --- |',
      `| Period | ${reviewPeriod(request.day).label} |`,
      `| Stories completed | ${shipped}/${days.length} |`,
      `| SHIP rate | ${rate} |`,
      `| Escalated HOLDs | ${days.filter(({ decision }) => decision === 'HOLD').length} |`,
      `| Deferred items | ${deferred.length} |`,
      `| Open advisories | ${advisories.length} |`,
    ].join('\n'),
    ...(request.contextNote ? ['## Context', inlineMarkdown(request.contextNote, itemLimit * 8)] : []),
    '## Deferred Acceptance Criteria',
    bullets(deferred.map((item) => inlineMarkdown(item, itemLimit))),
    '## Open Advisories',
    bullets(
      advisories.map(
        ({ id, finding }) => `\`${plainLine(id, 80).replaceAll('`', '')}\` ${inlineMarkdown(finding, itemLimit)}`,
      ),
    ),
    '## To Continue',
    'Merge this request to go on with the next day. Close it without merging to pause the loop.',
    '---',
    'Opened by PACE.',
  ].join('\n\n');
}

function bullets(items: readonly string[]): string {
  if (items.length === 0) return 'None';
  const shown = items.slice(0, 200).map((item) => `- ${item}`);
  return [...shown, ...(items.length > shown.length ? [`- … and ${items.length - shown.length} more`] : [])].join('\n');
}
