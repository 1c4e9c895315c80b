/**
 * Whole gate runs in this process, with a fault at any request. Red evidence holds all the same. Green evidence ships, or proves
 * nothing: exactly where it cannot be known whether something pauses, or how the commit's CI went. Nothing else changes a decision,
 * nothing but a SHIP is green, and the next run leaves all as it should be.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { gate } from '../../src/commands/gate.ts';
import { junitXml } from '../support/workspace.ts';
import { testWorld } from '../support/world.ts';
import {
  type Case,
  casesOf,
  type Disturbance,
  differences,
  disturb,
  type ElsewhereOrigins,
  openElsewhere,
  pooled,
} from './disturb.ts';
import { startGitHubStage } from './github-stage.ts';

const CONFIG = [
  'ci: { grace_seconds: 0, settle_seconds: 0, poll_interval_seconds: 1, timeout_minutes: 2 }',
  'evidence: [{ name: unit, type: junit, path: report.xml }]',
  '',
].join('\n');

const [RED, GREEN] = [junitXml('adds'), junitXml()];

/** Day 2 goes on when a person has not refused the review of day 1. */
const REVIEWED = 'days:\n  - { day: 1, target: Look, human_gate: true }\n  - { day: 2, target: Buy }\n';

/** Whoever could not ask for these does not know whether something pauses. */
const PAUSING: readonly string[] = ['openEscalation', 'getVariable', 'reviewState'];

/** The longest wait for CI, and what the rest of a run may take. */
const LONGEST = 13 * 60_000;
const LONG = { timeout: 240_000 };

let cases = 0;
let elsewhere: ElsewhereOrigins;

beforeAll(async () => {
  elsewhere = await openElsewhere();
});

afterAll(async () => {
  await elsewhere.close();
  process.stdout.write(`fault suite, whole runs: ${cases} cases\n`);
});

describe('a whole run with a fault at any of its requests', () => {
  test.each<{ name: string; scene: Scene; decision: 'SHIP' | 'HOLD'; exitCode: number }>([
    { name: 'a day that holds', scene: { report: RED }, decision: 'HOLD', exitCode: 1 },
    { name: 'a day that ships', scene: { report: GREEN }, decision: 'SHIP', exitCode: 0 },
    {
      name: 'a day that ships after it has held',
      scene: { report: GREEN, before: RED },
      decision: 'SHIP',
      exitCode: 0,
    },
    {
      name: 'a day that ships, where a variable and a review may pause it',
      scene: { report: GREEN, before: GREEN, config: 'pause: { by: both }\n', plan: REVIEWED, day: 2 },
      decision: 'SHIP',
      exitCode: 0,
    },
  ])('$name', LONG, async ({ name, scene, decision, exitCode }) => {
    const undisturbed = await withDay(async (day) => {
      const run = await day.run(undefined);
      return { ...run, seen: await day.seen() };
    });
    expect(undisturbed).toMatchObject({ decision, exitCode, faults: [], pending: [] });

    const wanted = casesOf(undisturbed.requests, name);
    const possible = wanted.filter(({ fault }) => fault.happens !== 'untrusted' || elsewhere.untrusted);
    cases += possible.length;
    const problems: string[] = [];
    await pooled(possible, async (one) => {
      for (const problem of await problemsOf(one)) problems.push(`${one.fault.name} at request ${one.at}: ${problem}`);
    });
    expect(problems).toEqual([]);

    async function problemsOf(one: Case): Promise<string[]> {
      return withDay(async (day) => {
        const disturbed = await day.run(one);
        const isGreen = (await day.seen()).statuses.includes('pace/gate success');
        const clean = await day.run(undefined);
        return [
          ...(disturbed.isStruck ? [] : [`nobody asked for ${one.request}`]),
          ...wrongWith(disturbed),
          ...(isGreen && disturbed.decision !== 'SHIP' ? [`the commit is green after ${disturbed.decision}`] : []),
          ...differences('the next run decides', [clean.decision, clean.exitCode], [decision, exitCode]),
          ...differences('the next run leaves pending', clean.pending, []),
          ...differences('the next run has faults', clean.faults, []),
          ...differences('in the end people see', await day.seen(), undisturbed.seen),
        ];
      });
    }

    function wrongWith(run: Ran): string[] {
      const silent = run.faults.filter(({ message, remedy }) => message === '' || remedy === '');
      return [
        ...differences(`with ${JSON.stringify(run.faults)} it decided`, run.decision, decisionOf(run)),
        ...differences('it ended with', run.exitCode, exitCode),
        ...differences('without a remedy are', silent, []),
        ...(run.pending.length > 0 && run.faults.length === 0 ? ['something is pending for no reason'] : []),
        ...(run.took > LONGEST ? [`it took ${run.took / 1000} s`] : []),
      ];
    }

    /** Red is red. Green proves something only to whom all answers have come that could say otherwise. */
    function decisionOf({ faults, ci }: Ran): string {
      if (decision === 'HOLD') return 'HOLD';
      const hasRead = differences('', ci, undisturbed.ci).length === 0;
      const isUnaware = faults.some(({ operation }) => PAUSING.includes(operation));
      const isBlind = !hasRead && faults.some(({ operation }) => operation === 'waitForCommitCi');
      return isUnaware || isBlind ? 'UNKNOWN' : 'SHIP';
    }

    async function withDay<Result>(use: (day: Day) => Promise<Result>): Promise<Result> {
      const day = await newDay(scene);
      try {
        return await use(day);
      } finally {
        await day.close();
      }
    }
  });
});

