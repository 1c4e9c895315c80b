/** `pace completion bash|zsh|fish`: a script for the shell, made from the definitions of the commands. */
import { Command } from 'commander';
import { placesOf } from './completion-places.ts';
import { bashScript, fishScript, zshScript } from './completion-scripts.ts';
import type { Session } from './session.ts';
import type { Shell } from './shell.ts';

const SCRIPTS = { bash: bashScript, zsh: zshScript, fish: fishScript };

/** `defineAll` defines every command there is on a program. */
export function completionFor(defineAll: (whole: Command, shell: Shell) => void) {
  return async ({ shell }: Session, { shell: name }: { readonly shell: keyof typeof SCRIPTS }): Promise<void> => {
    const whole = new Command('pace').version('');
    defineAll(whole, shell);
    await shell.stdout.write(SCRIPTS[name](placesOf(whole)));
  };
}
