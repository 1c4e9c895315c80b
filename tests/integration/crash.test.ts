/** Runs of the bundle that are killed with SIGKILL, and the run after them: the same end as one undisturbed run. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { type BundleRun, runBundle } from '../support/bundle.ts';
import { junitXml, newWorkspace, type Workspace } from '../support/workspace.ts';
import { gitHubState, localState, plainOf, told } from './crash-state.ts';
import { type Bench, JUNIT, newBench, QUICK_CI } from './github-bench.ts';

const workspaces: Workspace[] = [];
let killed = 0;
afterAll(async () => {
  await Promise.all(workspaces.map((workspace) => workspace.dispose()));
  process.stdout.write(`crash: ${killed} runs were killed\n`);
});

/** Two at a time: each is a program of its own. */
const AT_ONCE = 3;

async function forEach<T>(items: Iterable<T>, work: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items].values();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const item of queue) await work(item);
    }),
  );
}

/** The same numbers in every run. https://en.wikipedia.org/wiki/Linear_congruential_generator */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function killAt(options: Record<string, string>): { nodeArgs: string[] } {
  const url = pathToFileURL(join(import.meta.dirname, '..', 'support', 'kill-at.ts'));
  return { nodeArgs: ['--import', `${url}?${new URLSearchParams(options)}`] };
}

/** The changes that a run makes on the disk, in order; those that write text begin with `*`. */
async function stepsOf(run: (options: { nodeArgs: string[] }) => Promise<unknown>): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'pace-steps-'));
  const log = join(folder, 'log');
  await run(killAt({ log }));
  const steps = (await readFile(log, 'utf8')).trim().split('\n');
  await rm(folder, { recursive: true });
  return steps;
}

const AGENTS = `advisory: { push_to_issues: true }
evidence:
  - { name: sentinel, type: report, on_missing: ship }
  - { name: unit, type: junit, path: report.xml }
`;
const SENTINEL = `day: 1
agent: SENTINEL
sentinel_decision: ADVISORY
findings:
  - { check: weak cipher, result: ADVISORY, evidence: seen in app.ts }
  - { check: no rate limit, result: ADVISORY, evidence: seen in app.ts }
`;

const GATED = 'days:\n  - { day: 1, target: Look, human_gate: true }\n  - { day: 2, target: Build }\n';

interface Scenario {
  readonly files: Readonly<Record<string, string>>;
  /** What changes before each further run of the day; the last run is the one that is killed. */
  readonly further?: readonly Readonly<Record<string, string>>[];
}

const SCENARIOS = {
  'a HOLD that opens its issue': { files: { 'report.xml': junitXml('adds') } },
  'a HOLD with another reason': {
    files: { 'report.xml': junitXml('adds') },
    further: [{ 'report.xml': junitXml('subtracts') }],
  },
  'a SHIP that closes the issue': {
    files: { 'report.xml': junitXml('adds') },
    further: [{ 'report.xml': junitXml() }],
  },
} satisfies Record<string, Scenario>;

const GITHUB_SCENARIOS: Readonly<Record<string, Scenario>> = {
  ...SCENARIOS,
  'a HOLD that pauses by variable too': {
    files: { 'report.xml': junitXml('adds'), 'pace.config.yaml': `${QUICK_CI}\n${JUNIT}\npause: { by: both }\n` },
  },
  'a human-gate day that opens its review': { files: { 'report.xml': junitXml(), 'pace/plan.yaml': GATED } },
  'advisories that become an issue': {
    files: {
      'report.xml': junitXml(),
      'pace.config.yaml': `${QUICK_CI}\n${AGENTS}`,
      '.pace/day-1/sentinel.md': SENTINEL,
    },
  },
};

async function arranged({ files, further = [] }: Scenario): Promise<Bench> {
  const bench = await newBench({ 'pace.config.yaml': `${QUICK_CI}\n${JUNIT}\n`, ...files });
  for (const changed of further) {
    await bench.step({ day: '1' });
    await bench.workspace.write(changed);
  }
  return bench;
}

async function endOf(bench: Bench, run: BundleRun): Promise<unknown> {
  const plain = plainOf(bench.github.sha, { origin: bench.github.origin });
  return { told: told(run, plain), state: await gitHubState(bench) };
}

describe('GitHub, killed by what the network does', () => {
  test.each(Object.entries(GITHUB_SCENARIOS))('%s', async (_, scenario) => {
    const undisturbed = await arranged(scenario);
    const expected = await endOf(undisturbed, await undisturbed.step({ day: '1' }));
    const requests = undisturbed.requests();
    await forEach(killsOf(requests), async ({ request, cutOff }) => {
      const bench = await arranged(scenario);
      const kill = new AbortController();
      let asked = 0;
      bench.github.trouble(
        () => {
          asked += 1;
          return asked === request;
        },
        { cutOff, by: () => kill.abort() },
      );
      const cut = await bench.step({ day: '1' }, {}, { killedBy: kill.signal });
      killed += 1;
      const when = `killed ${cutOff} request ${request}, ${requests[request - 1]}`;
      expect(cut.code, when).toBe(null);
      expect(await endOf(bench, await bench.step({ day: '1' })), when).toEqual(expected);
    });
  });
});