interface Scene {
  readonly report: string;
  /** Of a run of day 1 before the disturbed one. */
  readonly before?: string;
  /** Added to the configuration. */
  readonly config?: string;
  readonly plan?: string;
  /** That is disturbed: 1. */
  readonly day?: number;
}

interface Ran {
  readonly decision: string;
  readonly exitCode: number;
  /** How it ended, and the names of the checks that were judged. */
  readonly ci: unknown;
  readonly faults: readonly { readonly operation: string; readonly message: string; readonly remedy: string }[];
  readonly pending: readonly unknown[];
  readonly requests: readonly string[];
  /** Whether the fault has met its request. */
  readonly isStruck: boolean;
  readonly took: number;
}

interface Day {
  run(one: Case | undefined): Promise<Ran>;
  seen(): Promise<{ readonly statuses: readonly string[] }>;
  close(): Promise<void>;
}

async function newDay({ report, before, config = '', plan, day = 1 }: Scene): Promise<Day> {
  const stage = await startGitHubStage('success');
  const cwd = await mkdtemp(join(tmpdir(), 'pace-fault-run-'));
  let clock = Date.now();
  await writeFile(join(cwd, 'pace.config.yaml'), `${CONFIG}${config}`);
  if (plan) await writeFile(join(cwd, 'plan.yaml'), plan);

  async function runIn(around: Disturbance['world'], judged: number): Promise<Omit<Ran, 'requests' | 'isStruck'>> {
    const start = clock + 1000;
    const env = {
      ...stage.env,
      GITHUB_ACTIONS: 'true',
      GITHUB_SHA: stage.sha,
      GITHUB_STEP_SUMMARY: join(cwd, 'sum.md'),
    };
    const world = testWorld({ cwd, env, start, ...around });
    // a folder of files, as where an artifact was unpacked
    const { report: told, exitCode } = await gate(world, { day: String(judged), evidenceSha: stage.sha });
    clock = world.now();
    const { decision, faults, pending } = told;
    const ci = { conclusion: told.ci.conclusion, names: told.ci.checks.map(({ name }) => name).sort() };
    return { decision, exitCode, ci, faults, pending, took: clock - start };
  }

  if (before) {
    await writeFile(join(cwd, 'report.xml'), before);
    await runIn(disturb({ stage, one: undefined, now: clock, elsewhere }).world, 1);
    stage.forgetStatuses();
  }
  await writeFile(join(cwd, 'report.xml'), report);
  return {
    seen: () => stage.seen(),
    close: async () => {
      await stage.close();
      await rm(cwd, { recursive: true, force: true });
    },
    run: async (one) => {
      const disturbance = disturb({ stage, one, now: clock, elsewhere });
      const ran = await runIn(disturbance.world, day);
      disturbance.end();
      return { ...ran, requests: disturbance.requests, isStruck: disturbance.hasStruck() };
    },
  };
}
