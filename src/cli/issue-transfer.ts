/** `pace issue export` and `import` at the command line. */
import { plainLine } from '../../core/text/untrusted-text.ts';
import { EXIT_INVALID, EXIT_PARTIAL, errorExitCode } from '../commands/exit-codes.ts';
import { exportIssues } from '../commands/issue/export.ts';
import { importIssues } from '../commands/issue/import.ts';
import type { IssueExport, IssueImport } from '../commands/issue/options.ts';
import { keepHeapSteady } from '../process/steady-heap.ts';
import { readLines, shownName } from '../tracker/files.ts';
import { IMPORTS } from '../tracker/print/import-shape.ts';
import { pagesOf } from '../tracker/print/pages.ts';
import type { ImportResult } from '../tracker/transfer/import-issues.ts';
import { jsonLine } from './json.ts';
import type { Session } from './session.ts';

export const transfer = { export: exported, import: imported };

async function exported({ world, shell }: Session, options: IssueExport): Promise<void> {
  keepHeapSteady();
  let count = 0;
  for await (const page of pagesOf(await exportIssues(world, options))) {
    await shell.stdout.write(page.map((line) => jsonLine(world, line)).join(''));
    count += page.length;
    if (shell.stdout.isClosed) break;
    if (!shell.stdout.isTerminal) shell.progress(`${count} issues …`);
  }
  shell.progress('');
}

async function imported(
  session: Session,
  { file, ...options }: IssueImport & { readonly file: string },
): Promise<number> {
  const { world, shell, signal } = session;
  const printing = session.printing(IMPORTS);
  const failures: ImportResult[] = [];
  let done = 0;
  const results = await importIssues(world, options, readLines(file, world, shell.stdin), signal);
  await printing.list(watched(results), 'There are no issues in it.');
  for (const { line, error, mistakes } of failures) {
    const words = mistakes ?? (error ? `${error.message} ${error.remedy}` : '');
    world.log.warn(`${shownName(file)}:${line}: ${plainLine(words, 500)}`);
  }
  signal.throwIfAborted();
  const [first] = failures;
  if (!first) return 0;
  if (done > 0) return EXIT_PARTIAL;
  return first.error ? errorExitCode(first.error) : EXIT_INVALID;

  async function* watched(all: AsyncIterable<ImportResult>): AsyncGenerator<ImportResult> {
    for await (const result of all) {
      if (result.outcome === 'failed') failures.push(result);
      else done += 1;
      yield result;
    }
  }
}
