/** Who may resume the loop by closing an escalation. */
import { PaceError } from '../../errors.ts';
import type { IssueTracker } from '../../ports/index.ts';
import { isNamed } from '../named-people.ts';

/** People by their id (a login, or an account's id), and teams as `@org/team`. Names are what people call themselves. */
export type ResumeBy = 'anyone' | readonly string[];

type Asked = Pick<IssueTracker, 'name' | 'closedBy' | 'isTeamMember'>;

/** Whether the one who closed the issue may. Throws `PaceError` where that cannot be known: nobody is let through by chance. */
export async function mayResume(
  tracker: Asked,
  resumeBy: ResumeBy,
  key: string,
): Promise<{ readonly may: boolean; readonly who: string }> {
  if (resumeBy === 'anyone') return { may: true, who: 'anyone' };
  const person = await tracker.closedBy?.(key);
  if (!person) throw unknowable(tracker.name, key);
  const who = person.name || person.id;
  return { may: await isNamed(tracker, resumeBy, person, 'escalation.resume_by'), who };
}

function unknowable(tracker: string, key: string): PaceError {
  return new PaceError({
    kind: 'unsupported',
    message: `${tracker} does not tell who closed ${key}, and \`escalation.resume_by\` says who may.`,
    remedy: 'Please open it again and let its day ship, or set `escalation.resume_by: anyone`.',
  });
}
