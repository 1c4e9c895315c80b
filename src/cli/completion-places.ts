/** What can be typed after each command, as data for completion scripts. Pure. */
import type { Command, Option } from 'commander';

/** After `pace issue list`, say. */
export interface CompletionPlace {
  /** `''` for `pace` itself, else `issue list`. */
  readonly path: string;
  readonly options: readonly Flag[];
  /** Commands below it, or the choices of its arguments. */
  readonly words: readonly CompletionWord[];
}

export interface CompletionWord {
  readonly word: string;
  readonly about: string;
}

export interface Flag {
  /** `-s`, when there is one. */
  readonly short: string | undefined;
  readonly long: string;
  readonly about: string;
  readonly takes: 'nothing' | 'value' | 'file' | 'folder';
  readonly values: readonly string[];
}

export function placesOf(command: Command, path = ''): CompletionPlace[] {
  const below = command.commands.filter((each) => each.name() !== 'help');
  const choices = command.registeredArguments.flatMap(({ argChoices = [] }) => argChoices);
  const place = {
    path,
    options: [...command.options.map(toFlag), HELP],
    words: [
      ...below.map((each) => ({ word: each.name(), about: each.description() })),
      ...choices.map((word) => ({ word, about: '' })),
    ],
  };
  return [place, ...below.flatMap((each) => placesOf(each, `${path} ${each.name()}`.trim()))];
}

const HELP: Flag = { short: '-h', long: '--help', about: 'show help', takes: 'nothing', values: [] };

function toFlag({ short, long, flags, description, required, argChoices }: Option): Flag {
  // a value that may be left out: the next word is as likely another option
  const takes = !required ? 'nothing' : /<file>/.test(flags) ? 'file' : /<folder>/.test(flags) ? 'folder' : 'value';
  return { short, long: long ?? '', about: description, takes, values: argChoices ?? [] };
}
