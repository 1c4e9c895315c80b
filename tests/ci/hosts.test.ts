/** What `.ci/run` holds, both CI hosts hold too, with the same programs; and the list of these stands in one place. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { scriptsOf } from '../../.ci/lint/pieces.ts';

const root = join(import.meta.dirname, '..', '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const scripts: Readonly<Record<string, string>> = JSON.parse(read('package.json')).scripts;
const programs = read('.ci/programs')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'));

interface Workflow {
  readonly jobs: Readonly<Record<string, { readonly steps: readonly { readonly run?: string }[] }>>;
}

const run = [...read('.ci/run').matchAll(/^(?:step|tests) (.+)$/gm)].map(([, command = '']) => command);
const { jobs }: Workflow = parse(read('.github/workflows/ci.yml'));
const steps = Object.values(jobs).map((job) => job.steps.flatMap((step) => (step.run ? [step.run] : [])));
const gitLab = scriptsOf(read('.gitlab-ci.yml')).flatMap((script) => script.split('\n'));

/** The commands that a command consists of. */
function parts(command: string): string[] {
  const plain = command.replace('--silent ', '').trim();
  if (plain === 'npm cit') return ['npm ci', 'npm test'];
  const inner = plain === 'npm run check' ? scripts['check'] : undefined;
  return inner === undefined ? [plain] : inner.split('&&').flatMap(parts);
}

describe.each([
  ['GitHub', steps.flat()],
  ['GitLab', gitLab],
])('on %s', (_, commands) => {
  test('everything runs that .ci/run runs', () => {
    const there = commands.flatMap(parts);
    const wanted = run.flatMap(parts);
    expect(wanted).toContain('npm test');
    expect(wanted.filter((command) => !there.includes(command))).toEqual([]);
  });

  test('programs are installed by the one script, and named nowhere else', () => {
    const words = new Set(commands.flatMap((command) => command.split(/\s+/)));
    expect(programs.filter((program) => words.has(program))).toEqual([]);
    expect(words).not.toContain('apt-get');
  });
});

test('a missing program is a failure', () => {
  const [github, gitlab] = [parse(read('.github/workflows/ci.yml')), parse(read('.gitlab-ci.yml'))];
  expect([github.env, gitlab.variables]).toMatchObject([{ PACE_TEST_REQUIRE: 'all' }, { PACE_TEST_REQUIRE: 'all' }]);
  expect(read('.ci/steps.sh')).toContain('export PACE_TEST_REQUIRE=all');
});

test('every job that installs the packages of npm has the programs first', () => {
  const installing = steps.filter((commands) => commands.includes('npm ci'));
  expect(installing.map((commands) => commands.slice(0, 2))).toEqual(
    installing.map(() => ['.ci/install-programs', 'npm ci']),
  );
  expect(gitLab.slice(0, 2)).toEqual(['.ci/install-programs', 'npm ci']);
  expect(run[0]).toBe('.ci/install-programs');
});

test('the page for contributors names the programs', () => {
  const named = /\(([^()]*)\), listed in `\.ci\/programs`/.exec(read('CONTRIBUTING.md').replaceAll('\n', ' '))?.[1];
  expect(named?.split(', ')).toEqual(programs);
});
