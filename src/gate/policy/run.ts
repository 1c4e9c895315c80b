/** A run that asks whose rules count: what the operator said, what the job tells, and where the configuration may stand. */

import { relative } from 'node:path';
import type { CodeHost } from '../../../core/ports/index.ts';
import { cloneAround } from '../../../core/programs/git-objects.ts';
import { standsIn, type World } from '../../../core/world.ts';
import { ConfigError } from '../../../core/yaml/problems.ts';
import { openHost } from '../../../platforms/index.ts';
import { type FoundConfig, findConfig, loadFound } from '../../config/load.ts';
import type { Job } from './job.ts';
import { candidatesIn, foldersUp, type Nearness } from './nearest.ts';
import type { WorkspaceFile } from './own-rules.ts';

/** What the operator says: nothing else of it is trusted. `''` and absent mean the same. */
export interface AskedPolicy {
  /** The configuration's path. */
  readonly config?: string | undefined;
  readonly change?: string | undefined;
  /** A branch, or `commit`. */
  readonly policyFrom?: string | undefined;
}

export interface PolicyRun extends Nearness {
  readonly world: World;
  readonly asked: AskedPolicy;
  readonly job: Job | undefined;
  readonly isChange: boolean;
  readonly workspace: WorkspaceFile & Pick<FoundConfig, 'ignored'>;
}

export async function policyRun(world: World, asked: AskedPolicy, job: Job | undefined): Promise<PolicyRun> {
  const clone = cloneAround(world);
  const workspace = await inWorkspace(world, asked.config);
  const root = clone?.cwd ?? folderOf(world, job);
  let opened: Promise<CodeHost | undefined> | undefined;
  const host = () => {
    opened ??= job ? hostOfJob(world, job) : hostByHand(world, workspace);
    return opened;
  };
  return {
    ...{ world, asked, job, workspace },
    isChange: Boolean(asked.change) || job?.subject?.judged.change !== undefined,
    ...{ cwd: world.cwd, root },
    candidates: candidatesIn(root, world.cwd, asked.config),
    nearest: asked.config || !job ? [] : foldersUp(standsIn(world), root),
    sources: { clone, host, subject: job?.subject, isByHand: job === undefined },
  };
}

async function inWorkspace(world: World, path: string | undefined): Promise<PolicyRun['workspace']> {
  try {
    return await findConfig(world, path ? { path } : {});
  } catch (error) {
    if (error instanceof ConfigError) return { error };
    throw error;
  }
}

/** By the job's variables alone: a configuration could name another address for the token. */
async function hostOfJob(world: World, { platform, subject }: Job): Promise<CodeHost | undefined> {
  if (!platform?.createHost) return undefined;
  const section = subject?.repository && platform.projectSettings?.(subject.repository);
  return openHost(world, section ? { platform, section } : { platform });
}

/** Of the configuration in the person's own checkout. */
async function hostByHand(world: World, workspace: PolicyRun['workspace']): Promise<CodeHost | undefined> {
  if (workspace.error) return undefined;
  const { sides, side } = await loadFound(world, workspace);
  return openHost(world, side(sides.ci));
}

/** Without a clone the job says where the repository's paths begin. */
function folderOf({ cwd }: World, job: Job | undefined): string {
  const { folder } = job?.subject ?? {};
  return folder && !relative(folder, cwd).startsWith('..') ? folder : cwd;
}
