/** Two states of `.pace/` become one: what two runs did at the same time, by what the files mean. Pure. */

import { splitPath } from '../../../core/kept/kept-names.ts';
import { union, type Versions } from '../../../core/three-way.ts';
import { type MergedFile, mergedJournal, mergedStateFile } from '../../sync/merge-state.ts';
import { type BacklogItem, freeId, sameFinding } from '../backlog.ts';
import { parsedYaml, yamlText } from './kept-yaml.ts';
import { attemptsShape, backlogShape, decisionShape } from './shapes.ts';

/** Path below `.pace`, with `/` → content. */
export type Files = ReadonlyMap<string, Buffer>;

export interface MergeInput {
  /** What both sides started from, as far as it is known. */
  readonly base: Files;
  /** This run's; the newest. */
  readonly mine: Files;
  /** The branch's. */
  readonly theirs: Files;
}

export interface Merged {
  readonly files: Files;
  /** Files that both sides changed, and of which only mine is kept. */
  readonly replaced: readonly string[];
}

/** A file that one side alone changed, added or removed is as that side has it; otherwise see `mergedFile`. */
export function mergeState(input: MergeInput): Merged {
  const { base, mine, theirs } = input;
  const files = new Map<string, Buffer>();
  const replaced: string[] = [];
  for (const path of [...new Set([...theirs.keys(), ...mine.keys()])].sort()) {
    const sides = { base: base.get(path), mine: mine.get(path), theirs: theirs.get(path) };
    const { content, isReplaced } = oneSide(sides) ?? bothSides(path, sides, lastDays(path, input));
    if (content) files.set(path, content);
    if (isReplaced) replaced.push(path);
  }
  return { files, replaced };
}

type Both = Versions<Buffer | undefined>;

function oneSide({ base, mine, theirs }: Both): MergedFile | undefined {
  const only = (content: Buffer | undefined) => ({ content, isReplaced: false });
  if (same(mine, theirs) || same(base, theirs)) return only(mine);
  if (same(base, mine)) return only(theirs);
  // changed here and removed there: what was written last is worth more
  return mine && theirs ? undefined : only(mine ?? theirs);
}

function bothSides(path: string, sides: Both, days: Days): MergedFile {
  if (/^sync\/[\w-]+\.jsonl$/.test(path)) return mergedStateFile(sides);
  if (/^sync\/[\w-]+\.journal\.jsonl$/.test(path)) return mergedJournal(sides);
  return { content: mergedFile(path, sides, days), isReplaced: !isMeaningful(path) };
}

export function same(a: Buffer | undefined, b: Buffer | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && a.equals(b));
}

const MEANINGFUL = /^(?:day-\d+\/(?:decision|attempts)\.yaml|advisory_backlog\.yaml|journal\.jsonl)$/;

function isMeaningful(path: string): boolean {
  return MEANINGFUL.test(splitPath(path).name);
}

interface Days {
  readonly mine: number;
  readonly theirs: number;
}

/** The last decided day of either side, in the folder of this file. */
function lastDays(path: string, { mine, theirs }: MergeInput): Days {
  const { folder } = splitPath(path);
  return { mine: lastDay(mine, folder), theirs: lastDay(theirs, folder) };
}

function lastDay(files: Files, folder: string): number {
  const days = [...files.keys()].map((path) => {
    const split = splitPath(path);
    return split.folder === folder ? Number(/^day-(\d+)\/decision\.yaml$/.exec(split.name)?.[1] ?? 0) : 0;
  });
  return Math.max(0, ...days);
}

function mergedFile(path: string, sides: Both, days: Days): Buffer | undefined {
  const name = path.split('/').at(-1) ?? '';
  if (!isMeaningful(path)) return sides.mine;
  if (name === 'decision.yaml') return laterAttempt(sides);
  if (name === 'attempts.yaml') return mergedAttempts(sides);
  if (name === 'journal.jsonl') return mergedLines(sides);
  return mergedBacklog(sides, days);
}

/** The decision of the higher attempt; of this run when they are equal, as it ended last. */
function laterAttempt({ mine, theirs }: Both): Buffer | undefined {
  return attemptNumber(theirs) > attemptNumber(mine) ? theirs : mine;
}

function attemptNumber(content: Buffer | undefined): number {
  const decision = decisionShape.whole(parsedYaml(String(content)));
  return decision ? (decision.attempt ?? 0) : -1;
}

/** Every attempt of both, by number. Two runs that counted the same stand both there. */
function mergedAttempts(sides: Both): Buffer | undefined {
  const read = (content: Buffer | undefined) => attemptsShape.whole(parsedYaml(String(content)));
  const [mine, theirs] = [read(sides.mine), read(sides.theirs)];
  if (!mine || !theirs) return mine ? sides.mine : theirs ? sides.theirs : sides.mine;
  const entries = union({ base: read(sides.base) ?? [], mine, theirs }, (entry) => JSON.stringify(entry));
  return Buffer.from(yamlText(entries.sort((a, b) => a.run - b.run)));
}

/** The lines of both, in order: first the branch's, then what only this run has. */
function mergedLines(sides: Both): Buffer {
  const lines = (content: Buffer | undefined) => String(content ?? '').split('\n').filter(Boolean); // biome-ignore format: one thought
  const merged = union(
    { base: lines(sides.base), mine: lines(sides.mine), theirs: lines(sides.theirs) },
    (line) => line,
  );
  return Buffer.from(merged.map((line) => `${line}\n`).join(''));
}

function mergedBacklog(sides: Both, days: Days): Buffer | undefined {
  const read = (content: Buffer | undefined) => backlogShape.whole(parsedYaml(String(content)));
  const [mine, theirs] = [read(sides.mine), read(sides.theirs)];
  if (!mine || !theirs) return mine ? sides.mine : theirs ? sides.theirs : sides.mine;
  return Buffer.from(yamlText(mergedItems({ base: read(sides.base) ?? [], mine, theirs }, days)));
}

/** One entry per concern. An id that two runs gave to different concerns stays with the branch's; mine gets the next one. */
function mergedItems({ base, mine, theirs }: Versions<readonly BacklogItem[]>, days: Days): BacklogItem[] {
  const before = byId(base);
  const merged = theirs
    .filter((item) => !before.has(item.id) || mine.some((own) => sameFinding(own, item)))
    .map((item) => {
      const own = mine.find((candidate) => sameFinding(candidate, item));
      return own ? { ...item, status: mergedStatus(before.get(item.id)?.status, own, item, days) } : item;
    });
  for (const own of mine) {
    if (theirs.some((item) => sameFinding(own, item)) || before.has(own.id)) continue;
    merged.push(
      merged.some(({ id }) => id === own.id) ? { ...own, id: freeId(own.id.replace(/\d+$/, ''), merged) } : own,
    );
  }
  return merged;
}

function byId(items: readonly BacklogItem[]): Map<string, BacklogItem> {
  return new Map(items.map((item) => [item.id, item]));
}

/** Who changed it says what it is; when both say something else, the later day does, and an open concern is kept open. */
function mergedStatus(
  before: BacklogItem['status'] | undefined,
  mine: BacklogItem,
  theirs: BacklogItem,
  days: Days,
): BacklogItem['status'] {
  if (mine.status === theirs.status || theirs.status === before) return mine.status;
  if (mine.status === before) return theirs.status;
  if (days.mine === days.theirs) return 'open';
  return days.mine > days.theirs ? mine.status : theirs.status;
}
