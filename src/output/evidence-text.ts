/** What the evidence alone says, for people. Pure. */
import { plainLine } from '../../core/text/untrusted-text.ts';
import type { ReadAlone } from '../commands/evidence/read.ts';
import type { SeenSource } from '../gate/evidence-alone.ts';
import { type FindingResult, RESULTS } from '../gate/finding.ts';
import { findingsText } from '../gate/report/findings-table.ts';
import { DECISION_ICONS } from '../gate/report/summary.ts';
import type { RuleInForce } from '../gate/waivers.ts';
import { painter } from './report-text.ts';

export function evidenceText(seen: ReadAlone, options: { colour?: boolean } = {}): string {
  const painted = painter(options.colour ?? false);
  const { decision, reason, sources, waivers, notes } = seen;
  const lines = [
    `${DECISION_ICONS[decision]} ${whatWasRead(seen)}: ${painted(decision)}`,
    ...(reason ? [`   ${plainLine(reason, 500)}`] : []),
    ...sources.flatMap((source) => ['', headOf(source), ...findingsText(source.findings, painted, '')]),
    ...(sources.length === 0 ? ['', 'No source was read.'] : []),
    '',
    ...waivers.map(ruleText),
    ...notes.map((note) => `Note:        ${plainLine(note, 500)}`),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

function whatWasRead({ subject, sha }: ReadAlone): string {
  const of = subject.id === '' ? '' : ` of ${subject.kind} ${plainLine(subject.id, 60)}`;
  return `The evidence alone${of}, ${sha ? `commit ${sha.slice(0, 12)}` : 'no commit'}`;
}

/** `unit (junit): 1 FAIL, 2 PASS`. */
function headOf({ name, type, counts, saysNothing }: SeenSource): string {
  const parts = RESULTS.filter((result) => counts[result]).map(
    (result: FindingResult) => `${counts[result]} ${result}`,
  );
  const says = saysNothing ? '; it says nothing about the commit' : '';
  return `${plainLine(name, 60)} (${type}): ${parts.join(', ') || 'no finding'}${says}`;
}

function ruleText({ kind, pattern, reason, owner, expires }: RuleInForce): string {
  const label = kind === 'waiver' ? 'Waiver:      ' : 'Quarantine:  ';
  return `${label}${plainLine(pattern, 120)}, ${plainLine(owner, 60)} until ${expires}: ${plainLine(reason, 300)}`;
}
