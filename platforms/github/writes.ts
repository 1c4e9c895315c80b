/** Writing issues. https://docs.github.com/en/rest/issues/issues */

import type { FieldLabels } from '../../core/drivers/field-labels.ts';
import { splitMetadata, withMetadata } from '../../core/drivers/hidden-metadata.ts';
import { asPaceError, PaceError, revised, withOperation } from '../../core/errors.ts';
import type { Issue, IssueDraft, IssuePatch, Target } from '../../core/ports/index.ts';
import { cut, plainLine } from '../../core/text/untrusted-text.ts';
import { inSteps } from '../../core/tracker/partly.ts';
import type { World } from '../../core/world.ts';
import type { Features } from './abilities.ts';
import { addressOf, atIssue, getIssue, type IssueAddress, requireIssue } from './address.ts';
import type { Api } from './api.ts';
import { type IssueFields, type StateReason, sameName } from './field-labels.ts';
import { unifyLineEnds } from './host-wire.ts';
import { reassign, relabel } from './issue-parts.ts';
import { labelNames, toIssue, type WireIssue } from './issue-wire.ts';
import { theMilestone } from './milestones.ts';
import { findParent, removeParent, setParent } from './parents.ts';

export const TITLE_LIMIT = 256;
const MOST_ASSIGNEES = 10;

export interface Writing {
  readonly world: World;
  readonly api: Api;
  readonly fields: IssueFields;
  readonly features: Features;
}

/** As GitHub takes them, in both create and update. */
interface WireFields {
  title?: string;
  body?: string;
  labels?: string[];
  assignees?: string[];
  milestone?: number | null;
  type?: string;
  state?: 'open' | 'closed';
  state_reason?: StateReason;
}

export async function createIssue(writing: Writing, draft: IssueDraft): Promise<Issue> {
  const { api, fields } = writing;
  const found = await lookUp(writing, 'createIssue', draft);
  const labels = found.labels.forDraft(draft);
  const assignees = [...new Set(draft.assignees)];
  const created = await createWith(writing, assignees, {
    title: cut(draft.title, TITLE_LIMIT),
    body: withMetadata(draft.body, draft.metadata),
    ...found.wire,
    ...(labels.length > 0 ? { labels } : {}),
  });
  api.issues.add(created.number);
  warnOfDropped(writing.world, { labels, assignees, ...found.wire }, created);
  const rest = async () => {
    if (found.parent) await setParent(api, 'createIssue', created, found.parent);
    return draft.state === undefined ? created : move(writing, 'createIssue', created, { state: draft.state });
  };
  const whole = await rest().catch((error: unknown) => {
    throw halfWritten(asPaceError(error), created);
  });
  return { ...toIssue(whole, fields), ...parentOf(draft) };
}

export async function updateIssue(writing: Writing, key: string, patch: IssuePatch): Promise<Issue> {
  const operation = 'updateIssue';
  const { api, fields } = writing;
  const address = addressOf(api, operation, key);
  const found = await lookUp(writing, operation, patch, key);
  const before = needsBefore(fields, patch) ? await getIssue(api, operation, address) : undefined;
  if (!before) await requireIssue(api, operation, address);
  const labels = labelsAfter(writing, found.labels, patch, before);
  const wire: WireFields = {
    ...(patch.title === undefined ? {} : { title: cut(patch.title, TITLE_LIMIT) }),
    ...newBody(patch, before),
    ...found.wire,
    ...(patch.milestone === null ? { milestone: null } : {}),
    ...(patch.assignees === undefined ? {} : { assignees: [...new Set(patch.assignees)] }),
    ...(labels === undefined || patch.labels === undefined ? {} : { labels }),
    ...stateAfter(fields, patch, before),
  };
  const steps = inSteps(key);
  const isEmpty = Object.keys(wire).length === 0;
  let issue = isEmpty
    ? (before ?? (await getIssue(api, operation, address)))
    : await steps
        .write(namesOf(wire), () => patchIssue(api, operation, address, wire))
        .catch((error: unknown) => {
          throw aboutAssignees(asPaceError(error), patch.assignees ?? []);
        });
  issue = await reassign(api, operation, issue, patch, steps);
  // the labels that are there are changed one by one, so that those of others stay
  if (before && labels !== undefined && patch.labels === undefined)
    issue = await relabel(api, operation, issue, { from: labelNames(before), to: labels, steps });
  warnOfDropped(writing.world, labels === undefined ? wire : { ...wire, labels }, issue);
  const { parent: above } = found;
  if (above) await steps.write('parent', () => setParent(api, operation, issue, above));
  if (patch.parent === null) await steps.write('parent', () => removeParent(api, operation, issue));
  if (patch.state !== undefined) issue = await move(writing, operation, issue, { state: patch.state }, steps);
  const { parent, ...rest } = toIssue(issue, fields);
  return { ...rest, ...(parent === undefined || patch.parent === null ? {} : { parent }), ...parentOf(patch) };
}

