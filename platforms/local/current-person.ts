import { gitOr } from '../../core/programs/git.ts';
import type { World } from '../../core/world.ts';

/** Who writes: the agent's name, else git's `user.name`, else the user of the machine. Asked once, when first needed. */
export function currentPerson(world: World): () => Promise<string | undefined> {
  let person: Promise<string | undefined> | undefined;
  return () => {
    person ??= find(world);
    return person;
  };
}

async function find({ cwd, env }: World): Promise<string | undefined> {
  if (env['PACE_AGENT']) return env['PACE_AGENT'];
  return (await gitOr({ cwd, env }, ['config', 'user.name'])) || env['USER'] || env['USERNAME'] || undefined;
}
