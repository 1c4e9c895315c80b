/** The words that choose issues, the same as flags of a command and in a query. Pure. */
import { toPriority } from '../../../core/drivers/field-labels.ts';
import { asPaceError } from '../../../core/errors.ts';
import {
  ISSUE_STATES,
  type IssueFilter,
  type IssueSort,
  type IssueState,
  isClosed,
  PRIORITY_NAMES,
  SORTS,
} from '../../../core/ports/index.ts';
import { ASKED } from '../../../core/tracker/issue-filter.ts';
import { didYouMean } from '../../../core/yaml/suggest.ts';
import { ownKey } from '../backends/references.ts';
import { fieldLabelsIn } from '../label-fields.ts';
import { DAY_FORMS, TIME_FORMS, toDay, toMoment } from '../times.ts';
import { type Mistake, refuseMistakes } from '../usage.ts';

/** One condition as it was typed. */
export interface Word {
  /** One of `WORDS`. */
  readonly name: string;
  readonly value: string;
  /** The issue must not fit. */
  readonly not: boolean;
  /** `--label`, or `--query, character 7`. */
  readonly where: string;
}

/** Conditions of which one alternative must hold as a whole; with `not` none may. */
export interface Group {
  readonly alternatives: readonly (readonly Term[])[];
  readonly not: boolean;
  readonly where: string;
}

export type Term = Word | Group;

/** Which issues are meant. */
export interface Selection {
  readonly filter: IssueFilter;
  /** An issue that fits one of them is left out. */
  readonly without: readonly IssueFilter[];
  readonly limit: number;
}

type Writable<T> = { -readonly [Name in keyof T]: T[Name] };

/** What has been understood so far. */
interface QueryDraft {
  readonly filter: Writable<IssueFilter>;
  readonly without: IssueFilter[];
  states: readonly IssueState[];
  limit?: number;
  /** The order and the limit are those of the whole query, wherever they stand. */
  readonly root: QueryDraft | undefined;
}

interface Reading {
  readonly word: Word;
  readonly draft: QueryDraft;
  readonly now: number;
}

/** How each word is read; what they return is what is wrong with it. */
const READERS: Readonly<Record<string, (reading: Reading) => string | undefined>> = {
  state: readState,
  label: readLabel,
  'any-label': ({ word, draft }) => {
    draft.filter.anyLabels = [...(draft.filter.anyLabels ?? []), ...listOf(word.value)];
    return undefined;
  },
  assignee: (reading) => readScalar(reading, 'assignee', noneOr(reading.word.value)),
  author: (reading) => readScalar(reading, 'author', reading.word.value),
  milestone: (reading) => readScalar(reading, 'milestone', noneOr(reading.word.value)),
  parent: readParent,
  sprint: (reading) => readScalar(reading, 'sprint', noneOr(reading.word.value)),
  type: (reading) => readScalar(reading, 'type', reading.word.value.toLowerCase()),
  priority: (reading) => {
    const priority = toPriority(reading.word.value);
    if (priority === undefined) return `“${reading.word.value}” is not a priority. ${PRIORITY_FORMS}`;
    return readScalar(reading, 'priority', priority);
  },
  text: ({ word, draft }) => {
    if (word.not) draft.without.push({ text: word.value });
    else draft.filter.text = [draft.filter.text, word.value].filter(Boolean).join(' ');
    return undefined;
  },
  since: (reading) => readTime(reading, 'updatedSince'),
  until: (reading) => readTime(reading, 'updatedUntil'),
  'created-since': (reading) => readTime(reading, 'createdSince'),
  'created-until': (reading) => readTime(reading, 'createdUntil'),
  due: readDue,
  'due-since': (reading) => readDueTime(reading, 'dueSince'),
  'due-until': (reading) => readDueTime(reading, 'dueUntil'),
  is: readIs,
  sort: readSort,
  limit: readLimit,
};

export const WORDS = Object.keys(READERS);

/** Words that cannot be turned round with `-`. */
const ONE_WAY = new Set([
  'any-label',
  'since',
  'until',
  'created-since',
  'created-until',
  'due-since',
  'due-until',
  'sort',
  'limit',
]);

