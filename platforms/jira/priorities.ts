/** A site's priorities in numbers from 0, the most urgent. Pure. */
import { toPriority } from '../../core/drivers/field-labels.ts';
import { PRIORITIES, type Priority } from '../../core/ports/index.ts';

export interface PriorityMap {
  toPriority(name: string): Priority | undefined;
  /** The names for a number, the one to write first; `[]` when none is. */
  toNames(priority: Priority): readonly string[];
}

/** Jira's own five. */
const STANDARD: ReadonlyMap<string, Priority> = new Map([
  ['highest', 0],
  ['high', 1],
  ['medium', 2],
  ['low', 3],
  ['lowest', 4],
]);

/** Known without a look at the others. */
export function standardPriority(name: string): Priority | undefined {
  return STANDARD.get(name.trim().toLowerCase());
}

/**
 * `names` are in Jira's order, the most urgent first. Where Jira's own names are among them, names count, also those that
 * people use elsewhere. Else five go by their order; another number goes by names when each has a number of its own.
 * Everything else would be a guess, and has no number.
 */
export function createPriorities(names: readonly string[]): PriorityMap {
  const numbers = numbersOf(names);
  const all = new Map(names.map((name, index) => [fold(name), numbers[index]]));
  return {
    toPriority: (name) => standardPriority(name) ?? all.get(fold(name)),
    toNames: (priority) => {
      const fitting = names.filter((_, index) => numbers[index] === priority);
      return fitting.toSorted((one, other) => Number(isStandard(other)) - Number(isStandard(one)));
    },
  };
}

function numbersOf(names: readonly string[]): (Priority | undefined)[] {
  const byWords = names.map((name) => standardPriority(name) ?? toPriority(name.trim().toLowerCase()));
  if (names.some(isStandard)) return byWords;
  if (names.length === PRIORITIES.length) return [...PRIORITIES];
  const areClear = new Set(byWords).size === names.length && !byWords.includes(undefined);
  return areClear ? byWords : names.map(() => undefined);
}

function isStandard(name: string): boolean {
  return standardPriority(name) !== undefined;
}

function fold(name: string): string {
  return name.trim().toLowerCase();
}
