import type { Person } from '../../core/ports/index.ts';
import type { LinearApi } from './api.ts';
import { allOf } from './pages.ts';
import { page, type Selection, textOf } from './selection.ts';
import { listOf, toPerson, USER, type WirePage, type WireUser } from './wire.ts';

interface Member extends WireUser {
  readonly id: string;
}

interface Answer {
  readonly teams?: WirePage<{ readonly members?: WirePage<Member> }>;
}

const MEMBER: Selection = ['id', ...USER];

/** The members of the team. */
export async function* listUsers(api: LinearApi, team: string): AsyncGenerator<Person> {
  const members = allOf<Member>({
    of: MEMBER,
    ask: async (first, after) => {
      const inner = page('members', first, MEMBER, 'after: $after, filter: { active: { eq: true } }');
      const text = textOf([page('teams', 1, [inner], 'filter: $filter')]);
      const answer: Answer = await api.query('listUsers', text, '$filter: TeamFilter, $after: String', {
        filter: { key: { eqIgnoreCase: team } },
        after,
      });
      return answer.teams && listOf(answer.teams, 'teams')[0]?.members;
    },
  });
  for await (const member of members) yield toPerson(member);
}
