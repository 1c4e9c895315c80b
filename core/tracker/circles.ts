/** Issues that wait for each other in a circle, so that none of them can ever be begun. */
import { PaceError } from '../errors.ts';
import type { IssueLink } from '../ports/issue.ts';
import { plainLine } from '../text/untrusted-text.ts';
import { WAITS } from './readiness.ts';

/** Which issue would wait for which, by a link of the issue; `undefined` where a link makes nobody wait. */
export function waitOf(key: string, { type, target }: IssueLink): { waiter: string; first: string } | undefined {
  if (type === 'is blocked by' || type === 'depends on') return { waiter: key, first: target };
  if (type === 'blocks' || type === 'is dependency of') return { waiter: target, first: key };
  return undefined;
}

/**
 * The way from one issue to another, each waiting for the next; `undefined` where there is none, or where it is not found among
 * the first `most` issues. `waitsFor` gives those that an issue waits for.
 */
export async function waitingWay(
  from: string,
  to: string,
  { waitsFor, most }: { waitsFor(key: string): Promise<readonly string[]>; readonly most: number },
): Promise<readonly string[] | undefined> {
  const before = new Map<string, string | undefined>([[from, undefined]]);
  // a map is walked in the order of its entries, those that are added on the way too
  let looked = 0;
  for (const [key] of before) {
    if (key === to) return wayTo(key, before);
    looked += 1;
    if (looked > most) return undefined;
    for (const next of await waitsFor(key)) if (!before.has(next)) before.set(next, key);
  }
  return undefined;
}

/** From the start to this issue. */
export function wayTo<Key>(key: Key, before: ReadonlyMap<Key, Key | undefined>): Key[] {
  const way: Key[] = [];
  for (let at: Key | undefined = key; at !== undefined; at = before.get(at)) way.unshift(at);
  return way;
}

/** How many issues are looked at before a link is made. */
const MOST_LOOKED_AT = 50;

/** Throws where the link would close a circle. `linksOf` gives an issue's links. */
export async function refuseCircle(
  linksOf: (key: string) => Promise<readonly IssueLink[]>,
  key: string,
  link: IssueLink,
): Promise<void> {
  const wait = waitOf(key, link);
  if (!wait) return;
  const waitsFor = async (issue: string) =>
    (await linksOf(issue)).filter(({ type }) => WAITS.has(type)).map(({ target }) => target);
  // what cannot be seen is no reason to refuse a link
  const way = await waitingWay(wait.first, wait.waiter, { waitsFor, most: MOST_LOOKED_AT }).catch(() => undefined);
  if (way) throw closesCircle(way);
}

/** `way`: from the issue that would be waited for to the one that would wait. */
export function closesCircle(way: readonly string[]): PaceError {
  return new PaceError({
    kind: 'validation',
    operation: 'createLink',
    message: `That would close a circle, in which each issue waits for the next: ${circleText(way)}.`,
    remedy: 'Please remove one of these links first: `pace issue unlink`.',
  });
}

/** The last one waits for the first one again. */
export function circleText(way: readonly string[]): string {
  const [last = ''] = way.slice(-1);
  const shown = way.length > MOST_NAMED ? [last, ...way.slice(0, MOST_NAMED), '…', last] : [last, ...way];
  return shown.map((key) => plainLine(key, 60)).join(' → ');
}

const MOST_NAMED = 12;
