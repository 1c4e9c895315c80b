/** The options of a list as words of a query. */
import type { ListFlags } from '../../tracker/query/select.ts';
import type { IssueList } from './options.ts';

export type IssueChoice = Omit<IssueList, 'config' | 'backend' | 'explain' | 'page'>;

/** By the names of the query's words. */
export function listFlags(choice: IssueChoice): ListFlags {
  const { anyLabel, createdSince, createdUntil, dueSince, dueUntil, query: _, ...others } = choice;
  const { claimed, unclaimed, blocked, ready, deferred, ...flags } = others;
  const facts = Object.entries({ claimed, unclaimed, blocked, ready, deferred });
  return {
    ...flags,
    'any-label': anyLabel,
    'created-since': createdSince,
    'created-until': createdUntil,
    'due-since': dueSince,
    'due-until': dueUntil,
    is: facts.flatMap(([name, isGiven]) => (isGiven ? [name] : [])),
  };
}
