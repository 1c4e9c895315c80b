/** Claims: rows that are written while nobody else can write, so that two agents never both have an issue. */
import type { Claim, ClaimRequest } from '../../core/ports/index.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import { taken } from '../../core/tracker/claims.ts';
import type { Connection } from './connection.ts';
import { record, type Stamp } from './events.ts';
import { checkName, refused } from './input.ts';

/** The claim that holds at a time, in milliseconds since 1970. */
export function standingClaim(db: Connection, number: number, now: number): Claim | undefined {
  const row = db.get('SELECT agent, until FROM claim WHERE number = :number AND until > :now', { number, now });
  return row && { key: String(number), agent: String(row['agent']), until: Number(row['until']) };
}

/** Throws `conflict` while another agent has the issue; one's own claim is made longer, or shorter. */
export function insertClaim(db: Connection, number: number, request: ClaimRequest, stamp: Stamp): Claim {
  const agent = agentName(request.agent);
  const until = stamp.at + Math.round(request.forMs);
  if (!(until > stamp.at && until <= LAST)) {
    throw refused(
      `An issue cannot be claimed for ${request.forMs} ms.`,
      'Please give a number of milliseconds above 0.',
    );
  }
  const holder = standingClaim(db, number, stamp.at);
  if (holder && holder.agent !== agent) throw taken(holder);
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
  db.run('DELETE FROM claim WHERE number = :number', { number });
  record(db, stamp, { kind: 'released', number, subject: agent, before: { agent, until: holder.until } });
  return true;
}

/** The last moment that a date can be. https://tc39.es/ecma262/#sec-time-values-and-time-range */
const LAST = 8.64e15;

function agentName(name: string): string {
  checkName(name, 'an agent');
  return plainLine(name, 100);
}
