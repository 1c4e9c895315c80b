/** What is known about the project: asked once, when something needs it. */

import { neededText, unexpectedAnswer } from '../../core/http/unexpected-answer.ts';
import type { Settings } from '../../core/ports/index.ts';
import { collect } from '../../core/tracker/collect.ts';
import { type Api, type Operation, requireGid } from './api.ts';
import type { WireField } from './custom-fields.ts';
import type { Section } from './states.ts';

export interface ProjectInfo {
  readonly name: string;
  readonly workspace: string;
  readonly archived: boolean;
  readonly fields: readonly WireField[];
}

export interface Project {
  info(operation: Operation): Promise<ProjectInfo>;
  /** The configured one, else the project's. */
  workspace(operation: Operation): Promise<string>;
  /** In their order. */
  sections(operation: Operation): Promise<readonly Section[]>;
}

interface WireProject {
  readonly name?: string;
  readonly archived?: boolean;
  readonly workspace?: { readonly gid: string } | null;
  readonly custom_field_settings?: readonly { readonly custom_field: WireField }[] | null;
}

const FIELD = 'custom_field_settings.custom_field';
const INFO = [
  ...['name', 'archived', 'workspace'],
  ...['name', 'resource_subtype', 'precision', 'is_value_read_only', 'enum_options.name', 'enum_options.enabled'].map(
    (name) => `${FIELD}.${name}`,
  ),
];

export function createProject(api: Api, { workspace: configured }: Settings): Project {
  if (configured !== undefined) requireGid(configured, 'workspace', 'PACE_ASANA_WORKSPACE');
  let known: Promise<ProjectInfo> | undefined;

  async function ask(operation: Operation): Promise<ProjectInfo> {
    const path = `/projects/${api.project}`;
    const found = await api.call<WireProject>(operation, { path, fields: INFO, scope: 'projects:read' });
    if (found.custom_field_settings && !Array.isArray(found.custom_field_settings))
      throw unexpectedAnswer('Asana', 'the fields of the project are not a list');
    return {
      name: neededText('Asana', 'name', found.name),
      workspace: neededText('Asana', 'workspace', found.workspace?.gid),
      archived: found.archived === true,
      fields: (found.custom_field_settings ?? []).map(({ custom_field }) => custom_field),
    };
  }

  function info(operation: Operation): Promise<ProjectInfo> {
    known ??= ask(operation).catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  }

  return {
    info,
    workspace: async (operation) => configured ?? (await info(operation)).workspace,
    sections: async (operation) => {
      const path = `/projects/${api.project}/sections`;
      const scope = 'project_sections:read';
      const found = await collect(api.list<Section>(operation, { path, fields: ['name'], scope }));
      return found.map(({ gid, name }) => ({ gid, name: neededText('Asana', 'section', name) }));
    },
  };
}
