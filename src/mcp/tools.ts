/** The tools of the server, in a fixed order: hosts keep what they have read of a list for as long as it is the same. */
import { reads } from './reads.ts';
import type { Tool } from './tool.ts';
import { writes } from './writes.ts';

const all: readonly Tool[] = [...reads, ...writes].sort((one, other) => (one.listed.name < other.listed.name ? -1 : 1));

/** `readOnly`: those that change nothing. It is a filter: nothing else can bring the others back. */
export function toolsFor({ readOnly = false }: { readonly readOnly?: boolean | undefined }): readonly Tool[] {
  return readOnly ? all.filter(({ listed }) => listed.annotations.readOnlyHint) : all;
}
