/**
 * What a query asks for, as data: its text, and what it costs. Linear counts 0.1 points a field and 1 an object, multiplies what is
 * inside of a list by the size of its page, and refuses queries above 10,000 points.
 * https://linear.app/developers/rate-limiting#complexity
 */

export type Selection = readonly (string | Nested)[];

interface Nested {
  readonly field: string;
  readonly arguments: string;
  readonly of: Selection;
  /** The size of a page; absent for a single object. */
  readonly first?: number;
}

const MOST_POINTS = 10_000;
/** https://linear.app/developers/pagination: more is refused. */
const LARGEST_PAGE = 250;
/** What stands around the list. */
const AROUND = 10;

export const PAGE_INFO: Nested = nested('pageInfo', ['hasNextPage', 'endCursor']);

export function nested(field: string, of: Selection, given = ''): Nested {
  return { field, of, arguments: given };
}

/** A page of a list with as many items; `given` are its further arguments. */
export function page(field: string, first: number, of: Selection, given = ''): Nested {
  return { field, first, of, arguments: [`first: ${first}`, given].filter(Boolean).join(', ') };
}

export function textOf(selection: Selection): string {
  return selection.map((item) => (typeof item === 'string' ? item : nestedText(item))).join(' ');
}

function nestedText({ field, arguments: given, of, first }: Nested): string {
  const inner = first === undefined ? textOf(of) : `nodes { ${textOf(of)} } ${nestedText(PAGE_INFO)}`;
  return `${field}${given === '' ? '' : `(${given})`} { ${inner} }`;
}

export function pointsOf(selection: Selection): number {
  return selection.reduce((sum, item) => sum + (typeof item === 'string' ? 0.1 : nestedPoints(item)), 0);
}

function nestedPoints({ of, first }: Nested): number {
  const inner = pointsOf(of);
  return first === undefined ? 1 + inner : 1 + first * (1 + inner) + nestedPoints(PAGE_INFO);
}

/** The largest page of such items that one query may ask for. */
export function pageSizeOf(item: Selection): number {
  const fitting = Math.floor((MOST_POINTS - AROUND) / (1 + pointsOf(item)));
  return Math.max(1, Math.min(LARGEST_PAGE, fitting));
}
