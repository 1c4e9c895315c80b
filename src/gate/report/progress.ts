/** `PROGRESS.md` at the root: the sprint at a glance, in PACE's established layout. Pure. */
import { inlineMarkdown } from '../../../core/text/untrusted-text.ts';
import type { DayRecord, SprintMetrics } from './sprint-metrics.ts';
import { DECISION_ICONS, metricRows } from './summary.ts';

const TITLE_END = '— PACE Sprint Progress';

export interface ProgressInput {
  readonly product: string;
  /** `YYYY-MM-DD`, `''` when the sprint has no dates. */
  readonly started: string;
  readonly updated: string;
  readonly target: string;
  readonly metrics: SprintMetrics;
  readonly records: readonly DayRecord[];
  /** What each day is for, by day. */
  readonly targets: ReadonlyMap<number, string>;
}

export function progressMarkdown(input: ProgressInput): string {
  const { metrics, records } = input;
  return [
    `# ${inlineMarkdown(input.product, 200)} ${TITLE_END}`,
    [
      `**Started:** ${inlineMarkdown(input.started || 'N/A', 40)}  `,
      `**Last updated:** ${input.updated}  `,
      `**Target:** ${inlineMarkdown(input.target || 'N/A', 200)}`,
    ].join('\n'),
    '## Summary',
    [
      '| Metric | Value |',
      '| --- | --- |',
      ...metricRows(metrics).map(([name, value]) => `| ${name} | ${value} |`),
    ].join('\n'),
    '## Day Log',
    [
      '| Day | Story | Decision | Notes |',
      '| --- | --- | --- | --- |',
      ...records.map((record) => row(record, input.targets)),
    ].join('\n'),
    '## Weekly Breakdown',
    ...weeks(records),
    '',
  ].join('\n\n');
}

function row({ day, decision, reason }: DayRecord, targets: ProgressInput['targets']): string {
  const icon = Object.hasOwn(DECISION_ICONS, decision)
    ? `${DECISION_ICONS[decision as keyof typeof DECISION_ICONS]} `
    : '';
  return `| ${day} | ${inlineMarkdown(targets.get(day) ?? '', 200)} | ${icon}${inlineMarkdown(decision, 20)} | ${inlineMarkdown(reason, 200)} |`;
}

function weeks(records: readonly DayRecord[]): string[] {
  const byWeek = Map.groupBy(records, ({ day }) => Math.max(1, Math.ceil(day / 7)));
  return [...byWeek].flatMap(([week, days]) => {
    const shipped = days.filter(({ decision }) => decision === 'SHIP').length;
    return [`### Week ${week}`, `${shipped} of ${days.length} decided days shipped.`];
  });
}

/** Whether this file was written by PACE and may be written again. */
export function isProgressFile(text: string): boolean {
  return text.split('\n', 1)[0]?.endsWith(TITLE_END) ?? false;
}
