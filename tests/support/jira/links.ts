/** Links between issues. */
import type { Handler } from '../loopback.ts';
import { isMap, noIssue, refusal } from './answers.ts';
import type { JiraIssue, Site } from './site.ts';

export function linkRoutes(site: Site): Record<'types' | 'create' | 'remove', Handler> {
  return {
    types: () => {
      if (site.options.linkTypes.length === 0) return refusal(404, ['Issue linking is currently disabled.']);
      return { json: { issueLinkTypes: site.options.linkTypes.map((type, id) => ({ id: String(id), ...type })) } };
    },
    create: ({ body }) => {
      if (site.lacks('Link')) return refusal(404, ['No Link Issue Permission for issue.']);
      const given = isMap(body) ? body : {};
      const issue = (name: string) => {
        const one = given[name];
        return isMap(one) ? site.issueNamed(String(one['key'])) : undefined;
      };
      const [from, to] = [issue('inwardIssue'), issue('outwardIssue')];
      const type = isMap(given['type']) ? given['type']['name'] : undefined;
      if (!from || !to) return noIssue();
      if (!site.options.linkTypes.some(({ name }) => name === type))
        return refusal(404, [`No issue link type with name '${String(type)}' found.`]);
      site.links.push({ id: site.nextId(), type: String(type), from: from.key, to: to.key });
      return { status: 201, text: '' };
    },
    remove: ({ params }) => {
      const at = site.links.findIndex(({ id }) => id === params['id']);
      if (at < 0) return refusal(404, ['No issue link with that id.']);
      if (site.lacks('Link')) return refusal(404, ['No Link Issue Permission for issue.']);
      site.links.splice(at, 1);
      return { status: 204 };
    },
  };
}

/** From this issue: the other stands at the outward end when this one does it. */
export function wireLinks(site: Site, { key }: JiraIssue): Record<string, unknown>[] {
  return site.links.flatMap(({ id, type: name, from, to }): Record<string, unknown>[] => {
    const type = { id: '0', ...site.options.linkTypes.find((one) => one.name === name) };
    const other = (which: string) => ({ id: site.issueNamed(which)?.id, key: which });
    if (from === key) return [{ id, type, outwardIssue: other(to) }];
    return to === key ? [{ id, type, inwardIssue: other(from) }] : [];
  });
}
