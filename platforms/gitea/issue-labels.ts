/** Which labels an issue gets: Gitea takes numbers, and drops without a word what its user may not set. */
import type { StatusMap } from '../../core/drivers/status-map.ts';
import { unless } from '../../core/drivers/unless.ts';
import { asPaceError } from '../../core/errors.ts';
import type { IssuePatch, IssueState } from '../../core/ports/issue.ts';
import { inSteps, type Steps } from '../../core/tracker/partly.ts';
import type { Api } from './api.ts';
import type { Tracker } from './issue-context.ts';
import { labelNames, toIssue, type WireIssue, type WireLabel } from './issue-wire.ts';
import { withoutRivals } from './labels.ts';
import type { Operation } from './refusals.ts';

/** An issue is worth more than its labels: a reader, who may not create them, opens it without. */
export async function labelsForNew(tracker: Tracker, names: readonly string[]): Promise<WireLabel[]> {
  const { world, labels } = tracker;
  if (names.length === 0) return [];
  try {
    return withoutRivals(await labels.ensure('createIssue', names), []);
  } catch (error) {
    const { kind, message, remedy } = asPaceError(error);
    if (kind !== 'permission' || !(await isReader(tracker))) throw error;
    world.log.warn(`Labels are missing and cannot be created: ${message} ${remedy}`);
    const fold = new Set(names.map((name) => name.toLowerCase()));
    return (await labels.named('createIssue', (name) => fold.has(name.toLowerCase()))) ?? [];
  }
}

async function isReader({ api }: Tracker): Promise<boolean> {
  const { permissions } = await api.call<{ permissions?: { push?: boolean } }>('createIssue', { path: api.repo });
  return permissions?.push === false;
}

export function missing(issue: WireIssue, labels: readonly WireLabel[]): string[] {
  const present = new Set((issue.labels ?? []).map(({ id }) => id));
  return labels.filter(({ id }) => !present.has(id)).map(({ name }) => name);
}

export interface LabelChange {
  readonly operation: Operation;
  readonly patch: IssuePatch;
  readonly before: WireIssue;
  /** Which of the labels for the state is wanted. */
  readonly stateName: string | undefined;
}

/** The labels to set, created where needed; `undefined` when they stay as they are. */
export async function newLabels(
  { fields, states, labels }: Tracker,
  { operation, patch, before, stateName }: LabelChange,
): Promise<WireLabel[] | undefined> {
  const present = labelNames(before);
  const wanted = fields.forPatch(patch, toIssue(before, fields));
  if (wanted === undefined) return undefined;
  const named = wanted.map((name) => namedLabel(states, patch.state, name, stateName));
  if (isSameSet(named, present)) return undefined;
  return withoutRivals(await labels.ensure(operation, named), present);
}

export interface Relabelling {
  /** Of the issue, below `/api/v1`. */
  readonly path: string;
  readonly from: readonly WireLabel[];
  readonly to: readonly WireLabel[];
  /** Nothing else shall be there. */
  readonly isWhole: boolean;
  readonly steps: Steps;
}

/** Adds and removes each label by itself, so that what others do to the labels meanwhile stays; the new ones first. */
export async function relabelled(
  api: Api,
  operation: Operation,
  { path, from, to, isWhole, steps }: Relabelling,
): Promise<void> {
  const without = (some: readonly WireLabel[], others: readonly WireLabel[]) =>
    some.filter(({ id }) => !others.some((other) => other.id === id));
  const send = (method: 'POST' | 'PUT', labels: readonly WireLabel[]) =>
    api.send(operation, { method, path: `${path}/labels`, body: { labels: ids(labels) } });
  const remove = async (labels: readonly WireLabel[]) => {
    for (const { id } of labels)
      await unless(['not-found', 'validation'], () =>
        api.send(operation, { method: 'DELETE', path: `${path}/labels/${id}` }),
      );
  };
  if (isWhole) {
    const back = { path, from: to, to: from, isWhole: false, steps: inSteps(path) };
    return steps.write(
      'labels',
      () => send('PUT', to),
      () => relabelled(api, operation, back),
    );
  }
  const added = without(to, from);
  const removed = without(from, to);
  const withdraw = async (labels: readonly WireLabel[]) => {
    for (const label of labels)
      await steps.write(
        'labels',
        () => remove([label]),
        () => send('POST', [label]),
      );
  };
  // of two that exclude each other the server keeps whichever it likes
  await withdraw(removed.filter(({ exclusive }) => exclusive));
  if (added.length > 0)
    await steps.write(
      'labels',
      () => send('POST', added),
      () => remove(added),
    );
  await withdraw(removed.filter(({ exclusive }) => !exclusive));
}

function ids(labels: readonly WireLabel[]): number[] {
  return labels.map(({ id }) => id);
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
