/** Creating, changing and moving issues. https://docs.gitlab.com/api/issues/ */

import {
  type Issue,
  type IssueDraft,
  type IssuePatch,
  type IssueState,
  isClosed,
  type Target,
  type Transition,
} from '../../core/ports/index.ts';
import { storable } from '../../core/text/storable.ts';
import { cut, plainLine } from '../../core/text/untrusted-text.ts';
import { finishing } from '../../core/tracker/partly.ts';
import { requireKnown, stateEventFor, stateLabel } from './field-labels.ts';
import { changesOf, fieldsOf, type LabelChanges, labelDifference, needsPresent, TITLE_LIMIT } from './fields.ts';

import { type IssueContext, type Place, placeOf } from './issue-context.ts';
import { labelNames, seenFrom, toIssue, type WireIssue } from './issue-wire.ts';
import { followed, refuseMoved } from './lookup.ts';

export async function getIssue(context: IssueContext, key: string): Promise<Issue> {
  const { issue, place } = await findIssue(context, key);
  const found = toIssue(issue, context.words);
  return place === context ? found : seenFrom(place.project, found);
}

/** What the key names, followed to where it was moved. */
export async function findIssue(
  context: IssueContext,
  key: string,
): Promise<{ readonly issue: WireIssue; readonly place: IssueContext }> {
  const { context: asked, number } = placeOf(context, key);
  const { issue, movedTo } = await followed(asked, await show(asked, number));
  return { issue, place: movedTo === undefined ? asked : placeOf(context, movedTo).context };
}

/** Labels that do not exist are created by GitLab itself. A guest's labels are dropped in silence; the answer shows what was applied. */
export async function createIssue(context: IssueContext, draft: IssueDraft): Promise<Issue> {
  const { api, project, world, words } = context;
  const { state = 'open', title } = draft;
  const fields = await fieldsOf(context, draft);
  const created: WireIssue = await api.resources().issues.create(project, cut(storable(title), TITLE_LIMIT), fields);
  const issue = toIssue(created, words);
  if ((fields.assigneeIds?.length ?? 0) > issue.assignees.length) {
    const assigned = issue.assignees.map(({ id }) => id).join(', ') || 'nobody';
    world.log.warn(
      `${issue.url} is assigned to ${plainLine(assigned, 200)}: GitLab did not accept everybody who was named.`,
    );
  }
  // GitLab opens what it creates
  if (!isClosed(state)) return issue;
  return finishing(issue.key, () => edit(context, created.iid, { stateEvent: 'close' }));
}

export async function updateIssue({ context, number }: Place, patch: IssuePatch): Promise<Issue> {
  const present = needsPresent(context.words, patch) ? await stillHere(context, number) : undefined;
  const changes = await changesOf(context, patch, present);
  // GitLab refuses an edit without any field
  if (Object.keys(changes).length === 0) {
    return toIssue(present ?? (await stillHere(context, number)), context.words);
  }
  const after: WireIssue = await context.api.resources().issues.edit(context.project, number, changes);
  return patch.state === undefined ? toIssue(after, context.words) : settled(context, after, patch.state);
}

/** A label that says another state in other letters was not among those that were taken away. */
async function settled(context: IssueContext, after: WireIssue, state: IssueState): Promise<Issue> {
  const { words } = context;
  const issue = toIssue(after, words);
  const present = labelNames(after);
  const strays = present.filter((label) => ![undefined, state].includes(words.states.toState(label)));
  if (strays.length === 0) return issue;
  const wanted = present.filter((label) => !strays.includes(label));
  return edit(context, after.iid, labelDifference(present, wanted));
}

/** A no-op where the issue is there; else the labels of other states go. */
export async function transitionIssue({ context, number }: Place, { state, name }: Target): Promise<Issue> {
  const { words } = context;
  requireKnown(words, state);
  const before = await stillHere(context, number);
  const issue = toIssue(before, words);
  const label = stateLabel(words, state, name);
  if (issue.state === state && (name === undefined || [label, undefined].includes(issue.stateName))) return issue;
  const present = labelNames(before);
  const kept = present.filter((each) => words.states.toState(each) === undefined);
  const changes = {
    ...labelDifference(present, label === undefined ? kept : [...kept, label]),
    ...(isClosed(state) === (before.state === 'closed') ? {} : { stateEvent: stateEventFor(state) }),
  };
  return Object.keys(changes).length === 0 ? issue : edit(context, number, changes);
}

/** Only an owner of the project may. */
export async function deleteIssue({ context, number }: Place): Promise<void> {
  await stillHere(context, number);
  await context.api.resources().issues.remove(context.project, number);
}

/** From everywhere to everywhere else. */
export async function getAvailableTransitions(context: IssueContext, key: string): Promise<Transition[]> {
  const { words } = context;
  const issue = await getIssue(context, key);
  return words.known
    .flatMap((state) => {
      const names = words.states.toNames(state);
      const own = names.length > 0 ? names : [state === 'done' ? 'closed' : 'opened'];
      return own.map((name) => ({ name, state }));
    })
    .filter(({ name, state }) => state !== issue.state || name !== issue.stateName);
}

/** What stays behind of an issue that was moved is not written to. */
async function stillHere(context: IssueContext, number: number): Promise<WireIssue> {
  return refuseMoved(context, await show(context, number));
}

async function show({ api, project }: IssueContext, number: number): Promise<WireIssue> {
  return api.resources().issues.show(number, { projectId: project });
}

async function edit(
  { api, project, words }: IssueContext,
  number: number,
  changes: LabelChanges & { stateEvent?: string },
): Promise<Issue> {
  return toIssue(await api.resources().issues.edit(project, number, changes), words);
}
