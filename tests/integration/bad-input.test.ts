import { mkdir, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Report } from '../../src/gate/report.ts';
import { type BundleRun, runBundle } from '../support/bundle.ts';
import { junitXml, newWorkspace, type Workspace } from '../support/workspace.ts';
import { JUNIT } from './github-bench.ts';

const opened: Workspace[] = [];
afterAll(() => Promise.all(opened.map((workspace) => workspace.dispose())));

const CONFIG = `platform: { ci: local, tracker: local }\nci: { enabled: false }\n${JUNIT}\n`;

async function checkout(files: Record<string, string> = {}): Promise<Workspace> {
  const workspace = await newWorkspace({ 'pace.config.yaml': CONFIG, 'report.xml': junitXml(), ...files });
  opened.push(workspace);
  return workspace;
}

function gate({ path }: Workspace, ...args: string[]): Promise<BundleRun> {
  return runBundle({ cwd: path, args: ['gate', ...args] });
}

/** Exit 2, nothing on stdout, the message, no stack trace, and the folder as it was. */
async function expectRefused(workspace: Workspace, args: string[], message: string | RegExp): Promise<void> {
  const before = await workspace.files();
  const run = await gate(workspace, ...args);
  expect([run.code, run.stdout], run.stderr).toEqual([2, '']);
  expect(run.stderr).toMatch(message);
  expect(run.stderr).not.toMatch(/^\s+at /m);
  expect(run.stderr).not.toContain('defect of PACE');
  expect(await workspace.files()).toEqual(before);
}

describe('the configuration', () => {
  test('that is missing: where it was looked for, and how to get one', async () => {
    const workspace = await checkout();
    await workspace.remove('pace.config.yaml');
    await expectRefused(
      workspace,
      ['--day', '1'],
      /neither pace\.config\.yaml nor pace\/pace\.config\.yaml exists in .*`pace init`/,
    );
    await workspace.write({ 'pace.config.yml': CONFIG });
    await expectRefused(workspace, ['--day', '1'], 'There is pace.config.yml: please rename it to pace.config.yaml');
    await expectRefused(workspace, ['--day', '1', '--config', 'none.yaml'], 'none.yaml');
  });

  test('that is empty means the defaults, and says so', async () => {
    const workspace = await checkout({ 'pace.config.yaml': '' });
    const run = await gate(workspace, '--day', '1');
    expect([run.code, run.stderr]).toEqual([0, expect.stringContaining('This file is empty; the defaults apply.')]);
  });

  test.each([
    ['a tab', 'gate:\n\tretries: 1\n', /^pace\.config\.yaml:2:1: .*tab/im],
    ['a broken line', 'gate: { retries: 1\nci: {}\n', /^pace\.config\.yaml:\d+:\d+: /m],
    ['a list', '- gate\n', /^pace\.config\.yaml:1:1: /m],
    ['two documents', 'gate: {}\n---\nci: {}\n', /^pace\.config\.yaml:\d+:\d+: /m],
    ['a key twice', 'gate: {}\ngate: {}\n', /^pace\.config\.yaml:2:1: /m],
    ['a missing anchor', 'gate: *none\n', /^pace\.config\.yaml:1:7: .*anchor/m],
    [
      'wrong types',
      'gate: { retries: many }\nci: { timeout_minutes: [1] }\nevidence: yes\n',
      /:1:18: [\s\S]*:2:\d+: [\s\S]*:3:\d+: /,
    ],
    ['an unknown key', 'gate: { retires: 1 }\n', /:1:9: .*retries/],
    ['an unknown platform', 'platform: { ci: gihub, tracker: jirra }\n', /:1:17: .*github[\s\S]*:1:33: .*jira/],
    ['a platform that has no code', 'platform: { ci: jira, tracker: jira }\n', /:1:\d+: .*Jira/],
    [
      'a report out of the workspace',
      'evidence:\n  - { type: junit, name: unit, path: ../unit.xml }\n',
      /:2:38: .*leads out/,
    ],
    [
      'a glob that cannot match',
      'evidence:\n  - { type: junit, name: unit, path: "{a,b/*.xml" }\n',
      /:2:38: .*never closed/,
    ],
    ['an unknown time zone', 'sprint: { timezone: Mars/Olympus }\n', /:1:21: .*time zone/],
    ['binary', '\u0000\u0001\u0002ELF', /^pace\.config\.yaml:/m],
  ])('with %s', async (_, text, message) => {
    await expectRefused(await checkout({ 'pace.config.yaml': text }), ['--day', '1'], message);
  });

  test('with an alias bomb ends at once', async () => {
    const levels = Array.from(
      { length: 12 },
      (_, level) => `  a${level + 1}: &a${level + 1} [${Array(10).fill(`*a${level}`).join(', ')}]`,
    );
    const bomb = `tech:\n  a0: &a0 [x]\n${levels.join('\n')}\ngate: { retries: *a12 }\n`;
    await expectRefused(await checkout({ 'pace.config.yaml': bomb }), ['--day', '1'], /^pace\.config\.yaml:\d+:\d+: /m);
  });

  test('with a secret in it is refused without showing it', async () => {
    const secret = 'ghp_0123456789abcdefghijABCDEFGHIJ012345';
    const workspace = await checkout({ 'pace.config.yaml': `github: { token: ${secret} }\n` });
    await expectRefused(workspace, ['--day', '1'], /^pace\.config\.yaml:1:18: /m);
    expect((await gate(workspace, '--day', '1')).stderr).not.toContain(secret);
  });

  test('that is a folder', async () => {
    const workspace = await checkout();
    await workspace.remove('pace.config.yaml');
    await mkdir(join(workspace.path, 'pace.config.yaml'));
    await expectRefused(workspace, ['--day', '1'], /pace\.config\.yaml.*folder/);
  });
});

