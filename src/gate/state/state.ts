/** What PACE keeps between runs, under `.pace/`. Files are written whole or not at all. */
import { join } from 'node:path';
import { PaceError } from '../../../core/errors.ts';
import { createFaults, type Fault, type Faults } from '../../../core/faults.ts';
import { keptOf } from '../../../core/kept/open-kept.ts';
import type { Kept } from '../../../core/kept.ts';
import type { World } from '../../../core/world.ts';
import type { BacklogItem } from '../backlog.ts';
import type { KnownFailures } from '../known-failures.ts';
import type { Report } from '../report.ts';
import { createKeptYaml } from './kept-yaml.ts';
import { type Attempt, attemptsShape, backlogShape, decisionShape, failuresShape, ticketShape } from './shapes.ts';

export interface State {
  /** Where all of it is read and written. */
  readonly kept: Kept;
  /** Absolute path of `.pace`. */
  readonly root: string;
  /** Absolute path of the folder of this gate on this branch; `root` for the usual one. */
  readonly dir: string;
  /** The same below the workspace, with `/`: `.pace`, `.pace/gates/shop`. */
  readonly folder: string;
  /** The same below `.pace`: `''`, `gates/shop`. */
  readonly ownFolder: string;
  /** Those of the run, where it has handed over its list: what was found damaged is among them. */
  readonly faults: readonly Fault[];
  /** Where this gate keeps what it decided about a day. */
  dayDir(day: number): string;
  /** Where agents write about a day, whatever gate reads it. */
  agentsDir(day: number): string;
  /** Where the report of a run is kept. */
  reportPath(subject: Report['subject']): string;
  /** The decision of a day of this sprint, as far as it can be read. */
  decision(day: number): Promise<Partial<Report> | undefined>;
  /** What the last run about this subject has decided; of a day only in this sprint. */
  report(subject: Report['subject']): Promise<Partial<Report> | undefined>;
  /** What had failed on a day that shipped, as digests. */
  failures(day: number): Promise<KnownFailures>;
  /** Every day of this sprint that has a decision, in order. */
  decidedDays(): Promise<number[]>;
  /** Every day with the sprint that it belongs to, of this one and of others that were not filed yet. */
  keptDays(): Promise<{ readonly day: number; readonly sprint: string }[]>;
  backlog(): Promise<BacklogItem[]>;
  saveBacklog(items: readonly BacklogItem[]): Promise<void>;
  /** Set while a damaged backlog lies beside the present one, which may lack some of its entries. */
  backlogGap(): Promise<PaceError | undefined>;
  attempts(day: number): Promise<Attempt[]>;
  save(report: Report, backlog: readonly BacklogItem[] | undefined, failures?: KnownFailures): Promise<void>;
  /** A later run has delivered what a day's own run could not. */
  delivered(day: number, operation: string, escalation: Report['escalation']): Promise<void>;
  /** The escalation of this day is open no more: it need not be looked for again. */
  escalationClosed(day: number): Promise<void>;
  /** Whether the story of the day has an issue. */
  hasStoryTicket(day: number): Promise<boolean>;
  /** Leaves the marker that other PACE tools look for. */
  markEscalated(day: number): Promise<void>;
}

export interface StateOptions {
  /** The folder of this gate on this branch, below `.pace`; `''` for the usual one. */
  readonly folder?: string;
  /** The id of the sprint. */
  readonly sprint?: string;
  readonly dryRun?: boolean;
  readonly faults?: Faults;
}

