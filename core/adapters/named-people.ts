/** Whether a person is one of those whom a setting names: people by their id (a login, or an account's id), teams as `@org/team`. */
import { PaceError } from '../errors.ts';
import type { Person } from '../ports/index.ts';

/** What is asked about teams: a tracker, or a code host. */
export interface TeamsKnown {
  /** What people call it. */
  readonly name: string;
  isTeamMember?(team: string, person: Person): Promise<boolean>;
}

/** `@org/team`, not a person. */
export function isTeam(name: string): boolean {
  return bare(name).includes('/');
}

/** By the id alone. Names are what people call themselves. */
export function isListed(names: readonly string[], { id }: Person): boolean {
  return names.some((name) => !isTeam(name) && bare(name).toLowerCase() === id.toLowerCase());
}

/** By the id, or as a member of a team. Throws `PaceError` where that cannot be known; `setting` is where people could be listed. */
export async function isNamed(
  asked: TeamsKnown,
  names: readonly string[],
  person: Person,
  setting: string,
): Promise<boolean> {
  if (isListed(names, person)) return true;
  for (const team of names.filter(isTeam)) {
    if (!asked.isTeamMember) throw unknownTeams(asked.name, team, setting);
    if (await asked.isTeamMember(bare(team), person)) return true;
  }
  return false;
}

function bare(name: string): string {
  return name.replace(/^@/, '');
}

function unknownTeams(asked: string, team: string, setting: string): PaceError {
  return new PaceError({
    kind: 'unsupported',
    message: `${asked} cannot tell who belongs to the team ${team}.`,
    remedy: `Please list people in \`${setting}\`.`,
  });
}
