/** Issues as `fp` prints them, as JSON or in lines, and pure translation. */

import { defined } from '../../core/defined.ts';
import { splitMetadata, withMetadata } from '../../core/drivers/hidden-metadata.ts';
import { neededText, textOrNothing, unexpectedAnswer } from '../../core/http/unexpected-answer.ts';
import { type Comment, type Issue, type Metadata, type Person, PRIORITIES } from '../../core/ports/issue.ts';
import { isRecord } from '../../core/record.ts';
import type { States } from './states.ts';

export interface WireIssue {
  /** Long, of small letters; older versions have only the other one. */
  readonly id: string;
  /** In `issue show`. */
  readonly displayId?: string;
  /** In lists. */
  readonly shortId?: string;
  readonly title: string;
  readonly description?: string | null;
  readonly status: string;
  readonly priority?: string | null;
  readonly parent?: string | null;
  readonly dependencies?: readonly string[] | null;
  readonly author?: string | null;
  readonly createdAt?: string;
  readonly updatedAt?: string;
  readonly properties?: Readonly<Record<string, unknown>> | null;
}

/** What fp has no place for stands hidden at the end of the description, beside the metadata. */
export interface Hidden {
  readonly labels?: readonly string[];
  readonly canceled?: true;
}

/** Of the metadata of others, none is called so. */
const HIDDEN_KEY = 'pace:fp';

/** By priority; fp has no fifth. */
export const PRIORITY_WORDS: readonly string[] = ['critical', 'high', 'medium', 'low'];

/** The items of an answer: bare, or under their name. */
export function listOf(found: unknown, name: 'issues' | 'comments'): readonly unknown[] {
  const list = isRecord(found) ? found[name] : found;
  if (Array.isArray(list)) return list;
  throw unexpectedAnswer('fp', `${name} are not a list`);
}

export function toWireIssue(found: unknown): WireIssue {
  requireIssue(found);
  return found;
}

/** What this does not look at is looked at where it is translated. */
function requireIssue(found: unknown): asserts found is WireIssue {
  if (!isRecord(found)) throw unexpectedAnswer('fp', 'an issue is not an object');
  for (const field of ['id', 'title', 'status']) neededText('fp', `${field} of an issue`, found[field]);
  for (const field of ['description', 'priority', 'parent', 'author']) textOrNothing('fp', field, found[field]);
  const { dependencies } = found;
  if (dependencies !== undefined && dependencies !== null && !Array.isArray(dependencies)) {
    throw unexpectedAnswer('fp', 'dependencies are not a list');
  }
}

/** `FP-abcd`: a list tells the part behind the prefix only. */
export function keyIn(wire: WireIssue, prefix = ''): string {
  if (wire.displayId) return wire.displayId;
  return wire.shortId && prefix !== '' ? `${prefix}-${wire.shortId}` : wire.id;
}

/** Others are named by their long id; as many letters as this issue's own key has are enough for fp. */
export function otherKey(id: string, own: string): string {
  const [, prefix, short = ''] = /^(.+)-([^-]+)$/.exec(own) ?? [];
  return prefix === undefined || id.includes('-') ? id : `${prefix}-${id.slice(0, short.length)}`;
}

export function toIssue(wire: WireIssue, states: States, prefix?: string): Issue {
  const key = keyIn(wire, prefix);
  const { body, metadata, hidden } = textOf(wire);
  const priority = PRIORITIES.find((place) => PRIORITY_WORDS[place] === (wire.priority?.toLowerCase() ?? ''));
  const createdAt = timeOf('createdAt', wire.createdAt);
  return {
    key,
    ...defined({ id: wire.id === key ? undefined : wire.id }),
    url: `fp:${key}`,
    title: wire.title,
    body,
    metadata,
    ...states.read(wire.status, hidden.canceled === true),
    labels: labelsOf(wire, hidden),
    assignees: [],
    ...defined({
      priority,
      parent: wire.parent ? otherKey(wire.parent, key) : undefined,
      author: wire.author ? toPerson(wire.author) : undefined,
    }),
    createdAt,
    updatedAt: wire.updatedAt === undefined ? createdAt : timeOf('updatedAt', wire.updatedAt),
  };
}

export function textOf({ description }: WireIssue): { body: string; metadata: Metadata; hidden: Hidden } {
  const { body, metadata } = splitMetadata(description ?? '');
  const { [HIDDEN_KEY]: hidden, ...rest } = metadata;
  return { body, metadata: rest, hidden: isRecord(hidden) ? hidden : {} };
}

/** The description with all that stands in it. */
export function fromText(body: string, metadata: Metadata, { labels = [], canceled }: Hidden): string {
  const hidden = defined({ labels: labels.length > 0 ? labels : undefined, canceled });
  return withMetadata(body, Object.keys(hidden).length > 0 ? { ...metadata, [HIDDEN_KEY]: hidden } : metadata);
}

/** Where the project has labels, they are a property. */
export function propertyLabels({ properties }: WireIssue): string[] {
  const labels = properties?.['labels'];
  if (typeof labels === 'string')
    return labels
      .split(',')
      .map((each) => each.trim())
      .filter(Boolean);
  return Array.isArray(labels) ? labels.filter((each) => typeof each === 'string') : [];
}

function labelsOf(wire: WireIssue, { labels = [] }: Hidden): string[] {
  return [...new Set([...propertyLabels(wire), ...labels.filter((each) => typeof each === 'string')])].sort();
}

export function toComment(found: unknown): Comment {
  if (!isRecord(found)) throw unexpectedAnswer('fp', 'a comment is not an object');
  const { author } = found;
  return {
    id: neededText('fp', 'id of a comment', found['id']),
    body: neededText('fp', 'content of a comment', found['content']),
    ...(typeof author === 'string' && author !== '' ? { author: toPerson(author) } : {}),
    createdAt: timeOf('createdAt', found['createdAt']),
  };
}

/** Whoever is known by an address of mail has that one. */
export function toPerson(name: string): Person {
  return { id: name, name, ...(/^[^\s@]+@[^\s@]+$/.test(name) ? { email: name } : {}) };
}

/** Versions without JSON tell no times. */
function timeOf(field: string, value: unknown): number {
  if (value === undefined || value === null) return 0;
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(time)) throw unexpectedAnswer('fp', `${field} is not a time`);
  return time;
}

/** Lines of a list: glyphs of a tree, id, status and perhaps priority in brackets, title. */
const LINE = /^[\s│├└─┬╰╭|`+-]*([A-Z][A-Z0-9_]*-[A-Za-z0-9]+)\s+\[([\w -]+)\]\s*(?:\[(\w+)\]\s*)?(.+?)\s*$/;

/** What older versions print: other lines are talk. */
export function fromLines(text: string): WireIssue[] {
  return text.split('\n').flatMap((line) => {
    const [, id, status = '', priority, title = ''] = LINE.exec(line) ?? [];
    if (id === undefined) return [];
    return [{ id, displayId: id, status, title, ...defined({ priority }) }];
  });
}

/** The ids that a text names, in their order: a new issue is told in prose. */
export function keysIn(text: string): string[] {
  return [...new Set([...text.matchAll(/\b[A-Z][A-Z0-9_]*-[A-Za-z0-9]{1,40}\b/g)].map(([key]) => key))];
}
