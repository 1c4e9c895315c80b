/** What the handoff and the gate agent's report say about the criteria of a story. */
import type { AgentDocument } from './agent-document.ts';
import { type AgentItem, agentItems } from './agent-items.ts';
import type { Criterion, Story } from './checklist-criteria.ts';
import { callsOf, matchItem } from './checklist-match.ts';
import { boxOf, judgedWords, type Verdict, verdictOf } from './claim-words.ts';
import { tasksOf } from './task-list.ts';

export interface Claim {
  readonly item: AgentItem;
  readonly verdict: Verdict;
}

/** What is claimed of a criterion, the first of each kind; and what seems to be meant and is not. */
export interface ClaimBook {
  of(criterion: Criterion): Partial<Readonly<Record<Verdict, AgentItem>>>;
  readonly doubts: readonly string[];
}

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

/** What a handoff claims. An entry without a word of judgement in a list of what was built is a claim that it is done. */
export function claimsOf({ data, markdown }: AgentDocument): readonly Claim[] {
  const listed = CLAIM_KEYS.flatMap((key) => agentItems(data[key])).map(boxOf);
  const tasks = tasksOf(markdown).map(({ text, done }) => ({ text, word: done ? 'done' : 'not done' }));
  const claims = [...listed, ...tasks].map((item) => ({ item, verdict: verdictOf(item.word) }));
  return [...claims, ...openClaims(data)];
}

/** The gate agent's results: only an explicit word counts. What it names as a blocker has failed. */
export function gateClaims({ data }: AgentDocument): readonly Claim[] {
  const results = agentItems(data.criteria_results).map((item) => ({ ...item, word: item.word ?? 'no result' }));
  const blockers = agentItems(data.blockers).map((item) => ({ ...item, word: 'a blocker' }));
  const claims = [...blockers, ...results].map((item) => ({ item, verdict: verdictOf(item.word) }));
  return [...claims, ...openClaims(data)];
}

/** What the document itself declares as not to be done. */
export function openClaims(data: AgentDocument['data'], keys: readonly string[] = OPEN_KEYS): readonly Claim[] {
  return keys.flatMap((key) => agentItems(data[key])).map((item) => ({ item, verdict: 'open' as const }));
}

/** Brings claims to the criteria that they speak of, as `checklist-match.ts` has it. */
export function claimBook(claims: readonly Claim[], story: Story): ClaimBook {
  const calls = callsOf(story);
  const book = new Map<string, Partial<Record<Verdict, AgentItem>>>();
  const doubts = new Set<string>();
  for (const { item, verdict } of claims) {
    const { meant, beside, doubt } = matchItem(item, story, calls);
    if (doubt !== undefined) doubts.add(doubt);
    for (const criterion of meant) {
      const said = book.get(criterion.key) ?? {};
      const isJudged = item.word !== undefined || verdict === 'open' || beside === undefined;
      said[isJudged ? verdict : judgedWords(beside, criterion.words)] ??= item;
      book.set(criterion.key, said);
    }
  }
  return { of: ({ key }) => book.get(key) ?? {}, doubts: [...doubts] };
}
