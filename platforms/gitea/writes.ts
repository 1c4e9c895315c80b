/** Creating and changing issues. Labels have an endpoint of their own, so that a change can take two requests. */

import { defined } from '../../core/defined.ts';
import { splitMetadata, withMetadata } from '../../core/drivers/hidden-metadata.ts';
import { unmappedState } from '../../core/drivers/status-map.ts';
import { unless } from '../../core/drivers/unless.ts';
import { asPaceError, PaceError } from '../../core/errors.ts';
import type { Target, TrackerDriver } from '../../core/ports/index.ts';
import { type Issue, type IssueDraft, type IssuePatch, type IssueState, isClosed } from '../../core/ports/issue.ts';
import { storable } from '../../core/text/storable.ts';
import { cut, plainLine } from '../../core/text/untrusted-text.ts';
import { fieldsOf, inSteps, type Steps } from '../../core/tracker/partly.ts';
import { numberOf } from './address.ts';
import type { Api } from './api.ts';
import type { Tracker } from './issue-context.ts';
import { labelsForNew, missing, newLabels, relabelled } from './issue-labels.ts';
import { toIssue, toPerson, unifyLineEnds, type WireIssue } from './issue-wire.ts';
import { cannotBeAssigned, loginsOf } from './people.ts';
import type { Operation } from './refusals.ts';

export const TITLE_LIMIT = 255;

/** How often a text that somebody else has changed meanwhile is read again. */
const ATTEMPTS = 3;

export function issueWrites(tracker: Tracker): Pick<TrackerDriver, 'createIssue' | 'updateIssue' | 'transitionIssue'> {
  return {
    createIssue: (draft) => createIssue(tracker, draft),
    updateIssue: (key, patch) => changed(tracker, { operation: 'updateIssue', key, patch }),
    transitionIssue: (key, target) => transition(tracker, key, target),
  };
}

async function createIssue(tracker: Tracker, draft: IssueDraft): Promise<Issue> {
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
      due_date: dueDate === undefined ? undefined : await tracker.dueDates.toSend('createIssue', dueDate),
    }),
    ...(isClosed(state) ? { closed: true } : {}),
  };
  const created = await sent(tracker, content, assignees);
  tracker.api.issues.add(created.number);
  const dropped = missing(created, labels);
  // Gitea drops labels without a word when the token's user may not write; or they are not what was remembered
  if (dropped.length > 0) {
    tracker.labels.forget();
    world.log.warn(
      `${created.html_url} lacks the labels ${plainLine(dropped.join(', '), 300)}: Gitea drops them when the token's user has no write access to the repository.`,
    );
  }
  return toIssue(await onItsDay(tracker, created, dueDate), fields);
}

/** An issue is worth more than its day: it is there already. */
async function onItsDay({ world, api, dueDates }: Tracker, created: WireIssue, day: string | undefined) {
  const better = day === undefined ? undefined : dueDates.correction(day, created.due_date);
  if (better === undefined) return created;
  const path = `${api.repo}/issues/${created.number}`;
  try {
    return await api.call<WireIssue>('createIssue', { method: 'PATCH', path, body: { due_date: better } });
  } catch (error) {
    world.log.warn(`${created.html_url} is shown as due another day than ${day}: ${asPaceError(error).message}`);
    return created;
  }
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
    const { logins, outsiders, unknown } = await loginsOf(api, 'createIssue', people);
    const withAll =
      outsiders.length > 0 ? await unless(['validation'], () => send([...logins, ...outsiders])) : undefined;
    const created = withAll ?? (await send(logins));
    const left = withAll ? unknown : [...unknown, ...outsiders];
    if (left.length > 0) {
      const names = plainLine(left.join(', '), 200);
      world.log.warn(`${created.html_url} is opened without ${names}: they cannot be assigned.`);
    }
    return created;
  }
}

/** The same for what was not read yet: Gitea changes a pull request like an issue. */
export async function requireIssue(api: Api, operation: Operation, key: string): Promise<void> {
  if (!api.issues.has(numberOf(api, operation, key))) await readIssue(api, operation, key);
}

