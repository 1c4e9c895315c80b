/** What `doctor` looks at of the branch that keeps `.pace/`: git only asks the remote, and nothing is fetched or pushed. */
import { type LookResult, looksAt } from '../../core/drivers/diagnosis-looks.ts';
import type { Diagnosis } from '../../core/ports/index.ts';
import { git } from '../../core/programs/git.ts';
import type { World } from '../../core/world.ts';
import type { PaceConfig } from '../config/schema.ts';
import { refusedState } from './machine.ts';

export async function diagnoseState(world: World, { state }: Pick<PaceConfig, 'state'>): Promise<Diagnosis[]> {
  const looks = looksAt('state');
  const { persist, branch, remote } = state;
  if (persist === 'none') {
    // where nothing is kept, that was said of the machine
    if (!refusedState(world)) looks.note('.pace', keptHere(world));
    return looks.diagnoses;
  }
  const read = await looks.look(
    `${branch}: read`,
    'degraded',
    () => git(world, ['ls-remote', '--heads', '--', remote, `refs/heads/${branch}`]),
    (listed) => (listed === '' ? 'The branch is made by the first run.' : `The branch is there at ${remote}.`),
  );
  if (read === undefined) return looks.diagnoses;
  await looks.look(
    `${branch}: write`,
    'degraded',
    // the remote is asked for the right to push, and a name that nobody has is always new
    () => git(world, ['push', '--dry-run', '--no-verify', '--quiet', '--', remote, `HEAD:refs/heads/${branch}-probe`]),
    () => `git may push to ${remote} (by a dry run).`,
  );
  return looks.diagnoses;
}

function keptHere({ env }: World): LookResult {
  const detail = 'It stays in the checkout.';
  if (!env['CI']) return { state: 'ok', detail };
  return {
    state: 'ok',
    detail: `${detail} A runner that forgets everything also forgets what could not be delivered: \`state.persist: branch\` keeps it.`,
  };
}
