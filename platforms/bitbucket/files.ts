/** Files of the repository. https://developer.atlassian.com/cloud/bitbucket/rest/api-group-source/#api-repositories-workspace-repo-slug-src-commit-path-get */
import { encodedPath, fileAtRef } from '../../core/drivers/file-at-ref.ts';
import { neededText } from '../../core/http/unexpected-answer.ts';
import type { FileAtRef } from '../../core/ports/index.ts';
import type { Api } from './api.ts';

/** As far as it is read. */
interface WireBranch {
  readonly target?: { readonly hash?: unknown };
}

export function readFile(api: Api, path: string, ref: string): Promise<FileAtRef> {
  return fileAtRef(path, ref, {
    tipOf: async (branch) => {
      const at = `${api.repo}/refs/branches/${encodeURIComponent(branch)}`;
      return neededText(
        'Bitbucket',
        'target.hash',
        (await api.call<WireBranch>('readFile', { path: at })).target?.hash,
      );
    },
    textOf: (file, at) =>
      api.text('readFile', { path: `${api.repo}/src/${encodeURIComponent(at)}/${encodedPath(file)}` }),
  });
}
