/** Trackers that are programs have no network: what can fail is each run of the program. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { PaceError } from '../../core/errors.ts';
import type { Platform } from '../../core/ports/index.ts';
import type { ProgramAnswer, RunProgram } from '../../core/programs/program.ts';
import { collect } from '../../core/tracker/collect.ts';
import { createTracker as createBeads } from '../../platforms/beads/issues.ts';
import { createTracker as createFp } from '../../platforms/fp/issues.ts';
import { getCiAdapter, getTrackerAdapter, loadPlatform, openTracker } from '../../platforms/index.ts';
import { bd, newBd } from '../support/bd.ts';
import { fp, newFp } from '../support/fp.ts';
import { testWorld } from '../support/world.ts';
import { differences } from './disturb.ts';
import { neutral, OWNER, type Run, type Step, writeDays } from './scenario.ts';
import { trackerSteps } from './steps.ts';

interface ProgramFault {
  readonly name: string;
  strike(act: () => Promise<ProgramAnswer>): Promise<ProgramAnswer>;
}

const unfinished = () =>
  new PaceError({ kind: 'transient', message: 'The program did not finish.', remedy: 'Please try again.' });

const FAULTS: readonly ProgramFault[] = [
  { name: 'hangs before it has done anything', strike: () => Promise.reject(unfinished()) },
  {
    name: 'hangs when it has done its work',
    strike: async (act) => {
      await act();
      throw unfinished();
    },
  },
  {
    name: 'finds the issues locked',
    strike: async () => ({ code: 1, stdout: '', stderr: 'Error: database is locked by another process\n' }),
  },
  { name: 'says half of it', strike: async (act) => halved(await act()) },
  { name: 'says nothing', strike: async (act) => ({ ...(await act()), stdout: '', stderr: '' }) },
  {
    name: 'crashes at its end',
    strike: async (act) => {
      await act();
      return { code: 2, stdout: '', stderr: 'panic: runtime error\n' };
    },
  },
];

function halved({ code, stdout, stderr }: ProgramAnswer): ProgramAnswer {
  const half = (text: string) => text.slice(0, Math.floor(text.length / 2));
  return { code, stdout: half(stdout), stderr: half(stderr) };
}

/** A platform whose program is in this process, with a fault at one of its calls. */
interface Stand {
  platform(fault?: ProgramFault, at?: number): Promise<Platform>;
  calls(): number;
}

const stands: Readonly<Record<string, () => Stand>> = {
  beads: () => {
    const state = newBd('1.0.5', { numbered: true });
    const program: RunProgram = async (args) => bd(state, args, { BEADS_ACTOR: 'ann' });
    return standOver(
      'beads',
      program,
      (run) => (world, settings) => createBeads(world, { actor: 'ann', ...settings }, run),
    );
  },
  fp: () => {
    const state = newFp({ numbered: true });
    return standOver(
      'fp',
      async (args) => fp(state, args),
      (run) => (world, settings) => createFp(world, settings, run),
    );
  },
};

type Create = NonNullable<Platform['createTracker']>;
type CreateNow = (...given: Parameters<Create>) => Awaited<ReturnType<Create>>;

function standOver(name: 'beads' | 'fp', program: RunProgram, create: (run: RunProgram) => CreateNow): Stand {
  let count = 0;
  return {
    calls: () => count,
    platform: async (fault, at) => {
      count = 0;
      const run: RunProgram = (args) => {
        count += 1;
        const act = () => program(args);
        return fault && count === at ? fault.strike(act) : act();
      };
      return { ...(await loadPlatform(name)), createTracker: async (...given) => create(run)(...given) };
    },
  };
}

/** One case of so many; together with those of the other steps, every fault is met. */
const SHARE = process.env['PACE_TEST_FAULTS'] === 'all' ? 1 : 3;

