import { expect, test } from 'vitest';
import { createHost } from '../../../platforms/jenkins/host.ts';
import { testWorld } from '../../support/world.ts';

const SHA = 'a'.repeat(40);

/** A Jenkins that always has more, below every folder or in every job. */
function endless(answer: (path: string, query: string, asked: number) => object) {
  let asked = 0;
  const world = testWorld({
    fetch: async (input) => {
      const url = new URL(new Request(input).url);
      asked += 1;
      const path = url.pathname.replace(/\/api\/json$/, '');
      return new Response(JSON.stringify(answer(path, url.search, asked)), {
        headers: { 'content-type': 'application/json' },
      });
    },
  });
  world.traffic.end = world.now() + 60_000;
  const host = createHost(world, { url: 'https://ci.test', jobs: 'acme' });
  return { world, list: async () => host.listChecks?.(SHA), asked: () => asked };
}

/** Folders, one in the other, as deep as is looked in one request. */
function nested(names: readonly string[]): object {
  const [fullName, ...below] = names;
  return { fullName, ...(below.length > 0 ? { jobs: [nested(below)] } : {}) };
}

test('folders without an end end with the time of the run', async () => {
  const jenkins = endless((_, __, asked) => nested([0, 1, 2, 3, 4].map((level) => `acme/${asked}-${level}`)));
  await expect(jenkins.list()).rejects.toThrow('the time of this run is over');
  expect(jenkins.asked()).toBeLessThan(800);
});

test('a folder that is in itself is told', async () => {
  const jenkins = endless(() => nested(['acme', 'acme/a', 'acme/b', 'acme/c', 'acme/again']));
  await expect(jenkins.list()).rejects.toThrow('a page of a list leads to one that was there before');
  expect(jenkins.asked()).toBeLessThan(5);
});

test.each([100, 200_000])(
  'builds without an end are looked through up to a thousand, which is said (%i at a time)',
  async (size) => {
    const jenkins = endless((_, __, asked) => ({
      fullName: 'acme',
      allBuilds: Array.from({ length: size }, (_, index) => ({
        number: 1e9 - asked * size - index,
        result: 'SUCCESS',
      })),
    }));
    expect(await jenkins.list()).toEqual([]);
    expect(jenkins.asked()).toBeLessThan(12);
    expect(jenkins.world.lines.filter((line) => line.startsWith('warn'))).toEqual([
      expect.stringContaining('builds are looked through'),
    ]);
  },
);
