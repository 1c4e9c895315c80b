/** Who has done something. https://developer.monday.com/api-reference/reference/activity-logs */
import type { Person } from '../../core/ports/index.ts';
import { isClosed } from '../../core/ports/issue.ts';
import { idOf } from './address.ts';
import type { Tracker } from './issue-context.ts';
import { itemIn } from './lookup.ts';
import { listOf, toPerson } from './shapes.ts';
import { statusOf } from './wire.ts';

interface WireLog {
  readonly user_id: string;
  /** Ten millionths of a second since 1970. */
  readonly created_at: string;
}

interface Answer {
  readonly boards?: readonly ({ readonly activity_logs?: readonly WireLog[] | null } | null)[] | null;
}

/** Who has changed the status last, when it is a final one. The log goes back as far as the plan of the account lets it. */
export async function closedBy({ api, lookup, states }: Tracker, key: string): Promise<Person | undefined> {
  const operation = 'closedBy';
  const found = await lookup.find(operation, { items: [idOf(key)], people: true });
  const { status } = found.board.columns;
  const word = statusOf(found.board, itemIn(found, key));
  if (!status || !isClosed(states.toState(found.board, word))) return undefined;
  const { boards } = await api.query<Answer>(operation, {
    fields: [
      'boards(ids: [$board], state: all) { activity_logs(item_ids: [$item], column_ids: [$column], limit: 25) { user_id created_at } }',
    ],
    declared: ['$board: ID!', '$item: ID!', '$column: String'],
    variables: { board: api.board, item: idOf(key), column: status.id },
  });
  const logs = listOf<WireLog>(boards?.[0]?.activity_logs ?? [], 'activity_logs');
  const [last] = logs.toSorted((one, other) => Number(other.created_at) - Number(one.created_at));
  const id = String(last?.user_id ?? '');
  // automations have numbers below zero
  if (!/^[1-9]\d*$/.test(id)) return undefined;
  const user = found.people.find((person) => String(person.id) === id);
  return user ? toPerson(user) : { id, name: id };
}
