/** Whole runs in this process, on the embedded platform: a day that waits for approval, and one that gets it. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openTracker } from '../../../platforms/index.ts';
import local from '../../../platforms/local/index.ts';
import { gate } from '../../../src/commands/gate.ts';
import { type TestWorld, testWorld } from '../../support/world.ts';
import { checkout, commitIn } from './parts.support.ts';

const CONFIG = `platform: { ci: local, tracker: local }
ci: { enabled: false }
evidence: [{ name: release, type: approval, from: [ada, grace] }]
`;
const START = Date.parse('2026-03-02T09:00:00Z');

function repository() {
  const cwd = checkout({ 'pace.config.yaml': CONFIG, '.gitignore': '.pace/\n' });
  const env = {
    PATH: process.env['PATH'],
    HOME: cwd,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CEILING_DIRECTORIES: join(cwd, '..'),
  };
  let hours = 0;
  const worldOf = (person: string): TestWorld => {
    hours += 1;
    return testWorld({
      cwd,
      env: { ...env, PACE_AGENT: person },
      random: Math.random,
      start: START + hours * 3_600_000,
    });
  };
  return {
    cwd,
    /** Returns its hash. */
    commit: () => commitIn(cwd),
    say: async (person: string, key: string, text: string) => {
      await (await openTracker(worldOf(person), { platform: local })).addComment(key, text);
    },
    issue: async (key: string) => (await openTracker(worldOf('x'), { platform: local })).getIssue(key),
    run: async () => {
      const { report } = await gate(worldOf('pace'), { day: '1' });
      const findings = report.findings.map(({ result, evidence }) => `${result} ${evidence}`);
      return { ...report, findings };
    },
    change: async () => (await gate(worldOf('pace'), { change: '12' })).report,
  };
}

test('a day holds until somebody who is named, and did not write it, has approved its commit', async () => {
  const { commit, run, say, issue } = repository();
  const sha = commit();
  const please = `Please comment \`/approve ${sha}\` (back-ticks may stay) on`;
  const first = await run();
  expect([first.decision, first.findings]).toEqual([
    'HOLD',
    [
      `FAIL 0 of 1 approval of ${sha.slice(0, 7)}. Missing: one of ada, grace. ${please} the issue that the HOLD opens, and run the day again.`,
    ],
  ]);
  const { key } = first.escalation;

  await say('ada', key, `/approve ${sha}`);
  await say('mallory', key, `/approve ${sha}`);
  await say('grace', key, '/approve deadbeef');
  const second = await run();
  expect([second.decision, second.findings]).toEqual([
    'HOLD',
    [
      `FAIL 0 of 1 approval of ${sha.slice(0, 7)}. Missing: one of ada, grace. Does not count: ada is an author of it. Does not count: grace approved another commit (deadbee). ${please} ${key}, and run the day again.`,
    ],
  ]);

  await say('grace', key, `/approve ${sha}`);
  const third = await run();
  expect([third.decision, third.findings]).toEqual(['SHIP', [`PASS 1 of 1 approval of ${sha.slice(0, 7)}: grace.`]]);
  expect((await issue(key)).state).toBe('done');

  const next = commit();
  const fourth = await run();
  expect([fourth.decision, fourth.findings[0]]).toEqual([
    'HOLD',
    expect.stringMatching(new RegExp(`^FAIL 0 of 1 approval of ${next.slice(0, 7)}\\. Missing: one of ada, grace\\.`)),
  ]);
});

test('a change on a host that knows no reviews cannot be judged', async () => {
  const { commit, change } = repository();
  commit();
  const { decision, findings, faults } = await change();
  expect(decision).toBe('UNKNOWN');
  expect(findings.map(({ result, evidence }) => `${result} ${evidence}`)).toEqual([
    'UNKNOWN local cannot tell who has approved which commit. Please take this source out for changes.',
  ]);
  expect(faults.map(({ operation }) => operation)).toContain('approvals');
});
