/** What an earlier run left for later jobs must not pass for this one's: a run that ends without a report leaves nothing. */
import { lstat, rm } from 'node:fs/promises';
import { artifactFolder, JENKINS_SUMMARY_FILE, SUMMARY_FILE } from '../../core/drivers/summary-file.ts';
import { workspacePath } from '../../core/files/workspace-path.ts';
import type { World } from '../../core/world.ts';
import { handOn } from './outputs.ts';

const SUMMARY_FILES = [SUMMARY_FILE, JENKINS_SUMMARY_FILE];
/** The folders of GitLab's and Bitbucket's jobs. Their hosts are not open yet: the configuration may be what is wrong. */
const JOB_FOLDERS = ['CI_PROJECT_DIR', 'BITBUCKET_CLONE_DIR'];

/**
 * Removes the summary and, where one is written, the file of variables. Plain files only: a link or a folder stays, and that
 * something cannot be removed is a warning.
 */
export async function removeEarlierOutcome(world: World, dotenv: string | undefined): Promise<void> {
  const { cwd, env } = world;
  const folders = new Set([cwd, ...JOB_FOLDERS.map((name) => artifactFolder(env[name], cwd))]);
  const summaries = [...folders].flatMap((folder) => SUMMARY_FILES.map((file) => ({ folder, file })));
  for (const { folder, file } of [...summaries, ...(dotenv ? [{ folder: cwd, file: dotenv }] : [])]) {
    await removeEarlier(world, folder, file);
  }
}

/** One such file, below a folder that it must not lead out of. */
export function removeEarlier({ log }: Pick<World, 'log'>, folder: string, file: string): Promise<void> {
  return handOn(log, async () => removeFile(await workspacePath(folder, file)));
}

async function removeFile(path: string): Promise<void> {
  const found = await lstat(path).catch(() => undefined);
  if (found?.isFile()) await rm(path, { force: true });
}
