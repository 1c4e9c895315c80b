/**
 * What went wrong, for a model: what it can mend with a remedy, and of a defect one fixed sentence. Whatever a tool throws would
 * reach the model word for word, tokens and all, so nothing is thrown.
 */
import { asPaceError, type PaceError } from '../../core/errors.ts';
import { plainLine, plainText } from '../../core/text/untrusted-text.ts';
import type { World } from '../../core/world.ts';
import { type Answer, wordsOf } from './answer.ts';

const MOST_CHARACTERS = 2_000;
const MEND = 'Please correct the arguments, and call again.';
const TELL = 'No argument changes that: please tell the person who started you.';

export function failureOf(error: unknown, world: Pick<World, 'log' | 'redact'>): Answer {
  const known = asPaceError(error);
  if (known.kind === 'unexpected' && known.cause === error) return defect(error, world);
  const said = (text: string) => plainText(world.redact(text)).slice(0, MOST_CHARACTERS);
  // a message quotes what the tracker, or an issue, says
  const words = wordsOf(`Error (${known.kind})`, 'PACE, with words of the tracker', said(known.message));
  return { isError: true, text: `${words}\nWhat to do: ${said(known.remedy || without(known))}` };
}

/** What to do where the error does not say it. */
function without({ kind, operation }: PaceError): string {
  return operation === 'usage' || kind === 'validation' ? MEND : TELL;
}

export const DEFECT =
  'PACE met a defect and did not finish. Whether something was changed is not known: please look before trying again.';

function defect(error: unknown, { log, redact }: Pick<World, 'log' | 'redact'>): Answer {
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  log.warn(`A defect of PACE: ${plainLine(redact(trace), 4_000)}`);
  return { isError: true, text: DEFECT };
}