interface Kill {
  /** Counted from 1. */
  readonly request: number;
  readonly cutOff: 'before' | 'after';
}

/** Before and after every write, and at the first of the reads that follow one: those behind it find the same. */
function killsOf(requests: readonly string[]): Kill[] {
  const isRead = (request: string | undefined) => request?.startsWith('GET ') ?? false;
  return requests.flatMap((request, index): Kill[] => {
    const at = { request: index + 1 };
    if (!isRead(request))
      return [
        { ...at, cutOff: 'before' },
        { ...at, cutOff: 'after' },
      ];
    return index > 0 && isRead(requests[index - 1]) ? [] : [{ ...at, cutOff: 'before' }];
  });
}

const SEED = 20_261_120;

test('GitHub, killed at moments by chance', async () => {
  const random = seeded(SEED);
  const scenario = SCENARIOS['a HOLD with another reason'];
  const undisturbed = await arranged(scenario);
  const expected = await endOf(undisturbed, await undisturbed.step({ day: '1' }));
  const moments = Array.from({ length: 10 }, () => 100 + Math.floor(random() * 400));
  process.stdout.write(`crash: seed ${SEED}, killed after ${moments.join(', ')} ms\n`);
  await forEach(moments, async (moment) => {
    const bench = await arranged(scenario);
    await bench.step({ day: '1' }, {}, { killedBy: AbortSignal.timeout(moment) });
    killed += 1;
    const end = (await endOf(bench, await bench.step({ day: '1' }))) as object;
    expect(end, `killed after ${moment} ms`).toEqual(expected);
  });
});

describe('two runs of a day at the same time', () => {
  async function open({ issues }: Bench): Promise<string[]> {
    return (await issues()).filter(({ state }) => state === 'open').map(({ html_url }) => html_url);
  }
  const named = (runs: readonly BundleRun[]) => runs.map(({ code, outputs }) => [code, outputs['escalation-url']]);

  test.each([1, 2, 3])('in two clones, which know nothing of each other: one issue is open (time %i)', async () => {
    const bench = await arranged(SCENARIOS['a HOLD that opens its issue']);
    await bench.workspace.git('clone', '--quiet', '.', '.git/other');
    const other = join(bench.workspace.path, '.git/other');
    const runs = await Promise.all([bench.step({ day: '1' }), bench.step({ day: '1' }, {}, { cwd: other })]);
    const [url, ...more] = await open(bench);
    expect([named(runs), more]).toEqual([[1, 1].map((code) => [code, url]), []]);

    await bench.workspace.write({ 'report.xml': junitXml(), '.git/other/report.xml': junitXml() });
    const shipped = await Promise.all([bench.step({ day: '1' }), bench.step({ day: '1' }, {}, { cwd: other })]);
    expect([shipped.map(({ code }) => code), await open(bench)]).toEqual([[0, 0], []]);
  });

  test('in one checkout: the second waits for the first, and finds its issue', async () => {
    const bench = await arranged(SCENARIOS['a HOLD that opens its issue']);
    const runs = await Promise.all([bench.step({ day: '1' }), bench.step({ day: '1' })]);
    const [url, ...more] = await open(bench);
    expect([named(runs), more]).toEqual([[1, 1].map((code) => [code, url]), []]);
    expect((await bench.workspace.decision(1)).attempt).toBe(2);
  });
});

function pace({ path }: Workspace, options: { nodeArgs: string[] } = { nodeArgs: [] }): Promise<BundleRun> {
  return runBundle({ cwd: path, args: ['gate', '--day', '1'], ...options });
}

async function checkout({ files, further = [] }: Scenario): Promise<Workspace> {
  const config = `platform: { ci: local, tracker: local }\n${JUNIT}\n`;
  const workspace = await newWorkspace({ 'pace.config.yaml': config, ...files });
  workspaces.push(workspace);
  for (const changed of further) {
    await pace(workspace);
    await workspace.write(changed);
  }
  return workspace;
}

describe('the embedded tracker, killed at every change on the disk', () => {
  test.each(Object.entries(SCENARIOS))('%s', async (_, scenario) => {
    const undisturbed = await checkout(scenario);
    const { code } = await pace(undisturbed);
    const expected = { code, state: await localState(undisturbed) };
    const steps = await stepsOf(async (options) => pace(await checkout(scenario), options));
    const kills = steps.flatMap((step, index) => {
      const at = { step: String(index + 1) };
      const torn = { ...at, torn: '1' };
      if (!step.startsWith('*')) return [at];
      // a draft that was not begun is as good as one that was torn
      return step.includes('"v":1') ? [at, torn] : [torn];
    });
    await forEach(kills, async (at) => {
      const workspace = await checkout(scenario);
      const cut = await pace(workspace, killAt(at));
      killed += 1;
      const when = `killed at ${JSON.stringify(at)}, ${steps[Number(at.step) - 1]}`;
      expect(cut.code, when).toBe(null);
      const again = await pace(workspace);
      expect({ code: again.code, state: await localState(workspace) }, when).toEqual(expected);
    });
  });
});
