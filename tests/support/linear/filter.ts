/** Linear's filters over what a resolver gives: comparators, `and`, `or`, `null`, `some`. https://linear.app/developers/filtering */

type Filter = Readonly<Record<string, unknown>>;

const COMPARATORS: Readonly<Record<string, (value: unknown, wanted: never) => boolean>> = {
  eq: (value, wanted) => value === wanted,
  neq: (value, wanted) => value !== wanted,
  in: (value, wanted: readonly unknown[]) => wanted.includes(value),
  nin: (value, wanted: readonly unknown[]) => !wanted.includes(value),
  gte: (value, wanted: string) => String(value) >= wanted,
  lte: (value, wanted: string) => String(value) <= wanted,
  eqIgnoreCase: (value, wanted: string) => fold(value) === fold(wanted),
  containsIgnoreCase: (value, wanted: string) => fold(value ?? '').includes(fold(wanted)),
};

export function matches(filter: Filter | null | undefined, value: unknown): boolean {
  return Object.entries(filter ?? {}).every(([name, wanted]) => holds(name, wanted, value));
}

function holds(name: string, wanted: unknown, value: unknown): boolean {
  const list = Array.isArray(wanted) ? (wanted as Filter[]) : [];
  if (name === 'and') return list.every((each) => matches(each, value));
  if (name === 'or') return list.some((each) => matches(each, value));
  if (name === 'null') return (value === null || value === undefined) === wanted;
  if (name === 'some') return Array.isArray(value) && value.some((each) => matches(wanted as Filter, each));
  const compare = COMPARATORS[name];
  if (compare) return compare(value, wanted as never);
  // a condition on something that is not there holds only where it says so
  if (value === null || value === undefined) return false;
  if (typeof value !== 'object' || !(name in value)) throw new Error(`the test server cannot filter by ${name}`);
  return matches(wanted as Filter, (value as Record<string, unknown>)[name]);
}

function fold(text: unknown): string {
  return String(text).toLowerCase();
}
