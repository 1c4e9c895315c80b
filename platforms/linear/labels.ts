/** Labels of a team and of the workspace. https://linear.app/docs/labels */

import { defined } from '../../core/defined.ts';
import { asPaceError, PaceError } from '../../core/errors.ts';
import { unexpectedAnswer } from '../../core/http/unexpected-answer.ts';
import type { Label } from '../../core/ports/index.ts';
import { storable } from '../../core/text/storable.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import type { LinearApi } from './api.ts';
import { documentParts } from './document.ts';
import {
  type Found,
  fold,
  type LinearLabel,
  type Lookup,
  needed,
  type Team,
  toLabel,
  type WireLabel,
} from './lookup.ts';
import { allOf } from './pages.ts';
import { LABEL, labelsOf } from './questions.ts';
import type { Operation } from './refusals.ts';
import { page, type Selection, textOf } from './selection.ts';
import type { WirePage } from './wire.ts';

interface Place {
  readonly api: LinearApi;
  readonly lookup: Lookup;
}

/** What has been looked for already. */
type Known = Pick<Found, 'team' | 'labels'>;

/** The ids for one issue; labels that do not exist are created. `known` is the outcome of looking for them. */
export async function labelIds(
  place: Place,
  operation: Operation,
  names: readonly string[],
  known?: Known,
): Promise<string[]> {
  const labels = await ensureLabels(place, operation, names, known);
  refuseGroups(labels);
  return labels.map(({ id }) => id);
}

/** The labels of these names; those that do not exist are created in the team. */
export async function ensureLabels(
  place: Place,
  operation: Operation,
  names: readonly string[],
  known?: Known,
): Promise<readonly LinearLabel[]> {
  const wanted = new Map(names.map((name) => [fold(name), storable(name.trim())]));
  const ask = () => place.lookup.find(operation, { team: true, labels: [...wanted.values()] });
  if (wanted.size === 0) return [];
  let found = known ?? (await ask());
  for (let attempt = 0; ; attempt += 1) {
    const there = new Set(found.labels.map(({ name }) => fold(name)));
    const missing = [...wanted].flatMap(([folded, name]) => (there.has(folded) ? [] : [name]));
    if (missing.length === 0) return found.labels.filter(({ name }) => wanted.has(fold(name)));
    if (attempt > 1) throw unexpectedAnswer('Linear', 'a new label has another name');
    try {
      await createLabels(place, operation, needed(found.team, 'the team'), missing);
    } catch (error) {
      // somebody else may have created it at the same time: then it is there now
      if (asPaceError(error).kind !== 'conflict' || attempt > 0) throw error;
    }
    found = await ask();
  }
}

async function createLabels(
  { api, lookup }: Place,
  operation: Operation,
  team: Team,
  names: readonly string[],
): Promise<void> {
  const asked = documentParts();
  for (const [index, name] of names.entries()) {
    const input = asked.variable('IssueLabelCreateInput!', { name, teamId: team.id });
    asked.field(`l${index}: issueLabelCreate(input: ${input}) { issueLabel { ${textOf(LABEL)} } }`);
  }
  const { text, declared, variables } = asked;
  const answer = await api.mutate<Created>(operation, text, declared, variables);
  lookup.learn(Object.values(answer).map(({ issueLabel }) => toLabel(issueLabel)));
}

type Created = Readonly<Record<string, { readonly issueLabel: WireLabel }>>;

function refuseGroups(labels: readonly LinearLabel[]): void {
  const group = labels.find(({ isGroup }) => isGroup);
  if (group)
    throw cannotBeSet(`“${plainLine(group.name, 80)}” is a group of labels.`, 'Please choose a label of the group.');
  for (const label of labels) {
    const sibling = labels.find(
      ({ id, group }) => id !== label.id && group !== undefined && group.id === label.group?.id,
    );
    if (!sibling) continue;
    const both = `“${plainLine(label.name, 80)}” and “${plainLine(sibling.name, 80)}”`;
    const words = `${both} are of the group “${plainLine(label.group?.name ?? '', 80)}”, of which an issue has one.`;
    throw cannotBeSet(words, 'Please choose one of them.');
  }
}

function cannotBeSet(message: string, remedy: string): PaceError {
  return new PaceError({ kind: 'validation', message, remedy });
}

interface WireFullLabel extends WireLabel {
  readonly description?: string | null;
  readonly color?: string | null;
}

interface Answer {
  readonly issueLabels?: WirePage<WireFullLabel>;
}

const FULL: Selection = [...LABEL, 'description', 'color'];

export function labelCalls(api: LinearApi, lookup: Lookup, team: string) {
  async function* listLabels(): AsyncGenerator<Label> {
    const filter = { and: [labelsOf(team), { isGroup: { eq: false } }] };
    const declared = '$filter: IssueLabelFilter, $after: String';
    const labels = allOf<WireFullLabel>({
      of: FULL,
      ask: async (first, after) => {
        const list = textOf([page('issueLabels', first, FULL, 'filter: $filter, after: $after')]);
        return (await api.query<Answer>('listLabels', list, declared, { filter, after })).issueLabels;
      },
    });
    for await (const label of labels) yield toNeutral(label);
  }

  async function theLabel(operation: Operation, name: string): Promise<LinearLabel> {
    lookup.forget(name);
    const [label] = (await lookup.find(operation, { labels: [name] })).labels;
    if (label) return label;
    throw new PaceError({
      kind: 'not-found',
      operation,
      message: `There is no label “${plainLine(name, 80)}” in the team ${team} or in the workspace.`,
      remedy: 'Please look at the existing labels: `pace label list`.',
    });
  }

  async function createLabel(label: Label): Promise<Label> {
    const { id } = await lookup.team('createLabel');
    const answer = await api.mutate<{ issueLabelCreate: { issueLabel: WireFullLabel } }>(
      'createLabel',
      `issueLabelCreate(input: $input) { issueLabel { ${textOf(FULL)} } }`,
      '$input: IssueLabelCreateInput!',
      { input: { ...toInput(label), name: storable(label.name), teamId: id } },
    );
    const { issueLabel } = answer.issueLabelCreate;
    lookup.learn([toLabel(issueLabel)]);
    return toNeutral(issueLabel);
  }

  async function updateLabel(name: string, changes: Partial<Label>): Promise<Label> {
    const { id } = await theLabel('updateLabel', name);
    const answer = await api.mutate<{ issueLabelUpdate: { issueLabel: WireFullLabel } }>(
      'updateLabel',
      `issueLabelUpdate(id: $id, input: $input) { issueLabel { ${textOf(FULL)} } }`,
      '$id: String!, $input: IssueLabelUpdateInput!',
      { id, input: toInput(changes) },
    );
    lookup.forget(name);
    return toNeutral(answer.issueLabelUpdate.issueLabel);
  }

  async function deleteLabel(name: string): Promise<void> {
    const { id } = await theLabel('deleteLabel', name);
    await api.mutate('deleteLabel', 'issueLabelDelete(id: $id) { success }', '$id: String!', { id });
    lookup.forget(name);
  }

  return { listLabels, createLabel, updateLabel, deleteLabel };
}

function toInput({ name, description, color }: Partial<Label>) {
  return {
    ...defined({
      name: name && storable(name),
      description: description && storable(description),
      color: color === undefined ? undefined : `#${color}`,
    }),
  };
}

function toNeutral({ name, description, color }: WireFullLabel): Label {
  return {
    name,
    ...defined({ description: description || undefined, color: color ? color.replace(/^#/, '') : undefined }),
  };
}
