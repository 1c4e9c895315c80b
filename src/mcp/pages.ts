/** Long answers in pages: how much one of them holds. Pure. */
import { bytesOf, MOST_BYTES } from './answer.ts';

/** Room for the counts before the rows, and the words around them. */
const AROUND = 2_000;

/** Of a new page: whether it can take one more text, beside those that it was asked about before. */
export function roomOfPage(): (text: string) => boolean {
  let bytes = AROUND;
  return (text) => {
    bytes += bytesOf(text);
    return bytes <= MOST_BYTES;
  };
}
