/** Keeps the number of findings that people must read bounded. */
import type { Finding, FindingResult } from '../finding.ts';
import { grouped } from './finding-text.ts';

const order = ['FAIL', 'UNKNOWN', 'ADVISORY', 'PARTIAL', 'WAIVED', 'PASS'] satisfies FindingResult[];

/** The worst `max` findings in their own order, and one that stands for the rest. */
export function bounded(findings: readonly Finding[], max = 200): readonly Finding[] {
  if (findings.length <= max) return findings;
  const ranked = findings.toSorted((one, other) => rank(one) - rank(other));
  const kept = new Set(ranked.slice(0, max));
  const worst = ranked[max];
  if (worst === undefined) return findings;
  const evidence = `and ${grouped(findings.length - max)} more`;
  return [
    ...findings.filter((finding) => kept.has(finding)),
    { source: worst.source, check: 'further checks', result: worst.result, evidence },
  ];
}

function rank({ result }: Finding): number {
  return order.indexOf(result);
}
