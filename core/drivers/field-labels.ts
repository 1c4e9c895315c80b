/**
 * Fields that a tracker has no place for, kept as labels: `status:in-progress`, `priority:high`, `type:bug`, `points:3`. On the
 * way in they become fields and leave the list of labels; on the way out they join it. People see and set them like any label.
 */

import { defined } from '../defined.ts';
import {
  type Issue,
  type IssueDraft,
  type IssueFilter,
  type IssuePatch,
  type IssueState,
  isClosed,
  PRIORITIES,
  PRIORITY_NAMES,
  type Priority,
} from '../ports/issue.ts';
import type { StateNames, StatusMap } from './status-map.ts';

/** The labels of states, for a tracker that knows only open and closed. To be the defaults of its status map. */
export const STATE_LABELS = {
  in_progress: ['status:in-progress'],
  in_review: ['status:in-review'],
  blocked: ['status:blocked'],
} as const satisfies StateNames;

/** The same, for a tracker whose closed issues do not tell why they were closed. */
export const STATE_LABELS_WITH_CANCELED = {
  ...STATE_LABELS,
  canceled: ['status:canceled'],
} as const satisfies StateNames;

export type LabelledField = 'type' | 'priority' | 'storyPoints';

/** What labels say besides themselves. */
export interface LabelledFields {
  /** The labels that are only labels. */
  readonly labels: readonly string[];
  readonly state?: IssueState;
  readonly stateName?: string;
  readonly type?: string;
  readonly priority?: Priority;
  readonly storyPoints?: number;
}

export interface FieldLabels {
  /** Takes the fields out of labels as the tracker has them. */
  read(labels: readonly string[]): LabelledFields;
  /** The labels to write for a new issue. */
  forDraft(draft: IssueDraft): string[];
  /** The labels to write for a change of an issue as it was read; `undefined` when they stay as they are. */
  forPatch(
    patch: IssuePatch,
    before: Pick<Issue, 'labels' | 'state' | 'type' | 'priority' | 'storyPoints'> & Partial<Pick<Issue, 'stateName'>>,
  ): string[] | undefined;
  /** The labels that a filter asks for, so that the tracker itself can look: type, priority and a single state included. */
  forFilter(filter: IssueFilter): string[];
}

const PREFIX = { type: 'type:', priority: 'priority:', storyPoints: 'points:' } as const;

/** `states` names the labels of states; `fields` are those that the tracker itself lacks. */
export function createFieldLabels(states: StatusMap, fields: readonly LabelledField[]): FieldLabels {
  const has = (field: LabelledField) => fields.includes(field);

  function read(labels: readonly string[]): LabelledFields {
    const found: { -readonly [Name in keyof LabelledFields]: LabelledFields[Name] } = { labels: [] };
    const plain: string[] = [];
    for (const label of labels) {
      const state = states.toState(label);
      const type = has('type') ? after(label, PREFIX.type) : undefined;
      const priority = has('priority') ? toPriority(after(label, PREFIX.priority)) : undefined;
      const points = has('storyPoints') ? toPoints(after(label, PREFIX.storyPoints)) : undefined;
      if (state !== undefined) Object.assign(found, { state, stateName: label });
      else if (type !== undefined) found.type = type.toLowerCase();
      else if (priority !== undefined) found.priority = priority;
      else if (points !== undefined) found.storyPoints = points;
      else plain.push(label);
    }
    return { ...found, labels: plain };
  }

  /** Of several labels for the state, the one that is there stays. */
  function labelOf(state: IssueState, present: string | undefined): string | undefined {
    const names = states.toNames(state);
    return names.find((name) => name.toLowerCase() === present?.toLowerCase()) ?? names[0];
  }

  function write(plain: readonly string[], values: Omit<LabelledFields, 'labels'>): string[] {
    const { state, stateName, type, priority, storyPoints } = values;
    const stateLabel = state === undefined ? undefined : labelOf(state, stateName);
    return [
      ...new Set([
        ...plain,
        ...(stateLabel === undefined ? [] : [stateLabel]),
        ...(has('type') && type !== undefined ? [`${PREFIX.type}${type}`] : []),
        ...(has('priority') && priority !== undefined ? [`${PREFIX.priority}${PRIORITY_NAMES[priority]}`] : []),
        ...(has('storyPoints') && storyPoints !== undefined ? [`${PREFIX.storyPoints}${storyPoints}`] : []),
      ]),
    ];
  }

  return {
    read,
    forDraft: (draft) => {
      const said = read(draft.labels ?? []);
      return write(said.labels, { ...said, ...fieldsOf(draft) });
    },
    forPatch: (patch, before) => {
      const changes = [patch.labels, patch.addLabels, patch.removeLabels, patch.state].some(
        (given) => given !== undefined,
      );
      if (!changes && !fields.some((field) => patch[field] !== undefined)) return undefined;
      const given = read([...(patch.labels ?? before.labels), ...(patch.addLabels ?? [])]);
      const removed = new Set(patch.removeLabels);
      const kept = given.labels.filter((label) => !removed.has(label));
      const stateName = (given.stateName ?? before.stateName) || undefined;
      const fieldsNow = { ...fieldsOf(before), ...fieldsOf(given), ...fieldsOf(patch), ...defined({ stateName }) };
      const gone = (field: LabelledField) => patch[field] === null || removedField(field, fieldsNow[field], removed);
      const left = Object.fromEntries(Object.entries(fieldsNow).filter(([name]) => !gone(name as LabelledField)));
      return write(kept, left);
    },
    forFilter: ({ labels = [], states: wanted = [], type, priority }) => {
      const [only, ...more] = wanted;
      const single = only !== undefined && more.length === 0 && !isClosed(only) ? { state: only } : {};
      return write(labels, {
        ...single,
        ...defined({ type, priority }),
      });
    },
  };

  function removedField(field: LabelledField, value: unknown, removed: ReadonlySet<string>): boolean {
    if (value === undefined || !(field in PREFIX)) return false;
    return write([], { [field]: value }).some((label) => removed.has(label));
  }
}

/** The fields that a value sets: no `undefined`, no `null`. */
function fieldsOf(values: Partial<Record<LabelledField | 'state', unknown>>): Omit<LabelledFields, 'labels'> {
  const names = ['state', 'type', 'priority', 'storyPoints'] as const;
  return Object.fromEntries(
    names.flatMap((name) => (values[name] === undefined || values[name] === null ? [] : [[name, values[name]]])),
  );
}

function after(label: string, prefix: string): string | undefined {
  const rest = label.toLowerCase().startsWith(prefix) ? label.slice(prefix.length).trim() : '';
  return rest === '' ? undefined : rest;
}

/** A priority by one of its names, as people and other tools write them, or by its number; `undefined` for other words. */
export function toPriority(word: string | undefined): Priority | undefined {
  if (word === undefined) return undefined;
  const place = /^p?[0-4]$/i.test(word)
    ? Number(word.slice(-1))
    : PRIORITY_WORDS.findIndex((words) => words.includes(word.toLowerCase()));
  return PRIORITIES.find((priority) => priority === place);
}

const PRIORITY_WORDS: readonly (readonly string[])[] = [
  [PRIORITY_NAMES[0], 'urgent', 'highest', 'blocker'],
  [PRIORITY_NAMES[1], 'major'],
  [PRIORITY_NAMES[2], 'normal'],
  [PRIORITY_NAMES[3], 'minor'],
  [PRIORITY_NAMES[4], 'trivial', 'backlog'],
];

function toPoints(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,6}(\.\d{1,3})?$/.test(text) ? Number(text) : undefined;
}
