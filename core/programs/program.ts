/** Trackers that are used through a program on this machine: how it is run, and what its refusals mean. */
import { stat } from 'node:fs/promises';
import { resolve, sep } from 'node:path';
import { defined } from '../defined.ts';
import { type ErrorKind, errorCode, PaceError } from '../errors.ts';
import { plainLine } from '../text/untrusted-text.ts';
import type { World } from '../world.ts';
import { runGroup } from './process-group.ts';

export interface ProgramAnswer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the program to its end, whatever that is. The list of arguments is never read by a shell. */
export type RunProgram = (args: readonly string[], input?: string) => Promise<ProgramAnswer>;

export interface ProgramOptions {
  /** The platform's name and the name people use: `beads`, "beads". */
  readonly platform: string;
  readonly title: string;
  /** A name on the PATH, or a path relative to the workspace. */
  readonly command: string;
  /** The folder in which it works, absolute. */
  readonly cwd: string;
  /** Besides what every program needs (PATH, HOME and the like), it may see the variables of these names. */
  readonly maySee: RegExp;
  /** What it sees for sure. */
  readonly env?: () => Promise<Readonly<Record<string, string>>>;
  /** Tells how to get it. */
  readonly howToGet: string;
  /** Milliseconds that a call may take; 30 seconds when absent. */
  readonly timeout?: number;
}

const TIMEOUT = 30_000;
/** A program that did not end twice running is left alone for so long: a run would wait for it again and again. */
const REST = 60_000;
const MOST_BYTES = 128 * 1024 * 1024;

/** What a program needs to find its files and its words. */
const NEEDED =
  /^(?:PATH|PATHEXT|HOME|USER|LOGNAME|USERNAME|USERPROFILE|HOMEDRIVE|HOMEPATH|APPDATA|LOCALAPPDATA|SYSTEMROOT|COMSPEC|TMPDIR|TEMP|TMP|TZ|LANG|LC_[A-Z]+|XDG_[A-Z_]+)$/i;

/**
 * A program that is run one call after the other: those that keep their data in files lock them. Throws `configuration` when it is not
 * there, `transient` when it does not end in time, `validation` for a text that no argument can hold.
 */
export function createProgram(world: World, options: ProgramOptions): RunProgram {
  const { command, cwd } = options;
  const file = command.includes('/') || command.includes(sep) ? resolve(world.cwd, command) : command;
  const ending = new AbortController();
  world.atEnd(async () => ending.abort());
  let queue: Promise<unknown> = Promise.resolve();
  let [hung, restsUntil] = [0, 0];

  async function run(args: readonly string[], input?: string): Promise<ProgramAnswer> {
    if (args.some((text) => text.includes('\0'))) throw noArgument(options.title);
    const most = Math.min(MOST_BYTES, world.answerLimits?.maxResponseBytes ?? MOST_BYTES);
    if (world.now() < restsUntil) throw unfinished(command, 'it has hung twice, and is not tried again for a minute');
    const output = keptOutput(options.title, most);
    const timeout = Math.min(options.timeout ?? TIMEOUT, world.answerLimits?.wholeMs ?? TIMEOUT);
    const env = { ...visible(world.env, options.maySee), NO_COLOR: '1', ...(await options.env?.()) };
    const signal = AbortSignal.any([ending.signal, output.tooMuch]);
    const end = await runGroup(file, args, {
      ...{ cwd, env, timeout, signal, onOutput: output.add },
      ...defined({ input, after: world.after }),
    });
    output.tooMuch.throwIfAborted();
    hung = end.how === 'timed out' ? hung + 1 : 0;
    if (hung >= 2) restsUntil = world.now() + REST;
    const spoken = `${command} ${commandWords(args)}`.trim();
    switch (end.how) {
      case 'exited':
        return { code: end.code, ...output.texts() };
      case 'not started':
        throw await notStarted(options, end.error);
      default:
        throw unfinished(spoken, end.how === 'timed out' ? `still running after ${timeout / 1000} s` : endOf(end));
    }
  }

  return (args, input) => {
    const answer = queue.then(() => run(args, input));
    queue = answer.catch(() => undefined);
    return answer;
  };
}

function endOf(end: { how: string; signal?: string }): string {
  return end.signal ? `ended by ${end.signal}` : 'stopped with this run';
}

