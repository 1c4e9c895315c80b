/** Pipelines that people copy: of README, pages, examples and the template. */
import { execFileSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { isRecord } from '../core/record.ts';

const root = new URL('..', import.meta.url).pathname;
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const record = (value: unknown): Record<string, unknown> => (isRecord(value) ? value : {});

interface Workflow {
  readonly place: string;
  readonly text: Record<string, unknown>;
  readonly jobs: Record<string, unknown>;
  readonly events: readonly string[];
}

const PAGES = ['README.md', ...globSync(['docs/**/*.md', 'examples/**/*.md'], { cwd: root })];
const workflows = PAGES.flatMap((page) => workflowsOf(page)).filter(runsGate);

/** GitHub's workflows among the YAML of a page; Gitea and Forgejo have the same. */
function workflowsOf(page: string): Workflow[] {
  const blocks = [...read(page).matchAll(/^```yaml\n(.*?)^```/gms)].map(([, yaml = '']) => record(parse(yaml)));
  const found = blocks.filter((text) => isRecord(text['jobs']));
  return found.map((text) => ({
    ...{ place: `${page}: ${String(text['name'])}`, text, jobs: record(text['jobs']) },
    events: Object.keys(record(text['on'])),
  }));
}

function runsGate({ jobs }: Workflow): boolean {
  return JSON.stringify(jobs).match(/pace-gate/) !== null;
}

/** What `${{ a.b || c }}` comes to in a run of which these are known. */
function evaluated(template: string, known: Readonly<Record<string, string>>): string {
  return template.replace(/\$\{\{(.*?)\}\}/g, (_, expression: string) => {
    const values = expression.split('||').map((path) => known[path.trim()] ?? '');
    return values.find((value) => value !== '') ?? '';
  });
}

const day = (branch: string) => ({ 'github.ref': `refs/heads/${branch}` });
const change = (number: string) => ({
  ...{ 'github.event.pull_request.number': number, 'github.ref': `refs/pull/${number}/merge` },
});
const queued = (number: string) => ({ 'github.ref': `refs/heads/gh-readonly-queue/main/pr-${number}-c0ffee` });

test('the pages show workflows for days and for changes', () => {
  const events = workflows.map((workflow) => workflow.events);
  expect(events.some((names) => names.includes('schedule'))).toBe(true);
  expect(events.some((names) => names.includes('pull_request') && names.includes('merge_group'))).toBe(true);
  // one that runs the gate and is in no form that is known here would not be looked at
  const named = PAGES.flatMap((page) => [...read(page).matchAll(/uses: pace-gate\/pace@|run: npx pace-gate gate/g)]);
  expect(workflows.length).toBe(named.length);
});

describe.each(workflows)('the workflow in $place', ({ text, events, jobs }) => {
  const { group } = record(text['concurrency']) as { group?: string };
  const groupOf = (known: Readonly<Record<string, string>>) => evaluated(group ?? '', known);

  test('lets days of a branch follow one another, and no run wait for another branch or change', () => {
    expect(groupOf(day('main'))).toBe(groupOf(day('main')));
    const runs = [day('main'), day('release'), ...['1', '2'].flatMap((number) => [change(number), queued(number)])];
    expect(new Set(runs.map(groupOf)).size).toBe(runs.length);
    expect(runs.map(groupOf).filter((name) => !name.startsWith('pace-') || name.endsWith('-'))).toEqual([]);
    // the runs of one change follow one another, whatever commit they are about
    if (events.includes('pull_request')) expect(groupOf({ ...change('1'), 'github.ref': 'x' })).toBe(groupOf(change('1')));
  }); // biome-ignore format: one line

  test('keeps every other job behind the gate, for a SHIP', () => {
    const others = Object.entries(jobs).filter(([name]) => name !== 'gate');
    const gate = record(jobs['gate']);
    for (const [name, job] of others) {
      expect([name, record(job)['needs'], record(job)['if']]).toEqual([
        ...[name, 'gate', "needs.gate.outputs.decision == 'SHIP'"],
      ]);
    }
    if (others.length === 0) return;
    const [step] = (gate['steps'] as unknown[]).map(record).filter(({ uses }) => String(uses).startsWith('pace-gate/'));
    expect(record(gate['outputs'])['decision']).toBe(`\${{ steps.${String(step?.['id'])}.outputs.decision }}`);
    expect(Object.keys(record(parse(read('action.yml')).outputs))).toContain('decision');
  });
});

test('README has both, and says which is for what', () => {
  const [days, changes] = workflows.filter(({ place }) => place.startsWith('README.md'));
  expect([days?.events, changes?.events]).toEqual([
    ['schedule', 'workflow_dispatch'],
    ['pull_request', 'merge_group'],
  ]);
  expect(Object.keys(days?.jobs ?? {})).toEqual(['gate', 'deploy']);
  const before = (name: string) => read('README.md').split(`\nname: ${name}\n`)[0]?.trimEnd().split('\n').at(-3) ?? '';
  expect([before('PACE'), before('PACE changes')]).toEqual([
    expect.stringMatching(/^For days, /),
    expect.stringMatching(/^For changes, /),
  ]);
});

describe('the job of the GitLab component', () => {
  const job = record(parseAllDocuments(read('templates/gate.yml'))[1]?.toJS())['$[[ inputs.job-name ]]'];
  const spec = parseAllDocuments(read('templates/gate.yml'))[0]?.toJS();

  test('lets days of a branch follow one another, and no run wait for another branch or change', () => {
    const groupOf = (known: Readonly<Record<string, string>>) =>
      String(record(job)['resource_group']).replace(/\$(\w+)/g, (_, name: string) => known[name] ?? '');
    const named = { CI_JOB_NAME_SLUG: 'pace-gate' };
    const runs = [
      ...['main', 'release'].map((branch) => ({ ...named, CI_COMMIT_REF_SLUG: branch })),
      // two forks may have branches of one name
      ...['1', '2'].map((iid) => ({ ...named, CI_COMMIT_REF_SLUG: 'fix', CI_MERGE_REQUEST_IID: iid })),
      { CI_JOB_NAME_SLUG: 'pace-shop', CI_COMMIT_REF_SLUG: 'main' },
    ];
    expect(new Set(runs.map(groupOf)).size).toBe(runs.length);
  });

  test('runs for merge requests, and for days on the default branch, also after failed tests', () => {
    expect(record(spec).spec).toMatchObject({
      inputs: {
        rules: {
          default: [
            { if: '$CI_PIPELINE_SOURCE == "merge_request_event"', when: 'always' },
            { if: '$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH', when: 'always' },
          ],
        },
      },
    });
  });
});

describe('the deployment of the GitLab example', () => {
  const { deploy } = record(parse(read('examples/gitlab/.gitlab-ci.yml'))) as { deploy: Record<string, unknown> };

  function exitCode(decision: string | undefined): number {
    const script = (deploy['script'] as string[]).join('\n');
    try {
      const env = { PATH: process.env['PATH'], ...(decision === undefined ? {} : { PACE_DECISION: decision }) };
      const said = execFileSync('sh', ['-ec', script], { encoding: 'utf8', env, stdio: 'pipe' });
      expect(said).toMatch(/ ships\n$/);
      return 0;
    } catch (error) {
      return (error as { status: number }).status;
    }
  }

  test('goes on after a SHIP only; that nothing was deployed is a warning', () => {
    expect(exitCode('SHIP')).toBe(0);
    const others = ['HOLD', 'PAUSED', 'UNKNOWN', '', undefined].map(exitCode);
    expect(others).toEqual(others.map(() => 78));
    expect([deploy['needs'], deploy['allow_failure']]).toEqual([['pace-gate'], { exit_codes: 78 }]);
  });
});

describe('the Jenkinsfile', () => {
  const file = read('examples/jenkins/Jenkinsfile');
  const stages = [...file.matchAll(/^ {4}stage\('(\w+)'\) \{\n(.*?)^ {4}\}/gms)].map(([, name, body = '']) => ({
    name,
    body,
  }));

  test('runs every stage behind the gate after a SHIP only', () => {
    expect(stages.map(({ name }) => name)).toEqual(['Gate', 'Deploy']);
    for (const { body } of stages.slice(1))
      expect(body.split('\n')[0]?.trim()).toBe("when { environment name: 'PACE_DECISION', value: 'SHIP' }");
  });

  test('takes the decision from what this very run has handed on, and nothing where there is none', () => {
    const [gate] = stages;
    expect(gate?.body).toMatch(/gate --dotenv pace\.env'.*readFile\('pace\.env'\).*startsWith\('PACE_DECISION='\)/s);
    expect(gate?.body).toContain("env.PACE_DECISION = said ? said.substring('PACE_DECISION='.length()) : ''");
  });
});
