/** A run that somebody cancels while it waits for the commit's checks, by either entry. */
import { EventEmitter } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type GitHub, startGitHub } from '../support/github.ts';
import { runActionHere, runCliHere } from '../support/in-process.ts';
import { newWorkspace, type Workspace } from '../support/workspace.ts';

let github: GitHub;
let workspace: Workspace;
let env: Record<string, string>;

beforeAll(async () => {
  workspace = await newWorkspace({ 'pace.config.yaml': 'platform: { ci: github, tracker: github }\n' });
  const sha = await workspace.git('rev-parse', 'HEAD');
  github = await startGitHub({ sha });
  github.setChecks(sha, [{ name: 'test', status: 'in_progress' }]);
  env = {
    GITHUB_API_URL: github.origin,
    GITHUB_REPOSITORY: github.repository,
    GITHUB_SHA: sha,
    GITHUB_TOKEN: github.token,
  };
});
afterAll(() => Promise.all([github.close(), workspace.dispose()]).then(() => undefined));

/** What becomes of the run when the signal comes as soon as it has looked. */
async function cancelled<Run>(signal: string, start: (signals: EventEmitter) => Promise<Run>): Promise<Run> {
  const signals = new EventEmitter();
  github.exchanges.length = 0;
  const run = start(signals);
  while (!github.exchanges.some(({ asked }) => asked.path.endsWith('/check-runs')))
    await new Promise((resolve) => setTimeout(resolve, 10));
  signals.emit(signal);
  return run;
}

const said = /Cancelled while waiting for the CI of [0-9a-f]{7}: nothing was decided\. Please start the run again\./;

describe.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
])('cancelled by %s while it waits', (signal, code) => {
  test(`the command says so, decides nothing and ends with ${code}`, async () => {
    const args = ['gate', '--day', '1'];
    const run = await cancelled(signal, (signals) => runCliHere({ cwd: workspace.path, args, env, signals }));
    expect([run.code, run.stdout]).toEqual([code, '']);
    expect(run.stderr).toMatch(said);
    expect(run.stderr).not.toContain('defect');
  });

  test('so does the action', async () => {
    const inputs = { day: '1' };
    const run = await cancelled(signal, (signals) => runActionHere({ cwd: workspace.path, inputs, env, signals }));
    expect([run.code, run.outputs]).toEqual([code, {}]);
    expect(run.stdout).toMatch(said);
    expect(run.stdout).not.toContain('defect');
  });
});
