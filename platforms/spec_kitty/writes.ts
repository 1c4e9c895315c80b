/** Work packages created, changed and moved: lines at the end of the log, and texts in their files. Pure. */
import type { Change, FileChange, Stamp } from '../../core/drivers/documents/document-kind.ts';
import { type Edit, edited } from '../../core/drivers/documents/edits.ts';
import { splitMetadata, withMetadata } from '../../core/drivers/hidden-metadata.ts';
import { PaceError, unsupported } from '../../core/errors.ts';
import { inWords } from '../../core/ports/capabilities.ts';
import type { Target } from '../../core/ports/index.ts';
import type { IssuePatch, Metadata } from '../../core/ports/issue.ts';
import { readLog } from '../../core/spec-kitty/events.ts';
import { oneLine, withKey } from '../../core/spec-kitty/front-matter.ts';
import { type NewMove, type NewNote, newLines } from '../../core/spec-kitty/new-lines.ts';
import { statusFile, textsOf } from '../../core/spec-kitty/reducer.ts';
import { bodyText, headlineEdit, readWorkPackage, withBody } from '../../core/spec-kitty/work-package.ts';
import { cut, plainLine } from '../../core/text/untrusted-text.ts';
import { metadataAfter, peopleAfter } from '../../core/tracker/concurrent-edits.ts';
import { editedLabels } from '../../core/tracker/patched-issue.ts';
import { type Board, type Package, packageIn, requireWritable, statusIn } from './issue-context.ts';
import { referenceNotes } from './references.ts';
import { moved } from './states.ts';
import { assigneesOf, NOBODY } from './wire.ts';

export const TITLE_LIMIT = 500;
export const ONE_PERSON = 'A work package is one person’s.';

export function updated(board: Board, key: string, patch: IssuePatch, stamp: Stamp): Change {
  const pack = packageIn(board, key);
  const people = patch.assignees ?? peopleAfter(assigneesOf(pack, statusIn(board, key)), patch);
  if (new Set(people).size > 1) throw unsupported('Spec Kitty', inWords('several assignees'), ONE_PERSON);
  const assigned = people === undefined ? [] : assignment(board, pack, people);
  const move =
    patch.state === undefined ? { entries: [] } : moved(board, key, { state: patch.state }, stamp.person.name);
  // all or nothing, but for the note that says why
  const text = move.refusal ? pack.text : textAfter(pack, patch);
  const entries = move.refusal ? move.entries : [...assigned, ...references(board, pack, patch), ...move.entries];
  return changeOf(board, { key, texts: new Map([[pack.path, text]]), entries, stamp, refusal: move.refusal });
}

export function transitioned(board: Board, key: string, target: Target, stamp: Stamp): Change {
  const { entries, refusal } = moved(board, key, target, stamp.person.name);
  return changeOf(board, { key, entries, stamp, refusal });
}

function references(board: Board, pack: Package, patch: IssuePatch): NewNote[] {
  const before = splitMetadata(pack.file.body).metadata;
  const known = textsOf(statusIn(board, pack.file.id), 'tracker_refs');
  return referenceNotes(pack.file.id, { before, after: dataAfter(before, patch), known });
}

function dataAfter(now: Metadata, { metadata, setMetadata }: IssuePatch): Metadata {
  return metadata ?? (setMetadata ? metadataAfter(now, setMetadata) : now);
}

function assignment(board: Board, pack: Package, [name]: readonly string[]): NewNote[] {
  const { id } = pack.file;
  const now = assigneesOf(pack, statusIn(board, id)).map((person) => person.id);
  if (name === now[0]) return [];
  return [{ workPackage: id, delta: { assignee: name ?? NOBODY } }];
}

export function shownTitle(title: string): string {
  return cut(oneLine(title), TITLE_LIMIT) || 'Untitled';
}

function textAfter(pack: Package, patch: IssuePatch): string {
  const { title, priority } = patch;
  let { text } = pack;
  if (title !== undefined && shownTitle(title) !== pack.file.title) text = withTitle(pack, text, shownTitle(title));
  text = bodyWritten(pack, text, patch);
  const labels = editedLabels(pack.file.tags, patch)?.map(oneLine);
  if (labels && labels.join('\n') !== pack.file.tags.join('\n')) text = keyWritten(pack, text, 'tags', labels);
  if (priority !== undefined) text = withPriority(pack, text, priority);
  return text;
}

function withTitle(pack: Package, before: string, title: string): string {
  const text = keyWritten(pack, before, 'title', title);
  const file = readWorkPackage(pack.name, text);
  const headline = 'message' in file ? undefined : headlineEdit(text, file, title);
  return headline ? edited(text, [headline]) : text;
}

