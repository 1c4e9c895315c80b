import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type GitLabServer, startGitLab } from '../support/gitlab.ts';
import { type GitLabProject, gitLabProject } from './gitlab-job.ts';

const BUNDLE = fileURLToPath(new URL('../../dist/index.js', import.meta.url));

// tells what it was called with, and leaves what PACE leaves
const STAND_IN = `
import { mkdirSync, writeFileSync } from 'node:fs';
const { PACE_GITLAB_TOKEN, GITLAB_CI, CI_PROJECT_PATH, CI_COMMIT_SHA, CI_SERVER_URL, CI_JOB_ID, CI_PIPELINE_ID } = process.env;
const env = { PACE_GITLAB_TOKEN, GITLAB_CI, CI_PROJECT_PATH, CI_COMMIT_SHA, CI_SERVER_URL, CI_JOB_ID, CI_PIPELINE_ID };
mkdirSync('.pace/day-3', { recursive: true });
writeFileSync('.pace/day-3/decision.yaml', JSON.stringify({ args: process.argv.slice(2), env }));
writeFileSync('pace-summary.md', '# Day 3');
writeFileSync('pace.env', 'PACE_DECISION=HOLD\\n');
process.exitCode = Number(process.env.STAND_IN_EXIT_CODE ?? 0);
`;

let project: GitLabProject | undefined;
let server: GitLabServer | undefined;

afterEach(async () => {
  await project?.dispose();
  await server?.close();
  project = undefined;
  server = undefined;
});

describe('the job of the GitLab component', { timeout: 120_000 }, () => {
  it('is filled in from its inputs', async () => {
    const inputs = ['job-name: release gate', 'stage: gate', 'image: node:22', 'allow-failure: true', 'day: "7"'];
    project = await gitLabProject({ files: {}, inputs: inputs.join('\n') });
    const { 'release gate': job } = parse(await project.preview());
    expect(job).toMatchObject({
      stage: 'gate',
      image: { name: 'node:22' },
      allow_failure: true,
      resource_group: 'pace-$CI_JOB_NAME_SLUG-$CI_COMMIT_REF_SLUG-$CI_MERGE_REQUEST_IID',
      interruptible: true,
      rules: [
        { if: '$CI_PIPELINE_SOURCE == "merge_request_event"', when: 'always' },
        { if: '$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH', when: 'always' },
      ],
      variables: { PACE_JOB_COMMAND: 'gate', PACE_JOB_DAY: '7', PACE_JOB_PATH: '', PACE_JOB_VERSION: 'latest' },
      artifacts: {
        when: 'always',
        expire_in: '90 days',
        paths: ['pace-summary.md', '.pace/'],
        reports: { dotenv: 'pace.env' },
      },
    });
  });

  it('goes between tests and deployment in the example', async () => {
    const example = readFileSync(new URL('../../examples/gitlab/.gitlab-ci.yml', import.meta.url), 'utf8');
    const pipeline = example.replace(/- component: .*/, '- local: /templates/gate.yml');
    project = await gitLabProject({ files: {}, pipeline });
    const { stages, 'unit-tests': tests, 'pace-gate': gate, deploy } = parse(await project.preview());
    expect(stages).toEqual(['.pre', 'test', 'gate', 'deploy', '.post']);
    expect([tests.stage, gate.stage, deploy.stage]).toEqual(['test', 'gate', 'deploy']);
    expect(gate.variables.PACE_JOB_VERSION).toBe('0.1.0');
    expect(deploy.needs).toMatchObject([{ job: 'pace-gate' }]);
  });

  it('calls PACE with its inputs, whatever is in them, and hands on what it leaves', async () => {
    const inputs = 'stage: gate\npace-path: stand-in.mjs\nday: "3"\nconfig: "a b; $(touch hit) c.yaml"\ndry-run: true';
    project = await gitLabProject({ files: { 'stand-in.mjs': STAND_IN }, inputs });
    const variables = {
      PACE_GITLAB_TOKEN: 'glpat-of-the-team',
      CI_SERVER_URL: 'https://gitlab.example.org',
      CI_JOB_ID: '71',
      CI_PIPELINE_ID: '51',
    };
    const { exitCode, output } = await project.runJob('pace-gate', variables);
    expect(exitCode, output).toBe(0);
    const { '.pace/day-3/decision.yaml': decision = '', ...rest } = await project.artifacts('pace-gate');
    expect(JSON.parse(decision)).toEqual({
      args: ['gate', '--config', 'a b; $(touch hit) c.yaml', '--dotenv', 'pace.env', '--day', '3', '--dry-run'],
      env: { ...variables, GITLAB_CI: 'true', CI_PROJECT_PATH: 'acme/pace-demo', CI_COMMIT_SHA: project.sha },
    });
    expect(rest).toEqual({
      'pace-summary.md': '# Day 3',
      '.gitlab-ci-reports/dotenv/pace.env': 'PACE_DECISION=HOLD\n',
    });
  });

  it('fails when PACE holds, and keeps the summary all the same', async () => {
    const files = { 'stand-in.mjs': STAND_IN };
    const inputs = 'stage: gate\npace-path: stand-in.mjs\ntoken-variable: TEAM_TOKEN';
    project = await gitLabProject({ files, inputs });
    const variables = { STAND_IN_EXIT_CODE: '1', TEAM_TOKEN: 'glpat-of-another-name' };
    const { exitCode, output } = await project.runJob('pace-gate', variables);
    expect([exitCode, output]).toEqual([1, expect.stringContaining('FAIL')]);
    const artifacts = await project.artifacts('pace-gate');
    expect(artifacts['pace-summary.md']).toBe('# Day 3');
    expect(JSON.parse(artifacts['.pace/day-3/decision.yaml'] ?? '{}')).toMatchObject({
      args: ['gate', '--dotenv', 'pace.env'],
      env: { PACE_GITLAB_TOKEN: 'glpat-of-another-name' },
    });
  });

  it('opens one escalation for a failing test, with the bundle itself', async () => {
    server = await startGitLab();
    const files = {
      'pace.config.yaml': [
        'product: { name: Demo }',
        'ci: { grace_seconds: 0, settle_seconds: 0 }',
        'evidence:',
        '  - { type: junit, name: unit, path: reports/junit.xml }',
      ].join('\n'),
      'reports/junit.xml':
        '<testsuite name="s" tests="1" failures="1"><testcase classname="c" name="adds"><failure message="1 is not 2"/></testcase></testsuite>',
    };
    project = await gitLabProject({ files, inputs: `stage: gate\npace-path: ${JSON.stringify(BUNDLE)}\nday: "3"` });
    server.state.commits.set(project.sha, new Map());
    const pipeline = server.setJobs(project.sha, [
      { name: 'unit', status: 'success' },
      { name: 'pace-gate', status: 'running', stage: 'gate' },
    ]);
    const own = server.statuses.find((row) => row.name === 'pace-gate')?.id;
    const variables = {
      PACE_GITLAB_TOKEN: server.token,
      CI_SERVER_URL: server.origin,
      CI_JOB_ID: String(own),
      CI_PIPELINE_ID: String(pipeline),
    };
    const { exitCode, output } = await project.runJob('pace-gate', variables);
    expect(exitCode, output).toBe(1);
    expect(server.issues.map((issue) => issue.state)).toEqual(['opened']);
    expect(server.quickActions).toEqual([]);
    const artifacts = await project.artifacts('pace-gate');
    expect(artifacts['pace-summary.md']).toContain('HOLD');
    expect(artifacts['.gitlab-ci-reports/dotenv/pace.env']).toContain('PACE_DECISION=HOLD');
  });
});
