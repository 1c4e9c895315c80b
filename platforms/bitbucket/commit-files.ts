/** One commit on a branch that may be there already. https://developer.atlassian.com/cloud/bitbucket/rest/api-group-source/#api-repositories-workspace-repo-slug-src-post */
import { unlessMissing } from '../../core/drivers/unless.ts';
import { asPaceError } from '../../core/errors.ts';
import { neededText } from '../../core/http/unexpected-answer.ts';
import type { FileToCommit, ProposedChange } from '../../core/ports/index.ts';
import type { Api } from './api.ts';

/** As far as it is read. */
interface Branch {
  readonly target: { readonly hash: string };
}

/** Creates the branch from `change.from` with the files; goes on where an earlier run has stopped. */
export async function commitFiles(api: Api, change: ProposedChange): Promise<void> {
  try {
    await commit(api, change, change.from, change.files);
  } catch (error) {
    // the branch is there, and its head is another commit
    const head = asPaceError(error).status === 409 ? await headOf(api, change.branch) : undefined;
    if (head === undefined) throw error;
    const missing = await unlike(api, head, change.files);
    if (missing.length > 0) await commit(api, change, head, missing);
  }
}

async function commit(api: Api, change: ProposedChange, parent: string, files: readonly FileToCommit[]) {
  const form = new FormData();
  form.set('message', change.commitMessage);
  form.set('branch', change.branch);
  form.set('parents', parent);
  // the slash tells a file from the fields above; a part that is not a file would get other line ends
  for (const { path, content } of files) form.set(`/${path}`, new Blob([content]), path);
  await api.send('proposeChange', { method: 'POST', path: `${api.repo}/src`, body: form });
}

async function headOf(api: Api, branch: string): Promise<string | undefined> {
  const path = `${api.repo}/refs/branches/${encodeURIComponent(branch)}`;
  const found = await unlessMissing(() => api.call<Branch>('proposeChange', { path }));
  return found && neededText('Bitbucket', 'target.hash', found.target.hash);
}

/** Those that are not there as they should be. */
async function unlike(api: Api, commitHash: string, files: readonly FileToCommit[]): Promise<FileToCommit[]> {
  const found: FileToCommit[] = [];
  for (const file of files) {
    const path = `${api.repo}/src/${commitHash}/${file.path.split('/').map(encodeURIComponent).join('/')}`;
    const content = await unlessMissing(() => api.text('proposeChange', { path }));
    if (content !== file.content) found.push(file);
  }
  return found;
}
