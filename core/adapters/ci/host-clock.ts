/** How far the clock of a code host is from ours, by the `Date` of its answers: what it dates says something only by its own clock. */
import type { World } from '../../world.ts';

export interface HostClock {
  /** The world through which the host is asked. */
  readonly world: World;
  /** By how many milliseconds its clock is ahead of ours; `undefined` while no answer has told the time. */
  ahead(): number | undefined;
}

/** The header tells whole seconds. https://www.rfc-editor.org/rfc/rfc9110#name-date */
const SECOND = 1000;

export function hostClock(world: World): HostClock {
  // each answer was dated between question and answer: what all of them leave open
  let atLeast = Number.NEGATIVE_INFINITY;
  let below = Number.POSITIVE_INFINITY;
  return {
    world: {
      ...world,
      fetch: async (input, init) => {
        const asked = world.now();
        const response = await world.fetch(input, init);
        const told = Date.parse(response.headers.get('date') ?? '');
        if (!Number.isNaN(told)) {
          atLeast = Math.max(atLeast, told - world.now());
          below = Math.min(below, told + SECOND - asked);
        }
        return response;
      },
    },
    ahead: () => {
      if (atLeast === Number.NEGATIVE_INFINITY) return undefined;
      return atLeast <= 0 && below > 0 ? 0 : atLeast;
    },
  };
}
