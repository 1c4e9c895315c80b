/** What a draft or a patch is in GitLab's fields. Everything that can be wrong is found before anything is written. */

import { defined } from '../../core/defined.ts';
import { withMetadata } from '../../core/drivers/hidden-metadata.ts';
import type { IssueDraft, IssuePatch } from '../../core/ports/index.ts';
import { storable } from '../../core/text/storable.ts';
import { cut } from '../../core/text/untrusted-text.ts';
import { invalid } from './address.ts';
import { type LabelWords, requireKnown, stateEventFor, stateLabel } from './field-labels.ts';
import { labelList } from './host-wire.ts';
import type { IssueContext } from './issue-context.ts';
import { labelNames, toIssue, type WireIssue } from './issue-wire.ts';
import { dayOf, requireMilestone } from './milestones.ts';
import { requireEpicId } from './parents.ts';
import { knownUserIds, userIds } from './people.ts';

/** GitLab counts characters; UTF-16 units are never fewer. */
export const TITLE_LIMIT = 255;

/** The fields of a new issue, but for its title. */
export async function fieldsOf(context: IssueContext, draft: IssueDraft) {
  const { words } = context;
  if (draft.state !== undefined) requireKnown(words, draft.state);
  const hasWeight = draft.storyPoints !== undefined && (await context.edition()).premium;
  const labels = labelList(words.fields(hasWeight).forDraft(draft));
  const native = await nativeFields(context, draft, hasWeight, 'createIssue');
  const assigneeIds = await userIds(context, draft.assignees ?? [], 'the issue is opened without that person');
  return {
    description: storable(withMetadata(draft.body, draft.metadata)),
    issueType: 'issue',
    ...defined({ labels: labels || undefined, assigneeIds: assigneeIds.length > 0 ? assigneeIds : undefined }),
    ...native,
  };
}

/** Whether the patch can only be written by who knows the issue as it is. */
export function needsPresent({ states, fields }: LabelWords, patch: IssuePatch): boolean {
  const { addLabels = [], removeLabels = [], ...rest } = patch;
  if ((rest.body === undefined) !== (rest.metadata === undefined)) return true;
  // of several labels for the state, the one that is there stays
  if (rest.state !== undefined && states.toNames(rest.state).length > 1) return true;
  if ([rest.labels, rest.type, rest.priority, rest.storyPoints].some((given) => given !== undefined)) return true;
  const named = [...addLabels, ...removeLabels];
  return (
    named.some((label) => states.toState(label) !== undefined) || fields(false).read(named).labels.length < named.length
  );
}

/** `present` is the issue as it is, where the patch needs it. */
export async function changesOf(context: IssueContext, patch: IssuePatch, present: WireIssue | undefined) {
  const { words } = context;
  const { title, state } = patch;
  if (state !== undefined) requireKnown(words, state);
  const hasWeight = present?.weight !== undefined;
  const labels = present ? relabelled(words, patch, present) : namedLabels(words, patch);
  return {
    ...(title === undefined ? {} : { title: cut(storable(title), TITLE_LIMIT) }),
    ...descriptionOf(words, patch, present),
    ...labels,
    ...(await nativeFields(context, patch, hasWeight, 'updateIssue')),
    ...(await assigneesOf(context, patch)),
    // an event that changes nothing is accepted
    ...(state === undefined ? {} : { stateEvent: stateEventFor(state) }),
  };
}

export interface LabelChanges {
  addLabels?: string;
  removeLabels?: string;
}

/** Adds and removes, so that what others do to the labels meanwhile stays. */
export function labelDifference(present: readonly string[], wanted: readonly string[]): LabelChanges {
  const addLabels = labelList(wanted.filter((label) => !present.includes(label)));
  const removeLabels = labelList(present.filter((label) => !wanted.includes(label)));
  return defined({ addLabels: addLabels || undefined, removeLabels: removeLabels || undefined });
}

/** Fields that GitLab has itself, in drafts and patches alike; 0 and the empty text take them away. */
async function nativeFields(
  context: IssueContext,
  { milestone, parent, dueDate, storyPoints }: IssueDraft | IssuePatch,
  hasWeight: boolean,
  operation: 'createIssue' | 'updateIssue',
) {
  if (storyPoints !== undefined && storyPoints !== null) requirePoints(storyPoints, hasWeight);
  const day = dueDate === undefined || dueDate === null ? '' : dayOf(dueDate);
  return {
    ...(dueDate === undefined ? {} : { dueDate: day }),
    ...(storyPoints === undefined || !hasWeight ? {} : weightOf(storyPoints)),
    ...(milestone === undefined
      ? {}
      : { milestoneId: milestone === null ? 0 : (await requireMilestone(context, milestone, operation)).id }),
    ...(parent === undefined ? {} : { epicId: parent === null ? 0 : await requireEpicId(context, parent) }),
  };
}

/** The client does not know that null takes the weight away. */
function weightOf(weight: number | null): object {
  return { weight };
}

async function assigneesOf({ api }: IssueContext, { assignees }: IssuePatch): Promise<{ assigneeIds?: number[] }> {
  if (assignees === undefined) return {};
  // GitLab takes 0 for nobody
  return { assigneeIds: assignees.length === 0 ? [0] : await knownUserIds(api, assignees) };
}

/** Body and metadata are one text at GitLab: the part that does not change stays as it is. */
function descriptionOf(
  words: LabelWords,
  { body, metadata }: IssuePatch,
  present: WireIssue | undefined,
): { description?: string } {
  if (body === undefined && metadata === undefined) return {};
  const before = present && toIssue(present, words);
  return { description: storable(withMetadata(body ?? before?.body ?? '', metadata ?? before?.metadata)) };
}

function relabelled(words: LabelWords, patch: IssuePatch, present: WireIssue): LabelChanges {
  const wanted = words.fields(present.weight !== undefined).forPatch(patch, toIssue(present, words));
  return wanted === undefined ? {} : labelDifference(labelNames(present), wanted);
}

/** What is told without looking: the labels that are named, and those of all other states when the state changes. */
function namedLabels(words: LabelWords, { addLabels = [], removeLabels = [], state }: IssuePatch): LabelChanges {
  const label = state === undefined ? undefined : stateLabel(words, state);
  const others = state === undefined ? [] : words.known.flatMap((each) => words.states.toNames(each));
  return labelDifference(
    [...removeLabels, ...others.filter((other) => other !== label)],
    [...addLabels, ...(label === undefined ? [] : [label])],
  );
}

/** https://docs.gitlab.com/user/project/issues/issue_weight/ */
function requirePoints(points: number, hasWeight: boolean): void {
  if (hasWeight) {
    if (Number.isSafeInteger(points) && points >= 0 && points < 2 ** 31) return;
    throw invalid(
      `${points} story points cannot be kept: the weight of a GitLab issue is a whole number.`,
      'Please give 0, 1, 2, 3 …',
    );
  }
  if (/^\d{1,6}(\.\d{1,3})?$/.test(String(points))) return;
  throw invalid(
    `${points} cannot be story points.`,
    'Please give a number from 0 to 999999, with at most three decimals.',
  );
}
