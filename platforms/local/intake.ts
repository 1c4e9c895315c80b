/** Issues from elsewhere: each once, whoever imports it at the same time, with the author and the times that it had there. */
import { PaceError, withOperation } from '../../core/errors.ts';
import type { Comment, TakenAnswer, TakenComment, TakenIssue, TrackerIntake } from '../../core/ports/index.ts';
import { type Issue, type IssueDraft, isClosed } from '../../core/ports/issue.ts';
import { originId, originIn } from '../../core/tracker/origin.ts';
import { findComments, insertComment } from './comments.ts';
import type { Connection } from './connection.ts';
import type { Stamp } from './events.ts';
import { checkBody } from './input.ts';
import type { Context } from './issue-context.ts';
import { rememberPerson } from './people.ts';
import { findIssue } from './writes.ts';

/** Creates an issue in an open transaction, checked. */
export type CreateWork = (db: Connection, draft: IssueDraft, stamp: Stamp) => Issue;

export function createIntake(context: Context, create: CreateWork): TrackerIntake {
  const known = knownOrigins();

  function taken(db: Connection, { draft, comments = [], ...past }: TakenIssue, stamp: Stamp): TakenAnswer {
    const id = idIn(draft);
    const number = id === undefined ? undefined : known.find(db, id);
    const there = number === undefined ? undefined : findIssue(db, number, context.urlOf);
    // an origin can be taken from an issue since
    if (there && idIn(there) === id) return { issue: there, isNew: false };
    for (const { body } of comments) checkBody(body);
    const { key } = create(db, draft, stamp);
    dateBack(db, Number(key), draft, past, stamp);
    for (const comment of comments) addComment(db, context.found(db, Number(key)), comment, stamp);
    return { issue: context.found(db, Number(key)), isNew: true };
  }

  function answered(db: Connection, issue: TakenIssue, stamp: Stamp): TakenAnswer | PaceError {
    try {
      return taken(db, issue, stamp);
    } catch (error) {
      // refused before its first write, as in a batch
      if (error instanceof PaceError) return withOperation(error, 'createIssue');
      throw error;
    }
  }

  return {
    take: async (issues) => {
      try {
        return await context.write('createIssue', (db, stamp) => issues.map((issue) => answered(db, issue, stamp)));
      } catch (error) {
        // its numbers are given to others
        known.forget();
        throw error;
      }
    },
    comment: (key, comment) =>
      context.change('addComment', key, (db, issue, stamp) => {
        checkBody(comment.body);
        return addComment(db, issue, comment, stamp);
      }),
  };
}

/** Unless it is there: others may import at the same time. */
function addComment(
  db: Connection,
  issue: Issue,
  { body, author, createdAt, nth }: TakenComment,
  stamp: Stamp,
): Comment {
  const at = Math.min(createdAt ?? stamp.at, stamp.at);
  const actor = author ?? stamp.actor;
  const alike = findComments(db, Number(issue.key)).filter((each) => {
    const isThen = createdAt === undefined || each.createdAt === at;
    return each.body === body && each.author?.name === actor && isThen;
  });
  return alike[nth - 1] ?? insertComment(db, issue, body, { at, actor });
}

function dateBack(
  db: Connection,
  number: number,
  { state = 'open' }: IssueDraft,
  { author, createdAt, closedAt }: Omit<TakenIssue, 'draft' | 'comments'>,
  stamp: Stamp,
): void {
  // a file may say anything, and what is from the future would hold up the clock of all that follow
  const created = Math.min(createdAt ?? stamp.at, stamp.at);
  const closed = isClosed(state) ? Math.max(created, Math.min(closedAt ?? stamp.at, stamp.at)) : null;
  const sql = `UPDATE issue SET author = coalesce(:author, author), created_at = :created, updated_at = :at, closed_at = :closed
    WHERE number = :number`;
  db.run(sql, { author: author ?? null, created, at: stamp.at, closed, number });
  rememberPerson(db, author);
}

function idIn({ metadata = {} }: Pick<IssueDraft, 'metadata'>): string | undefined {
  const origin = originIn(metadata);
  return origin && originId(origin);
}

/** Issues by their origin. What was read once is not read again: an origin is written with its issue. */
function knownOrigins() {
  const numbers = new Map<string, number>();
  let readUpTo = 0;
  return {
    /** In a transaction that nobody else can write in. */
    find(db: Connection, id: string): number | undefined {
      for (const { number, metadata } of db.all(SELECT, { readUpTo })) {
        readUpTo = Number(number);
        const found = idIn({ metadata: JSON.parse(String(metadata)) });
        if (found !== undefined && !numbers.has(found)) numbers.set(found, readUpTo);
      }
      return numbers.get(id);
    },
    forget(): void {
      numbers.clear();
      readUpTo = 0;
    },
  };
}

const SELECT = `SELECT number, metadata FROM issue
  WHERE number > :readUpTo AND metadata ->> '$.origin.key' IS NOT NULL ORDER BY number`;
