/** Lists in agents' documents: of strings, of objects, or one text with a line each. */

import { defined } from '../../../../core/defined.ts';
import { isRecord } from '../../../../core/record.ts';

/** One entry, whatever way it was written. */
export interface AgentItem {
  readonly text: string;
  readonly id?: string;
  /** The word of judgement, as written. */
  readonly word?: string;
  readonly proof?: string;
}

export const TEXT_KEYS = [
  'criterion',
  'check',
  'finding',
  'item',
  'text',
  'description',
  'title',
  'name',
  'summary',
  'gap',
];
const WORD_KEYS = ['result', 'status', 'state', 'verdict', 'done', 'met'];
const PROOF_KEYS = ['evidence', 'proof', 'details', 'detail', 'reason', 'note', 'notes', 'message'];
const NOTHING = /^(?:none|n\/?a|nil|nothing|[-–—]+|no (?:blockers?|advisor(?:y|ies)|findings?|gaps?))?\.?$/i;

/** The entries of a list; nothing for an absent one, and for the words with which people say "none". */
export function agentItems(value: unknown): readonly AgentItem[] {
  if (value === undefined || value === null || value === false) return [];
  if (Array.isArray(value)) return value.map(toItem).filter(isSomething);
  if (isRecord(value)) return mapItems(value).filter(isSomething);
  return String(value)
    .split('\n')
    .map((line) => toItem(line.replace(/^\s*(?:[-*+•]\s+)?/, '')))
    .filter(isSomething);
}

function isSomething({ text, id }: AgentItem): boolean {
  return id !== undefined || !NOTHING.test(text);
}

function toItem(value: unknown): AgentItem {
  if (!isRecord(value)) return { text: scalar(value) ?? '' };
  const [key, ...others] = Object.keys(value);
  if (key === undefined || others.length > 0 || TEXT_KEYS.includes(key) || key === 'id') return fromObject(value);
  const entry = value[key];
  if (isRecord(entry)) return fromObject({ text: key, ...entry });
  const words = scalar(entry) ?? '';
  if (/^(?:pass|fail|partial|advisory)$/i.test(words)) return { text: key, word: words };
  // `- AC1: the user can log in` is a mapping to YAML, and a sentence to whoever wrote it
  return { text: `${key}: ${words}`.trim() };
}

function fromObject(value: Readonly<Record<string, unknown>>): AgentItem {
  const id = scalar(value.id);
  const word = first(value, WORD_KEYS);
  const proof = first(value, PROOF_KEYS);
  return {
    text: first(value, TEXT_KEYS) ?? first(value, ['message', 'details']) ?? id ?? JSON.stringify(value).slice(0, 500),
    ...defined({ id, word, proof }),
  };
}

/** A single object in place of a list of one, or a mapping from criterion to result. */
function mapItems(value: Readonly<Record<string, unknown>>): readonly AgentItem[] {
  if (TEXT_KEYS.some((key) => key in value)) return [fromObject(value)];
  return Object.entries(value).map(([key, entry]) =>
    isRecord(entry) ? fromObject({ text: key, ...entry }) : { text: key, word: scalar(entry) ?? '' },
  );
}

function first(value: Readonly<Record<string, unknown>>, keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const text = scalar(value[key]);
    if (text !== undefined) return text;
  }
  return undefined;
}

function scalar(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (Array.isArray(value)) return value.map((entry) => scalar(entry) ?? '').join('\n');
  return (isRecord(value) ? JSON.stringify(value) : String(value)).trim();
}
