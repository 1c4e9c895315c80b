/** What a gate is called, and where it keeps its state: the same key for issues, statuses and folders. */
import { dirname, isAbsolute, posix, relative, resolve, sep } from 'node:path';
import { digest } from '../../../core/adapters/digest.ts';
import { ONLY_GATE } from '../../../core/adapters/owner.ts';
import { type GitFolder, readGitFolder } from '../../../core/files/git-folder.ts';

/** Folders that hold the configuration of the one gate of a repository. */
const USUAL_FOLDERS = ['', 'pace'];

/**
 * `gate` for the configuration at the root (`pace.config.yaml` or `pace/pace.config.yaml`), else the whole path of its folder
 * from the root, so that two configurations never meet by chance.
 * @param root the checkout's root; `cwd` where there is no checkout
 */
export function gateName(options: { given: string | undefined; root: string; cwd: string; file: string }): string {
  const { given, root, cwd, file } = options;
  if (given !== undefined) return given;
  const folder = relative(resolve(root), dirname(resolve(cwd, file)))
    .split(sep)
    .join('/');
  if (USUAL_FOLDERS.includes(folder)) return ONLY_GATE;
  // one outside of the checkout has no path from the root; its own place tells it from others
  if (/^\.\.(?:\/|$)/.test(folder) || isAbsolute(folder)) return posix.join('outside', digest(folder).slice(0, 8));
  return folder === ONLY_GATE ? `./${folder}` : folder;
}

interface NamingConfig {
  readonly config: { readonly gate: { readonly name?: string | undefined } };
  /** As shown; absent where there is none. */
  readonly file?: string | undefined;
}

/** The name of the gate of a configuration that was read. */
export function gateOf(
  { cwd }: { readonly cwd: string },
  { config, file = 'pace.config.yaml' }: NamingConfig,
  git: GitFolder | undefined = readGitFolder(cwd),
): string {
  return gateName({ given: config.gate.name, root: git?.root ?? cwd, cwd, file });
}
