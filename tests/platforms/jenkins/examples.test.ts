import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { loadPlatform, platformNames } from '../../../platforms/index.ts';

const root = new URL('../../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');
const step = read('examples/jenkins/vars/pace.groovy');
const help = read('examples/jenkins/vars/pace.txt');
const options = [...(/known = \[(.*)\]/.exec(step)?.[1]?.matchAll(/'(\w+)'/g) ?? [])].map(([, name]) => name);

const NOTHING = { PACE_STEP_DAY: '', PACE_STEP_CHANGE: '', PACE_STEP_SHA: '', PACE_STEP_CONFIG: '' };

it('the step’s help and the page name its options, and no others', () => {
  const listed = [...help.matchAll(/^ {4}(\w+) {2,}\S/gm)].map(([, name]) => name);
  expect(listed.toSorted()).toEqual(options.toSorted());
  for (const text of [help, read('docs/platforms/jenkins.md')]) {
    const call = /^ *pace (\w+: .*)$/m.exec(text)?.[1] ?? '';
    expect(call).not.toBe('');
    const used = [...call.replace(/\[.*?\]/g, '').matchAll(/(\w+):/g)].map(([, name]) => name);
    expect(used.filter((name) => !options.includes(name))).toEqual([]);
  }
});

it('the examples set variables that PACE reads', async () => {
  const platforms = await Promise.all(platformNames.map(loadPlatform));
  const known = platforms.flatMap(({ needs }) => needs.flatMap(({ env }) => env));
  const texts = [step, help, read('examples/jenkins/Jenkinsfile')].join('\n');
  const used = [...texts.matchAll(/\b(?:PACE|GITHUB|JENKINS)_[A-Z_]+\b/g)].map(([name]) => name);
  const own = ['PACE_DAY', 'PACE_DECISION'];
  const unknown = used.filter((name) => !known.includes(name) && !name.startsWith('PACE_STEP_') && !own.includes(name));
  expect(unknown).toEqual([]);
});

it('the step runs one pinned version with what it was given, and reads no text as a command', () => {
  const script = /script: '''(.*?)'''/s.exec(step)?.[1] ?? '';
  const run = (given: Record<string, string>) =>
    execFileSync('sh', ['-euc', `npx() { printf '%s\\n' "$@"; }\n${script}`], {
      encoding: 'utf8',
      env: { PACE_STEP_VERSION: '0.1.0', ...NOTHING, ...given },
    }).split('\n');
  const usual = ['--yes', 'pace-gate@0.1.0', 'gate', '--dotenv', 'pace.env'];
  expect(run({})).toEqual([...usual, '']);
  expect(run({ PACE_STEP_CHANGE: '12' })).toEqual([...usual, '--change', '12', '']);
  expect(run({ PACE_STEP_DAY: '3; rm -rf /', PACE_STEP_CONFIG: 'a b.yaml' })).toEqual([
    ...[...usual, '--day', '3; rm -rf /', '--config', 'a b.yaml', ''],
  ]);
});

it('what may follow the gate waits for a SHIP in every example', () => {
  expect(step).toContain("'PACE_DECISION='.length()");
  expect(read('examples/jenkins/Jenkinsfile')).toContain("when { environment name: 'PACE_DECISION', value: 'SHIP' }");
  expect(read('examples/gitlab/.gitlab-ci.yml')).toContain('if [ "$PACE_DECISION" != SHIP ]');
  expect(read('README.md')).toContain("if: needs.gate.outputs.decision == 'SHIP'");
});
