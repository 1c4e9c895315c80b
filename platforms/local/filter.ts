/** The conditions of a filter in SQL, with the meaning that `issue-filter.ts` gives them. */

import { defined } from '../../core/defined.ts';
import { ISSUE_STATES, type IssueFilter, type IssueState, isClosed } from '../../core/ports/issue.ts';
import { searchWords } from '../../core/tracker/issue-filter.ts';
import type { Connection, Values } from './connection.ts';
import { milestoneId } from './milestones.ts';
import { matchOf } from './text-index.ts';

/** A set of issues that holds all that fit; `SELECT … AS number`. */
export interface Source {
  readonly sql: string;
  /** The label, where the set is all issues that have it. */
  readonly label?: number;
  readonly isText?: boolean;
}

export interface Conditions {
  /** The issue is in one of them; all six when nothing is asked. */
  readonly states: readonly IssueState[];
  /** On a row of `issue`, to be joined by AND; without those on the state. */
  readonly sql: readonly string[];
  readonly sources: readonly Source[];
  readonly values: Values;
}

/** `undefined`: no issue can fit. `now`: when claims and deferrals are looked at. */
export function conditionsFor(db: Connection, filter: IssueFilter, now: number): Conditions | undefined {
  const states = wantedStates(filter);
  if (states.length === 0) return undefined;
  const parts = [
    ...(filter.labels ?? []).map((name) => withLabel(db, [name])),
    ...(filter.anyLabels?.length ? [withLabel(db, filter.anyLabels)] : []),
    ...textParts(db, filter.text),
    ...assigneeParts(filter.assignee),
    ...milestoneParts(db, filter.milestone),
    ...parentParts(filter.parent),
    ...plainParts(filter),
    ...timeParts(filter),
    ...standingParts(filter, now),
    ...(filter.anyOf ? [anyOf(db, filter.anyOf, now)] : []),
    ...(filter.noneOf?.length ? [noneOf(db, filter.noneOf, now)] : []),
  ];
  const possible = parts.filter((part) => part !== undefined);
  if (possible.length < parts.length) return undefined;
  return {
    states,
    sql: possible.flatMap(({ sql }) => sql ?? []),
    sources: possible.flatMap(({ source }) => source ?? []),
    values: Object.assign({}, ...possible.map(({ values }) => values)),
  };
}

interface Part {
  readonly sql?: string;
  readonly source?: Source;
  readonly values?: Values;
}

function wantedStates({ state = 'all', states = [] }: IssueFilter): IssueState[] {
  return ISSUE_STATES.filter((one) => {
    if (state !== 'all' && isClosed(one) !== (state === 'closed')) return false;
    return states.length === 0 || states.includes(one);
  });
}

/** The issue has one of them. Labels of earlier days may differ in case only. */
function withLabel(db: Connection, names: readonly string[]): Part | undefined {
  const sql = 'SELECT id FROM label WHERE folded = :folded';
  const rows = names.flatMap((name) => db.all(sql, { folded: name.trim().toLowerCase() }));
  const ids = [...new Set(rows.map(({ id }) => Number(id)))];
  if (ids.length === 0) return undefined;
  const list = ids.join(', ');
  const [label] = ids.length === 1 ? ids : [];
  return {
    sql: `EXISTS (SELECT 1 FROM issue_label AS l
      WHERE l.label IN (${list}) AND l.state = issue.state AND l.number = issue.number)`,
    source: {
      sql: `SELECT number FROM issue_label WHERE label IN (${list})`,
      ...defined({ label }),
    },
  };
}

function textParts(db: Connection, text: string | undefined): (Part | undefined)[] {
  const words = searchWords(text ?? '');
  if (text === undefined || words.length === 0) return [];
  const found = matchOf(db, text);
  if (found === 'nothing') return [undefined];
  const sql = 'has_words(issue.title, issue.body, :words)';
  const values = { words: JSON.stringify(words) };
  if (found === 'everything') return [{ sql, values }];
  const source = { sql: 'SELECT rowid AS number FROM issue_word WHERE issue_word MATCH :match', isText: true };
  return [{ sql, source, values: { ...values, match: found.match } }];
}

