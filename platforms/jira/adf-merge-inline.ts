/**
 * A line of a text with other words: what Markdown has no sign for (mentions, dates, statuses, cards, files, colours, comments at words)
 * stays where its words stay. Pure.
 */
import type { AdfMark, AdfNode } from './adf-node.ts';
import { visibleText } from './adf-to-markdown-inline.ts';
import { alignment } from './alignment.ts';
import { mergeText } from './markdown-to-adf-inline.ts';

/** A word, a blank, a sign, a break, or a thing that stands for several of these. */
interface Piece {
  /** Equal pieces have equal keys. */
  readonly key: string;
  readonly node: AdfNode;
  /** `undefined` for a break and a thing. */
  readonly text?: string;
}

/** The words of `after`, with the things and the marks of `before` that they keep. */
export function mergedInline(before: readonly AdfNode[], after: readonly AdfNode[]): AdfNode[] {
  const things = before.filter(isThing).map((node) => keysOf(visibleText(node)));
  const names = things.filter((words) => words.length > 0).toSorted((one, other) => other.length - one.length);
  const old = before.flatMap((node) => (isThing(node) ? [thing(node)] : collapsed(pieces(node), names)));
  const now = after.flatMap((node) => collapsed(pieces(node), names));
  const kept = new Map(
    alignment(
      old.map(({ key }) => key),
      now.map(({ key }) => key),
    ).map(([one, other]) => [other, one]),
  );
  const unseen = unseenThings(old);
  const found = now.flatMap((piece, at) => {
    const place = kept.get(at);
    if (place === undefined) return [piece.node];
    return [...unseen.before(place), remaining(old[place], piece), ...unseen.behind(place)];
  });
  return mergeText([...found, ...unseen.before(old.length)]);
}

/** What is neither words nor a break. */
function isThing({ type }: AdfNode): boolean {
  return type !== 'text' && type !== 'hardBreak';
}

function thing(node: AdfNode): Piece {
  return { key: nameKey(keysOf(visibleText(node))), node };
}

const NAME = '\u0001';

function nameKey(words: readonly string[]): string {
  return words.length === 0 ? '' : NAME + words.join('');
}

function pieces(node: AdfNode): Piece[] {
  if (node.type === 'hardBreak') return [{ key: '\n', node }];
  // words in code are others than those outside
  const code = node.marks?.some(({ type }) => type === 'code') ? '\u0002' : '';
  return wordsOf(node.text ?? '').map((text) => ({ key: code + keyOf(text), text, node: { ...node, text } }));
}

function wordsOf(text: string): string[] {
  return text.match(/[ \t\r\n]+|[\p{L}\p{N}_]+|[\s\S]/gu) ?? [];
}

function keysOf(text: string): string[] {
  return wordsOf(text).map(keyOf);
}

/** However wide a blank is; one that is no plain blank means something. */
function keyOf(word: string): string {
  return /^[ \t\r\n]/.test(word) ? ' ' : word;
}

/** Words that are those of a thing count as one piece: so a thing is there as a whole, or not at all. */
function collapsed(all: readonly Piece[], names: readonly (readonly string[])[]): Piece[] {
  const result: Piece[] = [];
  for (let at = 0; at < all.length; ) {
    const piece = all[at];
    if (piece === undefined) break;
    const name = names.find((words) => words.every((word, index) => all[at + index]?.key === word));
    result.push(
      name ? { key: nameKey(name), text: name.join(''), node: { ...piece.node, text: name.join('') } } : piece,
    );
    at += name?.length ?? 1;
  }
  return result;
}

/** Things of which people see nothing stay behind what stood before them, else before what stood behind them. */
function unseenThings(old: readonly Piece[]) {
  let told = 0;
  const before = (place: number): AdfNode[] => {
    const between = old.slice(told, place).filter(({ key }) => key === '');
    told = Math.max(told, place);
    return between.map(({ node }) => node);
  };
  const behind = (place: number): AdfNode[] => {
    let end = place + 1;
    while (old[end]?.key === '') end += 1;
    return before(end);
  };
  return { before, behind };
}

/** Marks that Markdown has no signs for. */
const FOREIGN = ['underline', 'textColor', 'backgroundColor', 'subsup', 'annotation'];

function remaining(old: Piece | undefined, piece: Piece): AdfNode {
  if (old === undefined) return piece.node;
  if (isThing(old.node)) return old.node;
  const marks = piece.node.marks ?? [];
  const foreign = (old.node.marks ?? []).filter((mark) => FOREIGN.includes(mark.type) && mayStandWith(mark, marks));
  return foreign.length === 0 ? piece.node : { ...piece.node, marks: [...marks, ...foreign] };
}

/** Jira lets code be commented, and nothing else; a link has a colour of its own. */
function mayStandWith({ type }: AdfMark, marks: readonly AdfMark[]): boolean {
  const has = (other: string) => marks.some((mark) => mark.type === other);
  if (type === 'annotation') return true;
  return !has('code') && !(type === 'textColor' && has('link'));
}
