/** Days of a sprint that is over are filed under `.pace/sprints/<id>/`; open advisories go on. A sprint that is taken up again gets its days back. */
import { copyFile, mkdir, readdir, readFile, rename, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { errorCode } from '../../../core/errors.ts';
import { workspacePath } from '../../../core/files/workspace-path.ts';
import { writeWhole } from '../../../core/files/write-whole.ts';
import { plainLine } from '../../../core/text/untrusted-text.ts';
import { sprintFolder } from '../../plan/sprint-id.ts';
import { openItems } from '../backlog.ts';
import { isKept } from './kept-files.ts';
import type { State } from './state.ts';

export interface Filed {
  /** The ids of the sprints whose days were filed. */
  readonly sprints: readonly string[];
  readonly days: number;
}

/** Beside the days: what is undelivered about them. */
const JOURNAL = 'journal.jsonl';
const BACKLOG = 'advisory_backlog.yaml';
const DECISION = 'decision.yaml';
/** Where the sprints that are over lie. */
const FILED = 'sprints';

export interface Leaving {
  /** The id of the sprint that a person ends. */
  readonly sprint: string;
  /** Whether this path below the gate's folder is under version control: it belongs to its commits. */
  isTracked(path: string): boolean;
}

/**
 * Files what belongs to other sprints than this one. By itself only PACE's own files are moved: what agents have written may be of
 * the new sprint already. Where a person ends a sprint, all that lies in the folders of its days is.
 */
export async function fileEarlierSprints(state: State, sprint: string, leaving?: Leaving): Promise<Filed> {
  const kept = await state.keptDays();
  const isUsual = !leaving && kept.every((one) => one.sprint === sprint);
  if (isUsual && (await namesIn(join(state.dir, FILED))).length === 0) return { sprints: [], days: 0 };
  // whoever may change the repository could else make PACE move files elsewhere
  const folders = new Set([sprint, ...(leaving ? [leaving.sprint] : []), ...kept.map((one) => one.sprint)]);
  for (const id of folders) await workspacePath(dirname(state.root), sprintDir(state, id));
  const others = kept.filter((one) => one.sprint !== sprint);
  const last = leaving?.sprint ?? others.at(-1)?.sprint;
  // before the days: where this is cut off, what is left of them tells the next run that it is not done
  if (last !== undefined) await fileJournal(state, sprintDir(state, last));
  for (const { day, sprint: of } of others) {
    const name = `day-${day}`;
    await moveFiles(join(state.dir, name), join(sprintDir(state, of), name), (file) => isKept(`${name}/${file}`));
  }
  const present = kept.filter((one) => one.sprint === sprint).map(({ day }) => day);
  if (leaving) await fileWhole(state, leaving, present);
  if (last !== undefined) await fileBacklog(state, sprintDir(state, last));
  await bringBack(state, sprint);
  return { sprints: [...new Set(others.map((one) => one.sprint))], days: others.length };
}

/** What agents have written about the days of the sprint that ends. */
async function fileWhole(state: State, { sprint, isTracked }: Leaving, present: readonly number[]): Promise<void> {
  const days = (await namesIn(state.dir)).filter((name) => /^day-\d+$/.test(name));
  for (const name of days.filter((day) => !present.includes(Number(day.slice(4))))) {
    const to = join(sprintDir(state, sprint), name);
    await moveFiles(join(state.dir, name), to, (file) => !isTracked(`${name}/${file}`));
  }
}

/** What is said about it. */
export function filedNote({ sprints, days }: Filed, sprint: string): string | undefined {
  if (days === 0) return undefined;
  const names = sprints.map((id) => (id === '' ? 'without a name' : plainLine(id, 60))).join(', ');
  const now = sprint === '' ? 'The sprint has changed' : `The sprint is now ${plainLine(sprint, 60)}`;
  const count = days === 1 ? '1 day' : `${days} days`;
  return `${now}: ${count} of the sprint ${names} ${days === 1 ? 'was' : 'were'} filed under .pace/sprints/. Open advisories go on.`;
}

/** Below it nothing is mistaken for a day of the present sprint. */
function sprintDir({ dir }: State, id: string): string {
  return join(dir, FILED, sprintFolder(id));
}

/** What is undelivered goes with its days. */
async function fileJournal({ dir }: State, folder: string): Promise<void> {
  await moveJournal(join(dir, JOURNAL), join(folder, JOURNAL), (moved, there) => `${there}${moved}`);
}

async function fileBacklog(state: State, folder: string): Promise<void> {
  const items = await state.backlog();
  if (items.length === 0) return;
  await mkdir(folder, { recursive: true });
  await copyFile(join(state.dir, BACKLOG), join(folder, BACKLOG));
  await state.saveBacklog(openItems(items));
}

async function bringBack(state: State, sprint: string): Promise<void> {
  const folder = sprintDir(state, sprint);
  for (const name of await namesIn(folder)) {
    if (/^day-\d+$/.test(name)) await moveFiles(join(folder, name), join(state.dir, name), () => true);
  }
  await moveJournal(join(folder, JOURNAL), join(state.dir, JOURNAL), (moved, there) => `${moved}${there}`);
  // else it would be shown as one that is over
  await rmdir(folder).catch(unlessInUse);
}

/** A line that stands there twice, after a run that was cut off here, means the same as once. */
async function moveJournal(from: string, to: string, joined: (moved: string, there: string) => string): Promise<void> {
  const moved = await linesOf(from);
  if (moved === '') return;
  await writeWhole(to, joined(moved, await linesOf(to)));
  await rm(from);
}

/** With the end of its last line, which a run that was killed may not have written. */
async function linesOf(path: string): Promise<string> {
  try {
    const text = await readFile(path, 'utf8');
    return text === '' || text.endsWith('\n') ? text : `${text}\n`;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return '';
    throw error;
  }
}

/** The decision last: as long as it is there, a run that was cut off is known not to be done. */
async function moveFiles(from: string, to: string, isMoved: (file: string) => boolean): Promise<void> {
  const moved = (await namesIn(from)).filter(isMoved);
  for (const file of [...moved.filter((name) => name !== DECISION), ...moved.filter((name) => name === DECISION)]) {
    await move(join(from, file), join(to, file));
  }
  await rmdir(from).catch(unlessInUse);
}

/** Never over another file: what was filed before stays. */
async function move(from: string, to: string): Promise<void> {
  if (!(await exists(from)) || (await exists(to))) return;
  await mkdir(dirname(to), { recursive: true });
  await rename(from, to);
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(error))) return [];
    throw error;
  }
}

function unlessInUse(error: unknown): void {
  if (!['ENOENT', 'ENOTEMPTY', 'EEXIST'].includes(errorCode(error))) throw error;
}
