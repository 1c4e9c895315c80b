/** An exported issue as a draft for another tracker, as far as that one can keep it. Pure. */
import type { Capabilities } from '../../../core/ports/capabilities.ts';
import type { Issue, IssueDraft, IssuePatch } from '../../../core/ports/index.ts';
import { inlineMarkdown } from '../../../core/text/untrusted-text.ts';
import { DEFER_KEY } from '../../../core/tracker/deferral.ts';
import type { IssueLine } from './jsonl.ts';
import { GATE_MARK, ORIGIN, originOf } from './origin.ts';

export interface ImportDraft {
  readonly draft: IssueDraft;
  /** What is left out, and why. */
  readonly notes: readonly string[];
}

export function toImportDraft(line: IssueLine, can: Capabilities): ImportDraft {
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
  const people = line.assignees.map(({ id }) => id);
  const draft: IssueDraft = {
    title: line.title,
    body: line.body,
    ...(line.state === 'open' ? {} : { state: line.state }),
    ...kept('type', line.type),
    ...kept('priority', line.priority),
    ...kept('milestone', line.milestone),
    ...kept('storyPoints', line.storyPoints),
    ...kept('dueDate', line.dueDate),
    ...(line.deferUntil ? { deferUntil: Date.parse(line.deferUntil) } : {}),
    ...(line.labels.length > 0 ? { labels: line.labels } : {}),
    ...(people.length > 0 ? { assignees: can.unsupported['several assignees'] ? people.slice(0, 1) : people } : {}),
    metadata: line.key === '' ? metadata : { ...metadata, [ORIGIN]: originOf(line) },
  };
  return { draft, notes };
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
export function importedComment({ body, author, createdAt }: IssueLine['comments'][number]): string {
  const who = author ? inlineMarkdown(author.name, 100) : '';
  const when = createdAt?.slice(0, 10) ?? '';
  const said = [who, when].filter(Boolean).join(', ');
  return said === '' ? body : `*${said}:*\n\n${body}`;
}
