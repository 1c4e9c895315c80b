/** Who may be taken for a writer. https://docs.gitlab.com/api/members/ */
import type { Issue } from '../../core/ports/index.ts';
import { type GitLabApi, readable } from './api.ts';

/** Reporters and above may edit every issue. https://docs.gitlab.com/api/access_requests/#valid-access-levels */
const REPORTER = 20;

/** The token's own user, and the project's members who may edit issues. */
export async function isTrusted(api: GitLabApi, project: string, { author }: Issue): Promise<boolean> {
  if (author === undefined) return false;
  const { users, members } = api.resources();
  const own = await readable(() => users.showCurrentUser());
  if (own?.username === author.id) return true;
  const found = await readable(() => members.all(project, { includeInherited: true, query: author.id }));
  return (found ?? []).some(({ username, access_level: level }) => username === author.id && level >= REPORTER);
}
