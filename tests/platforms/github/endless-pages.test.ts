import { describe, expect, test } from 'vitest';
import { MOST_PAGES } from '../../../core/http/page-guard.ts';
import { collect, MOST_COLLECTED } from '../../../core/tracker/collect.ts';
import { createApi } from '../../../platforms/github/api.ts';
import { createHost } from '../../../platforms/github/host.ts';
import { testWorld } from '../../support/world.ts';

const ADDRESS = 'https://api.github.com/repos/o/r';

const SHA = 'a'.repeat(40);

/** A GitHub whose lists always name a next page. */
function endless(next: (asked: number) => string) {
  let asked = 0;
  const world = testWorld({
    fetch: async () => {
      asked += 1;
      return new Response('[{"number":1}]', {
        headers: { 'content-type': 'application/json', link: `<${next(asked)}>; rel="next"` },
      });
    },
  });
  const api = createApi(world, { token: 't', repository: 'o/r' }, 'o/r');
  return { world, api, asked: () => asked };
}

describe('a list that always names a next page', () => {
  const lists = {
    'by the client': ({ api }: ReturnType<typeof endless>) =>
      api.pages('listChecks', 'list checks', (client) =>
        client.request('GET /repos/{owner}/{repo}/issues', { owner: 'o', repo: 'r' }),
      ),
    'by plain requests': ({ api }: ReturnType<typeof endless>) => api.list('listIssues', 'read issues', 'issues'),
  };

  test.each(Object.entries(lists))('ends at a page that was there before, %s', async (_, list) => {
    const github = endless((asked) => `${ADDRESS}/issues?page=${asked % 3}`);
    await expect(collect(list(github))).rejects.toThrow('a page of a list leads to one that was there before');
    expect(github.asked()).toBeLessThan(6);
  });

  test.each(Object.entries(lists))('ends with the time of the run, %s', async (_, list) => {
    const github = endless((asked) => `${ADDRESS}/issues?page=${asked}`);
    github.world.traffic.end = github.world.now() + 60_000;
    await expect(collect(list(github))).rejects.toThrow('the time of this run is over');
    // a burst, and then ten a second
    expect(github.asked()).toBeLessThan(800);
    expect(MOST_PAGES).toBeGreaterThan(800);
  });
});

test.each(['check-runs', 'status', 'actions/runs'])(
  'the checks of a commit without an end (%s) are an error',
  async (part) => {
    let asked = 0;
    const many = JSON.stringify(Array.from({ length: 2000 }, () => ({ id: 1 })));
    const world = testWorld({
      fetch: async (input) => {
        const url = new URL(new Request(input).url);
        const isEndless = url.pathname.endsWith(part);
        if (isEndless) asked += 1;
        const list = isEndless ? many : '[]';
        return new Response(`{"total_count":5,"check_runs":${list},"statuses":${list},"workflow_runs":${list}}`, {
          headers: {
            'content-type': 'application/json',
            ...(isEndless ? { link: `<${url.origin}${url.pathname}?page=${asked}>; rel="next"` } : {}),
          },
        });
      },
    });
    const host = createHost(world, { token: 't', repository: 'o/r' });
    await expect(host.listChecks?.(SHA)).rejects.toThrow(`A list has ${MOST_COLLECTED} entries and does not end`);
    expect(asked).toBe(MOST_COLLECTED / 2000);
  },
);
