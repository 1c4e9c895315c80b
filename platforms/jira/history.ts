/** What has changed of an issue. https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/ (changelogs) */
import { defined } from '../../core/defined.ts';
import type { FieldChange } from '../../core/ports/index.ts';
import { collect } from '../../core/tracker/collect.ts';
import type { JiraApi } from './dialect.ts';
import { validKey } from './fields.ts';
import { paged } from './pages.ts';
import { toPerson, type WireUser } from './wire.ts';

interface WireItem {
  readonly field?: string | null;
  /** The names of what was set, in place of their ids. */
  readonly fromString?: string | null;
  readonly toString?: unknown;
}

interface WireChange {
  readonly id?: string;
  readonly author?: WireUser | null;
  readonly created: string;
  readonly items?: readonly WireItem[];
}

interface WireHistory {
  readonly key: string;
  readonly fields: { readonly created: string; readonly reporter?: WireUser | null };
  readonly changelog?: { readonly histories?: readonly WireChange[]; readonly total?: number };
}

/** Oldest first. Cloud tells the newest changes with the issue, and all of them on pages; Data Center all with the issue. */
export async function* history(api: JiraApi, key: string): AsyncGenerator<FieldChange> {
  const operation = 'history';
  const path = ['issue', validKey(key, operation)];
  const query = { fields: 'created,reporter', expand: 'changelog' };
  const { fields, changelog, ...issue } = await api.call<WireHistory>(operation, { path, query });
  const { histories = [], total = 0 } = changelog ?? {};
  const pages = () => paged<WireChange>(api, operation, { path: [...path, 'changelog'] }, { names: ['values'] });
  const changes = total > histories.length ? await collect(pages()) : histories;
  yield {
    ...{ key: issue.key, id: '0', at: Date.parse(fields.created), kind: 'created' },
    ...defined({ actor: nameOf(fields.reporter) }),
  };
  const oldestFirst = changes.toSorted((one, other) => Date.parse(one.created) - Date.parse(other.created));
  for (const change of oldestFirst) yield* changesOf(issue.key, change);
}

function changesOf(key: string, { id = '', author, created, items = [] }: WireChange): FieldChange[] {
  const base = { key, id, at: Date.parse(created), ...defined({ actor: nameOf(author) }), kind: 'changed' };
  return items.map((item) => {
    const { field, fromString } = item;
    // every object has a method of this name
    const after = Object.hasOwn(item, 'toString') ? item.toString : null;
    const name = field ?? '';
    return {
      ...base,
      field: FIELDS[name.toLowerCase()] ?? name,
      before: fromString ?? null,
      after: typeof after === 'string' ? after : null,
    };
  });
}

/** What Jira calls fields in changes, by our names; a status has Jira's own name. */
const FIELDS: Readonly<Record<string, string>> = {
  summary: 'title',
  description: 'body',
  status: 'stateName',
  issuetype: 'type',
  assignee: 'assignees',
  'fix version': 'milestone',
  duedate: 'dueDate',
  parent: 'parent',
  issueparentassociation: 'parent',
  link: 'links',
  comment: 'comments',
};

function nameOf(user: WireUser | null | undefined): string | undefined {
  return user ? toPerson(user).name : undefined;
}
