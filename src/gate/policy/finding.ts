/** What the judged commit changes in the rules by which it is judged, as findings for those who review it. Pure. */

import { plainLine } from '../../../core/text/untrusted-text.ts';
import { formatProblem, type Problem, type Redact } from '../../../core/yaml/problems.ts';
import { differences } from '../../config/differences.ts';
import type { PaceConfig } from '../../config/schema.ts';
import type { Finding } from '../finding.ts';

/** The commit's own configuration. */
export type OwnRules =
  | { readonly how: 'valid'; readonly config: PaceConfig; readonly text: string; readonly redact: Redact }
  | { readonly how: 'wrong'; readonly problems: readonly Problem[] }
  | { readonly how: 'gone' };

const SHOWN = 20;
const PROBLEMS_SHOWN = 5;

const SOURCE = 'policy';

/** Of a commit that is judged by the configuration of `branch`. They are shown, and do not hold. */
export function changesOfRules(
  own: OwnRules,
  counts: { readonly config: PaceConfig; readonly file: string; readonly branch: string },
): Finding[] {
  const { config, file, branch } = counts;
  const by = `Judged by the configuration of ${plainLine(branch, 100)}`;
  if (own.how === 'gone') return [shown(file, `The commit has no such file any more. ${by}.`)];
  if (own.how === 'wrong') {
    const problems = bounded(own.problems.map(formatProblem), PROBLEMS_SHOWN, ' ');
    return [
      shown(
        file,
        `The commit's own configuration is wrong, and would stop the gate once it is merged. ${by}. ${problems}`,
      ),
    ];
  }
  const changed = differences(config, own.config, own.redact);
  if (changed.length === 0) return [];
  return [shown(file, `${by}; the commit changes it: ${bounded(changed, SHOWN, '; ')}.`)];
}

/** Of a commit that brings the configuration: there is no other. */
export function broughtRules(file: string, branch: string): Finding {
  const evidence = `The commit brings the configuration itself: ${plainLine(branch, 100)} has none, so the commit is judged by its own.`;
  return shown(file, evidence);
}

export function unknownRules(file: string, why: string, remedy: string): Finding {
  const evidence = `It cannot be known by which configuration to judge: ${why}. ${remedy}`;
  return { source: SOURCE, check: file, result: 'UNKNOWN', evidence };
}

/** Whether a run could not know its rules. */
export function areUnknown(findings: readonly Finding[]): boolean {
  return findings.some(({ source, result }) => source === SOURCE && result === 'UNKNOWN');
}

function shown(file: string, evidence: string): Finding {
  return { source: SOURCE, check: file, result: 'ADVISORY', evidence };
}

function bounded(items: readonly string[], most: number, between: string): string {
  const more = items.length > most ? ` (and ${items.length - most} more)` : '';
  return `${items.slice(0, most).join(between)}${more}`;
}
