/**
 * `.pace/journal.jsonl`: what a run means to deliver, written before it does, and what came of it, written after; each line is
 * on the disk before the next step. What has an intent and no end was cut off or failed: a later run delivers it.
 */

import { join } from 'node:path';
import type { Faults } from '../../core/faults.ts';
import { keptOf } from '../../core/kept/open-kept.ts';
import { TooLarge } from '../../core/kept/plain-file.ts';
import type { Kept } from '../../core/kept.ts';
import { redactDeep } from '../../core/text/redact.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import type { World } from '../../core/world.ts';
import type { Delivery } from './delivery.ts';
import {
  compacted,
  type JournalLine,
  type PendingDelivery,
  pendingIn,
  readJournalLines,
  VERSION,
} from './journal-line.ts';

export interface Journal {
  /** In the order in which they were meant. */
  pending(): PendingDelivery[];
  /** Writes the intent; returns its id. */
  begin(delivery: Delivery): Promise<string>;
  done(id: string, result: string): Promise<void>;
  failed(id: string, reason: string): Promise<void>;
  /** Forgets what is pending and pointless. */
  drop(isPointless: (delivery: Delivery) => boolean): Promise<void>;
  /** Forgets these, and keeps a copy beside the journal: they are not this gate's own. Returns its name, where there is one. */
  disown(ids: ReadonlySet<string>): Promise<string | undefined>;
  /** Shortens a long journal to what is pending. */
  compact(): Promise<void>;
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
  const text = await faults.caught('readJournal', '', () => readOr(file, dryRun ? undefined : world));
  const { lines, unreadable } = readJournalLines(text);
  if (unreadable.length > 0 && !dryRun)
    await faults.caught('readJournal', undefined, () => setUnreadableAside(file, lines, unreadable, world));
  let torn = text !== '' && !text.endsWith('\n') && unreadable.length === 0;
  let count = 0;

  async function append(given: readonly JournalLine[]): Promise<void> {
    const added = redactDeep(world.redact, given);
    for (const line of added) lines.push(line);
    if (dryRun || added.length === 0) return;
    await faults.caught('writeJournal', undefined, () => appendDurably(file, `${torn ? '\n' : ''}${jsonLines(added)}`));
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
      await append([{ ...stamp(id), intent: delivery }]);
      return id;
    },
    done: (id, result) => append([{ ...stamp(id), done: result }]),
    failed: (id, reason) => append([{ ...stamp(id), failed: plainLine(reason, 500) }]),
    drop: async (isPointless) => {
      const pointless = pendingIn(lines).filter(({ delivery }) => isPointless(delivery));
      await append(pointless.map(({ id }) => ({ ...stamp(id), dropped: 'later events' })));
    },
    disown: async (ids) => {
      if (ids.size === 0) return undefined;
      const foreign = jsonLines(lines.filter((line) => 'intent' in line && ids.has(line.id)));
      await append([...ids].map((id) => ({ ...stamp(id), dropped: 'not of this gate' })));
      if (dryRun) return undefined;
      return faults.caught('writeJournal', undefined, async () => file.kept.keepAside(file.path, foreign));
    },
    compact: async () => {
      if (dryRun || lines.length < LONG) return;
      const kept = compacted(lines, KEPT);
      if (kept.length === lines.length) return;
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

/** One that is larger than PACE's own ever are is moved out of the way, where there is a world to say it in. */
async function readOr({ kept, path }: JournalFile, world: World | undefined): Promise<string> {
  try {
    return kept.read(path)?.toString('utf8') ?? '';
  } catch (error) {
    if (!(error instanceof TooLarge) || !world) throw error;
    const aside = kept.setAside(path);
    if (aside === undefined) throw error;
    world.log.warn(`${error.message} It was not read, is kept as ${aside}, and a new one is begun.`);
    return '';
  }
}

/** Keeps what cannot be read beside the journal, and the journal to what can. */
async function setUnreadableAside(
  { kept, path }: JournalFile,
  lines: readonly JournalLine[],
  unreadable: readonly string[],
  world: World,
): Promise<void> {
  const aside = kept.keepAside(path, `${unreadable.join('\n')}\n`) ?? path;
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
