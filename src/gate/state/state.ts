/** What PACE keeps between runs, under `.pace/`. Files are written whole or not at all. */
import { join } from 'node:path';
import { PaceError } from '../../../core/errors.ts';
import { createFaults, type Fault, type Faults } from '../../../core/faults.ts';
import { writeWhole } from '../../../core/files/write-whole.ts';
import type { World } from '../../../core/world.ts';
import type { BacklogItem } from '../backlog.ts';
import type { Report } from '../report.ts';
import { createKeptYaml } from './kept-yaml.ts';
import { type Attempt, attemptsShape, backlogShape, decisionShape, ticketShape } from './shapes.ts';

export interface State {
  /** Absolute path of `.pace`. */
  readonly dir: string;
  /** Those of the run, where it has handed over its list: what was found damaged is among them. */
  readonly faults: readonly Fault[];
  dayDir(day: number): string;
  /** The decision of a day, as far as it can be read. */
  decision(day: number): Promise<Partial<Report> | undefined>;
  /** Every day that has a decision, in order. */
  decidedDays(): Promise<number[]>;
  backlog(): Promise<BacklogItem[]>;
  /** Set while a damaged backlog lies beside the present one, which may lack some of its entries. */
  backlogGap(): Promise<PaceError | undefined>;
  attempts(day: number): Promise<Attempt[]>;
  save(report: Report, backlog: readonly BacklogItem[] | undefined): Promise<void>;
  /** A later run has delivered what a day's own run could not. */
  delivered(day: number, operation: string, escalation: Report['escalation']): Promise<void>;
  /** Whether the story of the day has an issue. */
  hasStoryTicket(day: number): Promise<boolean>;
  /** Leaves the marker that other PACE tools look for. */
  markEscalated(day: number): Promise<void>;
}

export function createState(
  world: Pick<World, 'cwd' | 'log' | 'redact'>,
  { dryRun = false, faults = createFaults(world) }: { dryRun?: boolean; faults?: Faults } = {},
): State {
  const dir = join(world.cwd, '.pace');
  const files = createKeptYaml(world, { dryRun, faults });
  const dayDir = (day: number) => join(dir, `day-${day}`);
  const backlogFile = join(dir, BACKLOG);
  const decision = (day: number) => files.read(join(dayDir(day), 'decision.yaml'), decisionShape);
  const attempts = async (day: number) => (await files.read(join(dayDir(day), 'attempts.yaml'), attemptsShape)) ?? [];

  return {
    dir,
    faults: faults.list,
    dayDir,
    attempts,
    decision,
    decidedDays: async () => {
      const names = await files.names(dir);
      const days = names.map((name) => Number(/^day-(\d+)$/.exec(name)?.[1] ?? Number.NaN)).filter(Number.isInteger);
      const decided: number[] = [];
      for (const day of days.sort((a, b) => a - b)) if (await decision(day)) decided.push(day);
      return decided;
    },
    backlog: async () => (await files.read(backlogFile, backlogShape)) ?? [],
    backlogGap: async () => {
      const kept = (await files.names(dir)).filter((name) => name.startsWith(`${BACKLOG}.unreadable-`));
      if (kept.length === 0 && !files.isDamaged(backlogFile)) return undefined;
      return backlogGap(kept.length > 0 ? kept.join(', ') : BACKLOG);
    },
    save: async (report, backlog) => {
      const folder = dayDir(report.day);
      await files.write(join(folder, 'decision.yaml'), report);
      const others = (await attempts(report.day)).filter(({ run }) => run !== report.attempt);
      await files.write(join(folder, 'attempts.yaml'), [...others, attemptOf(report)]);
      if (backlog) await files.write(backlogFile, backlog);
    },
    delivered: async (day, operation, escalation) => {
      const known = await decision(day);
      const pending = (known?.pending ?? []).filter((left) => left.operation !== operation);
      await files.write(join(dayDir(day), 'decision.yaml'), { ...known, escalation, pending });
    },
    hasStoryTicket: async (day) =>
      (await files.read(join(dayDir(day), 'story-ticket.yaml'), ticketShape)) !== undefined,
    markEscalated: (day) => writeWhole(join(dayDir(day), 'escalated'), ''),
  };
}

const BACKLOG = 'advisory_backlog.yaml';

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
