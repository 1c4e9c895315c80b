/** Projects decide which fields their screens take and which types their issues have: what to do when they refuse. */
import { PaceError } from '../errors.ts';
import { plainLine } from '../untrusted-text.ts';
import type { World } from '../world.ts';
import type { JiraApi } from './api.ts';
import { type Fields, OPTIONAL } from './fields.ts';
import { refusedFields } from './refusals.ts';
import type { WireIssueTypes } from './wire.ts';

/**
 * Sends the fields. When Jira refuses only fields that an issue can do without, it is sent once more without them, and the
 * log says so: an issue without a priority is better than none.
 */
export async function sendFields<Answer>(
  { world, project, fields }: { world: World; project: string; fields: Fields },
  send: (fields: Fields) => Promise<Answer>,
): Promise<Answer> {
  try {
    return await send(fields);
  } catch (error) {
    const refused = refusedFields(error);
    const rest = Object.fromEntries(Object.entries(fields).filter(([name]) => !refused.includes(name)));
    const dispensable = refused.length > 0 && refused.every((name) => OPTIONAL.includes(name) && name in fields);
    if (!(error instanceof PaceError) || !dispensable || Object.keys(rest).length === 0) throw error;
    const effect = refused.includes('labels') ? ' Without labels, lists by label do not show the issue.' : '';
    const remedy = `Please check the value, and that the screens of ${project} have the field.`;
    world.log.warn(`Jira did not take ${refused.join(' and ')} (${error.vendorMessage}).${effect} ${remedy}`);
    return send(rest);
  }
}

/** Throws the error; a refused issue type says which ones there are, and which setting names it. */
export async function explainType(
  { api, project, fields, purpose }: { api: JiraApi; project: string; fields: Fields; purpose: string },
  error: unknown,
): Promise<never> {
  if (!refusedFields(error).includes('issuetype')) throw error;
  const { name } = fields['issuetype'] as { readonly name: string };
  const names = await typeNames(api, project);
  throw new PaceError({
    kind: 'validation',
    operation: 'createIssue',
    status: 400,
    message: `The project ${project} of Jira has no issue type “${name}”${names.length > 0 ? `; it has ${names.join(', ')}` : ''}.`,
    remedy: `Please set jira.${purpose}_issue_type in pace.config.yaml, or JIRA_${purpose.toUpperCase()}_ISSUE_TYPE, to one that it has.`,
    cause: error,
  });
}

/** `[]` when the list cannot be had: the refusal itself matters more. */
async function typeNames(api: JiraApi, project: string): Promise<string[]> {
  const call = { path: ['issue', 'createmeta', project, 'issuetypes'], query: { maxResults: 200 } };
  const types = await api.call<WireIssueTypes>('createIssue', call).catch((): WireIssueTypes => ({}));
  return (types.issueTypes ?? []).filter(({ subtask }) => !subtask).map(({ name }) => plainLine(name, 80));
}
