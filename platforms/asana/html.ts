/** Asana's rich text as a tree. It is XML by promise; what is not is read as far as it goes. https://developers.asana.com/docs/rich-text */

export interface Element {
  readonly tag: string;
  readonly attributes: string;
  readonly children: Node[];
}
export type Node = string | Element;

const PIECES = /<(\/?)([a-z][\w-]*)((?:"[^"]*"|'[^']*'|[^>"'])*)>|[^<]+|</gi;
const EMPTY = new Set(['hr', 'br', 'img']);

export function parseHtml(html: string): Node[] {
  const root: Element = { tag: 'body', attributes: '', children: [] };
  const open: Element[] = [root];
  for (const [piece, slash, name, attributes = ''] of html.matchAll(PIECES)) {
    const inside = open.at(-1) ?? root;
    const tag = name?.toLowerCase() ?? '';
    if (name === undefined) inside.children.push(decoded(piece));
    else if (tag === 'body') continue;
    else if (slash) close(open, tag);
    else {
      const element: Element = { tag, attributes, children: [] };
      inside.children.push(element);
      if (!EMPTY.has(tag) && !attributes.endsWith('/')) open.push(element);
    }
  }
  return root.children;
}

/** An end without a beginning is nothing; one that closes over others closes them too. */
function close(open: Element[], tag: string): void {
  const at = open.findLastIndex((element) => element.tag === tag);
  if (at > 0) open.length = at;
}

export function attribute({ attributes }: Element, name: string): string {
  const [, value] = new RegExp(`(?:^|\\s)${name}="([^"]*)"`, 'i').exec(attributes) ?? [];
  return decoded(value ?? '');
}

export function textOf(nodes: readonly Node[]): string {
  return nodes.map((node) => (typeof node === 'string' ? node : textOf(node.children))).join('');
}

export function encoded(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };

/** The characters that entities stand for; what is no entity stays. Markdown has the same ones. */
export function decoded(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{1,8}));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return NAMED[name] ?? whole;
    const point = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });
}
