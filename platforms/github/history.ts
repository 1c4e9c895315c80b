/** What has changed of an issue: its timeline. Changes of its text are not in it. https://docs.github.com/en/rest/issues/timeline */
import { defined } from '../../core/defined.ts';
import type { FieldChange } from '../../core/ports/index.ts';
import type { Api } from './api.ts';
import type { WireIssue, WireUser } from './issue-wire.ts';

/** Of the many kinds of events, what PACE reads of any. */
export interface WireEvent {
  readonly event?: string;
  readonly id?: number;
  readonly actor?: WireUser | null;
  /** Of a comment. */
  readonly user?: WireUser | null;
  readonly created_at?: string;
  readonly label?: { readonly name?: string };
  readonly assignee?: WireUser | null;
  readonly milestone?: { readonly title?: string };
  readonly rename?: { readonly from?: string; readonly to?: string };
  readonly state_reason?: string | null;
}

/** Oldest first, as GitHub sends it. */
export async function* history(api: Api, issue: WireIssue, key: string): AsyncGenerator<FieldChange> {
  const created = { key, id: '0', at: Date.parse(issue.created_at), kind: 'created' };
  yield { ...created, ...defined({ actor: issue.user?.login }) };
  for await (const page of api.list<WireEvent>('history', 'read issues', `issues/${issue.number}/timeline`)) {
    yield* page.flatMap((event) => toChange(key, event));
  }
}

/** Nothing for what changes nothing, and for what has no time. */
export function toChange(key: string, wire: WireEvent): FieldChange[] {
  const { event = '', id = '', created_at: created = '', actor, user } = wire;
  const at = Date.parse(created);
  if (Number.isNaN(at) || QUIET.has(event)) return [];
  const who = defined({ actor: (actor ?? user)?.login });
  const told = FIELDS[event]?.(wire);
  const kind = event === 'commented' ? 'commented' : told ? 'changed' : event.replaceAll(/[_-]/g, ' ');
  return [{ key, id: String(id), at, ...who, kind, ...told }];
}

type Told = Pick<FieldChange, 'field' | 'before' | 'after'>;

const FIELDS: Readonly<Record<string, (event: WireEvent) => Told>> = {
  labeled: ({ label }) => added('labels', label?.name),
  unlabeled: ({ label }) => removed('labels', label?.name),
  assigned: ({ assignee }) => added('assignees', assignee?.login),
  unassigned: ({ assignee }) => removed('assignees', assignee?.login),
  milestoned: ({ milestone }) => added('milestone', milestone?.title),
  demilestoned: ({ milestone }) => removed('milestone', milestone?.title),
  renamed: ({ rename }) => ({ field: 'title', before: rename?.from ?? null, after: rename?.to ?? null }),
  closed: ({ state_reason: reason }) => ({
    field: 'state',
    before: 'open',
    after: CANCELED.has(reason ?? '') ? 'canceled' : 'done',
  }),
  reopened: () => ({ field: 'state', before: null, after: 'open' }),
  commented: ({ id }) => added('comments', String(id ?? '')),
};

const CANCELED: ReadonlySet<string> = new Set(['not_planned', 'duplicate']);

/** Who hears of an issue, and where else it is named, are no changes of it. */
const QUIET: ReadonlySet<string> = new Set([
  'subscribed',
  'unsubscribed',
  'mentioned',
  'cross-referenced',
  'referenced',
]);

function added(field: string, name: string | undefined): Told {
  return { field, before: null, after: name ?? null };
}

function removed(field: string, name: string | undefined): Told {
  return { field, before: name ?? null, after: null };
}
