/** Moves between lanes: over legal edges, and never past a review that nobody has given. Pure. */
import { PaceError } from '../../core/errors.ts';
import type { Target } from '../../core/ports/index.ts';
import type { Transition } from '../../core/ports/issue.ts';
import {
  isLane,
  LANE_OF,
  LANES,
  type Lane,
  type Need,
  type Step,
  stateOf,
  wayBetween,
} from '../../core/spec-kitty/lanes.ts';
import type { NewMove, NewNote } from '../../core/spec-kitty/new-lines.ts';
import { laneOf, subtasksOf } from '../../core/spec-kitty/reducer.ts';
import type { Evidence } from './coordination.ts';
import { type Board, isOlder, packageIn, statusIn } from './issue-context.ts';
import { OWN_ACTOR } from './wire.ts';

export interface Moved {
  readonly entries: readonly (NewMove | NewNote)[];
  /** It stays where it is. */
  readonly refusal?: PaceError;
}

export function moved(board: Board, key: string, target: Target, person: string): Moved {
  const { file } = packageIn(board, key);
  const from = laneOf(statusIn(board, key));
  const to = laneFor(target);
  if (
    from === to ||
    (target.name === undefined && stateOf(from) === target.state && from !== 'uninitialized' && from !== 'genesis')
  )
    return { entries: [] };
  return movedBetween(board, {
    key,
    from: from === 'uninitialized' ? 'genesis' : from,
    to,
    subtasks: file.subtasks,
    person,
  });
}

interface Asked {
  readonly key: string;
  readonly from: Lane;
  readonly to: Lane;
  readonly subtasks: readonly string[];
  readonly person: string;
}

export function movedBetween(board: Board, { key, from, to, subtasks, person }: Asked): Moved {
  const { evidence } = board.place;
  const way = wayBetween(from, to, (need) => isMet(board, key, subtasks, need));
  const lacking = way?.find(({ needs }) => needs && !isMet(board, key, subtasks, needs));
  if (way && !lacking) return { entries: way.map((step) => moveOf(key, step)) };
  if (evidence === 'force') {
    return {
      entries: [{ workPackage: key, from, to, force: true, reason: `Forced by PACE: set to ${to} by ${person}` }],
    };
  }
  const why = lacking ? WHY[lacking.needs ?? 'evidence'] : `nothing leads from ${from} to ${to}`;
  const note = `PACE: ${person} has set this to ${to} in a tracker. It stays in ${from}: ${why}.`;
  const isNoted = board.log.notes.some(({ workPackage, delta }) => workPackage === key && delta.note === note);
  return {
    entries: evidence === 'note' && !isNoted ? [{ workPackage: key, actor: OWN_ACTOR, delta: { note } }] : [],
    refusal: refusal({ key, from, to }, why, evidence),
  };
}

function refusal({ key, from, to }: Pick<Asked, 'key' | 'from' | 'to'>, why: string, evidence: Evidence): PaceError {
  return new PaceError({
    kind: 'transition',
    message: `${key} stays in ${from}, and does not move to ${to}: ${why}.${evidence === 'note' ? ' A note in its log says so.' : ''}`,
    remedy: 'Please move it with Spec Kitty, which asks for what is missing; or let PACE move it by `evidence: force`.',
  });
}

const WHY: Readonly<Record<Need, string>> = {
  subtasks: 'not all of its subtasks are done',
  evidence: 'that needs the approval of a reviewer',
  'review result': 'that needs the result of its review',
  'review reference': 'that needs what the review says',
};

function isMet(board: Board, key: string, subtasks: readonly string[], need: Need): boolean {
  if (need !== 'subtasks') return false;
  const lanes = subtasksOf(statusIn(board, key));
  return subtasks.every((id) => lanes.get(id) === 'done');
}

function moveOf(key: string, { from, to }: Step): NewMove {
  return { workPackage: key, from, to, reason: to === 'canceled' ? 'Canceled in PACE' : 'Moved in PACE' };
}

/** A lane that people have named, if it means the state. */
function laneFor({ state, name }: Target): Lane {
  const named = name?.trim().toLowerCase();
  return isLane(named) && named !== 'genesis' && named !== 'uninitialized' && stateOf(named) === state
    ? named
    : LANE_OF[state];
}

/** Where it is, and wherever it can go. `in_review` is a word for all lanes of that state: by it nobody can name the lane. */
export function transitionsOf(board: Board, key: string): Transition[] {
  const lane = laneOf(statusIn(board, key));
  const isFixed = isOlder(board);
  return LANES.map((name) => ({ name, state: stateOf(name) })).filter(
    (target) =>
      target.name === lane ||
      (!isFixed && target.name !== 'in_review' && moved(board, key, target, '').refusal === undefined),
  );
}
