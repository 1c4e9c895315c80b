/** What `doctor` looks at on this machine: Node, git, and the folder that PACE keeps its state in. */
import { access, constants, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type LookResult, looksAt } from '../../core/drivers/diagnosis-looks.ts';
import { openKept } from '../../core/kept/open-kept.ts';
import type { Diagnosis } from '../../core/ports/index.ts';
import { gitOr } from '../../core/programs/git.ts';
import type { World } from '../../core/world.ts';

/** As in package.json. */
const OLDEST_NODE = [22, 13] as const;

export async function diagnoseMachine(world: World): Promise<Diagnosis[]> {
  const looks = looksAt('machine');
  looks.note('Node', nodeFinding(world.self.node));
  looks.note('checkout', await checkoutFinding(world));
  looks.note('.pace', refusedState(world) ?? (await stateFolderFinding(world.cwd)));
  return looks.diagnoses;
}

function nodeFinding(version: string): LookResult {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_NODE;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return { state: 'ok', detail: version };
  const remedy = `Please use Node ${OLDEST_NODE.join('.')} or later.`;
  return { state: 'broken', detail: `${version} is too old.`, remedy };
}

async function checkoutFinding(world: World): Promise<LookResult> {
  if ((await gitOr(world, ['--version'])) === undefined) {
    return { state: 'degraded', detail: 'There is no git here.', remedy: 'Please install git.' };
  }
  const head = await gitOr(world, ['rev-parse', '--verify', '--quiet', 'HEAD']);
  if (!head) {
    const detail = 'This folder is not a git checkout with a commit: findings are not tied to one.';
    return { state: 'degraded', detail, remedy: 'Please check the code out before the gate runs.' };
  }
  const [branch, shallow] = await Promise.all([
    gitOr(world, ['symbolic-ref', '--quiet', '--short', 'HEAD']),
    gitOr(world, ['rev-parse', '--is-shallow-repository']),
  ]);
  const place = branch ? `branch ${branch}` : 'no branch (detached, as usual in CI)';
  const depth = shallow === 'true' ? ', shallow: older commits are known to the host only' : '';
  return { state: 'ok', detail: `commit ${head.slice(0, 12)}, ${place}${depth}` };
}

/** Where a run would keep nothing. */
export function refusedState(world: World): LookResult | undefined {
  const kept = openKept({ ...world, log: { ...world.log, warn: () => undefined } });
  kept.examine();
  const { refusal } = kept;
  return refusal && { state: 'degraded', detail: refusal.message, remedy: refusal.remedy };
}

/** A folder that is not there yet is made in the workspace. */
async function stateFolderFinding(cwd: string): Promise<LookResult> {
  const path = join(cwd, '.pace');
  const found = await stat(path).catch(() => undefined);
  if (found && !found.isDirectory()) {
    const remedy = 'Please move the file away: PACE keeps its state in a folder of that name.';
    return { state: 'broken', detail: '.pace is not a folder.', remedy };
  }
  try {
    await access(found ? path : cwd, constants.W_OK | constants.X_OK);
    return { state: 'ok', detail: found ? 'It can be written.' : 'It is made by the first run.' };
  } catch {
    const remedy = 'Please give the user that runs PACE the right to write there: without it nothing is remembered.';
    return { state: 'broken', detail: `${found ? '.pace' : 'The workspace'} cannot be written.`, remedy };
  }
}