/** Text and metadata stand there as one: a comment at its end, which pages do not show. */
function bodyWritten(pack: Package, before: string, patch: IssuePatch): string {
  const { body, metadata, setMetadata } = patch;
  if (body === undefined && metadata === undefined && setMetadata === undefined) return before;
  const now = splitMetadata(pack.file.body);
  const wanted = textOfBody(body ?? now.body, dataAfter(now.metadata, patch));
  const text = withBody(pack.name, before, wanted);
  const file = readWorkPackage(pack.name, text);
  if (!('message' in file) && file.body === wanted) return text;
  throw refused(pack, 'This text cannot stand there');
}

function withPriority(pack: Package, text: string, priority: number | null): string {
  const wanted = priority === null ? undefined : `P${priority}`;
  if (wanted === pack.file.priority) return text;
  return keyWritten(pack, text, 'priority', wanted);
}

/** Only keys of Spec Kitty's closed list come here. */
export function keyWritten(
  pack: Pick<Package, 'path'>,
  text: string,
  key: 'title' | 'tags' | 'priority' | 'dependencies',
  value: string | readonly string[] | undefined,
): string {
  const edit = withKey(text, key, value);
  if (edit) return edited(text, [edit]);
  throw refused(pack, `\`${key}\` cannot be changed without changing what stands around it`);
}

function refused({ path }: Pick<Package, 'path'>, what: string): PaceError {
  return new PaceError({
    kind: 'validation',
    message: `${what}: ${plainLine(path, 200)}.`,
    remedy: 'Please edit the file.',
  });
}

export function textOfBody(body: string, metadata: Metadata | undefined): string {
  return bodyText(withMetadata(bodyText(body), metadata));
}

export interface Written {
  readonly key: string;
  /** By path; a file that is not there yet is made. */
  readonly texts?: ReadonlyMap<string, string>;
  readonly entries?: readonly (NewMove | NewNote)[];
  readonly stamp: Stamp;
  readonly refusal?: PaceError | undefined;
  /** The entry that is a comment. */
  readonly comment?: number;
}

/** The texts of people first, then the log, and last what is made of it. Throws where the lanes cannot be written. */
export function changeOf(
  board: Board,
  { key, texts = new Map(), entries = [], stamp, refusal, comment }: Written,
): Change {
  requireWritable(board, { log: entries.length > 0 });
  const { log, mission, place } = board;
  const writer = {
    ...{ now: stamp.now, random: () => stamp.random(), actor: stamp.person.name },
    mission: { slug: mission.slug, ...(mission.id !== undefined && { id: mission.id }) },
  };
  const lines = newLines(log, entries, writer);
  const logPath = `${place.statusFolder}/status.events.jsonl`;
  const statusPath = `${place.statusFolder}/status.json`;
  const own = [...texts].flatMap(([path, text]) => fileChange(path, textAt(board, path), text));
  const status = entries.length === 0 ? [] : fileChange(statusPath, board.statusText, statusAfter(board, lines.text));
  const id = comment === undefined ? undefined : lines.ids[comment];
  return {
    key,
    ...(id !== undefined && { comment: id }),
    ...(refusal && { refusal }),
    files: [...own, ...appended(logPath, board.logText, lines.text), ...status],
  };
}

function textAt({ packages, tasks, place }: Board, path: string): string | undefined {
  if (path === `${place.folder}/tasks.md`) return tasks;
  return packages.find((pack) => pack.path === path)?.text;
}

/** The program, too, ends a last line that has no end. */
function lineBreak(log: string): string {
  return log === '' || log.endsWith('\n') ? '' : '\n';
}

function appended(path: string, log: string | undefined, lines: string): FileChange[] {
  if (lines === '') return [];
  if (log === undefined) return [{ path, create: lines }];
  return [{ path, edits: [{ start: log.length, end: log.length, text: lineBreak(log) + lines }] }];
}

function statusAfter({ logText = '', facts }: Board, lines: string): string {
  const read = readLog(logText + lineBreak(logText) + lines);
  if ('log' in read) return statusFile(read.log, facts);
  throw new Error('Spec Kitty would not read lines of ours.');
}

function fileChange(path: string, before: string | undefined, text: string): FileChange[] {
  if (before === text) return [];
  return [before === undefined ? { path, create: text } : { path, edits: [difference(before, text)] }];
}

/** From the first sign that differs to the last. */
function difference(before: string, text: string): Edit {
  let start = 0;
  const most = Math.min(before.length, text.length);
  while (start < most && before[start] === text[start]) start += 1;
  let tail = 0;
  while (tail < most - start && before[before.length - 1 - tail] === text[text.length - 1 - tail]) tail += 1;
  return { start, end: before.length - tail, text: text.slice(start, text.length - tail) };
}
