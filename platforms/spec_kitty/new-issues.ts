/** A new work package: its file, its section in `tasks.md`, and the line by which it is planned. Pure. */
import type { Change, Stamp } from '../../core/drivers/documents/document-kind.ts';
import { edited } from '../../core/drivers/documents/edits.ts';
import type { IssueDraft } from '../../core/ports/issue.ts';
import { oneLine, scalar, withKey } from '../../core/spec-kitty/front-matter.ts';
import { LANE_OF } from '../../core/spec-kitty/lanes.ts';
import type { NewMove, NewNote } from '../../core/spec-kitty/new-lines.ts';
import { headlineOf, withBody } from '../../core/spec-kitty/work-package.ts';
import type { Board } from './issue-context.ts';
import { referenceNotes } from './references.ts';
import { movedBetween } from './states.ts';
import { changeOf, shownTitle, textOfBody } from './writes.ts';

/** Refused whole where it cannot have its state: nothing is made then. */
export function created(board: Board, draft: IssueDraft, stamp: Stamp): Change {
  const key = nextKey(board);
  const title = shownTitle(draft.title);
  const name = fileName(key, title);
  const path = `${board.place.folder}/tasks/${name}`;
  const moves = movesOf(board, key, draft, stamp);
  if (moves.refusal) throw moves.refusal;
  const [assignee] = draft.assignees ?? [];
  const given: NewNote[] = assignee === undefined ? [] : [{ workPackage: key, delta: { assignee } }];
  const marked = referenceNotes(key, { before: {}, after: draft.metadata ?? {}, known: [] });
  const texts = new Map([[path, textOf(name, { key, title }, draft)]]);
  if (board.tasks !== undefined)
    texts.set(`${board.place.folder}/tasks.md`, withSection(board.tasks, { key, title, name }));
  return changeOf(board, { key, texts, entries: [...moves.entries, ...given, ...marked], stamp });
}

function movesOf(board: Board, key: string, { state = 'open' }: IssueDraft, { person }: Stamp) {
  const planned: NewMove = { workPackage: key, from: 'genesis', to: 'planned', reason: 'Created in PACE' };
  if (state === 'open') return { entries: [planned] };
  const { entries, refusal } = movedBetween(board, {
    ...{ key, from: 'planned', to: LANE_OF[state], subtasks: [], person: person.name },
  });
  return { entries: [planned, ...entries], ...(refusal && { refusal }) };
}

/** One more than the greatest number that was ever given here. */
function nextKey({ packages, log, tasks = '' }: Board): string {
  const ids = [
    ...packages.map(({ file }) => file.id),
    ...[...log.moves, ...log.notes].map(({ workPackage }) => workPackage),
    ...(tasks.match(/\bWP\d{1,6}\b/g) ?? []),
  ];
  const numbers = ids.map((id) => Number(/^WP(\d{1,6})$/.exec(id)?.[1] ?? 0));
  const next = numbers.reduce((most, number) => Math.max(most, number), 0) + 1;
  return `WP${String(next).padStart(2, '0')}`;
}

function fileName(key: string, title: string): string {
  const words =
    title
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? [];
  const slug = words.join('-').slice(0, 50).replace(/-$/, '');
  return slug === '' ? `${key}.md` : `${key}-${slug}.md`;
}

interface Named {
  readonly key: string;
  readonly title: string;
}

function textOf(name: string, { key, title }: Named, { body, labels = [], priority, metadata }: IssueDraft): string {
  const front = [
    ...['---', `work_package_id: ${key}`, `title: ${scalar(title)}`, 'dependencies: []', 'subtasks: []', 'history: []'],
    ...(priority === undefined ? [] : [`priority: P${priority}`]),
    ...['tags: []', 'tracker_refs: []', '---'],
  ];
  const bare = [...front, '', headlineOf({ id: key, title }), '', '## Activity Log', ''].join('\n');
  const tags = withKey(bare, 'tags', [...new Set(labels.map(oneLine))]);
  return withBody(name, tags ? edited(bare, [tags]) : bare, textOfBody(body, metadata));
}

/** Spec Kitty looks for a section of each work package. */
function withSection(tasks: string, { key, title, name }: Named & { readonly name: string }): string {
  const eol = /\r\n|\n/.exec(tasks)?.[0] ?? '\n';
  const lines = [
    `## Work Package ${key}: ${title}`,
    '',
    `**Prompt**: \`tasks/${name}\``,
    '',
    '### Dependencies',
    '',
    '- None.',
  ];
  const gap = tasks === '' || /(?:\r\n|\n)\s*(?:\r\n|\n)$/.test(tasks) ? '' : tasks.endsWith('\n') ? eol : eol + eol;
  return `${tasks}${gap}${lines.join(eol)}${eol}`;
}
