/**
 * Gates that have not begun, and so have set no status yet. One that is queued behind our own run or job (`concurrency:`) begins when
 * we have ended: where nothing else is left to wait for, their workflows' files are read, each once.
 * https://docs.github.com/en/actions/how-tos/write-workflows/choose-when-workflows-run/control-workflow-concurrency
 */
import { isUnfinished } from '../../core/adapters/ci/attempts.ts';
import { judgedSet } from '../../core/adapters/ci/settled-checks.ts';
import { asPaceError } from '../../core/errors.ts';
import type { OwnCheck } from '../../core/ports/index.ts';
import type { World } from '../../core/world.ts';
import type { Api } from './api.ts';
import { suiteOf } from './attempts.ts';
import { readFile } from './files.ts';
import { hasBegun, isHeldBack, type SeenRuns } from './gate-jobs.ts';
import { filePath, type WorkflowRun } from './host-wire.ts';
import type { FileGates } from './workflow-file.ts';
import { toChecks } from './workflow-runs.ts';

/** By the path of the file. */
export type QueuedGates = ReadonlyMap<string, FileGates>;

export function queuedGatesAsker(
  world: World,
  api: Api,
  ownCheck: () => Promise<OwnCheck | undefined>,
): (sha: string, seen: SeenRuns, signal?: AbortSignal) => Promise<QueuedGates> {
  const known = new Map<string, FileGates | undefined>();

  async function ask(sha: string, path: string, signal: AbortSignal | undefined): Promise<void> {
    const key = `${sha} ${path}`;
    if (known.has(key)) return;
    try {
      const { text = '' } = await readFile(api, path, sha);
      const { gatesInFile, ownAction } = await import('./workflow-file.ts');
      const gates = gatesInFile(text, ownAction(world.env));
      known.set(key, gates);
      if (gates) world.log.info(`${path} has a gate of PACE in it, which is not waited for while it has not begun.`);
    } catch (error) {
      if (signal?.aborted) throw error;
      const { kind, message } = asPaceError(error);
      if (kind !== 'transient' && kind !== 'rate-limit') known.set(key, undefined);
      world.log.debug(`Whether ${path} is a gate is not known. ${message}`);
    }
  }

  return async (sha, seen, signal) => {
    if (mayHaveQueuedGates(seen)) {
      const own = await ownCheck();
      for (const path of filesToRead(seen, own?.id)) await ask(sha, path, signal);
    }
    const ofCommit = [...known].flatMap(([key, gates]) => {
      const [of, path = ''] = key.split(' ');
      return of === sha && gates ? ([[path, gates]] as const) : [];
    });
    return new Map(ofCommit);
  };
}

/** Only what a run of Actions holds back can wait for us. */
function mayHaveQueuedGates({ own, runs = [], checkRuns }: SeenRuns): boolean {
  return own !== undefined && runs.some((run) => isReadable(run) && isQueued(run, checkRuns));
}

/**
 * The files of what has not begun, where that is all that is left to wait for. Pure.
 */
export function filesToRead(seen: SeenRuns, ownId: string | undefined): string[] {
  const { checkRuns, runs = [] } = seen;
  const paths = new Map<string, string>();
  for (const run of runs) {
    if (!isReadable(run)) continue;
    const path = filePath(run);
    if (!hasBegun(run, checkRuns)) paths.set(`run-${run.id}`, path);
    for (const job of checkRuns) {
      if (suiteOf(job) === run.check_suite_id && isHeldBack(job, run, checkRuns)) paths.set(String(job.id), path);
    }
  }
  const left = judgedSet(toChecks(seen), { ownId, ignored: [] }).filter(isUnfinished);
  const found = left.map(({ id }) => paths.get(id));
  return found.every((path) => path !== undefined) ? [...new Set(found)] : [];
}

function isQueued(run: WorkflowRun, checkRuns: SeenRuns['checkRuns']): boolean {
  return (
    !hasBegun(run, checkRuns) ||
    checkRuns.some((job) => suiteOf(job) === run.check_suite_id && isHeldBack(job, run, checkRuns))
  );
}

/** The commit's own file, by which the run goes: of another event it may be that of another commit. */
function isReadable(run: WorkflowRun): boolean {
  return run.event !== 'pull_request_target' && /^\.github\/workflows\/[^/]+\.ya?ml$/.test(filePath(run));
}
