/** Issues created, changed and moved: each by one change that the service takes whole. */
import { createHash } from 'node:crypto';
import { defined } from '../../core/defined.ts';
import { asPaceError } from '../../core/errors.ts';
import { unexpectedAnswer } from '../../core/http/unexpected-answer.ts';
import type { Target, TrackerDriver } from '../../core/ports/index.ts';
import type { Issue, IssueDraft, IssuePatch } from '../../core/ports/issue.ts';
import { cut } from '../../core/text/untrusted-text.ts';
import { afterDone, fieldsOf as fieldNames, finishing } from '../../core/tracker/partly.ts';
import { editedLabels } from '../../core/tracker/patched-issue.ts';
import { type Api, refIn, TITLE } from './api.ts';
import { fromText, priorityFor, statusFor, textOf, toIssue, type WireIssue } from './wire.ts';

export const TITLE_LIMIT = 255;

export function issueWrites(api: Api): Pick<TrackerDriver, 'createIssue' | 'updateIssue' | 'transitionIssue'> {
  return {
    createIssue: (draft) => createIssue(api, draft),
    updateIssue: (key, patch) => updateIssue(api, key, patch),
    transitionIssue: async (key, { state }) => change(api, await api.one(key), {}, { state }),
  };
}

async function createIssue(api: Api, draft: IssueDraft): Promise<Issue> {
  const { title, body, state = 'open', type, priority, labels, assignees, parent, metadata } = draft;
  const text = fromText(body, metadata);
  const patch = {
    title: cut(title, TITLE_LIMIT),
    ...(text === '' ? {} : { body: text }),
    ...defined({
      issue_type: type,
      priority: priority === undefined ? undefined : priorityFor(priority),
      labels: labels && labels.length > 0 ? [...new Set(labels)] : undefined,
      assignees: assignees && assignees.length > 0 ? [...new Set(assignees)] : undefined,
      parent_ref: parent === undefined ? undefined : await api.refOf(parent),
    }),
  };
  const status = state === 'open' ? {} : { target_status: statusFor(state) };
  // the same for the same issue: what was cut off is asked for with the same words again
  const mark = createHash('sha256')
    .update(JSON.stringify([patch, status]))
    .digest('hex')
    .slice(0, 12);
  const ref = await api.newRef(`new-${mark}`);
  const created = await api.push({ ref, action: 'create', patch, ...status });
  if (!created) throw unexpectedAnswer(TITLE, 'the new issue is not named');
  const key = created.key ?? created.id;
  return finishing(key, async () => toIssue(await api.one(key)));
}

async function updateIssue(api: Api, key: string, patch: IssuePatch): Promise<Issue> {
  const before = await api.one(key);
  return change(api, before, patch, patch.state === undefined ? undefined : { state: patch.state });
}

/** Nothing is sent where it would change nothing. */
async function change(api: Api, before: WireIssue, patch: IssuePatch, target: Target | undefined): Promise<Issue> {
  const issue = toIssue(before);
  const fields = await fieldsOf(api, before, issue, patch);
  const status = target && target.state !== issue.state ? { target_status: statusFor(target.state) } : {};
  if (Object.keys({ ...fields, ...status }).length === 0) return issue;
  const changed = Object.keys(fields).length > 0 ? { patch: fields } : {};
  await api.push({ ref: refIn(before.ref), action: 'update', ...changed, ...status });
  return reread(api, issue.key, [...new Set([...fieldNames(patch), ...(target ? ['state'] : [])])]);
}

/** What is written is written, although nobody could look at it afterwards. */
async function reread(api: Api, key: string, done: readonly string[]): Promise<Issue> {
  return api.one(key).then(toIssue, (error: unknown) => {
    throw afterDone(key, asPaceError(error), done);
  });
}

async function fieldsOf(
  api: Api,
  before: WireIssue,
  issue: Issue,
  patch: IssuePatch,
): Promise<Record<string, unknown>> {
  const { title, type, priority, assignees, parent } = patch;
  return defined({
    title: title === undefined ? undefined : cut(title, TITLE_LIMIT),
    body: changedText(before, patch),
    issue_type: type,
    priority: priority === undefined ? undefined : priorityFor(priority),
    labels: editedLabels(issue.labels, patch),
    assignees: assignees && [...new Set(assignees)],
    parent_ref: parent ? await api.refOf(parent) : parent,
  });
}

/** A body without metadata keeps those that are there. */
function changedText(before: WireIssue, { body, metadata }: IssuePatch): string | undefined {
  if (body === undefined && metadata === undefined) return undefined;
  const known = textOf(before);
  return fromText(body ?? known.body, metadata ?? known.metadata);
}
