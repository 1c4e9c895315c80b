/** Links between issues. https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-links/ */
import { unsupported } from '../../core/errors.ts';
import type { IssueLink, TrackerDriver } from '../../core/ports/index.ts';
import type { JiraApi } from './dialect.ts';
import { validKey } from './fields.ts';
import { linksOf, linkWords, type WireLink } from './link-words.ts';
import { namesOf, type Project } from './lookup.ts';
import type { Operation } from './refusals.ts';

type Offered = 'getIssueLinks' | 'createLink' | 'deleteLink';

export function createLinks(api: JiraApi, project: Project): Pick<Required<TrackerDriver>, Offered> {
  async function read(operation: Operation, key: string): Promise<readonly WireLink[]> {
    const path = ['issue', validKey(key, operation)];
    const { fields } = await api.call<{ fields?: { issuelinks?: readonly WireLink[] } }>(operation, {
      path,
      query: { fields: 'issuelinks' },
    });
    return fields?.issuelinks ?? [];
  }

  async function find(operation: Operation, key: string, link: IssueLink): Promise<WireLink | undefined> {
    const target = validKey(link.target, operation).toUpperCase();
    const wire = await read(operation, key);
    return wire.find((one) => linksOf([one]).some(({ type, target: other }) => type === link.type && other === target));
  }

  return {
    getIssueLinks: async (key) => linksOf(await read('getIssueLinks', key)),
    createLink: async (key, link) => {
      const operation = 'createLink';
      if (await find(operation, key, link)) return;
      const types = await project.linkTypes(operation);
      const words = linkWords(types, link.type);
      if (!words) {
        const remedy = `This site has the link types ${namesOf(types)}; an administrator can add one.`;
        throw unsupported('Jira', `keep a link “${link.type}”`, remedy);
      }
      // the issue that "blocks" stands at the inward end, however that sounds
      const [from, to] = words.isOutward ? [key, link.target] : [link.target, key];
      const body = { type: { name: words.type.name }, inwardIssue: { key: from }, outwardIssue: { key: to } };
      await api.send(operation, { method: 'POST', path: ['issueLink'], body });
    },
    deleteLink: async (key, link) => {
      const operation = 'deleteLink';
      const found = await find(operation, key, link);
      if (found) await api.send(operation, { method: 'DELETE', path: ['issueLink', found.id] });
    },
  };
}
