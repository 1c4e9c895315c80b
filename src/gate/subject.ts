/** What a run judges: a day of a branch, or a change. */
import type { ChosenChange } from './identity/which-kind.ts';
import type { Report } from './report.ts';
import type { GateDay } from './which-day.ts';

export type Subject = DaySubject | ChangeSubject;

export interface DaySubject {
  readonly kind: 'day';
  readonly day: GateDay;
  /** As it is called, the default one too; `''` where nothing tells. */
  readonly branch: string;
}

export interface ChangeSubject {
  readonly kind: 'change';
  readonly change: ChosenChange;
}

type Named = Report['subject'];

/** As reports name it. */
export function namedSubject(subject: Subject): Named {
  return { kind: subject.kind, id: subject.kind === 'day' ? String(subject.day.day) : subject.change.id };
}

/** `day 3`, `change 12`: for sentences. */
export function subjectText({ kind, id }: Named): string {
  return `${kind} ${id}`;
}

/** The same at the beginning of one. */
export function subjectTitle(subject: Named): string {
  const text = subjectText(subject);
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/** The branches that a freeze may except: of a day its own, of a change both ends. */
export function subjectBranches(subject: Subject): readonly string[] {
  const names = subject.kind === 'change' ? [subject.change.source, subject.change.target] : [subject.branch];
  return names.filter((name) => name !== '');
}
