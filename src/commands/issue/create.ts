/** `pace issue create`. */
import type { World } from '../../../core/world.ts';
import { type Created, createIssue as create } from '../../tracker/create-issue.ts';
import { createIssues as createAll } from '../../tracker/create-issues.ts';
import type { Edited } from '../../tracker/edit-issues.ts';
import type { PlannedIssue } from '../../tracker/issue-file.ts';
import { templateNamed } from '../../tracker/templates/find-template.ts';
import { type IssueTemplate, titled } from '../../tracker/templates/template.ts';
import { usageError } from '../../tracker/usage.ts';
import { fieldValues } from '../../tracker/values.ts';
import { type WritingOptions, type Written, writeOn } from '../on-tracker.ts';
import { listed } from './given.ts';
import type { IssueCreate } from './options.ts';

/** Throws a usage error with all that is wrong, before anything is opened. */
export async function createIssue(
  world: World,
  options: IssueCreate,
): Promise<Written<Created & { readonly tracker: string }>> {
  const { title, template: name, body, label, assignee } = options;
  const values = fieldValues(options);
  if (title === undefined) {
    throw usageError('The title is missing.', 'Please pass it: pace issue create "What is wrong".');
  }
  const template = name === undefined ? undefined : await templateNamed(world.cwd, name);
  const change = {
    title: template ? titled(template, title) : title,
    body: body ?? template?.body ?? '',
    values: { ...(template?.type === undefined ? {} : { type: template.type }), ...values },
    labels: beside(template?.labels, listed(label)),
    assignees: beside(template?.assignees, listed(assignee)),
  };
  return writeOn(world, options, [], async ({ tracker }) => ({
    ...(await create(tracker, change)),
    tracker: tracker.name,
  }));
}

/** The issues of a file, with parents and links among them. */
export function createIssues(
  world: World,
  options: WritingOptions,
  planned: readonly PlannedIssue[],
  signal?: AbortSignal,
): Promise<Written<Edited>> {
  return writeOn(world, options, [], ({ tracker }) =>
    createAll(tracker, planned, { isDryRun: options.dryRun ?? false, signal }),
  );
}

/** Those of the template, and what was given; `none` alone takes neither. */
function beside(
  ofTemplate: IssueTemplate['labels'] | undefined,
  given: readonly string[] | undefined,
): readonly string[] | undefined {
  if (ofTemplate === undefined || given?.length === 0) return given;
  return [...new Set([...ofTemplate, ...(given ?? [])])];
}
