/** One verb on a tracker: opens it, prints in the form that was asked for, and shows what a dry run has held back. */
import { type Command, Option } from 'commander';
import type { IssueTracker, PlannedWrite } from '../../core/ports/index.ts';
import type { World } from '../../core/world.ts';
import { openIssues } from '../tracker/backends/open-issues.ts';
import { type Fields, fieldNames, picked } from '../tracker/print/fields.ts';
import {
  FORMATS,
  type Format,
  idPrinter,
  jsonPrinter,
  markdownPrinter,
  type Printer,
  type Shape,
  tablePrinter,
} from '../tracker/print/formats.ts';
import { pagesOf } from '../tracker/print/pages.ts';
import { plannedText } from '../tracker/print/planned-text.ts';
import { usageError } from '../tracker/usage.ts';
import { json } from './json.ts';
import { type CommonOptions, common, type Shell } from './shell.ts';

export interface TrackerOptions extends CommonOptions {
  readonly backend?: string;
  /** `true` and `''`: all fields. */
  readonly json?: string | boolean;
  readonly format?: Format;
  readonly dryRun?: boolean;
}

/** The options that every verb on a tracker has. */
export function onTracker(command: Command): Command {
  return printed(common(command)).option(
    '-b, --backend <name>',
    'a configured backend, or a platform; else the configured tracker',
  );
}

/** How the outcome is printed. */
export function printed(command: Command): Command {
  return command
    .option('--json [fields]', 'print JSON: all fields, or those named, e.g. key,title,url')
    .addOption(new Option('--format <format>', 'how to print').choices([...FORMATS]));
}

/** The same for verbs that write. */
export function writing(command: Command): Command {
  return onTracker(command).option('--dry-run', 'print what would be sent; send nothing');
}

export interface Session {
  readonly world: World;
  readonly signal: AbortSignal;
  readonly shell: Shell;
  readonly isDryRun: boolean;
  /** The tracker that the references lead to, all to the same one, and their keys there. */
  open(references?: readonly string[]): Promise<{ tracker: IssueTracker; keys: string[] }>;
  /** Refuses fields that there are not, before anything is opened. */
  printing<Item>(shape: Shape<Item>): Printing<Item>;
}

export interface Printing<Item> {
  /** The fields that were named. */
  readonly names: readonly string[] | undefined;
  /** Rows appear as pages come. Ends early when nobody reads any more. `none` is said where there is nothing. */
  list(items: AsyncIterable<Item> | Iterable<Item>, none?: string): Promise<void>;
  /** One thing; `text` is for people. */
  one(item: Item, text: string): Promise<void>;
}

export function inSession(
  shell: Shell,
  options: TrackerOptions,
  action: (session: Session) => Promise<number | undefined>,
  how: { readonly endsItself?: boolean; readonly showsWrites?: boolean } = {},
): Promise<void> {
  const { showsWrites = true, ...ending } = how;
  return shell.serve(
    options,
    async (world, signal) => {
      const writes: PlannedWrite[] = [];
      const isDryRun = options.dryRun ?? false;
      const dryRun = isDryRun ? (write: PlannedWrite) => void writes.push(write) : undefined;
      const isSilent = isDryRun && showsWrites;
      const session: Session = {
        world,
        signal,
        shell,
        isDryRun,
        open: (references = []) => openIssues(world, references, { ...options, dryRun }),
        printing: (shape) => printingOf(shape, { shell, world, options, isSilent }),
      };
      const code = await action(session);
      if (isSilent) await shell.stdout.write(formatOf(options) === 'json' ? json(world, writes) : plannedText(writes));
      return code;
    },
    ending,
  );
}

interface PrintingContext {
  readonly shell: Shell;
  readonly world: World;
  readonly options: TrackerOptions;
  /** What a dry run would print is what it would send. */
  readonly isSilent: boolean;
}

function printingOf<Item>(shape: Shape<Item>, context: PrintingContext): Printing<Item> {
  const { shell, world, options, isSilent } = context;
  const { stdout } = shell;
  const format = formatOf(options);
  const names =
    typeof options.json === 'string' && options.json !== '' ? fieldNames(shape.fields, options.json) : undefined;
  const write = (text: string) => (isSilent ? Promise.resolve() : stdout.write(text));
  return {
    names,
    list: async (items, none) => {
      const printer = printerOf(shape, format, context, names);
      let count = 0;
      let failure: { readonly error: unknown } | undefined;
      await write(printer.start);
      try {
        for await (const page of pagesOf(asyncOf(items))) {
          count += page.length;
          await write(printer.page(page));
          if (stdout.isClosed) break;
          if (!stdout.isTerminal) shell.progress(`${count} so far …`);
        }
      } catch (error) {
        failure = { error };
      }
      shell.progress('');
      // what was printed stays well-formed
      await write(printer.end);
      if (failure) throw failure.error;
      if (count === 0 && none && format === 'table') world.log.info(none);
    },
    one: (item, text) => {
      if (format === 'json') return write(json(world, picked(shape.fields, item, names)));
      if (format === 'table') return write(text);
      const printer = printerOf(shape, format, context, names);
      return write(printer.start + printer.page([item]) + printer.end);
    },
  };
}

function printerOf<Item>(
  shape: Shape<Item>,
  format: Format,
  { shell, world }: PrintingContext,
  names: readonly string[] | undefined,
): Printer<Item> {
  if (format === 'ids') return idPrinter(shape);
  if (format === 'markdown') return markdownPrinter(shape);
  if (format === 'json') return jsonPrinter((item) => json(world, picked(shape.fields as Fields<Item>, item, names)));
  return tablePrinter(shape, shell.stdout.isTerminal ? shell.stdout.columns : undefined);
}

function formatOf({ json: wanted, format }: TrackerOptions): Format {
  if (wanted === undefined || wanted === false) return format ?? 'table';
  if (format === undefined || format === 'json') return 'json';
  throw usageError(`--json and --format ${format} cannot go together.`, 'Please give one of them.');
}

async function* asyncOf<Item>(items: AsyncIterable<Item> | Iterable<Item>): AsyncGenerator<Item> {
  yield* items;
}
