/**
 * What has changed of an issue: state, labels and milestone have events of their own, and nothing else is told as data.
 * https://docs.gitlab.com/api/resource_label_events/
 */
import { defined } from '../../core/defined.ts';
import { unexpectedAnswer } from '../../core/http/unexpected-answer.ts';
import type { FieldChange } from '../../core/ports/index.ts';
import { type IssueContext, placeOf } from './issue-context.ts';
import { pages } from './pages.ts';
import { getIssue } from './writes.ts';

/** Oldest first. */
export async function* history(context: IssueContext, key: string): AsyncGenerator<FieldChange> {
  const operation = 'history';
  const { context: place, number } = placeOf(context, key);
  const { api, project } = place;
  const { author, createdAt } = await api.attempt(operation, () => getIssue(context, key));
  yield { key, id: '0', at: createdAt, ...defined({ actor: author?.name }), kind: 'created' };
  const { issueStateEvents, issueLabelEvents, issueMilestoneEvents } = api.resources();
  const changes: FieldChange[] = [];
  for await (const event of pages(api, operation, (page) => issueStateEvents.all(project, number, page))) {
    const isClosed = event.state === 'closed';
    const [open, closed] = ['open', 'done'];
    changes.push({
      ...baseOf(key, 's', event),
      field: 'state',
      before: isClosed ? open : closed,
      after: isClosed ? closed : open,
    });
  }
  for await (const event of pages(api, operation, (page) => issueLabelEvents.all(project, number, page))) {
    changes.push(setChange(baseOf(key, 'l', event), 'labels', event.action, event.label?.name));
  }
  for await (const event of pages(api, operation, (page) => issueMilestoneEvents.all(project, number, page))) {
    changes.push(setChange(baseOf(key, 'm', event), 'milestone', event.action, event.milestone?.title));
  }
  yield* changes.toSorted((one, other) => one.at - other.at);
}

interface WireEvent {
  readonly id: number;
  readonly created_at: string;
  readonly user?: { readonly name?: string; readonly username?: string } | null;
}

/** Each kind of event counts for itself. */
function baseOf(key: string, kind: string, { id, created_at: created, user }: WireEvent): Omit<FieldChange, 'field'> {
  const at = Date.parse(created);
  if (Number.isNaN(at)) throw unexpectedAnswer('GitLab', 'created_at of an event is not a time');
  return { key, id: `${kind}${id}`, at, ...defined({ actor: user?.name || user?.username }), kind: 'changed' };
}

/** A label or a milestone that is gone since has no name. */
function setChange(
  base: Omit<FieldChange, 'field'>,
  field: string,
  action: string,
  name: string | undefined,
): FieldChange {
  const value = name ?? '(deleted)';
  return action === 'add'
    ? { ...base, field, before: null, after: value }
    : { ...base, field, before: value, after: null };
}