/** Throws `not-found` for the number of a pull request. */
export async function readIssue(api: Api, operation: Operation, key: string): Promise<WireIssue> {
  const number = numberOf(api, operation, key);
  const issue = await api.call<WireIssue>(operation, { path: `${api.repo}/issues/${number}` });
  if (!issue.pull_request) {
    api.issues.add(number);
    return issue;
  }
  throw new PaceError({
    kind: 'not-found',
    operation,
    message: `#${number} in ${api.fullName} is a pull request, not an issue.`,
    remedy: 'Please give the number of an issue.',
  });
}

async function transition(tracker: Tracker, key: string, target: Target): Promise<Issue> {
  const before = await readIssue(tracker.api, 'transitionIssue', key);
  const issue = toIssue(before, tracker.fields);
  const isNamed = target.name === undefined || target.name.toLowerCase() === issue.stateName.toLowerCase();
  if (issue.state === target.state && isNamed) return issue;
  const known = { before, name: target.name };
  return changed(tracker, { operation: 'transitionIssue', key, patch: { state: target.state }, known });
}

interface Known {
  readonly before: WireIssue;
  /** Which of the labels for the state is wanted. */
  readonly name: string | undefined;
}

interface Change {
  readonly operation: Operation;
  readonly key: string;
  readonly patch: IssuePatch;
  readonly known?: Known | undefined;
}

/** The issue after the change; read again when somebody else has changed its text meanwhile. */
async function changed(tracker: Tracker, wanted: Change): Promise<Issue> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const known = attempt === 1 ? wanted.known : undefined;
      return toIssue(await change(tracker, { ...wanted, known }), tracker.fields);
    } catch (error) {
      if (asPaceError(error).kind !== 'conflict' || attempt === ATTEMPTS) throw error;
    }
  }
}

async function change(tracker: Tracker, wanted: Change): Promise<WireIssue> {
  const { operation, key, patch, known } = wanted;
  const { api } = tracker;
  requireName(tracker, patch.state);
  const path = `${api.repo}/issues/${numberOf(api, operation, key)}`;
  const needed = needsReading(patch) || Object.keys(patch).length === 0;
  const before = known?.before ?? (needed ? await readIssue(api, operation, key) : undefined);
  if (!before) await requireIssue(api, operation, key);
  const labels = before && (await newLabels(tracker, { operation, patch, before, stateName: known?.name }));
  const steps = inSteps(key);
  const fields = await changedFields(tracker, wanted, before, steps);
  const names = fieldsOf(patch, 'labels');
  const patched = (body: object) => api.call<WireIssue>(operation, { method: 'PATCH', path, body });
  const onItsDay = async (edited: WireIssue) => {
    const due_date = patch.dueDate ? tracker.dueDates.correction(patch.dueDate, edited.due_date) : undefined;
    return due_date ? steps.write('dueDate', () => patched({ due_date })) : edited;
  };
  const present = before?.labels ?? [];
  const relabel = async () => {
    if (labels === undefined) return;
    await relabelled(api, operation, { path, from: present, to: labels, isWhole: patch.labels !== undefined, steps });
  };
  const read = () => steps.read(() => readIssue(api, operation, key));

  if (Object.keys(fields).length === 0) {
    await relabel();
    return labels === undefined && before ? before : read();
  }
  // what is closed says at once whether it was done; what is opened again must not look done on the way
  const closes = patch.state !== undefined && isClosed(patch.state);
  if (!closes && labels !== undefined) {
    await onItsDay(await steps.write(names, () => patched(fields)));
    await relabel();
    return read();
  }
  // an issue that is not closed, because others block it, keeps the labels that it had
  await relabel();
  return onItsDay(await steps.write(names, () => patched(fields)));
}

/** Labels are replaced as a whole; of body and metadata, which share one text, one may stay. */
function needsReading(patch: IssuePatch): boolean {
  const names = ['labels', 'addLabels', 'removeLabels', 'state', 'type', 'priority', 'storyPoints'] as const;
  const half = (patch.body === undefined) !== (patch.metadata === undefined);
  return half || names.some((name) => patch[name] !== undefined);
}

