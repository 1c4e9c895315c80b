/** `pace describe`: what every command takes and gives. */
import described from './described.json' with { type: 'json' };
import type { CommandDescription, CompactDescription } from './description.ts';
import { EXIT_CODES } from './exit-codes.ts';

/** In the order of the help. */
export function describe(): { readonly commands: readonly CommandDescription[] } {
  const commands = described.commands as readonly CompactDescription[];
  return { commands: commands.map(({ exits, ...rest }) => ({ ...rest, exitCodes: plain(exits) })) };
}

function plain(table: CompactDescription['exits']): CommandDescription['exitCodes'] {
  return EXIT_CODES[table].map(({ code, meaning }) => ({ code, meaning }));
}
