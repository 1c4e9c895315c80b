/** Search by JQL with pages and an index that may be late. */
import type { Asked, Handler } from '../loopback.ts';
import { isMap, refusal } from './answers.ts';
import { expansions, wireIssue } from './issues.ts';
import { type Indexed, readJql, type Surroundings } from './jql.ts';
import type { JiraIssue, Site } from './site.ts';
import { levelOf } from './types.ts';
import { statusOf } from './workflow.ts';

/** Cloud goes from token to token, Data Center counts. */
export function searchRoute(site: Site): Handler {
  const { pageSize } = site.options;
  return (asked) => {
    const { strings, text } = parameters(asked);
    const query = readJql(text('jql') ?? '', surroundings(site));
    if (typeof query === 'string') return refusal(400, [query]);
    const reconciled = strings('reconcileIssues');
    if (reconciled.length > 50) return refusal(400, ['At most 50 issues can be reconciled.']);
    const matching = site
      .indexed(reconciled)
      .map((issue) => ({ issue, indexed: indexed(site, issue) }))
      .filter(({ indexed: one }) => query.fits(one))
      .sort((a, b) => query.compare(a.indexed, b.indexed) || Number(b.issue.id) - Number(a.issue.id))
      .map(({ issue }) => issue);
    const token = Buffer.from(text('nextPageToken') ?? '', 'base64').toString();
    const start = Number((site.isCloud ? token : text('startAt')) || 0);
    const size = Math.min(Number(text('maxResults') ?? 50), pageSize);
    // a search of Data Center does not tell entity properties
    const wanted = { fields: strings('fields'), properties: site.isCloud ? strings('properties') : [], expand: [] };
    const issues = matching.slice(start, start + size).map((issue) => wireIssue(site, issue, wanted, asked.origin));
    const more = expansions(site, strings('expand'));
    if (!site.isCloud) return { json: { ...more, startAt: start, maxResults: size, total: matching.length, issues } };
    const isLast = start + size >= matching.length;
    const next = isLast ? {} : { nextPageToken: Buffer.from(String(start + size)).toString('base64') };
    return { json: { ...more, issues, ...next, isLast } };
  };
}

function parameters({ method, query, body }: Asked) {
  const all =
    method === 'POST' && isMap(body)
      ? body
      : Object.fromEntries([...new Set(query.keys())].map((name) => [name, query.getAll(name)]));
  return {
    strings: (name: string) => [all[name] ?? []].flat().flatMap((value) => String(value).split(',')),
    text: (name: string) => (all[name] === undefined ? undefined : String([all[name]].flat()[0])),
  };
}

/** What Jira knows of the values in a query: a version, a person or an issue that is not there makes it refuse. */
function surroundings(site: Site): Surroundings {
  const { projectKey, offset, issueTypes, priorities } = site.options;
  const all: Readonly<Record<string, () => readonly string[]>> = {
    fixVersion: () => site.versions.map(({ name }) => name),
    assignee: () => site.people.map(({ id }) => id),
    creator: () => site.people.map(({ id }) => id),
    issuetype: () => issueTypes,
    priority: () => priorities,
    parent: () => site.issues.map(({ key }) => key),
    'cf[10014]': () => site.issues.map(({ key }) => key),
  };
  return {
    project: site.lacks('Browse') ? '' : projectKey,
    offset,
    priorities,
    knows: (field, value) => all[field]?.().some((one) => one.toLowerCase() === value.toLowerCase()) ?? true,
  };
}

function indexed(site: Site, issue: JiraIssue): Indexed {
  const { key, labels, status, created, updated, type, priority, assignee, parent } = issue;
  const isEpicLink = !site.isCloud && levelOf(type) === 0;
  return {
    key,
    project: key.replace(/-\d+$/, ''),
    labels,
    category: status.category,
    status: String(statusOf(status)['id']),
    created,
    updated,
    type,
    priority,
    assignee,
    creator: site.me.id,
    versions: issue.versions.flatMap((id) => site.versions.find((one) => one.id === id)?.name ?? []),
    ...(isEpicLink ? { epic: parent } : { parent }),
  };
}
