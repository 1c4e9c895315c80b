/** What an earlier run left for later jobs must not pass for this one's: a run that ends without a report leaves nothing. */
import { lstat, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { workspacePath } from '../../core/files/workspace-path.ts';
import type { World } from '../../core/world.ts';
import { handOn } from './outputs.ts';

/** Where hosts without a page of their own show the summary. */
const SUMMARY_FILES = ['pace-summary.md', 'jenkins-summary.md'];
/** A job's own folder, in which its artifacts are looked for. */
const JOB_FOLDERS = ['CI_PROJECT_DIR', 'BITBUCKET_CLONE_DIR'];

/**
 * Removes the summary and, where one is written, the file of variables. Plain files only: a link or a folder stays, and that
 * something cannot be removed is a warning.
 */
export async function removeEarlierOutcome(world: World, dotenv: string | undefined): Promise<void> {
  const folders = JOB_FOLDERS.map((name) => world.env[name] ?? '').filter((folder) => isAbove(folder, world.cwd));
  const summaries = [world.cwd, ...folders].flatMap((folder) => SUMMARY_FILES.map((file) => ({ folder, file })));
  for (const { folder, file } of [...summaries, ...(dotenv ? [{ folder: world.cwd, file: dotenv }] : [])]) {
    await handOn(world.log, async () => removeFile(await workspacePath(folder, file)));
  }
}

function isAbove(folder: string, cwd: string): boolean {
  return folder !== '' && !relative(folder, join(cwd)).startsWith('..');
}

async function removeFile(path: string): Promise<void> {
  const found = await lstat(path).catch(() => undefined);
  if (found?.isFile()) await rm(path, { force: true });
}
