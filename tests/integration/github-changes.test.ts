/** The gate for changes, as a step in the workflow of a pull request. */
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { junitXml } from '../support/workspace.ts';
import { type Bench, expectDescribedExchanges, JUNIT, newBench, QUICK_CI } from './github-bench.ts';

afterAll(expectDescribedExchanges);

const CONFIG = `${QUICK_CI}\n${JUNIT}\n`;
const [RED, GREEN] = [junitXml('adds'), junitXml()];

let bench: Bench;
beforeEach(async () => {
  bench = await newBench({ 'pace.config.yaml': CONFIG, 'report.xml': RED });
});

async function openPull(branch: string): Promise<{ number: number; sha: string }> {
  const { github, workspace } = bench;
  await workspace.git('checkout', '--quiet', '--force', '-B', branch, 'main');
  const sha = await workspace.commit(branch);
  await github.addCommit({ sha, branch });
  const pull = { title: branch, head: branch, base: 'main' };
  const { number } = (await github.api('POST', `/repos/${github.repository}/pulls`, pull)) as { number: number };
  github.setChecks(sha, [{ name: 'test', conclusion: 'success', suite: 1 }]);
  github.setRuns(sha, [{ id: 77, name: 'CI', suite: 1, workflowId: 1, conclusion: 'success' }]);
  return { number, sha };
}

/** A run of the pull request's own workflow, on a fresh runner. */
async function judge({ number, sha }: { number: number; sha: string }, report: string) {
  const { github, workspace } = bench;
  const repo = { full_name: github.repository };
  const pull_request = { number, head: { sha, ref: 'feature', repo }, base: { ref: 'main', repo } };
  await workspace.remove('.pace');
  await workspace.git('checkout', '--quiet', '--force', '--detach', sha);
  await workspace.write({ 'report.xml': report, '.git/event.json': JSON.stringify({ pull_request }) });
  const event = { GITHUB_EVENT_NAME: 'pull_request', GITHUB_EVENT_PATH: `${workspace.path}/.git/event.json` };
  return bench.step({}, { ...event, GITHUB_SHA: sha, GITHUB_REF: `refs/pull/${number}/merge`, GITHUB_REF_NAME: '' });
}

test('each change has one comment, kept up to date in place, and no issue', async () => {
  const [one, other] = [await openPull('one'), await openPull('other')];
  expect((await judge(one, RED)).outputs['decision']).toBe('HOLD');
  expect((await judge(other, RED)).outputs['decision']).toBe('HOLD');
  expect(await bench.comments(one.number)).toEqual([expect.stringContaining('🔴 HOLD')]);
  const green = await judge(one, GREEN);
  expect([green.code, green.outputs['decision']]).toEqual([0, 'SHIP']);
  const edit = expect.stringContaining('PATCH /issues/comments/');
  expect(bench.writes().filter((request) => !request.includes('/statuses/'))).toEqual([edit]);
  expect(await bench.comments(one.number)).toEqual([expect.stringContaining('✅ SHIP')]);
  expect(await bench.comments(other.number)).toEqual([expect.stringContaining('🔴 HOLD')]);
  expect(await bench.issues()).toEqual([]);
});

describe('without `pull-requests: write`', () => {
  test.each([
    ['a HOLD', RED, [1, 'HOLD', 'failure']],
    ['a SHIP', GREEN, [0, 'SHIP', 'success']],
  ])('%s stands, and the summary says what to add', async (_, report, expected) => {
    const pull = await openPull('one');
    const refused = { status: 403, json: { message: 'Resource not accessible by integration' } };
    bench.github.trouble(({ method, path }) => method !== 'GET' && path.includes('/comments'), refused, 99);
    const run = await judge(pull, report);
    const [status] = bench.github.statuses(pull.sha);
    expect([run.code, run.outputs['decision'], status?.state]).toEqual(expected);
    expect(run.summary).toMatch(/`writeChangeNote`: .*permissions:\s+pull-requests: write/);
    expect(run.stdout).toContain('::warning::');
    expect(await bench.comments(pull.number)).toEqual([]);
  });
});
