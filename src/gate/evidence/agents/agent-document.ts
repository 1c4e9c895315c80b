/**
 * Documents that agents write: YAML, stored as `.yaml` or as `.md`, or Markdown with front matter or a fenced `yaml` block.
 */
import { type Document, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import { isRecord } from '../../../../core/record.ts';
import { EvidenceFault } from '../files/fault.ts';
import type { EvidenceFile } from '../files/files.ts';
import { readText } from '../files/read-text.ts';

export const MAX_DOCUMENT_BYTES = 512 * 1024;
const MAX_ALIASES = 100;

const TASK = /^\s*[-*+]\s+\[[ xX]\]/m;

export type AgentData = Readonly<Record<string, unknown>>;

export interface AgentDocument {
  /** The YAML mapping; empty where a Markdown document has none that was asked for. */
  readonly data: AgentData;
  /** What is Markdown in it, without its YAML parts; empty for a YAML document. */
  readonly markdown: string;
}

/**
 * Reads one document; `isMeant` tells the mapping that is looked for from others, such as quoted examples. Throws an
 * `EvidenceFault` with line and column for mistakes in the YAML, and for a document that holds two such mappings.
 */
export async function readAgentDocument(
  file: EvidenceFile,
  isMeant: (data: AgentData) => boolean,
  signal?: AbortSignal,
): Promise<AgentDocument> {
  const text = await readText(file, signal);
  const kind = /\.md$/i.test(file.path) ? kindOf(text) : 'yaml';
  if (kind === 'yaml') return { data: parseYaml({ body: text, line: 0 }, file), markdown: '' };
  const whole = kind === 'either' ? tryYaml({ body: text, line: 0 }, file) : undefined;
  if (whole !== undefined && !(whole instanceof EvidenceFault)) return { data: whole, markdown: '' };
  const document = readMarkdown(text, isMeant, file);
  // YAML under a comment is more likely than Markdown that says nothing
  if (whole !== undefined && !isMeant(document.data) && !TASK.test(document.markdown)) throw whole;
  return document;
}

function readMarkdown(text: string, isMeant: (data: AgentData) => boolean, file: EvidenceFile): AgentDocument {
  const { front, fences, markdown } = split(text);
  const head = front === undefined ? {} : parseYaml(front, file);
  const blocks = fences.map((part) => ({ line: part.line, data: tryYaml(part, file) }));
  const found = blocks.filter(({ data }) => !(data instanceof EvidenceFault) && isMeant(data));
  if (found.length > 1 || (found.length === 1 && isMeant(head))) throw twice(file, found.at(-1)?.line);
  const broken = blocks.find(({ data }) => data instanceof EvidenceFault)?.data;
  if (found.length === 0 && !isMeant(head) && broken instanceof EvidenceFault) throw broken;
  return { data: { ...head, ...found[0]?.data }, markdown };
}

function twice(file: EvidenceFile, line = 0): EvidenceFault {
  return new EvidenceFault('It holds more than one such document; keep only the one that counts.', {
    file: file.path,
    line: line + 1,
  });
}

/**
 * A YAML document may quote Markdown with fences in its texts, so its beginning decides: a key is YAML; a `#` may be a comment
 * or a heading.
 */
function kindOf(text: string): 'yaml' | 'markdown' | 'either' {
  const lines = text.split('\n');
  if (frontMatter(lines) > 0) return 'markdown';
  const written = lines.filter((line) => line.trim() !== '' && !/^(?:---\s*$|%YAML)/.test(line));
  const first = written.find((line) => !line.startsWith('#')) ?? '';
  if (!/^["']?[\w-]+["']?\s*:(?:\s|$)/.test(first)) return 'markdown';
  return written[0] === first ? 'yaml' : 'either';
}

interface Part {
  readonly body: string;
  /** Lines before it. */
  readonly line: number;
  readonly endless?: boolean;
}

/** The line on which front matter ends, when something but YAML follows it. */
function frontMatter(lines: readonly string[]): number {
  if (lines[0]?.trimEnd() !== '---') return 0;
  const end = lines.findIndex((line, index) => index > 0 && /^(?:---|\.\.\.)\s*$/.test(line));
  return end > 0 && lines.slice(end + 1).some((line) => line.trim() !== '') ? end : 0;
}

function split(text: string): { front?: Part; fences: Part[]; markdown: string } {
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  const end = frontMatter(lines);
  const fences: Part[] = [];
  const markdown: string[] = [];
  let open: { mark: string; yaml: boolean; line: number } | undefined;
  for (const [index, line] of lines.entries()) {
    if (index <= end && end > 0) continue;
    const [, mark = '', language = ''] = /^ {0,3}(`{3,}|~{3,})\s*([^`]*)$/.exec(line) ?? [];
    if (open === undefined && mark !== '') open = { mark, yaml: /^ya?ml\b/i.test(language), line: index + 1 };
    else if (open === undefined) markdown.push(line);
    else if (mark.startsWith(open.mark) && language.trim() === '') {
      if (open.yaml) fences.push({ body: lines.slice(open.line, index).join('\n'), line: open.line });
      open = undefined;
    }
  }
  if (open?.yaml) fences.push({ body: '', line: open.line, endless: true });
  const front = end > 0 ? { front: { body: lines.slice(1, end).join('\n'), line: 1 } } : {};
  return { ...front, fences, markdown: markdown.join('\n') };
}

function tryYaml(part: Part, file: EvidenceFile): AgentData | EvidenceFault {
  if (part.endless) return new EvidenceFault('This fenced block has no end.', { file: file.path, line: part.line });
  try {
    return parseYaml(part, file);
  } catch (error) {
    if (error instanceof EvidenceFault) return error;
    throw error;
  }
}

function parseYaml({ body, line }: Part, file: EvidenceFile): AgentData {
  // a mark at the end begins another document, which holds nothing: front matter without a text under it
  const written = body.replace(/\n---\s*$/, '\n');
  // the empty lines make positions in a block positions in its file
  const value = evaluate('\n'.repeat(line) + written, file);
  if (isRecord(value)) return value;
  throw new EvidenceFault('It is not a YAML mapping (`key: value`).', { file: file.path, line: line + 1, column: 1 });
}

function evaluate(text: string, file: EvidenceFile): unknown {
  try {
    const lineCounter = new LineCounter();
    const document = parseDocument(text, { schema: 'core', uniqueKeys: false, logLevel: 'error', lineCounter });
    const [mistake] = document.errors;
    const message = mistake?.message.split(/ at line \d+/)[0];
    const offset = mistake?.pos[0] ?? offsetOfDuplicate(document);
    if (offset === undefined) return document.toJS({ maxAliasCount: MAX_ALIASES });
    const { line, col } = lineCounter.linePos(offset);
    throw new EvidenceFault(`This is not valid YAML: ${message ?? 'a key appears twice in one mapping'}`, {
      file: file.path,
      line,
      column: col,
    });
  } catch (error) {
    if (error instanceof EvidenceFault) throw error;
    // a bomb of aliases, or nesting that exhausts the stack
    const reason = error instanceof Error ? error.message : String(error);
    throw new EvidenceFault(`This YAML cannot be read: ${reason}`, { file: file.path, line: 1 });
  }
}

// the parser's own check compares every key with every other one, which takes minutes for a large mapping
function offsetOfDuplicate(document: Document.Parsed): number | undefined {
  let offset: number | undefined;
  visit(document, {
    Map(_, { items }) {
      const keys = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        if (keys.has(key.value)) {
          offset = key.range?.[0];
          return visit.BREAK;
        }
        keys.add(key.value);
      }
      return undefined;
    },
  });
  return offset;
}
