/** What only some people can see in its tracker stays there, unless the configuration says otherwise: told once, by kind. Pure. */
import type { Comment, Issue } from '../../core/ports/index.ts';
import type { SyncLine, SyncRequest } from './engine.ts';
import type { Pair } from './pair.ts';
import { otherSide, type SideName, type Sides } from './values.ts';

type Wish = Pick<SyncRequest, 'isPrivateCopied'>;

export function mayLeave({ isPrivate }: Pick<Issue | Comment, 'isPrivate'>, { isPrivateCopied }: Wish): boolean {
  return !isPrivate || isPrivateCopied === true;
}

/** What a run has kept where it is. */
export interface KeptBack {
  issue(side: SideName, issue: Pick<Issue, 'key'>): void;
  comments(side: SideName, issue: Pick<Issue, 'key'>): void;
  pair(pair: Pair, side: SideName): void;
  /** What has to be said of that, and all that was ever said. */
  told(names: Sides<string>, said: readonly string[]): { readonly lines: SyncLine[]; readonly said: readonly string[] };
}

const REMEDY = '`private: true` for these two in the configuration copies it, for whoever can read the other tracker.';

/** How many are named. */
const MOST_NAMED = 5;

export function keptBack(): KeptBack {
  const issues = { a: new Set<string>(), b: new Set<string>() };
  const comments = { a: new Set<string>(), b: new Set<string>() };
  const pairs = new Map<string, { readonly pair: Pair; readonly side: SideName }>();

  function allTold(names: Sides<string>): (SyncLine & { readonly word: string })[] {
    const ofSides = (['a', 'b'] as const).flatMap((side) => [
      {
        ...{ word: `${side} private issues`, keys: issues[side], side },
        message: (keys: string) => `Issues that not everybody can see in ${names[side]} are not copied: ${keys}.`,
      },
      {
        ...{ word: `${side} private comments`, keys: comments[side], side },
        message: (keys: string) => `Comments that not everybody can see in ${names[side]} are not copied, of ${keys}.`,
      },
    ]);
    const some = ofSides.flatMap(({ word, keys, side, message }) =>
      keys.size === 0 ? [] : [{ word, kind: 'unsupported' as const, side, key: '', message: message(listed(keys)) }],
    );
    const parted = [...pairs.values()].map(({ pair, side }) => ({
      ...{ word: `${side} private pair ${pair.id}`, kind: 'unsupported' as const, side },
      ...{ key: pair[side].key, other: pair[otherSide(side)].key },
      message: `Not everybody can see ${pair[side].key} in ${names[side]} any more: nothing is copied between it and ${pair[otherSide(side)].key}.`,
    }));
    return [...some, ...parted].map((line) => ({ ...line, remedy: REMEDY }));
  }

  return {
    issue: (side, { key }) => void issues[side].add(key),
    comments: (side, { key }) => void comments[side].add(key),
    pair: (pair, side) => void pairs.set(pair.id, { pair, side }),
    told: (names, said) => {
      const news = allTold(names).filter(({ word }) => !said.includes(word));
      return {
        lines: news.map(({ word: _, ...line }) => line),
        said: news.length === 0 ? said : [...said, ...news.map(({ word }) => word)].sort(),
      };
    },
  };
}

function listed(keys: ReadonlySet<string>): string {
  const named = [...keys].slice(0, MOST_NAMED).join(', ');
  return keys.size > MOST_NAMED ? `${named} and ${keys.size - MOST_NAMED} more` : named;
}
