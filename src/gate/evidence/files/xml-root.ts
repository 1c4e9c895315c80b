/** The root element at the start of an XML text, without a parser: the text may be cut anywhere. */

export interface XmlRoot {
  /** Without its prefix. */
  readonly name: string;
  /** Its start tag as it stands, as far as it is there. */
  readonly tag: string;
  /** Where it begins. */
  readonly offset: number;
  /** The name of the first element in it; nothing where there is none, or the text ends before it. */
  readonly child?: string;
}

interface Element {
  readonly name: string;
  readonly tag: string;
}

/** `undefined` where the text is not XML, or ends before its root. */
export function xmlRoot(text: string): XmlRoot | undefined {
  const offset = nextTag(text, 0, (start) => behindSpace(text, start));
  const root = offset === undefined ? undefined : elementAt(text, offset);
  if (offset === undefined || root === undefined) return undefined;
  const inner = /[^/]>$/.test(root.tag) ? childOf(text, offset + root.tag.length) : undefined;
  return { ...root, offset, ...(inner === undefined ? {} : { child: inner.name }) };
}

function childOf(text: string, from: number): Element | undefined {
  const offset = nextTag(text, from, (start) => text.indexOf('<', start));
  return offset === undefined ? undefined : elementAt(text, offset);
}

/** Where the next tag begins, behind comments and such and what `skip` leaves out; nothing where something else stands there. */
function nextTag(text: string, from: number, skip: (from: number) => number): number | undefined {
  for (let offset = skip(from); text[offset] === '<'; ) {
    const end = endOfProlog(text, offset);
    if (end === undefined) return offset;
    if (end < 0) return undefined;
    offset = skip(end);
  }
  return undefined;
}

function behindSpace(text: string, from: number): number {
  SPACE.lastIndex = from;
  SPACE.test(text);
  return SPACE.lastIndex;
}

const SPACE = /\s*/y;

/** Behind a comment, an instruction or a document type; -1 where it does not end, nothing where there is none. */
function endOfProlog(text: string, offset: number): number | undefined {
  if (text.startsWith('<!--', offset)) return behind(text, '-->', offset);
  if (text.startsWith('<?', offset)) return behind(text, '?>', offset);
  if (!text.startsWith('<!', offset)) return undefined;
  const [bracket, close] = [text.indexOf('[', offset), text.indexOf('>', offset)];
  return bracket < 0 || bracket > close ? behind(text, '>', offset) : behind(text, ']>', bracket);
}

function behind(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at < 0 ? -1 : at + mark.length;
}

/** A `>` may stand in the value of an attribute. */
const TAG = /<(?:[^"'>]|"[^"]*"|'[^']*')*>/y;
const NAME = /^<(?:[\w.-]{1,100}:)?([\w.-]{1,100})(?=[\s/>]|$)/;

function elementAt(text: string, offset: number): Element | undefined {
  TAG.lastIndex = offset;
  const tag = TAG.exec(text)?.[0] ?? text.slice(offset);
  const name = NAME.exec(tag)?.[1];
  return name === undefined ? undefined : { name, tag };
}
