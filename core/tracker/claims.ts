/**
 * Claims of agents on issues: one at a time, until a time. Comments are the one thing that every tracker keeps in an order of its
 * own: whoever's claim stands first has the issue. An agent writes its claim, reads all of them, and withdraws when an earlier
 * one holds; so of two that write at the same time at most one can find itself first.
 */
import { PaceError } from '../errors.ts';
import type { Claim, TrackerClaims, TrackerDriver } from '../ports/tracker-driver.ts';
import { plainLine } from '../text/untrusted-text.ts';
import type { World } from '../world.ts';

/** A claim with the comment that says so. */
interface Marked extends Claim {
  readonly comment: string;
}

type Driver = Pick<TrackerDriver, 'listComments' | 'addComment' | 'updateComment'>;

export function claimsByComment(driver: Driver, world: Pick<World, 'now'>): TrackerClaims {
  async function standing(key: string): Promise<Marked[]> {
    const marks: Marked[] = [];
    const ended = new Set<string>();
    for await (const { id, body } of driver.listComments(key)) {
      const [, end] = ENDS.exec(body) ?? [];
      if (end !== undefined) ended.add(end);
      const [, agent, time] = CLAIMS.exec(body) ?? [];
      const until = Date.parse(time ?? '');
      if (agent !== undefined && until > world.now()) marks.push({ key, agent, until, comment: id });
    }
    return marks.filter(({ comment }) => !ended.has(comment));
  }

  async function end(key: string, { comment, agent }: Marked): Promise<void> {
    if (driver.updateComment) await driver.updateComment(key, comment, `Was claimed by \`${agent}\`.`);
    else await driver.addComment(key, `The claim \`${comment}\` of \`${agent}\` has ended.`);
  }

  return {
    current: async (key) => {
      const [first] = await standing(key);
      return first && toClaim(first);
    },

    claim: async (key, { agent: name, forMs }) => {
      const agent = plainLine(name, 100).replaceAll('`', "'");
      const before = await standing(key);
      const [holder] = before;
      if (holder && holder.agent !== agent) throw taken(holder);
      const until = world.now() + forMs;
      const words = `Claimed by \`${agent}\` until \`${new Date(until).toISOString()}\`.`;
      if (holder && driver.updateComment) {
        await driver.updateComment(key, holder.comment, words);
        return { key, agent, until };
      }
      const { id } = await driver.addComment(key, words);
      const after = await standing(key);
      const [first] = after;
      if (first?.agent === agent && after.some(({ comment }) => comment === id)) {
        for (const old of before.filter((mark) => mark.agent === agent)) await end(key, old);
        return { key, agent, until };
      }
      await end(key, { key, agent, until, comment: id });
      throw first ? taken(first) : unproven(key);
    },

    release: async (key, name) => {
      const agent = plainLine(name, 100).replaceAll('`', "'");
      const own = (await standing(key)).filter((mark) => mark.agent === agent);
      for (const mark of own) await end(key, mark);
      return own.length > 0;
    },
  };
}

const CLAIMS = /^Claimed by `([^`\n]+)` until `([^`\n]+)`\.\s*$/;
const ENDS = /^The claim `([^`\n]+)` of `[^`\n]+` has ended\.\s*$/;

function toClaim({ key, agent, until }: Marked): Claim {
  return { key, agent, until };
}

/** The issue is another agent's. */
export function taken({ key, agent, until }: Claim): PaceError {
  return new PaceError({
    kind: 'conflict',
    operation: 'claim',
    message: `${key} is claimed by ${plainLine(agent, 100)} until ${clock(until)}.`,
    remedy: 'Please take another issue, or wait until the claim ends or is released.',
  });
}

function unproven(key: string): PaceError {
  return new PaceError({
    kind: 'conflict',
    operation: 'claim',
    message: `The claim on ${key} was written, and the tracker does not show it.`,
    remedy: 'Please try again: a claim does not count before the tracker shows it.',
  });
}

function clock(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
