/** A process that wants an issue: `node claimer.ts <workspace> <rounds>`. Claims and gives back; prints when it has it and when not. */
import { writeSync } from 'node:fs';
import { setImmediate as turn } from 'node:timers/promises';
import { PaceError } from '../../../core/errors.ts';
import { createTracker } from '../../../platforms/local/issues.ts';
import { testWorld } from '../../support/world.ts';

const [cwd = '', rounds = '0'] = process.argv.slice(2);
const agent = `agent-${process.pid}`;
const { claims } = createTracker(testWorld({ cwd, env: { PACE_AGENT: agent } }), {});

for (let left = Number(rounds); left > 0; await turn()) {
  try {
    await claims?.claim('1', { agent, forMs: 60_000 });
  } catch (error) {
    if (error instanceof PaceError && error.kind === 'conflict') continue;
    throw error;
  }
  writeSync(1, `+${agent}\n`);
  writeSync(1, `-${agent}\n`);
  await claims?.release('1', agent);
  left -= 1;
}
