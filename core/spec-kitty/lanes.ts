/** The lanes of a work package, the edges between them, and what each edge needs. Pure. */
import type { IssueState } from '../ports/issue.ts';

/** Those that boards show. */
export const LANES = [
  'planned',
  'claimed',
  'in_progress',
  'for_review',
  'in_review',
  'approved',
  'done',
  'blocked',
  'canceled',
] as const;

/** `genesis`: before it was planned; `uninitialized`: there are notes about it, and no lane yet. */
export type Lane = (typeof LANES)[number] | 'genesis' | 'uninitialized';

export function isLane(text: unknown): text is Lane {
  return text === 'genesis' || text === 'uninitialized' || LANES.some((lane) => lane === text);
}

const EDGES: Readonly<Record<Lane, readonly Lane[]>> = {
  genesis: ['planned', 'canceled'],
  uninitialized: [],
  planned: ['claimed', 'blocked', 'canceled'],
  claimed: ['in_progress', 'blocked', 'canceled'],
  in_progress: ['for_review', 'approved', 'planned', 'blocked', 'canceled'],
  for_review: ['in_review', 'blocked', 'canceled'],
  in_review: ['approved', 'done', 'in_progress', 'planned', 'blocked', 'canceled'],
  approved: ['done', 'in_progress', 'planned', 'blocked', 'canceled'],
  done: [],
  blocked: ['in_progress', 'canceled'],
  canceled: [],
};

/** An actor and a reason are always there when PACE writes; the rest has to be known. */
export type Need = 'subtasks' | 'evidence' | 'review result' | 'review reference';

export interface Step {
  readonly from: Lane;
  readonly to: Lane;
  readonly needs?: Need;
}

export function isEdge(from: Lane, to: Lane): boolean {
  return EDGES[from].includes(to);
}

function needOf(from: Lane, to: Lane): Need | undefined {
  if (from === 'in_review') return 'review result';
  if (from === 'in_progress' && to === 'for_review') return 'subtasks';
  if (to === 'approved' || to === 'done') return 'evidence';
  if (from === 'approved' && (to === 'in_progress' || to === 'planned')) return 'review reference';
  return undefined;
}

function step(from: Lane, to: Lane): Step {
  const needs = needOf(from, to);
  return { from, to, ...(needs && { needs }) };
}

/**
 * The edges from one lane to the other: the fewest of those that need nothing beyond `met`, else the fewest of all.
 * `undefined` where there is no way.
 */
export function wayBetween(from: Lane, to: Lane, met: (need: Need) => boolean): readonly Step[] | undefined {
  const isFree = ({ needs }: Step) => needs === undefined || met(needs);
  return fewest(from, to, isFree) ?? fewest(from, to, () => true);
}

/** No way leads through what people read as an end, or as trouble, unless it begins there. */
const NO_THOROUGHFARE: ReadonlySet<Lane> = new Set(['blocked', 'done', 'canceled']);

function fewest(from: Lane, to: Lane, isOpen: (step: Step) => boolean): readonly Step[] | undefined {
  if (from === to) return [];
  const ways = new Map<Lane, readonly Step[]>([[from, []]]);
  for (const [lane, way] of ways) {
    if (lane !== from && NO_THOROUGHFARE.has(lane)) continue;
    for (const next of EDGES[lane]) {
      const edge = step(lane, next);
      if (ways.has(next) || !isOpen(edge)) continue;
      if (next === to) return [...way, edge];
      ways.set(next, [...way, edge]);
    }
  }
  return undefined;
}

const STATES: Readonly<Record<Lane, IssueState>> = {
  genesis: 'open',
  uninitialized: 'open',
  planned: 'open',
  claimed: 'in_progress',
  in_progress: 'in_progress',
  for_review: 'in_review',
  in_review: 'in_review',
  approved: 'in_review',
  done: 'done',
  blocked: 'blocked',
  canceled: 'canceled',
};

export function stateOf(lane: Lane): IssueState {
  return STATES[lane];
}

/** Where a work package goes that is to have a state; it stays in a lane that means the state already. */
export const LANE_OF: Readonly<Record<IssueState, Lane>> = {
  open: 'planned',
  in_progress: 'in_progress',
  in_review: 'for_review',
  blocked: 'blocked',
  done: 'done',
  canceled: 'canceled',
};
