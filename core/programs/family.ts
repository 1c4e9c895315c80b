/**
 * A program and everything that it has started, also what has left its process group and outlived its parents. Known are those whose
 * parents, group or session were seen to belong to it (the table of processes is looked at again and again while it runs), and those
 * that carry its mark in their environment. Where the system shows no such table (https://man7.org/linux/man-pages/man5/proc.5.html),
 * nothing is found: macOS and Windows have the process group alone.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { kill } from 'node:process';
import { setImmediate } from 'node:timers/promises';

/** Every child of a command has this variable, with the mark of its run. */
export const MARK_VARIABLE = 'PACE_COMMAND';

export interface Family {
  /** Looks no longer, and ends all members that are left. */
  end(): Promise<FamilyEnd>;
}

/** Whether none is left that this user may end. */
export type FamilyEnd = 'ended' | 'not ended';

interface Process {
  readonly pid: number;
  readonly state: string;
  readonly parent: number;
  readonly group: number;
  readonly session: number;
  /** In ticks since the machine's start: a number that is given again has another one. */
  readonly start: number;
}

type Table = ReadonlyMap<number, Process>;

/** A daemon leaves its parents soon after it began. */
const EARLY = { ms: 1_000, every: 40 };
const LATE_EVERY = 250;
/** Of the time at most: a machine may run thousands of processes. */
const SHARE = 0.1;
/** What starts others faster than they can be ended is given up after so many rounds. */
const ROUNDS = 200;

/** The family of a child of ours that has just been started. */
export function familyOf(pid: number, mark: string): Family {
  const first = processOf(pid);
  const members = createMembers(mark, first?.start ?? 0);
  if (first) members.add(first);
  // real processes go by the clock of the machine, whatever the world's says
  const begun = performance.now();
  let next: NodeJS.Timeout | undefined;

  function watch(): void {
    const from = performance.now();
    members.look(processes());
    const pause = from - begun < EARLY.ms ? EARLY.every : LATE_EVERY;
    next = setTimeout(watch, Math.max(pause, (performance.now() - from) / SHARE)).unref();
  }

  if (first) watch();
  return {
    end: () => {
      clearTimeout(next);
      return endAll(members);
    },
  };
}

/** Ends what carries the mark, whoever has started it. */
export function endMarked(mark: string): Promise<FamilyEnd> {
  return endAll(createMembers(mark, processOf(process.pid)?.start ?? 0));
}

interface Members {
  add(process: Process): void;
  /** Takes in whoever belongs to a member. */
  look(table: Table): void;
  /** The same, and whoever carries the mark; gives all that run. */
  running(): Process[];
}

/** Nobody older than `since` can be one. */
function createMembers(mark: string, since: number): Members {
  const starts = new Map<number, number>();

  function look(table: Table): void {
    const isMember = (id: number) => starts.has(id) && (table.get(id)?.start ?? starts.get(id)) === starts.get(id);
    const others = [...table.values()].filter(({ pid, start }) => start >= since && starts.get(pid) !== start);
    // a child may stand before its parent in the table
    for (let found = true; found; ) {
      found = false;
      for (const { pid, start, parent, group, session } of others) {
        if (starts.get(pid) === start || ![parent, group, session].some(isMember)) continue;
        starts.set(pid, start);
        found = true;
      }
    }
  }

  return {
    add: ({ pid, start }) => void starts.set(pid, start),
    look,
    running: () => {
      const table = processes();
      for (const { pid, start } of table.values()) {
        if (start >= since && starts.get(pid) !== start && isMarked(pid, mark)) starts.set(pid, start);
      }
      look(table);
      return [...table.values()].filter(({ pid, start, state }) => starts.get(pid) === start && !/[ZX]/.test(state));
    },
  };
}

/** Twice nobody must be left: one that was just being born stands in no table. */
async function endAll(members: Members): Promise<FamilyEnd> {
  const told = new Set<string>();
  let quiet = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const fresh = members.running().filter(({ pid, start }) => pid !== process.pid && !told.has(`${pid} ${start}`));
    quiet = fresh.length === 0 ? quiet + 1 : 0;
    if (quiet === 2) return 'ended';
    for (const { pid, start } of fresh) {
      told.add(`${pid} ${start}`);
      end(pid);
    }
    await setImmediate();
  }
  return 'not ended';
}

/** Whoever gets this signal runs no more, however long its parts take to go. */
function end(pid: number): void {
  try {
    kill(pid, 'SIGKILL');
  } catch {
    // it has ended already, or belongs to another user, who alone can end it
  }
}

function processes(): Table {
  return new Map(
    folderOf('/proc').flatMap((name) => {
      const found = /^\d+$/.test(name) ? processOf(Number(name)) : undefined;
      return found ? [[found.pid, found] as const] : [];
    }),
  );
}

function folderOf(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}

/** The name of the program stands in brackets and may hold anything, brackets too. */
function processOf(pid: number): Process | undefined {
  const stat = readOr(`/proc/${pid}/stat`);
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state = '', parent, group, session] = fields;
  const start = Number(fields[19]);
  if (stat === '' || !Number.isFinite(start)) return undefined;
  return { pid, state, parent: Number(parent), group: Number(group), session: Number(session), start };
}

function isMarked(pid: number, mark: string): boolean {
  return `\0${readOr(`/proc/${pid}/environ`)}`.includes(`\0${MARK_VARIABLE}=${mark}\0`);
}

/** It may have ended meanwhile, or be another user's. */
function readOr(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}
