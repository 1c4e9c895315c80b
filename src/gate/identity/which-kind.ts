/** Whether a run judges a day or a change, and which change. */
import { PaceError } from '../../../core/errors.ts';
import type { Faults } from '../../../core/faults.ts';
import type { CodeHost, JudgedChange, JudgedCommit } from '../../../core/ports/index.ts';
import { plainLine } from '../../../core/text/untrusted-text.ts';

export interface AskedSubject {
  /** As a person names them; absent and `''` mean the same. */
  readonly day?: string | undefined;
  readonly change?: string | undefined;
}

export interface ChosenChange extends JudgedChange {
  /** Its head, where the host was asked for it. */
  readonly sha?: string;
  /** Nothing tells its number: there is no place for a note. */
  readonly isNameless?: boolean;
}

export interface ChosenKind {
  /** Absent for a day. */
  readonly change?: ChosenChange;
  readonly notes: readonly string[];
}

/** A change by hand, else what `gate.subject` says, else what the event is about. Throws `PaceError` for what contradicts itself. */
export async function whichKind(options: {
  subject: 'auto' | 'day' | 'change';
  asked: AskedSubject;
  /** The commit was named: the change's head is not needed. */
  hasCommit: boolean;
  host: Pick<CodeHost, 'changeById'> | undefined;
  judged: JudgedCommit | undefined;
  faults: Faults;
}): Promise<ChosenKind> {
  const { subject, asked, judged } = options;
  if (asked.change) return changeByHand(asked.change, options);
  if (subject === 'day') return { notes: [] };
  const change = judged?.change ?? (subject === 'change' ? nameless(judged) : undefined);
  if (!change) return { notes: [] };
  const unused = asked.day
    ? `Day ${plainLine(asked.day, 20)} was named and is not judged: this run is about change ${change.id}. With \`gate.subject: day\` it judges the day.`
    : undefined;
  return { change, notes: unused === undefined ? [] : [unused] };
}

async function changeByHand(
  id: string,
  { asked, hasCommit, host, judged, faults }: Parameters<typeof whichKind>[0],
): Promise<ChosenKind> {
  if (asked.day) throw usage('--day and --change were both given.', 'Please judge one of them at a time.');
  if (!/^[A-Za-z0-9][\w.-]{0,39}$/.test(id)) {
    throw usage(`"${plainLine(id, 60)}" is not the number of a change.`, 'Please pass a number, such as --change 12.');
  }
  if (judged?.change?.id === id) return { change: judged.change, notes: [] };
  const found = await faults.caught('changeById', undefined, async () => host?.changeById?.(id));
  if (found) return { change: found, notes: [] };
  const commit = hasCommit ? '' : ' The commit of the checkout is judged.';
  const note = `Change ${id} is not known here: neither its branches nor its labels count.${commit}`;
  return { change: { id, source: '', target: '', labels: [] }, notes: [note] };
}

/** `gate.subject: change` where nothing tells which one: the commit is the change. */
function nameless(judged: JudgedCommit | undefined): ChosenChange {
  const id = judged?.sha.slice(0, 12) || 'none';
  return { id, source: judged?.branch ?? '', target: '', labels: [], isNameless: true };
}

function usage(message: string, remedy: string): PaceError {
  return new PaceError({ kind: 'validation', message, remedy });
}
