/** A process that writes: `node writer.ts <workspace> <count> <batch | turns>`. Prints the key of every issue once it is stored. */
import { writeSync } from 'node:fs';
import { setImmediate as turn } from 'node:timers/promises';
import { createTracker } from '../../../platforms/local/issues.ts';
import { testWorld } from '../../support/world.ts';

const [cwd = '', count = '0', mode = 'batch'] = process.argv.slice(2);
const tracker = createTracker(testWorld({ cwd, env: { PACE_AGENT: `writer-${process.pid}` } }), {});
const labels = ['shared', `of-${process.pid}`];

for (let index = 0; index < Number(count); index += 1) {
  const issue = await tracker.createIssue({
    title: `No. ${index}`,
    body: 'x'.repeat(500),
    labels,
    metadata: { index },
  });
  writeSync(1, `${issue.key}\n`);
  // lets the store close, as between two steps of a real run
  if (mode === 'turns') await turn();
}