export const STATE_WORDS = ['open', 'closed', 'all', 'todo', ...ISSUE_STATES.filter((state) => state !== 'open')];
export const PRIORITY_FORMS = `Available: ${PRIORITY_NAMES.join(', ')}, or 0 to 4.`;
const MOST_ISSUES = 100_000;
const LIMIT = 50;

/** Throws a usage error with all the mistakes and contradictions. */
export function toSelection(terms: readonly Term[], now: number, mistakes: readonly Mistake[] = []): Selection {
  const found: Mistake[] = [...mistakes];
  const draft = readTerms(terms, { now, found });
  refuseMistakes(found);
  return {
    filter: { ...stateFilter(draft.states), ...draft.filter },
    without: draft.without,
    limit: draft.limit ?? LIMIT,
  };
}

interface TermsReading {
  readonly now: number;
  /** Takes up what is wrong. */
  readonly found: Mistake[];
  readonly root?: QueryDraft;
}

function readTerms(terms: readonly Term[], { now, found, root }: TermsReading): QueryDraft {
  const draft: QueryDraft = { filter: {}, without: [], states: ISSUE_STATES, root };
  for (const term of terms) {
    if ('alternatives' in term) {
      readGroup(term, draft, { now, found, root: root ?? draft });
      continue;
    }
    const what = mistakeIn(term, draft, now);
    if (what !== undefined) found.push({ where: term.where, what });
  }
  found.push(...contradictions(draft));
  return draft;
}

function readGroup({ alternatives, not }: Group, { filter }: QueryDraft, reading: TermsReading): void {
  const filters = alternatives.map((terms) => {
    const { filter: fitting, without, states } = readTerms(terms, reading);
    const state = states.length === ISSUE_STATES.length ? {} : stateFilter(states);
    const noneOf = [...(fitting.noneOf ?? []), ...without];
    return { ...state, ...fitting, ...(noneOf.length > 0 ? { noneOf } : {}) };
  });
  const labels = filters.map(labelAlone);
  if (not) filter.noneOf = [...(filter.noneOf ?? []), ...filters];
  // which trackers can look for themselves
  else if (filter.anyLabels === undefined && labels.every((label) => label !== undefined)) filter.anyLabels = labels;
  else if (filter.anyOf === undefined) filter.anyOf = filters;
  // of a second group too one alternative must hold: what fits none of them is left out
  else filter.noneOf = [...(filter.noneOf ?? []), { noneOf: filters }];
}

/** The label, where a filter asks for this one and nothing else; not one that may mean a field. */
function labelAlone({ labels = [], ...others }: IssueFilter): string | undefined {
  const isAlone = labels.length === 1 && Object.keys(others).length === 0 && fieldLabelsIn(labels).length === 0;
  return isAlone ? labels[0] : undefined;
}

function mistakeIn(word: Word, draft: QueryDraft, now: number): string | undefined {
  const read = READERS[word.name];
  if (!read) return unknownWord(word.name);
  if (word.value === '') return `${word.name} needs a value.`;
  if (word.not && ONE_WAY.has(word.name)) return `${word.name} cannot be negated with “-”.`;
  return read({ word, draft, now });
}

/** What is wrong with a word that there is not. */
export function unknownWord(name: string): string {
  const hint = IS[name] === undefined ? didYouMean(name, WORDS) : ` Please write is:${name}.`;
  return `“${name}” is not a word of a query.${hint} Available: ${WORDS.join(', ')}.`;
}

/** The states that a word stands for, in their order; `[]` when it stands for none. */
function statesOf(word: string): readonly IssueState[] {
  if (word === 'all') return ISSUE_STATES;
  if (word === 'open') return ISSUE_STATES.filter((state) => !isClosed(state));
  if (word === 'closed') return ISSUE_STATES.filter(isClosed);
  if (word === 'todo') return ['open'];
  return ISSUE_STATES.filter((state) => state === word.replaceAll('-', '_'));
}

