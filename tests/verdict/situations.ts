/**
 * What comes of every situation, for a day and for a change: `verdict.test.ts` brings each one about and holds it to this table, and
 * `docs/verdict.md` shows it to people.
 */
import { junitXml } from '../support/workspace.ts';
import type { VerdictBench } from './bench.ts';

export interface Outcome {
  /** `none`: the run ends with exit code 2, and nothing was decided. */
  readonly decision: 'SHIP' | 'HOLD' | 'PAUSED' | 'UNKNOWN' | 'none';
  readonly exit: 0 | 1 | 2;
  /** The commit's status after the run. */
  readonly status: 'success' | 'failure' | 'pending' | 'error' | 'none';
  /** What became of the day's escalation. */
  readonly issue: 'none' | 'opened' | 'closed' | 'stays open' | 'stays closed' | 'not delivered yet';
}

export interface Situation {
  readonly title: string;
  /** Lines of the configuration beside the usual ones. */
  readonly config?: string;
  /** Also in the workspace. */
  readonly files?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  /** Which day it is; 2 when absent, `''` for the calendar's. */
  readonly day?: string;
  /** What has happened before the run. */
  before?(bench: VerdictBench): Promise<void>;
  readonly outcome: { readonly day: Outcome; readonly change: Outcome };
}

export interface Chapter {
  readonly title: string;
  readonly situations: readonly Situation[];
}

const JUNIT = 'evidence: [{ name: unit, type: junit, path: report.xml }]';
const RED = { 'report.xml': junitXml('adds') };
const GREEN = { 'report.xml': junitXml() };

const SHIP: Outcome = { decision: 'SHIP', exit: 0, status: 'success', issue: 'none' };
const HOLD: Outcome = { decision: 'HOLD', exit: 1, status: 'failure', issue: 'none' };
const PAUSED: Outcome = { decision: 'PAUSED', exit: 0, status: 'pending', issue: 'none' };
const UNKNOWN: Outcome = { decision: 'UNKNOWN', exit: 0, status: 'error', issue: 'none' };
const REFUSED: Outcome = { decision: 'none', exit: 2, status: 'none', issue: 'none' };

const at = (hour: string) => ({ startedAt: `2026-03-02T${hour}:00:00Z`, completedAt: `2026-03-02T${hour}:10:00Z` });
const LATER = at('09');
const PASSED = { name: 'test', conclusion: 'success', ...at('08') };
const FAILED = { ...PASSED, conclusion: 'failure' };
const SKIPPED = { ...PASSED, conclusion: 'skipped' };
const CANCELLED = { ...PASSED, conclusion: 'cancelled' };
const MAY_FAIL = { ...FAILED, name: 'experimental', allowed: true };
const DEPLOY = { name: 'deploy', status: 'waiting', startedAt: null };
const CI = { id: 1, name: 'CI', conclusion: 'success' };
const AGAIN = { ...CI, attempt: 2, startedAt: '2026-03-02T09:00:00Z' };
const OTHER = { id: 3, name: 'Other', workflowId: 2 };

/** The same for both, but for the issue, which only a day has. */
function both(outcome: Outcome, issue: Outcome['issue'] = outcome.issue): Situation['outcome'] {
  return { day: { ...outcome, issue }, change: outcome };
}

function withIssue(outcome: Outcome, issue: Outcome['issue']): Outcome {
  return { ...outcome, issue };
}

/** A person has closed the issue of an earlier day. */
async function heldAndClosed(bench: VerdictBench): Promise<void> {
  await bench.held('1');
  await bench.closeIssue();
}

const PLAN = { 'pace/plan.yaml': 'days:\n  - { day: 1, target: a }\n  - { day: 3, target: c }\n' };

