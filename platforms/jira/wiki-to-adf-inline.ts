/** A piece of wiki text as text nodes with marks. https://jira.atlassian.com/secure/WikiRendererHelpAction.jspa?section=texteffects */
import type { AdfMark, AdfNode } from './adf.ts';
import { decodeEntities, mergeText, withMark } from './markdown-to-adf-inline.ts';

const MARKS: Readonly<Record<string, string>> = { '*': 'strong', _: 'em', '-': 'strike' };
/** Signs that Markdown has nothing for: their text stays. */
const PLAIN = '+^~';

interface Reader {
  readonly text: string;
  readonly nodes: AdfNode[];
  plain: string;
}

export function inlineFromWiki(text: string): AdfNode[] {
  const nodes = mergeText(read(text.trim(), []));
  return nodes.filter((node, index) => node.type !== 'hardBreak' || !isTrailing(nodes, index));
}

function isTrailing(nodes: readonly AdfNode[], index: number): boolean {
  return nodes.slice(index).every(({ type }) => type === 'hardBreak');
}

function read(text: string, marks: readonly AdfMark[]): AdfNode[] {
  const reader: Reader = { text, nodes: [], plain: '' };
  const flush = () => {
    const words = decodeEntities(reader.plain).replace(/[ \t]+/g, ' ');
    if (words !== '') reader.nodes.push({ type: 'text', text: words, ...(marks.length > 0 ? { marks } : {}) });
    reader.plain = '';
  };
  let at = 0;
  while (at < text.length) {
    const found = markup(text, at, marks);
    if (found === undefined) {
      reader.plain += text[at];
      at += 1;
    } else if (typeof found.is === 'string') {
      reader.plain += found.is;
      at = found.end;
    } else {
      flush();
      reader.nodes.push(...found.is);
      at = found.end;
    }
  }
  flush();
  return reader.nodes;
}

/** What stands at this place: text to take as it is, or nodes. */
interface Found {
  readonly is: string | readonly AdfNode[];
  readonly end: number;
}

function markup(text: string, at: number, marks: readonly AdfMark[]): Found | undefined {
  const rest = text.slice(at);
  const sign = text[at] ?? '';
  if (rest.startsWith('\\\\'))
    return { is: [{ type: 'hardBreak' }], end: at + 2 + (/^[ \t]*\n/.exec(rest.slice(2))?.[0].length ?? 0) };
  if (sign === '\\' && /^\\[^\w\s]/.test(rest)) return { is: entityOf(text[at + 1] ?? ''), end: at + 2 };
  if (sign === '\n') return { is: [{ type: 'hardBreak' }], end: at + 1 };
  if (rest.startsWith('{{')) return code(text, at, marks);
  if (sign === '{') return braced(text, at, marks);
  if (sign === '[') return link(text, at, marks);
  if (sign === '!') return image(text, at, marks);
  if (sign in MARKS || PLAIN.includes(sign)) return effect(text, at, marks);
  return /^https?:\/\//.test(rest) ? address(text, at, marks) : undefined;
}

/** As an entity, so that it is no markup when the text is looked at again. */
function entityOf(sign: string): string {
  return `&#${sign.codePointAt(0)};`;
}

/** The place of a closing text that is not escaped. */
function closing(text: string, wanted: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    if (text.startsWith(wanted, at)) return at;
    if (text[at] === '\\') at += 1;
  }
  return -1;
}

function code(text: string, at: number, marks: readonly AdfMark[]): Found | undefined {
  const end = closing(text, '}}', at + 2);
  if (end < 0) return undefined;
  // escapes hold within code, effects do not
  const inner = decodeEntities(text.slice(at + 2, end).replace(/\\([^\w\s\\])/g, (_, sign: string) => entityOf(sign)));
  const own = [...marks.filter(({ type }) => type === 'link'), { type: 'code' }];
  return { is: inner === '' ? [] : [{ type: 'text', text: inner.replaceAll('\n', ' '), marks: own }], end: end + 2 };
}

/** `{*}bold{*}` within a word, and macros without a meaning here. */
function braced(text: string, at: number, marks: readonly AdfMark[]): Found | undefined {
  const effectSign = /^\{([*_\-+^~])\}/.exec(text.slice(at))?.[1];
  if (effectSign !== undefined) {
    const end = closing(text, `{${effectSign}}`, at + 3);
    return end < 0 ? undefined : { is: marked(text.slice(at + 3, end), effectSign, marks), end: end + 3 };
  }
  const macro = /^\{(?:color|anchor)(?::[^{}\n]*)?\}/.exec(text.slice(at));
  return macro ? { is: '', end: at + macro[0].length } : undefined;
}

function marked(inner: string, sign: string, marks: readonly AdfMark[]): AdfNode[] {
  const type = MARKS[sign];
  return read(inner, type === undefined ? marks : withMark(marks, { type }));
}

/** A sign opens after what is no word and before what is no blank; it closes the other way round, on the same line. */
function effect(text: string, at: number, marks: readonly AdfMark[]): Found | undefined {
  const sign = text[at] ?? '';
  if (isWord(text.slice(Math.max(0, at - 2), at)) || !/\S/.test(text[at + 1] ?? '') || text[at + 1] === sign)
    return undefined;
  for (let end = closing(text, sign, at + 1); end > 0; end = closing(text, sign, end + 1)) {
    const inner = text.slice(at + 1, end);
    if (inner.includes('\n')) return undefined;
    if (/\S$/.test(inner) && !/^[\p{L}\p{N}]/u.test(text.slice(end + 1, end + 3)))
      return { is: marked(inner, sign, marks), end: end + 1 };
  }
  return undefined;
}

function isWord(before: string): boolean {
  return /[\p{L}\p{N}]$/u.test(before);
}

/** Jira's own kinds of links (people, attachments, anchors) stay as what people see of them. */
function link(text: string, at: number, marks: readonly AdfMark[]): Found | undefined {
  const end = closing(text, ']', at + 1);
  if (end < 0) return undefined;
  const inner = text.slice(at + 1, end);
  const bar = closing(inner, '|', 0);
  const [label, target = ''] = bar < 0 ? [undefined, inner] : [inner.slice(0, bar), inner.slice(bar + 1).split('|')[0]];
  const href = target.trim();
  if (isAddress(href)) {
    const own = withMark(marks, { type: 'link', attrs: { href } });
    const nodes = label === undefined ? [] : read(label, own);
    return { is: nodes.length > 0 ? nodes : [{ type: 'text', text: href, marks: own }], end: end + 1 };
  }
  if (/^~\w/.test(inner)) return { is: `@${inner.slice(1)}`, end: end + 1 };
  return undefined;
}

function isAddress(text: string): boolean {
  return /^(?:https?:\/\/[^\s/]|mailto:.)\S*$/i.test(text);
}

function image(text: string, at: number, marks: readonly AdfMark[]): Found | undefined {
  const found = /^!([^\s!|]+)(?:\|[^!\n]*)?!/.exec(text.slice(at));
  if (!found) return undefined;
  const source = found[1] ?? '';
  const end = at + found[0].length;
  if (!isAddress(source)) return { is: `(${source})`, end };
  return {
    is: [{ type: 'text', text: source, marks: withMark(marks, { type: 'link', attrs: { href: source } }) }],
    end,
  };
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
