/** What stands in a comment and is no text: files, images, links with a preview, frames, tables. */
import { isRecord } from '../../core/record.ts';
import { escapedInLink, linkAddress } from '../../core/text/markdown-marks.ts';
import type { Run } from './run.ts';

/** A link by its name; an address alone where it has none; the words that ClickUp shows where it has no address. */
export function namedLink(run: Run, before: string): string {
  const about = aboutOf(run);
  const address = addressOf(about);
  const name = nameOf(run, about, address);
  if (address === undefined) return before === '' || name === '' ? name : `(${before}${name})`;
  return name === '' ? `<${safe(address)}>` : `[${escapedInLink(`${before}${name}`)}](${linkAddress(address)})`;
}

export function imageLink(run: Run): string {
  const about = aboutOf(run);
  const address = addressOf(about);
  const name = nameOf(run, about, address);
  if (address === undefined) return name === '' ? '' : `(attachment: ${name})`;
  return `![${escapedInLink(name)}](${linkAddress(address)})`;
}

/** `rows` and `columns` tell how many there are, `cells` what is in them: by `row:column`, counted from 1. */
export function tableRun(run: Run, read: (cell: readonly Run[]) => string): string[] {
  const { rows, columns, cells } = aboutOf(run);
  const places = isRecord(cells) ? Object.keys(cells).map((place) => place.split(':').map(Number)) : [];
  const height = Math.max(lengthOf(rows), ...places.map(([row = 0]) => row));
  const width = Math.max(lengthOf(columns), ...places.map(([, column = 0]) => column));
  if (!isRecord(cells) || !isSmall(height) || !isSmall(width)) return [];
  const textAt = (row: number, column: number) => {
    const cell = cells[`${row}:${column}`];
    const content: unknown = isRecord(cell) ? cell['content'] : undefined;
    const runs = Array.isArray(content) ? content.filter(isRecord) : [];
    return read(runs).replace(/\s+/g, ' ').trim().replaceAll('|', '\\|');
  };
  const lines = upTo(height).map(
    (row) =>
      `| ${upTo(width)
        .map((column) => textAt(row, column))
        .join(' | ')} |`,
  );
  const [head = '', ...body] = lines;
  return [head, `|${' --- |'.repeat(width)}`, ...body];
}

/** A table that nobody could read was not made by a person. */
function isSmall(count: number): boolean {
  return Number.isInteger(count) && count > 0 && count <= 500;
}

function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, place) => place + 1);
}

function lengthOf(list: unknown): number {
  return Array.isArray(list) ? list.length : 0;
}

/** The member that is called as the type is; a bookmark calls itself a link here and there. */
function aboutOf(run: Run): Readonly<Record<string, unknown>> {
  const found: unknown = Reflect.get(run, run.type ?? '');
  return isRecord(found) ? found : {};
}

function addressOf({ url, src, id }: Readonly<Record<string, unknown>>): string | undefined {
  const found = [url, src, id].find(
    (text) => typeof text === 'string' && /^(?:https?:\/\/|mailto:)/i.test(text.trim()),
  );
  return typeof found === 'string' ? found.trim() : undefined;
}

/** Names come as parts of addresses, with their signs encoded. */
function nameOf(run: Run, about: Readonly<Record<string, unknown>>, address: string | undefined): string {
  const found = [about['title'], about['name'], run.text].find(
    (text) => typeof text === 'string' && text.trim() !== '',
  );
  const name = typeof found === 'string' ? decoded(found).replace(/\s+/g, ' ').trim() : '';
  return name === address ? '' : name;
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

function safe(address: string): string {
  return address.replace(/[<>\s]/g, encodeURIComponent);
}
