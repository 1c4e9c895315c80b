/** Creating, changing and moving issues. */
import { withMetadata } from '../../core/drivers/hidden-metadata.ts';
import type { Target, TrackerDriver } from '../../core/ports/index.ts';
import { type Issue, type IssueDraft, type IssuePatch, isClosed, type Metadata } from '../../core/ports/issue.ts';
import { option } from '../../core/programs/program.ts';
import { cut } from '../../core/text/untrusted-text.ts';
import { editedLabels } from '../../core/tracker/patched-issue.ts';
import { keyOf, noSuchIssue } from './address.ts';
import type { Api } from './api.ts';
import type { Tracker } from './issue-context.ts';
import { moveTo } from './states.ts';
import {
  fromDay,
  fromType,
  METADATA_KEY,
  metadataOf,
  oneOf,
  textOf,
  toIssue,
  toWireIssue,
  type WireIssue,
} from './wire.ts';

/** bd counts bytes. */
export const TITLE_LIMIT = 500;

/** What an issue has when nobody has said it. */
const USUAL_PRIORITY = 2;

export function issueWrites(tracker: Tracker): Pick<TrackerDriver, 'createIssue' | 'updateIssue' | 'transitionIssue'> {
  return {
    createIssue: (draft) => createIssue(tracker, draft),
    updateIssue: (key, patch) => updateIssue(tracker, key, patch),
    transitionIssue: async (key, target) => {
      const before = await readIssue(tracker.api, key);
      const { state, stateName } = toIssue(before, tracker.states);
      const isNamed = target.name === undefined || target.name.toLowerCase() === stateName.toLowerCase();
      if (state === target.state && isNamed) return toIssue(before, tracker.states);
      await move(tracker, before, target, { args: [] });
      return found(tracker, key);
    },
  };
}

/** Throws `not-found` also where bd has taken the key for the beginning of another. */
export async function readIssue(api: Api, key: string, ...flags: string[]): Promise<WireIssue> {
  const one = oneOf(await api.call(['show', keyOf(key), ...flags]));
  if (one === undefined) throw noSuchIssue(key);
  const wire = toWireIssue(one);
  if (wire.id !== key) throw noSuchIssue(key);
  return wire;
}

async function found({ api, states }: Tracker, key: string): Promise<Issue> {
  return toIssue(await readIssue(api, key), states);
}

async function createIssue(tracker: Tracker, draft: IssueDraft): Promise<Issue> {
  const { api, states } = tracker;
  const { title, body, type, priority, labels = [], assignees = [], parent, dueDate, state = 'open' } = draft;
  const target = moveTo(states, { state });
  // a child gets the labels of its parent, unless it is told not to
  const isAlone = parent !== undefined && (await api.knows('create', 'no-inherit-labels'));
  const text = await keptText(api, body, draft.metadata);
  const args = [
    option('title', shortTitle(title)),
    ...textArgs(text),
    ...(type === undefined ? [] : [option('type', fromType(type))]),
    ...(priority === undefined ? [] : [option('priority', priority)]),
    ...labels.map((label) => option('labels', asListItem(label))),
    ...assignees.slice(0, 1).map((name) => option('assignee', name)),
    ...(parent === undefined ? [] : [option('parent', keyOf(parent))]),
    ...(isAlone ? ['--no-inherit-labels'] : []),
    ...(dueDate === undefined ? [] : [option('due', fromDay(dueDate))]),
  ];
  if (parent !== undefined) await readIssue(api, parent);
  const { id } = toWireIssue(oneOf(await api.call(['create', ...args], inputOf(text))));
  // created with a status of its own, an issue would lack what goes with it
  if (!('status' in target && target.status === 'open')) await bring(api, id, target);
  return found(tracker, id);
}

async function updateIssue(tracker: Tracker, key: string, patch: IssuePatch): Promise<Issue> {
  const { api, states } = tracker;
  const before = await readIssue(api, key);
  if (patch.parent) await readIssue(api, patch.parent);
  if (patch.state !== undefined) moveTo(states, { state: patch.state });
  const text = await newText(api, before, patch);
  const args = [...fieldArgs(patch), ...labelArgs(before.labels ?? [], patch), ...textArgs(text)];
  const stays = patch.state === undefined || toIssue(before, states).state === patch.state;
  if (patch.state !== undefined && !stays)
    await move(tracker, before, { state: patch.state }, { args, input: inputOf(text) });
  else if (args.length > 0) await update(api, key, args, inputOf(text));
  else return toIssue(before, states);
  return found(tracker, key);
}

