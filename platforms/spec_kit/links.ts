/** What waits for what: a phase for the one before it, but for the tasks that say `[P]`. Only read: the order of the phases tells. Pure. */
import type { IssueLink } from '../../core/ports/issue.ts';
import type { Task, TasksFile } from './tasks.ts';

/** So many are told one by one; of larger phases the last task stands for all. */
const MOST = 20_000;

export function linksOf({ tasks }: TasksFile): ReadonlyMap<string, readonly IssueLink[]> {
  const links = new Map<string, IssueLink[]>();
  const add = (key: string, link: IssueLink) => {
    const own = links.get(key);
    if (own) own.push(link);
    else links.set(key, [link]);
  };
  const phases = [...Map.groupBy(tasks, ({ phase }) => phase).values()];
  const pairs = phases.map((phase, at) => ({ before: phases[at - 1] ?? [], waiting: phase.filter(waits) }));
  const count = pairs.reduce((sum, { before, waiting }) => sum + before.length * waiting.length, 0);
  for (const { before, waiting } of pairs) {
    const named = count > MOST ? before.slice(-1) : before;
    for (const { id } of waiting)
      for (const { id: target } of named) {
        add(id, { type: 'is blocked by', target });
        add(target, { type: 'blocks', target: id });
      }
  }
  return links;
}

function waits({ isParallel }: Task): boolean {
  return !isParallel;
}
