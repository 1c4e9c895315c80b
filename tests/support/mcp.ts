/** The server of `pace mcp` within the test's process, and the official client beside it, over two pipes. */
import { PassThrough } from 'node:stream';
import {
  Client,
  deserializeMessage,
  type JSONRPCMessage,
  serializeMessage,
  type Transport,
} from '@modelcontextprotocol/client';
import { onTestFinished } from 'vitest';
import type { World } from '../../core/world.ts';
import { type Serving, serveOn } from '../../src/mcp/stdio.ts';
import { newWorkspace, type Workspace } from './workspace.ts';
import { type TestWorld, testWorld } from './world.ts';

/** The two revisions of the protocol that are served. */
export const ERAS = { legacy: 'legacy', modern: { pin: '2026-07-28' } } as const;
export type Era = keyof typeof ERAS;

export interface Said {
  readonly text: string;
  readonly isError: boolean;
}

export interface McpHere {
  readonly client: Client;
  readonly world: TestWorld;
  readonly workspace: Workspace;
  call(name: string, given?: Record<string, unknown>): Promise<Said>;
  /** Closes the input of the server, and waits until it has ended. */
  end(): Promise<void>;
  /** Every line that the server has written. */
  readonly lines: string[];
}

export interface McpOptions extends Serving {
  readonly era?: Era;
  readonly files?: Readonly<Record<string, string>>;
  readonly world?: Partial<World>;
  /** Of another server, whose tracker this one shares. */
  readonly workspace?: Workspace;
}

/** A configuration with the embedded tracker. */
export const EMBEDDED = { 'pace.config.yaml': 'platform: { ci: local, tracker: local }\n' };

export async function mcpHere(options: McpOptions = {}): Promise<McpHere> {
  const { era = 'modern', files = EMBEDDED, world: more, workspace: shared, ...serving } = options;
  const workspace = shared ?? (await newWorkspace(files, { git: false }));
  if (!shared) onTestFinished(() => workspace.dispose());
  const world = testWorld({ cwd: workspace.path, env: { PACE_AGENT: 'tester' }, ...more });
  const [toServer, toClient, lines] = [new PassThrough(), new PassThrough(), [] as string[]];
  const write = async (text: string) => {
    lines.push(...text.split('\n').filter(Boolean));
    toClient.write(text);
  };
  const served = serveOn(world, serving, { input: toServer, write }).finally(() => toClient.end());
  const client = new Client({ name: 'a-test', version: '1.0.0' }, { versionNegotiation: { mode: ERAS[era] } });
  await client.connect(pipes(toServer, toClient));
  const end = async () => {
    toServer.end();
    await served;
  };
  onTestFinished(end);
  return {
    ...{ client, world, workspace, lines, end },
    call: async (name, given = {}) => saidIn(await client.callTool({ name, arguments: given })),
  };
}

export function saidIn({ content, isError = false }: Awaited<ReturnType<Client['callTool']>>): Said {
  const texts = content.map((part) => (part.type === 'text' ? part.text : `[${part.type}]`));
  return { text: texts.join('\n'), isError };
}

/** The client's end of two pipes: a message per line. */
function pipes(out: PassThrough, back: PassThrough): Transport {
  let rest = '';
  const transport: Transport = {
    start: async () => {
      back.setEncoding('utf8').on('data', (text: string) => {
        const lines = `${rest}${text}`.split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) transport.onmessage?.(deserializeMessage(line) as JSONRPCMessage);
      });
      back.on('end', () => transport.onclose?.());
    },
    send: async (message) => void out.write(serializeMessage(message)),
    close: async () => void out.end(),
  };
  return transport;
}
