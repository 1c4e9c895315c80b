/** Changing issues. Labels have an endpoint of their own, so that a change can take two requests. */

import type { FieldLabels } from '../../core/drivers/field-labels.ts';
import { splitMetadata, withMetadata } from '../../core/drivers/hidden-metadata.ts';
import { type StatusMap, unmappedState } from '../../core/drivers/status-map.ts';
import { asPaceError, PaceError } from '../../core/errors.ts';
import type { Target, TrackerDriver } from '../../core/ports/index.ts';
import { type Issue, type IssuePatch, type IssueState, isClosed } from '../../core/ports/issue.ts';
import { cut } from '../../core/text/untrusted-text.ts';
import type { World } from '../../core/world.ts';
import { type Api, numberOf } from './api.ts';
import { fromDay, labelNames, storable, toIssue, unifyLineEnds, type WireIssue, type WireLabel } from './issue-wire.ts';
import { type LabelBook, withoutRivals } from './labels.ts';
import type { createMilestones } from './milestones.ts';
import { cannotBeAssigned, loginsOf } from './people.ts';
import type { Operation } from './refusals.ts';

export const TITLE_LIMIT = 255;

/** How often a text that somebody else has changed meanwhile is read again. */
const ATTEMPTS = 3;

/** What every part of the tracker works with. */
export interface Tracker {
  readonly world: World;
  readonly api: Api;
  readonly states: StatusMap;
  readonly fields: FieldLabels;
  readonly labels: LabelBook;
  readonly milestones: ReturnType<typeof createMilestones>;
}

export function issueWrites(tracker: Tracker): Pick<TrackerDriver, 'updateIssue' | 'transitionIssue'> {
  return {
    updateIssue: (key, patch) => changed(tracker, 'updateIssue', key, patch),
    transitionIssue: (key, target) => transition(tracker, key, target),
  };
}

/** Throws `not-found` for the number of a pull request. */
export async function readIssue(api: Api, operation: Operation, key: string): Promise<WireIssue> {
  const number = numberOf(api, operation, key);
  const issue = await api.call<WireIssue>(operation, { path: `${api.repo}/issues/${number}` });
  if (!issue.pull_request) return issue;
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
  return changed(tracker, 'transitionIssue', key, { state: target.state }, { before, name: target.name });
}

interface Known {
  readonly before: WireIssue;
  /** Which of the labels for the state is wanted. */
  readonly name: string | undefined;
}

/** The issue after the change; read again when somebody else has changed its text meanwhile. */
async function changed(
  tracker: Tracker,
  operation: Operation,
  key: string,
  patch: IssuePatch,
  known?: Known,
): Promise<Issue> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return toIssue(await change(tracker, operation, key, patch, attempt === 1 ? known : undefined), tracker.fields);
    } catch (error) {
      if (asPaceError(error).kind !== 'conflict' || attempt === ATTEMPTS) throw error;
    }
  }
}

async function change(
  tracker: Tracker,
  operation: Operation,
  key: string,
  patch: IssuePatch,
  known: Known | undefined,
): Promise<WireIssue> {
  const { api } = tracker;
  requireName(tracker, patch.state);
  const path = `${api.repo}/issues/${numberOf(api, operation, key)}`;
  const needed = needsReading(patch) || Object.keys(patch).length === 0;
  const before = known?.before ?? (needed ? await readIssue(api, operation, key) : undefined);
  const labels = before && (await newLabels(tracker, operation, patch, before, known?.name));
  const fields = await changedFields(tracker, operation, patch, before);
  const edit = () => api.call<WireIssue>(operation, { method: 'PATCH', path, body: fields });
  const relabel = async () => {
    if (labels === undefined) return;
    const body = { labels: labels.map(({ id }) => id) };
    await api.call(operation, { method: 'PUT', path: `${path}/labels`, body });
  };

  if (Object.keys(fields).length === 0) {
    await relabel();
    return labels === undefined && before ? before : readIssue(api, operation, key);
  }
  // what is closed says at once whether it was done; what is opened again must not look done on the way
  const closes = patch.state !== undefined && isClosed(patch.state);
  if (closes || labels === undefined) {
    await relabel();
    return edit();
  }
  await edit();
  await relabel();
  return readIssue(api, operation, key);
}

/** Labels are replaced as a whole; of body and metadata, which share one text, one may stay. */
function needsReading(patch: IssuePatch): boolean {
  const names = ['labels', 'addLabels', 'removeLabels', 'state', 'type', 'priority', 'storyPoints'] as const;
  const half = (patch.body === undefined) !== (patch.metadata === undefined);
  return half || names.some((name) => patch[name] !== undefined);
}

/** The labels to set, created where needed; `undefined` when they stay as they are. */
async function newLabels(
  { fields, states, labels }: Tracker,
  operation: Operation,
  patch: IssuePatch,
  before: WireIssue,
  stateName: string | undefined,
): Promise<WireLabel[] | undefined> {
  const present = labelNames(before);
  const wanted = fields.forPatch(patch, toIssue(before, fields));
  if (wanted === undefined) return undefined;
  const named = wanted.map((name) => namedLabel(states, patch.state, name, stateName));
  if (isSameSet(named, present)) return undefined;
  return withoutRivals(await labels.ensure(operation, named), present);
}

/** Of several labels for the state the one that is wanted. */
function namedLabel(
  states: StatusMap,
  state: IssueState | undefined,
  label: string,
  wanted: string | undefined,
): string {
  if (state === undefined || wanted === undefined || states.toState(label) !== state) return label;
  return states.toNames(state).find((name) => name.toLowerCase() === wanted.toLowerCase()) ?? label;
}

function isSameSet(one: readonly string[], other: readonly string[]): boolean {
  const fold = (names: readonly string[]) => new Set(names.map((name) => name.toLowerCase()));
  return fold(one).size === fold(other).size && [...fold(one)].every((name) => fold(other).has(name));
}

async function changedFields(
  tracker: Tracker,
  operation: Operation,
  patch: IssuePatch,
  before: WireIssue | undefined,
): Promise<Record<string, unknown>> {
  const { title, milestone, dueDate, assignees, state } = patch;
  const isThere = state !== undefined && before?.state === vendorState(state);
  return {
    ...(title === undefined ? {} : { title: cut(storable(title), TITLE_LIMIT) }),
    ...newText(patch, before),
    ...(milestone === undefined ? {} : { milestone: await tracker.milestones.idOf(operation, milestone) }),
    ...(dueDate === undefined ? {} : dueDate === null ? { unset_due_date: true } : { due_date: fromDay(dueDate) }),
    ...(assignees === undefined ? {} : { assignees: await knownLogins(tracker.api, assignees) }),
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

async function knownLogins(api: Api, assignees: readonly string[]): Promise<string[]> {
  if (assignees.length === 0) return [];
  const { logins, unknown, people } = await loginsOf(api, 'updateIssue', assignees);
  if (unknown.length > 0) throw cannotBeAssigned(api, unknown, people);
  return logins;
}

function vendorState(state: IssueState): 'open' | 'closed' {
  return isClosed(state) ? 'closed' : 'open';
}

/** Only open and closed are Gitea's own; every other state is a label, which a person may have taken out of the map. */
export function requireName({ states }: Tracker, state: IssueState | undefined): void {
  if (state === undefined || state === 'open' || state === 'done' || states.toNames(state).length > 0) return;
  const existing = ['open', 'closed', ...states.states.flatMap((each) => states.toNames(each))];
  throw unmappedState('gitea', state, existing);
}
