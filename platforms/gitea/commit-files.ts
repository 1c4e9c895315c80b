/** One commit with all files on a branch that may be there already. https://docs.gitea.com/api/ (repository, contents) */
import { asPaceError, PaceError } from '../../core/errors.ts';
import { anyText } from '../../core/http/unexpected-answer.ts';
import type { FileToCommit, ProposedChange } from '../../core/ports/index.ts';
import type { Api } from './api.ts';
import type { Operation } from './refusals.ts';

const OPERATION = 'proposeChange';

interface FileChange {
  readonly operation: 'create' | 'update';
  readonly path: string;
  readonly content: string;
  readonly sha?: string;
}

/** Creates the branch from `change.from` with the files; goes on where an earlier run has stopped. */
export async function commitFiles(api: Api, change: ProposedChange): Promise<void> {
  const isNew = await createBranch(api, change);
  const all = change.files.map((file) => toChange(file, undefined));
  if (isNew) {
    try {
      return await commit(api, change, all);
    } catch (error) {
      if (asPaceError(error).status !== 422) throw error;
    }
  }
  const looked = await Promise.all(change.files.map((file) => changeFor(api, change.branch, file)));
  const needed = looked.filter(({ isThere }) => !isThere).map(({ change: each }) => each);
  // nothing to change, yet a branch needs a commit of its own
  const wanted = isNew && needed.length === 0 ? looked.map(({ change: each }) => each) : needed;
  if (wanted.length > 0) await commit(api, change, wanted);
}

/** `false` when it is there already. */
async function createBranch(api: Api, { branch, from }: ProposedChange): Promise<boolean> {
  const body = { new_branch_name: branch, old_ref_name: from };
  try {
    await api.send(OPERATION, { method: 'POST', path: `${api.repo}/branches`, body });
    return true;
  } catch (error) {
    if (asPaceError(error).status === 409) return false;
    throw await missingCommit(api, OPERATION, from, error);
  }
}

/** Gitea answers 500 where a commit does not exist: the error to throw, which says so when it is so. */
export async function missingCommit(api: Api, operation: Operation, sha: string, error: unknown): Promise<unknown> {
  if (asPaceError(error).status !== 500) return error;
  const path = `${api.repo}/git/commits/${encodeURIComponent(sha)}`;
  const query = { stat: 'false', verification: 'false', files: 'false' };
  try {
    await api.call(operation, { path, query });
    return error;
  } catch (lookedUp) {
    if (!['not-found', 'validation'].includes(asPaceError(lookedUp).kind)) return error;
    return new PaceError({
      kind: 'not-found',
      operation,
      message: `Gitea does not know the commit ${sha.slice(0, 12)} in ${api.fullName}.`,
      remedy: 'Please push the commit first, and check that --sha and the repository belong together.',
      cause: lookedUp,
    });
  }
}

async function commit(
  api: Api,
  { branch, commitMessage }: ProposedChange,
  files: readonly FileChange[],
): Promise<void> {
  const body = { branch, message: commitMessage, files };
  await api.send(OPERATION, { method: 'POST', path: `${api.repo}/contents`, body });
}

function toChange({ path, content }: FileToCommit, sha: string | undefined): FileChange {
  const encoded = Buffer.from(content, 'utf8').toString('base64');
  return sha === undefined
    ? { operation: 'create', path, content: encoded }
    : { operation: 'update', path, content: encoded, sha };
}

interface WireFile {
  readonly sha?: string | null;
  readonly content?: string | null;
}

async function changeFor(
  api: Api,
  branch: string,
  file: FileToCommit,
): Promise<{ change: FileChange; isThere: boolean }> {
  const path = `${api.repo}/contents/${file.path.split('/').map(encodeURIComponent).join('/')}`;
  try {
    const found = await api.call<WireFile>(OPERATION, { path, query: { ref: branch } });
    const content = Buffer.from(found.content ?? '', 'base64').toString('utf8');
    return { change: toChange(file, anyText('Gitea', 'sha', found.sha)), isThere: content === file.content };
  } catch (error) {
    if (asPaceError(error).status === 404) return { change: toChange(file, undefined), isThere: false };
    throw error;
  }
}
