/** Tells what has been seen before, for a log of any length. */
import { hash } from 'node:crypto';

/** Together at most some 30 MB, beside a log that takes ten times as much. */
const REMEMBERED = 100_000;
/** A longer key is remembered by its digest: to make that takes longer than all else that is done with a result. */
const LONGEST = 256;

/** Whether this is seen for the first time. Beyond the limit everything is: to list a thing twice is better than to lose one. */
export type Once = (key: string) => boolean;

export function createOnce(remembered = REMEMBERED): Once {
  const seen = new Set<string>();
  return (key) => {
    const short = key.length > LONGEST ? hash('sha256', key, 'base64') : key;
    if (seen.has(short)) return false;
    if (seen.size < remembered) seen.add(short);
    return true;
  };
}
