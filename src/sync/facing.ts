/** What is remembered of two trackers, with the sides as they were named this time. */
import type { LoadedState } from './store.ts';
import { turnedConflict, turnedIntent, turnedPair, turnedState } from './turned.ts';
import { otherSide } from './values.ts';

export function facing(loaded: LoadedState): LoadedState {
  if (!loaded.isTurned) return loaded;
  return {
    ...loaded,
    isTurned: false,
    state: turnedState(loaded.state),
    open: loaded.open.map(turnedIntent),
    doubles: loaded.doubles.map((double) => ({ ...double, side: otherSide(double.side) })),
    isAside: (side, id) => loaded.isAside(otherSide(side), id),
    begin: (intent) => loaded.begin(turnedIntent(intent)),
    end: (intent, pair, conflict) => loaded.end(intent, pair && turnedPair(pair), conflict && turnedConflict(conflict)),
    save: (state) => loaded.save(turnedState(state)),
  };
}
