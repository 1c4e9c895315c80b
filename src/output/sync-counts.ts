/** A run of sync in one line, and as values for later steps. Pure. */
import { plainLine } from '../../core/text/untrusted-text.ts';
import { isInTheWay, type SyncOutcome } from '../commands/sync/outcome.ts';
import type { SideCounts, SyncLine, SyncReport } from '../sync/engine.ts';
import type { SideName } from '../sync/values.ts';

const SIDES = ['a', 'b'] as const satisfies readonly SideName[];

/** `Created 3 and changed 2 in local .pace/pace.db. Left: 1 conflict. 5 pairs, 4 in step.` */
export function countsText(report: SyncReport, { dryRun: isAsked = false } = {}): string {
  const { counts, dryRun, isFirst, inStep } = report;
  const left = report.left.filter(isInTheWay);
  const { pairs } = counts;
  const deeds = SIDES.flatMap((side) => sideText(report, side));
  const isWritten = deeds.length > 0;
  const did = isWritten ? [`${deeds.join('. ')}.`] : [];
  const rest = left.length === 0 ? [] : [`Left: ${kinds(left)}.`];
  const state = inStep
    ? `In step: ${counted(pairs, 'pair')}${isWritten ? '' : ', nothing to write'}.`
    : `${counted(pairs, 'pair')}, ${counts.inStep} in step.`;
  const first =
    dryRun && !isAsked && isFirst && isWritten
      ? ['Nothing was written, as this would be a first run into what is not empty: --yes makes it real.']
      : [];
  return [...did, ...rest, state, ...first].join(' ');
}

function sideText({ counts, ends, dryRun }: SyncReport, side: SideName): string[] {
  const { created, changed, comments, links } = counts[side];
  const parts = [
    ...(created > 0 ? [`${dryRun ? 'create' : 'created'} ${created}`] : []),
    ...(changed > 0 ? [`${dryRun ? 'change' : 'changed'} ${changed}`] : []),
    ...(comments > 0 ? [`${dryRun ? 'add' : 'added'} ${counted(comments, 'comment')}`] : []),
    ...(links > 0 ? [`${dryRun ? 'make' : 'made'} ${counted(links, 'link')}`] : []),
  ];
  if (parts.length === 0) return [];
  const words = `${dryRun ? 'would ' : ''}${listed(parts)} in ${plainLine(ends[side].name, 200)}`;
  return [words.charAt(0).toUpperCase() + words.slice(1)];
}

const LEFT: Readonly<Record<string, readonly [one: string, many: string]>> = {
  conflict: ['conflict', 'conflicts'],
  failed: ['failed', 'failed'],
  orphan: ['orphan', 'orphans'],
  double: ['double', 'doubles'],
  unsupported: ['not kept in step', 'not kept in step'],
  ambiguous: ['ambiguous', 'ambiguous'],
  'held-back': ['waits for a yes', 'wait for a yes'],
};

/** In the words of a line about it. */
export function leftText(kind: string): string {
  return LEFT[kind]?.[0] ?? kind;
}

/** `1 conflict, 2 failed`. */
export function kinds(left: readonly SyncLine[]): string {
  const counts = new Map<string, number>();
  for (const { kind } of left) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].map(([kind, count]) => `${count} ${LEFT[kind]?.[count === 1 ? 0 : 1] ?? kind}`).join(', ');
}

function counted(count: number, what: string): string {
  return `${count} ${count === 1 ? what : `${what}s`}`;
}

function listed(parts: readonly string[]): string {
  const last = parts.at(-1) ?? '';
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`;
}

/** For later steps of a job: numbers and words of ours, nothing that anybody else has written. */
export function syncOutputs(outcomes: readonly SyncOutcome[]): Record<string, string> {
  const reports = outcomes.flatMap(({ report }) => report ?? []);
  const sum = (of: keyof SideCounts) => reports.reduce((all, { counts }) => all + counts.a[of] + counts.b[of], 0);
  const left = reports.flatMap((report) => report.left).filter(isInTheWay);
  const numbers = {
    ...{ created: sum('created'), changed: sum('changed'), comments: sum('comments'), links: sum('links') },
    left: left.length,
    conflicts: left.filter(({ kind }) => kind === 'conflict').length,
    'failed-pairs': outcomes.length - reports.length,
  };
  const isInStep = outcomes.length === reports.length && reports.every(({ inStep }) => inStep);
  return {
    'in-step': String(isInStep),
    ...Object.fromEntries(Object.entries(numbers).map(([name, count]) => [name, String(count)])),
  };
}