function assigneeParts(assignee: string | null | undefined): Part[] {
  if (assignee === undefined) return [];
  const ofIssue = 'SELECT 1 FROM issue_assignee WHERE issue_assignee.number = issue.number';
  if (assignee === null) return [{ sql: `NOT EXISTS (${ofIssue})` }];
  const people = 'person IN (SELECT name FROM person WHERE folded = :assignee)';
  return [
    {
      sql: `EXISTS (${ofIssue} AND ${people})`,
      source: { sql: `SELECT number FROM issue_assignee WHERE ${people}` },
      values: { assignee: assignee.toLowerCase() },
    },
  ];
}

function milestoneParts(db: Connection, title: string | null | undefined): (Part | undefined)[] {
  if (title === undefined) return [];
  if (title === null) return [{ sql: '+issue.milestone IS NULL' }];
  const milestone = milestoneId(db, title);
  if (milestone === undefined) return [undefined];
  const source = { sql: 'SELECT number FROM issue WHERE milestone = :milestone' };
  return [{ sql: '+issue.milestone = :milestone', source, values: { milestone } }];
}

function parentParts(key: string | null | undefined): (Part | undefined)[] {
  if (key === undefined) return [];
  if (key === null) return [{ sql: '+issue.parent IS NULL' }];
  if (!/^[1-9]\d{0,14}$/.test(key)) return [undefined];
  const source = { sql: 'SELECT number FROM issue WHERE parent = :parent' };
  return [{ sql: '+issue.parent = :parent', source, values: { parent: Number(key) } }];
}

// `+` keeps SQLite from choosing an index by such a condition: which one is best, the plan of the list decides
function plainParts(filter: IssueFilter): Part[] {
  const { type, priority, author, createdSince, createdUntil, updatedSince, updatedUntil } = filter;
  const parts: (Part | false)[] = [
    type !== undefined && { sql: '+issue.type = :type', values: { type: type.toLowerCase() } },
    priority !== undefined && { sql: '+issue.priority = :priority', values: { priority } },
    author !== undefined && {
      sql: '+issue.author IN (SELECT name FROM person WHERE folded = :author)',
      values: { author: author.toLowerCase() },
    },
    updatedSince !== undefined && {
      sql: '+issue.updated_at >= :updatedSince',
      source: {
        sql: `SELECT number FROM issue WHERE updated_at >= :updatedSince AND updated_at > created_at
          UNION ALL SELECT number FROM issue WHERE created_at >= :updatedSince`,
      },
      values: { updatedSince },
    },
    updatedUntil !== undefined && { sql: '+issue.updated_at <= :updatedUntil', values: { updatedUntil } },
    createdSince !== undefined && {
      sql: '+issue.created_at >= :createdSince',
      source: { sql: 'SELECT number FROM issue WHERE created_at >= :createdSince' },
      values: { createdSince },
    },
    createdUntil !== undefined && { sql: '+issue.created_at <= :createdUntil', values: { createdUntil } },
  ];
  return parts.filter((part) => part !== false);
}

function timeParts({ sprint, dueDate, dueSince, dueUntil }: IssueFilter): Part[] {
  const parts: (Part | false)[] = [
    sprint === null && { sql: 'issue.sprint IS NULL' },
    typeof sprint === 'string' && {
      // names in other letters than ASCII have one spelling here
      sql: '(issue.sprint = :sprint OR lower(issue.sprint) = :sprintFolded)',
      values: { sprint, sprintFolded: sprint.toLowerCase() },
    },
    dueDate === null && { sql: '+issue.due_date IS NULL' },
    typeof dueDate === 'string' && due('=', 'dueDate', dueDate),
    dueSince !== undefined && due('>=', 'dueSince', dueSince),
    dueUntil !== undefined && due('<=', 'dueUntil', dueUntil),
  ];
  return parts.filter((part) => part !== false);
}

