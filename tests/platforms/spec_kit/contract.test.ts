/** The suite against real files: those that are not there yet, and those of a feature. */
import { issueTrackerContract } from '../../contract/issue-tracker.ts';
import { specKitBench } from './bench.ts';
import { SPEC, TASKS } from './samples.ts';

const FILES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'a feature without tasks': { 'spec.md': SPEC },
  'the tasks of a feature': { 'spec.md': SPEC, 'tasks.md': TASKS },
  'tasks with Windows line ends': { 'spec.md': SPEC, 'tasks.md': `\uFEFF${TASKS.replaceAll('\n', '\r\n')}` },
};

for (const [name, files] of Object.entries(FILES)) {
  issueTrackerContract(
    name,
    async () => {
      const { world, open, tick, dispose } = specKitBench(files);
      return {
        tracker: open(),
        world,
        facts: {
          unknownKey: 'T99999999',
          people: ['ann', 'ben'],
          anybody: true,
          oneNamePerState: true,
          defaults: { type: 'task' },
        },
        another: open,
        tick,
        dispose,
      };
    },
    { server: false },
  );
}
