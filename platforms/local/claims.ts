/** Claims: rows that are written while nobody else can write, so that two agents never both have an issue. */
import { type Claim, type ClaimFilter, type ClaimRequest, type Issue, isClosed } from '../../core/ports/index.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import { isClaimable, notHeld, notOpen, taken } from '../../core/tracker/claims.ts';
import type { Connection } from './connection.ts';
import { record, type Stamp } from './events.ts';
import { checkName, refused } from './input.ts';

/** The claim that holds at a time, in milliseconds since 1970. */
export function standingClaim(db: Connection, number: number, now: number): Claim | undefined {
  const row = db.get('SELECT agent, until FROM claim WHERE number = :number AND until > :now', { number, now });
  return row && { key: String(number), agent: String(row['agent']), until: Number(row['until']) };
}

/** All of open issues, in the order of their numbers: those that hold at a time, or those whose time was up by then. */
export function findClaims(db: Connection, { expired = false }: ClaimFilter, now: number): Claim[] {
  const sql = `SELECT number, agent, until FROM claim JOIN issue USING (number)
    WHERE state NOT IN ('done', 'canceled') AND (until <= :now) = :expired ORDER BY number`;
  return db.all(sql, { now, expired: expired ? 1 : 0 }).map((row) => ({
    key: String(row['number']),
    agent: String(row['agent']),
    until: Number(row['until']),
  }));
}

/** Throws `conflict` while another agent has the issue, and when it is not open; one's own claim is made longer, or shorter. */
export function insertClaim(db: Connection, issue: Issue, request: ClaimRequest, stamp: Stamp): Claim {
  const number = Number(issue.key);
  const agent = agentName(request.agent);
  const holder = standingClaim(db, number, stamp.at);
  if (holder && holder.agent !== agent) throw taken(holder);
  if (holder ? isClosed(issue.state) : !isClaimable(issue.state)) throw notOpen(issue.key, issue);
  return writeClaim(db, number, { agent, forMs: request.forMs }, stamp, holder);
}

/** Throws `conflict` when the agent does not have the issue. */
export function prolongClaim(db: Connection, issue: Issue, request: ClaimRequest, stamp: Stamp): Claim {
  const number = Number(issue.key);
  const agent = agentName(request.agent);
  const holder = standingClaim(db, number, stamp.at);
  if (holder?.agent !== agent) throw holder ? taken(holder, 'renew') : notHeld(issue.key, agent);
  return writeClaim(db, number, { agent, forMs: request.forMs }, stamp, holder);
}

function writeClaim(
  db: Connection,
  number: number,
  { agent, forMs }: ClaimRequest,
  stamp: Stamp,
  holder: Claim | undefined,
): Claim {
  const until = stamp.at + Math.round(forMs);
  if (!(until > stamp.at && until <= LAST)) {
    throw refused(`An issue cannot be claimed for ${forMs} ms.`, 'Please give a number of milliseconds above 0.');
  }
  const sql = `INSERT INTO claim (number, agent, until) VALUES (:number, :agent, :until)
    ON CONFLICT DO UPDATE SET agent = :agent, until = :until`;
  db.run(sql, { number, agent, until });
  const before = holder ? { agent: holder.agent, until: holder.until } : {};
  record(db, stamp, { kind: 'claimed', number, subject: agent, before });
  return { key: String(number), agent, until };
}

/** `false` when the agent does not have the issue. */
export function removeClaim(db: Connection, number: number, name: string, stamp: Stamp): boolean {
  const agent = agentName(name);
  const holder = standingClaim(db, number, stamp.at);
  if (holder?.agent !== agent) return false;
  endClaim(db, number, stamp);
  return true;
}

/** Whosever it is: of an issue that is closed nothing is left to do. One whose time is up goes without a word. */
export function endClaim(db: Connection, number: number, stamp: Stamp): void {
  const holder = standingClaim(db, number, stamp.at);
  db.run('DELETE FROM claim WHERE number = :number', { number });
  if (!holder) return;
  const before = { agent: holder.agent, until: holder.until };
  record(db, stamp, { kind: 'released', number, subject: holder.agent, before });
}

/** The last moment that a date can be. https://tc39.es/ecma262/#sec-time-values-and-time-range */
const LAST = 8.64e15;

function agentName(name: string): string {
  checkName(name, 'an agent');
  return plainLine(name, 100);
}
