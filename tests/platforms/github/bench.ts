import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import type { IssueTracker, Settings, TrackerDriver } from '../../../core/ports/index.ts';
import { completeTracker } from '../../../core/tracker/complete-tracker.ts';
import { createTracker } from '../../../platforms/github/issues.ts';
import { type GitHub, type GitHubOptions, startGitHub } from '../../support/github.ts';
import { loadSpec } from '../../support/openapi.ts';
import { type TestWorld, testWorld } from '../../support/world.ts';

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

/** Every request since the last call of `exchanges.length = 0` is one that GitHub's description knows. */
export function expectDescribedRequests(github: GitHub): void {
  const asked = github.exchanges.filter(({ asked: { path } }) => path.startsWith('/repos/'));
  const problems = spec.violations(asked);
  expect(problems.filter((problem) => !/: (answer|status) /.test(problem))).toEqual([]);
}

export interface TrackerStage {
  readonly github: GitHub;
  /** New for every test, as are the trackers. */
  readonly world: TestWorld;
  readonly driver: TrackerDriver;
  readonly tracker: IssueTracker;
  /** Forgets what was asked so far. */
  calm(): void;
  /** Every request since then: `GET issues/1`. */
  asked(): string[];
  /** The bodies of the writes among them. */
  written(): unknown[];
}

/** One GitHub for the tests of a file, whose every request is one that GitHub describes. */
export function trackerStage(options: GitHubOptions = {}, settings: Settings = {}): TrackerStage {
  let github: GitHub;
  let world: TestWorld;
  let driver: TrackerDriver;
  beforeAll(async () => {
    github = await startGitHub(options);
  });
  afterAll(() => github.close());
  beforeEach(() => {
    github.exchanges.length = 0;
    world = testWorld();
    driver = createTracker(world, settingsFor(github, settings));
  });
  afterEach(() => expectDescribedRequests(github));
  return {
    get github() {
      return github;
    },
    get world() {
      return world;
    },
    get driver() {
      return driver;
    },
    get tracker() {
      return completeTracker({ driver, name: 'GitHub', world });
    },
    calm: () => {
      github.exchanges.length = 0;
    },
    asked: () =>
      github.exchanges.map(
        ({ asked: { method, path } }) => `${method} ${path.replace(/^\/repos\/[^/]+\/[^/]+\//, '')}`,
      ),
    written: () => github.exchanges.filter(({ asked }) => asked.method !== 'GET').map(({ asked }) => asked.body),
  };
}
