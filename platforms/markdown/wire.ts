/** Epics, stories and subtasks as issues. Pure. */
import { createHash } from 'node:crypto';
import { defined } from '../../core/defined.ts';
import type { Subtask, WrittenComment } from '../../core/epics/epic.ts';
import type { Hidden } from '../../core/epics/hidden.ts';
import type { Line } from '../../core/epics/lines.ts';
import { type Values, valuesOfSection, valuesOfSubtask } from '../../core/epics/values.ts';
import type { Comment, Issue, IssueLink, Person } from '../../core/ports/issue.ts';
import { INVERSE_LINK } from '../../core/ports/issue.ts';
import { type Found, linesOf, type Sheet } from './issue-context.ts';

/** Of those that nobody knows the age of, what stands above is the older one: the lists show them in the order of the file. */
export function issuesOf(sheet: Sheet): Issue[] {
  const all = sheet.epics.sections.flatMap((section): Found[] => [
    { section },
    ...section.subtasks.map((subtask) => ({ section, subtask })),
  ]);
  const links = linksOf(all);
  return all.map((found, at) => toIssue(sheet, found, { links, age: all.length - at }));
}

export function valuesOf({ section, subtask }: Found): Values {
  return subtask ? valuesOfSubtask(subtask) : valuesOfSection(section);
}

export function keyOf({ section, subtask }: Found): string {
  return (subtask ?? section).key;
}

export function hiddenOf({ section, subtask }: Found): Hidden {
  return (subtask ? subtask.data?.hidden : section.mark?.hidden) ?? {};
}

/** What it stands below, unless it says otherwise. */
export function parentOf({ section, subtask }: Found, { parent }: Values): string | undefined {
  if (subtask) return section.key;
  return parent === null ? undefined : (parent ?? section.within);
}

interface AmongAll {
  readonly links: ReadonlyMap<string, readonly IssueLink[]>;
  /** In milliseconds, before the last change of the file. */
  readonly age: number;
}

function toIssue(sheet: Sheet, found: Found, { links, age }: AmongAll): Issue {
  const key = keyOf(found);
  const values = valuesOf(found);
  const hidden = hiddenOf(found);
  const changedAt = sheet.times.get(found.section.path) ?? 0;
  // of what somebody else has changed since, only the file tells the time
  const isOurs = hidden.changed !== undefined && hidden.digest === digestOf(found, linesOf(sheet, found.section));
  const createdAt = hidden.made ?? Math.max(0, changedAt - age);
  return {
    ...{ key, url: `${found.section.path}#${key}`, title: values.title, body: values.body },
    ...{ state: values.state, stateName: values.stateName, type: values.type, labels: values.labels },
    assignees: values.assignees.map(personOf),
    links: links.get(key) ?? [],
    commentCount: found.subtask ? (hidden.comments?.length ?? 0) : found.section.comments.length,
    ...defined({
      priority: values.priority,
      parent: parentOf(found, values),
      storyPoints: values.points,
      dueDate: values.due,
      author: hidden.by === undefined ? undefined : personOf(hidden.by),
    }),
    createdAt,
    updatedAt: Math.max(createdAt, isOurs ? (hidden.changed ?? changedAt) : changedAt),
    metadata: hidden.metadata ?? {},
  };
}

/** Of the text that is its own: neither the mark, nor what stands below it as issues of their own. */
export function digestOf({ section, subtask }: Found, lines: readonly Line[]): string {
  return createHash('sha256')
    .update(ownText({ section, ...(subtask && { subtask }) }, lines))
    .digest('hex')
    .slice(0, 12);
}

function ownText({ section, subtask }: Found, lines: readonly Line[]): string {
  if (subtask) return withoutMark(subtask, lines);
  const others = new Set([section.mark?.line, ...section.subtasks.flatMap(({ line, data }) => [line, data?.line])]);
  const own = lines.slice(section.header, section.last).filter((_, at) => !others.has(section.header + at));
  return own
    .map(({ text }) => text)
    .join('\n')
    .trim();
}

function withoutMark({ line, mark }: Subtask, lines: readonly Line[]): string {
  const { text = '', start = 0 } = lines[line] ?? {};
  return mark ? text.slice(0, mark.start - start) + text.slice(mark.end - start) : text;
}

/** A link is told at one end, or at both; it is seen from both. */
function linksOf(all: readonly Found[]): ReadonlyMap<string, readonly IssueLink[]> {
  const links = new Map<string, Map<string, IssueLink>>();
  const known = new Set(all.map(keyOf));
  const add = (key: string, link: IssueLink) => {
    const own = links.get(key) ?? new Map<string, IssueLink>();
    links.set(key, own.set(`${link.type} ${link.target}`, link));
  };
  for (const found of all) {
    const key = keyOf(found);
    for (const { type, target } of valuesOf(found).links) {
      if (target === key) continue;
      add(key, { type, target });
      if (known.has(target)) add(target, { type: INVERSE_LINK[type], target: key });
    }
  }
  return new Map([...links].map(([key, own]) => [key, [...own.values()]]));
}

export function personOf(name: string): Person {
  return { id: name, name, ...(/^[^\s@]+@[^\s@]+$/.test(name) && { email: name }) };
}

export function toComment(
  { id, body, by, at, edited }: Omit<WrittenComment, 'first' | 'behind'>,
  changedAt: number,
): Comment {
  return {
    ...{ id, body, createdAt: at ?? changedAt },
    ...(by !== undefined && { author: personOf(by) }),
    ...(edited !== undefined && { editedAt: edited }),
  };
}
