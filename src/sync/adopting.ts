/** Issues that were in two trackers before sync was: they are one where a person says by what. */
import type { Issue } from '../../core/ports/index.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import { newId } from './choosing.ts';
import type { SyncLine, SyncRequest } from './engine.ts';
import { type Alone, newPair } from './matching.ts';
import type { Pairs } from './pairs.ts';
import type { Sides } from './values.ts';

export interface Match extends Sides<Issue> {
  readonly value: string;
}

export interface Matches {
  readonly one: readonly Match[];
  /** Values that several issues of a side have: which is meant, nobody can tell. */
  readonly several: readonly { readonly value: string; readonly keys: Sides<readonly string[]> }[];
}

/** By a key of the metadata, or by `title`. Pure. */
export function matchesBy(field: string, alone: readonly Alone[]): Matches {
  const sides = { a: valuesOn('a', field, alone), b: valuesOn('b', field, alone) };
  const [one, several]: [Match[], Matches['several'][number][]] = [[], []];
  for (const [value, a] of sides.a) {
    const b = sides.b.get(value) ?? [];
    const [first, second] = [a[0], b[0]];
    if (!first || !second) continue;
    if (a.length === 1 && b.length === 1) one.push({ value, a: first, b: second });
    else several.push({ value, keys: { a: a.map(({ key }) => key), b: b.map(({ key }) => key) } });
  }
  return { one, several };
}

function valuesOn(side: Alone['side'], field: string, alone: readonly Alone[]): Map<string, Issue[]> {
  const found = new Map<string, Issue[]>();
  for (const { issue } of alone.filter((one) => one.side === side)) {
    const value = field === 'title' ? plainLine(issue.title) : issue.metadata[field];
    if ((typeof value !== 'string' && typeof value !== 'number') || value === '') continue;
    const name = String(value);
    found.set(name, [...(found.get(name) ?? []), issue]);
  }
  return found;
}

export interface Adopting {
  readonly alone: readonly Alone[];
  readonly heads: Map<string, Partial<Sides<Issue>>>;
  readonly pairs: Pairs;
  readonly request: Pick<SyncRequest, 'adopt' | 'yes' | 'confirm' | 'dryRun'>;
  readonly lines: SyncLine[];
}

/** Gives those that are still without a pair. A title says little: each pair of titles needs a yes. */
export async function adopt({ alone, heads, pairs, request, lines }: Adopting): Promise<readonly Alone[]> {
  if (request.adopt === undefined) return alone;
  const { one, several } = matchesBy(request.adopt, alone);
  const taken = new Set<Issue>();
  for (const { value, a, b } of one) {
    const question = `${a.key} and ${b.key} have the title “${plainLine(value, 80)}”. Are they one?`;
    const needsYes = request.adopt === 'title' && !request.yes && !request.dryRun;
    if (needsYes && !(await request.confirm?.(question))) continue;
    const pair = newPair(newId(), { a, b });
    pairs.put(pair);
    heads.set(pair.id, { a, b });
    taken.add(a).add(b);
  }
  const unclear = new Set(
    several.flatMap(({ keys }) => [...keys.a.map((key) => `a ${key}`), ...keys.b.map((key) => `b ${key}`)]),
  );
  for (const { value, keys } of several) {
    lines.push({
      ...{ kind: 'double', side: 'a', key: keys.a.join(', '), other: keys.b.join(', ') },
      message: `Several issues have the ${plainLine(request.adopt, 60)} “${plainLine(value, 80)}”: ${keys.a.join(', ')} and ${keys.b.join(', ')}. None of them is adopted, and none is copied.`,
      remedy: 'Please link those that are one: pace sync link.',
    });
  }
  return alone.filter(({ side, issue }) => !taken.has(issue) && !unclear.has(`${side} ${issue.key}`));
}
