/** The suite against real files: a mission that the program has planned. */
import { issueTrackerContract } from '../../contract/issue-tracker.ts';
import { kittyBench } from './bench.ts';

issueTrackerContract(
  'a mission of Spec Kitty, in which moves may be forced',
  async () => {
    const { open, dispose } = kittyBench();
    const another = () => open({ evidence: 'force' });
    return {
      tracker: another(),
      facts: { unknownKey: 'WP999', people: ['ann', 'ben'], anybody: true },
      another,
      severalNames: another,
      tick: () => new Promise((resolve) => setTimeout(resolve, 3)),
      dispose,
    };
  },
  { server: false },
);
