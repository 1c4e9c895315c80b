/** The embedded platform has no network: what can fail are its files. */
import { chmod, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, describe, expect, test } from 'vitest';
import type { Issue } from '../../core/ports/index.ts';
import { collect } from '../../core/tracker/collect.ts';
import { getCiAdapter, getTrackerAdapter, loadPlatform, openTracker } from '../../platforms/index.ts';
import { testWorld } from '../support/world.ts';
import { differences } from './disturb.ts';
import { neutral, OWNER, type Run, type Step, writeDays } from './scenario.ts';
import { trackerSteps } from './steps.ts';

interface FileFault {
  readonly name: string;
  /** Spoils what is there; the result repairs it. */
  spoil(cwd: string): Promise<() => Promise<void>>;
}

const DATABASE = '.pace/pace.db';

/** Puts something else in the place of a file, which may not be there. */
async function instead(path: string, put: () => Promise<unknown>): Promise<() => Promise<void>> {
  const aside = `${path}-aside`;
  // the database is closed, and whole in its one file, after the turn in which it was used
  await turn();
  const wasThere = await rename(path, aside).then(
    () => true,
    () => false,
  );
  await put();
  return async () => {
    await rm(path, { recursive: true, force: true });
    if (wasThere) await rename(aside, path);
  };
}

const faults: readonly FileFault[] = [
  {
    name: 'a folder in the place of the database',
    spoil: (cwd) => instead(join(cwd, DATABASE), () => mkdir(join(cwd, DATABASE))),
  },
  {
    name: 'a database that is none',
    spoil: (cwd) => instead(join(cwd, DATABASE), () => writeFile(join(cwd, DATABASE), 'not a database '.repeat(500))),
  },
  {
    name: 'a file in the place of .pace',
    spoil: (cwd) => instead(join(cwd, '.pace'), () => writeFile(join(cwd, '.pace'), 'a file')),
  },
];

const NO_RIGHTS: FileFault = {
  name: 'a folder that may not be written',
  spoil: async (cwd) => {
    await chmod(join(cwd, '.pace'), 0o500);
    return () => chmod(join(cwd, '.pace'), 0o755);
  },
};

const isRoot = process.getuid?.() === 0;
const all = isRoot ? faults : [...faults, NO_RIGHTS];
let cases = 0;

afterAll(() => {
  if (isRoot) process.stdout.write(`skipped, ${NO_RIGHTS.name}: root may write everywhere\n`);
  process.stdout.write(`fault suite, local: ${cases} cases\n`);
});

describe('local: a fault of the file system leaves nothing lost and nothing doubled', () => {
  test.each(trackerSteps.map((step) => [step.name, step] as const))('%s', async (_, step) => {
    const undisturbed = await withFolder(step, async (scene) => ({ ...(await scene.run()), seen: await scene.seen() }));
    expect(undisturbed.faults).toEqual([]);
    for (const fault of all) {
      cases += 1;
      await withFolder(step, async (scene) => {
        const repair = await fault.spoil(scene.cwd);
        const disturbed = await scene.run();
        await repair();
        const silent = disturbed.faults.filter(({ message, remedy }) => message === '' || remedy === '');
        const failed = differences('failed', disturbed.result, undisturbed.result).length > 0;
        expect([failed ? disturbed.result : step.instead, silent], fault.name).toEqual([step.instead, []]);
        if (failed) expect(disturbed.faults.length, fault.name).toBeGreaterThan(0);
        const clean = await scene.run();
        expect({ ...clean, seen: await scene.seen() }, fault.name).toEqual(undisturbed);
      });
    }
  });
});

interface Folder {
  readonly cwd: string;
  run(): Promise<{ result: unknown; faults: Run['tracker']['faults'] }>;
  seen(): Promise<unknown>;
}

async function withFolder<Result>(step: Step, use: (folder: Folder) => Promise<Result>): Promise<Result> {
  const cwd = await mkdtemp(join(tmpdir(), 'pace-fault-local-'));
  const side = { platform: await loadPlatform('local') };
  let clock = Date.now();
  const newRun = async (): Promise<Run> => {
    clock += 1000;
    const world = testWorld({ cwd, start: clock });
    return {
      world,
      ci: await getCiAdapter(side.platform, { world, owner: OWNER }),
      tracker: await getTrackerAdapter(side.platform, { world, owner: OWNER }),
      sha: '',
      paceDir: join(cwd, '.pace'),
      dayDir: (day) => join(cwd, `.pace/day-${day}`),
    };
  };
  try {
    await writeDays(cwd);
    for (const earlier of step.before ?? []) await earlier(await newRun());
    clock += (step.daysLater ?? 0) * 86_400_000;
    return await use({
      cwd,
      run: async () => {
        const run = await newRun();
        const result = neutral(await step.act(run), cwd);
        return { result, faults: run.tracker.faults };
      },
      seen: async () => {
        const tracker = await openTracker((await newRun()).world, side);
        const issues: Issue[] = [];
        for await (const issue of tracker.listIssues({ state: 'all' })) issues.push(issue);
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