function readState({ word, draft }: Reading): string | undefined {
  const wanted = new Set<IssueState>();
  for (const name of listOf(word.value.toLowerCase())) {
    const states = statesOf(name);
    if (states.length === 0) return unknownState(name);
    for (const state of states) wanted.add(state);
  }
  const left = draft.states.filter((state) => wanted.has(state) !== word.not);
  if (left.length === 0) return `no issue can be in the state “${word.value}” and fit the other conditions.`;
  draft.states = left;
  return undefined;
}

/** What is wrong with a state that there is not. */
function unknownState(name: string): string {
  return `“${name}” is not a state.${didYouMean(name, STATE_WORDS)} Available: ${STATE_WORDS.join(', ')}.`;
}

function stateFilter(states: readonly IssueState[]): IssueFilter {
  const whole = (['open', 'closed', 'all'] as const).find((word) => statesOf(word).join() === states.join());
  return whole ? { state: whole } : { states };
}

function readLabel({ word, draft }: Reading): string | undefined {
  if (word.not) draft.without.push({ labels: [word.value] });
  else draft.filter.labels = [...(draft.filter.labels ?? []), word.value];
  return undefined;
}

type Scalar = 'assignee' | 'author' | 'milestone' | 'parent' | 'type' | 'priority' | 'sprint' | 'dueDate';

function readScalar<Name extends Scalar>(
  { word, draft }: Reading,
  name: Name,
  value: NonNullable<IssueFilter[Name]> | (null extends IssueFilter[Name] ? null : never),
): string | undefined {
  const condition = { [name]: value };
  if (word.not) {
    draft.without.push(condition);
    return undefined;
  }
  const before = draft.filter[name];
  if (before !== undefined && before !== value) {
    return `${name} is “${before ?? 'none'}” elsewhere, and cannot be “${value ?? 'none'}” as well.`;
  }
  Object.assign(draft.filter, condition);
  return undefined;
}

/** A key of this tracker; another tracker's would be the number of an issue of ours. */
function readParent(reading: Reading): string | undefined {
  const given = noneOr(reading.word.value);
  try {
    return readScalar(reading, 'parent', given === null ? null : ownKey(given));
  } catch (error) {
    return asPaceError(error).message;
  }
}

function readTime(
  { word, draft, now }: Reading,
  name: `${'created' | 'updated'}${'Since' | 'Until'}`,
): string | undefined {
  const isSince = name.endsWith('Since');
  const moment = toMoment(word.value, isSince ? 'since' : 'until', now);
  if (moment === undefined) return `“${word.value}” is not a time. Please write ${TIME_FORMS}.`;
  const before = draft.filter[name] ?? moment;
  draft.filter[name] = isSince ? Math.max(before, moment) : Math.min(before, moment);
  return undefined;
}

/** What an issue can be, beside its state. */
const IS: Readonly<Record<string, Pick<IssueFilter, (typeof ASKED)[number]>>> = {
  claimed: { claimed: true },
  unclaimed: { claimed: false },
  blocked: { blocked: true },
  ready: { ready: true },
  deferred: { deferred: true },
};

export const IS_WORDS = [...Object.keys(IS), 'overdue'];

/** Whether `is:` asks for a state by it: `is:blocked` asks for more. */
export function isStateWord(value: string): boolean {
  return IS[value] === undefined && statesOf(value).length > 0;
}

function readIs(reading: Reading): string | undefined {
  const { word, draft } = reading;
  const value = word.value.toLowerCase();
  if (value === 'overdue') return readDue({ ...reading, word: { ...word, value } });
  const fact = IS[value];
  if (!fact) {
    // as on sites where a state is asked for so
    if (isStateWord(value)) return readState({ ...reading, word: { ...word, value } });
    return `“${word.value}” is nothing that an issue can be.${didYouMean(value, IS_WORDS)} Available: ${IS_WORDS.join(', ')}.`;
  }
  for (const name of ASKED) {
    const asked = fact[name];
    if (asked === undefined) continue;
    const wanted = asked !== word.not;
    const before = draft.filter[name];
    if (before !== undefined && before !== wanted) return `no issue is ${name} and is not at the same time.`;
    draft.filter[name] = wanted;
  }
  return undefined;
}

