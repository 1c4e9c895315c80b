/** The library `marked`, which reads Markdown for us, and where it stops doing so: in texts that nobody has written for people. */
import { Marked, Tokenizer } from 'marked';

/**
 * Each sign of emphasis makes the library look at the rest of its paragraph: time would grow with the square of it. A paragraph above
 * this length keeps its signs as they are.
 */
const LONGEST_PARAGRAPH = 8_000;

/** No name before an `@` is longer. https://www.rfc-editor.org/rfc/rfc5321#section-4.5.3.1 */
const NEAR = 320;
const ADDRESS = /^(?:[^\s@]{1,320}@|https?:\/\/|ftp:\/\/|www\.)/i;

export const markdownReader = new Marked(
  { gfm: true, breaks: false },
  {
    tokenizer: {
      emStrong: (_, masked) => isTooLong(masked),
      del: (_, masked) => isTooLong(masked),
      // a comment without an end is looked for to the end of everything, at each of its beginnings
      tag(rest) {
        const isLong = rest.length > LONGEST_PARAGRAPH && /^<[!?]/.test(rest);
        return isLong ? Tokenizer.prototype.tag.call(this, rest.slice(0, LONGEST_PARAGRAPH)) : false;
      },
      // whatever could be the name in an address of mail is read up to its end at every sign: only where an `@` is near
      url: (rest) => (rest.length > NEAR && !ADDRESS.test(rest) ? undefined : false),
      inlineText(rest) {
        return rest.length > NEAR ? Tokenizer.prototype.inlineText.call(this, rest.slice(0, NEAR)) : false;
      },
    },
  },
);

/** `undefined`: there is no such token here. `false`: the library shall look. */
function isTooLong(paragraph: string): false | undefined {
  return paragraph.length > LONGEST_PARAGRAPH ? undefined : false;
}