/** Brings the issue to another state, the other changes first; what is closed is opened before it is closed in another way. */
async function move(
  { api, states }: Tracker,
  before: WireIssue,
  target: Target,
  { args, input }: { readonly args: readonly string[]; readonly input?: string | undefined },
): Promise<void> {
  const wanted = moveTo(states, target);
  if ('status' in wanted) return update(api, before.id, [...args, option('status', wanted.status)], input);
  const reopened = isClosed(toIssue(before, states).state) ? [option('status', 'open')] : [];
  if (args.length + reopened.length > 0) await update(api, before.id, [...args, ...reopened], input);
  await bring(api, before.id, wanted);
}

async function bring(api: Api, id: string, target: ReturnType<typeof moveTo>): Promise<void> {
  if ('status' in target) return update(api, id, [option('status', target.status)]);
  await api.call(['close', id, option('reason', target.close)]);
}

async function update(api: Api, id: string, args: readonly string[], input?: string): Promise<void> {
  await api.call(['update', id, ...args], input);
}

function fieldArgs({ title, type, priority, assignees, parent, dueDate }: IssuePatch): string[] {
  return [
    ...(title === undefined ? [] : [option('title', shortTitle(title))]),
    ...(type === undefined ? [] : [option('type', fromType(type))]),
    // every issue has one here
    ...(priority === undefined ? [] : [option('priority', priority ?? USUAL_PRIORITY)]),
    ...(assignees === undefined ? [] : [option('assignee', assignees[0] ?? '')]),
    ...(parent === undefined ? [] : [option('parent', parent === null ? '' : keyOf(parent))]),
    ...(dueDate === undefined ? [] : [option('due', dueDate === null ? '' : fromDay(dueDate))]),
  ];
}

/** What is added and what is removed: an empty list of all labels would change nothing. */
function labelArgs(before: readonly string[], patch: IssuePatch): string[] {
  const after = editedLabels(before, patch);
  if (after === undefined) return [];
  return [
    ...after.filter((label) => !before.includes(label)).map((label) => option('add-label', asListItem(label))),
    ...before.filter((label) => !after.includes(label)).map((label) => option('remove-label', asListItem(label))),
  ];
}

/** The flag takes several, as a line of CSV. https://pkg.go.dev/github.com/spf13/pflag#FlagSet.StringSlice */
export function asListItem(label: string): string {
  return /[",]/.test(label) ? `"${label.replaceAll('"', '""')}"` : label;
}

interface KeptText {
  readonly description?: string;
  /** As JSON. */
  readonly metadata?: string;
}

/** Body and metadata where this version keeps them; a text that looks like metadata of ours needs some beside it. */
async function keptText(api: Api, body: string, metadata: Metadata = {}, others: object = {}): Promise<KeptText> {
  const isNeeded = Object.keys(metadata).length > 0 || body.includes('<!-- pace:metadata ') || METADATA_KEY in others;
  if (!isNeeded) return body === '' ? {} : { description: body };
  if (!(await api.knows('create', 'metadata'))) return { description: withMetadata(body, metadata) };
  return { description: body, metadata: JSON.stringify({ ...others, [METADATA_KEY]: metadata }) };
}

async function newText(api: Api, before: WireIssue, { body, metadata }: IssuePatch): Promise<KeptText> {
  if (body === undefined && metadata === undefined) return {};
  const known = textOf(before);
  const others = metadataOf(before);
  const { description = '', metadata: json } = await keptText(
    api,
    body ?? known.body,
    metadata ?? known.metadata,
    others,
  );
  return {
    ...(description === (before.description ?? '') ? {} : { description }),
    ...(json === undefined || json === JSON.stringify(others) ? {} : { metadata: json }),
  };
}

function textArgs({ description, metadata }: KeptText): string[] {
  return [
    ...(description === undefined ? [] : [option('description', description)]),
    ...(metadata === undefined ? [] : [option('metadata', metadata)]),
  ];
}

/** A single dash means “read it from the input” to newer versions: then it stands there, too. */
function inputOf({ description }: KeptText): string | undefined {
  return description === '-' ? '-' : undefined;
}

function shortTitle(title: string): string {
  let text = cut(title.trim(), TITLE_LIMIT);
  while (Buffer.byteLength(text) > TITLE_LIMIT) text = cut(text, text.length - 1);
  return text;
}