describe('the day', () => {
  test.each([
    [['--day', '0'], /0/],
    [['--day=-1'], /-1/],
    [['--day', '1e9'], /1e9/],
    [['--day', '1000000000'], /1000000000/],
    [['--day', ' '], /day/i],
    [['--day', '٣'], /day/i],
    [[], /Nothing tells which day it is\.\nPlease pass --day N/],
    [['--day', '1', '--attempt', '0'], 'The attempt "0" is not a whole number from 1 up.'],
    [
      ['--day', '1', '--sha', 'f'.repeat(40)],
      /is not a commit in this checkout\.\nPlease pass the full hash of an existing commit/,
    ],
    [['--day', '1', '--sha', '--upload-pack=x'], /is not a commit/],
    [['--dya', '1'], 'Did you mean --day?'],
    [['--day', '1', '-C', 'nowhere'], 'nowhere is not a folder.'],
  ])('%j', async (args, message) => {
    await expectRefused(await checkout(), args, message);
  });

  test('that the plan does not have, or that is beyond the sprint, is judged, and that is said', async () => {
    const plan = 'days:\n  - { day: 1 }\n  - { day: 2 }\n  - { day: 5 }\n';
    for (const [day, file, said] of [
      ['3', { 'plan.yaml': plan }, 'Day 3 is not in plan.yaml: it is judged without a story.'],
      ['6', { 'plan.yaml': plan }, 'The sprint ended with day 5: day 6 is judged without a story.'],
      // without a plan days count on for ever
      ['31', {}, 'PACE day 31: HOLD'],
    ] as const) {
      const run = await gate(await checkout({ ...file, 'report.xml': junitXml('adds') }), '--day', day);
      expect([run.code, run.stdout], run.stderr).toEqual([1, expect.stringContaining(said)]);
    }
  });

  test.each([
    ['no list', 'days: 7\n', /^plan\.yaml:\d+:\d+: /m],
    ['broken', 'days: [\n', /^plan\.yaml:\d+:\d+: /m],
    ['a misspelt key', 'days:\n  - { day: 1, gate_critereon: green }\n', /^plan\.yaml:2:15: .*gate_criterion/m],
    ['a day twice', 'days:\n  - { day: 1 }\n  - { day: 1 }\n', /^plan\.yaml:3:\d+: /m],
  ])('in a plan that is wrong (%s)', async (_, text, message) => {
    await expectRefused(await checkout({ 'plan.yaml': text }), ['--day', '1'], message);
  });
});