function due(operator: '=' | '>=' | '<=', name: string, day: string): Part {
  return {
    sql: `+issue.due_date ${operator} :${name}`,
    source: { sql: `SELECT number FROM issue WHERE due_date ${operator} :${name}` },
    values: { [name]: day },
  };
}

function standingParts({ claimed, deferred, blocked, ready }: IssueFilter, now: number): Part[] {
  const parts: (Part | false)[] = [
    claimed !== undefined && {
      ...told(CLAIMED, claimed),
      ...(claimed && { source: { sql: 'SELECT number FROM claim WHERE until > :now' } }),
    },
    deferred !== undefined && {
      ...told(DEFERRED, deferred),
      ...(deferred && { source: { sql: 'SELECT number FROM issue WHERE defer_until > :now' } }),
    },
    blocked !== undefined && {
      ...told("coalesce(+issue.standing = 'blocked', 0)", blocked),
      ...(blocked && { source: { sql: "SELECT number FROM issue WHERE standing = 'blocked'" } }),
    },
    ready !== undefined && {
      ...told(`coalesce(+issue.standing = 'ready', 0) AND ${CAN_BEGIN}`, ready),
      ...(ready && { source: { sql: "SELECT number FROM issue WHERE standing = 'ready'" } }),
    },
  ];
  return parts.filter((part) => part !== false).map((part) => ({ ...part, values: { now } }));
}

function told(sql: string, wanted: boolean): Part {
  return { sql: wanted ? sql : `NOT (${sql})` };
}

const CLAIMED = 'EXISTS (SELECT 1 FROM claim WHERE claim.number = issue.number AND claim.until > :now)';
const DEFERRED = 'coalesce(issue.defer_until > :now, 0)';

/** Of an issue whose own standing is `ready`: nobody has it, its time has come, and so has that of all above it. */
export const CAN_BEGIN = `NOT ${DEFERRED} AND NOT ${CLAIMED} AND (issue.parent IS NULL OR NOT EXISTS (
  WITH RECURSIVE above (number, next, waits, defer_until, state) AS (
    SELECT p.number, p.parent, p.waits, p.defer_until, p.state FROM issue AS p WHERE p.number = issue.parent
    UNION SELECT p.number, p.parent, p.waits, p.defer_until, p.state FROM above JOIN issue AS p ON p.number = above.next
      WHERE above.state NOT IN ('done', 'canceled'))
  SELECT 1 FROM above WHERE state NOT IN ('done', 'canceled') AND (waits > 0 OR defer_until > :now)))`;

/** Fits one of them. */
function anyOf(db: Connection, filters: readonly IssueFilter[], now: number): Part | undefined {
  const parts = filters
    .map((filter, place) => whole(db, filter, now, `any${place}`))
    .filter((part) => part !== undefined);
  if (parts.length === 0) return undefined;
  return {
    sql: `(${parts.map(({ sql }) => sql).join(' OR ')})`,
    values: Object.assign({}, ...parts.map(({ values }) => values)),
  };
}

/** Fits none of them. */
function noneOf(db: Connection, filters: readonly IssueFilter[], now: number): Part {
  const parts = filters
    .map((filter, place) => whole(db, filter, now, `none${place}`))
    .filter((part) => part !== undefined);
  const sql = parts.map((part) => `NOT coalesce(${part.sql}, 0)`).join(' AND ') || '1';
  return { sql, values: Object.assign({}, ...parts.map(({ values }) => values)) };
}

/** A filter within another one, as one condition whose values have names of their own. */
function whole(db: Connection, filter: IssueFilter, now: number, prefix: string): Part | undefined {
  const found = conditionsFor(db, filter, now);
  if (!found) return undefined;
  const state = `issue.state IN (${found.states.map((one) => `'${one}'`).join(', ')})`;
  const named = (text: string) => text.replaceAll(/:(\w+)/g, `:${prefix}_$1`);
  const values = Object.entries(found.values).map(([name, value]) => [`${prefix}_${name}`, value]);
  return { sql: named(`(${[state, ...found.sql].join(' AND ')})`), values: Object.fromEntries(values) };
}
