/** The loop of docs/issues.md by one agent, in the words of the library; each issue that it works on is a line in the log. */
import { appendFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { PaceError } from '../../core/errors.ts';
import { collect } from '../../core/tracker/collect.ts';
import { type LibraryOptions, openTracker } from '../../src/library.ts';

/** What the parent hands over, as JSON in the first argument. */
export interface LoopOrders {
  readonly agent: string;
  readonly tracker: Pick<LibraryOptions, 'platform' | 'settings' | 'cwd'>;
  readonly label: string;
  readonly log: string;
}

const { agent, label, log, ...orders }: LoopOrders = JSON.parse(process.argv[2] ?? '');
const tracker = await openTracker({ ...orders.tracker, env: { PACE_AGENT: agent } });
for (const { key } of await collect(tracker.listIssues({ state: 'open', labels: [label] }))) {
  if (!(await has(key))) continue;
  appendFileSync(log, `${key} ${agent}\n`);
  await setTimeout(20);
  await tracker.addComment(key, `Done by ${agent}.`);
  await tracker.updateIssue(key, { state: 'in_review', setMetadata: { commit: agent } });
  await tracker.release(key, agent);
}
await tracker.close();

async function has(key: string): Promise<boolean> {
  try {
    await tracker.claim(key, { agent, forMs: 7_200_000, start: true });
    return true;
  } catch (error) {
    if (error instanceof PaceError && error.kind === 'conflict') return false;
    throw error;
  }
}
