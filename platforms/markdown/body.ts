/** The body of an epic or a story: replaced where it changes; what would be mistaken for something else stands between two comments. Pure. */
import type { Edit } from '../../core/drivers/documents/edits.ts';
import type { Part, Section } from '../../core/epics/epic.ts';
import { keptFence, type Line } from '../../core/epics/lines.ts';
import { trimmed } from '../../core/epics/read-talk.ts';
import { PaceError } from '../../core/errors.ts';
import { storable } from '../../core/text/storable.ts';
import { fileOf, foundIn, linesOf, type Sheet, withEdits } from './issue-context.ts';
import { sameOthers } from './same-others.ts';
import { valuesOf } from './wire.ts';

/** As it can stand in a file: with ends of lines of one kind, and none around it. */
export function bodyOf(text: string): string {
  return trimmed(storable(text).split(/\r\n|\r|\n/));
}

export function withBody(sheet: Sheet, key: string, given: string): Sheet {
  const body = bodyOf(given);
  const { section } = foundIn(sheet, key);
  if (valuesOf({ section }).body === body) return sheet;
  for (const make of [plainly, keptApart]) {
    const after = withEdits(sheet, section.path, make(sheet, section, body));
    const there = after.epics.sections.find((one) => one.key === key);
    if (there && valuesOf({ section: there }).body === body && sameOthers(sheet, after, { key, field: 'body' }))
      return after;
  }
  throw new PaceError({
    kind: 'validation',
    message: `This text cannot be the body of ${key} in ${section.path}.`,
    remedy: 'Please shorten it, or write it into a file of its own.',
  });
}

/** Parts that stay at the beginning and at the end are not touched; what is new goes where the first of the others stood. */
function plainly(sheet: Sheet, section: Section, body: string): Edit[] {
  const { parts } = section;
  if (parts.length === 0) return body === '' ? [] : [addition(sheet, section, body)];
  let rest = body;
  let first = 0;
  while (first < parts.length - 1 && rest.startsWith(`${parts[first]?.text}\n\n`)) {
    rest = rest.slice((parts[first]?.text.length ?? 0) + 2);
    first += 1;
  }
  let last = parts.length - 1;
  while (last > first && rest.endsWith(`\n\n${parts[last]?.text}`)) {
    rest = rest.slice(0, -((parts[last]?.text.length ?? 0) + 2));
    last -= 1;
  }
  return replacing(sheet, section, parts.slice(first, last + 1), rest);
}

function keptApart(sheet: Sheet, section: Section, body: string): Edit[] {
  const lines = new Set(body.split('\n'));
  let number = 0;
  while (lines.has(keptFence(number).last)) number += 1;
  const { first, last } = keptFence(number);
  const text = `${first}\n${body}\n${last}`;
  return section.parts.length === 0 ? [addition(sheet, section, text)] : replacing(sheet, section, section.parts, text);
}

function replacing(sheet: Sheet, section: Section, parts: readonly Part[], text: string): Edit[] {
  const lines = linesOf(sheet, section);
  const [first, ...others] = parts;
  if (!first) return [];
  const edits = others.map((part) => removal(lines, part));
  if (text === '') return [removal(lines, first), ...edits];
  return [replacement(sheet, section, first, text), ...edits];
}

/** Lines that are the same at the beginning and at the end stay as they are, with their ends and blanks. */
function replacement(sheet: Sheet, section: Section, part: Part, text: string): Edit {
  const { eol } = fileOf(sheet, section.path);
  const lines = linesOf(sheet, section).slice(part.first, part.behind);
  const wanted = text.split('\n');
  let [head, tail] = [0, 0];
  while (head < lines.length - 1 && head < wanted.length - 1 && lines[head]?.text === wanted[head]) head += 1;
  const isSameTail = () => lines.at(-1 - tail)?.text === wanted.at(-1 - tail);
  while (tail < lines.length - head - 1 && tail < wanted.length - head - 1 && isSameTail()) tail += 1;
  const start = lines[head]?.start ?? 0;
  const end = lines.at(-1 - tail)?.end ?? start;
  return { start, end, text: wanted.slice(head, wanted.length - tail).join(eol) };
}

/** With the empty lines behind it. */
function removal(lines: readonly Line[], { first, behind }: Part): Edit {
  let end = behind;
  while (lines[end] && lines[end]?.text.trim() === '') end += 1;
  const start = lines[first]?.start ?? 0;
  return { start, end: lines[end]?.start ?? lines[end - 1]?.next ?? start, text: '' };
}

function addition(sheet: Sheet, section: Section, text: string): Edit {
  const { eol } = fileOf(sheet, section.path);
  const lines = linesOf(sheet, section);
  const before = lines[section.headBehind - 1] as Line;
  const next = lines[section.headBehind];
  const isFree = (next?.text ?? '').trim() === '';
  const put = text.replaceAll('\n', eol);
  return { start: before.end, end: before.end, text: `${eol}${eol}${put}${isFree ? '' : eol}` };
}
