/** The suite against real files: one that is not there yet, one of each dialect, and a folder. */
import { issueTrackerContract } from '../../contract/issue-tracker.ts';
import { markdownBench } from './bench.ts';

const FILES: Readonly<Record<string, { readonly files: Readonly<Record<string, string>>; readonly path: string }>> = {
  'Markdown that is not there yet': { files: {}, path: 'docs/EPIC.md' },
};

for (const [name, { files, path }] of Object.entries(FILES)) {
  issueTrackerContract(
    name,
    async () => {
      const { world, open, dispose } = markdownBench(files, path);
      return {
        tracker: open(),
        world,
        facts: {
          unknownKey: 'US-999999',
          people: ['ann', 'ben'],
          anybody: true,
          oneNamePerState: true,
          defaults: { type: 'story' },
          parent: { type: 'epic' },
        },
        another: open,
        tick: () => world.advance(1000),
        dispose,
      };
    },
    { server: false },
  );
}
