/** One step of a run, undisturbed, then with a fault at each of its requests, then once more without. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ONLY_GATE, type Owner } from '../../core/adapters/owner.ts';
import type { CIAdapter, TrackerAdapter } from '../../core/adapters/ports.ts';
import { getCiAdapter, getTrackerAdapter, loadPlatform, type PlatformName } from '../../platforms/index.ts';
import type { Loopback } from '../support/loopback.ts';
import { type TestWorld, testWorld } from '../support/world.ts';
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
import type { NetworkFault } from './faults.ts';

/** Whose issues and reviews the steps are about. */
export const OWNER: Owner = { repository: { name: 'acme/shop' }, gate: ONLY_GATE, sprint: '', branch: '' };

/** A server of a vendor with the environment that leads to it. */
export interface Stage {
  readonly origin: string;
  /** The judged commit; `''` where the platform hosts no code. */
  readonly sha: string;
  readonly env: Readonly<Record<string, string>>;
  readonly trouble: Loopback['trouble'];
  /** What people see there, without times and numbers that depend on the run. */
  seen(): Promise<unknown>;
  close(): Promise<void>;
}

/** One run of PACE: adapters of its own, files that stay. */
export interface Run {
  readonly ci: CIAdapter;
  readonly tracker: TrackerAdapter;
  readonly world: TestWorld;
  readonly paceDir: string;
  /** `.pace/day-N` */
  dayDir(day: number): string;
  readonly sha: string;
}

export interface Step {
  /** The adapter's method, and what it is about. */
  readonly name: string;
  /** Earlier runs, undisturbed, each with adapters of its own. */
  readonly before?: readonly ((run: Run) => Promise<unknown>)[];
  /** Added to the environment of the step. */
  readonly env?: Readonly<Record<string, string>>;
  /** Days between those and the step. */
  readonly daysLater?: number;
  readonly act: (run: Run) => Promise<unknown>;
  /** Answers to the first request that say, rightly, that there is nothing: no fault then. */
  readonly absent?: readonly string[];
  /** What the method gives when it fails. */
  readonly instead: unknown;
}

export interface Suite {
  readonly platform: PlatformName;
  readonly startStage: () => Promise<Stage>;
  readonly steps: readonly Step[];
  /** What a remedy for a missing permission says. */
  readonly permission: RegExp;
}

/** Longest time, by the world's clock, that a step may take under any fault but those of a wait for CI. */
const LONGEST = 20 * 60_000;
/** In real time, for all cases of a step, on a busy machine. */
const LONG = { timeout: 240_000 };
const DAY = 86_400_000;

/** Who meets every fault at every request in every run of the tests; the others share what these prove of `core/`. */
const WHOLE: readonly PlatformName[] = ['github', 'local'];

/** One case of so many, on the other platforms. */
const SHARE = 3;

/** The same cases every time; which ones differs from step to step and from platform to platform, so that all are met somewhere. */
function shareOf(cases: readonly Case[], step: string, platform: PlatformName): readonly Case[] {
  if (WHOLE.includes(platform) || process.env['PACE_TEST_FAULTS'] === 'all') return cases;
  const first = [...`${step}${platform}`].reduce((sum, letter) => sum + letter.charCodeAt(0), 0);
  return cases.filter((_, index) => (index + first) % SHARE === 0);
}

