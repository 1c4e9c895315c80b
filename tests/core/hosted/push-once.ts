/** A program of its own that pushes once: what a test kills between the request and its answer. */
import { openHosted } from '../../../core/hosted/open.ts';
import { createRedactor } from '../../../core/text/redact.ts';
import { processRun } from '../../../src/process/world.ts';

const [address = '', items = '[]'] = process.argv.slice(2);
const quiet = { info: () => {}, warn: () => {}, debug: () => {}, progress: () => {}, group: () => () => {} };
const { world } = processRun(quiet, createRedactor(process.env));
const outcome = await openHosted(world, { address }).push(
  { provider: 'jira', bindingRef: 'bind-1' },
  JSON.parse(items),
);
process.stdout.write(JSON.stringify(outcome));
