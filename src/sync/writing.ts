/** Changes in the words of a pair become a draft or a patch for one side. What has no clear name there is told. Pure. */
import { PaceError } from '../../core/errors.ts';
import type { IssueDraft, IssuePatch, IssueState, Metadata, Priority } from '../../core/ports/index.ts';
import { ISSUE_STATES } from '../../core/ports/issue.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import { joinBody } from './footers.ts';
import type { NameMap } from './maps.ts';
import type { SetChange } from './merge-sets.ts';
import type { Changes } from './reconcile.ts';
import type { View } from './snapshot.ts';
import type { FieldName, Values } from './values.ts';

export interface Patch {
  readonly patch: IssuePatch;
  /** A state that the maps name in the tracker's own word; it is moved to after the rest. */
  readonly stateName?: string;
  /** Values that mean several names here: they are left. */
  readonly unclear: readonly Unclear[];
}

export interface Unclear {
  readonly field: FieldName;
  readonly names: readonly string[];
}

/** `own`: what stands in the body below what is kept in step. */
export function patchOf({ set, sets }: Changes, view: View, own: string): Patch {
  const unclear: Unclear[] = [];
  const named = (field: 'state' | 'type', map: NameMap, value: string | undefined) => {
    if (value === undefined || !value.startsWith('=')) return { plain: value };
    const back = map.back(value);
    if (back === undefined) return {};
    if ('name' in back) return { name: back.name };
    unclear.push({ field, names: back.unclear });
    return {};
  };
  const state = named('state', view.states, set.state);
  const type = named('type', view.types, set.type ?? undefined);
  const label = (common: string) => nameOf(view.labels, common);
  const person = (common: string) => view.people.back(common);
  const typeName = type.name?.toLowerCase() ?? type.plain;
  const patch: IssuePatch = {
    ...(set.title !== undefined && { title: set.title }),
    ...(set.body !== undefined && { body: joinBody({ shared: set.body, own }) }),
    ...(state.plain !== undefined && isState(state.plain) && { state: state.plain }),
    ...(typeName !== undefined && { type: typeName }),
    ...(set.priority !== undefined && { priority: set.priority }),
    ...(set.milestone !== undefined && { milestone: set.milestone }),
    ...(set.parent !== undefined && parentOf(set.parent, view)),
    ...(set.storyPoints !== undefined && { storyPoints: set.storyPoints }),
    ...(set.dueDate !== undefined && { dueDate: set.dueDate }),
    ...some('addLabels', sets.labels?.add.map(label)),
    ...some('removeLabels', sets.labels?.remove.map(label)),
    ...people(view, sets.assignees, person),
  };
  return { patch, ...(state.name !== undefined && { stateName: state.name }), unclear };
}

/** Where an issue has one assignee, a new one comes in the place of whoever is there. */
function people(
  { can }: View,
  { add, remove }: SetChange = { add: [], remove: [] },
  person: (common: string) => string | undefined,
): IssuePatch {
  const added = add.flatMap((name) => person(name) ?? []);
  const isOne = can.unsupported['several assignees'] !== undefined;
  if (isOne && added.length > 0) return { assignees: added.slice(0, 1) };
  return {
    ...some('addAssignees', added),
    ...some(
      'removeAssignees',
      remove.flatMap((name) => person(name) ?? []),
    ),
  };
}

function some(name: keyof IssuePatch, values: readonly string[] | undefined): IssuePatch {
  return values && values.length > 0 ? { [name]: values } : {};
}

function parentOf(pair: string | null, view: View): IssuePatch {
  if (pair === null) return { parent: null };
  const key = view.keyOf(pair);
  return key === undefined ? {} : { parent: key };
}

function nameOf(map: NameMap, common: string): string {
  const back = map.back(common);
  if (back === undefined) return common;
  return 'name' in back ? back.name : (back.unclear[0] ?? common);
}

function isState(text: string): text is IssueState {
  return ISSUE_STATES.some((state) => state === text);
}

export interface NewIssue {
  /** As the side can hold them. */
  readonly values: Values;
  readonly without: ReadonlySet<FieldName>;
  /** `''`: the copy says nothing of where it comes from. */
  readonly own: string;
  readonly metadata: Metadata | undefined;
}

export interface Draft {
  readonly draft: IssueDraft;
  /** To be moved to when it is there. */
  readonly stateName?: string;
  readonly unclear: readonly Unclear[];
}

export function draftOf({ values, without, own, metadata }: NewIssue, view: View): Draft {
  const has = <Value>(field: FieldName, value: Value | null): Value | undefined =>
    without.has(field) || value === null ? undefined : value;
  const { patch, stateName, unclear } = patchOf(
    {
      set: {
        ...{ title: values.title, body: values.body, state: values.state },
        ...given('type', has('type', values.type)),
        ...given('milestone', has('milestone', values.milestone)),
        ...given('storyPoints', has('storyPoints', values.storyPoints)),
        ...given('dueDate', has('dueDate', values.dueDate)),
        ...given('priority', has<Priority>('priority', values.priority)),
        ...given('parent', has('parent', values.parent)),
      },
      sets: {
        labels: { add: without.has('labels') ? [] : values.labels, remove: [] },
        assignees: { add: without.has('assignees') ? [] : values.assignees, remove: [] },
      },
    },
    view,
    own,
  );
  const {
    title = '',
    body = '',
    addLabels,
    addAssignees,
    assignees = addAssignees,
    state,
    type,
    priority,
    milestone,
    parent,
    storyPoints,
  } = patch;
  const { dueDate } = patch;
  return {
    draft: {
      ...{ title, body },
      ...given('state', state === 'open' ? undefined : state),
      ...given('type', type),
      ...given('priority', priority ?? undefined),
      ...given('milestone', milestone ?? undefined),
      ...given('parent', parent ?? undefined),
      ...given('storyPoints', storyPoints ?? undefined),
      ...given('dueDate', dueDate ?? undefined),
      ...given('labels', addLabels),
      ...given('assignees', assignees),
      ...given('metadata', metadata),
    },
    ...(stateName !== undefined && { stateName }),
    unclear,
  };
}

function given<Name extends string, Value>(name: Name, value: Value | undefined): { [Key in Name]?: Value } {
  return (value === undefined ? {} : { [name]: value }) as { [Key in Name]?: Value };
}

/** A value that has several names on the side that it is to be written to. */
export function unclearError({ field, names }: Unclear, key: string): PaceError {
  return new PaceError({
    kind: 'validation',
    message: `Which ${field} ${plainLine(key, 60)} is to have is not clear: the maps give several names: ${names.map((name) => `“${plainLine(name, 60)}”`).join(', ')}.`,
    remedy: 'Please set it there by hand, or make the map of this pair clear both ways.',
  });
}
