/** How conflicts and ended pairs look in a table and in JSON. Pure. */
import type { ShownConflict, Unlinked } from '../../sync/engine.ts';
import type { SideName } from '../../sync/values.ts';
import { isoTime } from '../../tracker/print/fields.ts';
import type { Shape } from '../../tracker/print/formats.ts';

export const CONFLICTS: Shape<ShownConflict> = {
  fields: {
    id: ({ id }) => id,
    field: ({ field }) => field,
    at: ({ at }) => isoTime(at),
    base: ({ base }) => base ?? null,
    a: (conflict) => sideOf(conflict, 'a'),
    b: (conflict) => sideOf(conflict, 'b'),
    winner: ({ winner }) => winner ?? null,
    by: ({ by }) => by ?? null,
  },
  columns: [
    { title: 'Id', of: ({ id }) => id, align: 'start' },
    { title: 'a', of: (conflict) => placeOf(conflict, 'a'), align: 'start', max: 60 },
    { title: 'b', of: (conflict) => placeOf(conflict, 'b'), align: 'start', max: 60 },
    { title: 'Field', of: ({ field }) => field, align: 'start' },
    { title: 'Values', of: valuesOf, max: 300 },
  ],
  id: ({ id }) => id,
};

export const UNLINKED: Shape<Unlinked> = {
  fields: {
    a: ({ ends, keys }) => ({ tracker: ends.a.name, key: keys.a }),
    b: ({ ends, keys }) => ({ tracker: ends.b.name, key: keys.b }),
  },
  columns: [
    { title: 'a', of: (pair) => placeOf(pair, 'a'), align: 'start' },
    { title: 'b', of: (pair) => placeOf(pair, 'b') },
  ],
  id: ({ keys }) => keys.a,
};

function sideOf(conflict: ShownConflict, side: SideName) {
  const { ends, keys, urls } = conflict;
  return { tracker: ends[side].name, key: keys[side], url: urls[side], value: conflict[side] ?? null };
}

/** `gitea o/r#12`. */
export function placeOf({ ends, keys }: Unlinked, side: SideName): string {
  return `${ends[side].name}#${keys[side]}`;
}

function valuesOf({ a, b, winner, by }: ShownConflict): string {
  const decided = winner === undefined ? '' : ` (${winner} by ${by ?? 'policy'})`;
  return `a: ${valueText(a)} | b: ${valueText(b)}${decided}`;
}

/** A value of a field in one line. */
export function valueText(value: unknown, max = 100): string {
  if (value === null || value === undefined || value === '') return 'none';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : cutTo(value.join(', '), max);
  return cutTo(typeof value === 'string' ? value : JSON.stringify(value), max);
}

function cutTo(text: string, max: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > max ? `${line.slice(0, max - 1)}…` : line;
}
