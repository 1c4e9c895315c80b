/** A person with a home folder and a workspace, logged in at a hosted tracker or not yet. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { HostedClient } from '../../core/hosted/client.ts';
import { writeCredentials } from '../../core/hosted/credentials.ts';
import { openHosted } from '../../core/hosted/open.ts';
import type { World } from '../../core/world.ts';
import { type HostedOptions, type HostedServer, startHosted } from './hosted.ts';
import { type TestWorld, testWorld } from './world.ts';

export interface HostedBench {
  readonly server: HostedServer;
  readonly world: TestWorld;
  /** A client as another run has it. */
  open(): HostedClient;
  logIn(tokens?: { access: string; refresh: string }): void;
}

export const ROUTING = { provider: 'jira', bindingRef: 'bind-1' } as const;

/** Logged in; ended with the test. */
export async function hostedBench(options: HostedOptions = {}, more: Partial<World> = {}): Promise<HostedBench> {
  const folder = mkdtempSync(join(tmpdir(), 'pace-hosted-'));
  const server = await startHosted(options);
  onTestFinished(async () => {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const world = testWorld({ cwd: folder, env: { HOME: join(folder, 'home') }, ...more });
  const bench: HostedBench = {
    ...{ server, world },
    open: () => openHosted(world, { address: server.origin }),
    logIn: (tokens = server.state.newTokens()) =>
      writeCredentials(world, {
        ...tokens,
        server: server.origin,
        login: 'device',
        username: 'ann@example.test',
        team: 'team-owls',
      }),
  };
  bench.logIn();
  return bench;
}
