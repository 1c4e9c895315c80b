import { describe, expect, test } from 'vitest';
import { MOST_COLLECTED } from '../../../core/tracker/collect.ts';
import { hostIn } from './bench.ts';

const SHA = 'a'.repeat(40);
const ENV = { PACE_GITLAB_TOKEN: 't', GITLAB_PROJECT: '7', GITLAB_URL: 'https://git.test' };
/** A trigger job, so that those of its pipeline are asked for. */
const STATUS = {
  ...{ id: 5, name: 'child', status: 'success', pipeline_id: 3, sha: SHA, ref: 'main', allow_failure: false },
  ...{ pipeline: { id: 3, project_id: 7 }, target_url: null },
};

/** What has not begun, so that the pipelines are asked for, too. */
const OTHER = { ...STATUS, id: 6, status: 'created' };

type NextPage = (asked: number) => string;

/** A GitLab of which one list always names a next page, in one way or the other. */
async function endless(part: string, entries: number, next: NextPage, isByLink: boolean) {
  let asked = 0;
  const { host, world } = await hostIn(ENV, {
    fetch: async (input) => {
      const url = new URL(new Request(input).url);
      const isEndless = url.pathname.endsWith(part);
      if (isEndless) asked += 1;
      const list = isEndless ? Array.from({ length: entries }, () => STATUS) : [STATUS, OTHER];
      const link = isByLink ? `<https://git.test/x?per_page=100&page=${next(asked)}>; rel="next"` : undefined;
      const named = link === undefined ? { 'x-next-page': next(asked) } : { link };
      return new Response(JSON.stringify(list), {
        headers: { 'content-type': 'application/json', ...(isEndless ? named : {}) },
      });
    },
  });
  world.traffic.end = world.now() + 60_000;
  return { list: async () => host.listChecks?.(SHA), asked: () => asked };
}

describe.each(['/statuses', '/pipelines', '/bridges'])('a list of %s that always names a next page', (part) => {
  test.each([true, false])('ends at a page that was there before (by link: %s)', async (isByLink) => {
    const gitlab = await endless(part, 1, (asked) => String(2 + (asked % 3)), isByLink);
    await expect(gitlab.list()).rejects.toThrow('a page of a list leads to one that was there before');
    expect(gitlab.asked()).toBeLessThan(6);
  });

  test('ends with the time of the run', async () => {
    const gitlab = await endless(part, 1, (asked) => String(asked + 1), true);
    await expect(gitlab.list()).rejects.toThrow('the time of this run is over');
    expect(gitlab.asked()).toBeLessThan(800);
  });

  test('ends before it fills the memory', async () => {
    const gitlab = await endless(part, 2000, (asked) => String(asked + 1), false);
    await expect(gitlab.list()).rejects.toThrow(`A list has ${MOST_COLLECTED} entries and does not end`);
    expect(gitlab.asked()).toBe(MOST_COLLECTED / 2000);
  });
});