/** The command and its subcommands, without what they are about: texts of issues belong in no message. */
export function commandWords(args: readonly string[]): string {
  const [first, second] = args.filter((text) => !text.startsWith('-'));
  return [first, second].filter((word) => word !== undefined && /^[a-z-]{2,20}$/.test(word)).join(' ');
}

/** `--name=value`: a text that begins with a dash stays a text. */
export function option(name: string, value: string | number): string {
  return `--${name}=${value}`;
}

function visible(env: World['env'], more: RegExp): Record<string, string> {
  const seen = Object.entries(env).flatMap(([name, value]) =>
    value !== undefined && (NEEDED.test(name) || more.test(name)) ? [[name, value]] : [],
  );
  return Object.fromEntries(seen);
}

function keptOutput(title: string, most: number) {
  const pieces: Record<'stdout' | 'stderr', Buffer[]> = { stdout: [], stderr: [] };
  const limit = new AbortController();
  let size = 0;
  const text = (stream: 'stdout' | 'stderr') => Buffer.concat(pieces[stream]).toString('utf8');
  return {
    tooMuch: limit.signal,
    add: (stream: 'stdout' | 'stderr', piece: Buffer) => {
      size += piece.length;
      if (size <= most) pieces[stream].push(piece);
      else limit.abort(tooMuch(title, most));
    },
    texts: () => ({ stdout: text('stdout'), stderr: text('stderr') }),
  };
}

/** What a program's words mean, the first that fits. */
export interface KnownRefusal {
  readonly like: RegExp;
  readonly kind: ErrorKind;
  readonly remedy: string;
}

/** The error for a call that the program has refused. `words` are the program's own. */
export function refusedBy(
  world: Pick<World, 'redact'>,
  about: { readonly spoken: string; readonly words: string; readonly code: number },
  known: readonly KnownRefusal[],
): PaceError {
  const words = plainLine(world.redact(about.words), 400);
  const found = known.find(({ like }) => like.test(words));
  return new PaceError({
    kind: found?.kind ?? 'unexpected',
    message: `\`${about.spoken}\` failed: ${words || `it ended with exit code ${about.code} and said nothing`}`,
    remedy: found?.remedy ?? `Please run \`${about.spoken}\` by hand to see what is wrong.`,
    ...(words === '' ? {} : { vendorMessage: words }),
  });
}

async function notStarted(options: ProgramOptions, error: Error): Promise<PaceError> {
  const { platform, title, command, cwd, howToGet } = options;
  const code = errorCode(error);
  if (!(await isFolder(cwd))) {
    return new PaceError({
      kind: 'configuration',
      message: `There is no folder ${cwd} for \`${command}\` to work in.`,
      remedy: `Please set \`${platform}.directory\` in pace.config.yaml to the folder of the issues.`,
    });
  }
  if (code === 'E2BIG') {
    return new PaceError({
      kind: 'validation',
      message: `The text is too long for a call of \`${command}\`.`,
      remedy: 'Please shorten it, or link to a file.',
      cause: error,
    });
  }
  const problem = code === 'ENOENT' ? 'was not found' : `could not be started (${plainLine(error.message, 200)})`;
  return new PaceError({
    kind: 'configuration',
    message: `${title} needs the program \`${command}\`, and it ${problem}.`,
    remedy: `${howToGet} Where it is not on the PATH, set \`${platform}.command\` in pace.config.yaml to its path.`,
    cause: error,
  });
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

function unfinished(spoken: string, why: string): PaceError {
  return new PaceError({
    kind: 'transient',
    message: `\`${spoken}\` did not finish: ${why}.`,
    remedy: 'Please check whether another process holds the data, and try again. Nothing of it is left running.',
    unsure: true,
  });
}

function noArgument(title: string): PaceError {
  return new PaceError({
    kind: 'validation',
    message: `A text holds the character NUL, which ${title} cannot take.`,
    remedy: 'Please remove it.',
  });
}

function tooMuch(title: string, most: number): PaceError {
  return new PaceError({
    kind: 'unexpected',
    message: `${title} wrote more than ${Math.round(most / 1000)} kB as one answer.`,
    remedy: 'Please archive or delete old issues, or narrow the list.',
  });
}
