/** The report as plain text for a terminal or a log. */
import { plainLine } from '../platforms/untrusted-text.ts';
import { findingsText } from './gate/findings-table.ts';
import type { Report } from './gate/report.ts';
import { DECISION_ICONS } from './gate/summary.ts';

export function reportText(report: Report): string {
  const { day, decision, holdReason, sha, attempt, escalation, review, advisories, ci } = report;
  const where = [sha ? `commit ${sha.slice(0, 12)}` : 'no commit', `attempt ${attempt}`];
  const mode = [report.mode === 'observe' ? 'observed only' : '', report.dryRun ? 'dry run: nothing was written' : ''];
  const lines = [
    `${DECISION_ICONS[decision]} PACE day ${day}: ${decision} (${[...where, ...mode.filter(Boolean)].join(', ')})`,
    ...(holdReason ? [`   ${plainLine(holdReason, 500)}`] : []),
    '',
    ...findingsText(report.findings),
    ...(report.findings.length > 0 ? [''] : []),
    ...(escalation.url ? [`Escalation:  ${escalation.key} ${escalation.url}`] : []),
    ...(review.url ? [`Review:      ${review.url}`] : []),
    ...(advisories.open + advisories.new + advisories.cleared > 0
      ? [`Advisories:  ${advisories.open} open, ${advisories.new} new, ${advisories.cleared} cleared ${advisories.url}`]
      : []),
    ...(ci.url ? [`CI:          ${ci.conclusion} ${ci.url}`] : []),
    ...report.notes.map((note) => `Note:        ${plainLine(note, 500)}`),
    ...report.pending.map(({ operation }) => `Undelivered: ${operation}`),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}
