/**
 * A copy whose making was never answered: it is there, and may lack what was to come with it or after it. What it lacks nobody has
 * changed, so it must never change its source. Pure.
 */
import { isRecord } from '../../core/record.ts';
import type { Looked } from './looking.ts';
import type { Intent, Pair } from './pair.ts';
import { spelling } from './set-words.ts';
import { heldBy, type View, valuesOf } from './snapshot.ts';
import {
  type Agreed,
  FIELDS,
  type FieldName,
  otherSide,
  type SideName,
  type Sides,
  sidesOf,
  type Values,
} from './values.ts';

/** The write that has made one issue of this pair as the copy of the other one, where nobody knows how it ended. */
export function makingOf(pair: Pair, open: readonly Intent[]): Intent | undefined {
  return open.find(({ kind, side, about }) => kind === 'create' && about['id'] === pair[otherSide(side)].id);
}

/** Both have agreed upon what the copy has: where they differ, it is the source that goes on. */
export function ofItsSource(looked: Looked, open: readonly Intent[], views: Sides<View>): Looked {
  const { pair, issues, links } = looked;
  const making = pair.base ? undefined : makingOf(pair, open);
  if (!making) return looked;
  const copy: SideName = making.side;
  const has = valuesOf(issues[copy], views[copy], links[copy]);
  const without = (fields: readonly FieldName[]): Agreed => ({
    ...has,
    ...Object.fromEntries(fields.map((field) => [field, NOTHING[field]])),
  });
  const empty = notSent(making);
  const sent = sentAs(making, has, views[copy]);
  const base = {
    source: { ...without(empty), ...sent.source },
    copy: { ...without(empty.filter((field) => BY_PEOPLE.includes(field))), ...sent.copy },
  };
  return { ...looked, pair: { ...pair, base: sidesOf((side) => (side === copy ? base.copy : base.source)) } };
}

/** Texts come whole or not at all, and labels are told one by one: what the copy has otherwise than it was sent, somebody has changed. */
export const KNOWN_AS_SENT = ['title', 'body', 'labels'] as const satisfies readonly FieldName[];

/** Of these both have agreed upon what was sent, as far as it has come. */
function sentAs(
  { about: { sent } }: Intent,
  has: Values,
  view: View,
): { readonly source: Agreed; readonly copy: Agreed } {
  // of an older PACE
  if (!isRecord(sent)) return { source: {}, copy: {} };
  const { title, body, labels } = sent;
  const isText = (value: unknown, there: string): value is string => typeof value === 'string' && there !== '';
  const texts = {
    ...(isText(title, has.title) && { title }),
    ...(isText(body, has.body) && { body }),
  };
  const held = heldBy(view, has);
  const named = Array.isArray(labels) ? labels.map(String) : undefined;
  const isIn = (label: string, all: readonly string[]) => all.some((one) => spelling(one) === spelling(label));
  return {
    source: { ...texts, ...(named && { labels: named.filter((label) => isIn(label, has.labels)) }) },
    copy: {
      ...texts,
      ...(texts.title !== undefined && { title: held('title', texts.title) }),
      ...(named && { labels: has.labels.filter((label) => isIn(label, named)) }),
    },
  };
}

/** Of these the source had nothing then: what the copy has of them is its tracker's own, or somebody's. */
function notSent({ about: { fields } }: Intent): FieldName[] {
  // of an older PACE
  if (!Array.isArray(fields)) return ['links'];
  return FIELDS.filter((field) => field in NOTHING && !fields.includes(field));
}

/** No tracker gives a new issue these by itself: somebody has done so since, and that goes to the source. */
const BY_PEOPLE: readonly FieldName[] = ['milestone', 'parent', 'storyPoints', 'dueDate', 'labels'];

const NOTHING: Agreed = {
  ...{ type: null, priority: null, milestone: null, parent: null, storyPoints: null, dueDate: null },
  ...{ labels: [], assignees: [], links: [] },
};
