/** Times in which nothing may be released. Pure: rules, an instant and a subject go in. */
import { nameMatcher } from '../../core/text/name-matcher.ts';
import { beginOf, endOf, type FreezeSpan, untilText } from './freeze-span.ts';

export interface Freeze extends FreezeSpan {
  readonly reason: string;
  readonly except: {
    /** Names or globs. */
    readonly branches: readonly string[];
    readonly labels: readonly string[];
  };
}

/** What is judged. */
export interface FreezeSubject {
  /** Of a day its branch; of a change its source and its target. One that a freeze excepts is enough. */
  readonly branches: readonly string[];
  readonly labels: readonly string[];
}

export interface FreezeInForce {
  readonly reason: string;
  /** Its last day, or the moment at which it ends, in the time zone of the rules. */
  readonly until: string;
}

/** The freeze that is in force for a subject; of several, the one that ends last. */
export function freezeAt(
  options: FreezeSubject & {
    readonly freezes: readonly Freeze[];
    /** Milliseconds since 1970. */
    readonly now: number;
    readonly timeZone: string;
  },
): FreezeInForce | undefined {
  const { freezes, now, timeZone } = options;
  const [last] = freezes
    .filter((freeze) => !isExcepted(freeze, options))
    .filter((freeze) => beginOf(freeze, timeZone) <= now && now < endOf(freeze, timeZone))
    .toSorted((a, b) => endOf(b, timeZone) - endOf(a, timeZone));
  return last && { reason: last.reason, until: untilText(last, timeZone) };
}

function isExcepted({ except }: Freeze, { branches, labels }: FreezeSubject): boolean {
  const excepted = except.labels.map(lowerCase);
  return branches.some(nameMatcher(except.branches)) || labels.some((label) => excepted.includes(lowerCase(label)));
}

function lowerCase(text: string): string {
  return text.trim().toLowerCase();
}
