/** What people and programs ask for, in the words of Jira's requests. Pure. */
import { PaceError } from '../errors.ts';
import type { IssueDraft, IssuePatch, IssuePurpose, Settings } from '../ports.ts';
import { cut } from '../untrusted-text.ts';
import { markdownToAdf } from './adf.ts';
import type { Operation } from './refusals.ts';
import { toLabel } from './wire.ts';

export const TITLE_LIMIT = 255;

/** What an issue can do without when the project's screens do not take it. */
export const OPTIONAL: readonly string[] = ['priority', 'labels', 'assignee'];

/** The purpose whose issue type an issue without a purpose gets: every kind of project has tasks. */
export const ANY_PURPOSE: IssuePurpose = 'advisory';

export type Fields = Readonly<Record<string, unknown>>;

/** The key itself, so that nothing else ever gets into an address. */
export function validKey(key: string, operation: Operation): string {
  if (/^[A-Za-z][A-Za-z0-9_]*-[1-9]\d*$/.test(key)) return key;
  throw new PaceError({
    // a key that another tracker has given names nothing here
    kind: 'not-found',
    operation,
    message: `${JSON.stringify(key)} is not the key of an issue in Jira.`,
    remedy: 'Please write it like PROJ-12.',
  });
}

/** The fields of a new issue; type and priority come from the settings of its purpose. */
export function draftFields(draft: IssueDraft, project: string, settings: Settings): Fields {
  const { purpose } = draft;
  const type = settings[`${purpose ?? ANY_PURPOSE}_issue_type`];
  const priority = settings[`${purpose}_priority`];
  const [assignee] = draft.assignees ?? [];
  return {
    project: { key: project },
    issuetype: { name: type },
    ...patchFields(draft),
    ...(priority === undefined ? {} : { priority: { name: priority } }),
    ...(assignee === undefined ? {} : { assignee: { accountId: assignee } }),
  };
}

/** The fields that a patch changes; the metadata is no field. */
export function patchFields({ title, body, labels }: IssuePatch): Fields {
  return {
    ...(title === undefined ? {} : { summary: oneLine(title) }),
    ...(body === undefined ? {} : { description: body === '' ? null : markdownToAdf(body) }),
    ...(labels === undefined ? {} : { labels: [...new Set(labels.map(toLabel))] }),
  };
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
