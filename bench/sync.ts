/**
 * What a quiet run of sync costs: two embedded trackers with 5,000 pairs, all changed within the last minutes, so that both are listed whole
 * and every pair is compared; over the bare lists of both. Each is a process of its own. Run: `node bench/sync.ts`
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IssueDraft } from '../core/ports/index.ts';
import { openTracker } from '../platforms/index.ts';
import local from '../platforms/local/index.ts';
import { engine } from '../src/sync/run.ts';
import { type Sides, sidesOf } from '../src/sync/values.ts';
import type { OpenedBackend } from '../src/tracker/backends/open.ts';
import { testWorld } from '../tests/support/world.ts';
import { type Figure, median, show } from './figure.ts';

const PAIRS = [1_000, 5_000] as const;
const ROUNDS = 5;
const MEGABYTE = 1024 * 1024;

export async function* sync(): AsyncGenerator<Figure> {
  for (const pairs of PAIRS) {
    const folder = mkdtempSync(join(tmpdir(), 'pace-bench-'));
    try {
      await fill(folder, pairs);
      const runs = Array.from({ length: ROUNDS }, () => ({
        quiet: child('quiet', folder),
        bare: child('list', folder),
      }));
      const [quiet, bare] = [median(runs.map((one) => one.quiet.cpu)), median(runs.map((one) => one.bare.cpu))];
      const [peak, least] = [median(runs.map((one) => one.quiet.peak)), median(runs.map((one) => one.bare.peak))];
      yield {
        ...{ what: `sync: quiet run with ${pairs} pairs`, measured: quiet / 1000, unit: 's' },
        ...(pairs === PAIRS.at(-1) && { limit: 2 }),
        detail: `own processor time; ${(quiet / bare).toFixed(1)} × the bare lists of both (${(bare / 1000).toFixed(2)} s)`,
      };
      yield {
        ...{ what: `sync: most memory with ${pairs} pairs`, measured: peak, unit: 'MB' },
        detail: `${least.toFixed(0)} MB of the bare lists`,
      };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

interface Cost {
  /** In milliseconds. */
  readonly cpu: number;
  /** In megabytes, of the whole process. */
  readonly peak: number;
}

function child(what: string, folder: string): Cost {
  return JSON.parse(execFileSync(process.execPath, [import.meta.filename, what, folder], { encoding: 'utf8' }));
}

async function opened(cwd: string) {
  const world = testWorld({ cwd, env: { PACE_AGENT: 'bench' }, now: () => Date.now() });
  const open = async (database: string): Promise<OpenedBackend> => {
    const side = { platform: local, section: { database: `.pace/${database}.db` } };
    return { ...side, side, tracker: await openTracker(world, side), name: database, key: '' };
  };
  const both: Sides<OpenedBackend> = { a: await open('a'), b: await open('b') };
  return { world, both };
}

async function fill(folder: string, count: number): Promise<void> {
  const { world, both } = await opened(folder);
  for (let start = 0; start < count; start += 500) {
    const drafts = Array.from({ length: 500 }, (_, index) => draftOf(start + index));
    for (const draft of drafts) await both.a.tracker.createIssue(draft);
  }
  const report = await run({ world, both });
  if (report.counts.pairs !== count) throw new Error(`${report.counts.pairs} pairs were made`);
}

const WORDS = 'the quiet run of a sync looks at all that was changed and finds that nothing has to be written there';

function draftOf(number: number): IssueDraft {
  const body = Array.from({ length: 5 }, (_, line) => `${line}. ${WORDS} (${number}).`).join('\n\n');
  return { title: `Issue ${number}`, body, labels: [`area-${number % 10}`, 'shared'], priority: 2 };
}

function run({ world, both }: Awaited<ReturnType<typeof opened>>) {
  return engine.sync(world, both, {
    ...{ flow: 'both', prefer: 'ask', force: false, dryRun: false, yes: true, full: false, origin: true },
    maps: { states: {}, types: {}, labels: {}, people: {} },
  });
}

async function quiet(folder: string): Promise<void> {
  const { written, left, counts } = await run(await opened(folder));
  if (written.length + left.length > 0) throw new Error(`it was no quiet run: ${JSON.stringify([counts, left[0]])}`);
}

async function list(folder: string): Promise<void> {
  const { both } = await opened(folder);
  const lists = sidesOf((side) => both[side].tracker.listIssues({ state: 'all' }));
  let count = 0;
  for (const issues of [lists.a, lists.b]) for await (const issue of issues) count += issue.title === '' ? 0 : 1;
  if (count === 0) throw new Error('no issue came');
}

async function measured(work: () => Promise<void>): Promise<void> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  const cost: Cost = { cpu: (user + system) / 1000, peak: (process.resourceUsage().maxRSS * 1024) / MEGABYTE };
  process.stdout.write(JSON.stringify(cost));
}

const [, , what, folder = ''] = process.argv;
if (what === 'quiet') await measured(() => quiet(folder));
else if (what === 'list') await measured(() => list(folder));
else if (import.meta.main) await show(sync);
