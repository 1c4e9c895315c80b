import type { Person } from '../../core/ports/index.ts';
import { collect } from '../../core/tracker/collect.ts';
import { readPerson } from '../../core/tracker/odd-records.ts';
import { keyOf } from './address.ts';
import type { LinearApi } from './api.ts';
import { needed } from './lookup.ts';
import { allOf } from './pages.ts';
import { nested, page, type Selection, textOf } from './selection.ts';
import { listOf, toPerson, USER, type WireIssue, type WirePage, type WireUser } from './wire.ts';

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
  for await (const member of members) yield readPerson(member, toPerson);
}

interface WireChange {
  readonly id: string;
  readonly createdAt: string;
  /** Nobody where an integration or an automation has done it. */
  readonly actor?: WireUser | null;
  /** Of a change of the state. */
  readonly toState?: { readonly id: string } | null;
}

const CHANGE: Selection = ['id', 'createdAt', nested('actor', USER), nested('toState', ['id'])];

interface HistoryAnswer {
  readonly issue?: Pick<WireIssue, 'state'> & { readonly history?: WirePage<WireChange> };
}

/** Who has moved the issue to where it is, when that is a final state. */
export async function closedBy(
  api: LinearApi,
  { key, team }: { readonly key: string; readonly team: string },
  isClosed: (state: WireIssue['state']) => boolean,
): Promise<Person | undefined> {
  const operation = 'closedBy';
  const { identifier } = keyOf(key, team);
  let state: WireIssue['state'] | undefined;
  const changes = allOf<WireChange>({
    of: CHANGE,
    ask: async (first, after) => {
      const text = textOf([nested('state', ['name', 'type']), page('history', first, CHANGE, 'after: $after')]);
      const declared = '$id: String!, $after: String';
      const { issue } = await api.query<HistoryAnswer>(operation, `issue(id: $id) { ${text} }`, declared, {
        id: identifier,
        after,
      });
      state ??= issue?.state;
      return issue?.history;
    },
  });
  const moves = (await collect(changes)).filter(({ toState }) => toState);
  if (!isClosed(needed(state, 'state'))) return undefined;
  const [last] = moves.toSorted((one, other) => Date.parse(other.createdAt) - Date.parse(one.createdAt));
  return last?.actor ? toPerson(last.actor) : undefined;
}
