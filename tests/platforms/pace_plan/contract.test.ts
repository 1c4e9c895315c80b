/** The suite against real files: of days, and of stories. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { createTracker } from '../../../platforms/pace_plan/issues.ts';
import { issueTrackerContract } from '../../contract/issue-tracker.ts';
import { testWorld } from '../../support/world.ts';
import { DAYS, STORIES } from './samples.ts';

const OF_START = 'without a start date nothing tells when a story was planned but the time of the file';

const FILES: Readonly<Record<string, { readonly text: string; readonly gaps?: Readonly<Record<string, string>> }>> = {
  'a plan of days': { text: DAYS },
  'a plan of stories': {
    text: `\uFEFF${STORIES.replaceAll('\n', '\r\n')}`,
    gaps: {
      'changes the title and nothing else': OF_START,
      'createdSince and createdUntil, both with the moment itself': OF_START,
    },
  },
};

const OF_FILE = 'the time of change is that of the file';
const NO_AUTHOR = 'nobody writes down who planned a day';

for (const [name, { text, gaps }] of Object.entries(FILES)) {
  issueTrackerContract(
    name,
    async () => {
      const cwd = mkdtempSync(join(tmpdir(), 'pace-plan-'));
      mkdirSync(join(cwd, 'pace'));
      writeFileSync(join(cwd, 'pace/plan.yaml'), text);
      const world = testWorld({ cwd, env: { PACE_AGENT: 'tester' } });
      const open = () => createTracker(world, {});
      return {
        tracker: open(),
        world,
        facts: {
          unknownKey: 'day-999999',
          people: ['ann', 'ben'],
          anybody: true,
          oneNamePerState: true,
          defaults: { type: 'story' },
        },
        gaps: {
          'hostile names in a draft are refused or kept, and reach nothing else': OF_FILE,
          'sort by time of the last change, both ways': OF_FILE,
          author: NO_AUTHOR,
          'all together': NO_AUTHOR,
          ...gaps,
        },
        another: open,
        // the clock of a file system may tick a hundred times a second
        tick: async () => void (await setTimeout(20)),
        dispose: async () => rmSync(cwd, { recursive: true, force: true }),
      };
    },
    { server: false },
  );
}