export function faultSuite({ platform, startStage, steps, permission }: Suite): void {
  let cases = 0;
  let all = 0;
  let elsewhere: ElsewhereOrigins;

  beforeAll(async () => {
    elsewhere = await openElsewhere();
  });

  afterAll(async () => {
    await elsewhere.close();
    const rest = cases < all ? ` of ${all}; PACE_TEST_FAULTS=all runs the others too` : '';
    process.stdout.write(`fault suite, ${platform}: ${cases} cases${rest}\n`);
  });

  describe(`${platform}: a fault at any request leaves nothing lost and nothing doubled`, () => {
    test.each(steps.map((step) => [step.name, step] as const))('%s', LONG, async (_, step) => {
      const undisturbed = await withScene(step, async (scene) => {
        const outcome = await scene.run();
        return { ...outcome, seen: await scene.seen() };
      });
      expect(undisturbed.faults).toEqual([]);
      expect(undisturbed.result).not.toEqual(step.instead);
      expect(undisturbed.requests).not.toEqual([]);

      const planned = casesOf(undisturbed.requests, step.name);
      const possible = planned.filter(({ fault }) => fault.happens !== 'untrusted' || elsewhere.untrusted);
      const wanted = shareOf(possible, step.name, platform);
      cases += wanted.length;
      all += possible.length;
      const problems: string[] = [];
      await pooled(wanted, async (one) => {
        for (const problem of await problemsOf(one))
          problems.push(`${one.fault.name} at request ${one.at}: ${problem}`);
      });
      expect(problems).toEqual([]);

      async function problemsOf(one: Case): Promise<string[]> {
        return withScene(step, async (scene) => {
          const disturbed = await scene.run(one);
          const clean = await scene.run();
          return [
            ...(disturbed.isStruck ? [] : [`nobody asked for ${one.request}`]),
            ...wrongWith(disturbed, one.fault),
            ...differences('the next run gives', clean.result, undisturbed.result),
            ...differences('the next run has faults', clean.faults, []),
            ...differences('in the end people see', await scene.seen(), undisturbed.seen),
          ];
        });
      }

      function wrongWith({ result, faults, took, thrown }: Outcome, fault: NetworkFault): string[] {
        if (thrown !== undefined) return [`the method threw ${String(thrown)}`];
        const problems: string[] = [];
        const failed = isDeepStrictEqual(result, step.instead);
        if (!failed && !isDeepStrictEqual(result, undisturbed.result))
          problems.push(`it gave ${JSON.stringify(result)}`);
        const isAbsent = step.absent?.some((words) => fault.name.startsWith(words));
        if (failed && faults.length === 0 && !isAbsent) problems.push('it failed without a fault');
        for (const { message, remedy } of faults) {
          if (message === '' || remedy === '')
            problems.push(`a fault says nothing: ${JSON.stringify({ message, remedy })}`);
          if (/looks like a defect of PACE/.test(remedy)) problems.push(`a fault blames PACE: ${message}`);
        }
        if (fault.denied && failed && !faults.some(({ remedy }) => permission.test(remedy)))
          problems.push(`no permission is named: ${JSON.stringify(faults)}`);
        if (took > LONGEST) problems.push(`it took ${took / 1000} s`);
        return problems;
      }
    });
  });

  async function withScene<Result>(step: Step, use: (scene: Scene) => Promise<Result>): Promise<Result> {
    const scene = await newScene(step);
    try {
      return await use(scene);
    } finally {
      await scene.close();
    }
  }

  async function newScene(step: Step): Promise<Scene> {
    // before that of the server: what has happened there has just happened, however long it took to start
    let clock = Date.now();
    const stage = await startStage();
    const cwd = await mkdtemp(join(tmpdir(), 'pace-fault-'));
    const later = (milliseconds: number) => {
      clock += milliseconds;
      return clock;
    };
    const runIn = async ({ world }: Disturbance) =>
      newRun({ platform, stage, cwd, env: { ...stage.env, ...step.env }, start: later(1000), around: world });
    await writeDays(cwd);
    for (const earlier of step.before ?? []) {
      const run = await runIn(disturb({ stage, one: undefined, now: clock, elsewhere }));
      await earlier(run);
      expect([...run.ci.faults, ...run.tracker.faults]).toEqual([]);
      clock = run.world.now();
    }
    later((step.daysLater ?? 0) * DAY);

    return {
      seen: () => stage.seen(),
      close: async () => {
        await stage.close();
        await rm(cwd, { recursive: true, force: true });
      },
      run: async (one) => {
        const disturbance = disturb({ stage, one, now: clock, elsewhere });
        const started = clock;
        const run = await runIn(disturbance);
        const outcome = await outcomeOf(step, run, stage.origin);
        disturbance.end();
        clock = run.world.now();
        const { requests, hasStruck } = disturbance;
        return { ...outcome, requests, isStruck: hasStruck(), took: clock - started };
      },
    };
  }
}

interface Outcome {
  /** With `ORIGIN` for the server's address. */
  readonly result: unknown;
  readonly thrown?: unknown;
  readonly faults: readonly { readonly message: string; readonly remedy: string }[];
  readonly requests: readonly string[];
  /** Whether the fault has met its request. */
  readonly isStruck: boolean;
  /** Milliseconds by the world's clock. */
  readonly took: number;
}

interface Scene {
  run(one?: Case): Promise<Outcome>;
  seen(): Promise<unknown>;
  close(): Promise<void>;
}

async function newRun(options: {
  platform: PlatformName;
  stage: Stage;
  cwd: string;
  env: Record<string, string>;
  start: number;
  around: Disturbance['world'];
}): Promise<Run> {
  const { stage, cwd, env, start, around } = options;
  const world = testWorld({ cwd, env, start, ...around });
  const side = { platform: await loadPlatform(options.platform) };
  return {
    world,
    ci: await getCiAdapter(side.platform, { world, owner: OWNER }),
    tracker: await getTrackerAdapter(side.platform, { world, owner: OWNER }),
    sha: stage.sha,
    paceDir: join(cwd, '.pace'),
    dayDir: (day) => join(cwd, `.pace/day-${day}`),
  };
}

async function outcomeOf(step: Step, run: Run, origin: string): Promise<Pick<Outcome, 'result' | 'thrown' | 'faults'>> {
  try {
    const result = await step.act(run);
    const faults = [...run.ci.faults, ...run.tracker.faults];
    return { result: neutral(result, origin), faults };
  } catch (thrown) {
    return { result: undefined, thrown, faults: [] };
  }
}

export function neutral(value: unknown, origin: string): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value).replaceAll(origin, 'ORIGIN'));
}

export async function writeDays(cwd: string): Promise<void> {
  const dayDir = join(cwd, '.pace/day-3');
  await mkdir(dayDir, { recursive: true });
  await writeFile(join(dayDir, 'story.md'), 'title: Buy a hat\nacceptance: it fits\n');
  await writeFile(join(dayDir, 'handoff.md'), 'summary: The hat fits.\n');
}
