/** Makes a report known: files under `.pace/`, PROGRESS.md, the job summary. What fails becomes a fault, never an error. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readDayMap } from '../../core/files/day-files.ts';
import { writeWhole } from '../../core/files/write-whole.ts';
import { dateAndTime } from '../plan/calendar.ts';
import { pendingOf } from './act.ts';
import { openItems } from './backlog.ts';
import { keepUndelivered } from './deliver.ts';
import type { GateParts, GateResult } from './parts.ts';
import { isProgressFile, progressMarkdown } from './report/progress.ts';
import { type DayRecord, dayRecords, type SprintMetrics, sprintMetrics } from './report/sprint-metrics.ts';
import { summaryMarkdown } from './report/summary.ts';
import type { Report } from './report.ts';

export interface Published {
  /** With the faults of publishing added. */
  readonly report: Report;
  /** The summary as Markdown. */
  readonly summary: string;
}

export async function publish(parts: GateParts, { report, backlog }: GateResult): Promise<Published> {
  const { world, state, ciAdapter, config, gateDay, faults } = parts;
  const records = await dayRecords(state, report);
  const metrics = sprintMetrics(records, gateDay.totalDays, openItems(backlog ?? []).length);
  const markdown = summaryMarkdown({
    report,
    metrics,
    story: await readDayMap(state.dayDir(report.day), 'story'),
    runTime: `${dateAndTime(world.now(), config.reporter.timezone)} ${config.reporter.timezone}`,
  });
  const summary = world.redact(markdown);
  if (report.decision !== 'PAUSED') await ciAdapter.postDailySummary({ day: report.day, report });
  if (!report.dryRun) {
    await faults.caught('saveDecision', undefined, () => save(parts, { report, backlog }));
    await faults.caught('writeProgress', undefined, () => writeProgress(parts, report, records, metrics));
    const written = await ciAdapter.writeJobSummary(summary);
    if (written === '') await keepUndelivered(parts, { kind: 'summary', day: report.day, markdown: summary });
    if (config.reporter.change_note) await ciAdapter.writeChangeNote(summary);
  }
  const requests = world.traffic.report();
  const pending = report.dryRun ? report.pending : pendingOf(parts);
  return { report: { ...report, faults: [...faults.list], pending, requests }, summary };
}

/** A paused day has not been decided: the decision of an earlier run of that day stays. */
async function save({ state }: GateParts, { report, backlog }: GateResult): Promise<void> {
  if (report.decision === 'PAUSED') return;
  await state.save(report, backlog);
  if (report.escalation.url) await state.markEscalated(report.day);
}

async function writeProgress(
  { world, config, gateDay }: GateParts,
  report: Report,
  records: readonly DayRecord[],
  metrics: SprintMetrics,
): Promise<void> {
  if (report.decision === 'PAUSED') return;
  const path = join(world.cwd, 'PROGRESS.md');
  const before = await readFile(path, 'utf8').catch(() => '');
  if (before !== '' && !isProgressFile(before)) {
    world.log.warn('PROGRESS.md was not written by PACE and is left as it is.');
    return;
  }
  const markdown = progressMarkdown({
    product: config.product.name,
    started: gateDay.startDate,
    updated: report.date,
    target: gateDay.target,
    metrics,
    records,
    targets: gateDay.targets,
  });
  const text = world.redact(markdown);
  if (text !== before) await writeWhole(path, text);
}
