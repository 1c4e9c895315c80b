/** Work that has to end: what has not answered in time is left out, and asks nobody any more. */
import { afterRealTime } from '../../core/real-time.ts';
import type { World } from '../../core/world.ts';

export interface Deadline {
  /** The same world; what it asks for ends at the deadline. */
  readonly world: World;
  /** What the work gives, or `undefined` when the deadline comes first. Rejects with the work. */
  inTime<Result>(work: Promise<Result>): Promise<Result | undefined>;
  /** Ends what is still under way. */
  end(): Promise<void>;
}

export function deadlineIn(world: World, milliseconds: number): Deadline {
  const over = new AbortController();
  const endings: (() => Promise<void>)[] = [];
  const after = world.after ?? afterRealTime;
  let isOver = false;
  const passed = new Promise<undefined>((resolve) => {
    const callOff = after(milliseconds, () => {
      isOver = true;
      resolve(undefined);
      over.abort();
    });
    over.signal.addEventListener('abort', callOff);
  });
  return {
    world: {
      ...world,
      fetch: (input, init) => world.fetch(input, { ...init, signal: either(init?.signal, over.signal) }),
      sleep: (time, signal) => world.sleep(time, either(signal, over.signal)),
      atEnd: (work) => void endings.push(work),
    },
    inTime: async (work) => {
      try {
        return await Promise.race([work, passed]);
      } catch (error) {
        // what was ended by us is late, and nothing else
        if (isOver) return undefined;
        throw error;
      }
    },
    end: async () => {
      over.abort();
      for (let work = endings.pop(); work; work = endings.pop()) await work().catch(() => undefined);
    },
  };
}

function either(one: AbortSignal | null | undefined, other: AbortSignal): AbortSignal {
  return one ? AbortSignal.any([one, other]) : other;
}
