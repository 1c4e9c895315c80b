/** The log of a mission, `status.events.jsonl`: moves between lanes, notes about work packages, and lines about other things. Pure. */
import { isLane, type Lane } from './lanes.ts';

export interface Move {
  readonly kind: 'move';
  readonly id: string;
  readonly workPackage: string;
  readonly mission: string;
  readonly from: Lane;
  readonly to: Lane;
  readonly at: string;
  readonly actor: string;
  readonly force: boolean;
  readonly reason?: string;
  readonly reasonSource?: string;
  readonly reviewRef?: string;
  readonly reviewResult?: Readonly<Record<string, string>>;
  readonly policy?: Readonly<Record<string, unknown>>;
}

export interface Note {
  readonly kind: 'note';
  readonly id: string;
  readonly workPackage: string;
  readonly at: string;
  readonly actor: string;
  readonly delta: Delta;
}

/** Every member is optional; one that is absent leaves things as they are. */
export interface Delta {
  readonly note?: string;
  readonly subtasks?: ReadonlyMap<string, Lane>;
  readonly trackerRefs?: readonly string[];
  readonly trackerRefsReplace?: readonly string[];
  /** The members that replace what was there: agent, assignee, role, … */
  readonly replaced: ReadonlyMap<string, string | number>;
  readonly releasesClaim: boolean;
  readonly review?: Readonly<Record<string, string>>;
}

/** Of a retrospective: it is told in `status.json`, and moves nothing. */
export interface Retrospective {
  readonly kind: 'retrospective';
  readonly id: string;
  readonly at: string;
  readonly name: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

export interface Log {
  readonly moves: readonly Move[];
  readonly notes: readonly Note[];
  readonly retrospectives: readonly Retrospective[];
  /** The greatest time in any of its lines, as it is written; absent where there is none. */
  readonly latest?: string;
  /** The ids of all events. */
  readonly ids: ReadonlySet<string>;
}

export interface Corrupt {
  /** Counted from 1. */
  readonly line: number;
  readonly message: string;
}

// Python's str.splitlines and str.strip, which the program reads the log with
const SEPARATORS = '\\u001c-\\u001e\\u0085\\u2028\\u2029';
const LINE_END = new RegExp(`\\r\\n|[\\n\\r\\v\\f${SEPARATORS}]`);

/** The program refuses a log with any line that it does not know, and shows every work package as planned: so nothing is guessed here. */
export function readLog(text: string): { readonly log: Log } | { readonly corrupt: readonly Corrupt[] } {
  const moves: Move[] = [];
  const notes: Note[] = [];
  const retrospectives: Retrospective[] = [];
  const ids = new Set<string>();
  const corrupt: Corrupt[] = [];
  let latest: string | undefined;
  for (const [at, raw] of text.split(LINE_END).entries()) {
    const line = stripped(raw);
    if (line === '') continue;
    const read = readLine(line);
    if (typeof read === 'string') {
      corrupt.push({ line: at + 1, message: read });
      continue;
    }
    const time = read.at;
    if (time !== undefined && (latest === undefined || momentOf(time) > momentOf(latest))) latest = time;
    if (read.id !== undefined) ids.add(read.id);
    if (read.event?.kind === 'move') moves.push(read.event);
    if (read.event?.kind === 'note') notes.push(read.event);
    if (read.event?.kind === 'retrospective') retrospectives.push(read.event);
  }
  if (corrupt.length > 0) return { corrupt };
  return { log: { moves, notes, retrospectives, ids, ...(latest !== undefined && { latest }) } };
}

/** As `trim`, but for a byte order mark, which the program takes for a sign like others. */
function stripped(line: string): string {
  let [start, end] = [0, line.length];
  while (start < end && isBlank(line[start])) start += 1;
  while (end > start && isBlank(line[end - 1])) end -= 1;
  return line.slice(start, end);
}

function isBlank(sign = ''): boolean {
  return sign !== '\ufeff' && sign.trim() === '';
}

/** Milliseconds with a fraction: the log counts microseconds. `-Infinity` for what is no time. */
export function momentOf(iso: string): number {
  const [, fraction = ''] = /\.\d{3}(\d{1,6})/.exec(iso) ?? [];
  const milliseconds = Date.parse(iso);
  return Number.isNaN(milliseconds) ? Number.NEGATIVE_INFINITY : milliseconds + Number(`0.${fraction || '0'}`);
}

type Members = Readonly<Record<string, unknown>>;

interface ReadLine {
  readonly event?: Move | Note | Retrospective;
  readonly at?: string;
  readonly id?: string;
}

/** A text says what is wrong. */
function readLine(line: string): ReadLine | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return 'It is not JSON.';
  }
  if (!isMembers(value)) return 'It is not a JSON object.';
  const { kind, event_id: id } = value;
  const common = { ...(typeof id === 'string' && { id }), ...timeOf(value) };
  if (kind !== undefined && kind !== null) {
    if (kind !== 'annotation') return `Spec Kitty does not know its kind: ${shown(kind)}.`;
    const note = readNote(value);
    return typeof note === 'string' ? note : { ...common, event: note };
  }
  if (isAboutOther(value)) {
    const event = readRetrospective(value);
    return event ? { ...common, event } : common;
  }
  const move = readMove(value);
  return typeof move === 'string' ? move : { ...common, event: move };
}

