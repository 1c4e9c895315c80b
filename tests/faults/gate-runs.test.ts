/** Whole gate runs in this process: a fault at any request changes no decision, and the next run leaves all as it should be. */
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
  test.each([
    { name: 'a day that holds', report: junitXml('adds'), held: false, decision: 'HOLD', exitCode: 1 },
    { name: 'a day that ships', report: junitXml(), held: false, decision: 'SHIP', exitCode: 0 },
    { name: 'a day that ships after it has held', report: junitXml(), held: true, decision: 'SHIP', exitCode: 0 },
  ])('$name', LONG, async ({ name, report, held, decision, exitCode }) => {
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
        const clean = await day.run(undefined);
        return [
          ...(disturbed.isStruck ? [] : [`nobody asked for ${one.request}`]),
          ...wrongWith(disturbed),
          ...differences('the next run decides', [clean.decision, clean.exitCode], [decision, exitCode]),
          ...differences('the next run leaves pending', clean.pending, []),
          ...differences('the next run has faults', clean.faults, []),
          ...differences('in the end people see', await day.seen(), undisturbed.seen),
        ];
      });
    }

    function wrongWith(run: Ran): string[] {
      const evidenceIsMissing = run.faults.some(({ operation }) => operation === 'waitForCommitCi');
      const allowed =
        run.decision === decision || (decision === 'SHIP' && run.decision === 'UNKNOWN' && evidenceIsMissing);
      const silent = run.faults.filter(({ message, remedy }) => message === '' || remedy === '');
      return [
        ...(allowed ? [] : [`it decided ${run.decision}: ${JSON.stringify(run.faults)}`]),
        ...differences('it ended with', run.exitCode, exitCode),
        ...differences('without a remedy are', silent, []),
        ...(run.pending.length > 0 && run.faults.length === 0 ? ['something is pending for no reason'] : []),
        ...(run.took > LONGEST ? [`it took ${run.took / 1000} s`] : []),
      ];
    }

    async function withDay<Result>(use: (day: Day) => Promise<Result>): Promise<Result> {
      const day = await newDay(report, held);
      try {
        return await use(day);
      } finally {
        await day.close();
      }
    }
  });
});

interface Ran {
  readonly decision: string;
  readonly exitCode: number;
  readonly faults: readonly { readonly operation: string; readonly message: string; readonly remedy: string }[];
  readonly pending: readonly unknown[];
  readonly requests: readonly string[];
  /** Whether the fault has met its request. */
  readonly isStruck: boolean;
  readonly took: number;
}

interface Day {
  run(one: Case | undefined): Promise<Ran>;
  seen(): Promise<unknown>;
  close(): Promise<void>;
}

async function newDay(report: string, held: boolean): Promise<Day> {
  const stage = await startGitHubStage('success');
  const cwd = await mkdtemp(join(tmpdir(), 'pace-fault-run-'));
  let clock = Date.now();
  await writeFile(join(cwd, 'pace.config.yaml'), CONFIG);

  async function runIn(around: Disturbance['world']): Promise<Omit<Ran, 'requests' | 'isStruck'>> {
    const start = clock + 1000;
    const env = {
      ...stage.env,
      GITHUB_ACTIONS: 'true',
      GITHUB_SHA: stage.sha,
      GITHUB_STEP_SUMMARY: join(cwd, 'sum.md'),
    };
    const world = testWorld({ cwd, env, start, ...around });
    const { report: told, exitCode } = await gate(world, { day: '1' });
    clock = world.now();
    return { decision: told.decision, exitCode, faults: told.faults, pending: told.pending, took: clock - start };
  }

  if (held) {
    await writeFile(join(cwd, 'report.xml'), junitXml('adds'));
    await runIn(disturb({ stage, one: undefined, now: clock, elsewhere }).world);
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
      const ran = await runIn(disturbance.world);
      disturbance.end();
      return { ...ran, requests: disturbance.requests, isStruck: disturbance.hasStruck() };
    },
  };
}
