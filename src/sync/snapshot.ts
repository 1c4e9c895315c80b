/** An issue as values of a pair, and what a side can hold of them. Pure. */
import type { Capabilities, Issue, IssueLink, IssueState, LinkType, Person } from '../../core/ports/index.ts';
import { ISSUE_STATES, PRIORITIES, type Priority } from '../../core/ports/issue.ts';
import { cut, plainLine } from '../../core/text/untrusted-text.ts';
import { keptLink } from '../../core/tracker/kept-link.ts';
import { splitBody } from './footers.ts';
import { fold, type NameMap, type PeopleMap } from './maps.ts';
import { plainMentions } from './mentions.ts';
import { type Agreed, type FieldName, linkOf, linkText, type SideName, type Values } from './values.ts';

/** What is needed to read a side's issues. */
export interface Reader {
  readonly side: SideName;
  /** Hides credentials. What is remembered and what is sent has been through it, so that nothing else may be compared. */
  redact(text: string): string;
  readonly states: NameMap;
  readonly types: NameMap;
  readonly labels: NameMap;
  readonly people: PeopleMap;
  /** The id of the pair that an issue of this side has, by its key. */
  pairOf(key: string): string | undefined;
  /** Of a pair that has lost an issue: how `valuesOf` names the issue of this side. */
  orphanName(pair: string): string | undefined;
}

/** And to write them. */
export interface View extends Reader {
  readonly can: Capabilities;
  readonly titleLimit: number;
  /** The reverse of `pairOf`. */
  keyOf(pair: string): string | undefined;
}

/** Without `links` those of the issue count; where it tells none, there are none. */
export function valuesOf(issue: Issue, view: Reader, links: readonly IssueLink[] = issue.links ?? []): Values {
  return {
    title: plainLine(view.redact(issue.title)),
    body: view.redact(plainMentions(splitBody(issue.body).shared)),
    state: view.states.toCommon(issue.stateName) ?? issue.state,
    type: issue.type === undefined ? null : (view.types.toCommon(issue.type) ?? fold(issue.type)),
    priority: issue.priority ?? null,
    milestone: issue.milestone === undefined ? null : view.redact(issue.milestone),
    parent: issue.parent === undefined ? null : pairName(issue.parent, view),
    storyPoints: issue.storyPoints ?? null,
    dueDate: issue.dueDate ?? null,
    labels: unique(issue.labels.filter(isCopied).map((label) => view.labels.toCommon(label) ?? view.redact(label))),
    assignees: unique(issue.assignees.map((person: Person) => view.people.toCommon(person))),
    links: unique(
      links.flatMap(({ type, target }) => {
        const pair = view.pairOf(target);
        return pair === undefined ? [] : [linkText(type, pair)];
      }),
    ),
  };
}

/** An issue that has no pair keeps the name that this side has for it: the other side has none. */
function pairName(key: string, { side, pairOf }: Reader): string {
  return pairOf(key) ?? `${side}:${key}`;
}

/**
 * What led to an issue that is gone on one side is as it was: that it leads nowhere now, or to what the other side does not have, is
 * nobody's change.
 */
export function withOrphans(now: Values, base: Agreed | undefined, { orphanName }: Reader): Values {
  const parent = base?.parent ?? null;
  const name = parent === null ? undefined : orphanName(parent);
  const isAsBefore = name !== undefined && (now.parent === null || now.parent === name);
  const lost = (base?.links ?? []).filter((link) => orphanName(linkOf(link).pair) !== undefined);
  if (!isAsBefore && lost.length === 0) return now;
  return { ...now, ...(isAsBefore && { parent }), links: unique([...now.links, ...lost]) };
}

/** A copied label of the gate would be half a hold. */
function isCopied(label: string): boolean {
  return !/^pace-(?:hold|advisory|story|day-\d+)$/i.test(label);
}

function unique(names: readonly string[]): string[] {
  return [...new Set(names)].sort();
}

