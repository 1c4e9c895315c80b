/** The files of a workspace that somebody's tools may have written, found within bounds. */
import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

const MOST_FOLDERS = 20_000;
const MOST_FILES = 200_000;
const DEEPEST = 24;

/** What is installed, kept by other tools, or an input of tests. */
const LEFT_OUT = new Set([
  'node_modules', 'bower_components', 'vendor', 'site-packages', '__pycache__', 'venv', '.venv', '.tox', '.nox', '.git', '.hg',
  '.svn', '.yarn', '.pnpm-store', '.cache', '.pace', 'fixtures', '__fixtures__', 'testdata',
]); // biome-ignore format: a list

export interface Walked {
  /** Relative to the workspace, with `/`, in order. */
  readonly files: readonly string[];
  /** Nothing was left out for its number or depth. */
  readonly isWhole: boolean;
}

interface Bounds {
  readonly folders: number;
  readonly files: number;
}

/** Folder by folder, the shallow ones first; links are not followed, and what cannot be opened is passed over. */
export async function filesBelow(cwd: string, signal?: AbortSignal, bounds: Partial<Bounds> = {}): Promise<Walked> {
  const { folders: mostFolders = MOST_FOLDERS, files: mostFiles = MOST_FILES } = bounds;
  const files: string[] = [];
  const queue: { readonly path: string; readonly depth: number }[] = [{ path: '', depth: 0 }];
  let isWhole = true;
  for (let at = 0; at < queue.length; at += 1) {
    signal?.throwIfAborted();
    const folder = queue[at];
    if (!folder || at >= mostFolders || files.length >= mostFiles) return { files: files.sort(), isWhole: false };
    const entries = await entriesOf(join(cwd, folder.path));
    if (isVirtualenv(entries)) continue;
    const below = (name: string) => (folder.path === '' ? name : `${folder.path}/${name}`);
    for (const entry of entries) {
      if (entry.isFile()) files.push(below(entry.name));
      else if (entry.isDirectory() && !LEFT_OUT.has(entry.name)) {
        if (folder.depth < DEEPEST) queue.push({ path: below(entry.name), depth: folder.depth + 1 });
        else isWhole = false;
      }
    }
  }
  return { files: files.sort(), isWhole };
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  return readdir(folder, { withFileTypes: true }).catch(() => []);
}

// https://docs.python.org/3/library/venv.html: whatever it is called
function isVirtualenv(entries: readonly Dirent[]): boolean {
  return entries.some(({ name }) => name === 'pyvenv.cfg');
}
