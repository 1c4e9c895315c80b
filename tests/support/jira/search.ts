/** Search by JQL with pages and an index that may be late. */
import type { Handler } from '../loopback.ts';
import { isMap, refusal } from './answers.ts';
import { wireIssue } from './issues.ts';
import { readJql } from './jql.ts';
import type { Site } from './site.ts';

export function searchRoute(site: Site): Handler {
  const { projectKey, offset, pageSize } = site.options;
  return ({ method, query, body, origin }) => {
    const all =
      method === 'POST' && isMap(body)
        ? body
        : Object.fromEntries([...new Set(query.keys())].map((name) => [name, query.getAll(name)]));
    const strings = (name: string) => [all[name] ?? []].flat().flatMap((value) => String(value).split(','));
    const text = (name: string) => (all[name] === undefined ? undefined : String([all[name]].flat()[0]));
    const condition = readJql(text('jql') ?? '', site.lacks('Browse') ? '' : projectKey, offset);
    if (typeof condition === 'string') return refusal(400, [condition]);
    const reconciled = strings('reconcileIssues');
    if (reconciled.length > 50) return refusal(400, ['At most 50 issues can be reconciled.']);
    const matching = site
      .indexed(reconciled)
      .filter(({ labels, status, created }) =>
        condition({ project: projectKey, labels, category: status.category, created }),
      )
      .sort((a, b) => b.created - a.created || Number(b.id) - Number(a.id));
    const start = Number(Buffer.from(text('nextPageToken') ?? '', 'base64').toString() || 0);
    const size = Math.min(Number(text('maxResults') ?? 50), pageSize);
    const page = matching.slice(start, start + size);
    const isLast = start + size >= matching.length;
    const asked = { fields: strings('fields'), properties: strings('properties') };
    return {
      json: {
        issues: page.map((issue) => wireIssue(site, issue, asked, origin)),
        ...(isLast ? {} : { nextPageToken: Buffer.from(String(start + size)).toString('base64') }),
        isLast,
      },
    };
  };
}
