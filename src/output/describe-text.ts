/** What the commands are, for people; programs ask with `--json`. Pure. */
import type { ArgumentDescription, CommandDescription } from '../commands/description.ts';

export function describeText({ commands }: { readonly commands: readonly CommandDescription[] }): string {
  return commands.map((command) => `${usage(command)}\n  ${command.about}\n`).join('');
}

function usage({ name, arguments: given }: CommandDescription): string {
  const words = given.filter(({ flag }) => flag === undefined).map(shown);
  return ['pace', name, ...words, given.length > words.length ? '[options]' : ''].filter(Boolean).join(' ');
}

function shown({ name, required, many }: ArgumentDescription): string {
  const whole = `${name}${many ? '...' : ''}`;
  return required ? `<${whole}>` : `[${whole}]`;
}
