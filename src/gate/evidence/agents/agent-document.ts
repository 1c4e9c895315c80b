/**
 * Documents that agents write: YAML or JSON, stored under any name, or Markdown with front matter or with the data in a fenced
 * block.
 */
import { EvidenceFault } from '../files/fault.ts';
import type { EvidenceFile } from '../files/files.ts';
import { readText } from '../files/read-text.ts';
import { blockOf, looksMeant } from './agent-blocks.ts';
import { type MarkdownParts, partsOf } from './agent-parts.ts';
import { type AgentData, type IsMeant, meantOf, NO_MAPPING, type YamlMapping, yamlMappings } from './agent-yaml.ts';
import { tasksOf } from './task-list.ts';

export type { AgentData } from './agent-yaml.ts';

export const MAX_DOCUMENT_BYTES = 512 * 1024;

export interface AgentDocument {
  /** The YAML mapping; empty where a Markdown document has none that was asked for. */
  readonly data: AgentData;
  /** What is Markdown in it, without its YAML parts; empty for a YAML document. */
  readonly markdown: string;
}

interface Reading {
  readonly parts: MarkdownParts;
  readonly isMeant: IsMeant;
  readonly file: string;
}

/**
 * Reads one document; `isMeant` tells the mapping that is looked for from others, such as quoted examples. Throws an
 * `EvidenceFault` with line and column for mistakes in the YAML, for a document that holds two such mappings, and for one that
 * holds it where it is not read.
 */
export async function readAgentDocument(
  file: EvidenceFile,
  isMeant: IsMeant,
  signal?: AbortSignal,
): Promise<AgentDocument> {
  const text = await readText(file, signal);
  const reading: Reading = { parts: partsOf(text), isMeant, file: file.path };
  const kind = kindOf(text, reading);
  if (kind === 'markdown') {
    const document = readMarkdown(reading);
    if (!isMeant(document.data)) refuseUnfenced(document.markdown, isMeant, file.path);
    return document;
  }
  const whole = readWhole(text, file.path);
  if (!(whole instanceof EvidenceFault)) return { data: meantOf(whole, isMeant, file.path).data, markdown: '' };
  const document = readAsMarkdown(kind, reading);
  if (document === undefined) throw whole;
  return document;
}

type Kind =
  | 'yaml'
  | 'markdown'
  /** Its first lines could be comments or headings. */
  | 'either';

/**
 * A YAML document may quote Markdown with fences in its texts, so its beginning decides, or that of what follows front matter: a
 * key is YAML, words are Markdown.
 */
function kindOf(text: string, { parts: { front, markdown }, file }: Reading): Kind {
  if (front === undefined && isNamedYaml(file)) return 'yaml';
  const lines = (front === undefined ? text : markdown).split('\n');
  const written = lines.filter((line) => line.trim() !== '' && !/^(?:---(?:\s|$)|%YAML)/.test(line));
  const first = written.find((line) => !line.startsWith('#'));
  if (first === undefined) return front === undefined ? 'markdown' : 'yaml';
  if (!/^(?:["']?[\w-]+["']?\s*:(?:\s|$)|\{)/.test(first)) return 'markdown';
  return written[0] === first ? 'yaml' : 'either';
}

function isNamedYaml(file: string): boolean {
  return /\.(?:ya?ml|json)$/i.test(file);
}

function readWhole(text: string, file: string): readonly YamlMapping[] | EvidenceFault {
  try {
    const mappings = yamlMappings({ body: text, line: 0 }, file);
    return mappings.length > 0 ? mappings : new EvidenceFault(NO_MAPPING, { file, line: 1, column: 1 });
  } catch (error) {
    if (error instanceof EvidenceFault) return error;
    throw error;
  }
}

/** What is not valid YAML as a whole, read as Markdown; nothing where that makes no more sense. */
function readAsMarkdown(kind: Kind, reading: Reading): AgentDocument | undefined {
  const { parts, isMeant, file } = reading;
  // these are the first and the second document of a YAML file
  if (parts.front !== undefined && isNamedYaml(file)) return undefined;
  // an indented fence may be quoted in a text of the broken YAML
  const fences = parts.fences.filter(({ isIndented }) => !isIndented);
  const document = readMarkdown({ ...reading, parts: { ...parts, fences } });
  if (kind === 'either' && tasksOf(document.markdown).length > 0) return document;
  // YAML that breaks off below front matter must not pass for a text
  return isMeant(document.data) && !looksMeant(document.markdown, isMeant) ? document : undefined;
}

function readMarkdown({ parts, isMeant, file }: Reading): AgentDocument {
  const head = parts.front === undefined ? {} : meantOf(yamlMappings(parts.front, file), isMeant, file).data;
  const block = blockOf(parts, isMeant(head), isMeant, file);
  refuseTwoVoices(head, block, file);
  return { data: { ...head, ...block }, markdown: parts.markdown };
}

/** What a document says about the day in both its parts must be the same: neither may silence the other. */
const WEIGHTY = /^(?:day|blockers|advisories|deferred|findings|criteria_results|hold_reason|(?:.+_)?decision)$/;

function refuseTwoVoices(head: AgentData, block: AgentData | undefined, file: string): void {
  if (block === undefined) return;
  const isOther = (key: string) => JSON.stringify(block[key]) !== JSON.stringify(head[key]);
  const key = Object.keys(block).find((name) => WEIGHTY.test(name) && Object.hasOwn(head, name) && isOther(name));
  if (key === undefined) return;
  const why = `\`${key}\` stands in the front matter and in the fenced block, and they differ. Keep the one that counts.`;
  throw new EvidenceFault(why, { file });
}

function refuseUnfenced(markdown: string, isMeant: IsMeant, file: string): void {
  // a list of tasks says what it has to say without YAML
  if (tasksOf(markdown).length > 0 || !looksMeant(markdown, isMeant)) return;
  throw new EvidenceFault('Its data stands among the text. Put it in a fenced `yaml` block, or in front matter.', {
    file,
  });
}
