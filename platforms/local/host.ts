/** The embedded host: the git checkout itself. There is no server, hence no checks and no commit statuses. */
import { defined } from '../../core/defined.ts';
import { checkoutBranch, checkoutName, checkoutRepository } from '../../core/drivers/checkout.ts';
import { looksAt } from '../../core/drivers/diagnosis-looks.ts';
import { summaryFile } from '../../core/drivers/summary-file.ts';
import { readTexts, writeTexts } from '../../core/drivers/texts-file.ts';
import { writtenReviews } from '../../core/drivers/written-reviews.ts';
import { PaceError } from '../../core/errors.ts';
import { keptOf } from '../../core/kept/open-kept.ts';
import { inOperation } from '../../core/operation.ts';
import type { CodeHost } from '../../core/ports/index.ts';
import { gitOr } from '../../core/programs/git.ts';
import type { World } from '../../core/world.ts';

/** Below `.pace`. */
const VARIABLES = 'variables.json';

export function createHost(world: World): CodeHost {
  const { cwd } = world;
  const kept = keptOf(world);

  return {
    platform: 'local',
    repositoryName: () => checkoutName(world),
    judgedCommit: async () => {
      const sha = await gitOr(world, ['rev-parse', '--verify', '--quiet', 'HEAD']);
      return sha ? { sha, ...defined({ branch: checkoutBranch(world) }) } : undefined;
    },
    repository: () => checkoutRepository(world),
    ...writtenReviews(world),

    getVariable: (name) =>
      inOperation('getVariable', async () => {
        const fromEnv = Object.hasOwn(world.env, name) ? world.env[name] : undefined;
        return fromEnv || readTexts(world, kept, VARIABLES)[name];
      }),

    setVariable: (name, value) =>
      inOperation('setVariable', async () => {
        checkName(name);
        writeTexts(kept, VARIABLES, { ...readTexts(world, kept, VARIABLES), [name]: value });
      }),

    diagnose: async () => {
      const looks = looksAt('code host');
      await looks.look(
        'repository',
        'broken',
        () => checkoutName(world),
        (name) => `${name}, the checkout itself; it has no checks and no commit statuses`,
      );
      return looks.diagnoses;
    },

    jobSummary: () => summaryFile(cwd, 64 * 1024 * 1024),
  };
}

function checkName(name: string): void {
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) return;
  throw new PaceError({
    kind: 'validation',
    message: `${JSON.stringify(name.slice(0, 60))} cannot be the name of a variable.`,
    remedy: 'Please use letters, digits and `_`, and start with a letter.',
  });
}
