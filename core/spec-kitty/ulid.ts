/** Ids of events: ULIDs, each one greater than those before it. https://github.com/ulid/spec Pure. */

import { ULID } from './events.ts';
import { byCodePoints } from './json-text.ts';

const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const RANDOM_DIGITS = 16;
const TIME_DIGITS = 10;

/** `ids`: those that are there; `random`: a number from 0 to 1, and another one each time. */
export function nextUlid(ids: Iterable<string>, now: number, random: () => number): string {
  const fresh = timeDigits(now) + Array.from({ length: RANDOM_DIGITS }, () => digit(random())).join('');
  let greatest = '';
  for (const id of ids) if (ULID.test(id) && byCodePoints(id, greatest) > 0) greatest = id;
  return fresh > greatest ? fresh : (successor(greatest) ?? fresh);
}

function digit(random: number): string {
  return DIGITS[Math.min(DIGITS.length - 1, Math.floor(random * DIGITS.length))] ?? '0';
}

function timeDigits(now: number): string {
  let rest = Math.max(0, Math.floor(now));
  let digits = '';
  for (let at = 0; at < TIME_DIGITS; at += 1) {
    digits = (DIGITS[rest % DIGITS.length] ?? '0') + digits;
    rest = Math.floor(rest / DIGITS.length);
  }
  return digits;
}

/** `undefined` after the last one of all. */
function successor(id: string): string | undefined {
  const last = id.search(/Z*$/);
  if (last === 0) return undefined;
  const raised = DIGITS[DIGITS.indexOf(id[last - 1] ?? '') + 1];
  const next = id.slice(0, last - 1) + raised + '0'.repeat(id.length - last);
  // the first digit holds three bits
  return next > '8' ? undefined : next;
}
