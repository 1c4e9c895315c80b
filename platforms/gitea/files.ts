/** Files of the repository. https://docs.gitea.com/api/#tag/repository/operation/repoGetContents */
import { encodedPath, fileAtRef } from '../../core/drivers/file-at-ref.ts';
import { neededText, unexpectedAnswer } from '../../core/http/unexpected-answer.ts';
import type { FileAtRef } from '../../core/ports/index.ts';
import type { Api } from './api.ts';

/** As far as it is read. */
interface WireBranch {
  readonly commit?: { readonly id?: unknown } | null;
}

/** Of a folder it is a list. */
interface WireFile {
  readonly type?: unknown;
  readonly content?: unknown;
}

export function readFile(api: Api, path: string, ref: string): Promise<FileAtRef> {
  return fileAtRef(path, ref, {
    tipOf: async (branch) => {
      const found = await api.call<WireBranch>('readFile', {
        path: `${api.repo}/branches/${encodeURIComponent(branch)}`,
      });
      return neededText('Gitea', 'commit.id', found.commit?.id);
    },
    textOf: async (file, at) => {
      const query = { ref: at };
      const found = await api.call<WireFile>('readFile', { path: `${api.repo}/contents/${encodedPath(file)}`, query });
      if (found.type === 'file' && typeof found.content === 'string')
        return Buffer.from(found.content, 'base64').toString('utf8');
      throw unexpectedAnswer('Gitea', 'a file was expected');
    },
  });
}