function timeOf({ at, timestamp }: Members): { readonly at?: string } {
  const time = typeof at === 'string' ? at : timestamp;
  return typeof time === 'string' ? { at: time } : {};
}

const RETROSPECTIVES = ['RetrospectiveCaptured', 'RetrospectiveCaptureFailed', 'RetrospectiveSkipped'];

function isAboutOther(members: Members): boolean {
  const { event_name: name, type } = members;
  if (typeof name === 'string' && name.startsWith('retrospective.')) return true;
  if (typeof type === 'string' && RETROSPECTIVES.includes(type)) return true;
  return Object.hasOwn(members, 'event_type');
}

function readRetrospective({ event_name: name, at, event_id: id, payload }: Members): Retrospective | undefined {
  if (typeof name !== 'string' || !name.startsWith('retrospective.')) return undefined;
  return {
    kind: 'retrospective',
    name,
    at: typeof at === 'string' ? at : '',
    id: typeof id === 'string' ? id : '',
    payload: isMembers(payload) ? payload : {},
  };
}

function readMove(members: Members): Move | string {
  const { event_id: id, wp_id: workPackage, from_lane: from, to_lane: to, at, force, execution_mode: mode } = members;
  const actor = actorOf(members['actor']);
  if (!Object.hasOwn(members, 'actor') || actor === undefined) return 'Its `actor` is not a name.';
  if (typeof id !== 'string' || typeof workPackage !== 'string' || typeof at !== 'string')
    return 'It is not a move between lanes, and nothing else that Spec Kitty knows: `event_id`, `wp_id` and `at` are texts.';
  if (!isLane(from) || !isLane(to)) return `There is no lane ${shown(isLane(from) ? to : from)}.`;
  if (typeof force !== 'boolean') return '`force` is neither true nor false.';
  if (mode === undefined) return '`execution_mode` is missing.';
  const reviewResult = reviewOf(members['review_result']);
  if (reviewResult === 'wrong') return '`review_result` lacks its reviewer, verdict or reference.';
  const evidence = members['evidence'];
  if (isSaid(evidence) && (!isMembers(evidence) || typeof reviewOf(evidence['review']) !== 'object'))
    return '`evidence` lacks its review.';
  const { mission_slug: slug, feature_slug: oldSlug, reason, reason_source: source, review_ref: ref } = members;
  const policy = members['policy_metadata'];
  return {
    kind: 'move',
    ...{ id, workPackage, from, to, at, actor, force },
    mission: typeof slug === 'string' && slug !== '' ? slug : typeof oldSlug === 'string' ? oldSlug : '',
    ...(typeof reason === 'string' && { reason }),
    ...(typeof source === 'string' && { reasonSource: source }),
    ...(typeof ref === 'string' && { reviewRef: ref }),
    ...(reviewResult && { reviewResult }),
    ...(isMembers(policy) && { policy }),
  };
}

export const ULID = /^[0-9A-HJKMNP-TV-Z]{26}$/;

function readNote(members: Members): Note | string {
  const { event_id: id, wp_id: workPackage, at, delta } = members;
  if (typeof id !== 'string' || !ULID.test(id)) return 'Its `event_id` is not a ULID.';
  const actor = actorOf(members['actor']);
  if (actor === undefined) return 'Its `actor` is not a name.';
  if (typeof workPackage !== 'string' || typeof at !== 'string') return '`wp_id` and `at` are texts.';
  if (!isMembers(delta)) return 'Its `delta` is missing.';
  const read = readDelta(delta);
  return typeof read === 'string' ? read : { kind: 'note', id, workPackage, at, actor, delta: read };
}

