/** Drafts and patches as Linear takes them. https://linear.app/developers/graphql#mutations */

import { defined } from '../../core/defined.ts';
import { PaceError } from '../../core/errors.ts';
import type { IssueDraft, IssuePatch } from '../../core/ports/index.ts';
import { storable } from '../../core/text/storable.ts';
import { cut, plainLine } from '../../core/text/untrusted-text.ts';
import { keyOf } from './address.ts';
import { estimateScale, UNESTIMATED } from './estimates.ts';
import type { Place } from './issue-context.ts';
import { labelIds } from './labels.ts';
import { type Found, fold, type LinearUser, needed, type Team } from './lookup.ts';
import type { WorkflowStates } from './states.ts';

export const TITLE_LIMIT = 255;

export type Input = Readonly<Record<string, unknown>>;

type Simple = Pick<IssueDraft, 'title' | 'body' | 'dueDate' | 'storyPoints' | 'priority'>;

/** The input of `issueCreate`. What the draft names is looked for before anything is written. */
export async function toDraftInput(place: Place, draft: IssueDraft): Promise<Input> {
  const { lookup, states, world, team: key } = place;
  const { assignees = [], milestone, parent, state } = draft;
  const names = namesOf(place, draft);
  const found = await lookup.find('createIssue', {
    team: true,
    labels: names,
    people: assignees,
    project: place.hasProject,
    milestones: milestone !== undefined,
    issues: parent === undefined ? [] : [parent],
  });
  const team = needed(found.team, 'the team');
  const [assignee] = knownPeople(assignees, found.people, (who) =>
    world.log.warn(`Linear does not know ${plainLine(who, 60)}: the issue is opened without that person.`),
  );
  return {
    teamId: team.id,
    ...simpleInput(draft, team),
    ...defined({
      assigneeId: assignee?.id,
      projectId: found.project?.id,
      projectMilestoneId: milestone === undefined ? undefined : milestoneId(milestone, found),
      parentId: parent === undefined ? undefined : issueId(parent, found, key),
    }),
    // new issues are open
    ...(state === undefined || state === 'open' ? {} : { stateId: states.choose({ state }, team.workflow).id }),
    ...(names.length === 0 ? {} : { labelIds: await labelIds(place, 'createIssue', names, found) }),
  };
}

/** The labels of a new issue; its type is one of them. */
export function namesOf({ fieldLabels }: Pick<Place, 'fieldLabels'>, { type, labels }: IssueDraft): string[] {
  return fieldLabels.forDraft({ title: '', body: '', ...defined({ type: type || undefined, labels }) });
}

/** The input of `issueUpdate`; empty when nothing but metadata changes. */
export async function toPatchInput(place: Place, key: string, patch: IssuePatch): Promise<Input> {
  const { lookup, states, team } = place;
  const { state, type, labels, assignees = [], milestone, parent } = patch;
  const named = [...(labels ?? []), ...(patch.addLabels ?? []), ...(patch.removeLabels ?? [])];
  const found = await lookup.find('updateIssue', {
    team: named.length > 0 || type != null || patch.storyPoints != null,
    labels: named,
    people: assignees,
    milestones: milestone != null,
    issues: parent == null ? [] : [parent],
    // the type is a label among the others
    ...(state !== undefined || type !== undefined || labels !== undefined ? { before: key } : {}),
  });
  const people = knownPeople(assignees, found.people, (who) => {
    throw refusedValue(
      `Linear knows nobody called “${plainLine(who, 60)}”.`,
      'Please check the name: `pace user list` shows who is there.',
    );
  });
  return {
    ...simpleInput(patch, found.team),
    ...defined({
      assigneeId: patch.assignees && (people[0]?.id ?? null),
      projectMilestoneId: milestone && milestoneId(milestone, found),
      parentId: parent && issueId(parent, found, team),
    }),
    ...(state === undefined || !found.before ? {} : stateInput(states, state, found.before)),
    ...(await labelInput(place, patch, found)),
  };
}

function stateInput(
  states: WorkflowStates,
  state: NonNullable<IssuePatch['state']>,
  before: NonNullable<Found['before']>,
) {
  if (states.toState(before.issue.state) === state) return {};
  return { stateId: states.choose({ state }, before.workflow).id };
}

