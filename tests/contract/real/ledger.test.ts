import { afterEach, beforeEach, expect, test } from 'vitest';
import type { TrackerDriver } from '../../../core/ports/index.ts';
import { hostIn, shellEnv, trackerIn } from '../../platforms/gitea/bench.ts';
import { type GiteaServer, startGitea } from '../../support/gitea.ts';
import { createLedger } from './ledger.ts';

let server: GiteaServer;
let driver: TrackerDriver;

beforeEach(async () => {
  server = await startGitea();
  ({ tracker: driver } = await trackerIn(shellEnv(server)));
  await driver.createIssue({ title: 'Somebody’s', body: '', labels: ['theirs'] });
  await driver.createMilestone?.({ title: 'theirs' });
});
afterEach(() => server.close());

const states = () => server.state.issues.map(({ state }) => state);

test('what a run has opened is closed and deleted, and nothing else', async () => {
  const ledger = createLedger('contract-1-');
  const noted = ledger.noting(driver);
  for (const title of ['One', 'Two'])
    await noted.createIssue({ title, body: '', labels: [`contract-1-${title}`, 'kept'] });
  await noted.createMilestone?.({ title: 'M contract-1-x' });
  // the first one waits for the second one
  await noted.createLink?.('2', { type: 'is blocked by', target: '3' });
  expect(await ledger.tidy(noted)).toEqual(['2 issues that are closed: 2, 3']);
  expect(states()).toEqual(['open', 'closed', 'closed']);
  expect(server.state.labels.map(({ name }) => name)).toEqual(['theirs', 'kept']);
  expect(server.state.milestones.map(({ title }) => title)).toEqual(['theirs']);
});

test('what cannot be taken away is named, the first twenty of a kind', async () => {
  const ledger = createLedger('contract-1-');
  const noted = ledger.noting(driver);
  for (let number = 0; number < 22; number += 1)
    await noted.createIssue({ title: 'x', body: '', labels: ['contract-1-a'] });
  server.trouble(({ method, path }) => method === 'PATCH' && path.endsWith('/issues/7'), { status: 403 }, 99);
  server.trouble(({ method }) => method === 'DELETE', { status: 403 }, 99);
  const [closed, open, labels, ...rest] = await ledger.tidy(noted);
  expect(closed).toMatch(/^21 issues that are closed: 2, 3, .*, 22, and 1 more$/);
  expect([open, labels, rest]).toEqual(['1 issues that could not be closed: 7', '1 labels: contract-1-a', []]);
});

test('of a code host its branches and change requests are left, and named', async () => {
  const ledger = createLedger('contract-1-');
  const host = ledger.notingHost((await hostIn(shellEnv(server))).host);
  const change = { branch: 'pace/review-1', from: server.state.sha, files: [{ path: 'a.md', content: 'a' }] };
  await host.proposeChange({ ...change, commitMessage: 'Add', title: 'Review', body: '', labels: [], reviewers: [] });
  expect(await ledger.tidy()).toEqual([
    `1 branches with their change requests: pace/review-1 (${server.origin}/acme/pace-demo/pulls/2)`,
  ]);
});
