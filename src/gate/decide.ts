/** SHIP, HOLD or UNKNOWN: one pure function from findings, backlog and rules to a decision. */
import { type Finding, title } from './finding.ts';

export interface Facts {
  readonly findings: readonly Finding[];
  /** How many advisories are open after this run's evidence. */
  readonly openAdvisories: number;
  readonly clearanceDay: boolean;
}

export interface Decided {
  readonly decision: 'SHIP' | 'HOLD' | 'UNKNOWN';
  readonly reason: string;
}

export function decide({ findings, openAdvisories, clearanceDay }: Facts): Decided {
  const failures = findings.filter(({ result }) => result === 'FAIL');
  if (failures.length > 0) return { decision: 'HOLD', reason: summed(failures) };
  if (clearanceDay && openAdvisories > 0) {
    const count = openAdvisories === 1 ? '1 advisory is' : `${openAdvisories} advisories are`;
    return { decision: 'HOLD', reason: `Clearance day: ${count} still open` };
  }
  const unknown = findings.filter(({ result }) => result === 'UNKNOWN');
  if (unknown.length > 0) {
    return { decision: 'UNKNOWN', reason: `PACE could not judge: ${summed(unknown)}` };
  }
  return { decision: 'SHIP', reason: '' };
}

function summed(findings: readonly Finding[]): string {
  const [first, ...others] = findings;
  if (!first) return '';
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  return `${title(first)}${more}`;
}
