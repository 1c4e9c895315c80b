/**
 * Where an issue's text and metadata are: the text in the column that people read, whose type holds 2,000 characters, and what is
 * longer, like the metadata, in the column “PACE data”. https://developer.monday.com/api-reference/reference/long-text
 */

import { PaceError } from '../../core/errors.ts';
import type { Metadata } from '../../core/ports/index.ts';
import { isRecord } from '../../core/record.ts';
import { type Columns, columnFor } from './columns.ts';
import type { WireColumn, WireItem } from './shapes.ts';

/** All values of an item together have about 64 KB; what is left is for the other columns. */
export const BODY_LIMIT = 40_000;

const LONG_TEXT_LIMIT = 2000;
/** Stands where the text goes on elsewhere; people may edit what is before it. */
const GOES_ON = '\n\n[… the rest is in the column “PACE data”]';

export interface Texts {
  readonly body: string;
  readonly metadata: Metadata;
  /** The part of the body that stands beside the metadata. */
  readonly rest: string;
}

/** The size of both, in bytes, as if all of it stood beside the metadata: a bound for what it takes. */
export function measure(markdown: string, metadata: Metadata | undefined): number {
  return Buffer.byteLength(
    packed({ ...(markdown === '' ? {} : { rest: markdown }), ...(hasAny(metadata) ? { metadata } : {}) }),
  );
}

/** The values of both columns. Throws `unsupported` for what has no column. */
export function writtenTexts(columns: Columns, { body, metadata }: Omit<Texts, 'rest'>): Record<string, string> {
  const { head, rest } = split(body);
  const shown = head !== '' || columns.description ? { [columnFor(columns, 'description').id]: head } : {};
  return { ...shown, ...writtenData(columns, { metadata, rest }) };
}

/** The value of the column with the data alone. */
export function writtenData(columns: Columns, { metadata, rest }: Omit<Texts, 'body'>): Record<string, string> {
  const data = packed({ ...(hasAny(metadata) ? { metadata } : {}), ...(rest === '' ? {} : { rest }) });
  return data !== '' || columns.data ? { [fitting(columnFor(columns, 'data'), data).id]: data } : {};
}

export function readTexts(columns: Columns, item: WireItem): Texts {
  const text = (column: WireColumn | undefined) =>
    (column && item.column_values.find(({ id }) => id === column.id)?.text) || '';
  const { metadata, rest } = unpacked(text(columns.data));
  const shown = text(columns.description);
  if (rest === '' || !shown.endsWith(GOES_ON)) return { body: shown, metadata, rest: '' };
  return { body: shown.slice(0, -GOES_ON.length) + rest, metadata, rest };
}

function split(body: string): { head: string; rest: string } {
  if (body.length <= LONG_TEXT_LIMIT) return { head: body, rest: '' };
  let at = LONG_TEXT_LIMIT - GOES_ON.length;
  // not in the middle of a character
  if (!body.slice(0, at).isWellFormed()) at -= 1;
  return { head: body.slice(0, at) + GOES_ON, rest: body.slice(at) };
}

/** JSON without a character that means something in HTML. */
function packed(data: Readonly<Record<string, unknown>>): string {
  if (Object.keys(data).length === 0) return '';
  return JSON.stringify(data).replace(/[<>&]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`);
}

/** What somebody else has written there reads as nothing. */
function unpacked(text: string): { metadata: Metadata; rest: string } {
  try {
    const data: unknown = JSON.parse(text || '{}');
    const { metadata, rest } = isRecord(data) ? data : {};
    return { metadata: isRecord(metadata) ? metadata : {}, rest: typeof rest === 'string' ? rest : '' };
  } catch {
    return { metadata: {}, rest: '' };
  }
}

function fitting(column: WireColumn, text: string): WireColumn {
  if (column.type !== 'long_text' || text.length <= LONG_TEXT_LIMIT) return column;
  throw new PaceError({
    kind: 'validation',
    message: `Metadata and the rest of the text have ${text.length} characters, and a column of the type Long text holds ${LONG_TEXT_LIMIT}.`,
    remedy: `Please make “${column.title}” a column of the type Text, which holds more.`,
  });
}

function hasAny(metadata: Metadata | undefined): metadata is Metadata {
  return metadata !== undefined && Object.keys(metadata).length > 0;
}
