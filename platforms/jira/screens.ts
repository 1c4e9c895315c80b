/** Projects decide which fields their screens take and which types their issues have: what to do when they refuse. */
import { PaceError } from '../../core/errors.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import type { World } from '../../core/world.ts';
import type { Fields } from './fields.ts';
import type { Project } from './lookup.ts';
import { refusedFields } from './refusals.ts';

/**
 * Sends the fields. When Jira refuses only fields that an issue can do without, it is sent once more without them, and the
 * log says so: an issue without a priority is better than none.
 */
export async function sendFields<Answer>(
  { world, project, fields, optional }: { world: World; project: string; fields: Fields; optional: readonly string[] },
  send: (fields: Fields) => Promise<Answer>,
): Promise<Answer> {
  try {
    return await send(fields);
  } catch (error) {
    const refused = refusedFields(error);
    const rest = Object.fromEntries(Object.entries(fields).filter(([name]) => !refused.includes(name)));
    const dispensable = refused.length > 0 && refused.every((name) => optional.includes(name) && name in fields);
    if (!(error instanceof PaceError) || !dispensable || Object.keys(rest).length === 0) throw error;
    const effect = refused.includes('labels') ? ' Without labels, lists by label do not show the issue.' : '';
    const remedy = `Please check the value, and that the screens of ${project} have the field.`;
    world.log.warn(`Jira did not accept ${refused.join(' and ')} (${error.vendorMessage}).${effect} ${remedy}`);
    return send(rest);
  }
}

/** Throws the error; a refused issue type says which ones there are, and which setting names it. */
export async function explainType(
  { project, fields, purpose }: { project: Project; fields: Fields; purpose: string },
  error: unknown,
): Promise<never> {
  const { name } = (fields['issuetype'] ?? {}) as { readonly name?: string };
  if (!refusedFields(error).includes('issuetype') || name === undefined) throw error;
  const names = await typeNames(project);
  throw new PaceError({
    kind: 'validation',
    operation: 'createIssue',
    status: 400,
    message: `The project ${project.key} of Jira has no issue type “${name}”${names.length > 0 ? `; it has ${names.join(', ')}` : ''}.`,
    remedy: `Please set jira.${purpose}_issue_type in pace.config.yaml, or JIRA_${purpose.toUpperCase()}_ISSUE_TYPE, to one that it has.`,
    cause: error,
  });
}

/** `[]` when the list cannot be had: the refusal itself matters more. */
async function typeNames(project: Project): Promise<string[]> {
  const types = await project.types('createIssue').catch(() => []);
  return types.filter(({ subtask }) => !subtask).map(({ name }) => plainLine(name, 80));
}
