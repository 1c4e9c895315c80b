import { expect, test } from 'vitest';
import { gatesInFile, ownAction } from '../../../platforms/github/workflow-file.ts';

const US = { repository: 'octo/pace', isLocal: false };
const LOCAL = { repository: '', isLocal: true };

function step(text: string): string {
  return `on: push\njobs:\n  gate:\n    steps:\n      - ${text}\n`;
}

test.each([
  ['uses: octo/pace@v1', US],
  ['uses: Octo/PACE@0123456789abcdef # v1', US],
  ['{ uses: octo/pace@v1, with: { command: gate, day: 3 } }', US],
  ['uses: ./', LOCAL],
  ['run: pace gate', US],
  ['run: npx pace gate --day 3', US],
  ['run: npx --yes pace gate', US],
  ['run: node dist/index.js gate', LOCAL],
  ['run: PACE_DAY=3 ./node_modules/.bin/pace gate', US],
  ['run: npm ci && npx pace gate || true', US],
  ['{ run: "npm ci\\n  npx pace gate\\n" }', US],
])('a job is a gate by its step `%s`', (text, action) => {
  const gates = gatesInFile(step(text), action);
  expect([gates?.isWhole, gates?.isGateJob('gate'), gates?.isGateJob('gate (a)'), gates?.isGateJob('gates')]).toEqual([
    true,
    true,
    true,
    false,
  ]);
});

test.each([
  ['uses: octo/pacer@v1', US],
  ['uses: other/pace@v1', US],
  ['uses: octo/pace/sub@v1', US],
  ['uses: octo/pace', US],
  ['uses: ./', US],
  ['uses: ./other', LOCAL],
  ['uses: "@v1"', { repository: '', isLocal: false }],
  ['{ uses: octo/pace@v1, with: { command: doctor } }', US],
  [`{ uses: octo/pace@v1, with: { command: "${'$'}{{ inputs.command }}" } }`, US],
  ['run: "# pace gate"', US],
  ['run: echo pace gate', US],
  ['run: pace gate-keeper', US],
  ['run: pace doctor', US],
  ['run: space gate', US],
  ['run: [pace gate]', US],
  ['just text', US],
])('a job is none by its step `%s`', (text, action) => {
  expect(gatesInFile(step(text), action)).toBeUndefined();
});

test.each([
  ['nothing', ''],
  ['a list', '- jobs'],
  ['jobs that are a list', 'jobs: [{ steps: [{ run: pace gate }] }]'],
  ['a job without steps', 'jobs: { gate: { uses: ./.github/workflows/gate.yml } }'],
  ['what is no YAML', 'jobs: { gate: { steps: [{ run: pace gate }] }'],
  ['what is too large', `${step('run: pace gate')}# ${'x'.repeat(1 << 20)}`],
])('a file with %s has no gate', (_, text) => {
  expect(gatesInFile(text, US)).toBeUndefined();
});

test('a file with other jobs is no gate as a whole, and its jobs are told apart by the names that they show', () => {
  const steps = 'steps: [{ run: pace gate }]';
  const of = (jobs: string) => gatesInFile(`jobs: { ${jobs} }`, US);
  const two = of(`test: { steps: [{ run: npm test }] }, gate: { name: Judge it, ${steps} }`);
  expect([two?.isWhole, ...['Judge it', 'gate', 'test'].map((name) => two?.isGateJob(name))]).toEqual([
    false,
    true,
    false,
    false,
  ]);
  expect(of(`a: { name: x, ${steps} }, b: { name: x, steps: [] }`)?.isGateJob('x')).toBe(false);
  // what an expression makes of a name is not known
  const expression = `name: "${'$'}{{ matrix.name }}"`;
  expect(of(`gate: { ${steps} }, test: { ${expression}, steps: [] }`)?.isGateJob('gate')).toBe(false);
});

test('which action we are is told by the runner', () => {
  expect(ownAction({ GITHUB_ACTION_REPOSITORY: 'Octo/Pace', INPUT_COMMAND: 'gate' })).toEqual(US);
  expect(ownAction({ GITHUB_ACTION_REPOSITORY: '', INPUT_COMMAND: 'gate' })).toEqual(LOCAL);
  expect(ownAction({})).toEqual({ repository: '', isLocal: false });
});