const ENTITY =
  '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><testsuites><testsuite><testcase name="&e;"/></testsuite></testsuites>';

describe('evidence that cannot be judged holds, is named, and never crashes the gate', () => {
  async function judge(workspace: Workspace, type: string): Promise<Report> {
    await workspace.write({
      'pace.config.yaml': CONFIG.replace(JUNIT, `evidence: [{ name: proof, type: ${type}, path: proof }]`),
    });
    const run = await gate(workspace, '--day', '1', '--json');
    expect([run.code, run.stderr.match(/^\s+at /m)], run.stderr).toEqual([1, null]);
    return JSON.parse(run.stdout) as Report;
  }

  test.each([
    ['junit', ''],
    ['junit', 'not xml at all'],
    ['junit', '<testsuites><testsuite>'],
    ['junit', ENTITY],
    ['junit', '\u0000\u0001\u0002\u0003'],
    ['sarif', ''],
    ['sarif', '{ "runs": ['],
    ['sarif', '[]'],
    ['sarif', '\u0000\u0001\u0002\u0003'],
    ['coverage', ''],
    ['coverage', '{ "total": '],
    ['report', ''],
    ['report', '{ gate_decision: SHIP'],
    ['report', '\u0000\u0001\u0002\u0003'],
    ['report', '[1, 2]'],
    ['coverage', 'TN:\nSF:a.ts\nLF:x\n'],
  ])('%s: %j', async (type, text) => {
    const report = await judge(await checkout({ proof: text }), type);
    expect(report.decision).toBe('HOLD');
    expect(report.findings.filter(({ result }) => result === 'FAIL').length).toBe(1);
    expect(JSON.stringify(report.findings)).toContain('proof');
    expect(JSON.stringify(report)).not.toContain('root:');
  });

  test.each(['junit', 'sarif', 'coverage'])('%s: a folder, a gigabyte of nothing, nothing at all', async (type) => {
    const workspace = await checkout();
    const missing = await judge(workspace, type);
    await mkdir(join(workspace.path, 'proof'));
    const folder = await judge(workspace, type);
    await workspace.remove('proof');
    await writeFile(join(workspace.path, 'proof'), '');
    await truncate(join(workspace.path, 'proof'), 1024 ** 3);
    const huge = await judge(workspace, type);
    await workspace.remove('proof');
    const proofs = [missing, folder, huge].map(({ findings }) =>
      findings.map(({ result, evidence }) => `${result}: ${evidence}`),
    );
    const nothing = expect.stringMatching(/^UNKNOWN: Nothing was judged/);
    expect(proofs).toEqual([
      [expect.stringMatching(/^FAIL: .*proof/), nothing],
      [expect.stringMatching(/^FAIL: proof: It is a folder/), nothing],
      [expect.stringMatching(/^FAIL: .*(MiB|MB|bytes|large)/), nothing],
    ]);
  });
});

describe('a folder that cannot be written', () => {
  test('the decision stands, what could not be kept is said, nothing is half-written', async () => {
    const workspace = await checkout({
      'report.xml': junitXml('adds'),
      '.pace': 'a file where the folder should be\n',
    });
    const before = await workspace.files();
    const run = await gate(workspace, '--day', '1', '--json');
    const report = JSON.parse(run.stdout) as Report;
    expect([run.code, report.decision]).toEqual([1, 'HOLD']);
    const operations = report.faults.map(({ operation }) => operation);
    expect(operations).toEqual(expect.arrayContaining(['openEscalationIssue', 'saveDecision']));
    for (const { message, remedy } of report.faults) expect(`${message} ${remedy}`).not.toContain('defect of PACE');
    const after = await workspace.files();
    expect(
      Object.keys(after)
        .filter((name) => !(name in before))
        .sort(),
    ).toEqual(['PROGRESS.md', 'pace-summary.md']);
  });

  test('a dotenv file that cannot be written is a warning', async () => {
    const workspace = await checkout();
    const run = await gate(workspace, '--day', '1', '--dotenv', 'report.xml/pace.env');
    expect([run.code, run.stderr]).toEqual([
      0,
      expect.stringMatching(/Warning: The outcome could not be handed on .*A file stands where a folder is needed/),
    ]);
  });
});
