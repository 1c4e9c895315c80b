/**
 * What a draft or a patch writes. Everything that names something else (a type, a person, a version, a parent) is looked up
 * first, so that nothing is written when one is unknown. A plain draft or patch needs no look.
 */
import { asPaceError, PaceError, unsupported } from '../../core/errors.ts';
import type { IssueDraft, IssuePatch, Priority, Settings } from '../../core/ports/index.ts';
import { isRecord } from '../../core/record.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import type { World } from '../../core/world.ts';
import { changedText } from './changed-text.ts';
import { customFieldOf } from './custom-fields.ts';
import type { JiraApi } from './dialect.ts';
import { ANY_PURPOSE, type Fields, labelChanges, plainFields, type Writing } from './fields.ts';
import { namesOf, type Project, typesNamed } from './lookup.ts';
import { versionNamed } from './milestones.ts';
import { isChildOf, type Level, parentLevel } from './parents.ts';
import { personId } from './people.ts';
import type { Operation } from './refusals.ts';
import type { WireIssueType } from './wire.ts';

export interface Writer {
  draft(draft: IssueDraft): Promise<Fields>;
  patch(key: string, patch: IssuePatch): Promise<Writing>;
}

export function createWriter(world: World, api: JiraApi, settings: Settings, project: Project): Writer {
  return {
    async draft(draft) {
      const operation = 'createIssue';
      const dialect = await api.dialect(operation);
      const level = draft.parent === undefined ? undefined : await parentLevel(api, operation, draft.parent);
      const type = await draftType(draft, level);
      return {
        project: { key: project.key },
        issuetype: 'id' in type ? { id: type.id } : { name: type.name },
        ...plainFields(draft, dialect),
        ...(await draftPriority(draft)),
        ...(await draftAssignee(draft)),
        ...(draft.milestone === undefined ? {} : { fixVersions: [await version(operation, draft.milestone)] }),
        ...(draft.parent === undefined ? {} : await parentField(operation, draft.parent, level)),
        ...(draft.storyPoints === undefined ? {} : await points(operation, draft.storyPoints, type)),
      };
    },

    async patch(key, patch) {
      const operation = 'updateIssue';
      const dialect = await api.dialect(operation);
      const { type, priority, assignees, milestone, storyPoints } = patch;
      const parent = await patchParent(patch.parent);
      return {
        fields: {
          ...plainFields(patch, dialect),
          ...(patch.body ? { description: await description(key, patch.body) } : {}),
          ...(type === undefined ? {} : { issuetype: { id: (await typeNamed(operation, type)).id } }),
          ...(priority === undefined ? {} : { priority: await patchPriority(priority) }),
          ...(assignees === undefined ? {} : { assignee: await assignee(operation, assignees) }),
          ...(milestone === undefined ? {} : { fixVersions: await milestones(key, milestone) }),
          ...(storyPoints === undefined ? {} : await points(operation, storyPoints)),
          ...parent.fields,
        },
        update: { ...labelChanges(patch), ...parent.update },
      };
    },
  };

  function description(key: string, markdown: string): Promise<unknown> {
    return changedText(world, api, {
      operation: 'updateIssue',
      path: ['issue', key],
      query: { fields: 'description' },
      textIn: (answer) =>
        isRecord(answer) && isRecord(answer['fields']) ? answer['fields']['description'] : undefined,
      what: `The text of ${key}`,
      markdown,
    });
  }

  /** The purpose's type goes by its name, unlooked at; the type of a subtask follows from its parent. */
  async function draftType(draft: IssueDraft, level: Level | undefined): Promise<WireIssueType | { name: string }> {
    const name = draft.type ?? settings[`${draft.purpose ?? ANY_PURPOSE}_issue_type`] ?? '';
    if (draft.type === undefined && level === undefined) return { name };
    const types = await project.types('createIssue');
    const named = typesNamed(types, name);
    if (draft.type === undefined && level !== undefined) {
      const fitting = [...named, ...types].find((type) => isChildOf(type, level));
      if (fitting) return fitting;
    }
    const [type] = named;
    if (!type) throw noType('createIssue', name, types);
    if (level === undefined || isChildOf(type, level)) return type;
    const better = types.filter((each) => isChildOf(each, level));
    throw new PaceError({
      kind: 'validation',
      operation: 'createIssue',
      message: `The type “${type.name}” cannot be a child of ${draft.parent}, whose type is “${level.name}”.`,
      remedy: `Its children can be: ${namesOf(better)}.`,
    });
  }

  async function typeNamed(operation: Operation, name: string): Promise<WireIssueType> {
    const types = await project.types(operation);
    const [type] = typesNamed(types, name);
    if (type) return type;
    throw noType(operation, name, types);
  }

  function noType(operation: Operation, name: string, types: readonly WireIssueType[]): PaceError {
    return new PaceError({
      kind: 'validation',
      operation,
      message: `The project ${project.key} of Jira has no issue type “${plainLine(name, 60)}”; it has ${namesOf(types)}.`,
      remedy: 'Please choose one that it has.',
    });
  }

  async function draftPriority({ priority, purpose }: IssueDraft): Promise<Fields> {
    if (priority !== undefined) return { priority: await priorityOf('createIssue', priority) };
    const name = purpose && settings[`${purpose}_priority`];
    return name === undefined ? {} : { priority: { name } };
  }

  /** An issue without a priority has the usual one. */
  async function patchPriority(priority: Priority | null): Promise<{ name: string } | null> {
    if (priority !== null) return priorityOf('updateIssue', priority);
    const name = await project.defaultPriority('updateIssue');
    return name === undefined ? null : { name };
  }

  async function priorityOf(operation: Operation, priority: Priority): Promise<{ name: string }> {
    const [name] = (await project.priorities(operation)).toNames(priority);
    if (name !== undefined) return { name };
    const names = (await project.priorityNames(operation)).map((one) => ({ name: one }));
    const remedy = `This project has ${namesOf(names)}. PACE reads Jira's own names, and any five priorities by their order.`;
    throw unsupported('Jira', `keep the priority ${priority} in ${project.key}`, remedy);
  }

  /** An unknown person never loses the issue. */
  async function draftAssignee({ assignees = [] }: IssueDraft): Promise<Fields> {
    if (assignees.length === 0) return {};
    if (assignees.length > 1) world.log.warn('An issue in Jira has one assignee: only the first was set.');
    try {
      return { assignee: await assignee('createIssue', assignees) };
    } catch (thrown) {
      const error = asPaceError(thrown);
      if (error.kind !== 'validation' && error.kind !== 'permission') throw thrown;
      world.log.warn(`The issue has no assignee. ${error.message} ${error.remedy}`);
      return {};
    }
  }

  async function assignee(operation: Operation, [who]: readonly string[]): Promise<object | null> {
    if (who === undefined) return null;
    const { person } = await api.dialect(operation);
    return person(await personId(api, operation, project.key, who));
  }

  async function version(operation: Operation, title: string): Promise<{ id: string }> {
    return { id: (await versionNamed(api, operation, project, title)).id };
  }

  /** An issue can have several versions: the first is the milestone, the others stay. */
  async function milestones(key: string, title: string | null): Promise<readonly { id?: string }[]> {
    if (title === null) return [];
    const wanted = await version('updateIssue', title);
    const { fields } = await api.call<{ fields?: { fixVersions?: readonly { id?: string }[] } }>('updateIssue', {
      path: ['issue', key],
      query: { fields: 'fixVersions' },
    });
    const [, ...others] = fields?.fixVersions ?? [];
    return [wanted, ...others.filter(({ id }) => id !== wanted.id).map(({ id }) => (id === undefined ? {} : { id }))];
  }

  async function parentField(operation: Operation, parent: string, level: Level | undefined): Promise<Fields> {
    const { hasLevels } = await api.dialect(operation);
    if (hasLevels || level?.level !== 1) return { parent: { key: parent } };
    return { [await epicField(operation)]: parent };
  }

  async function patchParent(parent: string | null | undefined): Promise<Writing> {
    if (parent === undefined) return { fields: {}, update: {} };
    const operation = 'updateIssue';
    if (parent !== null) {
      const level = await parentLevel(api, operation, parent);
      return { fields: await parentField(operation, parent, level), update: {} };
    }
    const { hasLevels } = await api.dialect(operation);
    if (hasLevels) return { fields: {}, update: { parent: [{ set: { none: true } }] } };
    return { fields: { [await epicField(operation)]: null }, update: {} };
  }

  async function epicField(operation: Operation): Promise<string> {
    const [field] = await project.customFields(operation, 'epicLink');
    if (field !== undefined) return field;
    const remedy = `No screen of ${project.key} has the field “Epic Link”. Only subtasks can have a parent there.`;
    throw unsupported('Jira', 'put an issue under an epic', remedy);
  }

  /** Of a new issue the screen of its type decides; else there must be one such field in the project. */
  async function points(operation: Operation, value: number | null, type?: { name: string }): Promise<Fields> {
    const ids = await project.customFields(operation, 'storyPoints');
    const [only, ...more] = ids;
    if (only !== undefined && more.length === 0 && !type) return { [only]: value };
    const screens = await project.screens(operation);
    const own = screens.find((screen) => screen.type.name === type?.name)?.fields ?? [];
    const found = own.find((field) => customFieldOf(field, project.pointsField) === 'storyPoints');
    if (found) return { [found.id]: value };
    const having = screens
      .filter(({ fields }) => fields.some(({ id }) => ids.includes(id)))
      .map(({ type: has }) => has);
    throw new PaceError({
      kind: 'validation',
      operation,
      message: type
        ? `The type “${type.name}” in ${project.key} has no story points; these have: ${namesOf(having)}.`
        : `${project.key} has ${ids.length === 0 ? 'no field' : `several fields (${ids.join(', ')})`} for story points.`,
      remedy: 'Please set `jira.story_points_field` to the id or name of the field, or put it on the screen.',
    });
  }
}
