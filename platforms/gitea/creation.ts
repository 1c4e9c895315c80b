/** Creating issues: one request, once the numbers of labels and milestone are known. */

import { defined } from '../../core/defined.ts';
import { withMetadata } from '../../core/drivers/hidden-metadata.ts';
import { asPaceError } from '../../core/errors.ts';
import { type Issue, type IssueDraft, isClosed } from '../../core/ports/issue.ts';
import { cut, plainLine } from '../../core/text/untrusted-text.ts';
import { fromDay, storable, toIssue, type WireIssue, type WireLabel } from './issue-wire.ts';
import { withoutRivals } from './labels.ts';
import { loginsOf } from './people.ts';
import { requireName, TITLE_LIMIT, type Tracker } from './writes.ts';

export async function createIssue(tracker: Tracker, draft: IssueDraft): Promise<Issue> {
  const { world, fields, milestones } = tracker;
  const { title, body, metadata, milestone, dueDate, state = 'open', assignees = [] } = draft;
  requireName(tracker, state);
  const milestoneId = milestone === undefined ? undefined : await milestones.idOf('createIssue', milestone);
  const labels = await labelsForNew(tracker, fields.forDraft(draft));
  const content = {
    title: cut(storable(title), TITLE_LIMIT),
    body: storable(withMetadata(body, metadata)),
    ...defined({
      labels: labels.length > 0 ? labels.map(({ id }) => id) : undefined,
      milestone: milestoneId,
      due_date: dueDate === undefined ? undefined : fromDay(dueDate),
    }),
    ...(isClosed(state) ? { closed: true } : {}),
  };
  const created = await sent(tracker, content, assignees);
  const dropped = missing(created, labels);
  // Gitea drops labels without a word when the token's user may not write; or they are not what was remembered
  if (dropped.length > 0) {
    tracker.labels.forget();
    world.log.warn(
      `${created.html_url} lacks the labels ${plainLine(dropped.join(', '), 300)}: Gitea drops them when the token's user has no write access to the repository.`,
    );
  }
  return toIssue(created, fields);
}

/** One person who cannot be assigned makes Gitea refuse the whole issue: it is sent again with those who can. */
async function sent({ world, api }: Tracker, issue: object, people: readonly string[]): Promise<WireIssue> {
  const send = (assignees: readonly string[]) => {
    const body = { ...issue, ...(assignees.length > 0 ? { assignees } : {}) };
    return api.call<WireIssue>('createIssue', { method: 'POST', path: `${api.repo}/issues`, body });
  };
  try {
    return await send(people);
  } catch (error) {
    if (people.length === 0 || asPaceError(error).kind !== 'validation') throw error;
    const { logins, unknown } = await loginsOf(api, 'createIssue', people);
    const created = await send(logins);
    if (unknown.length > 0) {
      const names = plainLine(unknown.join(', '), 200);
      world.log.warn(`${created.html_url} is opened without ${names}: they cannot be assigned.`);
    }
    return created;
  }
}

/** An issue is worth more than its labels: a reader, who may not create them, opens it without. */
async function labelsForNew(tracker: Tracker, names: readonly string[]): Promise<WireLabel[]> {
  const { world, labels } = tracker;
  if (names.length === 0) return [];
  try {
    return withoutRivals(await labels.ensure('createIssue', names), []);
  } catch (error) {
    const { kind, message, remedy } = asPaceError(error);
    if (kind !== 'permission' || !(await isReader(tracker))) throw error;
    world.log.warn(`Labels are missing and cannot be created: ${message} ${remedy}`);
    const fold = new Set(names.map((name) => name.toLowerCase()));
    return (await labels.named('createIssue', (name) => fold.has(name.toLowerCase()))) ?? [];
  }
}

async function isReader({ api }: Tracker): Promise<boolean> {
  const { permissions } = await api.call<{ permissions?: { push?: boolean } }>('createIssue', { path: api.repo });
  return permissions?.push === false;
}

function missing(issue: WireIssue, labels: readonly WireLabel[]): string[] {
  const present = new Set((issue.labels ?? []).map(({ id }) => id));
  return labels.filter(({ id }) => !present.has(id)).map(({ name }) => name);
}
