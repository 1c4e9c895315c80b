/** Ids of new issues: each is given once, also when the one before it was taken out of the file. Pure. */
import type { Epics } from './epic.ts';

const LAST = /^<!-- pace:last ([^\s<>]{1,80}) -->[ \t]*$/;
const ID = /^(.*?[^\d])(\d{1,12})$|^(\d{1,12})$/;

/** The highest id of its kind that was given in a file, where a line at the end says it. */
export function lastIn(line: string): string | undefined {
  return LAST.exec(line)?.[1];
}

export function lastLine(id: string): string {
  return `<!-- pace:last ${id} -->`;
}

interface Numbered {
  readonly prefix: string;
  readonly number: number;
  readonly width: number;
}

export function numbered(id: string): Numbered | undefined {
  const [, prefix = '', digits = '', bare = ''] = ID.exec(id.slice(0, 100)) ?? [];
  const found = digits || bare;
  return found === '' ? undefined : { prefix, number: Number(found), width: found.length };
}

/** The next one of the kind that was written last. `usual` where there is none. */
export function nextId({ files, sections }: Epics, kind: 'epic' | 'story', usual: string): string {
  const ids = sections.filter((one) => one.kind === kind).flatMap(({ id }) => (id ? [id.text] : []));
  const given = files.flatMap(({ lines }) => lines.all.slice(-20).flatMap(({ text }) => lastIn(text) ?? []));
  const pattern = numbered(ids.findLast((id) => numbered(id)) ?? usual);
  const { prefix, width } = pattern ?? { prefix: 'US-', width: 3 };
  const all = [...sections.flatMap(({ id }) => (id ? [id.text] : [])), ...sections.map(({ key }) => key), ...given];
  const same = all
    .flatMap((id) => numbered(id) ?? [])
    .filter((one) => one.prefix.toLowerCase() === prefix.toLowerCase());
  const highest = same.reduce((most, { number }) => Math.max(most, number), 0);
  const isFirst = same.length === 0;
  const next = isFirst ? (numbered(usual)?.number ?? 1) : highest + 1;
  return `${prefix}${String(next).padStart(width, '0')}`;
}
