/** Milestones by title: Gitea wants their numbers. https://docs.gitea.com/api/ (milestones) */

import { defined } from '../../core/defined.ts';
import { PaceError } from '../../core/errors.ts';
import type { Milestone } from '../../core/ports/index.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import { collect } from '../../core/tracker/collect.ts';
import type { Api } from './api.ts';
import type { DueDates } from './due-date.ts';
import { toMilestone, type WireMilestone } from './issue-wire.ts';
import type { Operation } from './refusals.ts';

export function createMilestones(api: Api, dueDates: DueDates) {
  const path = `${api.repo}/milestones`;

  function all(operation: Operation): AsyncGenerator<WireMilestone> {
    return api.list<WireMilestone>(operation, { path, query: { state: 'all' } });
  }

  /** The one with this title, an open one before a closed one. Throws `not-found` with those that exist. */
  async function find(operation: Operation, title: string): Promise<WireMilestone> {
    const known = await collect(all(operation));
    const alike = known.filter((each) => each.title.toLowerCase() === title.toLowerCase());
    const found = alike.find(({ state }) => state !== 'closed') ?? alike[0];
    if (found) return found;
    const titles = known.slice(0, 20).map((each) => `“${plainLine(each.title, 60)}”`);
    throw new PaceError({
      kind: operation === 'createIssue' || operation === 'updateIssue' ? 'validation' : 'not-found',
      operation,
      message: `There is no milestone “${plainLine(title, 60)}” in ${api.fullName}. Available: ${titles.join(', ') || 'none'}.`,
      remedy: 'Please choose one of them, or create the milestone first.',
    });
  }

  /** As the server keeps it, on the day that is wanted. */
  async function onItsDay(operation: Operation, saved: WireMilestone, day: string | undefined): Promise<Milestone> {
    const better = day === undefined ? undefined : dueDates.correction(day, saved.due_on);
    if (better === undefined) return toMilestone(saved);
    const request = { method: 'PATCH', path: `${path}/${saved.id}`, body: { due_on: better } } as const;
    return toMilestone(await api.call<WireMilestone>(operation, request));
  }

  return {
    /** The number to send for a title; 0 takes the milestone away. */
    idOf: async (operation: Operation, title: string | null) =>
      title === null ? 0 : (await find(operation, title)).id,
    async *list(): AsyncGenerator<Milestone> {
      for await (const milestone of all('listMilestones')) yield toMilestone(milestone);
    },
    create: async ({ title, description, dueDate }: Omit<Milestone, 'state'>) => {
      const known = await collect(all('createMilestone'));
      // Gitea would make a second one of the same title
      if (known.some((each) => each.title.toLowerCase() === title.toLowerCase())) throw alreadyThere(title);
      const due = dueDate ? await dueDates.toSend('createMilestone', dueDate) : undefined;
      const body = { title, ...defined({ description: description || undefined, due_on: due }) };
      const created = await api.call<WireMilestone>('createMilestone', { method: 'POST', path, body });
      return onItsDay('createMilestone', created, dueDate);
    },
    update: async (known: string, { title, description, dueDate, state }: Partial<Milestone>) => {
      const { id } = await find('updateMilestone', known);
      const due = dueDate === undefined ? undefined : await dueDates.toSend('updateMilestone', dueDate);
      const body = { ...defined({ title, description, due_on: due, state }) };
      const request = { method: 'PATCH', path: `${path}/${id}`, body } as const;
      return onItsDay('updateMilestone', await api.call<WireMilestone>('updateMilestone', request), dueDate);
    },
    remove: async (title: string) => {
      const { id } = await find('deleteMilestone', title);
      await api.send('deleteMilestone', { method: 'DELETE', path: `${path}/${id}` });
    },
  };
}

function alreadyThere(title: string): PaceError {
  return new PaceError({
    kind: 'conflict',
    operation: 'createMilestone',
    message: `There is a milestone “${plainLine(title, 60)}” already.`,
    remedy: 'Please choose another title, or edit the milestone that is there.',
  });
}
