/** The day's report as Markdown: what a person must see in ten seconds first, the proof below. Pure. */

import { ONLY_GATE } from '../../../core/adapters/owner.ts';
import { listOf, textOf } from '../../../core/files/day-files.ts';
import { inlineMarkdown } from '../../../core/text/untrusted-text.ts';
import type { Decision, Report } from '../report.ts';
import { subjectTitle } from '../subject.ts';
import { findingsMarkdown } from './findings-table.ts';
import { requestsText } from './requests-text.ts';
import type { SprintMetrics } from './sprint-metrics.ts';

export const DECISION_ICONS: Record<Decision, string> = { SHIP: '✅', HOLD: '🔴', PAUSED: '⏳', UNKNOWN: '⚠️' };

export interface SummaryInput {
  readonly report: Report;
  /** Of a day only. */
  readonly sprint?: {
    readonly metrics: SprintMetrics;
    /** The story card of the day; `{}` when there is none. */
    readonly story: Readonly<Record<string, unknown>>;
  };
  /** When the run ended, in words of the reports' time zone. */
  readonly runTime: string;
}

export function summaryMarkdown({ report, sprint, runTime }: SummaryInput): string {
  return [
    `# PACE ${subjectOf(report)} — ${DECISION_ICONS[report.decision]} ${report.decision}${labels(report)}`,
    ...(report.holdReason ? [`> **${inlineMarkdown(report.holdReason, 1000)}**`] : []),
    ...actions(report),
    ...(report.decision === 'PAUSED' ? [] : ['## Findings', findingsMarkdown(report.findings)]),
    ...faults(report),
    ...(sprint ? [...storyCard(sprint.story), '## Sprint', metricsTable(sprint.metrics)] : []),
    [
      `**Product:** ${inlineMarkdown(report.product, 200)}`,
      `**Commit:** ${report.sha ? `\`${report.sha.slice(0, 12)}\`` : 'none'}`,
      `**Attempt:** ${report.attempt}`,
      `**Run time:** ${runTime}`,
      ...(sprint ? [`**Overall progress:** ${sprint.metrics.daysComplete} of ${sprint.metrics.totalDays} days`] : []),
    ].join(' · '),
    ...(report.requests.length > 0 ? [`Requests: ${inlineMarkdown(requestsText(report.requests), 500)}`] : []),
    ...report.notes.map((note) => `*${inlineMarkdown(note, 500)}*`),
  ].join('\n\n');
}

/** `Day 3`, `shop: Change 12`, `Day 3 of release`. */
function subjectOf({ subject, gate, branch }: Report): string {
  const named = gate === ONLY_GATE ? '' : `${inlineMarkdown(gate, 60)}: `;
  const of = branch === '' || subject.kind === 'change' ? '' : ` of ${inlineMarkdown(branch, 60)}`;
  return `${named}${inlineMarkdown(subjectTitle(subject), 80)}${of}`;
}

function metricsTable(metrics: SprintMetrics): string {
  const rows = metricRows(metrics).map(([name, value]) => `| ${name} | ${value} |`);
  return ['| Metric | Value |', '| --- | --- |', ...rows].join('\n');
}

function labels(report: Report): string {
  const words = [
    report.mode === 'observe' ? 'observed only' : '',
    report.dryRun ? 'dry run' : '',
    report.findings.some(({ result }) => result === 'WAIVED') ? 'with waivers' : '',
    report.clearanceDay ? 'clearance day' : '',
    report.humanGate ? 'human gate' : '',
  ].filter(Boolean);
  return words.length === 0 ? '' : ` (${words.join(', ')})`;
}

function actions(report: Report): string[] {
  const { escalation, review, advisories } = report;
  const lines = [
    ...(escalation.url ? [`- Escalation: ${link(escalation.key || 'issue', escalation.url)}`] : []),
    ...(review.url ? [`- Review request: ${link('to merge or close', review.url)}`] : []),
    ...(advisories.open + advisories.new + advisories.cleared > 0
      ? [
          `- Advisories: ${advisories.open} open, ${advisories.new} new, ${advisories.cleared} cleared${advisories.url ? ` (${link('issue', advisories.url)})` : ''}`,
        ]
      : []),
    ...(report.ci.url ? [`- CI: ${report.ci.conclusion} (${link('checks', report.ci.url)})`] : []),
    ...(report.decision === 'HOLD' && report.mode === 'enforce' ? [resume(report)] : []),
    ...(report.decision === 'UNKNOWN'
      ? [
          '- What hindered PACE is listed below. Put it right and run the day again; a later run may get through by itself.',
        ]
      : []),
  ];
  if (lines.length > 0) return [lines.join('\n')];
  return report.decision === 'SHIP' ? ['Nothing needs attention.'] : [];
}

function resume({ subject }: Report): string {
  if (subject.kind === 'change') return '- To go on: push what mends it, and the change is judged again.';
  return '- To resume: fix and run the day again, or close the escalation.';
}

function link(text: string, url: string): string {
  return /^https?:\/\//.test(url)
    ? `[${inlineMarkdown(text)}](<${url.replace(/[<>\s]/g, encodeURIComponent)}>)`
    : `\`${url.replaceAll('`', '')}\``;
}

function faults({ faults, pending, findings }: Report): string[] {
  if (faults.length === 0 && pending.length === 0) return [];
  const unique = [...new Map(faults.map((fault) => [fault.message, fault])).values()];
  return [
    "## PACE's own trouble",
    ...(mattered(findings) ? [] : ['It did not change the decision.']),
    [
      ...unique.map(
        ({ operation, message, remedy }) =>
          `- \`${operation}\`: ${inlineMarkdown(message, 600)} ${inlineMarkdown(remedy, 600)}`,
      ),
      ...pending.map(({ operation }) => `- Not delivered: \`${operation}\``),
    ].join('\n'),
  ];
}

/** Without a failure, what could not be judged is what decides. */
function mattered(findings: Report['findings']): boolean {
  return findings.some(({ result }) => result === 'UNKNOWN') && findings.every(({ result }) => result !== 'FAIL');
}

function storyCard(story: Readonly<Record<string, unknown>>): string[] {
  const parts = ['given', 'when', 'then'] as const;
  const told = parts.map((part) => inlineMarkdown(textOf(story[part]) ?? '', 500));
  const table = ['| Given | When | Then |', '| --- | --- | --- |', `| ${told.join(' | ')} |`].join('\n');
  const criteria = listOf(story['acceptance'])
    .slice(0, 50)
    .map((criterion) => `- ${inlineMarkdown(criterion, 300)}`);
  const shown = [...(told.some(Boolean) ? [table] : []), ...(criteria.length > 0 ? [criteria.join('\n')] : [])];
  return shown.length === 0 ? [] : ['## Story Card', ...shown];
}

export function metricRows(metrics: SprintMetrics): [string, string][] {
  return [
    ['Days complete', `${metrics.daysComplete}/${metrics.totalDays}`],
    ['SHIP rate', metrics.decided === 0 ? 'N/A' : `${Math.round((metrics.shipped / metrics.decided) * 100)}%`],
    ['Deferred items', String(metrics.deferred)],
    ['Escalated holds', String(metrics.held)],
    ['Open advisories', String(metrics.openAdvisories)],
  ];
}
