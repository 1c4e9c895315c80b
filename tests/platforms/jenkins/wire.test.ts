import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import {
  buildsTree,
  commitsOf,
  fromQueue,
  itemTree,
  pathOf,
  toCheck,
  type WireItem,
} from '../../../platforms/jenkins/wire.ts';
import { parseTree } from '../../support/jenkins.ts';

function golden(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`golden/${name}.json`, import.meta.url), 'utf8'));
}

it('a job as Jenkins sends it becomes checks', () => {
  const { fullName, allBuilds, queueItem, url } = golden('job') as WireItem;
  const builds = allBuilds ?? [];
  expect({
    checks: builds.map((build) => toCheck(fullName ?? '', build, 'neutral')),
    queued: queueItem && fromQueue(fullName ?? '', queueItem, { url: url ?? '', isBehindUs: true }),
    commits: builds.map((build) => commitsOf(build, undefined)),
    commitsOfTheShop: builds.map((build) => commitsOf(build, 'https://git.example.org/acme/shop')),
  }).toEqual(golden('job.golden'));
});

it('a build without a number is no answer of Jenkins', () => {
  expect(() => toCheck('shop', { number: Number.NaN }, 'failure')).toThrow('number');
});

it('what is asked for is what Jenkins can read, in an address that proxies let through', () => {
  const tree = itemTree(3, buildsTree(0, 20, true));
  expect(parseTree(tree).fields.get('jobs')?.fields.get('allBuilds')?.range).toEqual([0, 20]);
  expect(encodeURIComponent(tree).length).toBeLessThan(4000);
});

it('names of jobs become paths, branches with a slash too', () => {
  expect(['', 'shop', 'acme/feature%2Fx', 'a b/ü'].map(pathOf)).toEqual([
    '',
    '/job/shop',
    '/job/acme/job/feature%252Fx',
    '/job/a%20b/job/%C3%BC',
  ]);
});
