/** One question to a person at a terminal. */
import { createInterface } from 'node:readline/promises';
import { Interrupted } from '../process/interrupt.ts';
import { usageError } from '../tracker/usage.ts';

/** The answer in one line, never empty. Throws when the person leaves (Ctrl-C, Ctrl-D) or says nothing. */
export async function ask(
  question: string,
  terminal: { readonly input: NodeJS.ReadableStream; readonly output: NodeJS.WritableStream },
): Promise<string> {
  const lines = createInterface(terminal);
  try {
    const left = new Promise<never>((_, reject) => {
      lines.once('SIGINT', () => reject(new Interrupted(130)));
      lines.once('close', () => reject(usageError('Nothing was entered: nothing was sent.')));
    });
    const answer = (await Promise.race([lines.question(question), left])).trim();
    if (answer === '') throw usageError('Nothing was entered: nothing was sent.');
    return answer;
  } finally {
    lines.close();
  }
}
