/** The suite against real files: a mission that the program has planned. */
import { issueTrackerContract } from '../../contract/issue-tracker.ts';
import { kittyBench } from './bench.ts';

issueTrackerContract(
  'a mission of Spec Kitty, in which moves may be forced',
  async () => {
    const { world, open, dispose } = kittyBench();
    const another = () => open({ evidence: 'force' });
    return {
      tracker: another(),
      world,
      facts: { unknownKey: 'WP999', people: ['ann', 'ben'], anybody: true },
      another,
      tick: () => world.advance(1000),
      dispose,
    };
  },
  { server: false },
);
