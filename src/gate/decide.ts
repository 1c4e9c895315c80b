/** SHIP, HOLD or UNKNOWN: one pure function from findings, backlog and rules to a decision. */
import { nameMatcher } from '../../core/text/name-matcher.ts';
import type { Waiver } from '../config/schema.ts';
import type { Finding } from './finding.ts';

export interface Facts {
  readonly findings: readonly Finding[];
  /** How many advisories are open after this run's evidence. */
  readonly openAdvisories: number;
  readonly clearanceDay: boolean;
  readonly waivers: readonly Waiver[];
  readonly sha: string;
  /** Calendar date in the sprint's time zone, `YYYY-MM-DD`. */
  readonly date: string;
}

export interface Decided {
  readonly decision: 'SHIP' | 'HOLD' | 'UNKNOWN';
  readonly reason: string;
  /** The findings as they count: waived failures are marked so. */
  readonly findings: readonly Finding[];
}

export function decide(facts: Facts): Decided {
  const findings = facts.findings.map((finding) => waived(finding, facts));
  const failures = findings.filter(({ result }) => result === 'FAIL');
  if (failures.length > 0) return { decision: 'HOLD', reason: summed(failures), findings };
  if (facts.clearanceDay && facts.openAdvisories > 0) {
    const count = facts.openAdvisories === 1 ? '1 advisory is' : `${facts.openAdvisories} advisories are`;
    return { decision: 'HOLD', reason: `Clearance day: ${count} still open`, findings };
  }
  const unknown = findings.filter(({ result }) => result === 'UNKNOWN');
  if (unknown.length > 0) {
    return { decision: 'UNKNOWN', reason: `PACE could not judge: ${summed(unknown)}`, findings };
  }
  return { decision: 'SHIP', reason: '', findings };
}

function summed(findings: readonly Finding[]): string {
  const [first, ...others] = findings;
  if (!first) return '';
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  return `${title(first)}${more}`;
}

export function title({ source, check }: Pick<Finding, 'source' | 'check'>): string {
  return `${source}: ${check}`;
}

/** A failure that a waiver in force covers becomes WAIVED; one whose waiver has ended stays, and says so. */
function waived(finding: Finding, { waivers, sha, date }: Facts): Finding {
  if (finding.result !== 'FAIL') return finding;
  const matching = waivers.filter((waiver) => covers(waiver, finding, sha));
  const inForce = matching.find(({ expires }) => expires >= date);
  if (inForce) {
    const { reason, owner, expires } = inForce;
    return { ...finding, result: 'WAIVED', waiver: { reason, owner, expires } };
  }
  const [ended] = matching;
  if (!ended) return finding;
  return { ...finding, evidence: `${finding.evidence} (the waiver of ${ended.owner} ended on ${ended.expires})` };
}

function covers(waiver: Waiver, finding: Finding, sha: string): boolean {
  if (waiver.sha !== undefined && !sha.startsWith(waiver.sha)) return false;
  return nameMatcher([waiver.check])(title(finding));
}
