import { expect } from 'vitest';
import type { Settings } from '../../../platforms/ports.ts';
import type { GitHub } from '../../support/github.ts';
import { loadSpec } from '../../support/openapi.ts';

export function settingsFor(github: GitHub, more: Settings = {}): Settings {
  return {
    token: github.token,
    repository: github.repository,
    api_url: github.origin,
    server_url: github.origin,
    ...more,
  };
}

export async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
}

const spec = loadSpec('github');

/** Every request since the last call of `exchanges.length = 0` is one that GitHub's description knows, where that is at hand. */
export function expectDescribedRequests(github: GitHub): void {
  const asked = github.exchanges.filter(({ asked: { path } }) => path.startsWith('/repos/'));
  const problems = spec?.violations(asked) ?? [];
  expect(problems.filter((problem) => !/: (answer|status) /.test(problem))).toEqual([]);
}
