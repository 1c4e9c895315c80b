/**
 * How long PACE takes to start, as multiples of bare Node: `node bench/startup.ts`. Build first. The local run is a person's:
 * the compile cache is warm, as from the second command on; the GitHub run is a runner's, without one.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTracker } from '../platforms/local/issues.ts';
import { loopback } from '../tests/support/loopback.ts';
import { testWorld } from '../tests/support/world.ts';
import { type Figure, show } from './figure.ts';
import { BARE, BUNDLE, interleaved, type Subject } from './processes.ts';

export async function* startup(): AsyncGenerator<Figure> {
  const folder = mkdtempSync(join(tmpdir(), 'pace-bench-'));
  const github = await silentGitHub();
  try {
    const subjects: readonly Subject[] = [
      BARE,
      { args: [BUNDLE, '--version'] },
      localGate(checkout(join(folder, 'local'), LOCAL)),
      githubGate(checkout(join(folder, 'github'), GITHUB), github),
      { args: [BUNDLE, 'issue', 'list', '--limit', '50'], cwd: await issues(join(folder, 'issues')) },
    ];
    const [bare = 0, version = 0, local = 0, remote = 0, list = 0] = await interleaved(subjects);
    yield figure('pace --version', version, bare, 1.35);
    yield figure('local gate run, JUnit and SARIF evidence', local, bare, 4);
    yield figure('GitHub gate run up to its first request', remote, bare, 5);
    yield figure('pace issue list --limit 50, of 5,000 issues', list, bare, 1.6);
  } finally {
    await github.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function figure(what: string, time: number, bare: number, limit: number): Figure {
  const detail = `${time.toFixed(1)} ms : ${bare.toFixed(1)} ms of \`node -e 0\``;
  return { what, measured: time / bare, unit: '×', limit, detail };
}

const LOCAL = `platform: { ci: local, tracker: local }
ci: { enabled: false } # a local checkout has no CI to wait for
evidence:
  - { type: junit, name: unit, path: reports/*.xml }
  - { type: sarif, name: scan, path: reports/*.sarif }
`;
const GITHUB = 'platform: { ci: github, tracker: github }\n';
const JUNIT = `<testsuites><testsuite name="cart" tests="2">
<testcase classname="cart" name="adds a hat"/><testcase classname="cart" name="rounds to cents"/>
</testsuite></testsuites>
`;
const SARIF = JSON.stringify({
  version: '2.1.0',
  runs: [
    {
      tool: { driver: { name: 'Scanner', rules: [{ id: 'no-eval', defaultConfiguration: { level: 'note' } }] } },
      results: [{ ruleId: 'no-eval', message: { text: 'eval is used.' } }],
    },
  ],
});

/** A folder whose embedded tracker has issues. */
async function issues(cwd: string): Promise<string> {
  mkdirSync(cwd);
  const drafts = Array.from({ length: 1000 }, (_, index) => ({
    title: `Issue ${index}`,
    body: 'Text.',
    labels: ['bug'],
  }));
  const tracker = createTracker(testWorld({ cwd }), {});
  for (let batch = 0; batch < 5; batch += 1) await tracker.batch?.create?.(drafts);
  return cwd;
}

/** A clone with one commit, the configuration and two reports. */
function checkout(cwd: string, config: string): string {
  mkdirSync(join(cwd, 'reports'), { recursive: true });
  writeFileSync(join(cwd, 'pace.config.yaml'), config);
  writeFileSync(join(cwd, 'reports', 'unit.xml'), JUNIT);
  writeFileSync(join(cwd, 'reports', 'scan.sarif'), SARIF);
  const identity = ['-c', 'user.name=Bench', '-c', 'user.email=bench@example.invalid'];
  for (const args of [
    ['init', '--quiet'],
    ['add', '.'],
    ['commit', '--quiet', '-m', 'Sell hats'],
  ])
    execFileSync('git', [...identity, ...args], { cwd });
  return cwd;
}

function localGate(cwd: string): Subject {
  return { args: [BUNDLE, 'gate', '--day', '1'], cwd, prepare: () => forget(cwd) };
}

/** The first run of a day: what an earlier one has left behind is gone. */
function forget(cwd: string): void {
  for (const name of ['.pace', 'PROGRESS.md', 'pace-summary.md'])
    rmSync(join(cwd, name), { recursive: true, force: true });
}

interface SilentGitHub {
  readonly origin: string;
  /** Resolves with the next request that arrives. */
  nextRequest(): Promise<void>;
  close(): Promise<void>;
}

/** A server that only notices requests. */
async function silentGitHub(): Promise<SilentGitHub> {
  let arrived = () => {};
  const server = await loopback({
    'GET /:rest*': () => {
      arrived();
      return { json: [] };
    },
  });
  return {
    origin: server.origin,
    nextRequest: () =>
      new Promise((resolve) => {
        arrived = resolve;
      }),
    close: server.close,
  };
}

function githubGate(cwd: string, { origin, nextRequest }: SilentGitHub): Subject {
  const env = {
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_API_URL: origin,
    GITHUB_SERVER_URL: origin,
    GITHUB_REPOSITORY: 'octo-org/octo-repo',
    GITHUB_SHA: 'a'.repeat(40),
    GITHUB_RUN_ID: '7',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_JOB: 'gate',
    RUNNER_NAME: 'Runner 1',
    GITHUB_WORKSPACE: cwd,
    INPUT_DAY: '1',
    INPUT_TOKEN: 'ghs_benchTokenOfNoWorth',
  };
  return { args: [BUNDLE], cwd, env, prepare: () => forget(cwd), until: nextRequest };
}

if (import.meta.main) await show(startup);
