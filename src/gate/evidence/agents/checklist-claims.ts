/** What the handoff and the gate agent's report say about criteria, in one form. */
import type { AgentDocument } from './agent-document.ts';
import { type AgentItem, agentItems } from './agent-items.ts';
import type { Criterion } from './checklist-criteria.ts';
import { idsOf, normalised } from './same-text.ts';
import { tasksOf } from './task-list.ts';

export interface Claims {
  readonly done: readonly AgentItem[];
  /** Declared not done: out of scope, deferred, a known gap. */
  readonly open: readonly AgentItem[];
  /** Said not to be done, without being declared. */
  readonly undone: readonly AgentItem[];
}

type LookUp = (criterion: Criterion) => AgentItem | undefined;

/** The same, to be asked about a criterion. */
export type ClaimBook = { readonly [Kind in keyof Claims]: LookUp };

export const noClaims: Claims = { done: [], open: [], undone: [] };

const CLAIM_KEYS = [
  'built',
  'edge_cases_tested',
  'criteria',
  'criteria_met',
  'criteria_results',
  'acceptance',
  'acceptance_criteria',
  'completed',
  'done',
];
const OPEN_KEYS = ['out_of_scope', 'deferred', 'known_gaps'];
const DONE_WORDS = /^(?:pass|passed|done|met|built|complete|completed|implemented|tested|yes|true|ok|x)$/i;
const OPEN_WORDS = /^(?:partial|partially|deferred|out[ _-]of[ _-]scope)$/i;

/** Adds what a handoff claims. An entry without a word of judgement in a list of what was built is a claim that it is done. */
export function claimsOf(claims: Claims, { data, markdown }: AgentDocument): Claims {
  const listed = CLAIM_KEYS.flatMap((key) => agentItems(data[key])).map(withBox);
  const tasks = tasksOf(markdown).map(({ text, done }) => ({ text, word: done ? 'done' : 'not done' }));
  return sorted(claims, [...listed, ...tasks], openItems(data));
}

/** Adds the gate agent's results: only an explicit word counts. */
export function gateClaims(claims: Claims, { data }: AgentDocument): Claims {
  const results = agentItems(data.criteria_results).map((item) => ({ ...item, word: item.word ?? 'no result' }));
  return sorted(claims, results, openItems(data));
}

/** Looks claims up by text or id, as `same-text.ts` has it. */
export function claimBook({ done, open, undone }: Claims): ClaimBook {
  return { done: lookUp(done), open: lookUp(open), undone: lookUp(undone) };
}

function lookUp(items: readonly AgentItem[]): LookUp {
  const byText = new Map(items.map((item) => [normalised(item.text), item]));
  const byId = new Map(items.flatMap((item) => idsOf(item.text, item.id).map((id) => [id, item] as const)));
  return ({ normal, ids }) => {
    const same = normal === '' ? undefined : byText.get(normal);
    return same ?? ids.map((id) => byId.get(id)).find((item) => item !== undefined);
  };
}

function openItems(data: AgentDocument['data']): readonly AgentItem[] {
  return OPEN_KEYS.flatMap((key) => agentItems(data[key]));
}

function withBox(item: AgentItem): AgentItem {
  const [, tick, text] = /^\[([ xX])\]\s+(.+)$/s.exec(item.text) ?? [];
  return text === undefined ? item : { ...item, text, word: tick === ' ' ? 'not done' : 'done' };
}

function sorted(claims: Claims, items: readonly AgentItem[], open: readonly AgentItem[]): Claims {
  const isDone = ({ word }: AgentItem) => word === undefined || DONE_WORDS.test(word);
  const isOpen = ({ word }: AgentItem) => word !== undefined && OPEN_WORDS.test(word);
  return {
    done: [...claims.done, ...items.filter(isDone)],
    open: [...claims.open, ...open, ...items.filter(isOpen)],
    undone: [...claims.undone, ...items.filter((item) => !isDone(item) && !isOpen(item))],
  };
}
