/** How untrusted words from evidence become the bounded texts of a finding. */
import { createHash } from 'node:crypto';
import { cut, plainLine, plainText } from '../../../core/text/untrusted-text.ts';

const CHECK_LENGTH = 200;
const PROOF_LENGTH = 2_000;

/**
 * The name of a check in one line of at most 200 characters. A longer one ends in a digest of the whole, so that two checks
 * never become one by being cut, and a waiver for one never covers the other.
 */
export function checkText(text: string): string {
  const line = plainLine(text.slice(0, CHECK_LENGTH * 50));
  if (line.length <= CHECK_LENGTH && text.length <= CHECK_LENGTH * 50) return line || '(no name)';
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 8);
  return `${cut(line, CHECK_LENGTH - digest.length - 1)}#${digest}`;
}

/** Proof of at most 2,000 characters; a longer one keeps its beginning. */
export function proofText(text: string): string {
  // cut first: the text may be a whole log
  return cut(plainText(text.slice(0, PROOF_LENGTH * 10)).trim(), PROOF_LENGTH);
}

/** Proof of at most 2,000 characters; a longer one keeps its end, as of a log. */
export function proofTail(text: string): string {
  const plain = plainText(text.slice(-PROOF_LENGTH * 10)).trim();
  if (plain.length <= PROOF_LENGTH) return plain;
  return `…${plain.slice(1 - PROOF_LENGTH).replace(/^[\udc00-\udfff]/, '')}`;
}

/** `1 test`, `3 tests`. */
export function count(number: number, noun: string, plural = `${noun}s`): string {
  return `${grouped(number)} ${number === 1 ? noun : plural}`;
}

/** `1,234` for a whole number. By hand: a formatter's tables take longer to load than a small report to read. */
export function grouped(number: number): string {
  return String(number).replace(/\B(?=(?:\d{3})+$)/g, ',');
}
