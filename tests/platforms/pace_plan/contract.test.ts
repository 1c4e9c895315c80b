/** The suite against real files: one that is not there yet, and one of each shape. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { createTracker } from '../../../platforms/pace_plan/issues.ts';
import { issueTrackerContract } from '../../contract/issue-tracker.ts';
import { testWorld } from '../../support/world.ts';
import { DAYS, STORIES, THEMES } from './samples.ts';

const FILES: Readonly<Record<string, string | undefined>> = {
  'a plan that is not there yet': undefined,
  'a plan of days': DAYS,
  'a plan of stories': `\uFEFF${STORIES.replaceAll('\n', '\r\n')}`,
  'a plan of days with stories': THEMES,
};

const OF_FILE = 'the time of change is that of the file';
const NO_AUTHOR = 'nobody writes down who planned a day';

for (const [name, text] of Object.entries(FILES)) {
  issueTrackerContract(
    name,
    async () => {
      const cwd = mkdtempSync(join(tmpdir(), 'pace-plan-'));
      mkdirSync(join(cwd, 'pace'));
      if (text !== undefined) writeFileSync(join(cwd, 'pace/plan.yaml'), text);
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
