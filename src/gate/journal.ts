/**
 * `.pace/journal.jsonl`: what a run means to deliver, written before it does, and what came of it, written after; each line is
 * on the disk before the next step. What has an intent and no end was cut off or failed: a later run delivers it.
 */

import { join } from 'node:path';
import type { Faults } from '../../core/faults.ts';
import { keptOf } from '../../core/kept/open-kept.ts';
import type { Kept } from '../../core/kept.ts';
import { isRecord } from '../../core/record.ts';
import { redactDeep } from '../../core/text/redact.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import type { World } from '../../core/world.ts';
import { type Delivery, OPERATIONS, subjectOf } from './delivery.ts';

const VERSION = 1;

export type JournalLine = { readonly v: typeof VERSION; readonly id: string; readonly at: string } & (
  | { readonly intent: Delivery }
  | { readonly done: string }
  | { readonly failed: string }
  /** Later events have made it pointless. */
  | { readonly dropped: string }
);

export interface PendingDelivery {
  readonly id: string;
  readonly delivery: Delivery;
  /** Why it was not delivered; `''` when the run was cut off. */
  readonly reason: string;
}

export interface Journal {
  /** In the order in which they were meant. */
  pending(): PendingDelivery[];
  /** Writes the intent; returns its id. */
  begin(delivery: Delivery): Promise<string>;
  done(id: string, result: string): Promise<void>;
  failed(id: string, reason: string): Promise<void>;
  /** Forgets what is pending and pointless. */
  drop(isPointless: (delivery: Delivery) => boolean): Promise<void>;
  /** Shortens a long journal to what is pending. */
  compact(): Promise<void>;
}

/** What has an intent and no end, from the lines in order; of one subject the last intent only. Pure. */
export function pendingIn(lines: readonly JournalLine[]): PendingDelivery[] {
  const pending = new Map<string, PendingDelivery>();
  for (const line of lines) {
    if ('intent' in line) {
      const subject = subjectOf(line.intent);
      for (const [id, other] of pending) if (subjectOf(other.delivery) === subject) pending.delete(id);
      pending.set(line.id, { id: line.id, delivery: line.intent, reason: '' });
    } else if ('failed' in line) {
      const known = pending.get(line.id);
      if (known) pending.set(line.id, { ...known, reason: line.failed });
    } else {
      pending.delete(line.id);
    }
  }
  return [...pending.values()];
}

/** The lines that can be read, and those that cannot: torn by a crash, foreign, or of a newer version. Pure. */
export function readJournalLines(text: string): { lines: JournalLine[]; unreadable: string[] } {
  const lines: JournalLine[] = [];
  const unreadable: string[] = [];
  for (const raw of text.split('\n')) {
    if (raw.trim() === '') continue;
    const line = parsed(raw);
    if (line) lines.push(line);
    else unreadable.push(raw);
  }
  return { lines, unreadable };
}

function parsed(raw: string): JournalLine | undefined {
  try {
    const line: unknown = JSON.parse(raw);
    return isLine(line) ? line : undefined;
  } catch {
    return undefined;
  }
}

function isLine(line: unknown): line is JournalLine {
  if (!isRecord(line)) return false;
  const { v, id, intent, done, failed, dropped } = line as Record<string, unknown>;
  if (v !== VERSION || typeof id !== 'string') return false;
  return isDelivery(intent) || [done, failed, dropped].some((end) => typeof end === 'string');
}

function isDelivery(intent: unknown): intent is Delivery {
  if (!isRecord(intent)) return false;
  const { kind, day } = intent as Record<string, unknown>;
  return typeof kind === 'string' && Object.hasOwn(OPERATIONS, kind) && typeof day === 'number';
}

/** Longer journals are shortened, to what is pending and so many of the last lines. */
const LONG = 400;
const KEPT = 100;

/** Opens the journal under `dir` (`.pace`). Trouble with the file is kept as a fault: the run goes on, from memory. */
export async function openJournal(options: {
  world: World;
  dir: string;
  faults: Faults;
  /** Nothing is written. */
  dryRun: boolean;
}): Promise<Journal> {
  const { world, dir, faults, dryRun } = options;
  const file = fileOf(keptOf(world, dir), dir);
  const text = await faults.caught('readJournal', '', () => readOr(file));
  const { lines, unreadable } = readJournalLines(text);
  if (unreadable.length > 0 && !dryRun)
    await faults.caught('readJournal', undefined, () => setUnreadableAside(file, lines, unreadable, world));
  let torn = text !== '' && !text.endsWith('\n') && unreadable.length === 0;
  let count = 0;

  async function append(given: JournalLine): Promise<void> {
    const line = redactDeep(world.redact, given);
    lines.push(line);
    if (dryRun) return;
    await faults.caught('writeJournal', undefined, () =>
      appendDurably(file, `${torn ? '\n' : ''}${JSON.stringify(line)}\n`),
    );
    torn = false;
  }

  function stamp(id: string): { v: typeof VERSION; id: string; at: string } {
    return { v: VERSION, id, at: new Date(world.now()).toISOString() };
  }

  return {
    pending: () => pendingIn(lines),
    begin: async (delivery) => {
      count += 1;
      const id = `${world.now().toString(36)}-${Math.floor(world.random() * 1e9).toString(36)}-${count}`;
      await append({ ...stamp(id), intent: delivery });
      return id;
    },
    done: (id, result) => append({ ...stamp(id), done: result }),
    failed: (id, reason) => append({ ...stamp(id), failed: plainLine(reason, 500) }),
    drop: async (isPointless) => {
      for (const { id, delivery } of pendingIn(lines)) {
        if (isPointless(delivery)) await append({ ...stamp(id), dropped: 'later events' });
      }
    },
    compact: async () => {
      if (dryRun || lines.length < LONG) return;
      const pending = new Set(pendingIn(lines).map(({ id }) => id));
      const kept = lines.filter(({ id }, index) => pending.has(id) || index >= lines.length - KEPT);
      await faults.caught('writeJournal', undefined, async () => file.kept.write(file.path, jsonLines(kept)));
    },
  };
}

interface JournalFile {
  readonly kept: Kept;
  readonly path: string;
}

function fileOf(kept: Kept, dir: string): JournalFile {
  return { kept, path: kept.pathOf(join(dir, 'journal.jsonl')) };
}

async function readOr({ kept, path }: JournalFile): Promise<string> {
  return kept.read(path)?.toString('utf8') ?? '';
}

/** Keeps what cannot be read beside the journal, and the journal to what can. */
async function setUnreadableAside(
  { kept, path }: JournalFile,
  lines: readonly JournalLine[],
  unreadable: readonly string[],
  world: World,
): Promise<void> {
  const aside = kept.keepAside(path, world.redact(`${unreadable.join('\n')}\n`)) ?? path;
  kept.write(path, jsonLines(lines));
  world.log.warn(
    `${unreadable.length === 1 ? 'A line' : `${unreadable.length} lines`} of .pace/journal.jsonl could not be read (a run was cut off, or a newer PACE wrote there): kept in ${aside}.`,
  );
}

function jsonLines(lines: readonly JournalLine[]): string {
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}

async function appendDurably({ kept, path }: JournalFile, text: string): Promise<void> {
  kept.append(path, text);
}
