/** What later steps and jobs get to know: names and values, the same in every CI. */
import { relative } from 'node:path';
import type { World } from '../platforms/world.ts';
import type { GateOutcome } from './commands/gate.ts';

export function outputsOf(world: Pick<World, 'cwd'>, { report, reportPath }: GateOutcome): Record<string, string> {
  return {
    decision: report.decision,
    day: String(report.day),
    'hold-reason': report.holdReason,
    'escalation-url': report.escalation.url,
    'advisory-url': report.advisories.url,
    'review-url': report.review.url,
    'open-advisories': String(report.advisories.open),
    'report-path': relative(world.cwd, reportPath),
  };
}
