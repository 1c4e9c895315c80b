/** What later steps and jobs get to know: names and values, the same in every CI. */
import { relative } from 'node:path';
import { asPaceError } from '../../core/errors.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import type { Log, World } from '../../core/world.ts';
import type { GateOutcome } from '../commands/gate.ts';

export function outputsOf(world: Pick<World, 'cwd'>, { report, reportPath }: GateOutcome): Record<string, string> {
  return {
    decision: report.decision,
    day: report.day === null ? '' : String(report.day),
    change: report.subject.kind === 'change' ? report.subject.id : '',
    'hold-reason': plainLine(report.holdReason, 1000),
    'escalation-url': report.escalation.url,
    'advisory-url': report.advisories.url,
    'review-url': report.review.url,
    'open-advisories': String(report.advisories.open),
    // a paused day and a dry run leave no report
    'report-path': report.decision === 'PAUSED' || report.dryRun ? '' : relative(world.cwd, reportPath),
  };
}

/** The outcome stands whether or not later steps can be told of it: that they cannot is a warning. */
export async function handOn(log: Log, deliver: () => void | Promise<void>): Promise<void> {
  try {
    await deliver();
  } catch (error) {
    const { message, remedy } = asPaceError(error);
    log.warn(`The outcome could not be handed on to later steps: ${message} ${remedy}`);
  }
}
