/** The server on two streams. Nothing but the protocol is written to the one that goes out. */
import { Readable, Writable } from 'node:stream';
import { StdioServerTransport, serveStdio } from '@modelcontextprotocol/server/stdio';
import { PaceError } from '../../core/errors.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import type { World } from '../../core/world.ts';
import { createServer } from './server.ts';
import type { Place } from './tool.ts';
import { toolsFor } from './tools.ts';

export interface Streams {
  readonly input: AsyncIterable<Buffer | string>;
  write(text: string): Promise<void>;
}

export interface Serving extends Place {
  readonly readOnly?: boolean | undefined;
}

/** How long calls that are under way may take after the input has ended: a write is not cut off in its middle. */
const LAST_CALLS_MS = 10_000;

/** Resolves when the input has ended, or nobody reads any more. */
export async function serveOn(world: World, { readOnly, ...place }: Serving, streams: Streams): Promise<void> {
  const underWay = new Set<Promise<unknown>>();
  const during = async <Result>(work: Promise<Result>): Promise<Result> => {
    underWay.add(work);
    try {
      return await work;
    } finally {
      underWay.delete(work);
    }
  };
  const input = Readable.from(untilAnswered(world, streams.input, underWay), { objectMode: false });
  const output = new Writable({
    write: (chunk, _, done) => void streams.write(String(chunk)).then(() => done(), done),
  });
  const transport = new StdioServerTransport(input, output);
  let trouble = '';
  const tools = toolsFor({ readOnly });
  const serving = serveStdio(() => createServer({ world, place, tools, during }), {
    transport,
    onerror: (error) => {
      trouble = plainLine(world.redact(error.message), 500);
      world.log.debug(`MCP: ${trouble}`);
    },
  });
  await endOf({ input, output, transport });
  await serving.close();
  if (!input.readableEnded && !output.destroyed) throw gaveUp(trouble);
}

interface Ends {
  readonly input: Readable;
  readonly output: Writable;
  readonly transport: StdioServerTransport;
}

function endOf({ input, output, transport }: Ends): Promise<void> {
  return new Promise((resolve) => {
    for (const stream of [input, output]) stream.once('close', resolve).once('error', () => resolve());
    const { onclose } = transport;
    transport.onclose = () => {
      onclose?.();
      resolve();
    };
  });
}

/** The protocol could not go on, and the other side is still there: it has sent a message above 10 MB. */
function gaveUp(trouble: string): PaceError {
  return new PaceError({
    kind: 'validation',
    message: `The connection was ended by PACE: ${trouble || 'no reason is known'}.`,
    remedy: 'Please send messages of less than 10 MB.',
  });
}

/** The same input; it ends once what it has asked for is answered. */
async function* untilAnswered(
  { sleep }: World,
  input: Streams['input'],
  underWay: ReadonlySet<Promise<unknown>>,
): AsyncGenerator<Buffer> {
  for await (const chunk of input) yield Buffer.from(chunk);
  const waiting = new AbortController();
  const limit = sleep(LAST_CALLS_MS, waiting.signal).catch(() => undefined);
  let isOver = false;
  void limit.then(() => {
    isOver = true;
  });
  await aFewTurns();
  while (underWay.size > 0 && !isOver) {
    await Promise.race([Promise.allSettled(underWay), limit]);
    await aFewTurns();
  }
  waiting.abort();
}

/** What a piece of input asks for begins, and what was answered is written, within a few turns. */
async function aFewTurns(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
