/** Issues created, changed and moved: from a text to the text that it becomes. Pure. */

import type { Stamp } from '../../core/drivers/documents/document-kind.ts';
import { PRIORITY_WORDS, STATE_WORDS } from '../../core/epics/words.ts';
import { PaceError } from '../../core/errors.ts';
import type { Target } from '../../core/ports/index.ts';
import type { IssueDraft, IssuePatch, Metadata } from '../../core/ports/issue.ts';
import { cut, plainLine } from '../../core/text/untrusted-text.ts';
import { metadataAfter, peopleAfter } from '../../core/tracker/concurrent-edits.ts';
import { editedLabels } from '../../core/tracker/patched-issue.ts';
import { bodyOf, withBody } from './body.ts';
import { type Wanted, written } from './fields.ts';
import { foundIn, isIn, type Sheet } from './issue-context.ts';
import { withTargets } from './links.ts';
import { touched, withHidden, withOwnKey } from './metadata.ts';
import { placed, withRowBelow } from './new-issues.ts';
import { sameOthers } from './same-others.ts';
import { transitionsOf, wordFor } from './states.ts';
import { hiddenOf, parentOf, personOf, valuesOf } from './wire.ts';

export const TITLE_LIMIT = 500;

export interface Written {
  readonly sheet: Sheet;
  readonly key: string;
}

export function created(sheet: Sheet, given: IssueDraft, stamp: Stamp): Written {
  const draft = { ...given, title: cut(given.title.trim(), TITLE_LIMIT) };
  const { parent } = draft;
  if (parent !== undefined) requireIssue(sheet, parent);
  const title = shownTitle(draft.title);
  const { sheet: started, key } = placed(sheet, { draft: { ...draft, title }, stamp });
  const now = stamp.now;
  const marked = withHidden(started, key, { by: stamp.person.name, made: now, changed: now });
  const { body, type, priority, labels = [], assignees = [], storyPoints, dueDate, metadata, state } = draft;
  const own = valuesOf(foundIn(marked, key));
  const patch: IssuePatch = {
    ...{ title: draft.title, body, labels: [...new Set(labels)], assignees: [...new Set(assignees)] },
    ...(type !== undefined && type.toLowerCase() !== own.type && { type }),
    ...(priority !== undefined && { priority }),
    ...(storyPoints !== undefined && { storyPoints }),
    ...(dueDate !== undefined && { dueDate }),
    ...(metadata && { metadata }),
    ...(parent !== undefined && { parent }),
    ...(state && { state }),
  };
  const whole = touched(changed(marked, key, patch), key, now);
  requireOthers(sheet, whole, key);
  return { sheet: whole, key };
}

export function updated(sheet: Sheet, key: string, patch: IssuePatch, stamp: Stamp): Written {
  if (patch.parent) requireIssue(sheet, patch.parent);
  const after = changed(sheet, key, patch);
  if (after === sheet) return { sheet, key };
  const whole = touched(withOwnKey(after, key), key, stamp.now);
  requireOthers(sheet, whole, key);
  return { sheet: whole, key };
}

export function moved(sheet: Sheet, key: string, target: Target, stamp: Stamp): Written {
  const after = withState(sheet, key, target);
  if (after === sheet) return { sheet, key };
  return { sheet: touched(withOwnKey(after, key), key, stamp.now), key };
}

export { transitionsOf };

/** Field by field; of what is there already nothing is written. */
function changed(before: Sheet, key: string, patch: IssuePatch): Sheet {
  const found = foundIn(before, key);
  const values = valuesOf(found);
  // the row has its key before its title is another one
  let sheet = patch.title === undefined ? before : withTitle(before, key, cut(patch.title.trim(), TITLE_LIMIT));
  if (patch.body !== undefined) sheet = withText(sheet, key, patch.body);
  const { type, priority, storyPoints, dueDate, parent, state } = patch;
  if (type !== undefined) sheet = withType(sheet, key, type);
  if (priority !== undefined) sheet = written(sheet, key, priorityOf(priority));
  if (storyPoints !== undefined) sheet = written(sheet, key, pointsOf(storyPoints));
  if (dueDate !== undefined) sheet = written(sheet, key, dueOf(dueDate));
  const labels = editedLabels(values.labels, patch);
  if (labels) sheet = written(sheet, key, listOf('labels', [...new Set(labels)]));
  const people = patch.assignees ?? peopleAfter(values.assignees.map(personOf), patch);
  if (people) sheet = written(sheet, key, listOf('assignees', [...new Set(people)]));
  if (parent !== undefined) sheet = withParent(sheet, key, parent);
  sheet = withMetadata(sheet, key, patch);
  return state === undefined ? sheet : withState(sheet, key, { state });
}

function withTitle(sheet: Sheet, key: string, title: string): Sheet {
  if (valuesOf(foundIn(sheet, key)).title === title) return sheet;
  return written(withOwnKey(sheet, key), key, {
    ...{ name: 'title', shown: shownTitle(title), exact: title },
    isThere: (values) => values.title === title,
  });
}

/** One line; a comment that begins in it would hide what follows. */
function shownTitle(title: string): string {
  return plainLine(title).trim().slice(0, TITLE_LIMIT).replaceAll('<!--', '<! --') || 'Untitled';
}

