/**
 * XML, piece by piece, for reports that nobody vouches for: strict, but for what tools let slip into text. The parser knows the five entities of XML and loads
 * nothing; entities that a document declares itself are refused before they are used.
 */
import { SaxesParser } from 'saxes';
import { EvidenceFault } from '../files/fault.ts';
import type { EvidenceFile } from '../files/files.ts';
import { textPieces } from '../files/read-text.ts';
import { isIllegal, legalText } from './xml-text.ts';

const MAX_DEPTH = 200;

export type Attributes = Readonly<Record<string, string>>;

/** What a report's reader wants to hear; `depth` is 1 at the root element. */
export interface XmlHandler {
  open(name: string, attributes: Attributes, depth: number): void;
  close?(name: string, depth: number): void;
  /** Text and CDATA, as long as `wantsText` answers true. */
  text?(text: string): void;
  /** Asked after every tag; text that nobody wants is never held in memory. */
  wantsText?(): boolean;
  /** The document ends here, in the midst of what is open: what failed by then is told all the same. */
  breakOff?(): void;
}

/** Tells the handler all of the file. Throws an `EvidenceFault` with line and column, also for one that the handler throws. */
export async function parseXml(file: EvidenceFile, handler: XmlHandler, signal?: AbortSignal): Promise<void> {
  let [fed, current] = [0, ''];
  const parser = createParser(handler, () => current.charAt(parser.position - 1 - fed));
  const feed = (piece: string | null) => {
    fed += current.length;
    current = piece ?? '';
    try {
      if (piece === null) parser.close();
      else parser.write(piece);
    } catch (error) {
      throw atParser(error, file, parser);
    }
  };
  try {
    for await (const piece of textPieces(file, signal)) feed(piece);
    feed(null);
  } catch (error) {
    handler.breakOff?.();
    throw error;
  }
}

/** @param lastCharacter what the parser has just read */
function createParser(handler: XmlHandler, lastCharacter: () => string): SaxesParser {
  const parser = new SaxesParser();
  // the parser's own table inherits from Object, which would make `&constructor;` an entity
  parser.ENTITIES = Object.assign(Object.create(null), { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" });
  let depth = 0;
  let listening = false;
  /** Before it only white space can stand in front of the declaration: templates leave an empty line there. */
  let hasRoot = false;
  /** Whether something was let through since the last text and tag: a clean report pays nothing. */
  let isStained = false;
  const tellText = (text: string) => {
    handler.text?.(isStained ? legalText(text) : text);
    isStained = false;
  };
  const listen = () => {
    const wanted = handler.wantsText?.() ?? false;
    if (wanted === listening) return;
    listening = wanted;
    if (!wanted) {
      parser.off('text');
      parser.off('cdata');
      return;
    }
    parser.on('text', tellText);
    parser.on('cdata', tellText);
  };
  parser.on('error', (error) => {
    if (!hasRoot && error.message.endsWith(' an XML declaration must be at the start of the document.')) return;
    if (!isTolerable(error.message, lastCharacter)) throw error;
    isStained = true;
  });
  parser.on('doctype', refuseEntities);
  parser.on('opentag', ({ name, attributes }) => {
    depth += 1;
    hasRoot = true;
    if (depth > MAX_DEPTH) throw new EvidenceFault(`Its elements are nested more than ${MAX_DEPTH} deep.`);
    handler.open(name, isStained ? legalAttributes(attributes) : attributes, depth);
    isStained = false;
    listen();
  });
  parser.on('closetag', ({ name }) => {
    handler.close?.(name, depth);
    depth -= 1;
    listen();
  });
  return parser;
}

/** These mean nothing else; the parser goes on with the text as it stands. */
function isTolerable(message: string, lastCharacter: () => string): boolean {
  if (message.endsWith(' the string "]]>" is disallowed in char data.')) return true;
  if (message.endsWith(' malformed character entity.')) return true;
  // of a `<` in an attribute it says the same
  return message.endsWith(' disallowed character.') && isIllegal(lastCharacter());
}

function legalAttributes(attributes: Attributes): Attributes {
  return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, legalText(value)]));
}

function refuseEntities(doctype: string): void {
  if (!/<!ENTITY/i.test(doctype)) return;
  throw new EvidenceFault(
    'It declares entities of its own (<!ENTITY …>), which a report has no need of and PACE refuses.',
  );
}

function atParser(error: unknown, file: EvidenceFile, parser: SaxesParser): unknown {
  if (!(error instanceof Error)) return error;
  const place = { file: file.path, line: parser.line, column: parser.column + 1 };
  if (error instanceof EvidenceFault) return new EvidenceFault(error.message, place);
  if (!/^\d+:\d+: /.test(error.message)) return error;
  return new EvidenceFault(`This is not well-formed XML: ${error.message.replace(/^\d+:\d+: /, '')}`, place);
}