async function changedFields(
  tracker: Tracker,
  { operation, key, patch }: Change,
  before: WireIssue | undefined,
  steps: Steps,
): Promise<Record<string, unknown>> {
  const { title, milestone, dueDate, assignees, state } = patch;
  const isThere = state !== undefined && before?.state === vendorState(state);
  return {
    ...(title === undefined ? {} : { title: cut(storable(title), TITLE_LIMIT) }),
    ...newText(patch, before),
    ...(milestone === undefined ? {} : { milestone: await tracker.milestones.idOf(operation, milestone) }),
    ...(dueDate === undefined ? {} : await dueDateField(tracker, operation, dueDate)),
    ...(assignees === undefined ? {} : await assigneesField(tracker.api, key, assignees, steps)),
    ...(state === undefined || isThere ? {} : { state: vendorState(state) }),
  };
}

/** Where a part of the text was read, Gitea is told which text that was. Forgejo does not count them. */
function newText({ body, metadata }: IssuePatch, before: WireIssue | undefined): Record<string, unknown> {
  if (body === undefined && metadata === undefined) return {};
  if (body !== undefined && metadata !== undefined) return { body: storable(withMetadata(body, metadata)) };
  const known = splitMetadata(unifyLineEnds(before?.body ?? ''));
  const version = before?.content_version;
  return {
    body: storable(withMetadata(body ?? known.body, metadata ?? known.metadata)),
    ...(typeof version === 'number' ? { content_version: version } : {}),
  };
}

async function dueDateField({ dueDates }: Tracker, operation: Operation, day: string | null) {
  return day === null ? { unset_due_date: true } : { due_date: await dueDates.toSend(operation, day) };
}

/**
 * A name that the server does not know makes it fail when it has already taken everybody off the issue, so that none is sent. Whoever
 * has an account is tried before anything else is written, and those who were there come back if the server does not take them.
 */
async function assigneesField(
  api: Api,
  key: string,
  names: readonly string[],
  steps: Steps,
): Promise<{ assignees?: string[] }> {
  if (names.length === 0) return { assignees: [] };
  const { logins, unknown, outsiders, people } = await loginsOf(api, 'updateIssue', names);
  if (unknown.length > 0) throw cannotBeAssigned(api, unknown, people);
  if (outsiders.length === 0) return { assignees: [...logins] };
  const before = loginsOn(await readIssue(api, 'updateIssue', key));
  const added = outsiders.filter((login) => !before.includes(login));
  if (added.length === 0) return { assignees: [...logins, ...outsiders] };
  const path = `${api.repo}/issues/${numberOf(api, 'updateIssue', key)}`;
  const assign = (assignees: readonly string[]) =>
    api.call<WireIssue>('updateIssue', { method: 'PATCH', path, body: { assignees } });
  try {
    await steps.write('assignees', () => assign([...logins, ...outsiders]));
    return {};
  } catch (error) {
    if (!['validation', 'transient'].includes(asPaceError(error).kind)) throw error;
    const left = loginsOn(await readIssue(api, 'updateIssue', key));
    if (before.some((login) => !left.includes(login))) await assign(before);
    throw cannotBeAssigned(api, added, people);
  }
}

function loginsOn({ assignees }: WireIssue): string[] {
  return (assignees ?? []).map((user) => toPerson(user).id);
}

function vendorState(state: IssueState): 'open' | 'closed' {
  return isClosed(state) ? 'closed' : 'open';
}

/** Only open and closed are Gitea's own; every other state is a label, which a person may have taken out of the map. */
function requireName({ states }: Tracker, state: IssueState | undefined): void {
  if (state === undefined || state === 'open' || state === 'done' || states.toNames(state).length > 0) return;
  const existing = ['open', 'closed', ...states.states.flatMap((each) => states.toNames(each))];
  throw unmappedState('gitea', state, existing);
}
