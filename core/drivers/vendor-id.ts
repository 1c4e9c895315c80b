/** What a vendor knows things by, whatever people call them. */
import { unexpectedAnswer } from '../http/unexpected-answer.ts';

/** A number or a text, as text; `undefined` for whatever cannot be an id. */
export function vendorId(value: unknown): string | undefined {
  // the client of GitHub reads large numbers as `bigint`
  if (typeof value === 'number' || typeof value === 'bigint') return value > 0 ? String(value) : undefined;
  return typeof value === 'string' ? value || undefined : undefined;
}

/** For what has to have one. */
export function noId(title: string): never {
  throw unexpectedAnswer(title, 'the place of the issues has no id');
}
