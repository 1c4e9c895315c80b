/** Days of a sprint that is over are filed under `.pace/sprints/<id>/`; open advisories go on. A sprint that is taken up again gets its days back. */

import { isKept } from '../../../core/kept/kept-names.ts';
import { plainLine } from '../../../core/text/untrusted-text.ts';
import { sprintFolder } from '../../plan/sprint-id.ts';
import { openItems } from '../backlog.ts';
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

/**
 * Files what belongs to other sprints than this one. By itself only PACE's own files are moved: what agents have written may be of
 * the new sprint already. Where a person ends a sprint, all that lies in the folders of its days is.
 * @param leaving the id of the sprint that a person ends
 */
export async function fileEarlierSprints(state: State, sprint: string, leaving?: string): Promise<Filed> {
  const days = await state.keptDays();
  const isUsual = leaving === undefined && days.every((one) => one.sprint === sprint);
  if (isUsual && namesIn(state, FILED).length === 0) return { sprints: [], days: 0 };
  const others = days.filter((one) => one.sprint !== sprint);
  const last = leaving ?? others.at(-1)?.sprint;
  // before the days: where this is cut off, what is left of them tells the next run that it is not done
  if (last !== undefined) fileJournal(state, sprintDir(last));
  for (const { day, sprint: of } of others) {
    const name = `day-${day}`;
    moveFiles(state, name, `${sprintDir(of)}/${name}`, (file) => isKept(`${name}/${file}`));
  }
  const present = days.filter((one) => one.sprint === sprint).map(({ day }) => day);
  if (leaving !== undefined) fileWhole(state, leaving, present);
  if (last !== undefined) await fileBacklog(state, sprintDir(last));
  bringBack(state, sprint);
  return { sprints: [...new Set(others.map((one) => one.sprint))], days: others.length };
}

/** What agents have written about the days of the sprint that ends. */
function fileWhole(state: State, sprint: string, present: readonly number[]): void {
  const days = namesIn(state, '').filter((name) => /^day-\d+$/.test(name));
  for (const name of days.filter((day) => !present.includes(Number(day.slice(4))))) {
    moveFiles(state, name, `${sprintDir(sprint)}/${name}`, () => true);
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

/** Paths below the gate's folder. Below this one nothing is mistaken for a day of the present sprint. */
function sprintDir(id: string): string {
  return `${FILED}/${sprintFolder(id)}`;
}

/** Below `.pace`. */
function own({ ownFolder }: State, path: string): string {
  return [ownFolder, path].filter(Boolean).join('/');
}

/** What is undelivered goes with its days. */
function fileJournal(state: State, folder: string): void {
  moveJournal(state, JOURNAL, `${folder}/${JOURNAL}`, (moved, there) => `${there}${moved}`);
}

async function fileBacklog(state: State, folder: string): Promise<void> {
  const items = await state.backlog();
  if (items.length === 0) return;
  const whole = state.kept.read(own(state, BACKLOG));
  if (whole) state.kept.write(own(state, `${folder}/${BACKLOG}`), whole);
  await state.saveBacklog(openItems(items));
}

function bringBack(state: State, sprint: string): void {
  const folder = sprintDir(sprint);
  for (const name of namesIn(state, folder)) {
    if (/^day-\d+$/.test(name)) moveFiles(state, `${folder}/${name}`, name, () => true);
  }
  moveJournal(state, `${folder}/${JOURNAL}`, JOURNAL, (moved, there) => `${moved}${there}`);
  // else it would be shown as one that is over
  state.kept.removeFolder(own(state, folder));
}

/** A line that stands there twice, after a run that was cut off here, means the same as once. */
function moveJournal(state: State, from: string, to: string, joined: (moved: string, there: string) => string): void {
  const moved = linesOf(state, from);
  if (moved === '') return;
  state.kept.write(own(state, to), joined(moved, linesOf(state, to)));
  state.kept.remove(own(state, from));
}

/** With the end of its last line, which a run that was killed may not have written. */
function linesOf(state: State, path: string): string {
  const text = state.kept.read(own(state, path))?.toString('utf8') ?? '';
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}

/** The decision last: as long as it is there, a run that was cut off is known not to be done. */
function moveFiles(state: State, from: string, to: string, isMoved: (file: string) => boolean): void {
  const moved = namesIn(state, from).filter(isMoved);
  for (const file of [...moved.filter((name) => name !== DECISION), ...moved.filter((name) => name === DECISION)]) {
    state.kept.move(own(state, `${from}/${file}`), own(state, `${to}/${file}`));
  }
  state.kept.removeFolder(own(state, from));
}

function namesIn(state: State, folder: string): string[] {
  return state.kept.names(own(state, folder));
}
