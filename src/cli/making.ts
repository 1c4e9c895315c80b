/** `pace specify` at the command line. */
import { plainLine } from '../../core/text/untrusted-text.ts';
import type { Specify } from '../commands/options.ts';
import type { Session } from './session.ts';

export const making = {
  specify: async (session: Session, options: Specify) => {
    const { specify } = await import('../commands/specify.ts');
    const done = await specify(session.world, options);
    await session.answer(done, () => {
      const { path, reference, written, text } = done;
      const from = plainLine(reference, 200);
      if (path === null) return text;
      if (written)
        return `Wrote ${plainLine(path)} from ${from}.\nNext: answer what it marks with [NEEDS CLARIFICATION].\n`;
      return session.isDryRun
        ? `${text}\nWould stand in ${plainLine(path)}.\n`
        : `${plainLine(path)} says what ${from} says already.\n`;
    });
  },
};
