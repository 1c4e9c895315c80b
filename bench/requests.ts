/** How many requests a whole GitHub run makes when the commit's CI has finished: `node bench/requests.ts`. Build first. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type GitHub, startGitHub } from '../tests/support/github.ts';
import { type Figure, show } from './figure.ts';
import { BUNDLE } from './processes.ts';

const OWN = { run: 7, job: 70 };
const PACE = '.github/workflows/pace.yml';

export async function* requests(): AsyncGenerator<Figure> {
  yield await count('GitHub, CI finished: requests on a SHIP day', { conclusion: 'success', limit: 7 });
  yield await count('GitHub, CI finished: requests of a first HOLD', { conclusion: 'failure', limit: 10 });
}

async function count(what: string, { conclusion, limit }: { conclusion: string; limit: number }): Promise<Figure> {
  const cwd = mkdtempSync(join(tmpdir(), 'pace-bench-'));
  const github = await startGitHub({ login: 'github-actions[bot]' });
  try {
    writeFileSync(join(cwd, 'pace.config.yaml'), 'platform: { ci: github, tracker: github }\n');
    finishedCi(github, conclusion);
    const decision = await gate(cwd, github);
    const expected = conclusion === 'success' ? 'SHIP' : 'HOLD';
    if (decision !== expected) throw new Error(`The run ended as ${decision}, not as ${expected}.`);
    const asked = github.exchanges.map(
      ({ asked: { method, path } }) => `${method} ${path.split('/').slice(4).join('/')}`,
    );
    const detail = asked.map((request) => request.replace(github.sha, ':sha')).join(', ');
    return { what, measured: asked.length, unit: 'requests', limit, detail };
  } finally {
    await github.close();
    rmSync(cwd, { recursive: true, force: true });
  }
}

/** Everything but PACE's own job ended ten minutes ago. */
function finishedCi(github: GitHub, conclusion: string): void {
  const ended = new Date(Date.now() - 600_000).toISOString().replace(/\.\d+/, '');
  github.setChecks(github.sha, [
    { name: 'unit', suite: 2, conclusion, startedAt: ended, completedAt: ended },
    { name: 'lint', suite: 2, conclusion: 'success', startedAt: ended, completedAt: ended },
    { id: OWN.job, name: 'gate', suite: OWN.run },
  ]);
  github.setRuns(github.sha, [
    { id: 2, name: 'CI', workflowId: 2, conclusion },
    { id: OWN.run, name: 'PACE', workflowId: OWN.run, path: PACE },
  ]);
  github.setJobs(OWN.run, [{ id: OWN.job, name: 'gate', runner: 'Runner 1' }]);
  github.exchanges.length = 0;
}

/** The action as a step that `action.yml` runs; what it writes as the output `decision`. */
async function gate(cwd: string, github: GitHub): Promise<string> {
  const [output, summary] = [join(cwd, 'output.txt'), join(cwd, 'summary.md')];
  for (const path of [output, summary]) writeFileSync(path, '');
  const env = {
    PATH: process.env['PATH'] ?? '',
    GITHUB_ACTIONS: 'true',
    GITHUB_API_URL: github.origin,
    GITHUB_SERVER_URL: github.origin,
    GITHUB_REPOSITORY: github.repository,
    GITHUB_REPOSITORY_ID: '1',
    GITHUB_SHA: github.sha,
    GITHUB_RUN_ID: String(OWN.run),
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_JOB: 'gate',
    GITHUB_WORKFLOW_REF: `${github.repository}/${PACE}@refs/heads/main`,
    RUNNER_NAME: 'Runner 1',
    GITHUB_WORKSPACE: cwd,
    GITHUB_OUTPUT: output,
    GITHUB_STEP_SUMMARY: summary,
    INPUT_DAY: '1',
    INPUT_TOKEN: github.token,
    'INPUT_CHECK-RUN-ID': String(OWN.job),
  };
  const words = await new Promise<string>((resolve) => {
    execFile(process.execPath, [BUNDLE], { cwd, env }, (_, stdout, stderr) => resolve(stdout + stderr));
  });
  const text = readFileSync(output, 'utf8');
  return /^decision(?:=|<<\S+\n)(\w+)/m.exec(text)?.[1] ?? `nothing: ${words}`;
}

if (import.meta.main) await show(requests);
