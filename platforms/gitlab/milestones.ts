/** Milestones of the project and of the groups above it; only the project's own are written. https://docs.gitlab.com/api/milestones/ */

import { defined } from '../../core/defined.ts';
import { PaceError } from '../../core/errors.ts';
import type { Milestone } from '../../core/ports/index.ts';
import { storable } from '../../core/text/storable.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import { invalid } from './address.ts';

import type { IssueContext } from './issue-context.ts';
import { toMilestone, type WireMilestone } from './issue-wire.ts';
import { pages } from './pages.ts';
import type { Operation } from './refusals.ts';

const MOST_NAMED = 10;

export async function* listMilestones(context: IssueContext): AsyncGenerator<Milestone, void, undefined> {
  for await (const milestone of all(context, 'listMilestones')) yield toMilestone(milestone);
}

/** By its title: as it is written, else without regard to case. */
export async function findMilestone(
  context: IssueContext,
  title: string,
  operation: Operation,
): Promise<WireMilestone | undefined> {
  const wanted = title.trim();
  if (wanted === '') return undefined;
  const like: WireMilestone[] = [];
  for await (const milestone of all(context, operation, wanted)) {
    if (milestone.title === wanted) return milestone;
    if (milestone.title.toLowerCase() === wanted.toLowerCase()) like.push(milestone);
  }
  return like[0];
}

/** Throws `validation`, with the milestones that there are. */
export async function requireMilestone(
  context: IssueContext,
  title: string,
  operation: Operation,
): Promise<WireMilestone> {
  const found = await findMilestone(context, title, operation);
  if (found) return found;
  const existing: string[] = [];
  for await (const { title: other, state } of all(context, operation)) {
    if (state !== 'closed') existing.push(`“${plainLine(other, 60)}”`);
    if (existing.length === MOST_NAMED) break;
  }
  throw invalid(
    `There is no milestone “${plainLine(title, 100)}” in the project or in a group above it.`,
    existing.length > 0
      ? `Please choose one of: ${existing.join(', ')}.`
      : 'There is none yet: please create it first.',
  );
}

export async function createMilestone(
  { api, project }: IssueContext,
  { title, description, dueDate }: Omit<Milestone, 'state'>,
): Promise<Milestone> {
  const created = await api.resources().milestones.create(project, storable(title), {
    ...defined({
      description: description && storable(description),
      dueDate: dueDate === undefined ? undefined : dayOf(dueDate),
    }),
  });
  return toMilestone(created);
}

export async function updateMilestone(
  context: IssueContext,
  wanted: string,
  { title, description, state, dueDate }: Partial<Milestone>,
): Promise<Milestone> {
  const present = await ownMilestone(context, wanted, 'updateMilestone');
  const changes = {
    ...defined({
      title: title && storable(title),
      description: description && storable(description),
      dueDate: dueDate === undefined ? undefined : dayOf(dueDate),
    }),
    ...(state === undefined ? {} : { stateEvent: state === 'closed' ? ('close' as const) : ('activate' as const) }),
  };
  if (Object.keys(changes).length === 0) return toMilestone(present);
  return toMilestone(await context.api.resources().milestones.edit(context.project, present.id, changes));
}

export async function deleteMilestone(context: IssueContext, title: string): Promise<void> {
  const { id } = await ownMilestone(context, title, 'deleteMilestone');
  await context.api.resources().milestones.remove(context.project, id);
}

/** Throws `validation` for what is not a day of the calendar: GitLab would drop it in silence. */
export function dayOf(text: string): string {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(time) && new Date(time).toISOString().startsWith(text)) return text;
  throw invalid(`“${plainLine(text, 40)}” is not a date.`, 'Please write it as year, month and day: `2026-03-31`.');
}

function all(context: IssueContext, operation: Operation, text?: string): AsyncGenerator<WireMilestone> {
  const { api, project } = context;
  // the client does not know the first of these
  const which = { includeAncestors: true, ...defined({ search: text }) };
  return pages<WireMilestone>(api, operation, (page) => api.resources().milestones.all(project, { ...which, ...page }));
}

async function ownMilestone(context: IssueContext, title: string, operation: Operation): Promise<WireMilestone> {
  const found = await findMilestone(context, title, operation);
  if (found && !found.group_id) return found;
  const named = `“${plainLine(title, 100)}”`;
  if (found) {
    const remedy = 'Please change it in the group, where it belongs to all of its projects.';
    throw invalid(`The milestone ${named} is that of a group.`, remedy);
  }
  throw new PaceError({
    kind: 'not-found',
    message: `There is no milestone ${named} in the project.`,
    remedy: '`pace milestone list` shows the existing ones.',
  });
}
