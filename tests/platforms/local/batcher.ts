/** A process that writes batches until it is killed: `node batcher.ts <workspace> <size>`. Prints a line when it begins. */
import { writeSync } from 'node:fs';
import { createTracker } from '../../../platforms/local/issues.ts';
import { testWorld } from '../../support/world.ts';

const [cwd = '', size = '0'] = process.argv.slice(2);
const { batch } = createTracker(testWorld({ cwd, env: { PACE_AGENT: 'batcher' } }), {});
const drafts = Array.from({ length: Number(size) }, (_, index) => ({ title: `No. ${index}`, body: 'x '.repeat(200) }));
writeSync(1, 'begins\n');
for (;;) await batch?.create?.(drafts);
