/** Links between issues: each stored once, and seen from both ends. */
import { PaceError } from '../../core/errors.ts';
import { INVERSE_LINK, type Issue, type IssueLink, type LinkType } from '../../core/ports/issue.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import { closesCircle, wayTo } from '../../core/tracker/circles.ts';
import type { Connection } from './connection.ts';
import { record, type Stamp } from './events.ts';
import { refused } from './input.ts';
import { LINK_COLUMNS, toLinks } from './wire.ts';

interface Stored {
  readonly source: number;
  readonly type: string;
  readonly target: number;
}

export function findLinks(db: Connection, number: number): IssueLink[] {
  return toLinks({ ...db.get(`SELECT ${LINK_COLUMNS} FROM issue WHERE number = :number`, { number }) });
}

/** Both ends tell of it in the log. */
export function insertLink(db: Connection, issue: Issue, link: IssueLink, stamp: Stamp): void {
  const [one, other] = [Number(issue.key), targetOf(db, issue, link)];
  const stored = storedAs(one, link.type, other);
  if (isThere(db, stored)) return;
  refuseCircle(db, stored);
  db.run('INSERT INTO link (source, type, target) VALUES (:source, :type, :target)', { ...stored });
  tell(db, 'linked', { one, type: link.type, other }, stamp);
}

export function removeLink(db: Connection, issue: Issue, link: IssueLink, stamp: Stamp): void {
  const [one, other] = [Number(issue.key), Number(link.target)];
  if (!Number.isSafeInteger(other)) return;
  const stored = storedAs(one, link.type, other);
  if (!isThere(db, stored)) return;
  db.run('DELETE FROM link WHERE source = :source AND type = :type AND target = :target', { ...stored });
  tell(db, 'unlinked', { one, type: link.type, other }, stamp);
}

function targetOf(db: Connection, { key }: Issue, { target }: IssueLink): number {
  const number = /^[1-9]\d{0,14}$/.test(target) ? Number(target) : 0;
  if (target === key) throw refused(`${key} cannot be linked to itself.`, 'Please name another issue.');
  if (db.get('SELECT 1 FROM issue WHERE number = :number', { number })) return number;
  throw new PaceError({
    kind: 'not-found',
    message: `There is no issue \`${plainLine(target, 40)}\` to link to.`,
    remedy: 'Please check the number: `pace issue list` shows all of them.',
  });
}

/** Of a type and its inverse the first is stored; of one that is its own inverse, the lower number comes first. */
function storedAs(one: number, type: LinkType, other: number): Stored {
  if (type === 'relates to') return { source: Math.min(one, other), type, target: Math.max(one, other) };
  return STORED.has(type)
    ? { source: one, type, target: other }
    : { source: other, type: INVERSE_LINK[type], target: one };
}

const STORED: ReadonlySet<LinkType> = new Set([
  'blocks',
  'duplicates',
  'clones',
  'depends on',
  'discovered from',
] as const);

/** In the transaction of the link, so that two links at once cannot close one together. */
function refuseCircle(db: Connection, { source, type, target }: Stored): void {
  if (type !== 'blocks' && type !== 'depends on') return;
  const [first, waiter] = type === 'blocks' ? [source, target] : [target, source];
  const before = new Map<number, number | undefined>([[first, undefined]]);
  for (const [number] of before) {
    if (number === waiter) throw closesCircle(wayTo(number, before).map(String));
    for (const row of db.all(WAITS_FOR, { number })) {
      const next = Number(row['number']);
      if (!before.has(next)) before.set(next, number);
    }
  }
}

const WAITS_FOR = `SELECT source AS number FROM link WHERE target = :number AND type = 'blocks'
  UNION SELECT target FROM link WHERE source = :number AND type = 'depends on'`;

function isThere(db: Connection, stored: Stored): boolean {
  const sql = 'SELECT 1 FROM link WHERE source = :source AND type = :type AND target = :target';
  return db.get(sql, { ...stored }) !== undefined;
}

interface Ends {
  readonly one: number;
  readonly type: LinkType;
  readonly other: number;
}

function tell(db: Connection, kind: 'linked' | 'unlinked', { one, type, other }: Ends, stamp: Stamp): void {
  record(db, stamp, { kind, number: one, subject: `${type} ${other}` });
  record(db, stamp, { kind, number: other, subject: `${INVERSE_LINK[type]} ${one}` });
  db.run('UPDATE issue SET updated_at = max(updated_at, :at) WHERE number IN (:one, :other)', {
    at: stamp.at,
    one,
    other,
  });
}
