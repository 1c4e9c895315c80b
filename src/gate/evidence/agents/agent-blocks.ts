/** Finds the fenced block of a Markdown document that is meant to be its data. */
import { EvidenceFault } from '../files/fault.ts';
import type { Fence, MarkdownParts } from './agent-parts.ts';
import { type AgentData, type IsMeant, meantOf, twice, type YamlMapping, yamlMappings } from './agent-yaml.ts';
import { tasksOf } from './task-list.ts';

/**
 * The block that is meant: one that calls itself `yaml`; else, where front matter does not hold the data already, one of JSON or
 * without a language. Throws an `EvidenceFault` for a broken one, for a second one, and for what looks like it but is not read.
 */
export function blockOf(
  { fences, markdown }: MarkdownParts,
  isInFront: boolean,
  isMeant: IsMeant,
  file: string,
): AgentData | undefined {
  const named = fences.filter(({ language }) => /^ya?ml$/.test(language)).map((fence) => read(fence, isMeant, file));
  const block = single(named, file);
  if (block !== undefined && isInFront) throw twice(file, block.line);
  if (block !== undefined || isInFront) return block?.data;
  throwFirst(named);
  const others = fences.filter(({ language }) => /^(?:jsonc?)?$/.test(language));
  const other = single(
    others.map((fence) => read(fence, isMeant, file)),
    file,
  );
  if (other !== undefined) return other.data;
  const alike = fences.filter(({ body }) => isMeant(keysOf(body, /^[\s{]*["']?([\w-]+)["']?\s*:/)));
  throwFirst(alike.filter((fence) => others.includes(fence)).map((fence) => read(fence, isMeant, file)));
  const unread = alike.find(({ body }) => !/^[ \t]*(?:```|~~~)/m.test(body));
  // a list of tasks says what it has to say without YAML
  if (unread === undefined || tasksOf(markdown).length > 0) return undefined;
  const why = `The fence at line ${unread.line} needs the word \`yaml\`, in place of \`${unread.language.slice(0, 40)}\`, to be read.`;
  throw new EvidenceFault(why, { file, line: unread.line });
}

/** Whether lines of a text begin with the keys of what is meant. */
export function looksMeant(text: string, isMeant: IsMeant): boolean {
  return isMeant(keysOf(text, /^["']?([\w-]+)["']?\s*:/));
}

type Block = YamlMapping | EvidenceFault | undefined;

/** The mapping that is meant; nothing where it is another one. */
function read(fence: Fence, isMeant: IsMeant, file: string): Block {
  if (fence.isEndless) return new EvidenceFault('This fenced block has no end.', { file, line: fence.line });
  try {
    const mapping = meantOf(yamlMappings(fence, file), isMeant, file);
    return isMeant(mapping.data) ? mapping : undefined;
  } catch (error) {
    if (error instanceof EvidenceFault) return error;
    throw error;
  }
}

function single(blocks: readonly Block[], file: string): YamlMapping | undefined {
  const found = blocks.flatMap((block) => (block === undefined || block instanceof EvidenceFault ? [] : [block]));
  if (found.length > 1) throw twice(file, found.at(-1)?.line ?? 1);
  return found[0];
}

function throwFirst(blocks: readonly Block[]): void {
  const broken = blocks.find((block) => block instanceof EvidenceFault);
  if (broken !== undefined) throw broken;
}

/** A mapping with the keys that the lines of a text begin with. */
function keysOf(text: string, key: RegExp): AgentData {
  const keys = text.split('\n').map((line) => key.exec(line)?.[1] ?? '');
  return Object.fromEntries(keys.map((name) => [name, null]));
}
