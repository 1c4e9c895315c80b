/** Work packages as issues. Pure. */
import { splitMetadata } from '../../core/drivers/hidden-metadata.ts';
import type { Comment, Issue, IssueLink, Person, Priority } from '../../core/ports/issue.ts';
import { PRIORITIES } from '../../core/ports/issue.ts';
import { type Move, momentOf, type Note } from '../../core/spec-kitty/events.ts';
import { stateOf } from '../../core/spec-kitty/lanes.ts';
import { subtaskTexts } from '../../core/spec-kitty/mission.ts';
import { laneOf, subtasksOf, textsOf, type WorkPackageStatus } from '../../core/spec-kitty/reducer.ts';
import { type Board, type Package, statusIn } from './issue-context.ts';

export function issuesOf(board: Board): Issue[] {
  const links = linksOf(board);
  const texts = subtaskTexts(board.tasks ?? '');
  const lines = Map.groupBy([...board.log.moves, ...board.log.notes], ({ workPackage }) => workPackage);
  const all = board.packages.length;
  return board.packages.map((pack, at) =>
    toIssue(board, pack, { links, texts, lines: lines.get(pack.file.id) ?? [], age: all - at }),
  );
}

interface AmongAll {
  readonly links: ReadonlyMap<string, readonly IssueLink[]>;
  readonly texts: ReadonlyMap<string, string>;
  /** Those about it. */
  readonly lines: readonly (Move | Note)[];
  /** In milliseconds: what stands first is the oldest of those that nobody knows the age of. */
  readonly age: number;
}

function toIssue(board: Board, pack: Package, { links, texts, lines, age }: AmongAll): Issue {
  const { file, path, changedAt } = pack;
  const status = statusIn(board, file.id);
  const lane = laneOf(status);
  const times = timesOf(lines);
  const createdAt = times.length > 0 ? Math.min(...times) : Math.max(0, changedAt - age);
  const priority = priorityOf(file.priority);
  const { body, metadata } = splitMetadata(file.body);
  const author = authorOf(lines);
  return {
    ...{ key: file.id, url: `${path}#${file.id}`, title: file.title, body },
    ...{ state: stateOf(lane), stateName: lane },
    ...(priority !== undefined && { priority }),
    labels: [...new Set(file.tags)],
    assignees: assigneesOf(pack, status),
    links: links.get(file.id) ?? [],
    commentCount: notesIn(lines).filter((note) => !isOwn(note)).length,
    sections: sectionsOf(pack, status, { texts, lines }),
    createdAt,
    updatedAt: Math.max(createdAt, changedAt, ...times),
    ...(author !== undefined && { author }),
    metadata,
  };
}

/** Who has planned it, when that was a person. */
function authorOf(lines: readonly (Move | Note)[]): Person | undefined {
  const first = lines.find((line) => line.kind === 'move' && line.from === 'genesis');
  return first && first.actor !== '' && first.actor !== 'finalize-tasks' ? personOf(first.actor) : undefined;
}

/** Those that say something. */
function notesIn(lines: readonly (Move | Note)[]): Note[] {
  return lines.filter((line) => line.kind === 'note').filter(({ delta }) => delta.note !== undefined);
}

/** In milliseconds. */
function timesOf(lines: readonly (Move | Note)[]): number[] {
  return lines.map(({ at }) => Math.floor(momentOf(at))).filter(Number.isFinite);
}

export function assigneesOf({ file }: Package, status: WorkPackageStatus | undefined): Person[] {
  const named = status?.get('assignee') ?? file.assignee;
  return typeof named === 'string' && named.trim() !== '' && named !== NOBODY ? [personOf(named)] : [];
}

/** The log can give a work package to somebody else, and to nobody it cannot: this is how it says so. */
export const NOBODY = 'unassigned';

export function personOf(name: string): Person {
  return { id: name, name, ...(/^[^\s@]+@[^\s@]+$/.test(name) && { email: name }) };
}

/** In whose name the log says that a move has been refused. */
export const OWN_ACTOR = 'PACE';

/** A word about a tracker to the people of Spec Kitty: no comment that goes back to the tracker. */
function isOwn({ actor, delta: { note = '' } }: Note): boolean {
  return actor === OWN_ACTOR && /^PACE: .* has set this to \w+ in a tracker\. /s.test(note);
}

/** `P1`; other words are nobody's. */
export function priorityOf(text: string | undefined): Priority | undefined {
  const [, digit] = /^P?([0-4])$/i.exec(text?.trim() ?? '') ?? [];
  return PRIORITIES.find((priority) => String(priority) === digit);
}

function sectionsOf(
  { file }: Package,
  status: WorkPackageStatus | undefined,
  { texts, lines }: Pick<AmongAll, 'texts' | 'lines'>,
) {
  const lanes = subtasksOf(status);
  const ids = [...new Set([...file.subtasks, ...lanes.keys()])];
  const subtasks = ids.map((id) =>
    `- [${lanes.get(id) === 'done' ? 'x' : ' '}] ${id} ${texts.get(id) ?? ''}`.trimEnd(),
  );
  const agent = status?.get('agent');
  const parts = [
    { name: 'Subtasks', text: subtasks.join('\n') },
    { name: 'Agent', text: typeof agent === 'string' ? agent : '' },
    { name: 'Tracker references', text: textsOf(status, 'tracker_refs').join(', ') },
    {
      name: 'Refused moves',
      text: notesIn(lines)
        .filter(isOwn)
        .map(({ delta }) => delta.note)
        .join('\n'),
    },
    { name: 'Activity Log', text: file.activity ?? '' },
  ];
  return parts.filter(({ text }) => text !== '');
}

/** Told by the one that depends, seen from both. */
export function linksOf({ packages }: Board): ReadonlyMap<string, readonly IssueLink[]> {
  const links = new Map<string, IssueLink[]>();
  const add = (key: string, link: IssueLink) => {
    const own = links.get(key) ?? [];
    own.push(link);
    links.set(key, own);
  };
  for (const { file } of packages) {
    for (const target of new Set(file.dependencies)) {
      if (target === file.id) continue;
      add(file.id, { type: 'depends on', target });
      add(target, { type: 'is dependency of', target: file.id });
    }
  }
  return links;
}

/** Oldest first. */
export function commentsOf({ log }: Board, key: string): Comment[] {
  return notesIn(log.notes)
    .filter((note) => note.workPackage === key && !isOwn(note))
    .map(({ id, actor, at, delta: { note = '' } }) => ({
      ...{ id, body: note, createdAt: Math.max(0, Math.floor(momentOf(at))) },
      ...(actor !== '' && { author: personOf(actor) }),
    }))
    .sort((one, other) => one.createdAt - other.createdAt || (one.id < other.id ? -1 : 1));
}
