/** A real process is killed between its request and the answer: the next one goes on, and nothing is done twice. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newIssue } from '../../support/hosted.ts';
import { type HostedBench, hostedBench } from '../../support/hosted-person.ts';
import type { Asked } from '../../support/loopback.ts';

const PROGRAM = join(import.meta.dirname, 'push-once.ts');
const ITEMS = JSON.stringify([
  {
    ref: { system: 'jira', id: '10001', workspace: 'OWL', key: 'OWL-1' },
    action: 'update',
    patch: { title: 'At once' },
  },
]);

const isPush = ({ path }: Asked) => path.endsWith('/push/');

interface Ended {
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

function pushing({ server, world }: HostedBench): { readonly ended: Promise<Ended>; readonly kill: () => void } {
  let kill = () => {};
  const ended = new Promise<Ended>((resolve) => {
    const options = { cwd: world.cwd, env: { PATH: process.env['PATH'], HOME: world.env['HOME'] } };
    const child = execFile(process.execPath, [PROGRAM, server.origin, ITEMS], options, (error, stdout, stderr) =>
      resolve({ signal: error?.signal ?? null, stdout, stderr }),
    );
    kill = () => void child.kill('SIGKILL');
  });
  return { ended, kill: () => kill() };
}

async function killedAt(
  bench: HostedBench,
  match: (asked: Asked) => boolean,
  cutOff: 'before' | 'after',
): Promise<void> {
  const run = pushing(bench);
  bench.server.trouble(match, { cutOff, by: () => run.kill() });
  expect(await run.ended).toMatchObject({ signal: 'SIGKILL' });
}

function keysOf({ server }: HostedBench): Set<string | undefined> {
  const pushes = server.exchanges.filter(({ asked }) => isPush(asked));
  return new Set(pushes.map(({ asked }) => asked.headers['idempotency-key']));
}

test('killed before the server acted: the next run sends the same with the same key', async () => {
  const bench = await hostedBench();
  newIssue(bench.server.state, { title: 'A call' });
  await killedAt(bench, isPush, 'before');
  expect(bench.server.state.effects).toBe(0);
  const { stdout, stderr } = await pushing(bench).ended;
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toMatchObject({ isResumed: true, isReplayed: false });
  expect(bench.server.state.effects).toBe(1);
});

test('killed after the server acted: the next run hears that it had been done', async () => {
  const bench = await hostedBench();
  newIssue(bench.server.state, { title: 'A call' });
  await killedAt(bench, isPush, 'after');
  expect(bench.server.state.effects).toBe(1);
  const { stdout } = await pushing(bench).ended;
  expect(JSON.parse(stdout)).toMatchObject({ isResumed: true, isReplayed: true });
  expect(bench.server.state.effects).toBe(1);
  expect(keysOf(bench).size).toBe(1);
});

test('killed while the server works at it: the next run asks for it, and sends nothing', async () => {
  const bench = await hostedBench({ later: 1 });
  newIssue(bench.server.state, { title: 'A call' });
  await killedAt(bench, ({ path }) => path.includes('/operations/'), 'before');
  const before = bench.server.exchanges.length;
  const { stdout } = await pushing(bench).ended;
  expect(JSON.parse(stdout)).toMatchObject({ isResumed: true, body: { status: 'ok' } });
  expect(bench.server.exchanges.slice(before).filter(({ asked }) => isPush(asked))).toEqual([]);
  expect(bench.server.state.effects).toBe(1);
});

test('killed again and again it is done once', async () => {
  const bench = await hostedBench({ later: 0 });
  newIssue(bench.server.state, { title: 'A call' });
  await killedAt(bench, isPush, 'before');
  await killedAt(bench, isPush, 'after');
  await killedAt(bench, () => true, 'after');
  await pushing(bench).ended;
  expect(bench.server.state.effects).toBe(1);
  expect(keysOf(bench).size).toBe(1);
});