const TEXTS = [
  ...['shell_pid_created_at', 'agent', 'assignee', 'role'],
  ...['agent_profile', 'agent_profile_version', 'model', 'provider'],
];

function readDelta(members: Members): Delta | string {
  const replaced = new Map<string, string | number>();
  const pid = members['shell_pid'];
  if (isThere(pid)) {
    const isNumber = typeof pid === 'number' || (typeof pid === 'string' && /^\s*[+-]?\d+\s*$/.test(pid));
    const number = isNumber ? Number(pid) : Number.NaN;
    if (!Number.isSafeInteger(number)) return '`shell_pid` is not a number.';
    replaced.set('shell_pid', number);
  }
  for (const name of TEXTS) {
    const value = members[name];
    if (!isThere(value) || value === '') continue;
    if (typeof value !== 'string') return `\`${name}\` is not a text.`;
    replaced.set(name, value);
  }
  const { note, subtasks, tracker_refs: refs, tracker_refs_replace: replacing, review } = members;
  if (isThere(note) && typeof note !== 'string') return '`note` is not a text.';
  const lanes = isThere(subtasks) ? lanesOf(subtasks) : undefined;
  if (typeof lanes === 'string') return lanes;
  if (isThere(refs) && !isTexts(refs)) return '`tracker_refs` is not a list of texts.';
  if (isThere(replacing) && !isTexts(replacing)) return '`tracker_refs_replace` is not a list of texts.';
  const override = isThere(review) ? overrideOf(review) : undefined;
  if (override === 'wrong') return '`review` lacks its time, actor, work package or reason.';
  return {
    ...(typeof note === 'string' && { note }),
    ...(lanes && { subtasks: lanes }),
    ...(isTexts(refs) && { trackerRefs: refs }),
    ...(isTexts(replacing) && { trackerRefsReplace: replacing }),
    replaced,
    releasesClaim: isSaid(members['release_runtime_claim']),
    ...(override && { review: override }),
  };
}

function lanesOf(value: unknown): ReadonlyMap<string, Lane> | string {
  if (!isMembers(value)) return '`subtasks` is not an object.';
  const lanes = new Map<string, Lane>();
  for (const [id, lane] of Object.entries(value)) {
    if (!isLane(lane)) return `There is no lane ${shown(lane)}.`;
    lanes.set(id, lane);
  }
  return lanes;
}

const ACTOR_KEYS = 'model,profile,role,tool';
const PYTHON_WORDS = new Map<unknown, string>([
  [null, 'None'],
  [true, 'True'],
  [false, 'False'],
]);

/** Who it is in one text, as the program tells it. */
function actorOf(actor: unknown): string | undefined {
  if (typeof actor === 'string') return actor;
  const words = typeof actor === 'object' || typeof actor === 'boolean' ? PYTHON_WORDS.get(actor) : undefined;
  if (words !== undefined || Number.isSafeInteger(actor)) return words ?? String(actor);
  if (!isMembers(actor)) return undefined;
  if (Object.keys(actor).sort().join(',') !== ACTOR_KEYS) return undefined;
  const values = Object.values(actor);
  if (values.some((value) => value !== null && typeof value !== 'string')) return undefined;
  return String(actor['tool'] || actor['role'] || '');
}

/** `undefined` where there is none. */
function reviewOf(value: unknown): Readonly<Record<string, string>> | 'wrong' | undefined {
  if (!isSaid(value)) return undefined;
  if (!isMembers(value)) return 'wrong';
  const { reviewer, verdict, reference, feedback_path: path } = value;
  if (typeof reviewer !== 'string' || typeof verdict !== 'string' || typeof reference !== 'string') return 'wrong';
  return { reviewer, verdict, reference, ...(typeof path === 'string' && { feedback_path: path }) };
}

function overrideOf(value: unknown): Readonly<Record<string, string>> | 'wrong' {
  if (!isMembers(value)) return 'wrong';
  const { at, actor, wp_id: id, reason } = value;
  if (typeof at !== 'string' || typeof actor !== 'string' || typeof id !== 'string' || typeof reason !== 'string')
    return 'wrong';
  return { at, actor, wp_id: id, reason };
}

/** An empty text or list is there, too. */
function isThere(value: unknown): value is NonNullable<unknown> {
  return value !== undefined && value !== null;
}

/** What Python takes for true. */
function isSaid(value: unknown): boolean {
  if (!isThere(value) || typeof value !== 'object') return Boolean(value);
  return Object.keys(value).length > 0;
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function shown(value: unknown): string {
  return (JSON.stringify(value) ?? 'nothing').slice(0, 60);
}
