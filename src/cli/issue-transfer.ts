/** `pace issue export` and `import`. */
import type { Command } from 'commander';
import { plainLine } from '../../core/text/untrusted-text.ts';
import type { ImportResult } from '../commands/issue-import.ts';
import { EXIT_PARTIAL, exitCodeOf } from './exit-codes.ts';
import { choosing, listFlags } from './issue-list.ts';
import { jsonLine } from './json.ts';
import { inSession, type Session, writing } from './session.ts';
import { common, type Shell } from './shell.ts';

export const TRANSFER = { export: defineExport, import: defineImport };

function defineExport(issue: Command, shell: Shell): void {
  choosing(common(issue.command('export')), 'all')
    .description('print issues as JSON Lines, with comments, links and metadata')
    .option('-b, --backend <name>', 'a configured backend, or a platform; else the configured tracker')
    .option('-n, --limit <n>', 'at most so many (default: all)')
    .option('--no-comments', 'without comments')
    .option('--no-links', 'without links')
    .action((options) => inSession(shell, options, (session) => exported(session, options)));
}

function defineImport(issue: Command, shell: Shell): void {
  writing(issue.command('import'))
    .description('create the issues of a file of JSON Lines; those that are there already are left alone')
    .argument('<file>', 'what export has printed; - reads stdin')
    .option('--update', 'bring those that are there already up to the file')
    .action((file: string, options) =>
      inSession(shell, options, (session) => imported(session, file, options.update ?? false), {
        endsItself: true,
        showsWrites: false,
      }),
    );
}

interface ExportOptions extends Readonly<Record<string, string | string[] | undefined>> {
  readonly query?: string;
}

async function exported(session: Session, options: ExportOptions): Promise<number> {
  const { exportIssues } = await import('../commands/issue-export.ts');
  const { selectionOf, settledSelection } = await import('../tracker/query/select.ts');
  const { pagesOf } = await import('../tracker/print/pages.ts');
  const { world, shell } = session;
  const flags = { ...listFlags(options), limit: options['limit'] ?? 'all' };
  const selection = selectionOf(flags, options.query, world.now(), 'all');
  const { tracker } = await session.open();
  const details = ['comments', 'links'].filter((name) => Boolean(options[name]));
  let count = 0;
  for await (const page of pagesOf(exportIssues(tracker, await settledSelection(tracker, selection), details))) {
    await shell.stdout.write(page.map((line) => jsonLine(world, line)).join(''));
    count += page.length;
    if (shell.stdout.isClosed) break;
    if (!shell.stdout.isTerminal) shell.progress(`${count} issues …`);
  }
  shell.progress('');
  return 0;
}

async function imported(session: Session, file: string, update: boolean): Promise<number> {
  const { importIssues } = await import('../commands/issue-import.ts');
  const { IMPORTS } = await import('../tracker/import-shape.ts');
  const { readLines, shownName } = await import('../tracker/files.ts');
  const { world, shell, signal, isDryRun } = session;
  const printing = session.printing(IMPORTS);
  const { tracker } = await session.open();
  const failures: ImportResult[] = [];
  let done = 0;
  const lines = withoutBlanks(readLines(file, world.cwd, shell.stdin));
  const results = importIssues(tracker, lines, { update, dryRun: isDryRun, signal });
  await printing.list(watched(results), 'There are no issues in it.');
  for (const { line, error, mistakes } of failures) {
    const words = mistakes ?? (error ? `${error.message} ${error.remedy}` : '');
    world.log.warn(`${shownName(file)}:${line}: ${plainLine(words, 500)}`);
  }
  signal.throwIfAborted();
  const [first] = failures;
  if (!first) return 0;
  if (done > 0) return EXIT_PARTIAL;
  return first.error ? exitCodeOf(first.error) : INVALID;

  async function* watched(all: AsyncIterable<ImportResult>): AsyncGenerator<ImportResult> {
    for await (const result of all) {
      if (result.outcome === 'failed') failures.push(result);
      else done += 1;
      yield result;
    }
  }
}

/** A line that is no issue. */
const INVALID = 6;

async function* withoutBlanks<Line extends { readonly text: string }>(
  lines: AsyncIterable<Line>,
): AsyncGenerator<Line> {
  for await (const line of lines) if (line.text.trim() !== '') yield line;
}
