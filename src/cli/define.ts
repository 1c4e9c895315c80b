/** Commands of the command line, made from the descriptions of the verbs. */
import { Argument, type Command, Option } from 'commander';
import type { ArgumentDescription, CompactDescription } from '../commands/description.ts';
import { EXIT_CODES, exitCodeHelp } from '../commands/exit-codes.ts';
import { lineOptions } from '../commands/line-options.ts';

type Options = Readonly<Record<string, unknown>>;

/** Defines the verb on its group, or on the program itself. `run` is given the verb's options by their names, and the other ones. */
export function defineVerb(
  parent: Command,
  name: string,
  description: CompactDescription,
  run: (options: Options, own: Options) => Promise<void>,
): Command {
  const command = parent.command(name).description(description.about);
  const words = description.arguments.filter(({ flag }) => flag === undefined);
  for (const word of words) command.addArgument(toArgument(word));
  for (const argument of [...description.arguments, ...lineOptions(description.answer)]) {
    if (argument.flag !== undefined) command.addOption(toOption(argument, argument.flag));
  }
  if (AFTER[name]) command.addHelpText('after', AFTER[name]);
  command.action(async (...given: unknown[]) => {
    const values = words.flatMap(({ name: word }, place) =>
      given[place] === undefined ? [] : [[word, given[place]] as const],
    );
    // a flag that stands before the verb of a group is one of both
    const all = spelledOnce(description, { ...command.optsWithGlobals(), ...Object.fromEntries(values) });
    const isOfVerb = ([key]: readonly [string, unknown]) => description.arguments.some((each) => each.name === key);
    await run(Object.fromEntries(Object.entries(all).filter(isOfVerb)), all);
  });
  return command;
}

/** What was given in another spelling of an option is that option's. */
function spelledOnce({ arguments: known }: CompactDescription, given: Options): Options {
  const all: Record<string, unknown> = { ...given };
  for (const { name, sameAs } of known) {
    if (sameAs === undefined) continue;
    if (all[name] !== undefined) all[sameAs] = all[name];
    delete all[name];
  }
  return all;
}

/** What stands below the help of a command. */
const AFTER: Readonly<Record<string, string>> = {
  epic: `\nExit codes:\n${exitCodeHelp(EXIT_CODES.epic)}`,
  evidence: `
The commands of sources (\`run\`, and those of \`type: command\`) run first, and services (\`type: http\`) are asked, as in the gate;
--no-run leaves them out. No check is waited for, neither code host nor tracker is asked, and no state is kept. The exit code is 0
whatever is found.`,
  completion: `
  bash   source <(pace completion bash)          in ~/.bashrc
  zsh    source <(pace completion zsh)           in ~/.zshrc, after compinit
  fish   pace completion fish | source           in ~/.config/fish/config.fish`,
};

function toArgument({ name, about, required, many, choices }: ArgumentDescription): Argument {
  const dots = many ? '...' : '';
  const argument = new Argument(required ? `<${name}${dots}>` : `[${name}${dots}]`, about);
  return choices ? argument.choices([...choices]) : argument;
}

function toOption(description: ArgumentDescription, flag: string): Option {
  const { type, about, many, short, value, valueOptional, choices, proposed, default: byDefault } = description;
  const shown = type === 'boolean' ? '' : valueOptional ? ` [${value}]` : ` <${value}>`;
  const option = new Option(`${short ? `${short}, ` : ''}${flag}${shown}`, about);
  if (many) option.argParser(several);
  if (choices) option.choices([...choices]);
  // others may be given too, and are judged with all the rest
  if (proposed) option.argChoices = [...proposed];
  return byDefault === undefined ? option : option.default(byDefault);
}

function several(value: string, previous: readonly string[] | undefined): string[] {
  return [...(previous ?? []), value];
}
