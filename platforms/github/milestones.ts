/** Milestones, which people know by title and GitHub by number. https://docs.github.com/en/rest/issues/milestones */

import { defined } from '../../core/defined.ts';
import { PaceError } from '../../core/errors.ts';
import type { Milestone } from '../../core/ports/index.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import type { Api } from './api.ts';
import { toMilestone, type WireMilestone } from './issue-wire.ts';

const NAMES_SHOWN = 20;

export async function* listMilestones(api: Api): AsyncGenerator<Milestone> {
  for await (const page of pagesOf(api, 'listMilestones')) yield* page.map(toMilestone);
}

export async function createMilestone(
  api: Api,
  { title, description, dueDate }: Omit<Milestone, 'state'>,
): Promise<Milestone> {
  const fields = { title, ...described(description), ...due(dueDate) };
  return toMilestone(
    await api.call('createMilestone', 'write issues', (octokit) =>
      octokit.request('POST /repos/{owner}/{repo}/milestones', { ...api.repository, ...fields }),
    ),
  );
}

export async function updateMilestone(api: Api, title: string, changes: Partial<Milestone>): Promise<Milestone> {
  const milestone_number = await theMilestone(api, 'updateMilestone', title, 'not-found');
  const { title: newTitle, description, state, dueDate } = changes;
  const fields = {
    ...defined({ title: newTitle }),
    ...described(description),
    ...defined({ state }),
    ...due(dueDate),
  };
  return toMilestone(
    await api.call('updateMilestone', 'write issues', (octokit) =>
      octokit.request('PATCH /repos/{owner}/{repo}/milestones/{milestone_number}', {
        ...api.repository,
        milestone_number,
        ...fields,
      }),
    ),
  );
}

export async function deleteMilestone(api: Api, title: string): Promise<void> {
  const milestone_number = await theMilestone(api, 'deleteMilestone', title, 'not-found');
  await api.call('deleteMilestone', 'write issues', (octokit) =>
    octokit.request('DELETE /repos/{owner}/{repo}/milestones/{milestone_number}', {
      ...api.repository,
      milestone_number,
    }),
  );
}

/** The numbers of those with the title in any case. */
export async function milestonesCalled(api: Api, operation: string, title: string): Promise<number[]> {
  return (await search(api, operation, title)).alike;
}

/** The number of the one milestone with the title. Throws, with the titles that there are, when there is none or a choice. */
export async function theMilestone(
  api: Api,
  operation: string,
  title: string,
  kind: 'validation' | 'not-found' = 'validation',
): Promise<number> {
  const { exact, alike, titles } = await search(api, operation, title);
  const [only, ...more] = alike;
  if (exact !== undefined) return exact;
  if (only !== undefined && more.length === 0) return only;
  const shown = titles.slice(0, NAMES_SHOWN).map((name) => `“${plainLine(name, 60)}”`);
  throw new PaceError({
    kind,
    message: `${api.fullName} has no milestone “${plainLine(title, 60)}”. It has: ${shown.join(', ') || 'none'}${titles.length > NAMES_SHOWN ? ', …' : ''}.`,
    remedy: 'Please name one of them, or create it first.',
    operation,
  });
}

async function search(
  api: Api,
  operation: string,
  title: string,
): Promise<{ exact: number | undefined; alike: number[]; titles: string[] }> {
  const all: WireMilestone[] = [];
  for await (const page of pagesOf(api, operation)) all.push(...page);
  const fold = title.toLowerCase();
  return {
    exact: all.find((milestone) => milestone.title === title)?.number,
    alike: all.filter((milestone) => milestone.title.toLowerCase() === fold).map(({ number }) => number),
    titles: all.map((milestone) => milestone.title),
  };
}

function pagesOf(api: Api, operation: string): AsyncGenerator<WireMilestone[]> {
  return api.list<WireMilestone>(operation, 'read issues', 'milestones', { state: 'all' });
}

function described(description: string | undefined): { description?: string } {
  return description === undefined ? {} : { description };
}

/** GitHub takes a moment and keeps the day that it is on the west coast of America then. */
function due(date: string | undefined): { due_on?: string } {
  return date === undefined ? {} : { due_on: `${date}T12:00:00Z` };
}
