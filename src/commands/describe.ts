/** `pace describe`: what every command takes and gives. */
import described from './described.json' with { type: 'json' };
import type { CommandDescription, CompactDescription } from './description.ts';
import { EXIT_CODES } from './exit-codes.ts';
import { lineOptions } from './line-options.ts';

/** In the order of the help. */
export function describe(): { readonly commands: readonly CommandDescription[] } {
  return { commands: (described.commands as readonly CompactDescription[]).map(whole) };
}

function whole({ exits, ...description }: CompactDescription): CommandDescription {
  return {
    ...description,
    arguments: [...description.arguments, ...lineOptions(description.answer)],
    exitCodes: EXIT_CODES[exits].map(({ code, meaning }) => ({ code, meaning })),
  };
}
