/** The headings of a Markdown epic, and which of them begin an epic or a story. Pure. */
import type { Piece } from './epic.ts';
import type { Line } from './lines.ts';

export interface Heading {
  readonly line: number;
  readonly level: number;
  /** Without the signs around it. */
  readonly text: string;
  /** Where it begins in the file. */
  readonly start: number;
}

export interface Named {
  readonly id?: Piece;
  readonly title: Piece;
}

export function headingsOf(lines: readonly Line[]): Heading[] {
  return lines.flatMap((line, at) => {
    if (line.kind !== 'text') return [];
    const [, before = '', signs = ''] = /^( {0,3}(#{1,6}))(?=[ \t]|$)/.exec(line.text) ?? [];
    if (signs === '') return [];
    const raw = line.text.slice(before.length);
    const text = withoutClosing(raw.trim());
    const start = line.start + before.length + (raw.length - raw.trimStart().length);
    return [{ line: at, level: signs.length, text, start }];
  });
}

function withoutClosing(text: string): string {
  let end = text.length;
  while (text[end - 1] === '#') end -= 1;
  if (end === text.length) return text;
  const before = text.slice(0, end);
  return before === '' || /[ \t]$/.test(before) ? before.trimEnd() : text;
}

const STORY = /^((?:[^\p{L}\p{N}#\s:]+[ \t]+)?)([A-Za-z][A-Za-z0-9]{0,30}[-_/]\d{1,12}|#\d{1,12})[ \t]*:(?=[ \t]|$)/u;
const BARE = /^()(\d{1,12})[ \t]*:(?=[ \t]|$)/;
const EPIC = /^((?:[^\p{L}\p{N}#\s:]+[ \t]+)?Epic[ \t]*:[ \t]*)/iu;

/** Of `[emoji] ID: Title`; `undefined` for any other heading. */
export function storyIn({ text, start, level }: Heading): Required<Named> | undefined {
  const found = STORY.exec(text) ?? (level === 1 ? BARE.exec(text) : null);
  if (!found) return;
  const [whole, before = '', id = ''] = found;
  return { id: piece(id, start + before.length), title: titleFrom(text, whole.length, start) };
}

const WITHOUT_COLON = /^(?:[^\p{L}\p{N}#\s:]+[ \t]+)?([A-Za-z][A-Za-z0-9]{0,30}-\d{1,12})(?=[ \t]|$)/u;

/** The id of a heading that would be a story's if a colon stood behind it. */
export function idWithoutColon({ text }: Heading): string | undefined {
  return WITHOUT_COLON.exec(text)?.[1];
}

/** Of `Epic: KEY - Title`. */
export function epicIn({ text, start }: Heading): Named | undefined {
  const before = EPIC.exec(text)?.[0];
  if (before === undefined) return;
  const rest = text.slice(before.length);
  const [, key = '', gap = ''] =
    /^(#?[A-Za-z0-9][A-Za-z0-9_./-]{0,60})([ \t]+[-–—](?=[ \t]|$)|[ \t]*:(?=[ \t]|$)|$)/.exec(rest) ?? [];
  const isKey = key !== '' && (/\d/.test(key) || key === key.toUpperCase());
  if (!isKey) return { title: titleFrom(text, before.length, start) };
  const id = piece(key, start + before.length);
  const title = titleFrom(text, before.length + key.length + gap.length, start);
  // an epic that has no other title is called by its key
  return { id, title: title.text === '' ? { ...title, text: '' } : title };
}

/** Of any heading that stands for an epic: what follows its signs and emojis. */
export function titleOf({ text, start }: Heading): Piece {
  const before = /^[^\p{L}\p{N}\s"'`*_([<&@$]+[ \t]+/u.exec(text)?.[0] ?? '';
  return titleFrom(text, before.length, start);
}

/** The key of an id: what is said in references, where `/` and `#` mean something. */
export function keyOfId(id: string): string {
  return id.replace(/^#/, '').replaceAll(/[/#:\s]/g, '-');
}

const STATUS_SIGN = /(?:✅|☑️?|✔️?|🔄|📋|⏳|🚧|🚫|⛔|❌|🔴|🟡|🟢|⏸️?)$/u;

function titleFrom(text: string, from: number, start: number): Piece {
  const rest = text.slice(from);
  let title = rest.trim();
  for (let sign = endSign(title); sign > 0; sign = endSign(title)) title = title.slice(0, -sign).trimEnd();
  return piece(title, start + from + (rest.length - rest.trimStart().length));
}

/** How many characters of a sign of state the text ends with. */
function endSign(text: string): number {
  return STATUS_SIGN.exec(text.slice(-4))?.[0].length ?? 0;
}

function piece(text: string, start: number): Piece {
  return { text, start, end: start + text.length };
}
