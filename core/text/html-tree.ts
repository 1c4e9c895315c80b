/**
 * HTML as a tree, however broken it is, in time that grows with its length only. The tokenizer of `htmlparser2` finds tags,
 * attributes and entities; its parser, and those of others, take quadratic time for tags that stay open by the thousand.
 */
import { Tokenizer } from 'htmlparser2';

export interface Element {
  readonly tag: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: Node[];
  /** Whether an element that stands by itself is anywhere inside. */
  hasBlocks: boolean;
}
export type Node = string | Element;

export interface HtmlOptions {
  /** `<a/>` has no content, as in XML; in HTML the slash means nothing. */
  readonly selfClosing?: boolean;
}

/** What is nested deeper keeps its text alone: whoever walks the tree may call itself. */
const DEPTH = 100;
/** So many lists, items and quotes: each of them indents all that is in it. */
const INDENTS = 24;

/** An element whose text is Markdown already; no tag can be called so. */
export const MARKDOWN = '#markdown';

const names = (words: string) => new Set(words.split(' '));

/** Elements that stand by themselves. */
const BLOCKS = names(
  '#markdown h1 h2 h3 h4 h5 h6 pre ul ol li blockquote hr table thead tbody tfoot tr th td caption div p dl dt dd section article header footer main nav aside figure figcaption details summary address center fieldset form',
);
const EMPTY = names('br hr img input wbr area base col embed link meta param source track');
const INDENTING = names('ul ol li blockquote');
/** Their content is nothing that people read. */
const UNSEEN = names('script style template title iframe noembed noframes');
/** An end within them does not end what was begun around them. */
const FENCES = names('ul ol li table tr td th blockquote pre');

const CELLS = names('td th p');
const ROWS = names('tr td th p');
const GROUPS = names('thead tbody tfoot tr td th p');
const TERMS = names('dt dd p');
/** What ends without being told when the element begins. */
const ENDED: Readonly<Record<string, ReadonlySet<string>>> = {
  ...{ li: names('li p'), td: CELLS, th: CELLS, tr: ROWS, thead: GROUPS, tbody: GROUPS, tfoot: GROUPS },
  ...{ dt: TERMS, dd: TERMS },
};
const PARAGRAPH = names('p');

const NO_ATTRIBUTES: ReadonlyMap<string, string> = new Map();

export function element(tag: string, children: Node[] = [], attributes = NO_ATTRIBUTES): Element {
  const hasBlocks = children.some((node) => typeof node === 'object' && (node.hasBlocks || isBlock(node)));
  return { tag, children, attributes, hasBlocks };
}

export function isBlock({ tag }: Element): boolean {
  return BLOCKS.has(tag);
}

export function parseHtml(html: string, { selfClosing = false }: HtmlOptions = {}): Node[] {
  const tree = growingTree();
  let tag = '';
  let attributes = new Map<string, string>();
  let name = '';
  let value = '';
  const lower = (start: number, end: number) => html.slice(start, end).toLowerCase();
  const ignore = () => undefined;
  const tokenizer = new Tokenizer(
    { decodeEntities: true, recognizeSelfClosing: selfClosing },
    {
      ontext: (start, end) => tree.text(html.slice(start, end)),
      ontextentity: (point) => tree.text(String.fromCodePoint(point)),
      onopentagname: (start, end) => {
        tag = lower(start, end);
        attributes = new Map();
      },
      onattribname: (start, end) => {
        name = lower(start, end);
        value = '';
      },
      onattribdata: (start, end) => {
        value += html.slice(start, end);
      },
      onattribentity: (point) => {
        value += String.fromCodePoint(point);
      },
      onattribend: () => {
        if (!attributes.has(name)) attributes.set(name, value);
      },
      onopentagend: () => tree.open(tag, attributes),
      onselfclosingtag: () => {
        tree.open(tag, attributes);
        if (selfClosing && !EMPTY.has(tag)) tree.close(tag);
      },
      onclosetag: (start, end) => tree.close(lower(start, end)),
      ...{ oncomment: ignore, oncdata: ignore, ondeclaration: ignore, onprocessinginstruction: ignore, onend: ignore },
    },
  );
  tokenizer.write(html);
  tokenizer.end();
  return tree.nodes;
}

