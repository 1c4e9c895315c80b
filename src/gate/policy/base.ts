/** The branch that a change goes to. */

import { gitOr } from '../../../core/programs/git.ts';
import { isOf, type Sources } from './look-up.ts';
import type { PolicyRun } from './run.ts';

/** The branch that the change goes to. What the job does not tell is asked; of a change that nobody knows it is the default branch. */
export async function baseOf({ asked, job, sources }: PolicyRun): Promise<string | undefined> {
  const told = job?.subject?.judged.change;
  const isTold = told !== undefined && (!asked.change || asked.change === told.id);
  const target = isTold ? told.target : await targetAtHost(sources, asked.change ?? '');
  if (target || job === undefined) return target || undefined;
  return job.subject?.defaultBranch ?? (await defaultBranchHere(sources)) ?? (await defaultBranchAtHost(sources));
}

async function targetAtHost({ host }: Sources, id: string): Promise<string | undefined> {
  try {
    return (await (await host())?.changeById?.(id))?.target;
  } catch {
    // the run asks again, and says what is wrong
    return undefined;
  }
}

/** As the last clone or fetch of the very repository tells it. */
async function defaultBranchHere({ clone, subject }: Sources): Promise<string | undefined> {
  if (!clone?.defaultBranch || !subject?.repository) return undefined;
  const origin = await gitOr(clone, ['config', '--get', 'remote.origin.url']);
  return origin !== undefined && isOf(origin, subject) ? clone.defaultBranch : undefined;
}

async function defaultBranchAtHost({ host }: Sources): Promise<string | undefined> {
  try {
    return (await (await host())?.repository())?.defaultBranch;
  } catch {
    return undefined;
  }
}
