/** One verb at the command line: the world that it works in, and the form in which its answer is printed. */
import type { PlannedWrite } from '../../core/ports/index.ts';
import type { World } from '../../core/world.ts';
import type { Written } from '../commands/on-tracker.ts';
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
import { plannedData, plannedText } from '../tracker/print/planned-text.ts';
import { isTemplate, templateFields, templatePrinter, unknownFormat } from '../tracker/print/template.ts';
import type { ListEnd } from '../tracker/query/bounded-list.ts';
import { usageError } from '../tracker/usage.ts';
import { json } from './json.ts';
import type { CommonOptions, Shell } from './shell.ts';

/** The options that do not concern the verb. */
export interface SessionOptions extends CommonOptions {
  /** `true` and `''`: all fields. */
  readonly json?: string | boolean;
  /** One of `FORMATS`, or a template. */
  readonly format?: string;
  readonly dryRun?: boolean;
}

export interface Session {
  readonly world: World;
  readonly signal: AbortSignal;
  readonly shell: Shell;
  readonly isDryRun: boolean;
  /** A person wants to see more. */
  readonly isVerbose: boolean;
  /** The value for programs that ask for JSON, else its text for people. */
  answer(value: unknown, text: () => string): Promise<void>;
  /** Refuses fields that there are not, before anything is opened. */
  printing<Item>(shape: Shape<Item>): Printing<Item>;
}

export interface Printing<Item> {
  /** The fields that were named. */
  readonly names: readonly string[] | undefined;
  /** Rows appear as pages come. Ends early when nobody reads any more. `none` is said where there is nothing. */
  list(items: AsyncIterable<Item> | Iterable<Item>, none?: string): Promise<void>;
  readonly isJson: boolean;
  /** In JSON: an object with what there is on this page, where the next one begins, and how many there are in all. */
  page(items: AsyncIterable<Item>, end: () => Promise<ListEnd>): Promise<void>;
  readonly isMarkdown: boolean;
  /** One thing; `text` is for people, `whole` all of it in Markdown. */
  one(item: Item, text: string, whole?: () => string): Promise<void>;
  /** What a dry run has held back. */
  planned(writes: readonly PlannedWrite[]): Promise<void>;
  /** One thing that was written, or in a dry run what would have been sent. */
  written(written: Written<Item>, text: (item: Item) => string): Promise<void>;
}

export function sessionOf(
  shell: Shell,
  options: SessionOptions,
  run: { readonly world: World; readonly signal: AbortSignal },
): Session {
  const asksForJson = options.json !== undefined && options.json !== false;
  return {
    ...run,
    shell,
    isDryRun: options.dryRun ?? false,
    isVerbose: options.verbose ?? false,
    answer: (value, text) => shell.stdout.write(asksForJson ? json(run.world, value) : text()),
    printing: (shape) => printingOf(shape, { shell, world: run.world, options }),
  };
}

interface PrintingContext {
  readonly shell: Shell;
  readonly world: World;
  readonly options: SessionOptions;
}

function printingOf<Item>(shape: Shape<Item>, context: PrintingContext): Printing<Item> {
  const { shell, world, options } = context;
  const { stdout } = shell;
  const format = formatOf(options);
  const names = namesIn(shape, format, options);
  const printing: Printing<Item> = {
    names,
    list: async (items, none) => {
      const printer = await printerOf(shape, format, context, names);
      let count = 0;
      let failure: { readonly error: unknown } | undefined;
      await stdout.write(printer.start);
      try {
        for await (const page of pagesOf(asyncOf(items))) {
          count += page.length;
          await stdout.write(printer.page(page));
          if (stdout.isClosed) break;
          if (!stdout.isTerminal) shell.progress(`${count} so far …`);
        }
      } catch (error) {
        failure = { error };
      }
      shell.progress('');
      // what was printed stays well-formed
      await stdout.write(printer.end);
      if (failure) throw failure.error;
      if (count === 0 && none && format === 'table') world.log.info(none);
    },
    isJson: format === 'json',
    isMarkdown: format === 'markdown',
    page: async (items, end) => {
      const shown: unknown[] = [];
      for await (const item of items) shown.push(picked(shape.fields, item, names));
      const { next, total } = await end();
      await stdout.write(json(world, { items: shown, next, total }));
    },
    one: async (item, text, whole) => {
      if (format === 'json') return stdout.write(json(world, picked(shape.fields, item, names)));
      if (format === 'table') return stdout.write(text);
      if (format === 'markdown' && whole) return stdout.write(whole());
      const printer = await printerOf(shape, format, context, names);
      return stdout.write(printer.start + printer.page([item]) + printer.end);
    },
    planned: (writes) => stdout.write(format === 'json' ? json(world, plannedData(writes)) : plannedText(writes)),
    written: ({ value, planned }, text) =>
      options.dryRun ? printing.planned(planned) : printing.one(value, text(value)),
  };
  return printing;
}

async function printerOf<Item>(
  shape: Shape<Item>,
  format: Chosen,
  { shell, world }: PrintingContext,
  names: readonly string[] | undefined,
): Promise<Printer<Item>> {
  if (typeof format === 'object') return templatePrinter(shape.fields, format.template);
  if (format === 'ids') return idPrinter(shape);
  if (format === 'markdown') return markdownPrinter(shape);
  if (format === 'json') return jsonPrinter((item) => json(world, picked(shape.fields as Fields<Item>, item, names)));
  if (!shell.stdout.isTerminal) return tablePrinter(shape);
  const { terminalPrinter } = await import('../tracker/print/terminal-table.ts');
  return terminalPrinter(shape, { width: widthOf(shell), colour: shell.hasColour, now: world.now() });
}

type Chosen = Format | { readonly template: string };

function formatOf({ json: wanted, format }: SessionOptions): Chosen {
  if (wanted === undefined || wanted === false) return chosen(format ?? 'table');
  if (format === undefined || format === 'json') return 'json';
  throw usageError(`--json and --format ${format} cannot go together.`, 'Please give one of them.');
}

function chosen(format: string): Chosen {
  if (isTemplate(format)) return { template: format };
  const known = FORMATS.find((name) => name === format);
  if (known === undefined) throw unknownFormat(format);
  return known;
}

/** The fields that are named: those of the JSON, or of the template. */
function namesIn<Item>(
  { fields }: Shape<Item>,
  format: Chosen,
  { json: wanted }: SessionOptions,
): readonly string[] | undefined {
  if (typeof format === 'object') return templateFields(fields, format.template);
  return typeof wanted === 'string' && wanted !== '' ? fieldNames(fields, wanted) : undefined;
}

/** Of the terminal. */
export function widthOf({ stdout }: Pick<Shell, 'stdout'>): number {
  // a terminal that does not know its width, as programs open them, says 0
  return stdout.columns || 80;
}

async function* asyncOf<Item>(items: AsyncIterable<Item> | Iterable<Item>): AsyncGenerator<Item> {
  yield* items;
}
