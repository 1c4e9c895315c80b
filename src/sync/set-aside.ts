/** What sync keeps and does not understand: told, kept as it is, and nothing is written to the issues that it is about. Pure. */
import { PaceError } from '../../core/errors.ts';
import { isRecord } from '../../core/record.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import type { Line } from './lines.ts';
import type { Pair } from './pair.ts';
import { compare } from './records.ts';
import type { SideName, Sides } from './values.ts';

/** A line that cannot be used. */
export interface SetAside {
  /** Which file and line, what is wrong, and what to do. */
  readonly error: PaceError;
  /** Of which pair it tells, as far as that can be read. */
  readonly pair?: string;
  /** The same of the ids of its issues. Where one is missing, the other end is not known to be paired. */
  readonly ids: Partial<Sides<string>>;
}

/** An issue that stands in several pairs: which is right, nobody can tell. */
export interface Double {
  readonly side: SideName;
  /** The vendor's id. */
  readonly id: string;
  /** Sorted. */
  readonly pairs: readonly string[];
}

export function setAside(file: string, line: Line, why: string): SetAside {
  const text = line.bytes.toString('utf8');
  // it is told to people, and nothing is written by it
  const isConflict = (line.record?.['kind'] ?? /"kind":\s*"(\w+)"/.exec(text)?.[1]) === 'conflict';
  const [effect, given] = isConflict ? ['', ''] : OF_A_PAIR;
  return {
    error: new PaceError({
      kind: 'validation',
      operation: 'readSyncState',
      message: `${file}:${line.number}: ${why}. The line stays as it is${effect}.`,
      remedy: `Please mend the line, or put the file back from a copy.${given}`,
    }),
    ...(isConflict ? { ids: {} } : line.record ? idsOf(line.record) : idsIn(text)),
  };
}

const OF_A_PAIR = [
  ', and nothing is written to the issues of its pair',
  ' To give the pair up, remove the line: `pace sync link` makes it anew.',
] as const;

/** Of a record of another shape; what the end of a write tells is in it. */
function idsOf(record: Readonly<Record<string, unknown>>): Pick<SetAside, 'pair' | 'ids'> {
  const told = isRecord(record['pair']) ? record['pair'] : record;
  const half = (side: SideName) => (isRecord(told[side]) ? told[side]['id'] : undefined);
  const pair = told['kind'] === 'pair' ? told['id'] : told['pair'];
  return named(pair, half('a'), half('b'));
}

/** From a line of which perhaps only the beginning is left: what names it stands first. */
function idsIn(text: string): Pick<SetAside, 'pair' | 'ids'> {
  const found = (before: string) => quoted(new RegExp(`${before}("(?:[^"\\\\]|\\\\.)*")`).exec(text)?.[1]);
  const pair = found('"kind":\\s*"pair",\\s*"id":\\s*') ?? found('"pair":\\s*');
  return named(pair, found('"a":\\s*\\{\\s*"id":\\s*'), found('"b":\\s*\\{\\s*"id":\\s*'));
}

function quoted(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function named(pair: unknown, a: unknown, b: unknown): Pick<SetAside, 'pair' | 'ids'> {
  const isText = (value: unknown) => typeof value === 'string';
  return { ...(isText(pair) && { pair }), ids: { ...(isText(a) && { a }), ...(isText(b) && { b }) } };
}

/** In the words of the schema: `a.id: expected string`. */
export function problemOf(
  issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[],
): string {
  const [first] = issues;
  if (!first) return 'it has another shape';
  const path = first.path.map(String).join('.');
  return plainLine(path === '' ? first.message : `${path}: ${first.message}`, 200);
}

/** Sorted. */
export function doublesIn(pairs: Iterable<Pair>): Double[] {
  const found = new Map<string, { side: SideName; id: string; pairs: string[] }>();
  for (const pair of pairs) {
    if (pair.isApart) continue;
    for (const side of ['a', 'b'] as const) {
      const key = `${side} ${pair[side].id}`;
      const known = found.get(key);
      if (known) known.pairs.push(pair.id);
      else found.set(key, { side, id: pair[side].id, pairs: [pair.id] });
    }
  }
  const doubles = [...found.values()].filter((one) => one.pairs.length > 1);
  for (const { pairs: ids } of doubles) ids.sort(compare);
  return doubles.sort((one, other) => compare(`${one.side} ${one.id}`, `${other.side} ${other.id}`));
}
