/** What a tracker has not taken of what was written: told, and tried again by the next run. */

import type { Applying } from './context.ts';
import type { SyncLine } from './engine.ts';
import type { FieldName } from './values.ts';
import { type Unclear, unclearError } from './writing.ts';

type Place = Pick<SyncLine, 'side' | 'key' | 'other'>;

/** Told, and tried again by the next run. */
export function leave({ tell, again }: Applying, line: SyncLine): void {
  tell(line);
  again.push({ side: line.side, key: line.key, why: line.message ?? '', tries: 1 });
}

export function notTakenLine(at: Place, words: string): SyncLine {
  return {
    ...{ kind: 'failed', ...at, field: fieldOf(words) },
    message: `The tracker has not taken all of it: ${words}. The token may not set it, or it is not kept there.`,
    remedy: 'It is tried again with the next run; `fields` and `without` of the configuration leave a field out.',
  };
}

export function unclearLine(at: Place, unclear: Unclear): SyncLine {
  const { message, remedy } = unclearError(unclear, at.key);
  return { kind: 'ambiguous', ...at, field: unclear.field, message, remedy };
}

/** `labels (bug)` → `labels`. */
export function fieldOf(words: string): FieldName {
  return (words.split(' ')[0] ?? words) as FieldName;
}
