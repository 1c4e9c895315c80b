/** The root element at the start of an XML text, without a parser: the text may be cut anywhere. */

export interface XmlRoot {
  /** Without its prefix. */
  readonly name: string;
  /** Its start tag as it stands, as far as it is there. */
  readonly tag: string;
  /** Where it begins. */
  readonly offset: number;
}

/** `undefined` where the text is not XML, or ends before its root. */
export function xmlRoot(text: string): XmlRoot | undefined {
  for (let offset = text.search(/\S/); offset >= 0 && text[offset] === '<'; ) {
    const end = endOfProlog(text, offset);
    if (end === undefined) return element(text, offset);
    if (end < 0) return undefined;
    const next = text.slice(end).search(/\S/);
    if (next < 0) return undefined;
    offset = end + next;
  }
  return undefined;
}

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

function element(text: string, offset: number): XmlRoot | undefined {
  const close = text.indexOf('>', offset);
  const tag = text.slice(offset, close < 0 ? undefined : close + 1);
  const name = /^<(?:[\w.-]{1,100}:)?([\w.-]{1,100})(?=[\s/>]|$)/.exec(tag)?.[1];
  return name === undefined ? undefined : { name, tag, offset };
}
