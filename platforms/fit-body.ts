import type { IssueTracker, Metadata } from './ports.ts';
import { cut } from './untrusted-text.ts';

const FIRST_QUOTE_LIMIT = 20_000;
const LEAST_QUOTE_LIMIT = 200;
/** Left free for what a vendor adds when it stores the text. */
const HEADROOM = 0.95;

/**
 * The longest version of a body that the tracker takes: quotes are shortened until the text fits in the vendor's own form.
 * @param render makes the Markdown with every quote cut to so many characters
 */
export function fitBody(
  tracker: Pick<IssueTracker, 'bodyLimit' | 'measureBody'>,
  render: (quoteLimit: number) => string,
  metadata?: Metadata,
): string {
  const max = tracker.bodyLimit.max * HEADROOM;
  const fits = (text: string) => tracker.measureBody(text, metadata) <= max;
  for (let limit = FIRST_QUOTE_LIMIT; limit >= LEAST_QUOTE_LIMIT; limit = Math.floor(limit / 2)) {
    const text = render(limit);
    if (fits(text)) return text;
  }
  let text = render(LEAST_QUOTE_LIMIT);
  while (!fits(text) && text.length > 0) text = cut(text, Math.floor(text.length * 0.8));
  return text;
}
