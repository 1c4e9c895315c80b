/** A run of sync on the page of a job, in Markdown. Pure. */
import { inlineMarkdown } from '../../core/text/untrusted-text.ts';
import { isInTheWay, type SyncOutcome } from '../commands/sync/outcome.ts';
import { countsText, kinds, leftText } from './sync-counts.ts';

/** The page is for all steps of a job. */
const MOST_LEFT = 50;

export function syncSummary(outcomes: readonly SyncOutcome[]): string {
  const inStep = outcomes.filter(({ report }) => report?.inStep).length;
  const rows = outcomes.map(row);
  const left = outcomes.flatMap(leftItems);
  const more =
    left.length > MOST_LEFT ? [`- and ${left.length - MOST_LEFT} more: \`pace sync status\` lists them`] : [];
  return [
    `### Sync: ${inStep} of ${outcomes.length} in step`,
    '',
    '| Pair | Trackers | In step | Left | What was done |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    ...(left.length === 0 ? [] : ['', 'Left:', '', ...left.slice(0, MOST_LEFT), ...more]),
    '',
  ].join('\n');
}

function row({ pair, names, report, error }: SyncOutcome): string {
  const [a, b] = [report?.ends.a.name ?? names.a, report?.ends.b.name ?? names.b];
  const cells = [
    inlineMarkdown(pair ?? '', 60),
    `${inlineMarkdown(a, 100)}, ${inlineMarkdown(b, 100)}`,
    report?.inStep ? 'yes' : 'no',
    report ? kinds(report.left.filter(isInTheWay)) || '–' : '–',
    report ? inlineMarkdown(countsText(report), 500) : `failed: ${inlineMarkdown(error?.message ?? '', 500)}`,
  ];
  return `| ${cells.join(' | ')} |`;
}

function leftItems({ pair, report }: SyncOutcome): string[] {
  return (report?.left ?? []).map(({ kind, side, key, title, field, message = '', remedy = '' }) => {
    const what = [leftText(kind), field].filter(Boolean).join(' ');
    const where = [key, report?.ends[side].name].filter(Boolean).join(' in ');
    const words = [title, message, remedy].filter(Boolean).join(': ');
    return `- ${inlineMarkdown([pair, what, where, words].filter(Boolean).join(', '), 500)}`;
  });
}
