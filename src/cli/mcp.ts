/** `pace mcp` at the command line. */
import type { Mcp } from '../commands/mcp/options.ts';
import type { Session } from './session.ts';

export async function mcp({ world, shell }: Session, options: Mcp): Promise<void> {
  const { serveOn } = await import('../mcp/stdio.ts');
  if (shell.ask) world.log.info('This speaks MCP on stdin and stdout, and is for a host to start. Ctrl-D ends it.');
  await serveOn(world, options, { input: shell.stdin, write: shell.stdout.write });
}