export const chapters: readonly Chapter[] = [
  {
    title: 'What the evidence says',
    situations: [
      { title: 'Everything passed', config: JUNIT, files: GREEN, outcome: both(SHIP) },
      { title: 'A test failed', config: JUNIT, files: RED, outcome: both(HOLD, 'opened') },
      {
        title: 'A test failed, `gate.on_hold: neutral`',
        config: `${JUNIT}\ngate: { on_hold: neutral }`,
        files: RED,
        outcome: both({ ...HOLD, exit: 0 }, 'opened'),
      },
      { title: "The commit's CI failed", before: (bench) => bench.checks('failure'), outcome: both(HOLD, 'opened') },
      {
        title: 'A test failed, and a waiver is in force',
        config: `${JUNIT}\nwaivers: [{ check: "unit: *", reason: known, owner: ann, expires: 2099-12-31 }]`,
        files: RED,
        outcome: both(SHIP),
      },
      {
        title: 'A report is missing (`on_missing: hold`, as it is by default)',
        config: JUNIT,
        outcome: both(HOLD, 'opened'),
      },
      {
        title: 'What only a day has (`{day}` in its path) says no',
        config: 'evidence: [{ name: unit, type: junit, path: "day-{day}.xml" }]',
        files: { 'day-2.xml': junitXml('adds') },
        outcome: { day: withIssue(HOLD, 'opened'), change: SHIP },
      },
    ],
  },
  {
    title: 'Nothing was judged',
    situations: [
      { title: 'No check ran, and no other evidence is configured', before: (b) => b.checks(), outcome: both(UNKNOWN) },
      {
        title: 'The same, `ci.on.no_runs: ship`',
        config: 'ci: { on: { no_runs: ship } }',
        before: (bench) => bench.checks(),
        outcome: both(SHIP),
      },
      {
        title: 'The same, `ci.on.no_runs: hold`',
        config: 'ci: { on: { no_runs: hold } }',
        before: (bench) => bench.checks(),
        outcome: both(HOLD, 'opened'),
      },
      {
        title: 'The same, `gate.on_unknown: hold`',
        config: 'gate: { on_unknown: hold }',
        before: (bench) => bench.checks(),
        outcome: both({ ...UNKNOWN, exit: 1 }),
      },
      {
        title: 'Every check was skipped, and no other evidence is configured',
        before: (bench) => bench.checks('skipped'),
        outcome: both(UNKNOWN),
      },
      {
        title: 'No check ran, and the only report is missing (`on_missing: advisory`)',
        config: 'evidence: [{ name: unit, type: junit, path: report.xml, on_missing: advisory }]',
        before: (bench) => bench.checks(),
        outcome: both(UNKNOWN),
      },
      {
        title: 'No check ran, and the tests passed',
        config: JUNIT,
        files: GREEN,
        before: (bench) => bench.checks(),
        outcome: both(SHIP),
      },
    ],
  },
  {
    title: "The commit's own CI",
    situations: [
      {
        title: 'A test failed, and a job of its name in the same attempt was skipped',
        before: (bench) => bench.lists({ checks: [FAILED, { ...SKIPPED, ...LATER }], runs: [CI] }),
        outcome: both(HOLD, 'opened'),
      },
      {
        title: 'A test failed, was run again and passed',
        before: (bench) => bench.lists({ checks: [FAILED, { ...PASSED, ...LATER }], runs: [AGAIN] }),
        outcome: both(SHIP),
      },
      {
        title: 'A test failed, and a later run of its workflow skips it',
        before: (bench) =>
          bench.lists({ checks: [FAILED, { ...SKIPPED, ...LATER, suite: 2 }], runs: [CI, { ...CI, id: 2 }] }),
        outcome: both(HOLD, 'opened'),
      },
      {
        title: 'A test passed, and a later run of its workflow was cancelled',
        before: (bench) =>
          bench.lists({ checks: [PASSED, { ...CANCELLED, ...LATER, suite: 2 }], runs: [CI, { ...CI, id: 2 }] }),
        outcome: both(SHIP),
      },
      {
        title: 'A test was cancelled and not run again',
        before: (bench) => bench.lists({ checks: [CANCELLED], runs: [CI] }),
        outcome: both(HOLD, 'opened'),
      },
      {
        title: 'A workflow never started, as its file is broken',
        before: (bench) => bench.lists({ checks: [PASSED], runs: [CI, { ...OTHER, conclusion: 'startup_failure' }] }),
        outcome: both(HOLD, 'opened'),
      },
      {
        title: 'A check has not ended in time',
        config: 'ci: { timeout_minutes: 0.001 }',
        before: (bench) => bench.lists({ checks: [{ name: 'slow' }] }),
        outcome: both(HOLD, 'opened'),
      },
      {
        title: 'A check has not ended in time, another one failed, `ci.on.timeout: ship`',
        config: 'ci: { timeout_minutes: 0.001, on: { timeout: ship } }',
        before: (bench) => bench.lists({ checks: [{ name: 'slow' }, FAILED] }),
        outcome: both(HOLD, 'opened'),
      },
      {
        title: 'A job that may fail (`continue-on-error`) failed, the tests passed',
        before: (bench) => bench.lists({ checks: [PASSED, MAY_FAIL], runs: [CI] }),
        outcome: both(SHIP),
      },
      {
        title: 'Only a job that may fail has run, and failed',
        before: (bench) => bench.lists({ checks: [MAY_FAIL], runs: [CI] }),
        outcome: both(UNKNOWN),
      },
      {
        title: 'A workflow waits for approval (`action_required`)',
        before: (bench) => bench.lists({ checks: [PASSED], runs: [CI, { ...OTHER, conclusion: 'action_required' }] }),
        outcome: both(HOLD, 'opened'),
      },
      {
        title: 'The same, `ci.on.waiting: advisory`',
        config: 'ci: { on: { waiting: advisory } }',
        before: (bench) => bench.lists({ checks: [PASSED], runs: [CI, { ...OTHER, conclusion: 'action_required' }] }),
        outcome: both(SHIP),
      },
      {
        title: 'A deployment waits for a reviewer, the tests passed',
        before: (bench) => bench.lists({ checks: [PASSED, DEPLOY], runs: [{ ...CI, status: 'waiting' }] }),
        outcome: both(SHIP),
      },
      {
        title: 'The same, `ci.on.waiting: hold`',
        config: 'ci: { on: { waiting: hold } }',
        before: (bench) => bench.lists({ checks: [PASSED, DEPLOY], runs: [{ ...CI, status: 'waiting' }] }),
        outcome: both(HOLD, 'opened'),
      },
      {
        title: 'Nothing but a deployment that waits for a reviewer is there',
        before: (bench) => bench.lists({ checks: [DEPLOY], runs: [{ ...CI, status: 'waiting' }] }),
        outcome: both(UNKNOWN),
      },
      {
        title: 'The gate itself held this commit before, and its job is red',
        before: (bench) =>
          bench.lists({
            checks: [PASSED, { ...FAILED, name: 'gate', id: 11, suite: 2 }],
            runs: [CI, { ...OTHER, id: 2, conclusion: 'failure' }],
            statuses: [
              { context: 'pace/gate', state: 'failure', target_url: 'https://github.com/o/r/issues/1#pace-job-11' },
            ],
          }),
        outcome: both(SHIP),
      },
      {
        title: 'The commit was never pushed, `ci.on.no_runs: ship`',
        config: 'ci: { on: { no_runs: ship } }',
        before: (bench) => bench.isUnpushed(),
        outcome: both({ ...UNKNOWN, status: 'none' }),
      },
    ],
  },
  {
    title: 'A hold is open',
    situations: [
      {
        title: 'An earlier day is held, everything passes',
        config: JUNIT,
        files: GREEN,
        before: (bench) => bench.held('1'),
        outcome: { day: withIssue(PAUSED, 'stays open'), change: withIssue(SHIP, 'stays open') },
      },
      {
        title: 'The same, `gate.on_paused: fail`',
        config: `${JUNIT}\ngate: { on_paused: fail }`,
        files: GREEN,
        before: (bench) => bench.held('1'),
        outcome: { day: withIssue({ ...PAUSED, exit: 1 }, 'stays open'), change: withIssue(SHIP, 'stays open') },
      },
      {
        title: 'An earlier day is held, a test fails',
        config: JUNIT,
        files: RED,
        before: (bench) => bench.held('1'),
        outcome: { day: withIssue(PAUSED, 'stays open'), change: withIssue(HOLD, 'stays open') },
      },
      {
        title: 'An earlier day was held, and a person has closed its issue',
        config: JUNIT,
        files: GREEN,
        before: heldAndClosed,
        outcome: { day: withIssue(SHIP, 'stays closed'), change: withIssue(SHIP, 'stays closed') },
      },
      {
        title: 'The same, and `escalation.resume_by` does not list that person',
        config: `${JUNIT}\nescalation: { resume_by: [somebody-else] }`,
        files: GREEN,
        before: heldAndClosed,
        outcome: { day: withIssue(PAUSED, 'stays open'), change: withIssue(SHIP, 'stays closed') },
      },
      {
        title: 'The day itself is held, and now everything passes',
        config: JUNIT,
        files: GREEN,
        before: (bench) => bench.held('2'),
        outcome: { day: withIssue(SHIP, 'closed'), change: withIssue(SHIP, 'stays open') },
      },
      {
        title: 'The day itself is held, and a test still fails',
        config: JUNIT,
        files: RED,
        before: (bench) => bench.held('2'),
        outcome: { day: withIssue(HOLD, 'stays open'), change: withIssue(HOLD, 'stays open') },
      },
      {
        title: 'A day of another branch is held',
        config: JUNIT,
        files: GREEN,
        before: (bench) => bench.held('1', { GITHUB_REF: 'refs/heads/release', GITHUB_REF_NAME: 'release' }),
        outcome: { day: withIssue(SHIP, 'stays open'), change: withIssue(SHIP, 'stays open') },
      },
    ],
  },
  {
    title: 'Paused',
    situations: [
      {
        title: '`PACE_PAUSED` is `yes`',
        config: JUNIT,
        files: GREEN,
        env: { PACE_PAUSED: 'yes' },
        outcome: both(PAUSED),
      },
      {
        title: '`PACE_PAUSED` is `off`',
        config: JUNIT,
        files: GREEN,
        env: { PACE_PAUSED: 'off' },
        outcome: both(SHIP),
      },
      {
        title: 'A person has paused the gate (`pace pause`)',
        config: JUNIT,
        files: { ...GREEN, '.pace/pause.yaml': 'reason: holidays\nby: ann\nsince: 2026-03-01T00:00:00Z\n' },
        outcome: both(PAUSED),
      },
      {
        title: 'That pause has ended by itself',
        config: JUNIT,
        files: { ...GREEN, '.pace/pause.yaml': 'reason: holidays\nby: ann\nuntil: 2026-03-02T00:00:00Z\n' },
        outcome: both(SHIP),
      },
      {
        title: 'A freeze is in force',
        config: `${JUNIT}\nfreeze: [{ from: 2020-01-01, to: 2099-12-31, reason: holidays }]`,
        files: GREEN,
        outcome: both(PAUSED),
      },
      {
        title: 'A freeze is in force, and excepts a label that the change has',
        config: `${JUNIT}\nfreeze: [{ from: 2020-01-01, to: 2099-12-31, reason: holidays, except: { labels: [hotfix] } }]`,
        files: GREEN,
        outcome: { day: PAUSED, change: SHIP },
      },
      {
        title: 'A freeze is in force, and a test fails',
        config: `${JUNIT}\nfreeze: [{ from: 2020-01-01, to: 2099-12-31, reason: holidays }]`,
        files: RED,
        outcome: both(PAUSED),
      },
      {
        title: 'The sprint has not begun',
        config: `${JUNIT}\nsprint: { start_date: 2099-01-01 }`,
        files: GREEN,
        day: '',
        outcome: { day: PAUSED, change: SHIP },
      },
    ],
  },
  {
    title: 'Days without a plan',
    situations: [
      {
        title: "After the plan's last day, everything passes",
        config: `${JUNIT}\nsprint: { start_date: 2020-01-01 }`,
        files: { ...GREEN, ...PLAN },
        day: '',
        outcome: both(SHIP),
      },
      {
        title: "After the plan's last day, a test fails",
        config: `${JUNIT}\nsprint: { start_date: 2020-01-01 }`,
        files: { ...RED, ...PLAN },
        day: '',
        outcome: both(HOLD, 'opened'),
      },
      { title: 'The plan lacks this day', config: JUNIT, files: { ...GREEN, ...PLAN }, outcome: both(SHIP) },
      {
        title: 'The plan lacks this day, and a test fails',
        config: JUNIT,
        files: { ...RED, ...PLAN },
        outcome: both(HOLD, 'opened'),
      },
    ],
  },
  {
    title: "PACE's own trouble",
    situations: [
      {
        title: 'The tracker is down or refuses, everything passes',
        config: JUNIT,
        files: GREEN,
        before: (bench) => bench.fails(/\/issues/),
        outcome: { day: UNKNOWN, change: SHIP },
      },
      {
        title: 'The tracker is down or refuses, a test fails',
        config: JUNIT,
        files: RED,
        before: (bench) => bench.fails(/\/issues/),
        outcome: { day: withIssue(HOLD, 'not delivered yet'), change: HOLD },
      },
      {
        title: 'The checks of the commit cannot be read',
        config: JUNIT,
        files: GREEN,
        before: (bench) => bench.fails(/\/check-runs/),
        outcome: both(UNKNOWN),
      },
      {
        title: 'The checks of the commit cannot be read, a test fails',
        config: JUNIT,
        files: RED,
        before: (bench) => bench.fails(/\/check-runs/),
        outcome: both(HOLD, 'opened'),
      },
      { title: 'The configuration is wrong', config: 'gate: { mode: maybe }', outcome: both(REFUSED) },
      {
        title: '`PACE_PAUSED` is `maybe`',
        config: JUNIT,
        files: GREEN,
        env: { PACE_PAUSED: 'maybe' },
        outcome: both(REFUSED),
      },
    ],
  },
  {
    title: 'Observed only (`gate.mode: observe`)',
    situations: [
      { title: 'Everything passed', config: `${JUNIT}\ngate: { mode: observe }`, files: GREEN, outcome: both(SHIP) },
      {
        title: 'A test failed',
        config: `${JUNIT}\ngate: { mode: observe }`,
        files: RED,
        outcome: both({ ...HOLD, exit: 0, status: 'success' }),
      },
      {
        title: 'Nothing was judged',
        config: 'gate: { mode: observe, on_unknown: hold }',
        before: (bench) => bench.checks(),
        outcome: both({ ...UNKNOWN, status: 'success' }),
      },
      {
        title: 'A freeze is in force',
        config: `${JUNIT}\ngate: { mode: observe }\nfreeze: [{ from: 2020-01-01, to: 2099-12-31, reason: holidays }]`,
        files: GREEN,
        outcome: both({ ...PAUSED, status: 'success' }),
      },
    ],
  },
  {
    title: 'The evidence is of another commit',
    situations: [
      {
        title: 'Another commit is checked out, and the tests pass',
        config: JUNIT,
        files: GREEN,
        before: (bench) => bench.holdsAnother(),
        outcome: both(UNKNOWN),
      },
      {
        title: 'The same, `gate.on_unknown: hold`',
        config: `${JUNIT}\ngate: { on_unknown: hold }`,
        files: GREEN,
        before: (bench) => bench.holdsAnother(),
        outcome: both({ ...UNKNOWN, exit: 1 }),
      },
      {
        title: 'Another commit is checked out, and a test fails',
        config: JUNIT,
        files: RED,
        before: (bench) => bench.holdsAnother(),
        outcome: both(HOLD, 'opened'),
      },
      {
        title: 'Another commit is checked out, and a test fails (`on_fail: advisory`)',
        config: 'evidence: [{ name: unit, type: junit, path: report.xml, on_fail: advisory }]',
        files: RED,
        before: (bench) => bench.holdsAnother(),
        outcome: both(UNKNOWN),
      },
      {
        title: 'Another commit is checked out, and the report is missing',
        config: JUNIT,
        before: (bench) => bench.holdsAnother(),
        outcome: both(HOLD, 'opened'),
      },
      {
        title: 'The same, `on_missing: ship`',
        config: 'evidence: [{ name: unit, type: junit, path: report.xml, on_missing: ship }]',
        before: (bench) => bench.holdsAnother(),
        outcome: both(UNKNOWN),
      },
      {
        title: "Another commit is checked out, and only the commit's CI is asked for",
        before: (bench) => bench.holdsAnother(),
        outcome: both(SHIP),
      },
      {
        title: 'Another commit is checked out, `evidence-sha` names the judged one, and the tests pass',
        config: JUNIT,
        files: GREEN,
        before: (bench) => bench.holdsAnother('judged'),
        outcome: both(SHIP),
      },
      {
        title: 'The same, and `evidence-sha` names the one that is checked out',
        config: JUNIT,
        files: GREEN,
        before: (bench) => bench.holdsAnother('another'),
        outcome: both(UNKNOWN),
      },
    ],
  },
  {
    title: 'Whose configuration counts (`policy.from`)',
    situations: [
      {
        title: 'The commit only observes its evidence, and a test fails',
        config: JUNIT,
        files: RED,
        before: (bench) => bench.proposes({ 'pace.config.yaml': JUNIT.replace(' }]', ', on_fail: observe }]') }),
        outcome: { day: SHIP, change: HOLD },
      },
      {
        title: 'The same, and the base branch has `policy: { from: commit }`',
        config: `${JUNIT}\npolicy: { from: commit }`,
        files: RED,
        before: (bench) => bench.proposes({ 'pace.config.yaml': JUNIT.replace(' }]', ', on_fail: observe }]') }),
        outcome: both(SHIP),
      },
      {
        title: 'The commit brings the first configuration, and a test fails',
        config: JUNIT,
        files: RED,
        before: (bench) => bench.baseHasNone(),
        outcome: both(HOLD, 'opened'),
      },
      {
        title: 'The clone lacks the base branch, and the host does not tell its configuration',
        config: JUNIT,
        files: RED,
        before: async (bench) => {
          await bench.lacksBase();
          await bench.fails(/\/(contents|branches)\//);
        },
        outcome: { day: withIssue(HOLD, 'opened'), change: UNKNOWN },
      },
    ],
  },
];
