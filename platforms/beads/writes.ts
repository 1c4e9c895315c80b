/** Creating, changing and moving issues. */
import { defined } from '../../core/defined.ts';
import { asPaceError, PaceError } from '../../core/errors.ts';
import type { Target, TrackerDriver } from '../../core/ports/index.ts';
import { type Issue, type IssueDraft, type IssuePatch, isClosed } from '../../core/ports/issue.ts';
import { option } from '../../core/programs/program.ts';
import { finishing, lackOf, maybeCreated, outcomeOf, partlyChanged, partlyCreated } from '../../core/tracker/partly.ts';
import { keyOf } from './address.ts';
import type { Api } from './api.ts';
import { typeOf } from './edges.ts';
import { asListItem, deferralArgs, fieldArgs, labelArgs, TITLE_LIMIT } from './fields.ts';
import type { Tracker } from './issue-context.ts';
import { inputOf, keptText, newText, textArgs } from './metadata.ts';
import { oneOf, toWireIssue, type WireIssue } from './shapes.ts';
import { moveTo } from './states.ts';
import { toIssue } from './wire.ts';

export function issueWrites(tracker: Tracker): Pick<TrackerDriver, 'createIssue' | 'updateIssue' | 'transitionIssue'> {
  return {
    createIssue: (draft) => createIssue(tracker, draft),
    updateIssue: (key, patch) => updateIssue(tracker, key, patch),
    transitionIssue: async (key, target) => {
      const before = await tracker.shows.issue(key);
      const { state, stateName } = toIssue(before, tracker.states);
      const isNamed = target.name === undefined || target.name.toLowerCase() === stateName.toLowerCase();
      if (state === target.state && isNamed) return toIssue(before, tracker.states);
      await move(tracker, before, target, { args: [] });
      return found(tracker, key);
    },
  };
}

async function found({ shows, states }: Tracker, key: string): Promise<Issue> {
  return toIssue(await shows.issue(key), states);
}

async function createIssue(tracker: Tracker, draft: IssueDraft): Promise<Issue> {
  const { api, states } = tracker;
  const { body, labels = [], parent, state = 'open', purpose } = draft;
  // the gate's own titles may be cut
  const title = purpose === undefined ? draft.title : shortened(draft.title);
  const { type, priority, assignees, dueDate, deferUntil } = draft;
  const target = moveTo(states, { state });
  const fields = fieldArgs({ title, ...defined({ type, priority, assignees, parent, dueDate, deferUntil }) });
  // a child gets the labels of its parent, unless it is told not to
  const isAlone = parent !== undefined && (await api.knows('create', 'no-inherit-labels'));
  const text = await keptText(api, body, draft.metadata);
  const args = [
    ...fields,
    ...textArgs(text),
    ...labels.map((label) => option('labels', asListItem(label))),
    ...(isAlone ? ['--no-inherit-labels'] : []),
  ];
  if (parent !== undefined) await tracker.shows.issue(parent);
  const { id, warnings } = await created(api, args, inputOf(text));
  const issue = await finished(tracker, id, target);
  const lack = lackOf('bd', draft, issue, warnings);
  if (lack) throw partlyCreated(id, lack);
  return issue;
}

async function created(api: Api, args: readonly string[], input: string | undefined) {
  try {
    const { payload, warnings } = await api.warned(['create', ...args], { input });
    return { id: toWireIssue(oneOf(payload)).id, warnings };
  } catch (error) {
    throw maybeCreated(asPaceError(error), 'bd list');
  }
}

/** Created with a status of its own, an issue would lack what goes with it. */
function finished(tracker: Tracker, id: string, target: ReturnType<typeof moveTo>): Promise<Issue> {
  return finishing(id, async () => {
    if (!('status' in target && target.status === 'open')) await bring(tracker.api, id, target);
    return found(tracker, id);
  });
}

async function updateIssue(tracker: Tracker, key: string, patch: IssuePatch): Promise<Issue> {
  const { api, states, shows } = tracker;
  const before = await shows.issue(key);
  if (patch.parent) await shows.issue(patch.parent);
  if (patch.state !== undefined) moveTo(states, { state: patch.state });
  const text = await newText(api, before, patch);
  const args = [...fieldArgs(patch), ...labelArgs(before.labels ?? [], patch), ...textArgs(text)];
  const stays = patch.state === undefined || toIssue(before, states).state === patch.state;
  if (stays && args.length === 0) return toIssue(before, states);
  try {
    if (patch.state !== undefined && !stays) {
      await move(tracker, before, { state: patch.state }, { args, input: inputOf(text) });
    } else await update(api, key, [...args, ...deferralArgs(before, patch)], inputOf(text));
  } catch (error) {
    throw await partly(tracker, before, patch, asPaceError(error));
  }
  return found(tracker, key);
}

/** The trouble of a change, with what of the change is there all the same. */
async function partly(tracker: Tracker, wire: WireIssue, patch: IssuePatch, error: PaceError): Promise<PaceError> {
  const before = toIssue(wire, tracker.states);
  const after = await found(tracker, wire.id).catch(() => undefined);
  const outcome = after && outcomeOf(before, after, patch);
  return outcome && outcome.done.length > 0 ? partlyChanged(wire.id, error, outcome) : error;
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
  refuseBlocked(before);
  const reopened = isClosed(toIssue(before, states).state) ? [option('status', 'open')] : [];
  if (args.length + reopened.length > 0) await update(api, before.id, [...args, ...reopened], input);
  await bring(api, before.id, wanted);
}

const OPEN = new Set(['open', 'in_progress', 'blocked', 'deferred', 'hooked']);

/** bd would refuse to close it when the rest is written already. */
function refuseBlocked({ id, status, dependencies }: WireIssue): void {
  if (status === 'closed') return;
  const open = (dependencies ?? []).filter((edge) => typeOf(edge) === 'blocks' && OPEN.has(edge.status ?? ''));
  if (open.length === 0) return;
  const ids = open.map((edge) => edge.depends_on_id ?? edge.id).join(', ');
  throw new PaceError({
    kind: 'transition',
    message: `${id} cannot be closed: it is blocked by ${ids}, which ${open.length === 1 ? 'is' : 'are'} open.`,
    remedy: 'Please first close what it waits for, or use `bd close --force` by hand.',
  });
}

async function bring(api: Api, id: string, target: ReturnType<typeof moveTo>): Promise<void> {
  if ('status' in target) return update(api, id, [option('status', target.status)]);
  await api.call(['close', id, option('reason', target.close)]);
}

async function update(api: Api, id: string, args: readonly string[], input?: string): Promise<void> {
  await api.call(['update', keyOf(id), ...args], { input });
}

function shortened(title: string): string {
  const text = title.trim();
  if (Buffer.byteLength(text) <= TITLE_LIMIT) return text;
  let short = text;
  while (Buffer.byteLength(`${short}…`) > TITLE_LIMIT) short = [...short].slice(0, -1).join('');
  return `${short}…`;
}
