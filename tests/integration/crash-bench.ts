/** Runs of the bundle that are killed with SIGKILL, and the run after them: the same end as one undisturbed run. */
import { afterAll, expect } from 'vitest';
import type { BundleRun } from '../support/bundle.ts';
import { junitXml } from '../support/workspace.ts';
import { gitHubState, plainOf, told } from './crash-state.ts';
import { type Bench, JUNIT, newBench, QUICK_CI } from './github-bench.ts';

/** Each is a program of its own, and the other half of the machine is busy with another file. */
const AT_ONCE = 2;

let killed = 0;
afterAll(() => void process.stdout.write(`crash: ${killed} runs were killed\n`));

/** One more run was killed. */
export function countKill(): void {
  killed += 1;
}

export async function forEach<T>(items: Iterable<T>, work: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items].values();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const item of queue) await work(item);
    }),
  );
}

export interface Scenario {
  readonly files: Readonly<Record<string, string>>;
  /** What changes before each further run of the day; the last run is the one that is killed. */
  readonly further?: readonly Readonly<Record<string, string>>[];
}

export const SCENARIOS = {
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

/** On GitHub, up to the run that is killed. */
export async function arranged({ files, further = [] }: Scenario): Promise<Bench> {
  const bench = await newBench({ 'pace.config.yaml': `${QUICK_CI}\n${JUNIT}\n`, ...files });
  for (const changed of further) {
    await bench.step({ day: '1' });
    await bench.workspace.write(changed);
  }
  return bench;
}

export async function endOf(bench: Bench, run: BundleRun): Promise<unknown> {
  const plain = plainOf(bench.github.sha, { origin: bench.github.origin });
  return { told: told(run, plain), state: await gitHubState(bench) };
}

/** Kills a run of the scenario at each point of its talk with GitHub, and looks at what the next run makes of it. */
export async function expectRecovery(scenario: Scenario): Promise<void> {
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
    countKill();
    const when = `killed ${cutOff} request ${request}, ${requests[request - 1]}`;
    expect(cut.code, when).toBe(null);
    expect(await endOf(bench, await bench.step({ day: '1' })), when).toEqual(expected);
  });
}

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
