/** Whether a run may write what it has planned: many writes, and the first run into what is not empty, need a yes. */

import { mayWrite, SIDES } from './choosing.ts';
import type { SyncLine, SyncRequest } from './engine.ts';
import type { Alone } from './matching.ts';
import { isEmpty, type PairPlan } from './planning.ts';
import type { Side } from './side.ts';
import { otherSide, type SideName, type Sides } from './values.ts';

const MOST_CREATED = 20;
/** Of issues that are changed and of comments together: all of them tell people something. */
const MOST_CHANGED = 40;

export interface Asked {
  readonly request: SyncRequest;
  /** These two have no pair yet. */
  readonly isFirst: boolean;
  readonly sides: Sides<Side>;
  readonly plans: readonly PairPlan[];
  readonly copies: readonly Alone[];
}

/** `dry-run`: it was asked for. A line: what is held back, and why. */
export async function allowed({
  request,
  isFirst,
  sides,
  plans,
  copies,
}: Asked): Promise<'write' | 'dry-run' | SyncLine> {
  if (request.dryRun) return 'dry-run';
  if (request.yes) return 'write';
  const written = SIDES.filter((side) => mayWrite(request, side));
  if (isFirst) {
    const full = await notEmpty(sides, written);
    // whatever there is in the other one goes into an empty one
    const target = written.length === 1 || full.length === written.length ? full[0] : undefined;
    if (target === undefined) return 'write';
    return held(
      request,
      target,
      `It is the first run of these two, and ${sides[target].tracker.name} ${sides[target].tracker.place ?? ''} is not empty`,
    );
  }
  const changed = sum(
    plans.map(({ reconciled: { changes } }) => SIDES.filter((side) => !isEmpty(changes[side])).length),
  );
  const comments = sum(plans.map(commentsOf));
  if (copies.length <= MOST_CREATED && changed + comments <= MOST_CHANGED) return 'write';
  const side = copies[0] ? otherSide(copies[0].side) : 'b';
  const words = `${copies.length} issues would be created and ${changed} changed`;
  return held(request, side, comments === 0 ? words : `${words}, and ${comments} comments written`);
}

/** Those of people, and those that tell of files. */
function commentsOf({ comments, files }: PairPlan): number {
  return (comments?.copies.length ?? 0) + files.news.length;
}

function sum(counts: readonly number[]): number {
  return counts.reduce((all, count) => all + count, 0);
}

async function held(request: SyncRequest, side: SideName, why: string): Promise<'write' | SyncLine> {
  if (await request.confirm?.(`${why}. Go on?`)) return 'write';
  return {
    kind: 'held-back',
    side,
    key: '',
    message: `${why}: nothing was written.`,
    remedy: 'Please look at what would be written, and say --yes.',
  };
}

async function notEmpty(sides: Sides<Side>, names: readonly SideName[]): Promise<SideName[]> {
  const full: SideName[] = [];
  for (const name of names) {
    for await (const _ of sides[name].tracker.listIssues({ state: 'all' })) {
      full.push(name);
      break;
    }
  }
  return full;
}