export async function transitionIssue(writing: Writing, key: string, target: Target): Promise<Issue> {
  const operation = 'transitionIssue';
  const known = await getIssue(writing.api, operation, addressOf(writing.api, operation, key));
  return toIssue(await move(writing, operation, known, target), writing.fields);
}

/** Brings the issue to the target with as few requests as it takes: none when it is there. */
async function move(
  { api, fields }: Writing,
  operation: string,
  wire: WireIssue,
  target: Target,
  steps = inSteps(String(wire.number)),
): Promise<WireIssue> {
  const issue = toIssue(wire, fields);
  const { label, ...wanted } = fields.move(target);
  const address = addressOf(api, operation, issue.key);
  const isThere = issue.state === target.state && (target.name === undefined || sameName(target.name, issue.stateName));
  const put = (to: WireFields) => steps.write('state', () => patchIssue(api, operation, address, to));
  let from = wire.state;
  if (!isThere && from === wanted.state && from === 'closed') {
    // the reason counts only when the state changes
    from = (await put({ state: 'open', state_reason: 'reopened' })).state;
  }
  const moved = from === wanted.state ? wire : await put(wanted);
  if (isThere && label !== undefined) return moved;
  const present = labelNames(moved);
  return relabel(api, operation, moved, { from: present, to: withStateLabel(fields, present, label), steps });
}

/** Of the issue, as they are called here. */
function namesOf({ state_reason: _, ...wire }: WireFields): string[] {
  return Object.keys(wire);
}

function withStateLabel({ states }: IssueFields, labels: readonly string[], label: string | undefined): string[] {
  const others = labels.filter((name) => states.toState(name) === undefined);
  return label === undefined ? others : [...others, label];
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((name) => others.includes(name));
}

interface LookedUp {
  readonly wire: Pick<WireFields, 'milestone' | 'type'>;
  readonly parent?: IssueAddress;
  /** What the labels of the issue say once this is written. */
  readonly labels: FieldLabels;
}

/** What the draft or the patch names is found before anything is written. A plain one costs no request. */
async function lookUp(
  { api, fields, features }: Writing,
  operation: string,
  { milestone, parent, type, assignees }: IssueDraft | IssuePatch,
  self?: string,
): Promise<LookedUp> {
  if (assignees && assignees.length > MOST_ASSIGNEES) throw tooMany(operation, assignees.length);
  const types = type === undefined ? undefined : await features.issueTypes();
  return {
    labels: types ? fields.withoutType : fields.withType,
    wire: {
      ...(type !== undefined && types ? { type: theType(operation, type, types) } : {}),
      ...(typeof milestone === 'string' ? { milestone: await theMilestone(api, operation, milestone) } : {}),
    },
    ...(typeof parent === 'string' ? { parent: await findParent(api, operation, parent, self) } : {}),
  };
}

function theType(operation: string, wanted: string, types: readonly string[]): string {
  const found = types.find((name) => name.toLowerCase() === wanted.trim().toLowerCase());
  if (found !== undefined) return found;
  throw new PaceError({
    kind: 'validation',
    message: `The organisation has no issue type “${plainLine(wanted, 60)}”. It has: ${types.map((name) => plainLine(name, 60)).join(', ')}.`,
    remedy: 'Please name one of them.',
    operation,
  });
}

/** Body and metadata share one text, and fields share the list of labels. */
function needsBefore({ withType }: IssueFields, patch: IssuePatch): boolean {
  const onlyOne = (patch.body === undefined) !== (patch.metadata === undefined);
  const { state, ...rest } = patch;
  const isLabelled = state !== undefined && state !== 'open' && state !== 'done' && state !== 'canceled';
  return onlyOne || isLabelled || withType.forPatch(rest, NOTHING) !== undefined;
}

const NOTHING = { labels: [], state: 'open' } as const;

function newBody({ body, metadata }: IssuePatch, before: WireIssue | undefined): { body?: string } {
  if (body === undefined && metadata === undefined) return {};
  if (body !== undefined && metadata !== undefined) return { body: withMetadata(body, metadata) };
  const known = splitMetadata(unifyLineEnds(before?.body ?? ''));
  return { body: withMetadata(body ?? known.body, metadata ?? known.metadata) };
}

