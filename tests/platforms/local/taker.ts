/** A process that works: `node taker.ts <workspace>`. Takes what is ready and closes it until nothing is; prints each key. */
import { writeSync } from 'node:fs';
import { setImmediate as turn } from 'node:timers/promises';
import { createTracker } from '../../../platforms/local/issues.ts';
import { testWorld } from '../../support/world.ts';

const [cwd = ''] = process.argv.slice(2);
const agent = `agent-${process.pid}`;
const { claims, transitionIssue } = createTracker(testWorld({ cwd, env: { PACE_AGENT: agent } }), {});

for (;;) {
  const taken = await claims?.claimReady?.({}, { agent, forMs: 60_000 });
  if (!taken) break;
  writeSync(1, `${taken.issue.key}\n`);
  await transitionIssue(taken.issue.key, { state: 'done' });
  await turn();
}
