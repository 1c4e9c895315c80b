/** A copy of the repository in which the instrumented sources stand, and where tests may do no harm. */
import { chmodSync, cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

export interface Tree {
  readonly root: string;
  /** For temporary files of the tests. */
  readonly scratch: string;
  /** Holds both, and nothing else. */
  readonly folder: string;
  remove(): void;
}

const LEFT_OUT = new Set(['node_modules', '.git', 'dist', 'lib', 'build', 'bench', 'coverage']);

export function copyTree(repository: string, instrumented: ReadonlyMap<string, string>): Tree {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'pace-mutation-')));
  const [root, scratch] = [join(folder, 'tree'), join(folder, 'tmp')];
  // some tests look at it as another user
  chmodSync(folder, 0o755);
  mkdirSync(scratch);
  cpSync(repository, root, { recursive: true, filter: (path) => !LEFT_OUT.has(relative(repository, path)) });
  symlinkSync(join(repository, 'node_modules'), join(root, 'node_modules'));
  for (const [name, content] of instrumented) writeFileSync(join(root, name), content);
  return { root, scratch, folder, remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }) };
}
