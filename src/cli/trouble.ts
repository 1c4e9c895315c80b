/** The one place that turns an error into words, for people or for programs, and into an exit code. */
import { CommanderError } from 'commander';
import { asPaceError } from '../../core/errors.ts';
import { plainText } from '../../core/text/untrusted-text.ts';
import type { World } from '../../core/world.ts';
import { ConfigError } from '../../core/yaml/problems.ts';
import {
  EXIT_OUTPUT,
  EXIT_PARTIAL,
  EXIT_USAGE,
  errorExitCode,
  isPartial,
  TRACKER_EXIT_CODES,
} from '../commands/exit-codes.ts';
import { Interrupted } from '../process/interrupt.ts';
import { jsonLine } from './json.ts';
import type { Output } from './output.ts';

export interface Listener {
  readonly stderr: Output;
  /** A program listens: it is told in one line of JSON, the last one on stderr. */
  readonly asJson: boolean;
  readonly redact: World['redact'];
  /** A verb of trackers: each kind of trouble has an exit code. */
  readonly isTracker: boolean;
  /** Of a verb whose trouble has one exit code. */
  readonly failsWithOne?: boolean;
}

/** What programs are told of an error. */
export interface ErrorRecord {
  readonly kind: string;
  readonly message: string;
  readonly remedy: string;
  /** The call that was under way; `usage` for what was typed. */
  readonly operation: string | null;
  /** Of `partial`, where the error itself says what was done. */
  readonly done?: readonly string[];
}

/** Tells of the error, and gives the exit code. */
export function explained(error: unknown, listener: Listener): number {
  if (error instanceof Interrupted) return error.exitCode;
  const isHelp = error instanceof CommanderError && error.exitCode === 0;
  if (isHelp) return 0;
  if (listener.asJson) say(listener, jsonLine(listener, { error: recordOf(error) }));
  // commander has spoken already
  else if (!(error instanceof CommanderError)) say(listener, `${textOf(error)}\n`);
  return codeOf(error, listener);
}

/** Of what was done in part, or not at all without an error of its own: one object too, with what was warned of. */
export function tellOfTheRest(
  { exitCode, warnings }: { readonly exitCode: number; readonly warnings: readonly string[] },
  listener: Pick<Listener, 'stderr' | 'redact'>,
): void {
  if (exitCode === 0 || warnings.length === 0) return;
  const { kinds = [] } = TRACKER_EXIT_CODES.find(({ code }) => code === exitCode) ?? {};
  const error: ErrorRecord = {
    kind: exitCode === EXIT_PARTIAL ? 'partial' : (kinds[0] ?? 'unexpected'),
    message: warnings.map((words) => plainText(words)).join('\n'),
    remedy: 'What was done is on standard output.',
    operation: null,
  };
  say(listener, jsonLine(listener, { error }));
}

/** `--json` or `--format json` stands among the words: known also where they make no sense as a whole. */
export function asksForJson(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  const words = end === -1 ? argv : argv.slice(0, end);
  return words.some((word, index) => {
    if (word === '--json' || word.startsWith('--json=')) return true;
    return word === '--format=json' || (word === '--format' && words[index + 1] === 'json');
  });
}

export function recordOf(error: unknown): ErrorRecord {
  if (error instanceof CommanderError) return ofCommander(error);
  if (error instanceof ConfigError) {
    const remedy = 'Please correct every place that is named.';
    return { kind: 'configuration', message: plainText(error.message), remedy, operation: 'configure' };
  }
  const known = asPaceError(error);
  const { kind, message, remedy, operation, done = [] } = known;
  const said = { message: plainText(message), remedy: plainText(remedy), operation: operation ?? null };
  return isPartial(known) ? { kind: 'partial', ...said, done: done.map((what) => plainText(what)) } : { kind, ...said };
}

function ofCommander({ code, message }: CommanderError): ErrorRecord {
  const isMissing = code === 'commander.help';
  return {
    kind: 'configuration',
    message: isMissing ? 'A command is missing.' : plainText(message.replace(/^error: /, '')),
    remedy: 'Please look at --help.',
    operation: 'usage',
  };
}

function textOf(error: unknown): string {
  if (error instanceof ConfigError) return plainText(error.message);
  const { message, remedy } = asPaceError(error);
  return `Error: ${plainText([message, remedy].filter(Boolean).join('\n'))}`;
}

function codeOf(error: unknown, { isTracker, failsWithOne = false }: Listener): number {
  if (error instanceof CommanderError) return EXIT_USAGE;
  if (failsWithOne) return alikeCode(error);
  if (error instanceof ConfigError) return EXIT_USAGE;
  if (isTracker) return errorExitCode(error);
  const { kind } = asPaceError(error);
  if (kind === 'output') return EXIT_OUTPUT;
  return kind === 'unexpected' ? 1 : EXIT_USAGE;
}

function alikeCode(error: unknown): number {
  const { kind, operation } = asPaceError(error);
  if (kind === 'output') return EXIT_OUTPUT;
  return operation === 'usage' ? EXIT_USAGE : 1;
}

function say({ stderr }: Pick<Listener, 'stderr'>, text: string): void {
  void stderr.write(text);
}