function withText(sheet: Sheet, key: string, body: string): Sheet {
  const { subtask } = foundIn(sheet, key);
  if (!subtask) return withBody(sheet, key, body);
  const text = bodyOf(body);
  return written(sheet, key, {
    ...{ name: 'body', shown: inOneLine(text), exact: text },
    isThere: (values) => values.body === text,
  });
}

/** What a cell shows of a text: its first line. */
function inOneLine(text: string): string {
  const [first = ''] = text.split('\n').filter((line) => line.trim() !== '');
  return plainLine(first, 200).replaceAll('<!--', '<! --').trim();
}

function withType(sheet: Sheet, key: string, type: string): Sheet {
  const wanted = type.toLowerCase();
  return written(sheet, key, {
    ...{ name: 'type', shown: plainLine(type, 60), exact: type },
    isThere: (values) => values.type === wanted,
  });
}

function priorityOf(priority: IssuePatch['priority']): Wanted {
  const shown = priority === null || priority === undefined ? '-' : PRIORITY_WORDS[priority];
  return { name: 'priority', shown, exact: shown, isThere: (values) => values.priority === (priority ?? undefined) };
}

function pointsOf(points: number | null): Wanted {
  const shown = points === null ? '-' : String(points);
  return { name: 'points', shown, exact: shown, isThere: (values) => values.points === (points ?? undefined) };
}

function dueOf(day: string | null): Wanted {
  const shown = day ?? '-';
  return { name: 'due', shown, exact: shown, isThere: (values) => values.due === (day ?? undefined) };
}

function listOf(name: 'labels' | 'assignees', wanted: readonly string[]): Wanted {
  const isSame = (there: readonly string[]) =>
    there.length === wanted.length && wanted.every((one) => there.includes(one));
  const shown = wanted.length === 0 ? '-' : plainLine(wanted.map((one) => one.replaceAll(',', ' ')).join(', '));
  return { name, shown: shown.replaceAll('<!--', '<! --'), exact: wanted, isThere: (values) => isSame(values[name]) };
}

function withParent(sheet: Sheet, key: string, parent: string | null): Sheet {
  const found = foundIn(sheet, key);
  const before = parentOf(found, valuesOf(found));
  if (before === (parent ?? undefined)) return sheet;
  if (found.subtask) return rowMoved(sheet, key, parent);
  return written(sheet, key, {
    ...{ name: 'parent', shown: parent ?? 'none', exact: parent ?? 'none' },
    isThere: (values) => parentOf(found, values) === (parent ?? undefined),
  });
}

/** The row goes to the other story, with all that is known of it. */
function rowMoved(sheet: Sheet, key: string, story: string | null): Sheet {
  const found = foundIn(sheet, key);
  if (story === null) {
    throw new PaceError({
      kind: 'validation',
      message: `${key} belongs to ${found.section.key}, because it is a row of it.`,
      remedy: 'Please make a story of it in the file: `### ID: Title`.',
    });
  }
  const before = valuesOf(found);
  const { exact: _, ...hidden } = hiddenOf(found);
  const { title, body, type, priority, points, due, labels, assignees, state, stateName, links } = before;
  let after = withHidden(withRowBelow(sheet, key, story), key, hidden);
  after = changed(after, key, {
    ...{ title, body, type, labels, assignees },
    ...(priority !== undefined && { priority }),
    ...(points !== undefined && { storyPoints: points }),
    ...(due !== undefined && { dueDate: due }),
  });
  for (const [linkType, all] of Map.groupBy(links, (link) => link.type))
    after = withTargets(after, key, { type: linkType, targets: all.map(({ target }) => target) });
  return withState(after, key, { state, name: stateName });
}

function withMetadata(sheet: Sheet, key: string, { metadata, setMetadata }: IssuePatch): Sheet {
  const before: Metadata = hiddenOf(foundIn(sheet, key)).metadata ?? {};
  const after = metadata ?? (setMetadata && metadataAfter(before, setMetadata));
  if (!after || JSON.stringify(after) === JSON.stringify(before)) return sheet;
  return withHidden(sheet, key, { metadata: after });
}

function withState(sheet: Sheet, key: string, { state, name }: Target): Sheet {
  const found = foundIn(sheet, key);
  const before = valuesOf(found);
  const isNamed = name === undefined || name.toLowerCase() === before.stateName.toLowerCase();
  if (before.state === state && isNamed) return sheet;
  // a tick has no words of its own
  const word = name ?? (found.subtask?.tick ? STATE_WORDS[state] : wordFor(sheet, state));
  return written(sheet, key, {
    ...{ name: 'status', shown: word, exact: word },
    isThere: (values) => values.state === state && values.stateName.toLowerCase() === word.toLowerCase(),
  });
}

function requireIssue(sheet: Sheet, key: string): void {
  if (!isIn(sheet, key)) foundIn(sheet, key);
}

/** A mistake of ours, or a text that is more than it seems: nothing is written then. */
function requireOthers(before: Sheet, after: Sheet, key: string): void {
  if (sameOthers(before, after, { key })) return;
  throw new PaceError({
    kind: 'validation',
    message: `With this change of ${key} other issues of the file would read otherwise, so nothing was written.`,
    remedy: 'Please write it into the file by hand.',
  });
}
