/** YAML, and JSON with it, as agents write it: several documents in one file, and every mistake with its place. */
import { type Document, isScalar, LineCounter, parseAllDocuments, visit, type YAMLParseError } from 'yaml';
import { isRecord } from '../../../../core/record.ts';
import { EvidenceFault } from '../files/fault.ts';

const MAX_ALIASES = 100;

export const NO_MAPPING = 'It is not a YAML mapping (`key: value`).';

export type AgentData = Readonly<Record<string, unknown>>;

/** Tells the mapping that is looked for from others, such as quoted examples. */
export type IsMeant = (data: AgentData) => boolean;

/** A piece of a file's text. */
export interface Part {
  readonly body: string;
  /** Lines before it. */
  readonly line: number;
}

export interface YamlMapping {
  readonly data: AgentData;
  /** Its first line, from 1. */
  readonly line: number;
}

/**
 * The mappings of a text, one for each YAML document that is not empty. Throws an `EvidenceFault` with line and column for
 * mistakes, and for documents that are something else.
 */
export function yamlMappings({ body, line }: Part, file: string): readonly YamlMapping[] {
  const lineCounter = new LineCounter();
  // the empty lines make positions in a part positions in its file
  const text = '\n'.repeat(line) + body;
  const at = (offset: number) => {
    const { line, col } = lineCounter.linePos(offset);
    return { file, line, column: col };
  };
  return withoutCrash(file, () => {
    const options = { schema: 'core', uniqueKeys: false, logLevel: 'error', prettyErrors: false, lineCounter } as const;
    const mappings: YamlMapping[] = [];
    for (const document of parseAllDocuments(text, options)) {
      const mistake = mistakeOf(document, text);
      if (mistake !== undefined)
        throw new EvidenceFault(`This is not valid YAML: ${mistake.message}.`, at(mistake.offset));
      const value: unknown = document.toJS({ maxAliasCount: MAX_ALIASES });
      if (value === null) continue;
      const place = at(document.contents?.range?.[0] ?? 0);
      if (!isRecord(value)) throw new EvidenceFault(NO_MAPPING, place);
      mappings.push({ data: withPlainKeys(value, place), line: place.line });
    }
    return mappings;
  });
}

/**
 * The mapping that is meant, completed by what stands beside it in other documents; where none is meant, all of them. Throws an
 * `EvidenceFault` where more than one is.
 */
export function meantOf(mappings: readonly YamlMapping[], isMeant: IsMeant, file: string): YamlMapping {
  const [meant, another] = mappings.filter(({ data }) => isMeant(data));
  if (another !== undefined) throw twice(file, another.line);
  const others = mappings.filter((mapping) => mapping !== meant).map(({ data }) => data);
  return { data: Object.assign({}, ...others, meant?.data), line: meant?.line ?? 1 };
}

export function twice(file: string, line: number): EvidenceFault {
  return new EvidenceFault('It holds more than one such document; keep only the one that counts.', { file, line });
}

function withoutCrash<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof EvidenceFault) throw error;
    // a bomb of aliases, or nesting that exhausts the stack
    const reason = inPlainWords(error instanceof Error ? error.message : String(error));
    throw new EvidenceFault(`This YAML cannot be read: ${reason}`, { file, line: 1 });
  }
}

/** `Gate Decision` and `gate-decision` are `gate_decision`: a key in other letters must not be passed over. */
function withPlainKeys(data: AgentData, place: { file: string; line: number; column: number }): AgentData {
  const plain = new Map<string, unknown>();
  for (const [key, value] of Object.entries(data)) {
    const name = key.trim().toLowerCase().replace(/[ -]/g, '_');
    if (plain.has(name))
      throw new EvidenceFault(`The key \`${name}\` stands twice in it, in different letters.`, place);
    plain.set(name, value);
  }
  return Object.fromEntries(plain);
}

interface Mistake {
  readonly offset: number;
  readonly message: string;
}

function mistakeOf(document: Document.Parsed, text: string): Mistake | undefined {
  const [error] = document.errors;
  if (error !== undefined) {
    const [offset] = error.pos;
    return { offset, message: adviceFor(error, text, offset) ?? inPlainWords(error.message) };
  }
  const offset = offsetOfDuplicate(document);
  return offset === undefined ? undefined : { offset, message: 'a key appears twice in one mapping' };
}

function inPlainWords(message: string): string {
  return /call stack/.test(message) ? 'it is nested too deeply' : message;
}

/** What to do about the mistakes that agents make most, where the parser says what it stumbled over. */
function adviceFor({ code, message }: YAMLParseError, text: string, offset: number): string | undefined {
  if (code === 'TAB_AS_INDENT') return 'a tab is used for indentation, which takes spaces';
  if (code === 'BAD_SCALAR_START') return `a text that begins with \`${text.charAt(offset)}\` needs quotation marks`;
  if (code === 'MULTILINE_IMPLICIT_KEY' || message.startsWith('Implicit map keys'))
    return 'this line should be `key: value`, or be indented under its key';
  if (code === 'BLOCK_AS_IMPLICIT_KEY')
    return 'a text with `: ` in it needs quotation marks, and the keys of one mapping the same indentation';
  if (code !== 'UNEXPECTED_TOKEN') return undefined;
  const before = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  return /\[[ xX]?\]\s+$/.test(before.slice(-20))
    ? 'a text that begins with a box `[ ]` needs quotation marks'
    : undefined;
}

// the parser's own check compares every key with every other one, which takes minutes for a large mapping
function offsetOfDuplicate(document: Document.Parsed): number | undefined {
  let offset: number | undefined;
  visit(document, {
    Map(_, { items }) {
      const keys = new Set<string>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        // in plain data `1` and `"1"` are one key
        const name = String(key.value);
        if (keys.has(name)) {
          offset = key.range?.[0];
          return visit.BREAK;
        }
        keys.add(name);
      }
      return undefined;
    },
  });
  return offset;
}
