/** What PACE keeps between runs, under `.pace/`. Files are written whole or not at all. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { PaceError } from '../../platforms/errors.ts';
import { writeWhole } from '../../platforms/write-whole.ts';
import type { BacklogItem } from './backlog.ts';
import type { Report } from './report.ts';

export interface State {
  /** Absolute path of `.pace`. */
  readonly dir: string;
  dayDir(day: number): string;
  /** The decision of a day, as far as it can be read. */
  decision(day: number): Promise<Partial<Report> | undefined>;
  /** Every day that has a decision, in order. */
  decidedDays(): Promise<number[]>;
  backlog(): Promise<BacklogItem[]>;
  attempts(day: number): Promise<Attempt[]>;
  save(report: Report, backlog: readonly BacklogItem[] | undefined): Promise<void>;
  /** Whether the story of the day has an issue. */
  hasStoryTicket(day: number): Promise<boolean>;
  /** Leaves the marker that other PACE tools look for. */
  markEscalated(day: number): Promise<void>;
}

/** One entry of `attempts.yaml`. */
export interface Attempt {
  readonly run: number;
  readonly date: string;
  readonly cost_usd: number;
  readonly outcome: string;
  readonly hold_reason: string;
}

export function createState(cwd: string): State {
  const dir = join(cwd, '.pace');
  const dayDir = (day: number) => join(dir, `day-${day}`);
  const backlogFile = join(dir, 'advisory_backlog.yaml');

  async function attempts(day: number): Promise<Attempt[]> {
    const list = await readYaml(join(dayDir(day), 'attempts.yaml'));
    return Array.isArray(list) ? (list as Attempt[]) : [];
  }

  return {
    dir,
    dayDir,
    attempts,
    decision: async (day) => asMap(await readYaml(join(dayDir(day), 'decision.yaml'))),
    decidedDays: async () => {
      const names = await readdir(dir).catch(() => []);
      const days = names.map((name) => Number(/^day-(\d+)$/.exec(name)?.[1] ?? Number.NaN)).filter(Number.isInteger);
      const decided: number[] = [];
      for (const day of days.sort((a, b) => a - b)) {
        if (asMap(await readYaml(join(dayDir(day), 'decision.yaml')))) decided.push(day);
      }
      return decided;
    },
    backlog: async () => {
      const list = await readYaml(backlogFile);
      if (list === undefined || list === null) return [];
      if (Array.isArray(list) && list.every(isBacklogItem)) return list;
      throw new PaceError({
        kind: 'validation',
        message: `${backlogFile} is not a list of advisories.`,
        remedy: 'Please restore it from version control, or remove it to start with an empty backlog.',
        operation: 'readBacklog',
      });
    },
    save: async (report, backlog) => {
      const folder = dayDir(report.day);
      await writeWhole(join(folder, 'decision.yaml'), stringify(report, { lineWidth: 0 }));
      const others = (await attempts(report.day)).filter(({ run }) => run !== report.attempt);
      await writeWhole(join(folder, 'attempts.yaml'), stringify([...others, attemptOf(report)]));
      if (backlog) await writeWhole(backlogFile, stringify(backlog, { lineWidth: 0 }));
    },
    hasStoryTicket: async (day) => (await readYaml(join(dayDir(day), 'story-ticket.yaml'))) !== undefined,
    markEscalated: (day) => writeWhole(join(dayDir(day), 'escalated'), ''),
  };
}

function attemptOf(report: Report): Attempt {
  const hold_reason = report.holdReason.slice(0, 120).toWellFormed();
  return { run: report.attempt, date: report.date, cost_usd: 0, outcome: report.decision, hold_reason };
}

/** The file's data, or `undefined` when it is not there or no YAML. */
async function readYaml(path: string): Promise<unknown> {
  try {
    return parse(await readFile(path, 'utf8'), { maxAliasCount: 100 });
  } catch {
    return undefined;
  }
}

function asMap(value: unknown): Partial<Report> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
}

function isBacklogItem(value: unknown): value is BacklogItem {
  if (typeof value !== 'object' || value === null) return false;
  const { id, agent, finding, status } = value as Record<string, unknown>;
  return [id, agent, finding].every((text) => typeof text === 'string') && (status === 'open' || status === 'cleared');
}
