/** Failures that people answer for: waivers, and tests in quarantine. Applied before any list is cut; nothing is asked of the world. */
import { nameMatcher } from '../../core/text/name-matcher.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import type { Quarantined, Waiver } from '../config/schema.ts';
import { type Finding, title } from './finding.ts';

export interface WaiverFacts {
  readonly waivers: readonly Waiver[];
  readonly quarantine: readonly Quarantined[];
  readonly sha: string;
  /** Calendar date in the sprint's time zone, `YYYY-MM-DD`. */
  readonly date: string;
}

/** A finding, or the draft of one. */
export type Waivable = Omit<Finding, 'evidence'> & { readonly evidence: string | (() => string) };

export interface Waivers {
  /** A failure that one in force covers becomes WAIVED; one whose waiver has ended stays, and says so. */
  waived<F extends Waivable>(finding: F): F;
  /** The same for a test, which may also be in quarantine, with its flakes. */
  waivedTest<F extends Waivable>(finding: F): F;
  /** Sentences about those that have ended, and those that have covered nothing so far: all, or those of these patterns. */
  notes(isAsked?: (pattern: string) => boolean): readonly string[];
  /** Those that hold today for this commit. */
  inForce(): readonly RuleInForce[];
}

/** One that holds today. */
export interface RuleInForce {
  readonly kind: 'waiver' | 'quarantine';
  readonly pattern: string;
  readonly reason: string;
  readonly owner: string;
  readonly expires: string;
}

interface Rule extends RuleInForce {
  /** Whether it is about the judged commit. */
  readonly isMeant: boolean;
  covers(title: string): boolean;
}

export function createWaivers({ waivers, quarantine, sha, date }: WaiverFacts): Waivers {
  const used = new Set<Rule>();
  const waiving = waivers.map((waiver): Rule => {
    const isMeant = waiver.sha === undefined || sha.startsWith(waiver.sha);
    return { ...waiver, kind: 'waiver', pattern: waiver.check, isMeant, covers: nameMatcher([waiver.check]) };
  });
  const quarantining = quarantine.map(({ test, reason = 'in quarantine', ...rule }): Rule => {
    return { ...rule, kind: 'quarantine', pattern: test, reason, isMeant: true, covers: nameMatcher([test]) };
  });
  const inForce = ({ isMeant, expires }: Rule) => isMeant && expires >= date;

  function coveredBy<F extends Waivable>(rules: readonly Rule[], finding: F): F {
    if (rules.length === 0) return finding;
    const name = title(finding);
    const matching = rules.filter((rule) => rule.isMeant && rule.covers(name));
    for (const rule of matching) used.add(rule);
    const [rule] = matching.filter(inForce);
    if (rule) {
      const { reason, owner, expires } = rule;
      return { ...finding, result: 'WAIVED', waiver: { reason, owner, expires } };
    }
    const [ended] = matching;
    if (!ended) return finding;
    const end = `the ${ended.kind} of ${ended.owner} ended on ${ended.expires}`;
    return { ...finding, evidence: added(finding.evidence, end) };
  }

  return {
    waived: (finding) => (finding.result === 'FAIL' ? coveredBy(waiving, finding) : finding),
    waivedTest: (finding) => {
      if (finding.result === 'FAIL') return coveredBy([...waiving, ...quarantining], finding);
      // what is known to be unreliable need not be raised again every day
      return finding.result === 'ADVISORY' ? coveredBy(quarantining.filter(inForce), finding) : finding;
    },
    inForce: () =>
      [...waiving, ...quarantining].filter(inForce).map(({ kind, pattern, reason, owner, expires }) => {
        return { kind, pattern, reason, owner, expires };
      }),
    notes: (isAsked = () => true) => {
      const all = [...waiving, ...quarantining].filter(({ isMeant, pattern }) => isMeant && isAsked(pattern));
      const ended = all.filter(({ expires }) => expires < date);
      const idle = all.filter((rule) => rule.expires >= date && !used.has(rule));
      return [
        ...ended.map((rule) => `${named(rule)} ended on ${rule.expires}. Please remove it, or set a new end.`),
        ...idle.map((rule) => `${named(rule)} matched nothing. Please correct or remove it.`),
      ];
    },
  };
}

function added(evidence: Waivable['evidence'], words: string): Waivable['evidence'] {
  return typeof evidence === 'string' ? `${evidence} (${words})` : () => `${evidence()} (${words})`;
}

function named({ kind, pattern, owner }: Rule): string {
  const what = kind === 'waiver' ? 'The waiver' : 'The quarantine';
  return `${what} of ${plainLine(owner, 60)} for \`${plainLine(pattern, 120)}\``;
}
