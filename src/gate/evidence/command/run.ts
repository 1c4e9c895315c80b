/** Runs one shell command for a bounded time and with bounded output. */
import { randomUUID } from 'node:crypto';
import { type GroupEnd, runGroup } from '../../../../core/programs/process-group.ts';
import type { After } from '../../../../core/world.ts';

const KEPT_BYTES = 64 * 1024;

export type CommandEnd = { readonly output: string } & (
  | Exclude<GroupEnd, { how: 'not started' }>
  | { readonly how: 'not started'; readonly reason: string }
);

export interface CommandOptions {
  readonly cwd: string;
  readonly env: Record<string, string>;
  /** Milliseconds. */
  readonly timeout: number;
  readonly signal?: AbortSignal;
  readonly after?: After;
  /** Marks what it starts; its own when absent. */
  readonly mark?: string;
}

/** Never rejects. At its end nothing that the command has started is left running. */
export async function runCommand(script: string, options: CommandOptions): Promise<CommandEnd> {
  const tail = keptTail();
  const mark = options.mark ?? randomUUID();
  const end = await runGroup('sh', ['-c', script], { ...options, mark, onOutput: (_, piece) => tail.add(piece) });
  if (end.how === 'not started') return { how: 'not started', reason: end.error.message, output: tail.text() };
  return { ...end, output: tail.text() };
}

/** Remembers the last 64 KiB of both streams, in the order in which they came. */
function keptTail(): { add(piece: Buffer): void; text(): string } {
  const pieces: Buffer[] = [];
  let size = 0;
  return {
    add: (piece) => {
      pieces.push(piece);
      size += piece.length;
      for (let first = pieces[0]; first !== undefined && size - first.length >= KEPT_BYTES; first = pieces[0]) {
        pieces.shift();
        size -= first.length;
      }
    },
    text: () => Buffer.concat(pieces).subarray(-KEPT_BYTES).toString('utf8'),
  };
}
