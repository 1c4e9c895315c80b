/** What later steps and jobs get to know: names and values, the same in every CI. Nothing in a value can be expanded. */
import { relative } from 'node:path';
import { asPaceError } from '../../core/errors.ts';
import { endMarked } from '../../core/programs/family.ts';
import type { Log, World } from '../../core/world.ts';
import type { GateOutcome } from '../commands/gate.ts';
import { handedOnAddress, handedOnText } from './handed-on.ts';

// all of them are less than the 5 kB that GitLab takes of a file: https://docs.gitlab.com/administration/instance_limits/#limit-dotenv-file-size
const REASON = { characters: 1_000, bytes: 2_000 };
const NAME = { characters: 200, bytes: 400 };
const ADDRESS = 500;

export function outputsOf(
  { cwd, redact }: Pick<World, 'cwd' | 'redact'>,
  { report, reportPath }: GateOutcome,
): Record<string, string> {
  // before anything is written otherwise: a secret may hold such signs
  const text = (value: string, max = NAME) => handedOnText(redact(value), max);
  const place = (value: string) => (value.includes('://') ? handedOnAddress(redact(value), ADDRESS) : text(value));
  return {
    decision: report.decision,
    day: report.day === null ? '' : String(report.day),
    change: report.subject.kind === 'change' ? text(report.subject.id) : '',
    'hold-reason': text(report.holdReason, REASON),
    'escalation-url': place(report.escalation.url),
    'advisory-url': place(report.advisories.url),
    'review-url': place(report.review.url),
    'open-advisories': String(report.advisories.open),
    // a paused day and a dry run leave no report
    'report-path': report.decision === 'PAUSED' || report.dryRun ? '' : text(relative(cwd, reportPath)),
  };
}

/** What a command has left behind must not speak last. */
export async function endCommands({ self, log }: Pick<World, 'self' | 'log'>): Promise<void> {
  if (self.mark === undefined || (await endMarked(self.mark)) === 'ended') return;
  log.warn(
    'Processes of a command start new ones faster than they can be ended: what later steps read may not be what PACE has written.',
  );
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
