/** The suite against real files of several kinds. */
import { issueTrackerContract } from '../../contract/issue-tracker.ts';
import { BOLD, ONE, TABLE } from '../../core/epics/samples.ts';
import { markdownBench } from './bench.ts';

interface Variant {
  readonly files: Readonly<Record<string, string>>;
  readonly path: string;
  /** Where the file is one epic, whatever is new belongs to it. */
  readonly gaps?: Readonly<Record<string, string>>;
}

const ONE_EPIC = 'a new story of a file that is one epic belongs to it';
const BELONGS = {
  'that say nothing are not there': ONE_EPIC,
  'parent: comes back and goes, or is refused': ONE_EPIC,
  parent: ONE_EPIC,
  'all together': ONE_EPIC,
};

const FILES = {
  'Markdown that is not there yet': { files: {}, path: 'docs/EPIC.md' },
  'Markdown with fields in tables': { files: { 'shop.md': TABLE }, path: 'shop.md', gaps: BELONGS },
  'Markdown with fields in lines, with several epics': {
    files: { 'pay.md': BOLD.replaceAll('\n', '\r\n') },
    path: 'pay.md',
  },
  'a folder of Markdown stories': {
    files: { 'e/EPIC.md': '# Epic: E-1 - All\n', 'e/US-7.md': ONE, 'e/README.md': '# Not a story' },
    path: 'e',
    gaps: BELONGS,
  },
} as const satisfies Record<string, Variant>;

export type VariantName = keyof typeof FILES;

export function markdownContract(name: VariantName): void {
  const { files, path, gaps }: Variant = FILES[name];
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
        ...(gaps && { gaps }),
        another: open,
        tick: () => world.advance(1000),
        dispose,
      };
    },
    { server: false },
  );
}
