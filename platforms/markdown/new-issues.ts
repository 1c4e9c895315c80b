/** Where a new epic, story or subtask goes, and with what it begins. Pure. */
import { dirname } from 'node:path/posix';
import type { Stamp } from '../../core/drivers/documents/document-kind.ts';
import type { EpicFile, Section, Subtask } from '../../core/epics/epic.ts';
import { keyOfId } from '../../core/epics/headings.ts';
import { rowMark } from '../../core/epics/hidden.ts';
import { lastIn, lastLine, nextId, numbered } from '../../core/epics/last-id.ts';
import type { Line } from '../../core/epics/lines.ts';
import { isEpicName } from '../../core/epics/read-epics.ts';
import { columnOf, keyByTitle } from '../../core/epics/read-subtasks.ts';
import { inCell, type Table } from '../../core/epics/tables.ts';
import { STATE_WORDS } from '../../core/epics/words.ts';
import { PaceError } from '../../core/errors.ts';
import type { IssueDraft } from '../../core/ports/issue.ts';
import { usualForm } from './fields.ts';
import { fileOf, foundIn, isIn, linesOf, type Sheet, withEdits, withText } from './issue-context.ts';
import { wordFor } from './states.ts';

interface New {
  /** Its title is in one line. */
  readonly draft: IssueDraft;
  readonly stamp: Stamp;
}

interface Placed {
  readonly sheet: Sheet;
  readonly key: string;
}

/** The new issue with its title and nothing else. */
export function placed(sheet: Sheet, made: New): Placed {
  const type = made.draft.type?.toLowerCase();
  const { parent } = made.draft;
  const above = parent === undefined ? undefined : foundIn(sheet, parent);
  // elsewhere it is a story that is called one
  if (type === 'subtask' && above && !above.subtask && above.section.kind === 'story')
    return newSubtask(sheet, made, above.section);
  const root = fileForNew(sheet, parent);
  const file = sheet.epics.files.find(({ path }) => path === root);
  // where the whole file is one epic, another one stands among its stories
  const isOneEpic = file?.sections.some(({ kind, level }) => kind === 'epic' && level === 1) ?? false;
  return type === 'epic' && !isOneEpic ? newEpic(sheet, root, made) : newStory(sheet, root, made);
}

/** The file of what it stands below; else the one that leads the folder; else the first. */
function fileForNew({ epics, place }: Sheet, parent: string | undefined): string {
  if (!place.isFolder) return place.path;
  const above = epics.sections.find(({ key }) => key === parent);
  const own = epics.files.find(({ path, isStory }) => path === above?.path && !isStory);
  const lead = own ?? epics.files.find(({ path }) => isEpicName(path)) ?? epics.files.find(holdsStories);
  return lead?.path ?? `${place.path}/EPIC.md`;
}

function holdsStories({ isStory, sections }: EpicFile): boolean {
  return !isStory && sections.some(({ kind, level }) => kind === 'story' || level === 2);
}

function newEpic(sheet: Sheet, path: string, { draft: { title } }: New): Placed {
  const id = nextId(sheet.epics, 'epic', 'EPIC-001');
  const after = appended(sheet, path, [`## Epic: ${id} - ${title}`, '', `**Status**: ${wordFor(sheet, 'open')}`]);
  return { sheet: withLast(after, path, id), key: keyOfId(id) };
}

function newStory(sheet: Sheet, path: string, made: New): Placed {
  const { draft } = made;
  const id = nextId(sheet.epics, 'story', 'US-001');
  const stories = sheet.epics.files.filter(({ isStory }) => isStory);
  const file = sheet.epics.files.find((one) => one.path === path);
  const isAmongFiles = stories.length > 0 && !file?.sections.some(({ kind }) => kind === 'story');
  if (sheet.place.isFolder && isAmongFiles) {
    const own = `${dirname(stories[0]?.path ?? path)}/${keyOfId(id)}.md`;
    const text = [`# ${id}: ${draft.title}`, '', `> **Status**: ${wordFor(sheet, 'open')}`, ''].join('\n');
    return { sheet: withLast(withText(sheet, own, text), file ? path : own, id), key: keyOfId(id) };
  }
  const block = storyBlock(sheet, { id, title: draft.title });
  const at = placeOfStory(file, draft.parent);
  const after = at === undefined ? appended(sheet, path, block) : inserted(sheet, path, at, block);
  return { sheet: withLast(after, path, id), key: keyOfId(id) };
}

