/** The milestones of the configured project. https://linear.app/docs/project-milestones */

import { defined } from '../../core/defined.ts';
import { PaceError, unsupported } from '../../core/errors.ts';
import type { Milestone } from '../../core/ports/index.ts';
import { storable } from '../../core/text/storable.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import type { LinearApi } from './api.ts';
import { fold, type LinearMilestone, type Lookup, needed } from './lookup.ts';
import { MILESTONE } from './questions.ts';
import type { Operation } from './refusals.ts';
import { textOf } from './selection.ts';

interface Written {
  readonly projectMilestone?: LinearMilestone;
}

const PAYLOAD = `projectMilestone { ${textOf(MILESTONE)} }`;

export function milestoneCalls(api: LinearApi, lookup: Lookup) {
  async function* listMilestones(): AsyncGenerator<Milestone> {
    const { milestones } = await api.attempt('listMilestones', () =>
      lookup.find('listMilestones', { milestones: true }),
    );
    yield* milestones.map(toNeutral);
  }

  async function theMilestone(operation: Operation, title: string): Promise<LinearMilestone> {
    const { milestones, project } = await lookup.find(operation, { milestones: true });
    const found = milestones.find(({ name }) => fold(name) === fold(title));
    if (found) return found;
    throw new PaceError({
      kind: 'not-found',
      operation,
      message: `The project ${plainLine(project?.name ?? '', 80)} has no milestone “${plainLine(title, 60)}”.`,
      remedy: 'Please look at the existing milestones: `pace milestone list`.',
    });
  }

  async function createMilestone(milestone: Omit<Milestone, 'state'>): Promise<Milestone> {
    const { project, milestones } = await lookup.find('createMilestone', { milestones: true });
    // Linear would make a twin
    if (milestones.some(({ name }) => fold(name) === fold(milestone.title))) throw isThere(milestone.title);
    const input = { ...toInput(milestone), projectId: needed(project, 'the project').id };
    const text = `projectMilestoneCreate(input: $input) { ${PAYLOAD} }`;
    const declared = '$input: ProjectMilestoneCreateInput!';
    const answer = await api.mutate<{ projectMilestoneCreate?: Written }>('createMilestone', text, declared, { input });
    return toNeutral(needed(answer.projectMilestoneCreate?.projectMilestone, 'the milestone'));
  }

  async function updateMilestone(title: string, changes: Partial<Milestone>): Promise<Milestone> {
    const before = await theMilestone('updateMilestone', title);
    if (changes.state !== undefined && changes.state !== toNeutral(before).state) throw closedByItself();
    const text = `projectMilestoneUpdate(id: $id, input: $input) { ${PAYLOAD} }`;
    const declared = '$id: String!, $input: ProjectMilestoneUpdateInput!';
    const variables = { id: before.id, input: toInput(changes) };
    const answer = await api.mutate<{ projectMilestoneUpdate?: Written }>('updateMilestone', text, declared, variables);
    return toNeutral(needed(answer.projectMilestoneUpdate?.projectMilestone, 'the milestone'));
  }

  async function deleteMilestone(title: string): Promise<void> {
    const { id } = await theMilestone('deleteMilestone', title);
    await api.mutate('deleteMilestone', 'projectMilestoneDelete(id: $id) { success }', '$id: String!', { id });
  }

  return {
    listMilestones,
    createMilestone: (milestone: Omit<Milestone, 'state'>) =>
      api.attempt('createMilestone', () => createMilestone(milestone)),
    updateMilestone: (title: string, changes: Partial<Milestone>) =>
      api.attempt('updateMilestone', () => updateMilestone(title, changes)),
    deleteMilestone: (title: string) => api.attempt('deleteMilestone', () => deleteMilestone(title)),
  };
}

function isThere(title: string): PaceError {
  return new PaceError({
    kind: 'conflict',
    message: `There is a milestone “${plainLine(title, 60)}” already.`,
    remedy: 'Please choose another title, or change the existing one.',
  });
}

function closedByItself(): PaceError {
  return unsupported(
    'Linear',
    'close or reopen a milestone by hand',
    'It is closed when all of its issues are: please close or reopen those.',
  );
}

function toInput({ title, description, dueDate }: Partial<Milestone>) {
  return {
    ...defined({
      name: title && storable(title),
      description: description && storable(description),
      targetDate: dueDate,
    }),
  };
}

function toNeutral({ name, description, targetDate, status }: LinearMilestone): Milestone {
  return {
    title: name,
    ...(description ? { description } : {}),
    state: status === 'done' ? 'closed' : 'open',
    ...(targetDate ? { dueDate: targetDate } : {}),
  };
}
