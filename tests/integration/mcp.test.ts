/** `pace mcp` as a program of its own, spoken to by the official client over its stdin and stdout. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { expect, onTestFinished, test } from 'vitest';
import { bundle, runBundle } from '../support/bundle.ts';
import { EMBEDDED, ERAS, type Era, type Said, saidIn } from '../support/mcp.ts';
import { isRunning, until } from '../support/running.ts';
import { newWorkspace, type Workspace } from '../support/workspace.ts';

interface Session {
  readonly pid: number;
  readonly client: Client;
  call(name: string, given?: Record<string, unknown>): Promise<Said>;
  /** Closes its stdin; what it has said on stderr, once it has ended. */
  end(): Promise<string>;
}

async function session(workspace: Workspace, agent: string, era: Era, ...args: string[]): Promise<Session> {
  const home = await mkdtemp(join(tmpdir(), 'pace-home-'));
  onTestFinished(() => rm(home, { recursive: true, force: true }));
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [await bundle(), 'mcp', ...args],
    cwd: workspace.path,
    env: { PATH: process.env['PATH'] ?? '', HOME: home, GIT_CONFIG_NOSYSTEM: '1', PACE_AGENT: agent },
    stderr: 'pipe',
  });
  const said = text(transport.stderr as Readable);
  const client = new Client({ name: 'a-test', version: '1.0.0' }, { versionNegotiation: { mode: ERAS[era] } });
  await client.connect(transport);
  const pid = transport.pid ?? 0;
  return {
    pid,
    client,
    call: async (name, given = {}) => saidIn(await client.callTool({ name, arguments: given })),
    end: async () => {
      await client.close();
      await until(() => !isRunning(pid));
      return said;
    },
  };
}

async function place(): Promise<Workspace> {
  const workspace = await newWorkspace(EMBEDDED, { git: false });
  onTestFinished(() => workspace.dispose());
  return workspace;
}

test.each(['legacy', 'modern'] as const)(
  'a client of the %s era lists, calls and leaves; then the program ends',
  async (era) => {
    const { client, call, end } = await session(await place(), 'one', era);
    expect(client.getServerVersion()?.name).toBe('pace');
    expect((await client.listTools()).tools).toHaveLength(10);
    expect((await call('issue_create', { title: 'One' })).text).toMatch(/^Created 1 \(open\) on /);
    expect((await call('issue_list')).text).toContain('| One\n');
    expect(await end()).toBe('');
  },
);

const ISSUES = 20;

test('two agents at once work a backlog to done, and each issue is worked on by one of them', async () => {
  const workspace = await place();
  const agents = [await session(workspace, 'ann', 'modern'), await session(workspace, 'ben', 'legacy')];
  const [planner] = agents;
  for (let number = 1; number <= ISSUES; number += 1) {
    await planner?.call('issue_create', { title: `Task ${number}`, priority: number % 3 === 0 ? 'high' : 'low' });
  }
  // the second half waits for the first issue
  for (let number = 11; number <= ISSUES; number += 1) {
    await planner?.call('issue_link', { key: String(number), type: 'depends on', target: '1' });
  }
  const worked = await Promise.all(agents.map(worksUntilNothingIsReady));
  const all = worked.flat();
  expect([...all].sort((one, other) => Number(one) - Number(other))).toEqual(
    Array.from({ length: ISSUES }, (_, index) => String(index + 1)),
  );
  const done = await planner?.call('issue_list', { state: 'done', limit: 100 });
  expect(done?.text).toMatch(/^shown: 20\ntotal: 20\n/);
  for (const key of ['1', '20']) {
    const shown = await planner?.call('issue_show', { key });
    expect(shown?.text.match(/^Comment /gm)).toHaveLength(1);
    expect(shown?.text).not.toContain('claimed:');
  }
  expect(await Promise.all(agents.map(({ end }) => end()))).toEqual(['', '']);
});

/** As an agent does it: takes the first that is ready, works, says so, and goes on. The keys, in their order. */
async function worksUntilNothingIsReady({ call }: Session): Promise<string[]> {
  const keys: string[] = [];
  for (;;) {
    const { text: said, isError } = await call('issue_claim', { for: '10m', start: true });
    const key = /^(\S+) is claimed by /.exec(said)?.[1];
    if (isError || key === undefined) {
      // somebody may still work on what the others wait for
      if (await isFinished(call)) return keys;
      continue;
    }
    keys.push(key);
    if (Number(key) > 10) expect((await call('issue_show', { key: '1' })).text).toContain('state: done');
    await call('issue_comment', { key, body: 'Done.' });
    expect((await call('issue_edit', { keys: [key], state: 'done' })).isError).toBe(false);
    // where closing an issue ends its claim this says that there is none
    await call('issue_release', { key });
  }
}

async function isFinished(call: Session['call']): Promise<boolean> {
  return (await call('issue_list')).text.startsWith('shown: 0\n');
}

test('what was asked for is answered although the input has ended', async () => {
  const workspace = await place();
  const call = { name: 'issue_create', arguments: { title: 'Piped' } };
  const input = [
    {
      id: 1,
      method: 'initialize',
      params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'x', version: '1' } },
    },
    { method: 'notifications/initialized' },
    { id: 2, method: 'tools/call', params: call },
  ];
  const { code, stdout, stderr } = await runBundle({
    cwd: '/',
    args: ['mcp', '--cwd', workspace.path, '--backend', 'local'],
    input: input.map((message) => `${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`).join(''),
  });
  expect([code, stderr]).toEqual([0, '']);
  const answers = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(answers.map(({ id }) => id)).toEqual([1, 2]);
  expect(answers[1].result.content[0].text).toMatch(/^Created 1 \(open\) on /);
});
