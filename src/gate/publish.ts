/** Makes a report known: files under `.pace/`, PROGRESS.md, the job summary. What fails becomes a fault, never an error. */
import { join } from 'node:path';
import { readDayMap } from '../../core/files/day-files.ts';
import { writeWhole } from '../../core/files/write-whole.ts';
import { InTheWay, readPlain } from '../../core/kept/plain-file.ts';
import { cut } from '../../core/text/untrusted-text.ts';
import { dateAndTime } from '../plan/calendar.ts';
import { pendingOf } from './act.ts';
import { openItems } from './backlog.ts';
import { keepUndelivered } from './deliver.ts';
import { type DayParts, type GateParts, type GateResult, isOfDay } from './parts.ts';
import { isProgressFile, progressMarkdown } from './report/progress.ts';
import { type DayRecord, dayRecords, type SprintMetrics, sprintMetrics } from './report/sprint-metrics.ts';
import { summaryMarkdown } from './report/summary.ts';
import type { Report } from './report.ts';
import { subjectText } from './subject.ts';

/** Only that it is missing is of use to a later run. */
const KEPT_SUMMARY = 20_000;

export interface Published {
  /** With the faults of publishing added. */
  readonly report: Report;
  /** The summary as Markdown. */
  readonly summary: string;
}

export async function publish(parts: GateParts, result: GateResult): Promise<Published> {
  return isOfDay(parts) ? publishDay(parts, result) : publishChange(parts, result.report);
}

async function publishDay(parts: DayParts, { report, backlog, failures }: GateResult): Promise<Published> {
  const { world, state, subject, faults } = parts;
  const { day, totalDays } = subject.day;
  const records = await dayRecords(state, { ...report, day });
  const metrics = sprintMetrics(records, totalDays, openItems(backlog ?? []).length);
  const story = await readDayMap(state.agentsDir(day), 'story');
  const summary = world.redact(summaryMarkdown({ report, sprint: { metrics, story }, runTime: runTime(parts) }));
  await describe(parts, report);
  if (!report.dryRun) {
    await faults.caught('saveDecision', undefined, () => save(parts, { report, backlog, failures }));
    await faults.caught('writeProgress', undefined, () => writeProgress(parts, report, records, metrics));
    const written = await parts.ciAdapter.writeJobSummary(summary);
    if (written === '') await keepUndelivered(parts, { kind: 'summary', day, markdown: cut(summary, KEPT_SUMMARY) });
    await writeNote(parts, summary);
  }
  return { report: withLatest(parts, report), summary };
}

/** The note first: where it could not be written, the summary says so. */
async function publishChange(parts: GateParts, report: Report): Promise<Published> {
  const { world, faults, ciAdapter } = parts;
  const said = (latest: Report) => world.redact(summaryMarkdown({ report: latest, runTime: runTime(parts) }));
  await describe(parts, report);
  if (report.dryRun) return { report: withLatest(parts, report), summary: said(report) };
  await writeNote(parts, said(report));
  const summary = said(withLatest(parts, report));
  await faults.caught('saveDecision', undefined, () => save(parts, { report, backlog: undefined, failures: {} }));
  await ciAdapter.writeJobSummary(summary);
  return { report: withLatest(parts, report), summary };
}

function runTime({ world, config }: GateParts): string {
  return `${dateAndTime(world.now(), config.reporter.timezone)} ${config.reporter.timezone}`;
}

async function describe({ ciAdapter }: GateParts, report: Report): Promise<void> {
  if (report.decision === 'PAUSED') return;
  await ciAdapter.postDailySummary({ day: report.day, report: { ...report, subject: subjectText(report.subject) } });
}

async function writeNote({ config, ciAdapter, subject }: GateParts, summary: string): Promise<void> {
  if (!config.reporter.change_note) return;
  const change = subject.kind === 'change' ? subject.change : undefined;
  if (!change?.isNameless) await ciAdapter.writeChangeNote(summary, change?.id);
}

function withLatest(parts: GateParts, report: Report): Report {
  const pending = report.dryRun ? report.pending : pendingOf(parts);
  return { ...report, faults: [...parts.faults.list], pending, requests: parts.world.traffic.report() };
}

/** What is paused has not been decided: the decision of an earlier run stays. */
async function save({ state }: GateParts, { report, backlog, failures }: GateResult): Promise<void> {
  if (report.decision === 'PAUSED') return;
  await state.save(report, backlog, failures);
  if (report.day !== null && report.escalation.url) await state.markEscalated(report.day);
}

async function writeProgress(
  { world, config, subject, state }: DayParts,
  report: Report,
  records: readonly DayRecord[],
  metrics: SprintMetrics,
): Promise<void> {
  // there is one such file: it tells of the usual gate on the default branch
  if (report.decision === 'PAUSED' || state.dir !== state.root) return;
  const path = join(world.cwd, PROGRESS);
  const before = progressNow(world.cwd);
  if (before !== '' && !isProgressFile(before)) {
    world.log.warn('PROGRESS.md was not written by PACE and is left as it is.');
    return;
  }
  const markdown = progressMarkdown({
    product: config.product.name,
    started: subject.day.startDate,
    updated: report.date,
    target: subject.day.target,
    metrics,
    records,
    targets: subject.day.targets,
  });
  const text = world.redact(markdown);
  if (text !== before) await writeWhole(path, text);
}

const PROGRESS = 'PROGRESS.md';
/** No sprint fills as much. */
const MAX_BYTES = 16 * 1024 * 1024;

/** `''` where there is none; what is no plain file is not PACE's. */
function progressNow(cwd: string): string {
  try {
    return readPlain(cwd, PROGRESS, MAX_BYTES)?.toString('utf8') ?? '';
  } catch (error) {
    return error instanceof InTheWay ? error.message : '';
  }
}