function simpleInput(values: { readonly [Name in keyof Simple]?: Simple[Name] | null }, team: Team | undefined): Input {
  const { title, body, dueDate, storyPoints, priority } = values;
  return {
    ...defined({
      title: typeof title === 'string' ? cut(storable(title), TITLE_LIMIT) : undefined,
      description: typeof body === 'string' ? storable(body) : undefined,
      dueDate,
    }),
    ...(storyPoints === undefined ? {} : { estimate: storyPoints === null ? null : estimateFor(storyPoints, team) }),
    ...(priority === undefined ? {} : { priority: priority === null ? 0 : priority + 1 }),
  };
}

function estimateFor(points: number, team: Team | undefined): number {
  const { estimates, key } = needed(team, 'the team');
  const scale = estimateScale(estimates);
  if (scale.includes(points)) return points;
  if (scale.length === 0) throw refusedValue(`The team ${key} does not estimate.`, UNESTIMATED);
  throw refusedValue(`${points} is not an estimate of the team ${key}.`, `Please choose one of: ${scale.join(', ')}.`);
}

/** Labels are added and removed as such, unless the whole is replaced or the type, which is a label too, changes. */
async function labelInput(place: Place, patch: IssuePatch, found: Found): Promise<Input> {
  const { fieldLabels } = place;
  const { labels, type, addLabels = [], removeLabels = [] } = patch;
  const { before } = found;
  if (before && (labels !== undefined || type !== undefined)) {
    const present = fieldLabels.read(before.issue.labels.nodes.map(({ name }) => name));
    const fields = { labels: present.labels, state: 'open' as const, ...(present.type ? { type: present.type } : {}) };
    const { state: _, ...rest } = patch;
    const names = fieldLabels.forPatch(rest, fields);
    if (names === undefined) return {};
    if (labels !== undefined) return { labelIds: await labelIds(place, 'updateIssue', names) };
    // the type is a label among those that others change meanwhile
    const wanted = new Set(names.map(fold));
    const there = before.issue.labels.nodes.map(({ name }) => name);
    const added = names.filter((name) => !there.some((other) => fold(other) === fold(name)));
    const dropped = there.filter((name) => !wanted.has(fold(name)));
    return {
      ...(added.length === 0 ? {} : { addedLabelIds: await labelIds(place, 'updateIssue', added) }),
      ...(dropped.length === 0 ? {} : { removedLabelIds: await labelIds(place, 'updateIssue', dropped) }),
    };
  }
  const gone = new Set(removeLabels.map(fold));
  const removed = found.labels.filter(({ name }) => gone.has(fold(name)));
  return {
    ...(addLabels.length === 0 ? {} : { addedLabelIds: await labelIds(place, 'updateIssue', addLabels, found) }),
    ...(removed.length === 0 ? {} : { removedLabelIds: removed.map(({ id }) => id) }),
  };
}

function knownPeople(
  wanted: readonly string[],
  found: readonly LinearUser[],
  onUnknown: (who: string) => void,
): LinearUser[] {
  return wanted.flatMap((who) => {
    const names = ({ id, displayName, email, name }: LinearUser) => [id, displayName, email, name].map(fold);
    // a display name and an e-mail address belong to one person, a name may not
    const fitting = found.filter((user) => names(user).includes(fold(who)));
    const [person] = fitting.toSorted((one, other) => names(one).indexOf(fold(who)) - names(other).indexOf(fold(who)));
    if (!person) onUnknown(who);
    return person ?? [];
  });
}

function milestoneId(title: string, { milestones, project }: Found): string {
  const found = milestones.find(({ name }) => fold(name) === fold(title));
  if (found) return found.id;
  const names = milestones.map(({ name }) => `“${plainLine(name, 60)}”`).join(', ');
  throw refusedValue(
    `The project ${plainLine(project?.name ?? '', 80)} has no milestone “${plainLine(title, 60)}”.`,
    names === '' ? 'It has none at all: please create one first.' : `Please choose one of: ${names}.`,
  );
}

function issueId(key: string, { issues }: Found, team: string): string {
  const { identifier } = keyOf(key, team);
  const id = issues.get(identifier);
  if (id !== undefined) return id;
  throw new PaceError({
    kind: 'not-found',
    message: `There is no issue ${identifier}.`,
    remedy: 'Please check the key, and that the token has access to its team.',
  });
}

function refusedValue(message: string, remedy: string): PaceError {
  return new PaceError({ kind: 'validation', message, remedy });
}
