import type { RunProgram } from '../../../core/programs/program.ts';
import { createTracker } from '../../../platforms/beads/issues.ts';
import { issueTrackerContract } from '../../contract/issue-tracker.ts';
import { type BdVersion, bd, newBd } from '../../support/bd.ts';
import { testWorld } from '../../support/world.ts';

const READS = new Set(['list', 'show', 'context', 'label', '--help', '--version']);

/** The suite on the stand-in itself: a process for each of its thousand calls would only take time. */
function standIn(version: BdVersion, env: Record<string, string> = {}) {
  const state = newBd(version);
  const count = { all: 0, writes: 0 };
  const run: RunProgram = async (args, input) => {
    count.all += 1;
    const words = args.filter((arg) => arg !== '--json');
    const isRead =
      READS.has(words[0] ?? '') || words.includes('--help') || (words[0] === 'comments' && words.length === 2);
    if (!isRead) count.writes += 1;
    return bd(state, args, { BEADS_ACTOR: 'ann', ...env }, () => input ?? '');
  };
  const tick = () => {
    state.ahead += 1000;
  };
  return { run, tick, requests: () => ({ ...count }) };
}

const variants: [string, BdVersion, Record<string, string>][] = [
  ['beads 0.47', '0.47.1', {}],
  ['beads 0.49', '0.49.1', {}],
  ['beads 1.0', '1.0.5', {}],
  ['beads 1.0 with envelopes', '1.0.5', { BD_JSON_ENVELOPE: '1' }],
];

for (const [name, version, env] of variants) {
  issueTrackerContract(
    name,
    async () => {
      const { run, tick, requests } = standIn(version, env);
      const world = testWorld({ cwd: import.meta.dirname });
      const another = () => createTracker(world, { actor: 'ann' }, run);
      return {
        tracker: another(),
        // until when a claim holds is told by our own clock
        world,
        facts: {
          // measured: neither moves the time, labels do so up to 0.49
          untold: version.startsWith('1.') ? ['comment', 'labels'] : ['comment'],
          manyIssues: true,
          // `show` tells what a list of these versions leaves out
          costOfThree: version === '1.0.5' ? 1 : 2,
          unknownKey: 'bd-nothere',
          people: ['ann', 'ben'],
          anybody: true,
          defaults: { type: 'task', priority: 2 },
        },
        another,
        tick,
        requests,
        dispose: async () => undefined,
      };
    },
    { server: false },
  );
}
