/** What every call works with: a mission as its files tell it. Pure. */
import type { TextFile } from '../../core/drivers/documents/text-files.ts';
import { PaceError } from '../../core/errors.ts';
import { type Log, readLog } from '../../core/spec-kitty/events.ts';
import { type Mission, readMission } from '../../core/spec-kitty/mission.ts';
import { type MissionFacts, reduced, type Status, type WorkPackageStatus } from '../../core/spec-kitty/reducer.ts';
import { readWorkPackage, type WorkPackageFile } from '../../core/spec-kitty/work-package.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import { notCheckedOut, type Place } from './coordination.ts';

export interface Package {
  readonly path: string;
  readonly name: string;
  readonly text: string;
  readonly changedAt: number;
  readonly file: WorkPackageFile;
}

export interface Board {
  readonly place: Place;
  readonly mission: Mission;
  readonly packages: readonly Package[];
  readonly log: Log;
  readonly logText: string | undefined;
  readonly status: Status;
  readonly statusText: string | undefined;
  /** Of the folder that `status.json` is in. */
  readonly facts: MissionFacts;
  readonly tasks: string | undefined;
}

interface Mistake {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** What was read of a file, by its path: most of them are as they were. */
export type Memory = Map<string, { readonly text: string; readonly file: WorkPackageFile }>;

/** Throws one error with all that is wrong. */
export function boardOf(files: readonly TextFile[], place: Place, memory: Memory = new Map()): Board {
  const { folder, statusFolder, coordination } = place;
  const textAt = (path: string) => files.find((file) => file.path === path)?.text;
  const mistakes: Mistake[] = [];
  const meta = textAt(`${folder}/meta.json`);
  const mission = meta === undefined ? { slug: folder.split('/').at(-1) ?? '' } : readMission(folder, meta);
  if (!mission) mistakes.push({ path: `${folder}/meta.json`, line: 1, column: 1, message: 'It is not a JSON object.' });
  const packages = files
    .filter(({ path }) => path.startsWith(`${folder}/tasks/`))
    .flatMap((file) => packageOf(file, { mistakes, memory }));
  const logText = coordination?.log ?? textAt(`${statusFolder}/status.events.jsonl`);
  const log = logOf(logText ?? '', `${statusFolder}/status.events.jsonl`, mistakes);
  for (const { path } of doubles(packages))
    mistakes.push({ path, line: 2, column: 1, message: 'Another file has the same `work_package_id`.' });
  if (!mission || !log || mistakes.length > 0) throw mistakesError(mistakes);
  return {
    ...{ place, mission, packages, log, logText },
    status: isOlder({ logText, packages }) ? withOldLanes(reduced(log), packages) : reduced(log),
    statusText: textAt(`${statusFolder}/status.json`),
    // a coordination branch has no meta.json: what its status.json tells of the mission is little
    facts: readMission(statusFolder, textAt(`${statusFolder}/meta.json`) ?? '{}') ?? {},
    tasks: textAt(`${folder}/tasks.md`),
  };
}

/** Missions from before the log keep the lanes in the files of their work packages. */
function withOldLanes(status: Status, packages: readonly Package[]): Status {
  const known = packages.flatMap(({ file: { id, lane } }) => (lane ? [[id, new Map([['lane', lane]])] as const] : []));
  return { ...status, workPackages: new Map(known) };
}

interface Reading {
  readonly mistakes: Mistake[];
  readonly memory: Memory;
}

function packageOf({ path, text, changedAt }: TextFile, { mistakes, memory }: Reading): Package[] {
  const name = path.split('/').at(-1) ?? path;
  const known = memory.get(path);
  const file = known?.text === text ? known.file : readWorkPackage(name, text);
  if (!('message' in file)) {
    memory.set(path, { text, file });
    return [{ ...{ path, name, text, changedAt }, file }];
  }
  mistakes.push({ path, ...file });
  return [];
}

function logOf(text: string, path: string, mistakes: Mistake[]): Log | undefined {
  const read = readLog(text);
  if ('log' in read) return read.log;
  for (const { line, message } of read.corrupt) mistakes.push({ path, line, column: 1, message });
  return undefined;
}

function doubles(packages: readonly Package[]): Package[] {
  return packages.filter(({ file }, at) => packages.findIndex((one) => one.file.id === file.id) !== at);
}

/** More help nobody. */
const MOST = 20;

function mistakesError(mistakes: readonly Mistake[]): PaceError {
  const lines = mistakes.slice(0, MOST).map(({ path, line, column, message }) => {
    return `${plainLine(path, 300)}:${line}:${column}: ${plainLine(message, 300)}`;
  });
  const more = mistakes.length > MOST ? [`… and ${mistakes.length - MOST} more`] : [];
  return new PaceError({
    kind: 'validation',
    message: [...lines, ...more].join('\n'),
    remedy: 'Nothing was written. Please mend it; `spec-kitty agent status validate` and `spec-kitty doctor` may help.',
  });
}

export function isIn({ packages }: Board, key: string): boolean {
  return packages.some(({ file }) => file.id === key);
}

/** Throws `not-found`. */
export function packageIn({ packages }: Board, key: string): Package {
  const found = packages.find(({ file }) => file.id === key);
  if (found) return found;
  throw new PaceError({
    kind: 'not-found',
    message: `There is no work package “${plainLine(key, 60)}” in this mission.`,
    remedy: 'Please check the key: `pace issue list` shows all of them.',
  });
}

export function statusIn({ status }: Board, key: string): WorkPackageStatus | undefined {
  return status.workPackages.get(key);
}

/** From before the log: its lanes stand in the files, and a first line of a log would hide them. */
export function isOlder({ logText, packages }: Pick<Board, 'logText' | 'packages'>): boolean {
  return logText === undefined && packages.some(({ file }) => file.lane !== undefined);
}

/** Throws where the lanes are on a branch that is not checked out; with `log`, where there can be no line of ours, too. */
export function requireWritable(board: Board, { log }: { readonly log: boolean }): void {
  const { place, mission } = board;
  const { coordination, folder } = place;
  if (coordination && coordination.worktree === undefined) throw notCheckedOut(coordination, mission.slug);
  if (!log || !isOlder(board)) return;
  throw new PaceError({
    kind: 'configuration',
    message: `${plainLine(folder, 200)} has no log: its lanes stand in its work packages, as older versions of Spec Kitty wrote them. Nothing was written.`,
    remedy: 'Lanes, people and comments can be read. To write them, please let Spec Kitty take the mission over first.',
  });
}
