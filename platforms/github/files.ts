/** Files of the repository. https://docs.github.com/en/rest/repos/contents#get-repository-content */
import { encodedPath, fileAtRef } from '../../core/drivers/file-at-ref.ts';
import { neededText } from '../../core/http/unexpected-answer.ts';
import type { FileAtRef } from '../../core/ports/index.ts';
import type { Api } from './api.ts';

const DEED = 'read files';

export function readFile(api: Api, path: string, ref: string): Promise<FileAtRef> {
  return fileAtRef(path, ref, {
    tipOf: async (branch) => {
      const found = await api.call('readFile', DEED, (octokit) =>
        octokit.request('GET /repos/{owner}/{repo}/branches/{branch}', { ...api.repository, branch }),
      );
      return neededText('GitHub', 'commit.sha', found.commit.sha);
    },
    textOf: (file, at) => api.text('readFile', DEED, `contents/${encodedPath(file)}`, { ref: at }),
  });
}
