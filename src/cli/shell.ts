/** What the definitions of commands are given: the person's terminal or pipe, and a world to run an action in. */
import type { World } from '../../core/world.ts';
import type { Input } from '../tracker/files.ts';
import type { Output } from './output.ts';

export interface CommonOptions {
  readonly config?: string;
  readonly directory?: string;
  readonly verbose?: boolean;
}

/** Ends with an exit code; nothing means 0. */
export type Action = (world: World, signal: AbortSignal) => Promise<number | undefined>;

/** How an action ends when it is interrupted. */
export interface Ending {
  readonly endsItself?: boolean;
  /** Whatever goes wrong has the exit code 1, but for what was typed. */
  readonly failsWithOne?: boolean;
}

export interface Shell {
  readonly env: World['env'];
  readonly stdout: Output;
  readonly stdin: Input;
  /** Asks the person at the terminal; absent where there is none. */
  readonly ask: ((question: string) => Promise<string>) | undefined;
  /** Colour on stdout. */
  readonly hasColour: boolean;
  /** One live line for a person who waits; `''` removes it. Nothing without a terminal. */
  progress(text: string): void;
  /** Values for later steps of a job of Actions. Nothing where this process is no such step. */
  setOutputs(values: Readonly<Record<string, string>>): Promise<void>;
  /** For actions that end themselves when the signal is aborted. */
  run(options: CommonOptions, action: Action, how?: Ending): Promise<void>;
  /**
   * For the verbs of trackers: trouble has the exit codes of `exit-codes.ts`, and an interrupt ends them at once, but for those
   * that end themselves when the signal is aborted.
   */
  serve(options: CommonOptions, action: Action, how?: Ending): Promise<void>;
}
