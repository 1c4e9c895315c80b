/** Files of the repository; a job token may read them too. https://docs.gitlab.com/api/repository_files/#retrieve-a-raw-file-from-a-repository */
import { fileAtRef } from '../../core/drivers/file-at-ref.ts';
import { neededText } from '../../core/http/unexpected-answer.ts';
import type { FileAtRef } from '../../core/ports/index.ts';
import type { Context } from './job.ts';

export function readFile({ api, project }: Context, path: string, ref: string): Promise<FileAtRef> {
  return fileAtRef(path, ref, {
    tipOf: async (branch) => {
      const { commit } = await api.resources().branches.show(project, branch);
      return neededText('GitLab', 'commit.id', commit.id);
    },
    textOf: (file, at) =>
      api.text(`/projects/${encodeURIComponent(project)}/repository/files/${encodeURIComponent(file)}/raw`, {
        ref: at,
      }),
  });
}
