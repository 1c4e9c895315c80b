/** The contract suites over a server of somebody's own. Only `npm run contract` runs this file: it writes to that server. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testWorld } from '../../support/world.ts';
import { codeHostContract } from '../code-host.ts';
import { runMark } from '../issue-tracker/texts.ts';
import { issueTrackerContract } from '../issue-tracker.ts';
import { createLedger, type Ledger } from './ledger.ts';
import { type ContractRun, contractRun, settingsFor } from './places.ts';
import { realWorld } from './world.ts';

/** Servers keep whole seconds. */
const SECOND = 1100;

const run = await contractRun((process.env['PACE_CONTRACT_ARGS'] ?? '').split(' '), process.env);
if (!('platform' in run)) throw new Error(run.join('\n'));
if (run.sides.includes('tracker')) testTracker(run);
if (run.sides.includes('host')) testHost(run);

function testTracker(wanted: ContractRun): void {
  const { platform, place, people, manyIssues, settings } = wanted;
  const options = { server: place.tracker?.isProgram !== true };
  const setup = async () => {
    const { createTracker } = platform;
    if (!createTracker) throw new Error(`${platform.title} is no tracker`);
    // where programs look for their database
    const world = realWorld(process.env, process.cwd());
    const ledger = createLedger(runMark());
    const own = settingsFor(wanted, 'tracker');
    const open = async () => ledger.noting(await createTracker(world, own));
    const tracker = await open();
    const unknownKey = place.unknownKey?.(settings);
    const self = async () => [(await tracker.getCurrentUser()).id];
    return {
      real: true,
      tracker,
      // stands still but where a case sets it forward: a claim ends without anybody waiting for it
      world: testWorld({ start: Date.now() }),
      facts: {
        people: people.length > 0 ? people : await self(),
        ...place.tracker?.facts,
        ...(unknownKey === undefined ? {} : { unknownKey }),
        manyIssues,
        oneNamePerState: settings['states'] === undefined,
      },
      gaps: place.tracker?.gaps ?? {},
      another: open,
      tick: () => world.sleep(SECOND),
      dispose: async () => tell(`${platform.title} as an issue tracker`, await ledger.tidy(tracker)),
    };
  };
  issueTrackerContract(platform.title, setup, options);
}

function testHost(wanted: ContractRun): void {
  const { platform, place, sha } = wanted;
  const { capabilities, ...options } = place.host ?? {};
  const ledger: Ledger = createLedger(runMark());
  const setup = async () => {
    if (!platform.createHost) throw new Error(`${platform.title} is no code host`);
    // a host may write its change requests and summaries into the workspace
    const workspace = await mkdtemp(join(tmpdir(), 'pace-contract-'));
    const world = realWorld(process.env, workspace);
    const host = ledger.notingHost(await platform.createHost(world, settingsFor(wanted, 'host')));
    return {
      real: true,
      host,
      sha,
      missingSha: 'dead'.repeat(10),
      ...(capabilities ? { capabilities } : {}),
      dispose: async () => {
        tell(`${platform.title} as a code host`, await ledger.tidy());
        await rm(workspace, { recursive: true });
      },
    };
  };
  codeHostContract(platform.title, setup, options);
}

function tell(what: string, left: readonly string[]): void {
  const lines = left.length > 0 ? left.map((line) => `  ${line}`) : ['  nothing'];
  process.stdout.write(`\nWhat the run ${runMark()} has left there (${what}):\n${lines.join('\n')}\n`);
}