function storyBlock(sheet: Sheet, { id, title }: { readonly id: string; readonly title: string }): string[] {
  const form = usualForm(sheet, { kind: 'story', level: 3 });
  const word = wordFor(sheet, 'open');
  const head = {
    table: ['| Field | Value |', '| --- | --- |', `| **Status** | ${inCell(word)} |`],
    quote: [`> **Status**: ${word}`],
    bold: [`**Status**: ${word}`],
  }[form];
  return [`### ${id}: ${title}`, '', ...head];
}

interface Spot {
  /** Behind which line; -1: before the line `before`. */
  readonly behind: number;
  readonly before?: number;
}

/** Behind the last story of the same epic; `undefined`: at the end. */
function placeOfStory(file: EpicFile | undefined, parent: string | undefined): Spot | undefined {
  if (!file) return;
  const { sections, lines } = file;
  const epics = sections.filter(({ kind, level }) => kind === 'epic' && level < 3);
  const above = epics.find(({ key }) => key === parent) ?? (epics[0]?.level === 1 ? epics[0] : undefined);
  if (above) {
    const last = sections.findLast(({ within }) => within === above.key) ?? above;
    return { behind: lastLineOf(lines.all, last) };
  }
  const [first] = epics;
  if (!first) return;
  const root = sections.findLast(({ kind, header }) => kind === 'story' && header < first.header);
  return root ? { behind: lastLineOf(lines.all, root) } : { behind: -1, before: first.header };
}

/** With the headings that lead on to the stories of an epic. */
function lastLineOf(lines: readonly Line[], { kind, header, behind, last }: Section): number {
  if (kind === 'story') return last - 1;
  let at = behind;
  while (at > header + 1 && (lines[at - 1]?.text.trim() === '' || lastIn(lines[at - 1]?.text ?? '') !== undefined))
    at -= 1;
  return at - 1;
}

function inserted(sheet: Sheet, path: string, { behind, before }: Spot, block: readonly string[]): Sheet {
  const { eol, lines } = fileOf(sheet, path);
  const text = block.join(eol);
  if (before !== undefined) {
    const start = lines.all[before]?.start ?? 0;
    return withEdits(sheet, path, [{ start, end: start, text: `${text}${eol}${eol}` }]);
  }
  const line = lines.all[behind];
  if (!line) return appended(sheet, path, block);
  const next = lines.all[behind + 1];
  const gap = next && next.text.trim() !== '' ? eol : '';
  return withEdits(sheet, path, [{ start: line.end, end: line.end, text: `${eol}${eol}${text}${gap}` }]);
}

/** At the end of the file, before the line that remembers the last id. */
function appended(sheet: Sheet, path: string, block: readonly string[]): Sheet {
  const file = sheet.epics.files.find((one) => one.path === path);
  const eol = file?.eol ?? '\n';
  const text = block.join(eol);
  const { all = [] } = file?.lines ?? {};
  let last = all.length - 1;
  while (last >= 0 && (all[last]?.text.trim() === '' || lastIn(all[last]?.text ?? '') !== undefined)) last -= 1;
  const line = all[last];
  if (!file || !line)
    return withText(
      sheet,
      path,
      `${file?.text.startsWith('\uFEFF') ? '\uFEFF' : ''}${text}${eol}${file ? file.text.replace(/^\uFEFF/, '') : ''}`,
    );
  const rest = line.end === line.next ? eol : '';
  return withEdits(sheet, path, [{ start: line.end, end: line.end, text: `${eol}${eol}${text}${rest}` }]);
}

/** One line at the end remembers the highest id of each kind. */
function withLast(sheet: Sheet, path: string, id: string): Sheet {
  const { eol, lines, text } = fileOf(sheet, path);
  const prefix = numbered(id)?.prefix;
  const there = lines.all.find(
    (line) => numbered(lastIn(line.text) ?? '')?.prefix === prefix && lastIn(line.text) !== undefined,
  );
  if (there) return withEdits(sheet, path, [{ start: there.start, end: there.end, text: lastLine(id) }]);
  const end = text.length;
  const gap = text.endsWith('\n') || text.endsWith('\r') ? eol : `${eol}${eol}`;
  const isBelowOne = lines.all.some((line) => lastIn(line.text) !== undefined);
  return withEdits(sheet, path, [
    { start: end, end, text: `${isBelowOne ? gap.slice(eol.length) : gap}${lastLine(id)}${eol}` },
  ]);
}

function newSubtask(sheet: Sheet, { draft, stamp }: New, section: Section): Placed {
  const key = newKey(sheet, section.key, { title: draft.title, seed: `${stamp.now}|${stamp.person.id}` });
  return { sheet: rowOf(sheet, section, { title: draft.title, mark: rowMark(key) }), key };
}

