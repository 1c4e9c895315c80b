/** What of `.pace/` is kept elsewhere too, and how it is put back. */
import { PaceError } from '../../../core/errors.ts';
import { isKept } from '../../../core/kept/kept-names.ts';
import type { Kept } from '../../../core/kept.ts';
import { type Files, same } from './merge.ts';

export interface ReadFiles {
  readonly files: Files;
  /** What is there and cannot be kept: larger than the limit, or a database that another process writes to. */
  readonly left: readonly string[];
}

/** Every kept file, without those that git tracks: they belong to its commits. */
export function readFiles(kept: Kept): ReadFiles {
  const files = new Map<string, Buffer>();
  const left: string[] = [];
  const paths = kept.paths();
  for (const path of paths) {
    if (!isKept(path) || kept.isTracked(path)) continue;
    const log = paths.includes(`${path}-wal`) ? contentOf(kept, `${path}-wal`) : NO_LOG;
    // its last changes are not in the file yet
    const content = log?.length === 0 ? contentOf(kept, path) : undefined;
    if (content) files.set(path, content);
    else if (!isSetAside(path)) left.push(path);
  }
  return { files, left };
}

/** What was moved out of the way for its size stays where it is, which was said then. */
function isSetAside(path: string): boolean {
  return /\.unreadable-\d+$/.test(path);
}

const NO_LOG = Buffer.alloc(0);

function contentOf(kept: Kept, path: string): Buffer | undefined {
  try {
    return kept.read(path);
  } catch (error) {
    if (error instanceof PaceError) return undefined;
    throw error;
  }
}

/** Makes the files, which are as in `before`, like `wanted`. Other files are not touched. */
export function writeFiles(kept: Kept, before: Files, wanted: Files): void {
  for (const [path, content] of wanted) {
    if (!same(before.get(path), content)) kept.write(path, content);
  }
  for (const path of before.keys()) if (!wanted.has(path)) kept.remove(path);
}
