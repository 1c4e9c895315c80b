/** How long sixty new issues take, by the clock of the world: a server of one's own sets the pace, and the clouds have limits of theirs. */
import { afterEach, describe, expect, test } from 'vitest';
import type { TrackerDriver } from '../../core/ports/index.ts';
import type { Fetch } from '../../core/world.ts';
import { createTracker as createGiteaTracker } from '../../platforms/gitea/issues.ts';
import { createTracker as createGitHubTracker } from '../../platforms/github/issues.ts';
import { createTracker as createGitLabTracker } from '../../platforms/gitlab/issues.ts';
import { startGitea } from '../support/gitea.ts';
import { startGitHub } from '../support/github.ts';
import { startGitLab } from '../support/gitlab.ts';
import { type TestWorld, testWorld } from '../support/world.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

/** The network, in which the server on loopback has another address. */
function at(address: string, origin: string): Fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const body = request.body === null ? null : await request.arrayBuffer();
    const { method, headers, signal } = request;
    return fetch(request.url.replace(address, origin), { method, headers, signal, body });
  };
}

async function secondsForSixty(tracker: TrackerDriver, world: TestWorld): Promise<number> {
  const before = world.now();
  for (let number = 1; number <= 60; number += 1) await tracker.createIssue({ title: `No. ${number}`, body: '' });
  return Math.round((world.now() - before) / 1000);
}

async function onGitea(answer?: (created: number, world: TestWorld) => Readonly<Record<string, string>> | 'limited') {
  const server = await startGitea();
  open.push(server);
  const world = testWorld();
  let created = 0;
  if (answer) {
    const isCreate = ({ method }: { method: string }) => method === 'POST';
    server.trouble(
      isCreate,
      (told) => {
        const more = answer(created, world);
        if (more === 'limited') return { status: 429, headers: { 'retry-after': '5' }, json: { message: 'slow down' } };
        created += 1;
        return { ...told, headers: more };
      },
      Number.POSITIVE_INFINITY,
    );
  }
  const { token, path: repository } = server.state;
  return { world, tracker: createGiteaTracker(world, { token, url: server.origin, repository }) };
}

async function onGitHub(api: string) {
  const server = await startGitHub();
  open.push(server);
  const world = testWorld({ fetch: at(api, server.origin) });
  const { token, repository } = server;
  return { world, tracker: createGitHubTracker(world, { token, repository, api_url: api }) };
}

async function onGitLab(url: string) {
  const server = await startGitLab();
  open.push(server);
  const world = testWorld({ fetch: at(url, server.origin) });
  const { token, project } = server;
  return { world, tracker: await createGitLabTracker(world, { token, project, url }) };
}

describe('sixty issues', () => {
  test('take no time of waiting on a Gitea of one’s own', async () => {
    const { tracker, world } = await onGitea();
    expect(await secondsForSixty(tracker, world)).toBe(0);
  });

  test.each(['https://github.example.org/api/v3', 'https://api.github.com', 'https://api.acme.ghe.com'])(
    'at %s',
    async (api) => {
      const { tracker, world } = await onGitHub(api);
      expect(await secondsForSixty(tracker, world)).toBe(api.includes('example.org') ? 0 : 40);
    },
  );

  test.each([
    ['https://gitlab.example.org', 0],
    ['https://gitlab.com', 40],
  ])('at %s take %i s', async (url, seconds) => {
    const { tracker, world } = await onGitLab(url);
    expect(await secondsForSixty(tracker, world)).toBe(seconds);
  });

  test('of a server that lets forty a minute through are spread over the window, and none is refused', async () => {
    const { tracker, world } = await onGitea((created, { now }) => ({
      'x-ratelimit-limit': '40',
      'x-ratelimit-remaining': String(39 - (created % 40)),
      'x-ratelimit-reset': String(Math.ceil(now() / 60_000) * 60),
    }));
    world.advance(1);
    expect(await secondsForSixty(tracker, world)).toBe(60);
    expect(world.lines.filter((line) => line.includes('Trying again'))).toEqual([]);
  });

  test('of a server that was overrun once come after the time that it asks for', async () => {
    let refusals = 0;
    const { tracker, world } = await onGitea((created) => {
      if (created !== 30 || refusals > 0) return {};
      refusals += 1;
      return 'limited';
    });
    const seconds = await secondsForSixty(tracker, world);
    expect([seconds >= 5, seconds < 15, refusals]).toEqual([true, true, 1]);
  });
});
