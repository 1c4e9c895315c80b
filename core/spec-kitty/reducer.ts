/** What the log amounts to, exactly as Spec Kitty reckons it: `status.json` is this. Pure. */
import type { Delta, Log, Move, Note } from './events.ts';
import { byCodePoints, jsonFile } from './json-text.ts';
import { LANES, type Lane } from './lanes.ts';
import { retrospectiveOf } from './retrospective.ts';

/** The members of a work package in `status.json`, by their names there. */
export type WorkPackageStatus = ReadonlyMap<string, unknown>;

export interface Status {
  readonly mission: string;
  readonly workPackages: ReadonlyMap<string, WorkPackageStatus>;
  /** The last move. */
  readonly last?: Move;
  readonly moves: number;
}

/** Kept when a work package moves. */
const RUNTIME = [
  ...['shell_pid', 'shell_pid_created_at', 'subtasks', 'notes', 'tracker_refs', 'agent', 'assignee', 'review'],
  ...['role', 'agent_profile', 'agent_profile_version', 'model', 'provider'],
];

interface Folded {
  /** What has brought it where it is. */
  readonly by: Move;
  readonly members: Map<string, unknown>;
}

/** All moves come before all notes; both in the order of their times, then of their ids. */
export function reduced(log: Log): Status {
  const moves = inOrder(distinct(log.moves));
  const folded = new Map<string, Folded>();
  for (const move of moves) {
    const before = folded.get(move.workPackage);
    if (before && isBeaten(before.by, move)) continue;
    folded.set(move.workPackage, { by: move, members: movedTo(move, before?.members) });
  }
  const workPackages = new Map([...folded].map(([id, { members }]) => [id, members]));
  for (const note of inOrder(log.notes)) {
    const members = workPackages.get(note.workPackage) ?? withoutLane(note);
    workPackages.set(note.workPackage, members);
    fold(members, note.delta);
  }
  const last = moves.at(-1);
  return {
    mission: safeSegment(moves[0]?.mission ?? ''),
    workPackages,
    moves: moves.length,
    ...(last && { last }),
  };
}

function distinct(moves: readonly Move[]): Move[] {
  const first = new Map<string, Move>();
  for (const move of moves) if (!first.has(move.id)) first.set(move.id, move);
  return [...first.values()];
}

/** Those of one time and one id stay as they stand. */
function inOrder<Event extends Move | Note>(events: readonly Event[]): Event[] {
  return events.toSorted((one, other) => byCodePoints(one.at, other.at) || byCodePoints(one.id, other.id));
}

/** Of two moves at one time, the one by which a reviewer sends back stands. */
function isBeaten(by: Move, move: Move): boolean {
  return by.at === move.at && sendsBack(by) && !sendsBack(move);
}

function sendsBack({ from, to, reviewRef }: Move): boolean {
  return to === 'in_progress' && (from === 'in_review' || (from === 'for_review' && reviewRef !== undefined));
}

function movedTo(move: Move, before: ReadonlyMap<string, unknown> | undefined): Map<string, unknown> {
  const forced = Number(before?.get('force_count') ?? 0) + (move.force ? 1 : 0);
  const members = new Map<string, unknown>([
    ['lane', move.to],
    ['actor', move.actor],
    ['last_transition_at', move.at],
    ['last_event_id', move.id],
    ['force_count', forced],
  ]);
  for (const name of RUNTIME) if (before?.has(name)) members.set(name, before.get(name));
  if (move.from === 'planned' && move.to === 'claimed') claim(members, move.policy ?? {});
  if (move.reviewResult || move.from === 'in_review') members.set('review_result', move.reviewResult ?? null);
  else if (before?.has('review_result')) members.set('review_result', before.get('review_result'));
  if (move.to === 'canceled') {
    members.set('cancellation_reason', move.reason ?? null);
    members.set('reason_source', move.reasonSource ?? guessedSource(move.reason));
  }
  return members;
}

