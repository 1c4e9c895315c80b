/** Which issues can stand under which. Cloud tells levels; Data Center tells only what a subtask is, and epics by their name. */
import { asPaceError, PaceError } from '../../core/errors.ts';
import type { JiraApi } from './dialect.ts';
import { validKey } from './fields.ts';
import type { Operation } from './refusals.ts';
import { toType, type WireIssueType } from './wire.ts';

export interface Level {
  /** 1 for epics and what stands above them, 0 for what stands under epics, -1 for subtasks. */
  readonly level: number;
  /** The type's name. */
  readonly name: string;
}

export function levelOf(type: WireIssueType): number {
  if (type.hierarchyLevel !== undefined) return type.hierarchyLevel;
  if (type.subtask) return -1;
  return toType(type) === 'epic' ? 1 : 0;
}

export function isChildOf(type: WireIssueType, { level }: Level): boolean {
  return levelOf(type) === level - 1;
}

/** Throws `validation` when there is no such issue, or when nothing can stand under it. */
export async function parentLevel(api: JiraApi, operation: Operation, parent: string): Promise<Level> {
  const path = ['issue', validKey(parent, operation)];
  const found = await api
    .call<{ fields?: { issuetype?: WireIssueType } }>(operation, { path, query: { fields: 'issuetype' } })
    .catch((thrown: unknown) => {
      const error = asPaceError(thrown);
      if (error.kind !== 'not-found') throw error;
      throw refused(operation, `There is no issue ${parent} to be the parent, or it is not shown to this account.`);
    });
  const type = found.fields?.issuetype ?? { id: '', name: '?' };
  const level = levelOf(type);
  if (level >= 0) return { level, name: type.name };
  throw refused(operation, `${parent} has the type “${type.name}”: it cannot be a parent.`);
}

function refused(operation: Operation, message: string): PaceError {
  return new PaceError({ kind: 'validation', operation, message, remedy: 'Please name another parent.' });
}
