import type { RunProgram } from '../../../core/programs/program.ts';
import { createTracker } from '../../../platforms/fp/issues.ts';
import { issueTrackerContract } from '../../contract/issue-tracker.ts';
import { type FpState, fp, newFp } from '../../support/fp.ts';
import { testWorld } from '../../support/world.ts';

/** The suite on the stand-in itself: a process for each of its thousand calls would only take time. */
function standIn(more: Partial<FpState>) {
  const state = newFp(more);
  const count = { all: 0, writes: 0 };
  const run: RunProgram = async (args) => {
    count.all += 1;
    const isWrite = ['create', 'update', 'add', 'delete'].includes(args[1] ?? '') && !args.includes('--help');
    if (isWrite) count.writes += 1;
    return fp(state, args);
  };
  return { run, requests: () => ({ ...count }) };
}

const RICH = ['todo', 'backlog', 'in-progress', 'Doing', 'in-review', 'blocked', 'done', 'rejected', 'WontFix'];
const variants: [string, Partial<FpState>][] = [
  ['fp as it comes', {}],
  ['fp with labels and statuses of its own', { hasLabels: true, statuses: RICH }],
  ['fp with labels one by one, in an older build', { hasLabels: true, labelForm: 'repeated', lists: 'bare' }],
];

for (const [name, more] of variants) {
  issueTrackerContract(
    name,
    async () => {
      const { run, requests } = standIn(more);
      const another = () => createTracker(testWorld({ cwd: import.meta.dirname }), {}, run);
      return {
        tracker: another(),
        facts: {
          // nobody has promised otherwise
          untold: ['comment'],
          manyIssues: true,
          unknownKey: 'FP-nothere',
          oneNamePerState: more.statuses === undefined,
          // older builds list no properties: each issue is read for its own
          costOfThree: more.lists === 'bare' ? 4 : 1,
        },
        gaps: { 'have everything that the issue itself has': 'fp lists no authors' },
        another,
        tick: () => new Promise((resolve) => setTimeout(resolve, 2)),
        requests,
        dispose: async () => undefined,
      };
    },
    { server: false },
  );
}
