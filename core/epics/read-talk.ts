/** Comments and links below a story. Pure. */
import { createHash } from 'node:crypto';
import type { LinkType } from '../ports/issue.ts';
import type { WrittenComment, WrittenLink } from './epic.ts';
import { keyOfId } from './headings.ts';
import type { Line } from './lines.ts';
import { tableAt } from './tables.ts';
import { linkNamed } from './words.ts';

const HEADER = /^\*\*@?([^*]{1,100}?)(?::\*\*|\*\*(?:[ \t]*\((\d{4}-\d{2}-\d{2})[^)]{0,40}\))?[ \t]*:)[ \t]?/;
const COMMENT_MARK = /<!-- pace:comment ([a-z0-9-]{1,40}) (\d{1,16})(?: (\d{1,16}))? -->/;

/** Each is a quotation; an empty line parts two. */
export function readComments(lines: readonly Line[], first: number, behind: number): WrittenComment[] {
  const comments: WrittenComment[] = [];
  const counts = new Map<string, number>();
  for (let at = first; at < behind; ) {
    if (lines[at]?.kind !== 'quote') {
      at += 1;
      continue;
    }
    let end = at;
    while (end < behind && lines[end]?.kind === 'quote') end += 1;
    const texts = lines.slice(at, end).map(({ text }) => text.replace(/^ {0,3}>[ ]?/, ''));
    comments.push({ ...commentOf(texts, counts), first: at, behind: end });
    at = end;
  }
  return comments;
}

function commentOf(
  [head = '', ...rest]: readonly string[],
  counts: Map<string, number>,
): Omit<WrittenComment, 'first' | 'behind'> {
  const [whole, by, day] = HEADER.exec(head) ?? [];
  const mark = COMMENT_MARK.exec(head.slice(0, 400));
  const inHead = (mark ? head.slice(0, mark.index) + head.slice(mark.index + mark[0].length) : head).slice(
    whole?.length ?? 0,
  );
  const body = trimmed([...(inHead.trim() === '' ? [] : [inHead.trimEnd()]), ...rest]);
  const at = day === undefined ? Number.NaN : Date.parse(`${day}T00:00:00Z`);
  const who = by?.trim();
  if (mark) {
    const [, id = '', time, edited] = mark;
    return { id, body, ...(who && { by: who }), at: Number(time), ...(edited && { edited: Number(edited) }) };
  }
  // by who wrote it when: its text may be mended
  const name = createHash('sha256')
    .update(`${who ?? ''}|${day ?? ''}`)
    .digest('hex')
    .slice(0, 8);
  const count = (counts.get(name) ?? 0) + 1;
  counts.set(name, count);
  return { id: `${name}-${count}`, body, ...(who && { by: who }), ...(Number.isNaN(at) ? {} : { at }) };
}

export function trimmed(lines: readonly string[]): string {
  const first = lines.findIndex((line) => line.trim() !== '');
  const last = lines.findLastIndex((line) => line.trim() !== '');
  return first < 0 ? '' : lines.slice(first, last + 1).join('\n');
}

const BULLET = /^ {0,1}[-*+][ \t]+(?=[`#[*A-Za-z])/;
const TARGET = /^`?\[?(#?[A-Za-z0-9][\w./-]{0,80}?)\]?(?:\([^()\s]{0,500}\))?`?(?=$|[\s,;:–—])/;

/** Below `Links`, `Related Issues` or `Dependencies`: bullets or a table. */
export function readLinks(
  lines: readonly Line[],
  {
    first,
    behind,
    isDependencies,
  }: { readonly first: number; readonly behind: number; readonly isDependencies: boolean },
): WrittenLink[] {
  const links: WrittenLink[] = [];
  const usual = isDependencies ? ('depends on' as const) : ('relates to' as const);
  for (let at = first; at < behind; ) {
    const table = tableAt(lines, at, behind);
    if (table) {
      const target = table.columns.findIndex((name) => /^(?:target|issue|id|key|story|link|to)$/.test(name));
      const type = table.columns.findIndex((name) => /^(?:type|relation|relationship|link type)$/.test(name));
      for (const { line, cells } of table.rows) {
        const key = targetIn(cells[target]?.text ?? '');
        if (key) links.push({ type: linkNamed(cells[type]?.text ?? '') ?? usual, target: key, line });
      }
      at = table.behind;
      continue;
    }
    const { text, kind } = lines[at] as Line;
    if (kind === 'list') {
      const { type, rest } = typedBullet(text.slice(BULLET.exec(text)?.[0].length ?? text.length));
      for (const one of targetsIn(rest)) links.push({ type: type ?? usual, target: one, line: at });
    }
    at += 1;
  }
  return links;
}

/** The longest words at its beginning that say what kind of link it is. */
function typedBullet(text: string): { readonly type?: LinkType; readonly rest: string } {
  const words = text.split(/[ \t]+/, 4);
  for (let count = 3; count > 0; count -= 1) {
    const type = linkNamed(words.slice(0, count).join(' ').replaceAll(/[*:]/g, ''));
    if (type)
      return {
        type,
        rest: text
          .split(/[ \t]+/)
          .slice(count)
          .join(' '),
      };
  }
  return { rest: text };
}

/** The keys of a list with commas. */
export function targetsIn(text: string, isKey: (key: string) => boolean = hasDigit): string[] {
  return text.split(/[,;]/, 1000).flatMap((one) => targetIn(one.trim(), isKey) ?? []);
}

function targetIn(text: string, isKey = hasDigit): string | undefined {
  const found = TARGET.exec(text.trim())?.[1];
  return found !== undefined && isKey(found) ? keyOfId(found) : undefined;
}

/** In a sentence: a word without one is no key. */
function hasDigit(key: string): boolean {
  return /\d/.test(key);
}
