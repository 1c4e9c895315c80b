/**
 * The lines of `bd export`, and of the `issues.jsonl` that bd before 1.0 keeps, as lines of our own. What has no field here
 * becomes a section of the text, or stands under `beads` in the metadata. Pure.
 */
import { z } from 'zod';
import { defined } from '../../../core/defined.ts';
import { type IssueState, LINK_TYPES, type LinkType, PRIORITIES, type Priority } from '../../../core/ports/index.ts';
import { isRecord } from '../../../core/record.ts';
import { type IssueLine, mistakesIn, type ParsedLine } from './jsonl.ts';

const words = z.string().nullish();
const time = z.iso.datetime({ offset: true }).nullish();

const dependency = z.looseObject({ issue_id: words, depends_on_id: z.string().min(1), type: z.string().nullish() });

const comment = z.looseObject({
  id: z.union([z.string(), z.number()]).nullish(),
  author: words,
  text: z.string(),
  created_at: time,
});

const issue = z.looseObject({
  id: z.string().min(1),
  title: z.string().min(1),
  description: words,
  design: words,
  acceptance_criteria: words,
  notes: words,
  status: words,
  close_reason: words,
  issue_type: words,
  priority: z.number().int().min(0).max(4).nullish(),
  assignee: words,
  owner: words,
  created_by: words,
  estimated_minutes: z.number().nullish(),
  created_at: time,
  updated_at: time,
  closed_at: time,
  due_at: time,
  defer_until: time,
  external_ref: words,
  spec_id: words,
  parent: words,
  labels: z.array(z.string()).nullish(),
  dependencies: z.array(dependency).nullish(),
  comments: z.array(comment).nullish(),
  metadata: z.unknown().optional(),
});

type BeadsIssue = z.output<typeof issue>;

/** What bd counts, or says again of what stands in the line anyway. */
const COUNTED = ['_type', 'dependency_count', 'dependent_count', 'comment_count', 'content_hash', 'compaction_level'];

/** What a line of its own type says of itself; before 1.0 it says nothing, and has a status or a type beside an id. */
export function isBeadsLine(value: Readonly<Record<string, unknown>>): boolean {
  if ('_type' in value) return true;
  return !('format' in value) && 'id' in value && ('status' in value || 'issue_type' in value);
}

export function parseBeadsLine(value: Readonly<Record<string, unknown>>): ParsedLine {
  const { _type: type = 'issue', key } = value;
  if (type === 'memory') {
    const source = typeof key === 'string' ? key : '';
    return { ok: true, passedOver: 'a memory of bd is not an issue, and is left out.', source };
  }
  if (type !== 'issue') {
    const mistakes = `_type: “${String(type)}” is not read. Of \`bd export\` lines of the type “issue” are; those of the type “memory” are passed over.`;
    return { ok: false, mistakes };
  }
  const parsed = issue.safeParse(value);
  if (!parsed.success) return { ok: false, mistakes: mistakesIn(parsed.error) };
  const { data } = parsed;
  if (data.status === 'tombstone') return { ok: true, passedOver: 'bd has deleted it.', source: data.id };
  return toLine(data);
}

function toLine(found: BeadsIssue): ParsedLine {
  const { id, assignee, created_by: author, external_ref: reference, due_at: due } = found;
  const { state, note } = stateOf(found);
  const edges = edgesOf(found);
  const line: IssueLine = {
    format: 1,
    tracker: 'beads',
    key: id,
    // as the platform of this name tells it
    url: reference && /^https?:\/\//.test(reference) ? reference : `beads:${id}`,
    title: found.title,
    body: bodyOf(found),
    state,
    type: found.issue_type ? typeOf(found.issue_type) : null,
    priority: priorityOf(found),
    labels: found.labels ?? [],
    assignees: assignee ? [{ id: assignee, name: assignee }] : [],
    author: author ? { id: author, name: author } : null,
    dueDate: due?.slice(0, 10) ?? null,
    deferUntil: found.defer_until ? new Date(found.defer_until).toISOString() : null,
    parent: edges.parent ?? null,
    links: edges.links,
    comments: (found.comments ?? []).map(({ id: number, author: by, text, created_at: at }) => ({
      id: String(number ?? ''),
      body: text,
      author: by ? { id: by, name: by } : null,
      ...defined({ createdAt: at ?? undefined }),
    })),
    metadata: metadataOf(found, edges.inexact),
    ...defined({
      createdAt: timeOrNothing(found.created_at),
      updatedAt: timeOrNothing(found.updated_at),
      closedAt: timeOrNothing(found.closed_at),
    }),
  };
  return { ok: true, issue: line, notes: [...(note ? [note] : []), ...edges.notes] };
}

/** Go writes the first moment of its calendar for a time that is not set. */
function timeOrNothing(moment: string | null | undefined): string | undefined {
  return moment && !moment.startsWith('0001-') ? moment : undefined;
}

const STATES: Readonly<Record<string, IssueState>> = {
  open: 'open',
  deferred: 'open',
  in_progress: 'in_progress',
  hooked: 'in_progress',
  pinned: 'in_progress',
  blocked: 'blocked',
  closed: 'done',
};

