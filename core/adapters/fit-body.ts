import type { IssueTracker, Metadata, TextLimit } from '../ports/index.ts';
import { cutMarkdown } from '../text/untrusted-text.ts';

const FIRST_QUOTE_LIMIT = 20_000;
const LEAST_QUOTE_LIMIT = 200;
/** Left free for what a vendor adds when it stores the text. */
const HEADROOM = 0.95;

/**
 * The longest version of a body that the tracker takes: quotes are shortened until the text fits in the vendor's own form.
 * The same for a new issue and for one that is there.
 * @param render makes the Markdown with every quote cut to so many characters
 */
export function fitBody(
  tracker: Pick<IssueTracker, 'bodyLimit' | 'measureBody'>,
  render: (quoteLimit: number) => string,
  metadata?: Metadata,
): string {
  const max = tracker.bodyLimit.max * HEADROOM;
  return shortened(render, (text) => tracker.measureBody(text, metadata) <= max);
}

/** The same for a text that its platform counts as it is. */
export function fitText(
  { max, unit }: TextLimit,
  render: (quoteLimit: number) => string,
  options?: { firstLimit?: number; leastLimit?: number },
): string {
  const sizeOf = (text: string) => (unit === 'bytes' ? Buffer.byteLength(text) : text.length);
  return shortened(render, (text) => sizeOf(text) <= max * HEADROOM, options);
}

/** Quote by quote first; only where that is not enough, whole lines at the end. */
function shortened(
  render: (quoteLimit: number) => string,
  fits: (text: string) => boolean,
  { firstLimit = FIRST_QUOTE_LIMIT, leastLimit = LEAST_QUOTE_LIMIT } = {},
): string {
  for (let limit = firstLimit; limit >= leastLimit; limit = Math.floor(limit / 2)) {
    const text = render(limit);
    if (fits(text)) return text;
  }
  const text = cutMarkdown(render(leastLimit), fits);
  return fits(text) ? text : '';
}
