/** `pace issue import`. */
import type { World } from '../../../core/world.ts';
import { type ImportResult, importIssues as imported, type Lines } from '../../tracker/transfer/import-issues.ts';
import { writeOn } from '../on-tracker.ts';
import type { IssueImport } from './options.ts';

/** `lines`: those of the file. What became of each comes as it is known; a dry run sends nothing. */
export async function importIssues(
  world: World,
  { update = false, dryRun = false, ...options }: IssueImport,
  lines: Lines,
  signal: AbortSignal,
): Promise<AsyncIterable<ImportResult>> {
  const { value } = await writeOn(world, { ...options, dryRun }, [], async ({ tracker }) =>
    imported(tracker, withoutBlanks(lines), { update, dryRun, signal }),
  );
  return value;
}

async function* withoutBlanks<Line extends { readonly text: string }>(
  lines: AsyncIterable<Line>,
): AsyncGenerator<Line> {
  for await (const line of lines) if (line.text.trim() !== '') yield line;
}
