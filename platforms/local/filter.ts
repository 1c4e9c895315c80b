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

/** `undefined`: no issue can fit. */
export function conditionsFor(db: Connection, filter: IssueFilter): Conditions | undefined {
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
