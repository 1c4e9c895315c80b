/** The commit's own CI as evidence: everything that is to say of it, the worst of it first. */

import { isResult, isUnfinished } from '../../../core/adapters/ci/attempts.ts';
import { countsAsFailure, holdsUp, isWaiting } from '../../../core/adapters/ci/outcome.ts';
import { missingNames } from '../../../core/adapters/ci/settled-checks.ts';
import type { CiResult } from '../../../core/adapters/ports.ts';
import type { Check } from '../../../core/ports/index.ts';
import { plainLine } from '../../../core/text/untrusted-text.ts';
import type { Effect, PaceConfig } from '../../config/schema.ts';
import type { EvidenceReading, Finding, FindingResult } from '../finding.ts';

export const CI_SOURCE = 'ci';

type Rules = PaceConfig['ci'];

const RESULT_OF: Record<Effect, FindingResult> = { hold: 'FAIL', advisory: 'ADVISORY', ship: 'PASS' };

export function readCi(result: CiResult, rules: Rules): EvidenceReading {
  const { conclusion, fault, timedOut } = result;
  return {
    source: CI_SOURCE,
    findings: findingsOf(result, rules),
    complete: !fault && !timedOut && (conclusion === 'success' || conclusion === 'failure'),
    standing: true,
    saysNothing: saysNothing(result, rules),
  };
}

/** There is no check, and that is not called a pass; or each was left out, waits for somebody, or was allowed to fail. */
function saysNothing(result: CiResult, rules: Rules): boolean {
  const { conclusion, checks, fault } = result;
  if (failures(result, rules).length > 0) return false;
  if (fault) return true;
  if (conclusion === 'no_runs') return rules.on.no_runs !== 'ship';
  if (conclusion === 'timeout' || conclusion === 'cancelled') return false;
  if (conclusion === 'waiting' && (rules.on.waiting ?? 'advisory') !== 'advisory') return false;
  return !checks.some((check) => isResult(check) && !(check.optional && check.state === 'failure'));
}

function findingsOf(result: CiResult, rules: Rules): Finding[] {
  const { conclusion, fault, checks, url } = result;
  const found = [...failures(result, rules)];
  if (fault) return [...found, finding('commit CI', 'UNKNOWN', `${fault.message} ${fault.remedy}`, url)];
  found.push(...lateness(result, rules), ...cancellations(checks, rules));
  found.push(...checks.filter(isWaiting).map((check) => waitingOf(check, rules)));
  found.push(...checks.filter(isAllowedFailure).map(allowedFailure));
  if (conclusion === 'no_runs') {
    const proof = 'No check or status was found for the commit.';
    found.push(finding('no CI found', RESULT_OF[rules.on.no_runs], proof, url));
  }
  return conclusion === 'success' ? [finding('commit CI', 'PASS', passed(checks), url), ...found] : found;
}

function failures({ checks }: CiResult, rules: Rules): Finding[] {
  const words = { skippedPasses: rules.skipped === 'pass', neutralPasses: rules.neutral === 'pass' };
  return checks
    .filter((check) => !check.optional && countsAsFailure(check, words))
    .map((check) => ofCheck(check, 'FAIL', `Ended as ${plainLine(check.vendorState, 60)}.`));
}

/** What was still running, and what was expected and had not come. */
function lateness({ checks, timedOut, url }: CiResult, rules: Rules): Finding[] {
  const running = checks.filter(isUnfinished);
  const missing = missingNames(checks, rules.expected).map((name) => `${name} (never came)`);
  const names = [...running.map(({ name }) => name), ...missing].map((name) => plainLine(name, 80));
  if (!timedOut && names.length === 0) return [];
  const listed = (names.length > 0 ? names : ['late checks']).slice(0, 10).join(', ');
  const proof = timedOut ? `After ${rules.timeout_minutes} minutes not ended: ${listed}.` : `Not ended: ${listed}.`;
  return [finding('CI not ended in time', RESULT_OF[rules.on.timeout], proof, running[0]?.url ?? url)];
}

function cancellations(checks: readonly Check[], rules: Rules): Finding[] {
  const cancelled = checks.filter(({ state, optional }) => state === 'cancelled' && !optional);
  const [first] = cancelled;
  if (!first) return [];
  const names = cancelled.slice(0, 10).map(({ name }) => plainLine(name, 100));
  const more = cancelled.length > names.length ? ` and ${cancelled.length - names.length} more` : '';
  const were = cancelled.length === 1 ? 'was' : 'were';
  const proof = `${names.join(', ')}${more} ${were} cancelled and not run again.`;
  return [finding('CI cancelled', RESULT_OF[rules.on.cancelled], proof, first.url)];
}

/** One that people have to act on: who they are, and at its address where. */
function waitingOf(check: Check, rules: Rules): Finding {
  const { waitsFor } = check;
  const effect = rules.on.waiting;
  const who = plainLine(waitsFor?.who ?? 'a person', 200);
  const behind = waitsFor?.isBlocking ? ' The checks behind it have not run.' : '';
  const result = effect === undefined ? usualResult(check) : RESULT_OF[effect];
  return ofCheck(check, result, `Waits for ${who} ${DEEDS[waitsFor?.kind ?? 'start']}.${behind}`);
}

const DEEDS = {
  approval: 'to let it run',
  deployment: 'before it deploys',
  start: 'to start it',
} as const satisfies Record<NonNullable<Check['waitsFor']>['kind'], string>;

/** Without approval nothing of it has run; what is started later, by hand or with an approval, is no part of the verdict. */
function usualResult(check: Check): FindingResult {
  if (check.waitsFor?.kind === 'approval') return 'FAIL';
  return holdsUp(check) ? 'UNKNOWN' : 'ADVISORY';
}

function isAllowedFailure({ optional, state }: Check): boolean {
  return optional && state === 'failure';
}

function allowedFailure(check: Check): Finding {
  return ofCheck(check, 'ADVISORY', `Ended as ${plainLine(check.vendorState, 60)}, which is allowed.`);
}

function passed(checks: readonly Check[]): string {
  const count = checks.filter((check) => isResult(check) && !isAllowedFailure(check)).length;
  const skipped = checks.filter(({ state }) => state === 'skipped').length;
  return `${count} ${count === 1 ? 'check' : 'checks'} passed${skipped > 0 ? `, ${skipped} skipped` : ''}.`;
}

function ofCheck(check: Check, result: FindingResult, evidence: string): Finding {
  return finding(plainLine(check.name, 200), result, evidence, check.url);
}

function finding(check: string, result: FindingResult, evidence: string, url: string): Finding {
  return { source: CI_SOURCE, check, result, evidence, ...(/^https?:\/\//.test(url) ? { url } : {}) };
}