/** As the platform reads it: work that will not be done is told by the reason alone. */
const WORDS_OF_CANCELED =
  /^\W*(?:cancel(?:l?ed)?|not[ _-]planned|won'?t[ _-](?:do|fix)|wontfix|duplicate|obsolete|abandoned|invalid)\b/i;

function stateOf({ status, close_reason: reason }: BeadsIssue): { state: IssueState; note?: string } {
  const name = status || 'open';
  const state = Object.hasOwn(STATES, name) ? STATES[name] : undefined;
  if (state === undefined) return { state: 'open', note: `the status “${name}” is not known, and reads as open.` };
  return { state: state === 'done' && WORDS_OF_CANCELED.test(reason ?? '') ? 'canceled' : state };
}

function typeOf(type: string): string {
  return type === 'feature' ? 'story' : type.toLowerCase();
}

function priorityOf({ priority }: BeadsIssue): Priority | null {
  return PRIORITIES.find((known) => known === priority) ?? null;
}

/** Each text under a heading of its own, and in one list what is a line. */
function bodyOf(found: BeadsIssue): string {
  const { description, design, acceptance_criteria: acceptance, notes, close_reason: reason } = found;
  const { estimated_minutes: minutes, external_ref: reference, owner, spec_id: spec } = found;
  const lines: readonly (readonly [string, string | null | undefined])[] = [
    ['Estimate', minutes ? `${minutes} minutes` : undefined],
    ['Reference', reference],
    ['Owner', owner],
    ['Specification', spec],
  ];
  const listed = lines.flatMap(([name, text]) => (text ? [`- ${name}: ${text}`] : []));
  const sections: readonly (readonly [string, string | null | undefined])[] = [
    ['Design', design],
    ['Acceptance criteria', acceptance],
    ['Notes', notes],
    ['Why it was closed', reason],
    ['In beads', listed.join('\n')],
  ];
  const texts = sections.flatMap(([name, text]) => (text?.trim() ? [`## ${name}\n\n${text.trim()}`] : []));
  return [description?.trim() ? description : '', ...texts].filter(Boolean).join('\n\n');
}

interface Edges {
  readonly parent: string | undefined;
  readonly links: IssueLine['links'];
  /** Those whose kind no link has. */
  readonly inexact: readonly unknown[];
  readonly notes: readonly string[];
}

/** Read from the issue that depends. */
const LINKS: Readonly<Record<string, string>> = {
  blocks: 'is blocked by',
  'conditional-blocks': 'is blocked by',
  'waits-for': 'depends on',
  related: 'relates to',
  'relates-to': 'relates to',
  relates_to: 'relates to',
  relates: 'relates to',
  duplicates: 'duplicates',
  'discovered-from': 'discovered from',
};

/** Kinds that come back as they were. */
const EXACT = new Set(['blocks', 'related', 'relates-to', 'relates_to', 'relates', 'duplicates', 'parent-child']);

function edgesOf({ id, parent: named, dependencies }: BeadsIssue): Edges {
  let parent = named || undefined;
  const links: IssueLine['links'] = [];
  const inexact: unknown[] = [];
  const notes: string[] = [];
  for (const { issue_id: from, depends_on_id: target, type } of dependencies ?? []) {
    const kind = type || 'blocks';
    // one that is another issue's stands in that one's line too
    if (from && from !== id) continue;
    if (kind === 'parent-child') {
      parent ??= target;
      continue;
    }
    const link = linkOf(kind);
    links.push({ type: link, target });
    if (EXACT.has(kind) || kind.replace('-', ' ') === link) continue;
    inexact.push({ type: kind, target });
    notes.push(`the dependency “${kind}” on ${target} becomes the link “${link}”.`);
  }
  return { parent, links, inexact, notes };
}

function linkOf(kind: string): LinkType {
  const wanted = Object.hasOwn(LINKS, kind) ? LINKS[kind] : undefined;
  return LINK_TYPES.find((type: string) => type === wanted) ?? 'relates to';
}

function metadataOf(found: BeadsIssue, inexact: readonly unknown[]): Record<string, unknown> {
  const own = Object.keys(issue.shape);
  const rest = Object.entries(found).filter(
    ([name, value]) => !own.includes(name) && !COUNTED.includes(name) && !isEmpty(value),
  );
  const { metadata, status } = found;
  const beads = {
    ...Object.fromEntries(rest),
    ...(status && !['open', 'in_progress', 'blocked', 'closed'].includes(status) ? { status } : {}),
    ...(inexact.length > 0 ? { dependencies: inexact } : {}),
    ...(typeof metadata === 'string' && metadata !== '' && !isRecord(parsed(metadata)) ? { metadata } : {}),
  };
  return {
    ...recordIn(metadata),
    ...(Object.keys(beads).length > 0 ? { beads } : {}),
  };
}

function isEmpty(value: unknown): boolean {
  return value === null || value === '' || value === false || (Array.isArray(value) && value.length === 0);
}

/** It is an object, or the text of one. */
function recordIn(metadata: unknown): Record<string, unknown> {
  const found = typeof metadata === 'string' ? parsed(metadata) : metadata;
  return isRecord(found) ? { ...found } : {};
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
