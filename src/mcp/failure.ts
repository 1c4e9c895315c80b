/**
 * What went wrong, for a model: what it can mend with a remedy, and of a defect one fixed sentence. Whatever a tool throws would
 * reach the model word for word, tokens and all, so nothing is thrown.
 */
import { asPaceError, type PaceError } from '../../core/errors.ts';
import { plainLine, plainText } from '../../core/text/untrusted-text.ts';
import type { World } from '../../core/world.ts';
import { type Answer, fenced, wordsOf } from './answer.ts';
import { argumentWords, toolWords } from './tool-words.ts';

const MOST_CHARACTERS = 2_000;
const MOST_DONE = 50;
const MEND = 'Please correct the arguments, and call again.';
export const TELL = 'No argument changes that: please tell the person who started you.';

export function failureOf(error: unknown, world: Pick<World, 'log' | 'redact'>): Answer {
  const known = asPaceError(error);
  if (known.kind === 'unexpected' && known.cause === error) return defect(error, world);
  const { kind, message, remedy, done = [] } = known;
  const said = (text: string) => plainText(world.redact(text)).slice(0, MOST_CHARACTERS);
  // a message quotes what the tracker, or an issue, says
  const words = wordsOf(
    `Error (${done.length > 0 ? `partial, ${kind}` : kind})`,
    'PACE, with words of the tracker',
    said(argumentWords(message)),
  );
  const written = done.slice(0, MOST_DONE).map((each) => plainLine(world.redact(each), 200));
  return {
    isError: true,
    text: [
      words,
      ...(written.length > 0 ? [`Done before it failed:\n${fenced(written)}`] : []),
      `What to do: ${said(remedy && toolWords(remedy)) || without(known)}`,
    ].join('\n'),
  };
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