/** A day, or one of the words; what is overdue is not closed. */
function readDue(reading: Reading): string | undefined {
  const { word, draft, now } = reading;
  const value = word.value.toLowerCase();
  if (value === 'none') return readScalar(reading, 'dueDate', null);
  if (value !== 'overdue') {
    const day = toDay(value, now);
    return day === undefined ? notADay(word.value) : readScalar(reading, 'dueDate', day);
  }
  const dueUntil = toDay('yesterday', now) ?? '';
  if (word.not) {
    draft.without.push({ state: 'open', dueUntil });
    return undefined;
  }
  const left = draft.states.filter((state) => !isClosed(state));
  if (left.length === 0) return 'what is closed is not overdue.';
  draft.states = left;
  return narrowDue(draft, 'dueUntil', dueUntil);
}

function readDueTime({ word, draft, now }: Reading, name: 'dueSince' | 'dueUntil'): string | undefined {
  const day = toDay(word.value, now);
  return day === undefined ? notADay(word.value) : narrowDue(draft, name, day);
}

function narrowDue({ filter }: QueryDraft, name: 'dueSince' | 'dueUntil', day: string): undefined {
  const before = filter[name] ?? day;
  filter[name] = before < day === (name === 'dueUntil') ? before : day;
  return undefined;
}

function notADay(value: string): string {
  return `“${value}” is not a day. Please write ${DAY_FORMS}.`;
}

function readSort({ word, draft: inner }: Reading): string | undefined {
  const draft = inner.root ?? inner;
  const [given = '', direction = 'desc'] = word.value.toLowerCase().split(':');
  const by = SORTS.find((name) => name === given);
  if (!by || (direction !== 'asc' && direction !== 'desc')) {
    return `“${word.value}” is not a sort order. Available: ${SORTS.join(', ')}, each also with :asc or :desc.`;
  }
  const sort: IssueSort = { by, direction };
  const before = draft.filter.sort;
  if (before && (before.by !== by || before.direction !== direction)) {
    return `the order is ${before.by}:${before.direction} elsewhere, and cannot be ${by}:${direction} as well.`;
  }
  draft.filter.sort = sort;
  return undefined;
}

function readLimit({ word, draft: inner }: Reading): string | undefined {
  const draft = inner.root ?? inner;
  const limit = word.value === 'all' ? Number.POSITIVE_INFINITY : Number(word.value);
  const fits = limit === Number.POSITIVE_INFINITY || (Number.isInteger(limit) && limit > 0 && limit <= MOST_ISSUES);
  if (!fits) return `“${word.value}” is not a limit. Please pass a whole number from 1 to ${MOST_ISSUES}, or all.`;
  if (draft.limit !== undefined && draft.limit !== limit) return 'another limit is given elsewhere.';
  draft.limit = limit;
  return undefined;
}

function contradictions({ filter, without }: QueryDraft): Mistake[] {
  const found: Mistake[] = [];
  for (const kind of ['created', 'updated'] as const) {
    const [since, until] = [filter[`${kind}Since`], filter[`${kind}Until`]];
    if (since !== undefined && until !== undefined && since > until) {
      found.push({ where: `${kind} time`, what: 'it cannot be after the one and before the other.' });
    }
  }
  const { dueSince, dueUntil } = filter;
  if (dueSince !== undefined && dueUntil !== undefined && dueSince > dueUntil) {
    found.push({ where: 'due date', what: 'it cannot be after the one and before the other.' });
  }
  for (const condition of without.filter((one) => Object.keys(one).length === 1)) {
    for (const [name, value] of Object.entries(condition))
      if (isWanted(filter, name, value)) {
        found.push({
          where: name,
          what: `“${[value].flat().join(', ') || 'none'}” is asked for and left out at the same time.`,
        });
      }
  }
  return found;
}

function isWanted(filter: IssueFilter, name: string, value: unknown): boolean {
  if (name === 'text') return false;
  const wanted: unknown = Object.entries(filter).find(([key]) => key === name)?.[1];
  if (Array.isArray(wanted) && Array.isArray(value)) return value.some((one) => wanted.includes(one));
  return wanted === value;
}

function noneOr(value: string): string | null {
  return value === 'none' ? null : value;
}

function listOf(value: string): string[] {
  return value
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean);
}
