/** The project's labels, those of the groups above it included. https://docs.gitlab.com/api/labels/ */

import { defined } from '../../core/defined.ts';
import { PaceError } from '../../core/errors.ts';
import type { Label } from '../../core/ports/index.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import { invalid } from './address.ts';
import { labelList } from './host-wire.ts';
import type { IssueContext } from './issue-context.ts';
import { toLabel, type WireLabel } from './issue-wire.ts';
import { pages } from './pages.ts';

/** What GitLab itself gives a label that is made by naming it. */
const USUAL_COLOR = '#6699cc';

export async function* listLabels(context: IssueContext): AsyncGenerator<Label, void, undefined> {
  for await (const label of found(context, 'listLabels')) yield toLabel(label);
}

export async function createLabel({ api, project }: IssueContext, label: Label): Promise<Label> {
  const { name, description, color } = label;
  const options = description === undefined ? {} : { description };
  return toLabel(await api.resources().labels.create(project, nameOf(name), toColor(color), options));
}

export async function updateLabel(context: IssueContext, name: string, changes: Partial<Label>): Promise<Label> {
  const { id } = await ownLabel(context, name, 'updateLabel');
  const { api, project } = context;
  const { description } = changes;
  // the client takes a name or a color, and wants one of them in every edit
  const color: object = changes.color === undefined ? {} : { color: toColor(changes.color) };
  const edited = await api.resources().labels.edit(project, id, {
    newName: nameOf(changes.name ?? name),
    ...color,
    ...defined({ description }),
  });
  return toLabel(edited);
}

export async function deleteLabel(context: IssueContext, name: string): Promise<void> {
  const { id } = await ownLabel(context, name, 'deleteLabel');
  await context.api.resources().labels.remove(context.project, id);
}

/** Those that contain the text, where one is given. */
export function found(
  { api, project }: IssueContext,
  operation: 'listLabels' | 'updateLabel' | 'deleteLabel' | 'listIssues',
  text?: string,
): AsyncGenerator<WireLabel, void, undefined> {
  const search = text === undefined ? {} : { search: text };
  return pages<WireLabel>(api, operation, (page) => api.resources().labels.all(project, { ...search, ...page }));
}

/** By its id, since a label may be called by a number; names differ by case. */
async function ownLabel(
  context: IssueContext,
  name: string,
  operation: 'updateLabel' | 'deleteLabel',
): Promise<WireLabel> {
  const others: string[] = [];
  for await (const label of found(context, operation, name)) {
    if (label.name !== name) others.push(label.name);
    else if (label.is_project_label === false) throw groupLabel(name);
    else return label;
  }
  const near = others.slice(0, 10).map((other) => `“${plainLine(other, 60)}”`);
  throw new PaceError({
    kind: 'not-found',
    message: `There is no label “${plainLine(name, 100)}” in the project.`,
    remedy: `Please check the name; capital letters matter. ${near.length > 0 ? `Similar ones: ${near.join(', ')}.` : '`pace label list` shows all.'}`,
  });
}

function groupLabel(name: string): PaceError {
  return invalid(
    `The label “${plainLine(name, 100)}” is that of a group.`,
    'Please change it in the group, where it belongs to all of its projects.',
  );
}

function nameOf(name: string): string {
  return labelList([name.trim()]);
}

function toColor(color: string | undefined): string {
  if (color === undefined) return USUAL_COLOR;
  if (/^#?[0-9a-f]{6}$/i.test(color)) return `#${color.replace('#', '')}`;
  throw invalid(`“${plainLine(color, 30)}” is not a colour.`, 'Please give six hexadecimal digits, as in `d73a4a`.');
}
