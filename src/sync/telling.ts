/** Issues that were there before sync was, and are one by what a person or a text says of their keys. */
import { asPaceError } from '../../core/errors.ts';
import type { Issue } from '../../core/ports/index.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import type { SyncLine, ToldPair } from './engine.ts';
import { type Alone, newPair } from './matching.ts';
import type { Pair } from './pair.ts';
import type { Pairs } from './pairs.ts';
import type { Side } from './side.ts';
import type { SideName, Sides } from './values.ts';

export interface Telling {
  readonly told: readonly ToldPair[];
  readonly alone: readonly Alone[];
  readonly heads: Map<string, Partial<Sides<Issue>>>;
  readonly pairs: Pairs;
  readonly sides: Sides<Side>;
  readonly lines: SyncLine[];
  newId(): string;
}

export interface Told {
  /** Still without a pair, and with nothing in the way of a copy. */
  readonly alone: readonly Alone[];
  /** Of those that a person has meant: the pairs that have agreed about nothing yet. */
  readonly pairs: ReadonlySet<string>;
  /** Those that have become pairs by this. */
  readonly linked: readonly string[];
}

/** What cannot be as it was told is said, and neither copied nor written. */
export async function linkTold(telling: Telling): Promise<Told> {
  const { told, heads, pairs, lines } = telling;
  const meant = new Set<string>();
  const linked: string[] = [];
  const taken = new Set<string>();
  for (const keys of told) {
    const known = knownPair(pairs, keys);
    if (known === 'one of them has another') {
      lines.push(otherLine(pairs, keys));
      taken.add(`a ${keys.a}`).add(`b ${keys.b}`);
      continue;
    }
    if (known) {
      if (!known.base && !known.isApart) {
        linked.push(known.id);
        if (keys.isMeant) meant.add(known.id);
      }
      continue;
    }
    taken.add(`a ${keys.a}`).add(`b ${keys.b}`);
    const a = await issueOf(telling, 'a', keys.a);
    const b = await issueOf(telling, 'b', keys.b);
    if ('kind' in a || 'kind' in b) {
      lines.push(...[a, b].filter((one): one is SyncLine => 'kind' in one));
      continue;
    }
    const pair = newPair(telling.newId(), { a, b });
    pairs.put(pair);
    heads.set(pair.id, { a, b });
    linked.push(pair.id);
    if (keys.isMeant) meant.add(pair.id);
  }
  const alone = telling.alone.filter(({ side, issue }) => !taken.has(`${side} ${issue.key}`));
  return { alone, pairs: meant, linked };
}

function knownPair(pairs: Pairs, keys: Sides<string>): Pair | 'one of them has another' | undefined {
  const [byA, byB] = [pairs.byKey('a', keys.a), pairs.byKey('b', keys.b)];
  return byA === byB ? byA : 'one of them has another';
}

async function issueOf({ alone, sides }: Telling, side: SideName, key: string): Promise<Issue | SyncLine> {
  const listed = alone.find((one) => one.side === side && one.issue.key === key);
  if (listed) return listed.issue;
  try {
    return await sides[side].tracker.getIssue(key);
  } catch (error) {
    const { kind, message, remedy } = asPaceError(error);
    if (kind !== 'not-found') throw error;
    return { kind: 'failed', side, key, message, remedy };
  }
}

function otherLine(pairs: Pairs, { a, b }: Sides<string>): SyncLine {
  const [byA, byB] = [pairs.byKey('a', a), pairs.byKey('b', b)];
  const words = byA ? `${a} is in step with ${byA.b.key}` : `${b} is in step with ${byB?.a.key}`;
  return {
    ...{ kind: 'double', side: 'a', key: a, other: b },
    message: `${plainLine(words, 200)}, so ${plainLine(byA ? b : a, 60)} is not linked with it.`,
    remedy: 'Please part these two first: pace sync unlink.',
  };
}
