/** Issues as the service tells them, and pure translation to neutral words. */

import { defined } from '../../core/defined.ts';
import { splitMetadata, withMetadata } from '../../core/drivers/hidden-metadata.ts';
import { anyText, neededText, textOrNothing, unexpectedAnswer } from '../../core/http/unexpected-answer.ts';
import type { Issue, IssueLink, IssueState, LinkType, Metadata, Person, Priority } from '../../core/ports/issue.ts';
import { isRecord } from '../../core/record.ts';
import { asFarAsItReads, NO_ADDRESS, NO_STATE, NO_TITLE } from '../../core/tracker/odd-records.ts';

/** What an issue is known by there. */
export interface WireRef {
  readonly system: string;
  readonly id: string;
  readonly workspace: string;
  readonly key?: string;
  readonly url?: string;
}

/** Whatever its members are. */
export interface WireIssue {
  readonly ref?: unknown;
  readonly title?: unknown;
  readonly body?: unknown;
  readonly status?: unknown;
  readonly issue_type?: unknown;
  readonly priority?: unknown;
  readonly assignees?: unknown;
  readonly labels?: unknown;
  readonly parent_ref?: unknown;
  readonly links?: unknown;
  readonly created_at?: unknown;
  readonly updated_at?: unknown;
}

const TITLE = 'The hosted tracker';

const STATES: ReadonlyMap<string, IssueState> = new Map([
  ['todo', 'open'],
  ['in_progress', 'in_progress'],
  ['in_review', 'in_review'],
  ['blocked', 'blocked'],
  ['done', 'done'],
  ['canceled', 'canceled'],
]);

/** The service’s word for a state. */
export function statusFor(state: IssueState): string {
  return state === 'open' ? 'todo' : state;
}

/** The types that it has. */
export const TYPES = ['epic', 'story', 'task', 'bug', 'chore', 'subtask'] as const;

/** 0 is “not set” on the wire, 1 the most urgent. */
export function priorityFor(priority: Priority | null): number {
  return priority === null ? 0 : priority + 1;
}
export const WIRE_PRIORITIES: readonly Priority[] = [0, 1, 2, 3];

/** A body with its metadata as one text. */
export function fromText(body: string, metadata: Metadata | undefined): string {
  return withMetadata(body, metadata);
}

export function textOf({ body }: WireIssue): { readonly body: string; readonly metadata: Metadata } {
  return splitMetadata(textOrNothing(TITLE, 'body', body));
}

/** The key that people use, else the id. Without either there is nothing to show. */
export function keyOf({ ref }: WireIssue): string {
  const { key, id } = isRecord(ref) ? ref : { key: undefined, id: undefined };
  return typeof key === 'string' && key !== '' ? key : neededText(TITLE, 'ref.id', id);
}

export function toIssue(wire: WireIssue): Issue {
  return asFarAsItReads(({ part, each, people, time }) => {
    const ref: Readonly<Record<string, unknown>> = isRecord(wire.ref) ? wire.ref : {};
    const key = keyOf(wire);
    const { body, metadata } = part(() => textOf(wire), { body: '', metadata: {} });
    const created = () => timeOf('created_at', wire.created_at);
    const stateName = part(() => neededText(TITLE, 'status', wire.status), NO_STATE);
    return {
      ...{ key, body, metadata, stateName },
      url: part(() => addressIn(ref), NO_ADDRESS),
      title: part(() => neededText(TITLE, 'title', wire.title), NO_TITLE),
      state: part(() => stateOf(wire.status), 'open'),
      labels: each(
        part(() => listIn('labels', wire.labels), []),
        (label) => neededText(TITLE, 'labels', label),
      ),
      assignees: people(
        part(() => listIn('assignees', wire.assignees), []),
        toPerson,
      ),
      links: each(
        part(() => listIn('links', wire.links), []),
        toLink,
      ).filter((link) => link !== undefined),
      // the contract has none: nobody needs to ask
      commentCount: 0,
      createdAt: time(created),
      updatedAt: time(() => timeOf('updated_at', wire.updated_at), created),
      ...defined({
        id: ref['id'] === key || typeof ref['id'] !== 'string' ? undefined : ref['id'],
        type: part(() => textOrNothing(TITLE, 'issue_type', wire.issue_type).toLowerCase() || undefined, undefined),
        priority: part(() => priorityOf(wire.priority), undefined),
        parent: part(() => (isRecord(wire.parent_ref) ? keyOf({ ref: wire.parent_ref }) : undefined), undefined),
      }),
    };
  });
}

/** Of a web page alone: it may be shown as a link. */
function addressIn(ref: Readonly<Record<string, unknown>>): string {
  const address = anyText(TITLE, 'ref.url', ref['url']);
  const url = URL.parse(address);
  if (!url || !/^https?:$/.test(url.protocol))
    throw unexpectedAnswer(TITLE, 'the address of an issue is not a web address');
  return address;
}

function stateOf(status: unknown): IssueState {
  const state = STATES.get(String(status).toLowerCase());
  if (state === undefined) throw unexpectedAnswer(TITLE, 'the status of an issue is not known');
  return state;
}

function priorityOf(priority: unknown): Priority | undefined {
  if (priority === 0 || priority === null || priority === undefined) return undefined;
  const known = WIRE_PRIORITIES.find((each) => priorityFor(each) === priority);
  if (known === undefined) throw unexpectedAnswer(TITLE, 'the priority of an issue is not known');
  return known;
}

function listIn(name: string, value: unknown): readonly unknown[] {
  if (value === null || value === undefined) return [];
  if (Array.isArray(value)) return value;
  throw unexpectedAnswer(TITLE, `\`${name}\` of an issue is not a list`);
}

/** A name, or an object with one. */
function toPerson(wire: unknown): Person {
  if (!isRecord(wire)) {
    const id = neededText(TITLE, 'assignees', wire);
    return { id, name: id };
  }
  const id = neededText(TITLE, 'assignees.id', wire['id'] ?? wire['email'] ?? wire['name']);
  return { id, name: typeof wire['name'] === 'string' ? wire['name'] : id };
}

function timeOf(name: string, value: unknown): number {
  const time = Date.parse(neededText(TITLE, name, value));
  if (!Number.isFinite(time)) throw unexpectedAnswer(TITLE, `\`${name}\` of an issue is not a time`);
  return time;
}

/** The service has its own words for links; parents are told elsewhere. */
const LINKS: ReadonlyMap<string, LinkType> = new Map([
  ['blocks', 'blocks'],
  ['blocked_by', 'is blocked by'],
  ['relates_to', 'relates to'],
  ['duplicates', 'duplicates'],
]);

/** Those that can be written, from one end or the other. */
export const LINK_TYPES: readonly LinkType[] = [...LINKS.values(), 'is duplicated by'];

/** `undefined` for one that is written at the other end alone. */
export function wordFor(type: LinkType): string | undefined {
  return [...LINKS].find(([, each]) => each === type)?.[0];
}

export function toLink(wire: unknown): IssueLink | undefined {
  if (!isRecord(wire) || !isRecord(wire['target'])) throw unexpectedAnswer(TITLE, 'a link of an issue leads nowhere');
  const type = LINKS.get(String(wire['type']));
  return type === undefined ? undefined : { type, target: keyOf({ ref: wire['target'] }) };
}
