import type { Kept } from './kept.ts';
import type { Traffic } from './traffic.ts';

/** Everything PACE takes from outside, as one value. Only the entries (`src/process/world.ts`) build it; tests hand in their own. */
export interface World {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absolute path of the workspace: relative paths in configuration start here. */
  readonly cwd: string;
  /** Where the person stands, where that is another folder than the workspace: paths on the command line start here. */
  readonly here?: string;
  readonly fetch: Fetch;
  /**
   * The same way out for addresses that a configuration names: rejects with a `PaceError` where one leads to an address of
   * `core/http/refused-addresses.ts`. Absent where nobody can look at the addresses of a connection.
   */
  readonly guardedFetch?: Fetch;
  /** What the run keeps between runs. Absent where nothing has opened it: then each use opens it for itself. */
  readonly kept?: Kept | undefined;
  /** Milliseconds since 1970 (UTC). */
  now(): number;
  /** Milliseconds of a clock that nobody sets, for deadlines; where there is none, `now` is taken. */
  monotonic?(): number;
  /** Resolves after so many milliseconds; rejects with the signal's reason when it is aborted first. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
  /** A number from 0 (included) to 1 (excluded). */
  random(): number;
  readonly log: Log;
  /** This process, and the machine that it runs on. */
  readonly self: Self;
  /** The text without credentials. Everything that leaves PACE (log, files, requests) has been through it. */
  redact(text: string): string;
  /** Tells `redact` of further secrets. */
  conceal(secrets: Iterable<string>): void;
  /** Has this done before the program ends, the last one named first. */
  atEnd(work: () => Promise<void>): void;
  /** Adds Markdown to the page of the job, through the runner's own protocol. Absent where this process is no step of such a job. */
  readonly addToSummary?: ((markdown: string) => Promise<void>) | undefined;
  /** What this run knows about the hosts that it talks to. */
  readonly traffic: Traffic;
  /** A part of an answer counts for nothing: whoever decides by it must not take some of it for all. */
  readonly takesWholeAnswersOnly?: boolean;
  /** Bounds of one answer where they are other than usual: a test is less patient. */
  readonly answerLimits?: AnswerLimits;
  /** How the time of an answer, or of a program, passes where it is not real time: a test ends it when all else has happened. */
  readonly after?: After;
}

/** Does the work after so many milliseconds; what it gives back calls that off. */
export type After = (milliseconds: number, work: () => void) => () => void;

/** How long one answer may take in real time, and how large it may be. */
export interface AnswerLimits {
  /** Until the headers of an answer are there. Connecting counts. */
  readonly firstByteMs: number;
  /** Until the whole answer is there. */
  readonly wholeMs: number;
  /** Answers above it are refused. */
  readonly maxResponseBytes: number;
}

export interface Self {
  readonly pid: number;
  readonly host: string;
  /** The version of Node, without `v`. */
  readonly node: string;
  /** Known to nobody before the run: what the run's commands start carries it. Absent where nothing is looked for afterwards. */
  readonly mark?: string;
  /** Whether a process of this number runs on this machine. */
  isRunning(pid: number): boolean;
}

/** Where paths on the command line start: absolute. */
export function standsIn({ here, cwd }: Pick<World, 'here' | 'cwd'>): string {
  return here ?? cwd;
}

export type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/** Where talk goes: never data. Text from outside must be passed through `untrusted-text.ts` before it gets here. */
export interface Log {
  info(message: string): void;
  warn(message: string): void;
  /** Details that help to find a fault; hidden unless asked for. */
  debug(message: string): void;
  /** What is being waited for: one live line on a terminal, a line per change elsewhere. */
  progress(message: string): void;
  /** A titled, foldable part of the log; ends when the returned function is called. */
  group(title: string): () => void;
}