interface Open {
  readonly tag: string;
  /** Where its text goes; of what is nested too deeply that is something around it. */
  readonly into: Element;
  readonly isDeep: boolean;
  readonly indents: number;
}

function growingTree() {
  const root: Open = { tag: '', into: element(''), isDeep: false, indents: 0 };
  const open: Open[] = [root];
  /** Where in `open` the elements of a name are, and those that are fences. */
  const places = new Map<string, number[]>();
  const fences: number[] = [];

  function inside(): Open {
    return open.at(-1) ?? root;
  }

  function text(more: string): void {
    const { children } = inside().into;
    const last = children.at(-1);
    if (typeof last === 'string') children[children.length - 1] = last + more;
    else children.push(more);
  }

  function begin(tag: string, attributes: ReadonlyMap<string, string>): void {
    if (tag === 'body' || tag === 'html') return;
    const ended = ENDED[tag] ?? (BLOCKS.has(tag) ? PARAGRAPH : undefined);
    while (ended?.has(inside().tag)) pop();
    const indents = inside().indents + (INDENTING.has(tag) ? 1 : 0);
    const isDeep = inside().isDeep || open.length > DEPTH || indents > INDENTS;
    const begun = element(tag, [], attributes);
    if (EMPTY.has(tag)) add(begun);
    else if (UNSEEN.has(tag)) push({ tag, into: begun, isDeep, indents });
    else if (isDeep) pushDeep(tag);
    else {
      add(begun);
      push({ tag, into: begun, isDeep, indents });
    }
  }

  function pushDeep(tag: string): void {
    if (BLOCKS.has(tag)) text('\n');
    push({ ...inside(), tag, isDeep: true });
  }

  function add(begun: Element): void {
    inside().into.children.push(begun);
    if (!isBlock(begun)) return;
    for (let at = open.length - 1; at >= 0; at -= 1) {
      const { into } = open[at] ?? root;
      if (into.hasBlocks) return;
      into.hasBlocks = true;
    }
  }

  function push(begun: Open): void {
    const { tag } = begun;
    const known = places.get(tag);
    if (known) known.push(open.length);
    else places.set(tag, [open.length]);
    if (FENCES.has(tag)) fences.push(open.length);
    open.push(begun);
  }

  function pop(): void {
    const { tag } = open.pop() ?? root;
    places.get(tag)?.pop();
    if (FENCES.has(tag)) fences.pop();
  }

  /** An end without a beginning is nothing; one that closes over others closes them too. */
  function close(tag: string): void {
    // so do browsers
    if (tag === 'br') begin(tag, new Map());
    const at = places.get(tag)?.at(-1);
    if (at === undefined || (!FENCES.has(tag) && (fences.at(-1) ?? 0) > at)) return;
    while (open.length > at) pop();
  }

  return { nodes: root.into.children, text, open: begin, close };
}

export function visibleText(nodes: readonly Node[]): string {
  return nodes.map((node) => (typeof node === 'string' ? node : visibleText(node.children))).join('');
}

/** The first character that people see. */
export function firstCharacter(node: Node | undefined): string {
  if (node === undefined || typeof node === 'string') return node?.charAt(0) ?? '';
  for (const child of node.children) {
    const first = firstCharacter(child);
    if (first !== '') return first;
  }
  return '';
}

/** The text of code, with its lines, whichever way they are told. */
export function linesOf(nodes: readonly Node[]): string {
  const pieces: string[] = [];
  collectLines(nodes, pieces);
  return pieces.join('');
}

function collectLines(nodes: readonly Node[], pieces: string[]): void {
  const endLine = () => {
    if (pieces.at(-1)?.endsWith('\n') === false) pieces.push('\n');
  };
  for (const node of nodes) {
    if (typeof node === 'string') pieces.push(node);
    else if (node.tag === 'br') pieces.push('\n');
    else {
      if (isBlock(node)) endLine();
      collectLines(node.children, pieces);
      if (isBlock(node)) endLine();
    }
  }
}
