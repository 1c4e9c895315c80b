/** The suite against real files: those that are not there yet, and those of a feature. */
import { issueTrackerContract } from '../../contract/issue-tracker.ts';
import { specKitBench } from './bench.ts';
import { SPEC, TASKS } from './samples.ts';

interface Variant {
  readonly files: Readonly<Record<string, string>>;
  readonly gaps?: Readonly<Record<string, string>>;
}

const GAPS = {
  'hostile names in a draft are refused or kept, and reach nothing else': 'the time of change is that of the file',
  'sort by time of the last change, both ways': 'the time of change is that of the file',
  type: 'there are two types, and only stories have children',
  author: 'nobody writes down who made a task',
  'all together': 'nobody writes down who made a task',
};
const WAITS = {
  'is open, claimed by nobody and not deferred, the oldest first': 'a phase waits for the one before it',
};

const FILES: Readonly<Record<string, Variant>> = {
  'a feature without tasks': { files: { 'spec.md': SPEC } },
  'the tasks of a feature': { files: { 'spec.md': SPEC, 'tasks.md': TASKS }, gaps: WAITS },
  'tasks with Windows line ends': {
    files: { 'spec.md': SPEC, 'tasks.md': `\uFEFF${TASKS.replaceAll('\n', '\r\n')}` },
    gaps: WAITS,
  },
};

for (const [name, { files, gaps }] of Object.entries(FILES)) {
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
          types: ['task'],
          parent: { type: 'story' },
        },
        gaps: { ...GAPS, ...gaps },
        another: open,
        tick,
        dispose,
      };
    },
    { server: false },
  );
}
