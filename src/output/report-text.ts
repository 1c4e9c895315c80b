/** The report as plain text for a terminal or a log. */
import { ONLY_GATE } from '../../core/adapters/owner.ts';
import { paint } from '../../core/text/paint.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import type { FindingResult } from '../gate/finding.ts';
import { findingsText } from '../gate/report/findings-table.ts';
import { requestsText } from '../gate/report/requests-text.ts';
import { DECISION_ICONS } from '../gate/report/summary.ts';
import type { Decision, Report } from '../gate/report.ts';
import { subjectText } from '../gate/subject.ts';

const COLOURS: Record<Decision | FindingResult, string> = {
  SHIP: '32',
  PASS: '32',
  HOLD: '31',
  FAIL: '31',
  UNKNOWN: '33',
  PAUSED: '33',
  WAIVED: '33',
  ADVISORY: '33',
  PARTIAL: '36',
  OBSERVED: '2',
};

/** Colours the word of a decision or a result. */
export function painter(colour: boolean): (word: Decision | FindingResult, text?: string) => string {
  return (word, text = word) => paint(colour, COLOURS[word], text);
}

export function reportText(report: Report, options: { colour?: boolean } = {}): string {
  const painted = painter(options.colour ?? false);
  const { decision, holdReason, sha, attempt, escalation, review, advisories, ci } = report;
  const where = [sha ? `commit ${sha.slice(0, 12)}` : 'no commit', `attempt ${attempt}`];
  const mode = [report.mode === 'observe' ? 'observed only' : '', report.dryRun ? 'dry run: nothing was written' : ''];
  const lines = [
    `${DECISION_ICONS[decision]} PACE ${whatOf(report)}: ${painted(decision)} (${[...where, ...mode.filter(Boolean)].join(', ')})`,
    ...(holdReason ? [`   ${plainLine(holdReason, 500)}`] : []),
    '',
    ...findingsText(report.findings, painted),
    ...(report.findings.length > 0 ? [''] : []),
    ...(escalation.url ? [`Escalation:  ${plainLine(`${escalation.key} ${escalation.url}`)}`] : []),
    ...(review.url ? [`Review:      ${plainLine(review.url)}`] : []),
    ...(advisories.open + advisories.new + advisories.cleared > 0
      ? [
          `Advisories:  ${advisories.open} open, ${advisories.new} new, ${advisories.cleared} cleared ${plainLine(advisories.url)}`.trimEnd(),
        ]
      : []),
    ...(ci.url ? [`CI:          ${ci.conclusion} ${plainLine(ci.url)}`] : []),
    ...report.notes.map((note) => `Note:        ${plainLine(note, 500)}`),
    ...(report.requests.length > 0 ? [`Requests:    ${requestsText(report.requests)}`] : []),
    ...report.pending.map(({ operation }) => `Undelivered: ${operation}`),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

/** `day 3`, `shop: day 3 of release`, `change 12`. */
function whatOf({ gate, subject, branch }: Report): string {
  const named = gate === ONLY_GATE ? '' : `${plainLine(gate, 60)}: `;
  const of = branch === '' || subject.kind === 'change' ? '' : ` of ${plainLine(branch, 60)}`;
  return `${named}${plainLine(subjectText(subject), 80)}${of}`;
}