/** Behind the last one, in the form that the story has; a table of its own where it has none. */
function rowOf(sheet: Sheet, section: Section, { title, mark }: NewRow): Sheet {
  const table = section.tables.at(-1);
  const item = section.subtasks.findLast(({ form }) => form === 'item');
  if (table) return withRow(sheet, section, { table, title, mark });
  if (item) return withItem(sheet, section, { item, title, mark });
  return withSubtasks(sheet, section, { title, mark });
}

/** The row with its title alone below another story; it stays the same issue. What else it said is to be written again. */
export function withRowBelow(sheet: Sheet, key: string, story: string): Sheet {
  const { section, subtask } = foundIn(sheet, key);
  const target = foundIn(sheet, story);
  if (!subtask || target.subtask || target.section.kind !== 'story') {
    throw new PaceError({
      kind: 'validation',
      message: `${key} can only be a row of a story, and ${story} is not one.`,
      remedy: 'Please name a story.',
    });
  }
  const lines = linesOf(sheet, section);
  const [line, data] = [lines[subtask.line], subtask.data && lines[subtask.data.line]];
  const gone = [line, data].flatMap((one) => (one ? [{ start: one.start, end: one.next, text: '' }] : []));
  const without = withEdits(sheet, section.path, gone);
  const title = subtask.title.text;
  return rowOf(without, foundIn(without, story).section, { title, mark: rowMark(key) });
}

/** The one that the row has by its title where it can be: who takes the hidden id out of it leaves it the same issue. */
function newKey(
  sheet: Sheet,
  story: string,
  { title, seed }: { readonly title: string; readonly seed: string },
): string {
  const own = keyByTitle(story, title);
  for (let turn = 0; ; turn += 1) {
    const key = turn === 0 ? own : keyByTitle(story, `${title}|${seed}|${turn}`);
    if (!isIn(sheet, key)) return key;
  }
}

interface NewRow {
  readonly title: string;
  readonly mark: string;
}

function withRow(sheet: Sheet, section: Section, { table, title, mark }: NewRow & { readonly table: Table }): Sheet {
  const lines = linesOf(sheet, section);
  const { eol } = fileOf(sheet, section.path);
  const cells = table.columns.map(() => ' ');
  const put = (name: Parameters<typeof columnOf>[1], text: string) => {
    const at = columnOf(table, name);
    if (at >= 0) cells[at] = ` ${text} `;
  };
  const numbers = table.rows.flatMap(({ cells: own }) => Number(own[columnOf(table, 'number')]?.text) || []);
  put('number', String(Math.max(0, table.rows.length, ...numbers) + 1));
  put('title', `${inCell(title)}${mark}`);
  put('status', wordFor(sheet, 'open'));
  const line = lines[table.behind - 1] as Line;
  return withEdits(sheet, section.path, [{ start: line.end, end: line.end, text: `${eol}|${cells.join('|')}|` }]);
}

function withItem(sheet: Sheet, section: Section, { item, title, mark }: NewRow & { readonly item: Subtask }): Sheet {
  const lines = linesOf(sheet, section);
  const { eol } = fileOf(sheet, section.path);
  const like = /^( {0,1}[-*+])/.exec(lines[item.line]?.text ?? '')?.[1] ?? '-';
  // what is indented below the last one belongs to it
  let at = item.line;
  while (/^[ \t]+\S/.test(lines[at + 1]?.text ?? '')) at += 1;
  const end = lines[at]?.end ?? 0;
  return withEdits(sheet, section.path, [{ start: end, end, text: `${eol}${like} [ ] ${title}${mark}` }]);
}

/** In a section of their own, with a heading that is smaller than the story's. */
function withSubtasks(sheet: Sheet, section: Section, { title, mark }: NewRow): Sheet {
  const { eol } = fileOf(sheet, section.path);
  const lines = linesOf(sheet, section);
  const empty = section.named.find(({ name }) => name === 'subtasks');
  const hashes = '#'.repeat(section.level === 1 ? 2 : 4);
  const rows = [
    '| # | Subtask | Description | SP | Status |',
    '| --- | --- | --- | --- | --- |',
    `| 1 | ${inCell(title)}${mark} |  |  | ${STATE_WORDS.open} |`,
  ];
  const heading = empty ? [] : [`${hashes} Subtasks`, ''];
  const after = lines[empty ? empty.first : section.last - 1] as Line;
  const text = `${eol}${eol}${[...heading, ...rows].join(eol)}`;
  return withEdits(sheet, section.path, [{ start: after.end, end: after.end, text }]);
}
