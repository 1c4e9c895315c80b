/** What a judged commit is compared with. */
import type { Since } from './evidence/reader.ts';
import type { State } from './state/state.ts';
import type { Subject } from './subject.ts';

/** The last day before that shipped a commit; of a change the branch that it goes to. Nothing where nobody knows either. */
export async function comparedWith(
  state: Pick<State, 'decidedDays' | 'decision'>,
  subject: Subject,
): Promise<Since | undefined> {
  if (subject.kind === 'change') return subject.change.target ? { branch: subject.change.target } : undefined;
  const earlier = (await state.decidedDays()).filter((day) => day < subject.day.day);
  for (const day of earlier.reverse()) {
    const known = await state.decision(day);
    if (known?.decision === 'SHIP' && known.sha) return { day, commit: known.sha };
  }
  return undefined;
}
