/** What a tracker can and what it cannot: both are proven, by what its capabilities say. */
import { expect } from 'vitest';
import type { Ability } from '../../../core/ports/capabilities.ts';
import type { IssueState } from '../../../core/ports/index.ts';
import { BenchLacks } from './bench.ts';
import { newIssue, refusedUnsent, type Suite } from './suite.ts';
import { unique } from './texts.ts';

/** True where the tracker has the ability. Else proves that the call is refused with the reason, and nothing sent. */
export async function offers(suite: Suite, ability: Ability, call: () => Promise<unknown>): Promise<boolean> {
  const reason = suite.can.unsupported[ability];
  if (reason === undefined) return true;
  expect(reason.trim()).not.toBe('');
  const { remedy } = await refusedUnsent(suite, call, ['unsupported']);
  expect(remedy).toContain(reason);
  return false;
}

/** The same for a state. */
export async function offersState(suite: Suite, state: IssueState, call: () => Promise<unknown>): Promise<boolean> {
  if (suite.can.states.includes(state)) return true;
  const { remedy } = await refusedUnsent(suite, call, ['unsupported']);
  for (const other of suite.can.states) expect(remedy).toContain(other);
  return false;
}

export function has(suite: Suite, ability: Ability): boolean {
  return suite.can.unsupported[ability] === undefined;
}

/** Registers cases that are about comments: left out, with the reason, where none are kept. */
export function saying(suite: Suite): Pick<Suite, 'it'> {
  return {
    it: (title, body) =>
      suite.it(title, async (context) => {
        if (!has(suite, 'comments')) context.skip(`${suite.name} keeps no comments`);
        await body(context);
      }),
  };
}

/** Where claims are comments, and none are kept. */
export function claiming(suite: Suite): Pick<Suite, 'it'> {
  return {
    it: (title, body) =>
      suite.it(title, async (context) => {
        if (!claims(suite)) context.skip(`${suite.name} keeps no claims`);
        await body(context);
      }),
  };
}

/** By the tracker's own means, or in comments. */
export function claims(suite: Suite): boolean {
  return suite.bench.tracker.claims !== undefined || has(suite, 'comments');
}

/** Links are there, and follow from something else: none can be written. */
export function onlyReadsLinks({ can }: Suite): boolean {
  return can.unsupported.links === undefined && can.linkTypes.length === 0;
}

/** Where issues are given to nobody: a new one is opened all the same, a change is refused. */
export async function givesToNobody(suite: Suite): Promise<void> {
  const { key, assignees } = await newIssue(suite, { assignees: ['somebody'] });
  await refusedUnsent(suite, () => suite.tracker.updateIssue(key, { assignees: ['somebody'] }), ['unsupported']);
  expect([assignees, (await suite.tracker.getIssue(key)).assignees]).toEqual([[], []]);
}

/** The title of a milestone that exists. */
export async function newMilestone(suite: Suite): Promise<string> {
  const title = `Milestone ${unique()}`;
  if (has(suite, 'create milestones')) await suite.tracker.createMilestone({ title });
  else if (suite.bench.makeMilestone) await suite.bench.makeMilestone(title);
  else throw new BenchLacks(`the bench of ${suite.name} needs \`makeMilestone\``);
  return title;
}

/** The first people, at most `count`; at least one. */
export function people(suite: Suite, count = 1): string[] {
  const { people: known } = suite.facts;
  if (known.length < count)
    throw new BenchLacks(`the bench of ${suite.name} needs ${count} ids under \`facts.people\``);
  return known.slice(0, count);
}
