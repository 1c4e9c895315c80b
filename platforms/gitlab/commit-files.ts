/** One commit on a branch that may be there already. https://docs.gitlab.com/api/commits/#create-a-commit-with-multiple-files-and-actions */

import type { CommitAction } from '@gitbeaker/core';
import { unlessMissing } from '../../core/drivers/unless.ts';
import { asPaceError } from '../../core/errors.ts';
import type { FileToCommit, ProposedChange } from '../../core/ports/index.ts';
import type { Resources } from './api.ts';

/** Creates the branch from `change.from` with the files; goes on where an earlier run has stopped. */
export async function commitFiles(resources: Resources, project: string, change: ProposedChange): Promise<void> {
  const { branch, from, files, commitMessage } = change;
  const actions: CommitAction[] = files.map((file) => ({
    action: 'create',
    filePath: file.path,
    content: file.content,
  }));
  try {
    await resources.commits.create(project, branch, commitMessage, actions, { startSha: from });
  } catch (error) {
    const words = asPaceError(error).vendorMessage ?? '';
    if (/branch .* already exists/i.test(words)) {
      const missing = await actionsFor(resources, project, branch, files);
      if (missing.length > 0) await resources.commits.create(project, branch, commitMessage, missing);
    } else if (/file .* already exists/i.test(words)) {
      const needed = await actionsFor(resources, project, from, files);
      // nothing to change, yet the branch needs a commit of its own
      const updates = needed.length > 0 ? needed : actions.map((action) => ({ ...action, action: 'update' as const }));
      await resources.commits.create(project, branch, commitMessage, updates, { startSha: from });
    } else {
      throw error;
    }
  }
}

/** What has to be done to each file that is not there as it should be. */
async function actionsFor(
  { files: repositoryFiles }: Resources,
  project: string,
  ref: string,
  files: readonly FileToCommit[],
): Promise<CommitAction[]> {
  const actions: CommitAction[] = [];
  for (const { path, content } of files) {
    const found = await contentOf(repositoryFiles, project, path, ref);
    if (found === content) continue;
    actions.push({ action: found === undefined ? 'create' : 'update', filePath: path, content });
  }
  return actions;
}

async function contentOf(
  repositoryFiles: Resources['files'],
  project: string,
  path: string,
  ref: string,
): Promise<string | undefined> {
  const file = await unlessMissing(() => repositoryFiles.show(project, path, ref));
  return file && Buffer.from(file.content, 'base64').toString('utf8');
}
