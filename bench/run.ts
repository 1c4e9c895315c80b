/**
 * Every figure that PACE promises, measured, in one table: `npm run bench`. Build first. With `--check` it exits 1 when a
 * figure is over its limit.
 */
import { embeddedTracker } from './embedded-tracker.ts';
import { evidence } from './evidence.ts';
import { exportMemory } from './export-memory.ts';
import { show } from './figure.ts';
import { githubListing } from './github-listing.ts';
import { journal } from './journal.ts';
import { platformCount } from './platform-count.ts';
import { requests } from './requests.ts';
import { startup } from './startup.ts';
import { sync } from './sync.ts';
import { waiting } from './waiting.ts';

const over = await show(
  startup,
  platformCount,
  requests,
  waiting,
  evidence,
  journal,

  embeddedTracker,
  githubListing,
  exportMemory,
  sync,
);
if (process.argv.includes('--check') && over > 0) process.exitCode = 1;
