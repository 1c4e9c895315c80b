/** Creating, changing and moving issues. */

import { defined } from '../../core/defined.ts';
import { asPaceError, PaceError, unsupported } from '../../core/errors.ts';
import { unexpectedAnswer } from '../../core/http/unexpected-answer.ts';
import type { Target, TrackerDriver } from '../../core/ports/index.ts';
import type { Issue, IssueDraft, IssuePatch } from '../../core/ports/issue.ts';
import { cut, plainLine } from '../../core/text/untrusted-text.ts';
import { finishing, maybeCreated, partlyChanged } from '../../core/tracker/partly.ts';
import { editedLabels } from '../../core/tracker/patched-issue.ts';
import { keyOf, noSuchIssue } from './address.ts';
import { type Api, flag } from './api.ts';
import type { Tracker } from './issue-context.ts';
import {
  fromLines,
  fromText,
  keysIn,
  PRIORITY_WORDS,
  propertyLabels,
  textOf,
  toIssue,
  toWireIssue,
  type WireIssue,
} from './wire.ts';

export const TITLE_LIMIT = 255;

export function issueWrites(tracker: Tracker): Pick<TrackerDriver, 'createIssue' | 'updateIssue' | 'transitionIssue'> {
  return {
    createIssue: (draft) => createIssue(tracker, draft),
    updateIssue: (key, patch) => updateIssue(tracker, key, patch),
    transitionIssue: async (key, target) => {
      const before = await readIssue(tracker.api, key);
      const { state, stateName } = toIssue(before, tracker.states);
      const isNamed = target.name === undefined || target.name.toLowerCase() === stateName.toLowerCase();
      if (state === target.state && isNamed) return toIssue(before, tracker.states);
      return change(tracker, before, {}, target);
    },
  };
}

/** Older versions tell an issue in a line, and its text as context. */
export async function readIssue(api: Api, key: string): Promise<WireIssue> {
  const id = keyOf(key);
  const found = await api.json(['issue', 'show', id]);
  if (found === undefined) return readPlainly(api, id);
  const wire = toWireIssue(found);
  if (!wire.displayId) throw unexpectedAnswer('fp', 'displayId of an issue is not text');
  const letters = id.slice(id.lastIndexOf('-') + 1);
  if (wire.displayId !== id && !wire.id.startsWith(letters)) throw noSuchIssue(key);
  return wire;
}

async function readPlainly(api: Api, id: string): Promise<WireIssue> {
  const [wire] = fromLines((await api.run(['issue', 'show', id])).stdout);
  if (wire?.displayId !== id) throw noSuchIssue(id);
  return { ...wire, description: (await api.run(['context', id])).stdout.trim() };
}

async function createIssue(tracker: Tracker, draft: IssueDraft): Promise<Issue> {
  const { api, states } = tracker;
  const { title, body, priority, assignees = [], parent, metadata = {}, state = 'open' } = draft;
  const labels = [...new Set(draft.labels)];
  if (parent !== undefined) await readIssue(api, parent);
  const isPlain = labels.length === 0 && state === 'open';
  const { hasLabels, statuses } = isPlain ? { hasLabels: false, statuses: [] } : await api.project();
  const status = isPlain ? undefined : states.write({ state }, statuses);
  if (hasLabels) requireListable(labels);
  const description = fromText(body, metadata, {
    ...(hasLabels ? {} : { labels }),
    ...(status?.isMarked ? { canceled: true } : {}),
  });
  const args = [
    ...flag('title', shortTitle(title)),
    ...(description === '' ? [] : flag('description', description)),
    ...(parent === undefined ? [] : flag('parent', keyOf(parent))),
    ...(priority === undefined ? [] : flag('priority', wordFor(priority))),
    ...(hasLabels && labels.length > 0 ? flag('property', `labels=${labels.join(',')}`) : []),
  ];
  const created = await createdBy(api, args, shortTitle(title)).catch((error: unknown) => {
    throw maybeCreated(asPaceError(error), 'fp issue list');
  });
  if (assignees.length > 0) {
    const names = plainLine(assignees.join(', '), 200);
    api.world.log.warn(`${created.displayId} is opened without ${names}: fp does not assign issues to people.`);
  }
  const issue = toIssue(created, states);
  return finishing(issue.key, async () => {
    if (issue.state === state) return hasLabels ? withLabels(tracker, created, labels) : issue;
    // new issues begin with a status of the project's choice
    const moved = await change(tracker, created, {}, { state });
    return hasLabels ? withLabels(tracker, await readIssue(api, issue.key), labels) : moved;
  });
}

async function createdBy(api: Api, args: readonly string[], title: string): Promise<WireIssue> {
  const { stdout } = await api.run(['issue', 'create', ...args]);
  return foundIn(api, stdout, title);
}

/** The new issue, whose id stands somewhere in what fp has said; the title that is said with it may name others. */
async function foundIn(api: Api, words: string, title: string): Promise<WireIssue> {
  const plain = (text: string) => text.replace(/\s+/g, ' ').trim();
  for (const key of keysIn(words)) {
    const wire = await readIssue(api, key).catch((error: unknown) => {
      // what only looks like an id
      if (asPaceError(error).kind !== 'not-found') throw error;
    });
    if (wire && plain(wire.title) === plain(title)) return wire;
  }
  throw unexpectedAnswer('fp', `the new issue is not named: ${plainLine(words, 80)}`);
}