export function createState(
  world: Pick<World, 'cwd' | 'env' | 'log' | 'redact' | 'kept'>,
  { folder = '', sprint = '', dryRun = false, faults = createFaults(world) }: StateOptions = {},
): State {
  const root = join(world.cwd, ROOT);
  const dir = join(root, folder);
  const store = keptOf(world);
  const files = createKeptYaml(store, { dryRun, faults });
  /** Below `.pace`. */
  const own = (name: string) => (folder === '' ? name : `${folder}/${name}`);
  const ofDay = (day: number, name: string) => own(`day-${day}/${name}`);
  const backlogFile = own(BACKLOG);
  const keptReport = (name: string) => files.read(own(`${name}/decision.yaml`), decisionShape);
  const kept = (day: number) => keptReport(`day-${day}`);
  const decision = async (day: number) => {
    const known = await kept(day);
    return known && sprintOf(known) === sprint ? known : undefined;
  };

  /** One that was written before sprints were kept apart, or by another tool, belongs to the present one. */
  function sprintOf(known: Partial<Report>): string {
    return typeof known.sprint === 'string' ? known.sprint : sprint;
  }

  async function attempts(day: number): Promise<Attempt[]> {
    const known = await kept(day);
    if (known && sprintOf(known) !== sprint) return [];
    return (await files.read(ofDay(day, 'attempts.yaml'), attemptsShape)) ?? [];
  }

  async function keptDays(): Promise<{ day: number; sprint: string }[]> {
    const names = await files.names(folder);
    const days = names.map((name) => Number(/^day-(\d+)$/.exec(name)?.[1] ?? Number.NaN)).filter(Number.isInteger);
    const found: { day: number; sprint: string }[] = [];
    for (const day of days.sort((a, b) => a - b)) {
      const known = await kept(day);
      if (known) found.push({ day, sprint: sprintOf(known) });
    }
    return found;
  }

  async function change(day: number, changes: (known: Partial<Report>) => Partial<Report>): Promise<void> {
    const known = await decision(day);
    // what is not there, or is of another sprint, is not made of this change alone
    if (known) await files.write(ofDay(day, 'decision.yaml'), { ...known, ...changes(known) });
  }

  /** Most days have none, and no file. */
  async function saveFailures(target: string, failures: KnownFailures): Promise<void> {
    const hasSome = Object.keys(failures).length > 0;
    if (hasSome || (await files.names(target)).includes(FAILURES)) await files.write(`${target}/${FAILURES}`, failures);
  }

  return {
    kept: store,
    root,
    dir,
    folder: folder === '' ? ROOT : `${ROOT}/${folder}`,
    ownFolder: folder,
    faults: faults.list,
    dayDir: (day) => join(dir, `day-${day}`),
    agentsDir: (day) => join(root, `day-${day}`),
    reportPath: (subject) => join(dir, folderOf(subject), 'decision.yaml'),
    attempts,
    decision,
    report: (subject) => (subject.kind === 'day' ? decision(Number(subject.id)) : keptReport(folderOf(subject))),
    failures: async (day) => (await files.read(ofDay(day, FAILURES), failuresShape)) ?? {},
    keptDays,
    decidedDays: async () => (await keptDays()).filter((one) => one.sprint === sprint).map(({ day }) => day),
    backlog: async () => (await files.read(backlogFile, backlogShape)) ?? [],
    saveBacklog: (items) => files.write(backlogFile, items),
    backlogGap: async () => {
      const left = (await files.names(folder)).filter((name) => name.startsWith(`${BACKLOG}.unreadable-`));
      if (left.length === 0 && !files.isDamaged(backlogFile)) return undefined;
      return backlogGap(left.length > 0 ? left.join(', ') : BACKLOG);
    },
    save: async (report, backlog, failures = {}) => {
      const target = own(folderOf(report.subject));
      const earlier = report.day === null ? [] : await attempts(report.day);
      await files.write(`${target}/decision.yaml`, report);
      if (report.day === null) return;
      const others = earlier.filter(({ run }) => run !== report.attempt);
      await files.write(`${target}/attempts.yaml`, [...others, attemptOf(report)]);
      if (report.decision === 'SHIP') await saveFailures(target, failures);
      if (backlog) await files.write(backlogFile, backlog);
    },
    delivered: (day, operation, escalation) =>
      change(day, ({ pending = [] }) => ({
        escalation,
        pending: pending.filter((left) => left.operation !== operation),
      })),
    escalationClosed: (day) =>
      change(day, ({ escalation = { key: '', url: '' } }) => ({ escalation: { ...escalation, closed: true } })),
    hasStoryTicket: async (day) => (await files.read(`day-${day}/story-ticket.yaml`, ticketShape)) !== undefined,
    markEscalated: async (day) => store.write(ofDay(day, 'escalated'), ''),
  };
}

const ROOT = '.pace';
const BACKLOG = 'advisory_backlog.yaml';
const FAILURES = 'failures.yaml';

/** `day-3`, `change-12`. */
function folderOf({ kind, id }: Report['subject']): string {
  return `${kind}-${id}`;
}

function backlogGap(names: string): PaceError {
  return new PaceError({
    kind: 'validation',
    operation: 'readBacklog',
    message: `The backlog was damaged (${names} in .pace): some open advisories may be missing.`,
    remedy: `Please copy what is missing into .pace/${BACKLOG}, then remove the kept file.`,
  });
}

function attemptOf(report: Report): Attempt {
  const hold_reason = report.holdReason.slice(0, 120).toWellFormed();
  return { run: report.attempt, date: report.date, cost_usd: 0, outcome: report.decision, hold_reason };
}
