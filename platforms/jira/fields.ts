/** What people and programs ask for, in the words of Jira's requests: what needs no look at the project. Pure. */

import { defined } from '../../core/defined.ts';
import { PaceError } from '../../core/errors.ts';
import type { IssuePatch, IssuePurpose } from '../../core/ports/index.ts';
import { cut } from '../../core/text/untrusted-text.ts';
import type { Dialect } from './dialect.ts';
import type { Operation } from './refusals.ts';
import { toLabel } from './wire.ts';

export const TITLE_LIMIT = 255;

/** What a new issue can do without when the project's screens do not take it, and what a change can. */
export const OPTIONAL = { createIssue: ['priority', 'labels', 'assignee'], updateIssue: ['labels'] } as const;

/** The purpose whose issue type an issue without a purpose gets: every kind of project has tasks. */
export const ANY_PURPOSE: IssuePurpose = 'advisory';

export type Fields = Readonly<Record<string, unknown>>;

/** What a request writes: values, and changes of values that only Jira knows. */
export interface Writing {
  readonly fields: Fields;
  readonly update: Readonly<Record<string, readonly unknown[]>>;
}

/** The key itself, so that nothing else ever gets into an address. */
export function validKey(key: string, operation: Operation): string {
  if (isKey(key)) return key;
  throw new PaceError({
    // a key that another tracker has given names nothing here
    kind: 'not-found',
    operation,
    message: `${JSON.stringify(key)} is not the key of an issue in Jira.`,
    remedy: 'Please write it like PROJ-12.',
  });
}

export function isKey(key: string): boolean {
  return /^[A-Za-z][A-Za-z0-9_]*-[1-9]\d*$/.test(key);
}

export function plainFields({ title, body, labels, dueDate }: IssuePatch, dialect: Dialect): Fields {
  return {
    ...(title === undefined ? {} : { summary: oneLine(title) }),
    ...(body === undefined ? {} : { description: body === '' ? null : dialect.format(body) }),
    ...defined({ labels: labels && [...new Set(labels.map(toLabel))], duedate: dueDate }),
  };
}

/** Labels are added and removed beside those that others add meanwhile. */
export function labelChanges({ addLabels = [], removeLabels = [] }: IssuePatch): Writing['update'] {
  const changes = [
    ...removeLabels.map((label) => ({ remove: toLabel(label) })),
    ...addLabels.map((label) => ({ add: toLabel(label) })),
  ];
  return changes.length > 0 ? { labels: changes } : {};
}

/** Jira refuses a summary with line ends. */
function oneLine(title: string): string {
  return cut(
    title
      .toWellFormed()
      .replace(/(?:\p{Cc}|\p{Zl}|\p{Zp})+/gu, ' ')
      .trim(),
    TITLE_LIMIT,
  );
}
