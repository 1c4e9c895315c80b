/** One epic or story of a file: which of its lines are fields, subtasks, comments, links, and which are its body. Pure. */
import type { EpicText, NamedSection, Part, Section, Subtask } from './epic.ts';
import type { Heading } from './headings.ts';
import { readMark } from './hidden.ts';
import { lastIn } from './last-id.ts';
import type { Line, Lines } from './lines.ts';
import { readHead } from './read-fields.ts';
import { type DataLines, readSubtasks } from './read-subtasks.ts';
import { readComments, readLinks, trimmed } from './read-talk.ts';
import type { Table } from './tables.ts';
import { sectionNamed } from './words.ts';

export interface Range {
  readonly kind: Section['kind'];
  readonly heading: Heading;
  readonly behind: number;
  readonly title: Section['title'];
  readonly id?: Section['id'];
  readonly within?: string;
  /** Of all headings, those between its own and the end. */
  readonly below: readonly Heading[];
}

/** `keyOf`: what it is known by, which an epic may tell in its fields. */
export function readSection(
  { path }: EpicText,
  { all: lines }: Lines,
  range: Range,
  data: DataLines,
  keyOf: (section: Pick<Section, 'fields' | 'id' | 'kind' | 'title'>) => string,
): Section & { readonly twice: Section['fields']; readonly nameless: readonly Table[] } {
  const { kind, heading, below, title, id, within } = range;
  const header = heading.line;
  const behind = range.behind;
  const last = lastOf(lines, { ...range, header });
  const mark = markAt(lines, header + 1, last);
  const from = mark ? mark.line + 1 : header + 1;
  const head = readHead(lines, from, Math.min(below[0]?.line ?? last, last));
  const key = keyOf({ fields: head.fields, kind, title, ...(id && { id }) });
  const named = namedSections(below, last);
  const taken = new Set(head.taken);
  const subtasks: Subtask[] = [];
  const [tables, nameless]: [Table[], Table[]] = [[], []];
  const comments: Section['comments'][number][] = [];
  const links: Section['links'][number][] = [];
  for (const section of named) {
    const inner = { first: section.first + 1, behind: section.behind };
    const isBlank = trimmed(lines.slice(inner.first, inner.behind).map(({ text }) => text)) === '';
    const before = taken.size;
    if (section.name === 'subtasks' && kind === 'story') {
      const found = readSubtasks(lines, { ...inner, story: key, data });
      subtasks.push(...found.subtasks);
      tables.push(...found.tables);
      nameless.push(...found.nameless);
      if (found.subtasks.length > 0 || found.tables.length > 0 || isBlank) take(taken, section);
    } else if (section.name === 'comments') {
      const found = readComments(lines, inner.first, inner.behind);
      if (found.length > 0 || isBlank) take(taken, section);
      comments.push(...found);
    } else if (section.name === 'links') {
      const isDependencies = /dependenc/i.test(lines[section.first]?.text ?? '');
      const found = readLinks(lines, { ...inner, isDependencies });
      if (found.length > 0) take(taken, section);
      links.push(...found);
    }
    // one section holds another only where both are text
    if (taken.size > before) continue;
  }
  const headBehind = headEnd(lines, { from, last, taken: head.taken, end: below[0]?.line ?? last });
  const parts = partsOf(lines, { from, last, isTaken: (at) => taken.has(at) || data.at.has(at) });
  return {
    ...{ kind, path, key, level: heading.level, header, behind, last, title, fields: head.fields, headBehind, parts },
    ...{ named, subtasks, tables, nameless, comments, links, twice: head.twice },
    ...(id && { id }),
    ...(mark && { mark }),
    ...(head.tracker && { tracker: head.tracker }),
    ...(within !== undefined && { within }),
  };
}

function take(taken: Set<number>, { first, behind }: NamedSection): void {
  for (let at = first; at < behind; at += 1) taken.add(at);
}

function markAt(lines: readonly Line[], from: number, behind: number): Section['mark'] {
  let at = from;
  while (at < behind && lines[at]?.text.trim() === '') at += 1;
  if (at >= behind) return;
  const hidden = readMark(lines[at]?.text ?? '');
  return hidden && { line: at, hidden };
}

/** Without empty lines and rules at the end; of an epic also without headings that only lead on to its stories. */
function lastOf(lines: readonly Line[], { header, behind, kind, below }: Range & { readonly header: number }): number {
  const headings = new Set(kind === 'epic' ? below.map(({ line }) => line) : []);
  let last = behind;
  while (last > header + 1) {
    const { text, kind: lineKind } = lines[last - 1] as Line;
    if (lineKind === 'comment' && lastIn(text) !== undefined) {
      last -= 1;
      continue;
    }
    const isRule = lineKind === 'text' && /^ {0,3}(?:-{3,}|\*{3,}|_{3,})[ \t]*$/.test(text) && isFree(lines, last - 1);
    if (text.trim() !== '' && !isRule && !headings.has(last - 1)) break;
    if (lineKind === 'kept' || lineKind === 'fence' || lineKind === 'code') break;
    last -= 1;
  }
  return last;
}

/** Not directly below a line of text: there three dashes make a heading of it. */
function isFree(lines: readonly Line[], at: number): boolean {
  return (lines[at - 1]?.text.trim() ?? '') === '';
}

function namedSections(below: readonly Heading[], last: number): NamedSection[] {
  return below.flatMap(({ line, level, text }, place) => {
    const name = sectionNamed(text);
    if (!name || line >= last) return [];
    let next = place + 1;
    while (next < below.length && (below[next]?.level ?? 0) > level) next += 1;
    return [{ name, first: line, behind: Math.min(below[next]?.line ?? last, last) }];
  });
}

/** Behind the last line of the head: what stands before the first text. */
function headEnd(
  lines: readonly Line[],
  {
    from,
    last,
    taken,
    end,
  }: { readonly from: number; readonly last: number; readonly taken: ReadonlySet<number>; readonly end: number },
): number {
  let head = from;
  for (let at = from; at < Math.min(last, end); at += 1) {
    if (taken.has(at)) head = at + 1;
    else if (lines[at]?.text.trim() !== '') break;
  }
  return head;
}

interface Lasting {
  readonly from: number;
  readonly last: number;
  isTaken(at: number): boolean;
}

function partsOf(lines: readonly Line[], { from, last, isTaken }: Lasting): Part[] {
  const parts: Part[] = [];
  let open = -1;
  const close = (behind: number) => {
    if (open >= 0) {
      const part = partIn(lines, open, behind);
      if (part) parts.push(part);
    }
    open = -1;
  };
  for (let at = from; at < last; at += 1) {
    const line = lines[at] as Line;
    if (isTaken(at)) close(at);
    else if (line.kind === 'fence') {
      close(at);
      let end = at + 1;
      while (lines[end]?.kind === 'kept') end += 1;
      parts.push({ first: at, behind: end + 1, text: textOf(lines, at + 1, end), isKept: true });
      at = end;
    } else if (open < 0) open = at;
  }
  close(last);
  return parts;
}

function partIn(lines: readonly Line[], from: number, behind: number): Part | undefined {
  let [first, end] = [from, behind];
  while (first < end && lines[first]?.text.trim() === '') first += 1;
  while (end > first && lines[end - 1]?.text.trim() === '') end -= 1;
  return first === end ? undefined : { first, behind: end, text: textOf(lines, first, end) };
}

function textOf(lines: readonly Line[], first: number, behind: number): string {
  return lines
    .slice(first, behind)
    .map(({ text }) => text)
    .join('\n');
}
