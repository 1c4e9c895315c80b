/** Whether a repository has a commit. Hosts answer "not found" for what the token may not see, too. */
import { unlessMissing } from './unless.ts';

/**
 * `true` where the answer is about this very commit, and not about a branch of such a name; `false` where there is none in a
 * repository that can be seen. Every other refusal is thrown.
 */
export async function knowsCommit(question: {
  readonly sha: string;
  /** Asks for the commit, and gives its whole hash. */
  readonly readSha: () => Promise<string>;
  /** Throws where the repository cannot be seen. */
  readonly seeRepository: () => Promise<unknown>;
}): Promise<boolean> {
  const { sha, readSha, seeRepository } = question;
  const found = await unlessMissing(readSha);
  if (found !== undefined) return found.toLowerCase().startsWith(sha.toLowerCase());
  await seeRepository();
  return false;
}
