/** Says that a list has ended before its end, on stderr. */
import { endText } from '../tracker/print/list-end.ts';
import type { ListEnd } from '../tracker/query/bounded-list.ts';
import type { Session } from './session.ts';

/** Of a list that was read; nothing where nobody reads any more. `isPaged`: the next page can be asked for. */
export async function sayEnd({ shell, world }: Session, end: () => Promise<ListEnd>, isPaged = false): Promise<void> {
  if (shell.stdout.isClosed) return;
  const words = endText(await end(), isPaged);
  if (words !== undefined) world.log.info(words);
}
