/** Measured coverage against what is required. Pure. */
import type { EvidenceOf } from '../../../config/schema.ts';
import type { Finding } from '../../finding.ts';
import { proofText } from '../finding-text.ts';
import type { Percent } from './line-coverage.ts';

/** Differences smaller than this are the noise of floating point numbers. */
const EPSILON = 1e-6;

/** @param before of the last day that shipped */
export function judgeLines(
  { name, minimum, max_drop }: EvidenceOf<'coverage'>,
  { value, counted, note }: Percent & { readonly note: string },
  before: number | undefined,
): Finding[] {
  const findings: Finding[] = [];
  const add = (check: string, passed: boolean, words: string) => {
    const evidence = proofText(`Line coverage is ${shown(value)} %${counted}; ${words}.${note}`);
    findings.push({ source: name, check, result: passed ? 'PASS' : 'FAIL', evidence });
  };
  if (minimum !== undefined) add('line coverage', reaches(value, minimum), minimumText(value, minimum));
  if (max_drop !== undefined) {
    const { passed, words } = dropOf(value, before, max_drop);
    add('line coverage drop', passed, words);
  }
  if (findings.length === 0)
    add('line coverage', true, 'nothing is required of it: neither `minimum` nor `max_drop` is set');
  return findings;
}

export function reaches(percent: number, minimum: number): boolean {
  return percent >= minimum - EPSILON;
}

/** `the minimum is 70 %` */
export function minimumText(percent: number, minimum: number): string {
  return `${reaches(percent, minimum) ? 'the minimum is' : 'less than the minimum of'} ${minimum} %`;
}

function dropOf(value: number, before: number | undefined, allowed: number): { passed: boolean; words: string } {
  if (before === undefined) return { passed: true, words: 'first run, no baseline to compare with' };
  const drop = before - value;
  const change = drop > 0 ? `${shown(drop)} points less than` : 'not less than';
  // the baseline was kept with four digits
  const passed = drop <= allowed + 1e-4;
  return { passed, words: `${change} the ${shown(before)} % of the last SHIP, ${allowed} allowed` };
}

/** Rounded down to two digits: 79.999 must not look like 80. */
export function shown(percent: number): string {
  return (Math.floor(percent * 100 + EPSILON) / 100).toFixed(2);
}
