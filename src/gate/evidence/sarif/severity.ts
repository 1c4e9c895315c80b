/** What a result weighs: its level, the scanner's own score for security, and what the configuration makes of both. */
import { isRecord } from '../../../../core/record.ts';
import type { EvidenceOf } from '../../../config/schema.ts';
import type { Json } from './rules.ts';

/** `review`: the scanner could not decide, a person has to look (the kinds `open` and `review`). */
export type SarifLevel = 'error' | 'warning' | 'note' | 'none' | 'review';

const LEVELS = ['none', 'note', 'warning', 'error'] as const satisfies readonly SarifLevel[];

export type Severities = Pick<EvidenceOf<'sarif'>, 'threshold' | 'security_severity'>;

// https://www.first.org/cvss/specification-document, the scale of ratings; GitHub has the same
const RATINGS = {
  low: { from: 0.1, to: 3.9 },
  medium: { from: 4, to: 6.9 },
  high: { from: 7, to: 8.9 },
  critical: { from: 9, to: 10 },
} satisfies Record<string, { readonly from: number; readonly to: number }>;

/** A level as a log writes it. A word that SARIF does not know counts as an error. */
export function levelNamed(word: string): (typeof LEVELS)[number] {
  return LEVELS.find((level) => level === word) ?? 'error';
}

/** What becomes of a result that is not suppressed and not known: it holds, is an advisory, or is only counted. */
export function weight(
  { level, severity }: { readonly level: SarifLevel; readonly severity: () => number | undefined },
  { threshold, security_severity }: Severities,
): 'FAIL' | 'ADVISORY' | 'counted' {
  if (security_severity !== undefined && (severity() ?? -1) >= least(security_severity)) return 'FAIL';
  if (level === 'review' || level === 'none') return 'counted';
  if (LEVELS.indexOf(level) >= LEVELS.indexOf(threshold)) return 'FAIL';
  return level === 'warning' ? 'ADVISORY' : 'counted';
}

function least(setting: NonNullable<Severities['security_severity']>): number {
  return typeof setting === 'number' ? setting : RATINGS[setting].from;
}

/** https://docs.github.com/code-security/code-scanning: a score in a text. A word means the worst of its rating. */
export function securitySeverity(...sources: readonly (Json | undefined)[]): number | undefined {
  for (const source of sources) {
    const value = isRecord(source?.properties) ? source.properties['security-severity'] : undefined;
    const score = scoreOf(value);
    if (score !== undefined) return score;
  }
  return undefined;
}

function scoreOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return undefined;
  const word = value.trim().toLowerCase();
  if (/^\d{1,3}(?:\.\d{1,9})?$/.test(word)) return Number(word);
  return Object.entries(RATINGS).find(([rating]) => rating === word)?.[1].to;
}
