/** `pace completion bash|zsh|fish`: a script for the shell, made from the definitions of the commands. */
import { Argument, Command } from 'commander';
import { placesOf } from './completion-places.ts';
import { bashScript, fishScript, zshScript } from './completion-scripts.ts';
import type { Shell } from './shell.ts';

const SCRIPTS = { bash: bashScript, zsh: zshScript, fish: fishScript };
type Name = keyof typeof SCRIPTS;

const HELP = `
  bash   source <(pace completion bash)          in ~/.bashrc
  zsh    source <(pace completion zsh)           in ~/.zshrc, after compinit
  fish   pace completion fish | source           in ~/.config/fish/config.fish`;

/** `defineAll` defines every command there is on a program. */
export function defineCompletion(
  cli: Command,
  shell: Shell,
  defineAll: (whole: Command, shell: Shell) => Promise<void>,
): void {
  cli
    .command('completion')
    .description('print a script that completes commands in your shell')
    .addArgument(new Argument('<shell>', 'which one').choices(Object.keys(SCRIPTS)))
    .addHelpText('after', HELP)
    .action((name: Name) =>
      shell.serve({}, async () => {
        const whole = new Command('pace').version('');
        await defineAll(whole, shell);
        await shell.stdout.write(SCRIPTS[name](placesOf(whole)));
        return 0;
      }),
    );
}
