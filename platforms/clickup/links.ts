/** Dependencies and linked tasks. https://developer.clickup.com/reference/adddependency */
import { PaceError } from '../../core/errors.ts';
import type { IssueLink, LinkType } from '../../core/ports/index.ts';
import type { Api } from './api.ts';
import type { Lookup } from './lookup.ts';
import type { Operation } from './refusals.ts';
import { need, toLinks } from './wire.ts';

export const LINK_TYPES = ['blocks', 'is blocked by', 'relates to'] as const satisfies readonly LinkType[];

export function linkCalls(api: Api, lookup: Lookup) {
  async function linksOf(operation: Operation, key: string): Promise<{ id: string; links: IssueLink[] }> {
    const task = await lookup.task(operation, key);
    return { id: need('id', task.id), links: toLinks(task).links ?? [] };
  }

  async function change(operation: 'createLink' | 'deleteLink', key: string, link: IssueLink): Promise<void> {
    const { id, links } = await linksOf(operation, key);
    const target = await lookup.id(operation, link.target);
    const isThere = links.some((each) => each.type === link.type && each.target === target);
    if (isThere === (operation === 'createLink')) return;
    if (target === id) throw toItself(id);
    if (operation === 'createLink') await lookup.task(operation, target);
    const method = operation === 'createLink' ? 'POST' : 'DELETE';
    if (link.type === 'relates to') {
      await api.send(operation, { method, path: ['task', id, 'link', target] });
      return;
    }
    // always from the task that waits
    const [waiting, other] = link.type === 'is blocked by' ? [id, target] : [target, id];
    const path = ['task', waiting, 'dependency'];
    const named = { depends_on: other };
    await api.send(operation, { method, path, ...(method === 'POST' ? { body: named } : { query: named }) });
  }

  return {
    getIssueLinks: async (key: string) =>
      api.attempt('getIssueLinks', async () => (await linksOf('getIssueLinks', key)).links),
    createLink: (key: string, link: IssueLink) => api.attempt('createLink', () => change('createLink', key, link)),
    deleteLink: (key: string, link: IssueLink) => api.attempt('deleteLink', () => change('deleteLink', key, link)),
  };
}

function toItself(id: string): PaceError {
  return new PaceError({
    kind: 'validation',
    message: `${id} cannot be linked to itself.`,
    remedy: 'Please name another task.',
  });
}
