/** Epics, the parents of issues: in groups, with GitLab Premium or Ultimate. https://docs.gitlab.com/api/epics/ */
import { plainLine } from '../../core/text/untrusted-text.ts';
import { invalid, isNumber } from './address.ts';
import { readable } from './api.ts';
import type { IssueContext } from './issue-context.ts';

const MOST_NAMED = 10;

/** The id of the epic `&5` of the project's group, or `group&5`; `undefined` where there is none that the token may see. */
export async function findEpicId(context: IssueContext, key: string): Promise<number | undefined> {
  const [, group, number] = /^([^&\s]*)&([1-9]\d{0,9})$/.exec(key.trim()) ?? [];
  if (number === undefined) return undefined;
  const path = group || (await ownGroup(context));
  const epic = await readable(() => context.api.resources().epics.show(path, Number(number)));
  return epic?.id;
}

/** Throws `validation`, with the epics that there are. */
export async function requireEpicId(context: IssueContext, key: string): Promise<number> {
  const found = await findEpicId(context, key);
  if (found !== undefined) return found;
  const group = await ownGroup(context);
  const page = { state: 'opened', page: 1, perPage: MOST_NAMED } as const;
  const epics = (await readable(() => context.api.resources().epics.all(group, page))) ?? [];
  const existing = epics.map(({ iid, title }) => `\`&${iid}\` (${plainLine(String(title), 60)})`);
  throw invalid(
    `There is no epic “${plainLine(key, 100)}”: the parent of a GitLab issue is an epic.`,
    existing.length > 0
      ? `Please choose one, e.g. ${existing.join(', ')}; that of another group with its path, as in \`group&5\`.`
      : `Please name an epic by its number, as in \`&5\`; ${group} has none yet that is open.`,
  );
}

async function ownGroup({ api, project }: IssueContext): Promise<string> {
  if (!isNumber(project)) return project.replace(/\/[^/]*$/, '');
  const { namespace } = await api.resources().projects.show(project);
  return namespace.full_path;
}
