/** The commit's own CI as evidence. */

import { countsAsFailure } from '../../../core/adapters/ci/settled-checks.ts';
import type { CiResult } from '../../../core/adapters/ports.ts';
import { nameMatcher } from '../../../core/text/name-matcher.ts';
import { plainLine } from '../../../core/text/untrusted-text.ts';
import type { Effect, PaceConfig } from '../../config/schema.ts';
import type { EvidenceReading, Finding, FindingResult } from '../finding.ts';

export const CI_SOURCE = 'ci';

const RESULT_OF: Record<Effect, FindingResult> = { hold: 'FAIL', advisory: 'ADVISORY', ship: 'PASS' };

export function readCi(result: CiResult, rules: PaceConfig['ci']): EvidenceReading {
  return {
    source: CI_SOURCE,
    findings: findingsOf(result, rules),
    complete: !result.fault && (result.conclusion === 'success' || result.conclusion === 'failure'),
    standing: true,
    saysNothing: saysNothing(result, rules),
  };
}

/** There is no check, and that is not called a pass; or each was left out. */
function saysNothing({ conclusion, checks, fault }: CiResult, rules: PaceConfig['ci']): boolean {
  if (fault) return true;
  if (conclusion === 'no_runs') return rules.on.no_runs !== 'ship';
  const hasEnded = checks.some(({ state }) => state === 'success' || state === 'failure' || state === 'neutral');
  return conclusion === 'success' && !hasEnded;
}

function findingsOf(result: CiResult, rules: PaceConfig['ci']): Finding[] {
  const { conclusion, fault, checks, url } = result;
  if (fault) return [finding('commit CI', 'UNKNOWN', `${fault.message} ${fault.remedy}`, url)];
  if (conclusion === 'success') return [finding('commit CI', 'PASS', counted(checks), url)];
  if (conclusion === 'failure') return failures(result, rules);
  const proof = {
    no_runs: 'No check or status was found for the commit.',
    cancelled: `${plainLine(result.name, 100)} was cancelled and not run again.`,
    timeout: `After ${rules.timeout_minutes} minutes not ended: ${awaited(checks, rules).slice(0, 10).join(', ')}.`,
  }[conclusion];
  const check = { no_runs: 'no CI found', cancelled: 'CI cancelled', timeout: 'CI not ended in time' }[conclusion];
  return [finding(check, RESULT_OF[rules.on[conclusion]], proof, url)];
}

/** What was still running, and what was expected and had not come. */
function awaited(checks: CiResult['checks'], { expected }: PaceConfig['ci']): string[] {
  const running = checks.filter(({ state }) => state === 'pending' || state === 'unknown').map(({ name }) => name);
  const missing = expected.filter((pattern) => !checks.some(({ name }) => nameMatcher([pattern])(name)));
  const names = [...running, ...missing.map((name) => `${name} (never came)`)];
  return names.length > 0 ? names.map((name) => plainLine(name, 80)) : ['late checks'];
}

function failures({ checks }: CiResult, rules: PaceConfig['ci']): Finding[] {
  const words = { skippedPasses: rules.skipped === 'pass', neutralPasses: rules.neutral === 'pass' };
  return checks
    .filter((check) => !check.optional && countsAsFailure(check, words))
    .map((check) =>
      finding(plainLine(check.name, 200), 'FAIL', `Ended as ${plainLine(check.vendorState, 60)}.`, check.url),
    );
}

function counted(checks: CiResult['checks']): string {
  const ended = checks.filter(({ state }) => state !== 'blocked');
  const allowed = ended.filter(({ optional, state }) => optional && state === 'failure').length;
  return `${ended.length} ${ended.length === 1 ? 'check' : 'checks'} passed${allowed > 0 ? ` (${allowed} of them failed, which is allowed)` : ''}.`;
}

function finding(check: string, result: FindingResult, evidence: string, url: string): Finding {
  return { source: CI_SOURCE, check, result, evidence, ...(/^https?:\/\//.test(url) ? { url } : {}) };
}
