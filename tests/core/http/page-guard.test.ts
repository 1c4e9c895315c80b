import { describe, expect, test } from 'vitest';
import { createFetch } from '../../../core/http/fetch.ts';
import { createPageGuard, MOST_PAGES } from '../../../core/http/page-guard.ts';
import { collect, MOST_COLLECTED } from '../../../core/tracker/collect.ts';
import { testWorld } from '../../support/world.ts';

describe('a list without an end', () => {
  test('ends where a page leads to one that was there before', () => {
    const guard = createPageGuard('GitHub');
    for (const page of ['b', 'c', 3]) guard.next(page);
    expect(() => guard.next('b')).toThrow(
      'GitHub gave an answer that makes no sense (a page of a list leads to one that was there before).',
    );
    expect(() => guard.next('3')).not.toThrow();
  });

  test('ends after ten thousand pages', () => {
    const guard = createPageGuard('GitHub');
    // the first one is asked for without a guard
    for (let page = 2; page <= MOST_PAGES; page += 1) guard.next(page);
    expect(() => guard.next(MOST_PAGES + 1)).toThrow(
      'GitHub names a further page after 10000 pages of a list: it is not read to its end.',
    );
  });

  test('is not taken as a whole', async () => {
    async function* entries(count: number) {
      for (let number = 0; number < count; number += 1) yield number;
    }
    expect(await collect(entries(MOST_COLLECTED - 1))).toHaveLength(MOST_COLLECTED - 1);
    await expect(collect(entries(MOST_COLLECTED))).rejects.toThrow(
      'A list has 200000 entries and does not end: it is not taken as a whole.',
    );
    expect(await collect(entries(MOST_COLLECTED), MOST_COLLECTED)).toHaveLength(MOST_COLLECTED);
  });
});

describe('after the time of a run', () => {
  test('nothing is read any more, and what is to be written still is', async () => {
    const asked: string[] = [];
    const world = testWorld({
      fetch: async (_, init) => {
        asked.push(init?.method ?? 'GET');
        return new Response('{}', { status: 200 });
      },
    });
    const fetch = createFetch(world, { title: 'GitHub' });
    world.traffic.end = world.now();
    await fetch('https://api.test/a');
    world.advance(1);
    await expect(fetch('https://api.test/a')).rejects.toMatchObject({
      kind: 'transient',
      message: 'GitHub is not asked any more at https://api.test: the time of this run is over.',
    });
    await fetch('https://api.test/a', { method: 'POST', body: '{}' });
    expect(asked).toEqual(['GET', 'POST']);
  });

  test('nothing is waited for that could be read only then, and what is to be written waits', async () => {
    let isLimited = true;
    const world = testWorld({
      fetch: async () => {
        const status = isLimited ? 429 : 200;
        isLimited = false;
        return new Response('{}', { status, headers: { 'retry-after': '50' } });
      },
    });
    const fetch = createFetch(world, { title: 'GitHub', retries: 0 });
    const patient = createFetch(world, { title: 'GitHub' });
    await expect(fetch('https://api.test/a')).rejects.toMatchObject({ kind: 'rate-limit' });
    world.traffic.end = world.now() + 30_000;
    world.traffic.deadline = world.traffic.end;
    await expect(patient('https://api.test/a')).rejects.toMatchObject({
      ...{ kind: 'transient', message: expect.stringContaining('the time of this run is over') },
    });
    expect(world.waits).toEqual([]);
    await patient('https://api.test/a', { method: 'POST', body: '{}' });
    const [wait = 0, ...more] = world.waits;
    expect([wait >= 50_000, more]).toEqual([true, []]);
  });
});
