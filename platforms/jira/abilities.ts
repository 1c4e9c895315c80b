/** What can be done in this project, by looking at its types, screens, statuses and link types. Reads only. */

import type { StatusMap } from '../../core/drivers/status-map.ts';
import { type Ability, type Capabilities, capabilitiesBut } from '../../core/ports/capabilities.ts';
import { ISSUE_STATES, type IssueState, LINK_TYPES, PRIORITIES } from '../../core/ports/index.ts';
import { customFieldOf } from './custom-fields.ts';
import type { JiraApi } from './dialect.ts';
import { linkWords } from './link-words.ts';
import type { Project, Screen } from './lookup.ts';
import { levelOf } from './parents.ts';
import { CANCELED, statusState, toType, type WireStatus } from './wire.ts';

const OPERATION = 'capabilities';

/** Fields of ours, as Jira's screens call them. */
const SCREEN_FIELDS = {
  priority: 'priority',
  labels: 'labels',
  assignees: 'assignee',
  milestone: 'fixVersions',
  dueDate: 'duedate',
} as const satisfies Partial<Record<Ability, string>>;

const LABELS_APPEAR = 'In Jira a label is there as soon as an issue has it, and gone with the last one.';

export async function lookAtAbilities(api: JiraApi, project: Project, states: StatusMap): Promise<Capabilities> {
  const dialect = await api.dialect(OPERATION);
  const [screens, statuses, linkTypes, priorities, resolutions] = await Promise.all([
    project.screens(OPERATION),
    project.statuses(OPERATION),
    project.linkTypes(OPERATION),
    project.priorities(OPERATION),
    api.call<readonly { name?: string }[]>(OPERATION, { path: ['resolution'] }),
  ]);
  const known = PRIORITIES.filter((priority) => priorities.toNames(priority).length > 0);
  const links = LINK_TYPES.filter((type) => linkWords(linkTypes, type) !== undefined);
  const unsupported: Partial<Record<Ability, string>> = {
    'several assignees': 'An issue in Jira has one assignee.',
    'create labels': LABELS_APPEAR,
    'edit labels': LABELS_APPEAR,
    'delete labels': LABELS_APPEAR,
    ...missingFields(project, screens, dialect.hasLevels),
    ...(known.length === 0 ? { priority: `PACE does not know the order of the priorities of ${project.key}.` } : {}),
    ...(links.length === 0 ? { links: 'An administrator has switched links off, or removed their types.' } : {}),
    ...dialect.lacks,
  };
  return capabilitiesBut(unsupported, {
    states: statesOf(statuses, states, resolutions),
    priorities: unsupported.priority === undefined ? known : [],
    linkTypes: links,
    types: [...new Set(screens.map(({ type }) => toType(type)))],
  });
}

function missingFields(project: Project, screens: readonly Screen[], hasLevels: boolean) {
  const fields = screens.flatMap((screen) => screen.fields);
  const has = (id: string) => fields.some((field) => field.id === id);
  const hasCustom = (wanted: string) => fields.some((field) => customFieldOf(field, project.pointsField) === wanted);
  const absent = (what: string) =>
    `No screen of ${project.key} has the field “${what}”: an administrator of the project can add it.`;
  const subtasks = screens.some(({ type }) => levelOf(type) === -1);
  const hasParents = subtasks || (hasLevels ? has('parent') : hasCustom('epicLink'));
  const missing: Partial<Record<Ability, string>> = {};
  for (const [ability, id] of Object.entries(SCREEN_FIELDS) as [keyof typeof SCREEN_FIELDS, string][])
    if (!has(id)) missing[ability] = absent(id);
  if (!hasParents) missing.parent = `${project.key} has no type for subtasks, and no field for the parent.`;
  if (!hasCustom('storyPoints'))
    missing.storyPoints = `${absent('Story Points')} Another field can be named by \`jira.story_points_field\`.`;
  if (!hasCustom('sprint')) missing.sprint = `No screen of ${project.key} shows a sprint.`;
  return missing;
}

/** The states that some status stands for; canceled also where a resolution can say so. */
function statesOf(
  statuses: readonly WireStatus[],
  states: StatusMap,
  resolutions: readonly { readonly name?: string }[],
): IssueState[] {
  const found = new Set(statuses.map((status) => statusState(status, states)));
  if (found.has('done') && resolutions.some(({ name = '' }) => CANCELED.test(name))) found.add('canceled');
  return ISSUE_STATES.filter((state) => found.has(state));
}
