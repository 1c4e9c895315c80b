/** A piece of wiki text as text nodes with marks. https://jira.atlassian.com/secure/WikiRendererHelpAction.jspa?section=texteffects */
import type { AdfMark, AdfNode } from './adf-node.ts';
import { decodeEntities, mergeText, withMark } from './markdown-to-adf-inline.ts';

/** Markdown has nothing for the last three. */
const MARKS: Readonly<Record<string, AdfMark>> = {
  '*': { type: 'strong' },
  _: { type: 'em' },
  '-': { type: 'strike' },
  '+': { type: 'underline' },
  '^': { type: 'subsup', attrs: { type: 'sup' } },
  '~': { type: 'subsup', attrs: { type: 'sub' } },
};

/** A text, and where a closing text was found last: the next search mostly ends there. */
interface Source {
  readonly text: string;
  readonly found: Map<string, { readonly from: number; readonly at: number }>;
  /** How many effects and links it stands in. */
  readonly depth: number;
}

/** What is marked up deeper stays as it is: each level is read once more. */
const DEEPEST = 12;

/** A sign that is not an end is passed over so many times; then the first was not a beginning. */
const MOST_TRIES = 30;

export function inlineFromWiki(text: string): AdfNode[] {
  const nodes = mergeText(read(text.trim(), [], 0));
  return nodes.slice(0, nodes.findLastIndex(({ type }) => type !== 'hardBreak') + 1);
}

function read(text: string, marks: readonly AdfMark[], depth: number): AdfNode[] {
  const source: Source = { text, found: new Map(), depth };
  const nodes: AdfNode[] = [];
  let plain = '';
  const flush = () => {
    const words = decodeEntities(plain).replace(/[ \t]+/g, ' ');
    if (words !== '') nodes.push({ type: 'text', text: words, ...(marks.length > 0 ? { marks } : {}) });
    plain = '';
  };
  let at = 0;
  while (at < text.length) {
    const found = markup(source, at, marks);
    if (found === undefined || typeof found.is === 'string') plain += found?.is ?? text[at];
    else {
      flush();
      for (const node of found.is) nodes.push(node);
    }
    at = found?.end ?? at + 1;
  }
  flush();
  return nodes;
}

/** What stands at this place: text to take as it is, or nodes. */
interface Found {
  readonly is: string | readonly AdfNode[];
  readonly end: number;
}

function markup(source: Source, at: number, marks: readonly AdfMark[]): Found | undefined {
  const { text } = source;
  const rest = text.slice(at, at + 2048);
  const sign = text[at] ?? '';
  if (rest.startsWith('\\\\'))
    return { is: [{ type: 'hardBreak' }], end: at + 2 + (/^[ \t]*\n/.exec(rest.slice(2))?.[0].length ?? 0) };
  if (sign === '\\' && /^\\[^\p{L}\p{N}\s]/u.test(rest)) return { is: entityOf(text[at + 1] ?? ''), end: at + 2 };
  if (sign === '\n') return { is: [{ type: 'hardBreak' }], end: at + 1 };
  if (rest.startsWith('{{')) return code(source, at, marks);
  if (sign === '{') return braced(source, at, marks);
  if (source.depth < DEEPEST && sign === '[') return link(source, at, marks);
  if (sign === '!') return image(text, at);
  if (source.depth < DEEPEST && sign in MARKS) return effect(source, at, marks);
  return /^https?:\/\/[^\s/|{}[\]\\^<>"]/.test(rest) ? address(text, at, marks) : undefined;
}

/** As an entity, so that it is not markup when the text is looked at again. */
function entityOf(sign: string): string {
  return `&#${sign.codePointAt(0)};`;
}

/** The place of a closing text that is not escaped. */
function closing(source: Source, wanted: string, from: number): number {
  const known = source.found.get(wanted);
  if (known && from >= known.from && (known.at < 0 || from <= known.at)) return known.at;
  const at = search(source.text, wanted, from);
  source.found.set(wanted, { from, at });
  return at;
}

function search(text: string, wanted: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    if (text.startsWith(wanted, at)) return at;
    if (text[at] === '\\') at += 1;
  }
  return -1;
}

function code(source: Source, at: number, marks: readonly AdfMark[]): Found | undefined {
  const { text } = source;
  const end = closing(source, '}}', at + 2);
  if (end < 0) return undefined;
  // escapes hold within code, effects do not
  const inner = decodeEntities(
    text.slice(at + 2, end).replace(/\\([^\p{L}\p{N}\s\\])/gu, (_, sign: string) => entityOf(sign)),
  );
  const own = [...marks.filter(({ type }) => type === 'link'), { type: 'code' }];
  return { is: inner === '' ? [] : [{ type: 'text', text: inner.replaceAll('\n', ' '), marks: own }], end: end + 2 };
}

