import { expect, test } from 'vitest';
import { MOST_COLLECTED } from '../../../core/tracker/collect.ts';
import { hostIn } from './bench.ts';

const SHA = 'a'.repeat(40);
const ENV = { PACE_GITEA_TOKEN: 't', PACE_GITEA_REPOSITORY: 'o/r', GITEA_URL: 'https://git.test' };

/** A Gitea one of whose lists never ends: each page has other entries. */
async function endless(part: string, entries: number) {
  let asked = 0;
  const { host, world } = await hostIn(ENV, {
    fetch: async (input) => {
      const isEndless = new URL(new Request(input).url).pathname.endsWith(part);
      if (isEndless) asked += 1;
      const one = {
        id: asked,
        context: 'unit',
        status: 'success',
        head_sha: SHA,
        workflow_id: 'ci.yml',
        event: 'push',
      };
      const list = JSON.stringify(isEndless ? Array.from({ length: entries }, () => one) : []);
      return new Response(`{"statuses":${list},"workflow_runs":${list}}`, {
        headers: { 'content-type': 'application/json' },
      });
    },
  });
  world.traffic.end = world.now() + 60_000;
  return { list: async () => host.listChecks?.(SHA), asked: () => asked };
}

test.each(['/status', '/actions/runs'])('a list that never ends (%s) ends with the time of the run', async (part) => {
  const gitea = await endless(part, 1);
  await expect(gitea.list()).rejects.toThrow('the time of this run is over');
  expect(gitea.asked()).toBeLessThan(800);
});

test.each(['/status', '/actions/runs'])('a list that never ends (%s) ends before it fills the memory', async (part) => {
  const gitea = await endless(part, 2000);
  await expect(gitea.list()).rejects.toThrow(`A list has ${MOST_COLLECTED} entries and does not end`);
  expect(gitea.asked()).toBe(MOST_COLLECTED / 2000);
});