async function updateIssue(tracker: Tracker, key: string, patch: IssuePatch): Promise<Issue> {
  const { api, states } = tracker;
  if ((patch.assignees ?? []).length > 0) {
    throw unsupported('fp', 'assign an issue', 'An issue of fp belongs to whoever works on it.');
  }
  const before = await readIssue(api, key);
  if (patch.parent) await readIssue(api, patch.parent);
  const { state } = patch;
  const stays = state === undefined || toIssue(before, states).state === state;
  return change(tracker, before, patch, stays ? undefined : { state });
}

/** Everything in one call: no part of a change is seen without the others. */
async function change(tracker: Tracker, before: WireIssue, patch: IssuePatch, target?: Target): Promise<Issue> {
  const { api, states } = tracker;
  const key = before.displayId ?? before.id;
  const labels = editedLabels(toIssue(before, states).labels, patch);
  const { hasLabels, statuses } = labels || target ? await api.project() : { hasLabels: false, statuses: [] };
  const status = target && states.write(target, statuses);
  const description = newDescription(before, patch, {
    ...(labels === undefined ? {} : { labels: hasLabels ? [] : labels }),
    ...defined({ isMarked: status?.isMarked }),
  });
  if (hasLabels && labels) requireListable(labels);
  const { title, priority, parent } = patch;
  const fields: [string, string][] = [
    ...given('title', title === undefined ? undefined : shortTitle(title)),
    ...given('description', description === (before.description ?? '') ? undefined : description),
    ...given('priority', priority === null ? 'none' : priority === undefined ? undefined : wordFor(priority)),
    ...given('parent', parent === null ? '' : parent === undefined ? undefined : keyOf(parent)),
    ...given('status', status?.status === before.status ? undefined : status?.status),
    ...given('property', hasLabels && labels ? `labels=${labels.join(',')}` : undefined),
  ];
  if (fields.length === 0) return toIssue(before, states);
  await api.requireFlags('issue update', [...new Set(fields.map(([name]) => name))]);
  await api.run(['issue', 'update', key, ...fields.flatMap(([name, value]) => flag(name, value))]);
  const after = await readIssue(api, key);
  if (!hasLabels || !labels) return toIssue(after, states);
  const done = fields.map(([name]) => name).filter((name) => name !== 'property');
  return withLabels(tracker, after, labels).catch((error: unknown) => {
    const known = asPaceError(error);
    throw done.length === 0 ? known : partlyChanged(key, known, { done, missing: ['labels'] });
  });
}

function newDescription(
  before: WireIssue,
  { body, metadata }: IssuePatch,
  changes: { labels?: readonly string[]; isMarked?: boolean },
): string {
  const known = textOf(before);
  const { labels = known.hidden.labels ?? [], isMarked = known.hidden.canceled === true } = changes;
  return fromText(body ?? known.body, metadata ?? known.metadata, {
    ...{ labels },
    ...(isMarked ? { canceled: true } : {}),
  });
}

/** Versions differ in how a property takes several values: what reads back decides. */
async function withLabels({ api, states }: Tracker, after: WireIssue, labels: readonly string[]): Promise<Issue> {
  const key = after.displayId ?? after.id;
  const isSame = (wire: WireIssue) => propertyLabels(wire).sort().join('\n') === [...labels].sort().join('\n');
  if (isSame(after)) return toIssue(after, states);
  await api.run(['issue', 'update', key, ...labels.flatMap((label) => flag('property', `labels=${label}`))]);
  const again = await readIssue(api, key);
  if (!isSame(again)) throw otherLabels(key, propertyLabels(again));
  return toIssue(again, states);
}

function otherLabels(key: string, kept: readonly string[]): PaceError {
  return new PaceError({
    kind: 'validation',
    message: `${key} has not the labels that were asked for: the project's extension has kept ${kept.length === 0 ? 'none' : plainLine(kept.join(', '), 200)}.`,
    remedy: 'Please see which labels the extension of the project allows: `fp guide`.',
  });
}

function given(name: string, value: string | undefined): [string, string][] {
  return value === undefined ? [] : [[name, value]];
}

function wordFor(priority: number): string {
  const word = PRIORITY_WORDS[priority];
  if (word !== undefined) return word;
  throw unsupported('fp', `keep the priority ${priority}`, `It has these: ${PRIORITY_WORDS.join(', ')}.`);
}

function requireListable(labels: readonly string[]): void {
  const bad = labels.find((label) => label.includes(','));
  if (bad === undefined) return;
  throw new PaceError({
    kind: 'validation',
    message: `The label “${plainLine(bad, 60)}” has a comma, which separates labels in fp.`,
    remedy: 'Please write it without.',
  });
}

function shortTitle(title: string): string {
  return cut(title.trim(), TITLE_LIMIT);
}
