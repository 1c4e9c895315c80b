/** Issue types, their levels and the fields on their screens. */
import type { Handler } from '../loopback.ts';
import { refusal } from './answers.ts';
import type { Site } from './site.ts';

/** Ids of custom fields, which every site has others for. */
export const POINTS = 'customfield_10016';
export const SPRINT = 'customfield_10020';
export const EPIC_LINK = 'customfield_10014';

export interface FieldOfScreen {
  readonly id: string;
  readonly name: string;
  readonly schema: Readonly<Record<string, unknown>>;
}

const system = (id: string, name: string, type = id): FieldOfScreen => ({ id, name, schema: { type, system: id } });
const custom = (id: string, name: string, type: string, kind: string): FieldOfScreen => ({
  id,
  name,
  schema: {
    type,
    custom: kind,
    customId: Number(id.replace('customfield_', '')),
    ...(type === 'array' ? { items: 'json' } : {}),
  },
});

const CUSTOM = [
  custom(POINTS, 'Story Points', 'number', 'com.atlassian.jira.plugin.system.customfieldtypes:float'),
  custom(SPRINT, 'Sprint', 'array', 'com.pyxis.greenhopper.jira:gh-sprint'),
  custom(EPIC_LINK, 'Epic Link', 'any', 'com.pyxis.greenhopper.jira:gh-epic-link'),
];

const FIELDS = [
  system('summary', 'Summary', 'string'),
  system('description', 'Description', 'string'),
  system('labels', 'Labels', 'array'),
  system('priority', 'Priority'),
  system('assignee', 'Assignee', 'user'),
  system('fixVersions', 'Fix versions', 'array'),
  system('duedate', 'Due date', 'date'),
  system('parent', 'Parent', 'issuelink'),
];

export function customFields({ isCloud }: Site): FieldOfScreen[] {
  return CUSTOM.filter(({ id }) => !(isCloud && id === EPIC_LINK));
}

export function levelOf(type: string): number {
  if (type === 'Sub-task') return -1;
  return type === 'Epic' ? 1 : 0;
}

export function screenOf(site: Site, type: string): FieldOfScreen[] {
  const { refuseFields } = site.options;
  return [...FIELDS, ...customFields(site)]
    .filter(({ id }) => !refuseFields.includes(id))
    .filter(({ id }) => !(id === POINTS && type === 'Epic') && !(id === EPIC_LINK && levelOf(type) !== 0))
    .filter(({ id }) => id !== 'parent' || site.isCloud || levelOf(type) === -1);
}

export function wireType(site: Site, type: string): Record<string, unknown> {
  return {
    id: String(10_000 + site.options.issueTypes.indexOf(type)),
    name: type,
    description: '',
    subtask: levelOf(type) === -1,
    ...(site.isCloud ? { hierarchyLevel: levelOf(type) } : {}),
  };
}

/** The type that a request names. */
export function typeNamed(site: Site, given: { id?: unknown; name?: unknown }): string | undefined {
  return site.options.issueTypes.find((name) => name === given.name || wireType(site, name)['id'] === given.id);
}

export function typeRoutes(site: Site): Record<'types' | 'fields' | 'whole', Handler> {
  const { projectKey, issueTypes, wholeCreatemeta, priorities } = site.options;
  const noProject = refusal(404, ['No project could be found.']);
  // Data Center numbers its pages and calls every list `values`
  const page = (name: string, list: readonly unknown[]) => ({
    json: {
      startAt: 0,
      maxResults: 200,
      total: list.length,
      ...(site.isCloud ? {} : { isLast: true }),
      [site.isCloud ? name : 'values']: list,
    },
  });

  const wireField = ({ id, name, schema }: FieldOfScreen) => ({
    fieldId: id,
    key: id,
    name,
    required: id === 'summary',
    hasDefaultValue: id === 'priority',
    operations: ['set'],
    schema,
    ...(id === 'priority'
      ? {
          allowedValues: priorities.map((priority, place) => ({ id: String(place), name: priority })),
          defaultValue: { id: '2', name: priorities[2] ?? priorities[0] },
        }
      : {}),
  });

  return {
    types: ({ params }) => {
      if (wholeCreatemeta || params['project'] !== projectKey) return noProject;
      return page(
        'issueTypes',
        issueTypes.map((type) => wireType(site, type)),
      );
    },
    fields: ({ params }) => {
      const type = typeNamed(site, { id: params['type'] });
      if (wholeCreatemeta || params['project'] !== projectKey || type === undefined) return noProject;
      return page('fields', screenOf(site, type).map(wireField));
    },
    whole: ({ query }) => {
      if (!wholeCreatemeta) return refusal(404, ['Issue Does Not Exist']);
      const projects = query.get('projectKeys') === projectKey ? [projectKey] : [];
      const types = issueTypes.map((type) => ({
        ...wireType(site, type),
        fields: Object.fromEntries(
          screenOf(site, type).map((field) => {
            const { fieldId: _, key: __, ...rest } = wireField(field);
            return [field.id, rest];
          }),
        ),
      }));
      return {
        json: { projects: projects.map((key) => ({ id: '10000', key, name: 'The project', issuetypes: types })) },
      };
    },
  };
}
