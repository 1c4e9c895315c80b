/**
 * The entries within the test's own process: words or inputs in; streams, exit code and what was written to the runner out. Much
 * sooner than a program of its own. What an entry asks of the process is made here: streams, stdin, signals, environment, folder.
 */
import { EventEmitter } from 'node:events';
import { rmSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { runAction } from '../../src/action.ts';
import { runCli } from '../../src/cli.ts';
import { parseOutputs } from './outputs-file.ts';

export interface InProcessRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** The codes with which the program was to end at once. */
  readonly exits: readonly number[];
}

export interface CliOptions {
  /** The folder that it runs in. */
  readonly cwd: string;
  readonly args: readonly string[];
  /** All that it sees of the environment besides `PATH`, and a home without anything. */
  readonly env?: Readonly<Record<string, string>>;
  /** What is piped into it, as one piece or as several; a stream of one's own for a person who types. */
  readonly input?: string | readonly (string | Buffer)[] | Readable;
  readonly stdout?: TestStream;
  readonly stderr?: TestStream;
  /** Sends signals to it. */
  readonly signals?: EventEmitter;
}

/** What `pace …` does. Runs wait for each other: they share the environment and the folder of the process. */
export function runCliHere(options: CliOptions): Promise<InProcessRun> {
  const { cwd, args, env = {}, input = [], signals = new EventEmitter() } = options;
  const { stdout = new TestStream(), stderr = new TestStream() } = options;
  const exits: number[] = [];
  return alone(cwd, env, async (seen) => {
    const code = await runCli({
      argv: ['node', 'pace', ...args],
      env: seen,
      stdin: input instanceof Readable ? input : Readable.from([input].flat()),
      stdout,
      stderr,
      exit: (ended) => void exits.push(ended),
      once: (signal, listener) => signals.once(signal, listener),
    });
    return { code, stdout: stdout.text, stderr: stderr.text, exits };
  });
}

export interface ActionOptions {
  readonly cwd: string;
  /** By the names in `action.yml`. */
  readonly inputs?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly stdout?: TestStream;
  readonly signals?: EventEmitter;
}

export interface ActionRun {
  readonly code: number;
  readonly stdout: string;
  /** What was written to the outputs file of Actions. */
  readonly outputs: Readonly<Record<string, string>>;
  /** What was written to the summary file of Actions. */
  readonly summary: string;
}

/** What the action does in a step. */
export async function runActionHere(options: ActionOptions): Promise<ActionRun> {
  const { cwd, inputs = {}, env = {}, stdout = new TestStream(), signals = new EventEmitter() } = options;
  runnerFolder ??= await mkdtemp(join(tmpdir(), 'pace-runner-'));
  const [output, summary] = [join(runnerFolder, 'output'), join(runnerFolder, 'summary')];
  const given = Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]);
  const runner = { GITHUB_ACTIONS: 'true', GITHUB_OUTPUT: output, GITHUB_STEP_SUMMARY: summary };
  return alone(cwd, { ...runner, ...Object.fromEntries(given), ...env }, async (seen) => {
    // as the runner makes them for every step
    for (const path of [output, summary]) await writeFile(path, '');
    const code = await speaking(stdout, () =>
      runAction({ env: seen, once: (signal, listener) => signals.once(signal, listener) }),
    );
    const [outputs, page] = [await readFile(output, 'utf8'), await readFile(summary, 'utf8')];
    return { code, stdout: stdout.text, outputs: parseOutputs(outputs), summary: page };
  });
}

/** The same for all runs of a process: GitHub's toolkit remembers where the page of the job is. */
let runnerFolder: string | undefined;
process.once('exit', () => runnerFolder && rmSync(runnerFolder, { recursive: true, force: true }));

/** GitHub's toolkit speaks through the stream of the process. */
async function speaking<Result>(stdout: TestStream, run: () => Promise<Result>): Promise<Result> {
  const own = process.stdout.write;
  process.stdout.write = (text: string | Uint8Array) => stdout.write(text);
  try {
    return await run();
  } finally {
    process.stdout.write = own;
  }
}

/** A stream that keeps what is written to it; a test may have it full, or its reader gone. */
export class TestStream extends EventEmitter implements NodeJS.WritableStream {
  text = '';
  readonly writable = true;
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly #onWrite: ((text: string, stream: TestStream) => boolean | undefined) | undefined;

  /** `onWrite` hears of every text before it is kept, and answers as a stream does: `false` is “please wait for `drain`”. */
  constructor(
    options: {
      readonly isTTY?: boolean;
      readonly columns?: number;
      readonly onWrite?: (text: string, stream: TestStream) => boolean | undefined;
    } = {},
  ) {
    super();
    if (options.isTTY !== undefined) this.isTTY = options.isTTY;
    if (options.columns !== undefined) this.columns = options.columns;
    this.#onWrite = options.onWrite;
  }

  write(text: string | Uint8Array): boolean {
    const words = typeof text === 'string' ? text : Buffer.from(text).toString('utf8');
    const goesOn = this.#onWrite?.(words, this) ?? true;
    this.text += words;
    return goesOn;
  }

  end(): this {
    return this;
  }
}

let last: Promise<unknown> = Promise.resolve();

async function alone<Result>(
  cwd: string,
  env: Readonly<Record<string, string>>,
  run: (env: Record<string, string>) => Promise<Result>,
): Promise<Result> {
  const before = last;
  const turn = before.then(() => within(cwd, env, run));
  last = turn.catch(() => undefined);
  return turn;
}

async function within<Result>(
  cwd: string,
  given: Readonly<Record<string, string>>,
  run: (env: Record<string, string>) => Promise<Result>,
): Promise<Result> {
  const [ownEnv, ownCwd] = [process.env, process.cwd];
  const home = await mkdtemp(join(tmpdir(), 'pace-home-'));
  const env: Record<string, string> = { PATH: ownEnv['PATH'] ?? '', HOME: home, GIT_CONFIG_NOSYSTEM: '1', ...given };
  process.env = env;
  process.cwd = () => cwd;
  try {
    return await run(env);
  } finally {
    process.env = ownEnv;
    process.cwd = ownCwd;
    await rm(home, { recursive: true, force: true });
  }
}