function claim(members: Map<string, unknown>, policy: Readonly<Record<string, unknown>>): void {
  for (const name of ['shell_pid', 'shell_pid_created_at'])
    if (policy[name] !== undefined && policy[name] !== null) members.set(name, policy[name]);
  if (policy['agent']) members.set('agent', policy['agent']);
}

/** Lines of before have no source: the program's own words are known by their beginnings. */
function guessedSource(reason = ''): string {
  return reason.trim() === '' || /^(?:Force move to |move-task: )/.test(reason) ? 'synthetic' : 'operator';
}

function withoutLane({ actor }: Note): Map<string, unknown> {
  return new Map<string, unknown>([
    ['lane', 'uninitialized' satisfies Lane],
    ['actor', actor],
    ['last_transition_at', null],
    ['last_event_id', null],
    ['force_count', 0],
  ]);
}

function fold(members: Map<string, unknown>, delta: Delta): void {
  if (delta.releasesClaim) for (const name of ['agent', 'shell_pid', 'shell_pid_created_at']) members.set(name, null);
  for (const [name, value] of delta.replaced) members.set(name, value);
  // what has grown once grows in place: a log may be long
  if (delta.subtasks) {
    const subtasks = grown(members, 'subtasks', new Map<string, Lane>());
    for (const [id, lane] of delta.subtasks) subtasks.set(id, lane);
  }
  if (delta.note !== undefined) grown<string[]>(members, 'notes', []).push(delta.note);
  const { trackerRefs, trackerRefsReplace } = delta;
  if (trackerRefsReplace) members.set('tracker_refs', new Set(trackerRefsReplace));
  else if (trackerRefs) {
    const references = grown(members, 'tracker_refs', new Set<string>());
    for (const reference of trackerRefs) references.add(reference);
  }
  if (delta.review) members.set('review', Object.values(delta.review).some(Boolean) ? delta.review : null);
}

function grown<Kept>(members: Map<string, unknown>, name: string, empty: Kept): Kept {
  if (!members.has(name)) members.set(name, empty);
  return members.get(name) as Kept;
}

export function laneOf(status: WorkPackageStatus | undefined): Lane {
  return (status?.get('lane') as Lane | undefined) ?? 'genesis';
}

export function subtasksOf(status: WorkPackageStatus | undefined): ReadonlyMap<string, Lane> {
  const found = status?.get('subtasks');
  return found instanceof Map ? found : new Map();
}

export function textsOf(status: WorkPackageStatus | undefined, name: 'notes' | 'tracker_refs'): readonly string[] {
  const found = status?.get(name);
  return found instanceof Set ? [...found] : Array.isArray(found) ? found : [];
}

/** What `meta.json` says beside the log. */
export interface MissionFacts {
  readonly number?: number;
  readonly type?: string;
}

/** The whole text of `status.json`. */
export function statusFile(log: Log, { number, type = '' }: MissionFacts): string {
  const { mission, workPackages, moves, last } = reduced(log);
  const [, prefix] = /^(\d+)-/.exec(mission) ?? [];
  const retrospective = retrospectiveOf(log.retrospectives);
  return jsonFile({
    mission_slug: mission,
    mission_number: number !== undefined ? String(number) : prefix === undefined ? '' : String(Number(prefix)),
    mission_type: type.trim(),
    materialized_at: last?.at ?? '',
    event_count: moves,
    last_event_id: last?.id ?? null,
    summary: Object.fromEntries(LANES.map((lane) => [lane, countIn(workPackages, lane)])),
    work_packages: plain(workPackages),
    ...(retrospective && { retrospective }),
  });
}

function countIn(workPackages: Status['workPackages'], lane: Lane): number {
  return [...workPackages.values()].filter((status) => laneOf(status) === lane).length;
}

function plain(value: unknown): unknown {
  if (value instanceof Set) return [...value];
  return value instanceof Map ? Object.fromEntries([...value].map(([key, each]) => [key, plain(each)])) : value;
}

/** What the program takes as a name of a folder; else nothing. */
function safeSegment(slug: string): string {
  return /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(slug) && !slug.includes('..') ? slug : '';
}