function labelsAfter(
  { fields }: Writing,
  after: FieldLabels,
  patch: IssuePatch,
  before: WireIssue | undefined,
): string[] | undefined {
  if (!before) return undefined;
  // a type that is written becomes GitHub's own or a label; one that is not stays what it is
  const writer = patch.type === undefined ? fields.labelsOf(before) : after;
  const asked = patch.type === undefined ? patch : { addLabels: [], ...patch };
  // what a field of the organisation tells is no label that stays
  const labels = writer.forPatch(asked, toIssue({ ...before, issue_field_values: null }, fields));
  return labels === undefined || isSame(labels, labelNames(before)) ? undefined : labels;
}

/** Closing and opening go with the rest; `move` sees to what is left. */
function stateAfter({ move: moveOf }: IssueFields, { state }: IssuePatch, before: WireIssue | undefined): WireFields {
  if (state === undefined) return {};
  const { label: _, ...wanted } = moveOf({ state });
  return before?.state === wanted.state ? {} : wanted;
}

async function patchIssue(api: Api, operation: string, address: IssueAddress, wire: WireFields): Promise<WireIssue> {
  return atIssue(api, operation, address, (where) =>
    api.call(operation, 'write issues', (octokit) =>
      octokit.request('PATCH /repos/{owner}/{repo}/issues/{issue_number}', { ...where, ...wire }),
    ),
  );
}

/** One name that GitHub does not accept makes it refuse the whole issue: then it is created without assignees. */
async function createWith(
  writing: Writing,
  assignees: readonly string[],
  wire: WireFields & { title: string },
): Promise<WireIssue> {
  const { api } = writing;
  try {
    return await api.call('createIssue', 'write issues', (octokit) =>
      octokit.request('POST /repos/{owner}/{repo}/issues', {
        ...api.repository,
        ...wire,
        ...(assignees.length > 0 ? { assignees: [...assignees] } : {}),
      }),
    );
  } catch (error) {
    if (assignees.length === 0 || !isAboutAssignees(asPaceError(error))) throw error;
    return createWith(writing, [], wire);
  }
}

function isAboutAssignees({ status, vendorMessage }: PaceError): boolean {
  return status === 422 && Boolean(vendorMessage?.includes('assignees'));
}

function aboutAssignees(error: PaceError, assignees: readonly string[]): PaceError {
  if (assignees.length === 0 || !isAboutAssignees(error)) return error;
  return withOperation(error, 'updateIssue', {
    message: `Not all of these can be assigned: ${plainLine(assignees.join(', '), 200)}. Nothing was changed.`,
    remedy: 'Please name people who have access to the repository, by their login.',
  });
}

function tooMany(operation: string, count: number): PaceError {
  return new PaceError({
    kind: 'validation',
    message: `GitHub assigns an issue to ${MOST_ASSIGNEES} people at most, not to ${count}.`,
    remedy: 'Please name fewer people.',
    operation,
  });
}

function halfWritten(error: PaceError, { html_url, number }: WireIssue): PaceError {
  return revised(error, {
    operation: 'createIssue',
    message: `${html_url} was created, but not all of it could be set: ${error.message}`,
    done: [`${number}: created`],
    unsure: false,
  });
}

function parentOf({ parent }: IssueDraft | IssuePatch): { parent?: string } {
  return typeof parent === 'string' ? { parent: parent.replace(/^#/, '') } : {};
}

/** GitHub drops labels, assignees, milestone and type without a word when the caller may not push. */
function warnOfDropped(world: World, wanted: WireFields, issue: WireIssue): void {
  const assigned = new Set(issue.assignees?.map(({ login }) => login.toLowerCase()));
  const strangers = (wanted.assignees ?? []).filter((login) => !assigned.has(login.toLowerCase()));
  if (strangers.length > 0) {
    const what = assigned.size === 0 ? 'has no assignees' : 'lacks assignees';
    world.log.warn(`${issue.html_url} ${what}: ${plainLine(strangers.join(', '), 200)} cannot be assigned.`);
  }
  const present = new Set(labelNames(issue).map((label) => label.toLowerCase()));
  const labels = (wanted.labels ?? []).filter((label) => !present.has(label.toLowerCase()));
  const lacking = [
    ...(labels.length > 0 ? [['the labels', labels.join(', '), 'labels']] : []),
    ...(typeof wanted.milestone === 'number' && !issue.milestone ? [['the', 'milestone', 'milestones']] : []),
    ...(wanted.type !== undefined && !issue.type ? [['the', 'type', 'types']] : []),
  ];
  for (const [what, names = '', dropped] of lacking) {
    world.log.warn(
      `${issue.html_url} lacks ${what} ${plainLine(names, 300)}: GitHub drops ${dropped} when the token's owner may not push to the repository.`,
    );
  }
}
