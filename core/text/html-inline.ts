/** The part of HTML that stands in lines: emphasis, code, links, images. */
import { type Element, firstCharacter, isBlock, linesOf, type Node, visibleText } from './html-tree.ts';
import { emphasized, escapedInLink, escapedText, inlineCode, linkAddress } from './markdown-marks.ts';

export interface InlineDialect {
  /** Blanks stay as many as they are, as in Asana; in HTML many are one. */
  readonly keepsBlanks?: boolean;
  /** The vendor makes links of addresses by itself, so that they need no signs around them. */
  readonly linksAddresses?: boolean;
}

interface Inside {
  /** The signs that stand around it already. */
  readonly open: readonly string[];
  readonly inLink: boolean;
}

export const SIGNS: Readonly<Record<string, string>> = {
  ...{ strong: '**', b: '**' },
  ...{ em: '*', i: '*' },
  ...{ s: '~~', del: '~~', strike: '~~' },
};
const CODE = new Set(['code', 'tt', 'kbd', 'samp']);

/** Line ends in it are those that people see. */
export function inline(nodes: readonly Node[], dialect: InlineDialect): string {
  return inner(nodes, dialect, { open: [], inLink: false });
}

/** The same on one line. */
export function inlineLine(nodes: readonly Node[], dialect: InlineDialect): string {
  return onLine(inline(nodes, dialect));
}

export function onLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

export function isEmphasis({ tag }: Element): boolean {
  return Object.hasOwn(SIGNS, tag);
}

function signOf({ tag }: Element): string | undefined {
  return Object.hasOwn(SIGNS, tag) ? SIGNS[tag] : undefined;
}

function inner(nodes: readonly Node[], dialect: InlineDialect, inside: Inside): string {
  const all = merged(nodes);
  const pieces: string[] = [];
  for (const [index, node] of all.entries()) {
    const before = pieces.at(-1) ?? '';
    const made =
      typeof node === 'string'
        ? plainText(node, dialect, inside)
        : inlineElement(node, dialect, inside, {
            before: before.at(-1) ?? '',
            next: all[index + 1],
            after: all[index + 2],
          });
    if (made === '') continue;
    // the sign before a link would make an image of it
    if (made.startsWith('[') && before.endsWith('!')) pieces[pieces.length - 1] = `${before.slice(0, -1)}\\!`;
    pieces.push(made);
  }
  return pieces.join('');
}

/** Two of a kind side by side are one: their signs would run together. */
function merged(nodes: readonly Node[]): Node[] {
  const all: Node[] = [];
  /** A copy of the last element: it takes what follows. */
  let last: Element | undefined;
  for (const node of nodes) {
    const sign = typeof node === 'object' ? signOf(node) : undefined;
    if (typeof node !== 'object' || sign === undefined) {
      last = undefined;
      all.push(node);
    } else if (last && signOf(last) === sign) {
      for (const child of node.children) last.children.push(child);
    } else {
      last = { ...node, children: [...node.children] };
      all.push(last);
    }
  }
  return all;
}

function plainText(text: string, dialect: InlineDialect, { inLink }: Inside): string {
  const shown = dialect.keepsBlanks ? text : text.replace(/[ \t\r\n\f]+/g, ' ');
  return inLink ? escapedInLink(shown) : escapedText(shown);
}

interface Neighbours {
  readonly before: string;
  readonly next: Node | undefined;
  readonly after: Node | undefined;
}

function inlineElement(node: Element, dialect: InlineDialect, inside: Inside, near: Neighbours): string {
  const { tag, children } = node;
  const sign = signOf(node);
  if (sign !== undefined) return emphasis(node, { sign, dialect, inside, near });
  if (tag === 'br') return '\n';
  if (CODE.has(tag)) return inlineCode(linesOf(children));
  if (tag === 'pre') return ` ${inlineCode(linesOf(children))} `;
  if (tag === 'a') return link(node, dialect, inside, near);
  if (tag === 'img') return image(node);
  if (tag === 'input') return checkbox(node);
  const text = inner(children, dialect, inside);
  return isBlock(node) ? `\n${text}\n` : text;
}

interface Emphasis {
  readonly sign: string;
  readonly dialect: InlineDialect;
  readonly inside: Inside;
  readonly near: Neighbours;
}

function emphasis(node: Element, { sign, dialect, inside, near }: Emphasis): string {
  if (inside.open.includes(sign)) return inner(node.children, dialect, inside);
  const text = inner(node.children, dialect, { ...inside, open: [...inside.open, sign] });
  return emphasized(text, sign, { before: near.before, behind: firstCharacter(near.next) });
}

function link(node: Element, dialect: InlineDialect, inside: Inside, near: Neighbours): string {
  const href = node.attributes.get('href') ?? '';
  if (href === '' || inside.inLink) return inner(node.children, dialect, inside);
  const shown = visibleText(node.children);
  if (shown === href && /^https?:\/\/./.test(href)) {
    const address = href.replace(/[<>\s\p{Cc}]/gu, encodeURIComponent);
    const isPlain = dialect.linksAddresses && inside.open.length === 0 && canStandAlone(address, near);
    return isPlain ? address : `<${address}>`;
  }
  if (href === `mailto:${shown}` && /^[\w.+-]+@[a-z\d]+(?:[.-][a-z\d]+)+$/i.test(shown)) return `<${shown}>`;
  const text = onLine(inner(node.children, dialect, { ...inside, inLink: true }));
  return `[${text || escapedInLink(href)}](${linkAddress(href)})`;
}

/** An address that everybody sees the ends of. https://github.github.com/gfm/#autolinks-extension- */
function canStandAlone(href: string, { before, next, after }: Neighbours): boolean {
  return (
    /^https?:\/\/[\w-]+(?:\.[\w-]+)+(?:[/?#][\w/?#&=%.,:+-]*)?$/.test(href) &&
    /[a-z0-9/]$/i.test(href) &&
    /^(?:$|[\s(])/.test(before) &&
    endsAddress(next, after)
  );
}

/** What stands right behind would belong to it, were it also the backslash of a line end. */
function endsAddress(next: Node | undefined, after: Node | undefined): boolean {
  if (next === undefined) return true;
  if (typeof next === 'object') return false;
  const isLast = typeof after === 'object' && after.tag === 'br';
  if (isLast) return /^[.,:;!?)]{0,3}\s+\S/.test(next);
  return after === undefined ? /^[.,:;!?)]{0,3}(?:\s|$)/.test(next) : /^[.,:;!?)]{0,3}\s/.test(next);
}

function image({ attributes }: Element): string {
  const alt = escapedInLink(onLine(attributes.get('alt') ?? ''));
  const address = attributes.get('src') ?? '';
  return address === '' ? alt : `![${alt}](${linkAddress(address)})`;
}

function checkbox({ attributes }: Element): string {
  if (attributes.get('type')?.toLowerCase() !== 'checkbox') return '';
  return attributes.has('checked') ? '[x] ' : '[ ] ';
}
