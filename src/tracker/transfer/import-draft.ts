/** An exported issue as a draft for another tracker, as far as that one can keep it. Pure. */
import type { Capabilities } from '../../../core/ports/capabilities.ts';
import type { Issue, IssueDraft, IssuePatch } from '../../../core/ports/index.ts';
import { minute } from '../../../core/text/minute.ts';
import { cut, inlineMarkdown } from '../../../core/text/untrusted-text.ts';
import { DEFER_KEY } from '../../../core/tracker/deferral.ts';
import { ORIGIN } from '../../../core/tracker/origin.ts';
import type { IssueLine } from './jsonl.ts';
import { GATE_MARK, originOf } from './origin.ts';
import { saidLine, withoutSaid } from './said-line.ts';

export interface ImportDraft {
  readonly draft: IssueDraft;
  /** What is left out or put elsewhere, and why. */
  readonly notes: readonly string[];
}

export interface ImportTarget {
  readonly can: Capabilities;
  readonly titleLimit: number;
  /** It cannot keep who wrote an issue, and when: the text says so. */
  readonly saysWho: boolean;
}

export function toImportDraft(line: IssueLine, target: ImportTarget): ImportDraft {
  const { can } = target;
  const notes: string[] = [];
  const kept = <Value>(
    name: 'type' | 'priority' | 'milestone' | 'storyPoints' | 'dueDate',
    value: Value | null | undefined,
  ) => {
    if (value === null || value === undefined) return {};
    const reason = can.unsupported[name] ?? lackingValue(can, name, value);
    if (reason === undefined) return { [name]: value };
    notes.push(`${name} “${String(value)}” is left out: ${reason}`);
    return {};
  };
  if (line.metadata[GATE_MARK] !== undefined)
    notes.push('the gate’s own mark is left out: only a gate run may set it.');
  // a tracker without a field for it keeps it there again
  const { [GATE_MARK]: _, [DEFER_KEY]: __, ...metadata } = line.metadata;
  const draft: IssueDraft = {
    ...textsOf(line, target, notes),
    ...(line.state === 'open' ? {} : { state: line.state }),
    ...kept('type', line.type),
    ...kept('priority', line.priority),
    ...kept('milestone', line.milestone),
    ...kept('storyPoints', line.storyPoints),
    ...kept('dueDate', line.dueDate),
    ...(line.deferUntil ? { deferUntil: Date.parse(line.deferUntil) } : {}),
    ...labelsOf(line, can, notes),
    ...assigneesOf(line, can, notes),
    metadata: line.key === '' ? metadata : { ...metadata, [ORIGIN]: originOf(line) },
  };
  return { draft, notes };
}

/** Title and text. A title that is too long here stands whole in the text. */
function textsOf(
  line: IssueLine,
  { titleLimit, saysWho }: ImportTarget,
  notes: string[],
): { title: string; body: string } {
  const title = line.title.replaceAll(/\s*[\r\n]+\s*/g, ' ').trim();
  const isLong = title.length > titleLimit;
  if (isLong) notes.push(`the title is cut to ${titleLimit} characters, and stands whole in the text.`);
  const said = saysWho ? saidLine(originOf(line)) : undefined;
  const texts = [isLong ? title : '', said === undefined ? line.body : withoutSaid(line.body), said ?? ''];
  return {
    title: isLong ? cut(title, titleLimit) : title,
    body: isLong || said !== undefined ? texts.filter((text) => text !== '').join('\n\n') : line.body,
  };
}

function labelsOf({ labels }: IssueLine, can: Capabilities, notes: string[]): Pick<IssueDraft, 'labels'> {
  if (labels.length === 0) return {};
  const reason = can.unsupported.labels;
  if (reason === undefined) return { labels };
  notes.push(`the labels ${labels.join(', ')} are left out: ${reason}`);
  return {};
}

function assigneesOf({ assignees }: IssueLine, can: Capabilities, notes: string[]): Pick<IssueDraft, 'assignees'> {
  const people = [...new Set(assignees.map(({ id }) => id))];
  if (people.length === 0) return {};
  const many = people.length > 1 ? can.unsupported['several assignees'] : undefined;
  const reason = can.unsupported.assignees ?? many;
  const taken = can.unsupported.assignees === undefined ? people.slice(0, many === undefined ? undefined : 1) : [];
  const left = people.slice(taken.length);
  if (reason !== undefined) notes.push(`assigned to ${left.join(', ')} is left out: ${reason}`);
  return taken.length > 0 ? { assignees: taken } : {};
}

function lackingValue({ types, priorities }: Capabilities, name: string, value: unknown): string | undefined {
  if (name === 'type' && types && !types.some((type) => type.toLowerCase() === String(value).toLowerCase())) {
    return `the tracker has ${types.join(', ')}.`;
  }
  if (name === 'priority' && !priorities.some((priority) => priority === value))
    return `the tracker has ${priorities.join(', ')}.`;
  return undefined;
}

/** What has to change for an issue to be as in the draft; `undefined` when nothing has. People and metadata stay. */
export function importPatch(
  issue: Issue,
  { metadata: _, assignees: __, purpose: ___, ...draft }: IssueDraft,
): IssuePatch | undefined {
  const wanted: IssuePatch = { state: 'open', ...draft, labels: draft.labels ?? [] };
  const changed = Object.entries(wanted).filter(([name, value]) => !isSame(issue[name as keyof Issue], value));
  return changed.length === 0 ? undefined : Object.fromEntries(changed);
}

function isSame(found: unknown, wanted: unknown): boolean {
  const form = (value: unknown) => JSON.stringify(Array.isArray(value) ? [...value].sort() : value);
  return form(found) === form(wanted);
}

/** A comment says who wrote it: all of them are written by whoever imports. */
export function importedComment(comment: IssueLine['comments'][number]): string {
  return saidBy(comment, comment.createdAt === undefined ? '' : minute(Date.parse(comment.createdAt)));
}

/** As PACE wrote it at first, so that what was imported then is known again. */
export function earlierComment(comment: IssueLine['comments'][number]): string {
  return saidBy(comment, comment.createdAt?.slice(0, 10));
}

function saidBy({ body, author }: IssueLine['comments'][number], when = ''): string {
  const who = author ? inlineMarkdown(author.name, 100) : '';
  const said = [who, when].filter(Boolean).join(', ');
  return said === '' ? body : `*${said}:*\n\n${body}`;
}
