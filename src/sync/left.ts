/** What a tracker has not taken of what was written: told, and tried again by the next run. */

import type { Applying } from './context.ts';
import type { SyncLine } from './engine.ts';
import type { Missing } from './sending.ts';
import { type Unclear, unclearError } from './writing.ts';

type Place = Pick<SyncLine, 'side' | 'key' | 'other'>;

/** Told, and tried again by the next run. */
export function leave({ tell, again }: Applying, line: SyncLine): void {
  const { side, key, message: why = '' } = line;
  // a pair that is looked at twice in a run is told of once
  if (again.some((one) => one.side === side && one.key === key && one.why === why)) return;
  tell(line);
  again.push({ side, key, why, tries: 1 });
}

export function missingLine(at: Place, { field, why }: Missing): SyncLine {
  return {
    ...{ kind: 'failed', ...at, field, message: why },
    remedy: 'It is tried again with the next run; `fields` and `without` of the configuration leave a field out.',
  };
}

/** Of an issue whose line is gone; `line`: as it would be written. */
export function linelessLine(at: Place, line: string): SyncLine {
  return {
    ...{ kind: 'ambiguous', ...at, field: 'body' },
    message: `The line that ends what is kept in step is gone from the body of ${at.key}: what stood below it may be anywhere in it, so the body goes nowhere.`,
    remedy: `Please put the line back above what is that issue’s own: “${line}”. Or part the two and link them again (pace sync unlink, pace sync link): then all of the body is kept in step.`,
  };
}

/** Of a text that has a credential in it. */
export function sealedLine(at: Place, field: 'title' | 'body'): SyncLine {
  return {
    ...{ kind: 'failed', ...at, field },
    message: `The ${field} of ${at.key} has in it what looks like a credential, of which the other side has \`***\` only: it is not written over.`,
    remedy: `Please take the credential out of ${at.key}, or make the change there by hand.`,
  };
}

export function unclearLine(at: Place, unclear: Unclear): SyncLine {
  const { message, remedy } = unclearError(unclear, at.key);
  return { kind: 'ambiguous', ...at, field: unclear.field, message, remedy };
}