let [cases, all] = [0, 0];
afterAll(() => {
  const rest = cases < all ? ` of ${all}; PACE_TEST_FAULTS=all runs the others too` : '';
  process.stdout.write(`fault suite, programs: ${cases} cases${rest}\n`);
});

describe.each(Object.entries(stands))(
  '%s: a fault at any run of the program leaves nothing lost and nothing doubled',
  (_, stand) => {
    test.each(trackerSteps.map((step) => [step.name, step] as const))('%s', { timeout: 240_000 }, async (__, step) => {
      const undisturbed = await withScene(stand(), step, async (scene) => {
        const outcome = await scene.run();
        return { ...outcome, calls: scene.calls(), seen: await scene.seen() };
      });
      expect(undisturbed.faults).toEqual([]);
      expect(undisturbed.result).not.toEqual(step.instead);
      const problems: string[] = [];
      for (const fault of FAULTS) {
        for (let at = 1; at <= undisturbed.calls; at += 1) {
          all += 1;
          if (all % SHARE !== 0) continue;
          cases += 1;
          for (const problem of await problemsOf(fault, at)) problems.push(`${fault.name}, run ${at}: ${problem}`);
        }
      }
      expect(problems).toEqual([]);

      function problemsOf(fault: ProgramFault, at: number): Promise<string[]> {
        return withScene(stand(), step, async (scene) => {
          const { result, faults } = await scene.run(fault, at);
          const failed = isDeepStrictEqual(result, step.instead);
          const clean = await scene.run();
          return [
            ...(failed || isDeepStrictEqual(result, undisturbed.result) ? [] : [`it gave ${JSON.stringify(result)}`]),
            ...(failed && faults.length === 0 ? ['it failed without a fault'] : []),
            ...faults.flatMap(({ message, remedy }) =>
              message === '' || remedy === '' || /looks like a defect of PACE/.test(remedy)
                ? [`a fault says ${message}`]
                : [],
            ),
            ...differences('the next run gives', clean.result, undisturbed.result),
            ...differences('the next run has faults', clean.faults, []),
            ...differences('in the end people see', await scene.seen(), undisturbed.seen),
          ];
        });
      }
    });
  },
);

interface Scene {
  run(fault?: ProgramFault, at?: number): Promise<{ result: unknown; faults: Run['tracker']['faults'] }>;
  calls(): number;
  seen(): Promise<unknown>;
}

async function withScene<Result>(stand: Stand, step: Step, use: (scene: Scene) => Promise<Result>): Promise<Result> {
  const cwd = await mkdtemp(join(tmpdir(), 'pace-fault-program-'));
  let clock = Date.now();
  const newRun = async (platform: Platform): Promise<Run> => {
    clock += 1000;
    const world = testWorld({ cwd, start: clock });
    return {
      world,
      ci: await getCiAdapter(platform, { world, owner: OWNER }),
      tracker: await getTrackerAdapter(platform, { world, owner: OWNER }),
      sha: '',
      paceDir: join(cwd, '.pace'),
      dayDir: (day) => join(cwd, `.pace/day-${day}`),
    };
  };
  try {
    await writeDays(cwd);
    for (const earlier of step.before ?? []) await earlier(await newRun(await stand.platform()));
    clock += (step.daysLater ?? 0) * 86_400_000;
    return await use({
      calls: stand.calls,
      run: async (fault, at) => {
        const run = await newRun(await stand.platform(fault, at));
        const result = neutral(await step.act(run), cwd);
        return { result, faults: run.tracker.faults };
      },
      seen: async () => {
        const tracker = await openTracker(testWorld({ cwd, start: clock }), { platform: await stand.platform() });
        const issues = await collect(tracker.listIssues({ state: 'all' }));
        return Promise.all(
          issues.map(async ({ key, title, state, labels }) => {
            const comments = await collect(tracker.listComments(key));
            return { key, title, state, labels, comments: comments.map(({ body }) => body) };
          }),
        );
      },
    });
  } finally {
    await rm(cwd, { recursive: true, force: true });
  }
}
