/** What PACE keeps of an issue where nobody sees it: an HTML comment below a heading, or below the rows. Pure. */
import { isRecord } from '../record.ts';

export interface Hidden {
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** Who made it, and when: of issues that PACE has made. */
  readonly by?: string;
  readonly made?: number;
  /** When PACE has changed it last, and of which text: where somebody else has changed it since, the file tells. */
  readonly changed?: number;
  readonly digest?: string;
  /** Values that the place does not take as they are, with what is shown there instead; when a person changes that, it counts. */
  readonly exact?: Readonly<Record<string, { readonly shown?: string; readonly value: unknown }>>;
  /** Of a row, which has no place for them. */
  readonly comments?: readonly HiddenComment[];
}

export interface HiddenComment {
  readonly id: string;
  readonly body: string;
  readonly by: string;
  readonly at: number;
  readonly edited?: number;
}

const MARK = /^<!-- pace:metadata ([A-Za-z0-9+/=]+) -->[ \t]*$/;
const ROW_MARK = /^<!-- pace:id ([^\s<>|]{1,200}) -->/;
const ROW_DATA = /^<!-- pace:data ([^\s<>|]{1,200}) ([A-Za-z0-9+/=]+) -->[ \t]*$/;

/** The line below a heading; `undefined` when it is none of ours, or damaged. */
export function readMark(line: string): Hidden | undefined {
  const packed = MARK.exec(line)?.[1];
  return packed === undefined ? undefined : unpacked(packed);
}

export function markOf(hidden: Hidden): string | undefined {
  const filled = withoutEmpty(hidden);
  return Object.keys(filled).length === 0 ? undefined : `<!-- pace:metadata ${packed(filled)} -->`;
}

/** Says within a row which issue it is. */
export interface RowMark {
  /** Where it stands in the text, with the blanks before it. */
  readonly start: number;
  readonly end: number;
  readonly key: string;
}

export function rowMarkIn(text: string): RowMark | undefined {
  const from = text.indexOf('<!-- pace:id ');
  if (from < 0) return;
  let first = from;
  while (text[first - 1] === ' ' || text[first - 1] === '\t') first -= 1;
  const found = ROW_MARK.exec(text.slice(from, from + 250));
  return found?.[1] === undefined ? undefined : { start: first, end: from + found[0].length, key: found[1] };
}

export function rowMark(key: string): string {
  return ` <!-- pace:id ${key} -->`;
}

/** A line below the rows, with what one of them has no place for. */
export interface RowData {
  readonly key: string;
  readonly hidden: Hidden;
}

export function readRowData(line: string): RowData | undefined {
  const [, key, data] = (line.startsWith('<!-- pace:data ') && ROW_DATA.exec(line)) || [];
  const hidden = data === undefined ? undefined : unpacked(data);
  return key === undefined || !hidden ? undefined : { key, hidden };
}

export function rowDataLine(key: string, hidden: Hidden): string | undefined {
  const filled = withoutEmpty(hidden);
  return Object.keys(filled).length === 0 ? undefined : `<!-- pace:data ${key} ${packed(filled)} -->`;
}

function withoutEmpty(hidden: Hidden): Hidden {
  const isFilled = (value: unknown) =>
    value !== undefined &&
    !(isRecord(value) && Object.keys(value).length === 0) &&
    !(Array.isArray(value) && value.length === 0);
  return Object.fromEntries(Object.entries(hidden).filter(([, value]) => isFilled(value)));
}

function packed(hidden: Hidden): string {
  return Buffer.from(JSON.stringify(hidden), 'utf8').toString('base64');
}

/** Written by whoever wrote the file: only what has the shape counts. */
function unpacked(text: string): Hidden | undefined {
  try {
    const found: unknown = JSON.parse(Buffer.from(text, 'base64').toString('utf8'));
    return isRecord(found) ? checked(found) : undefined;
  } catch {
    return undefined;
  }
}

function checked({ metadata, by, made, changed, digest, exact, comments }: Record<string, unknown>): Hidden {
  return {
    ...(isRecord(metadata) && { metadata }),
    ...(typeof by === 'string' && { by }),
    ...(isTime(made) && { made }),
    ...(isTime(changed) && { changed }),
    ...(typeof digest === 'string' && { digest }),
    ...(isRecord(exact) && { exact: exactOf(exact) }),
    ...(Array.isArray(comments) && { comments: comments.filter(isComment) }),
  };
}

function exactOf(found: Record<string, unknown>): NonNullable<Hidden['exact']> {
  const kept = Object.entries(found).flatMap(([name, one]) => {
    if (!isRecord(one) || !('value' in one)) return [];
    const { shown, value } = one;
    return [[name, { value, ...(typeof shown === 'string' && { shown }) }] as const];
  });
  return Object.fromEntries(kept);
}

function isComment(found: unknown): found is HiddenComment {
  if (!isRecord(found)) return false;
  const { id, body, by, at } = found;
  return typeof id === 'string' && typeof body === 'string' && typeof by === 'string' && isTime(at);
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 && value < 8.64e15;
}