/** The fields that this side has no place for, each with the reason. */
export function lacking({ can }: View): Map<FieldName, string> {
  const fields = ABLE.map((field) => [field, can.unsupported[field]] as const);
  return new Map(fields.flatMap(([field, why]) => (why === undefined ? [] : [[field, why]])));
}

const ABLE = [
  ...(['type', 'priority', 'milestone', 'parent', 'storyPoints', 'dueDate'] as const),
  ...(['labels', 'assignees', 'links'] as const),
];

export type Held = <Field extends FieldName>(field: Field, value: Values[Field]) => Values[Field];

/**
 * What this side can hold; `now`: what it has, which stays where it has no place for the new value. `base`: what it had: somebody may be
 * told by an e-mail here, and by a name there.
 */
export function heldBy(view: View, now: Values, base: Agreed = {}): Held {
  const { can, titleLimit, people } = view;
  const inOwnWords = (name: string) =>
    samePerson(name, now.assignees, people) ?? samePerson(name, base.assignees ?? [], people) ?? name;
  const holders: { readonly [Field in FieldName]?: (value: Values[Field]) => Values[Field] } = {
    title: (title) => cut(title, titleLimit),
    state: (state) => (state.startsWith('=') ? state : nearest(state, can.states)),
    type: (type) => (type === null || !isType(type, view) ? now.type : type),
    priority: (priority) => (priority === null ? null : nearestPriority(priority, can.priorities)),
    parent: (parent) => (parent === null || parent === now.parent || view.keyOf(parent) !== undefined ? parent : null),
    labels: (labels) => (can.labelCase === 'lower' ? unique(labels.map((label) => label.toLowerCase())) : labels),
    assignees: (names) => {
      const known = unique(names.filter((name) => people.back(name) !== undefined).map(inOwnWords));
      if (can.unsupported['several assignees'] === undefined || known.length < 2) return known;
      const there = known.filter((name) => now.assignees.includes(name));
      return (there.length > 0 ? there : known).slice(0, 1);
    },
    links: (links) => unique(links.flatMap((link) => (now.links.includes(link) ? [link] : heldLink(link, view)))),
  };
  return (field, value) => {
    const holder = holders[field];
    return holder ? holder(value) : value;
  };
}

/** Whoever of these is this person: by the word itself, else by whom it means on this side. `undefined`: nobody there. */
export function samePerson(
  name: string,
  others: readonly string[],
  people: Pick<PeopleMap, 'back'>,
): string | undefined {
  const id = people.back(name);
  if (id === undefined) return undefined;
  return others.find((one) => one === name) ?? others.find((one) => people.back(one) === id);
}

function isType(type: string, { can, types }: View): boolean {
  const back = types.back(type);
  const name = back === undefined ? type : 'name' in back ? fold(back.name) : undefined;
  // which of several names is meant, the writer asks
  if (name === undefined) return true;
  return !name.startsWith('=') && (can.types === undefined || can.types.includes(name));
}

function heldLink(text: string, { can, keyOf }: View): string[] {
  const { type, pair } = linkOf(text);
  const kept = keptLink(can.linkTypes, { type, target: pair }).type;
  return can.linkTypes.includes(kept) && keyOf(pair) !== undefined ? [linkText(kept as LinkType, pair)] : [];
}

/** Where a state cannot be told from others: the nearest one, and never the other way of being closed before it must. */
const NEAREST: Readonly<Record<IssueState, readonly IssueState[]>> = {
  open: [],
  in_progress: ['open'],
  in_review: ['in_progress', 'open'],
  blocked: ['open'],
  done: ['canceled'],
  canceled: ['done'],
};

function nearest(state: string, states: readonly IssueState[]): string {
  const known = ISSUE_STATES.find((name) => name === state);
  if (known === undefined || states.includes(known)) return state;
  return NEAREST[known].find((other) => states.includes(other)) ?? state;
}

function nearestPriority(priority: Priority, priorities: readonly Priority[]): Priority | null {
  if (priorities.includes(priority)) return priority;
  const near = PRIORITIES.filter((one) => priorities.includes(one)).sort(
    (one, other) => Math.abs(one - priority) - Math.abs(other - priority),
  );
  return near[0] ?? null;
}
