/** Who people are, who can be given an issue, and who may be taken for a writer. https://docs.gitlab.com/api/users/ and https://docs.gitlab.com/api/members/ */
import { unlessMissing } from '../../core/drivers/unless.ts';
import type { Issue, Person } from '../../core/ports/index.ts';
import { cut } from '../../core/text/untrusted-text.ts';
import { readPerson } from '../../core/tracker/odd-records.ts';
import type { World } from '../../core/world.ts';
import { invalid } from './address.ts';
import { type GitLabApi, readable } from './api.ts';
import type { IssueContext } from './issue-context.ts';
import { toPerson, type WireUser } from './issue-wire.ts';
import { pages } from './pages.ts';

/**
 * The ids of these user names. One that GitLab does not know is left out with a warning that ends with `consequence`: the
 * issue or request must not be lost for it.
 */
export async function userIds(
  { world, api }: { world: World; api: GitLabApi },
  names: readonly string[],
  consequence: string,
): Promise<number[]> {
  const ids: number[] = [];
  for (const name of names) {
    const user = await findUser(api, name);
    if (user) ids.push(user.id);
    else world.log.warn(`GitLab does not know the user "${cut(withoutAt(name), 100)}": ${consequence}.`);
  }
  return [...new Set(ids)];
}

/** The ids of these user names; throws `validation` for one that GitLab does not know. */
export async function knownUserIds(api: GitLabApi, names: readonly string[]): Promise<number[]> {
  const ids: number[] = [];
  for (const name of names) {
    const user = await findUser(api, name);
    if (!user) throw unknownUser(name);
    ids.push(user.id);
  }
  return [...new Set(ids)];
}

/** By user name, without regard to case. https://docs.gitlab.com/api/users/#list-users */
export async function findUser(api: GitLabApi, name: string): Promise<WireUser | undefined> {
  const username = withoutAt(name);
  if (username === '') return undefined;
  const [user] = await api.resources().users.all({ username });
  return user;
}

/** The members of the project and of the groups above it, without those who are blocked or invited only. */
export async function* listUsers({ api, project }: IssueContext): AsyncGenerator<Person, void, undefined> {
  const members = pages(api, 'listUsers', (page) =>
    api.resources().members.all(project, { includeInherited: true, ...page }),
  );
  for await (const member of members) if (member.state === 'active') yield readPerson(member, toPerson);
}

function withoutAt(name: string): string {
  return name.trim().replace(/^@/, '');
}

function unknownUser(name: string) {
  return invalid(
    `GitLab does not know the user "${cut(withoutAt(name), 100)}".`,
    'Please give the user name, as in the address of the person’s page; `pace user list` shows the members of the project.',
  );
}

/** `team` is a group by its path; who is a member of a group above it is one of its own. https://docs.gitlab.com/api/group_members/ */
export async function isTeamMember(api: GitLabApi, team: string, { id }: Person): Promise<boolean> {
  const group = team.trim().replace(/^@/, '');
  if (!/^[\w.-]+(?:\/[\w.-]+)*$/.test(group) || /(?:^|\/)\.+(?:\/|$)/.test(group)) {
    throw invalid(`"${cut(team, 100)}" is not the path of a group.`, 'Please write it as in `acme/release-managers`.');
  }
  const user = await findUser(api, id);
  if (!user) return false;
  const { groupMembers } = api.resources();
  const member = await unlessMissing(() => groupMembers.show(group, user.id, { includeInherited: true }));
  return member?.state === 'active';
}

/** Reporters and above may edit every issue. https://docs.gitlab.com/api/access_requests/#valid-access-levels */
const REPORTER = 20;

/** Whether the person may edit issues; where the members may not be read, nobody can be told from a member. */
export async function isWriter(api: GitLabApi, project: string, { id }: Person): Promise<boolean> {
  const { members } = api.resources();
  const found = await readable(() => members.all(project, { includeInherited: true, query: id }));
  return found === undefined || found.some(({ username, access_level: level }) => username === id && level >= REPORTER);
}

/** The token's own user, and the project's members who may edit issues. */
export async function isTrusted(api: GitLabApi, project: string, { author }: Issue): Promise<boolean> {
  if (author === undefined) return false;
  const { users, members } = api.resources();
  const own = await readable(() => users.showCurrentUser());
  if (own?.username === author.id) return true;
  const found = await readable(() => members.all(project, { includeInherited: true, query: author.id }));
  return (found ?? []).some(({ username, access_level: level }) => username === author.id && level >= REPORTER);
}
