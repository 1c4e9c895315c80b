/** The configuration that the judged commit itself carries: never more than something to compare with. */

import { type Clone, commitNamed, fileInCommit, parentsOf } from '../../../core/programs/git-objects.ts';
import { ConfigError } from '../../../core/yaml/problems.ts';
import { MAX_FILE_BYTES, parseYaml, textOfYaml, type YamlFile } from '../../../core/yaml/yaml-file.ts';
import { readBySchema } from '../../config/load.ts';
import type { OwnRules } from './finding.ts';
import type { Candidate, Sources } from './look-up.ts';

/** What was found in the workspace: the parsed file, what keeps it from being read, or nothing. */
export type WorkspaceFile = { readonly yaml?: YamlFile; readonly error?: ConfigError };

/** `undefined` where the commit is not at hand. */
export async function ownRules(
  sources: Sources,
  workspace: WorkspaceFile,
  candidates: readonly Candidate[],
): Promise<OwnRules | undefined> {
  const sha = sources.subject?.judged.sha;
  if (sha === undefined || !sources.clone || (await isCheckedOut(sources.clone, sha))) return rulesIn(workspace);
  const inClone = await commitNamed(sources.clone, sha);
  return inClone ? rulesInCommit(sources.clone, inClone, candidates) : rulesAtHost(sources, sha, candidates);
}

/** The commit itself, or a merge that was made from it. */
async function isCheckedOut(clone: Clone, sha: string): Promise<boolean> {
  const head = await commitNamed(clone, 'HEAD');
  return head === undefined || head === sha || (await parentsOf(clone, head)).includes(sha);
}

function rulesIn({ yaml, error }: WorkspaceFile): OwnRules {
  if (error) return { how: 'wrong', problems: error.problems };
  if (!yaml) return { how: 'gone' };
  const { config, problems, redact } = readBySchema(yaml);
  return config ? { how: 'valid', config, text: yaml.text, redact } : { how: 'wrong', problems };
}

async function rulesInCommit(
  clone: Clone,
  commit: string,
  candidates: readonly Candidate[],
): Promise<OwnRules | undefined> {
  for (const { shown, path } of candidates) {
    const read = await fileInCommit(clone, commit, path, MAX_FILE_BYTES);
    if (read.how === 'found') return rulesOf(shown, read.bytes);
    if (read.how === 'unreadable') return undefined;
  }
  return { how: 'gone' };
}

/** By its hash a host shows a file or nothing: that there is none at that commit is not told. */
async function rulesAtHost(
  { host }: Sources,
  sha: string,
  candidates: readonly Candidate[],
): Promise<OwnRules | undefined> {
  for (const { shown, path } of candidates) {
    try {
      const file = await (await host())?.readFile?.(path, sha);
      if (file?.text !== undefined) return rulesOf(shown, Buffer.from(file.text, 'utf8'));
    } catch {
      // nobody is kept from judging by it; that nothing was compared is said
    }
  }
  return undefined;
}

function rulesOf(shown: string, bytes: Uint8Array): OwnRules {
  try {
    return rulesIn({ yaml: parseYaml(shown, textOfYaml(shown, bytes)) });
  } catch (error) {
    if (error instanceof ConfigError) return { how: 'wrong', problems: error.problems };
    throw error;
  }
}