/** `{*}bold{*}` within a word, and macros without a meaning here. */
function braced(source: Source, at: number, marks: readonly AdfMark[]): Found | undefined {
  const { text } = source;
  const effectSign = /^\{([*_\-+^~])\}/.exec(text.slice(at))?.[1];
  if (effectSign !== undefined && source.depth < DEEPEST) {
    const end = closing(source, `{${effectSign}}`, at + 3);
    return end < 0 ? undefined : { is: marked(source, text.slice(at + 3, end), effectSign, marks), end: end + 3 };
  }
  const macro = /^\{(color|anchor)(?::([^{}\n]*))?\}/.exec(text.slice(at));
  if (!macro) return otherMacro(text, at);
  const from = at + macro[0].length;
  const [, name, parameter] = macro;
  const end = name === 'color' && parameter && source.depth < DEEPEST ? closing(source, '{color}', from) : -1;
  if (end < 0) return { is: '', end: from };
  const colored = withMark(marks, { type: 'textColor', attrs: { color: parameter } });
  return { is: read(text.slice(from, end), colored, source.depth + 1), end: end + '{color}'.length };
}

/** A macro that nobody knows here shows its name. */
function otherMacro(text: string, at: number): Found | undefined {
  const [wiki] = /^\{[a-z][\w-]*(?::[^{}\n]*)?\}/i.exec(text.slice(at, at + 1024)) ?? [];
  return wiki === undefined ? undefined : { is: [thing('wikiMacro', wiki, { text: wiki })], end: at + wiki.length };
}

function marked({ depth }: Source, inner: string, sign: string, marks: readonly AdfMark[]): AdfNode[] {
  const mark = MARKS[sign];
  return read(inner, mark === undefined ? marks : withMark(marks, mark), depth + 1);
}

/** A sign opens after what is not a word and before what is not a blank; it closes the other way round, on the same line. */
function effect(source: Source, at: number, marks: readonly AdfMark[]): Found | undefined {
  const { text } = source;
  const sign = text[at] ?? '';
  if (isWord(text.slice(Math.max(0, at - 2), at)) || !/\S/.test(text[at + 1] ?? '') || text[at + 1] === sign)
    return undefined;
  let end = at;
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    end = closing(source, sign, end + 1);
    if (end < 0) return undefined;
    const inner = text.slice(at + 1, end);
    if (inner.includes('\n')) return undefined;
    if (/\S$/.test(inner) && !/^[\p{L}\p{N}]/u.test(text.slice(end + 1, end + 3)))
      return { is: marked(source, inner, sign, marks), end: end + 1 };
  }
  return undefined;
}

function isWord(before: string): boolean {
  return /[\p{L}\p{N}]$/u.test(before);
}

/** No browser takes a longer address. */
const LONGEST_LINK = 4_096;

/** Of Jira's own kinds of links (people, attachments, anchors) people see the name. */
function link(source: Source, at: number, marks: readonly AdfMark[]): Found | undefined {
  const { text } = source;
  const end = closing(source, ']', at + 1);
  if (end < 0) return undefined;
  if (end - at > LONGEST_LINK) return undefined;
  const inner = text.slice(at + 1, end);
  const bar = search(inner, '|', 0);
  const [label, target = ''] = bar < 0 ? [undefined, inner] : [inner.slice(0, bar), inner.slice(bar + 1).split('|')[0]];
  const href = target.trim();
  if (isAddress(href)) {
    const own = withMark(marks, { type: 'link', attrs: { href } });
    const nodes = label === undefined ? [] : read(label, own, source.depth + 1);
    return { is: nodes.length > 0 ? nodes : [{ type: 'text', text: href, marks: own }], end: end + 1 };
  }
  const wiki = text.slice(at, end + 1);
  if (/^~\w/.test(inner)) return { is: [thing('mention', wiki, { text: `@${inner.slice(1)}` })], end: end + 1 };
  if (/^\^[^|]/.test(inner)) return { is: [thing('mediaInline', wiki, { alt: inner.slice(1) })], end: end + 1 };
  // what it leads to is in this issue or on this page
  return /^[#^~]\S/.test(href) ? { is: [thing('wikiLink', wiki, { text: wiki })], end: end + 1 } : undefined;
}

/** What Markdown has no words for, with its own. */
function thing(type: string, wiki: string, attrs: Readonly<Record<string, string>>): AdfNode {
  return { type, attrs: { ...attrs, wiki } };
}

function isAddress(text: string): boolean {
  return /^(?:https?:\/\/[^\s/]|mailto:.)\S*$/i.test(text);
}

function image(text: string, at: number): Found | undefined {
  const found = /^!([^\s!|]+)(?:\|[^!\n]*)?!/.exec(text.slice(at));
  if (!found) return undefined;
  const source = found[1] ?? '';
  const end = at + found[0].length;
  const address = isAddress(source) ? { url: source } : {};
  return { is: [thing('mediaInline', found[0], { alt: source, ...address })], end };
}

/** A bare address is a link; signs at its end are not. */
function address(text: string, at: number, marks: readonly AdfMark[]): Found | undefined {
  if (marks.some(({ type }) => type === 'link') || isWord(text.slice(Math.max(0, at - 2), at))) return undefined;
  const [href = ''] = /^https?:\/\/[^\s|{}[\]\\^<>"]*[^\s|{}[\]\\^<>".,;:!?)*_]/.exec(text.slice(at)) ?? [];
  if (!isAddress(href)) return undefined;
  return {
    is: [{ type: 'text', text: href, marks: withMark(marks, { type: 'link', attrs: { href } }) }],
    end: at + href.length,
  };
}
