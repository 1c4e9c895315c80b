/**
 * `pace agent prime`: what a new session needs to know of the tracker. Bounded: at the deadline it says what it has, and what it
 * had to leave out.
 */
import { asPaceError } from '../../../core/errors.ts';
import { plainLine } from '../../../core/text/untrusted-text.ts';
import type { World } from '../../../core/world.ts';
import { type Deadline, deadlineIn } from '../../agent/deadline.ts';
import { toSpan } from '../../tracker/times.ts';
import { usageError } from '../../tracker/usage.ts';
import { openFor } from '../on-tracker.ts';
import type { AgentPrime } from './options.ts';
import { NOTHING, type Parts, partsOf } from './prime-parts.ts';

export interface Primed extends Parts {
  /** The name people use; `''` where it did not answer. */
  readonly tracker: string;
  /** `''`: the agent has no name. */
  readonly agent: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** What is left out, and why. */
  readonly missing: readonly string[];
}

export async function prime(world: World, options: AgentPrime): Promise<Primed> {
  const span = patience(options.within ?? '5s');
  const agent = plainLine(options.as ?? world.env['PACE_AGENT'] ?? '', 100);
  const deadline = deadlineIn(world, span);
  try {
    return await primedBy(deadline, { ...options, agent, at: world.now() });
  } finally {
    await deadline.end();
  }
}

type Asked = AgentPrime & Pick<Primed, 'agent' | 'at'>;

async function primedBy(deadline: Deadline, asked: Asked): Promise<Primed> {
  const { agent, at, within = '5s' } = asked;
  const late = `no answer within ${within}`;
  const opened = await deadline.inTime(openFor(deadline.world, asked));
  const known = { agent, at, tracker: opened?.tracker.name ?? '' };
  if (!opened) return { ...NOTHING, ...known, missing: [`everything: ${late}`] };
  const parts = partsOf({ tracker: opened.tracker, asked });
  const missing: string[] = [];
  const read = async <Name extends keyof Parts>(name: Name): Promise<Parts[Name]> => {
    try {
      const part = await deadline.inTime<Parts[Name]>(parts[name]());
      if (part) return part;
      missing.push(`${name}: ${late}`);
    } catch (error) {
      missing.push(`${name}: ${plainLine(asPaceError(error).message, 150)}`);
    }
    return NOTHING[name];
  };
  const [ready, mine, blocked, ending] = await Promise.all([
    read('ready'),
    read('mine'),
    read('blocked'),
    read('ending'),
  ]);
  return { ready, mine, blocked, ending, ...known, missing: missing.sort() };
}

const LONGEST_MS = 60_000;

function patience(text: string): number {
  const span = toSpan(text);
  if (span !== undefined && span > 0 && span <= LONGEST_MS) return span;
  throw usageError(
    `--within: “${plainLine(text, 40)}” is not a duration from 1s to 1m.`,
    'Please write 2s, 10s or 1m.',
  );
}
