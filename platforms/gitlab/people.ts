import { cut } from '../untrusted-text.ts';
import type { World } from '../world.ts';
import type { GitLabApi } from './api.ts';

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
    const username = name.replace(/^@/, '');
    const [user] = await api.resources().users.all({ username });
    if (user) ids.push(user.id);
    else world.log.warn(`GitLab knows no user "${cut(username, 100)}": ${consequence}.`);
  }
  return ids;
}
