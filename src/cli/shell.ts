/** What the definitions of commands are given: the person's terminal or pipe, and a world to run an action in. */
import { type Command, Option } from 'commander';
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
  /** For actions that end themselves when the signal is aborted. */
  run(options: CommonOptions, action: Action): Promise<void>;
  /**
   * For the verbs of trackers: trouble has the exit codes of `exit-codes.ts`, and an interrupt ends them at once, but for those
   * that end themselves when the signal is aborted.
   */
  serve(options: CommonOptions, action: Action, how?: { readonly endsItself?: boolean }): Promise<void>;
}

export function common(command: Command): Command {
  return command
    .option('-c, --config <file>', 'configuration; else pace.config.yaml or pace/pace.config.yaml')
    .option('-C, --directory <folder>', 'workspace; else the current folder')
    .option('-v, --verbose', 'say more');
}

/** For an option that may be given several times. */
export function several(value: string, previous: readonly string[] | undefined): string[] {
  return [...(previous ?? []), value];
}

/** An option with values to propose; others may be given too, and are judged with all the rest. */
export function proposing(flags: string, description: string, values: readonly string[]): Option {
  return Object.assign(new Option(flags, description), { argChoices: [...values] });
}
