/** Versions of the project. https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-project-versions/ */

import { defined } from '../../core/defined.ts';
import { PaceError } from '../../core/errors.ts';
import type { Milestone, TrackerDriver } from '../../core/ports/index.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import type { JiraApi } from './dialect.ts';
import { namesOf, type Project } from './lookup.ts';
import type { Operation } from './refusals.ts';

export interface WireVersion {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly released?: boolean;
  readonly archived?: boolean;
  /** `YYYY-MM-DD`. */
  readonly releaseDate?: string;
}

type Offered = 'listMilestones' | 'createMilestone' | 'updateMilestone' | 'deleteMilestone';

export function createMilestones(api: JiraApi, project: Project): Pick<TrackerDriver, Offered> {
  return {
    async *listMilestones() {
      yield* (await versions(api, 'listMilestones', project)).map(toMilestone);
    },
    createMilestone: async ({ title, ...more }) => {
      const operation = 'createMilestone';
      const body = { name: title, ...fieldsOf(more), projectId: Number(await project.id(operation)) };
      return toMilestone(await api.call<WireVersion>(operation, { method: 'POST', path: ['version'], body }));
    },
    updateMilestone: async (title, { title: name, state, ...more }) => {
      const operation = 'updateMilestone';
      const { id } = await versionNamed(api, operation, project, title);
      const body = {
        ...defined({ name }),
        ...fieldsOf(more),
        ...(state === undefined
          ? {}
          : { released: state === 'closed', ...(state === 'open' ? { archived: false } : {}) }),
      };
      return toMilestone(await api.call<WireVersion>(operation, { method: 'PUT', path: ['version', id], body }));
    },
    deleteMilestone: async (title) => {
      const operation = 'deleteMilestone';
      const { id } = await versionNamed(api, operation, project, title);
      await api.send(operation, { method: 'DELETE', path: ['version', id] });
    },
  };
}

function fieldsOf({ description, dueDate }: Partial<Milestone>) {
  return {
    ...defined({ description, releaseDate: dueDate }),
  };
}

function versions(api: JiraApi, operation: Operation, { key }: Project): Promise<readonly WireVersion[]> {
  return api.call(operation, { path: ['project', key, 'versions'] });
}

/** Throws `not-found` with the names that there are. */
export async function versionNamed(
  api: JiraApi,
  operation: Operation,
  project: Project,
  title: string,
): Promise<WireVersion> {
  const all = await versions(api, operation, project);
  const fold = title.trim().toLowerCase();
  const found = all.find(({ name }) => name === title) ?? all.find(({ name }) => name.trim().toLowerCase() === fold);
  if (found) return found;
  throw new PaceError({
    kind: operation.endsWith('Milestone') ? 'not-found' : 'validation',
    operation,
    message: `${project.key} has no version “${plainLine(title, 80)}”; it has ${namesOf(all)}.`,
    remedy: 'Please name one of them, or create it first.',
  });
}

function toMilestone({ name, description, released, archived, releaseDate }: WireVersion): Milestone {
  return {
    title: name,
    ...(description ? { description } : {}),
    state: released || archived ? 'closed' : 'open',
    ...(releaseDate ? { dueDate: releaseDate } : {}),
  };
}
