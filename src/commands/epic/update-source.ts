/** Writes into the files which issue each epic, story and subtask is, where that is not there yet, or has become another. */
import { alone } from '../../../core/drivers/documents/document-tracker.ts';
import { readTextFile, replaceTextFile } from '../../../core/drivers/documents/text-files.ts';
import { filesOf } from '../../../core/epics/epic-files.ts';
import { PaceError } from '../../../core/errors.ts';
import { type InStep, type Source, withTrackerBlocks } from '../../epic/tracker-block.ts';
import type { SyncReport } from '../../sync/engine.ts';
import type { Pair } from '../../sync/pair.ts';
import type { Saving } from './backing-up.ts';
import type { EpicRun } from './context.ts';

/** Editors save a file once, not all the time. */
const MOST_TRIES = 5;

/** Gives the files that were written; in a dry run those that would be, as far as what is in step already tells it. */
export async function writeBlocks(
  { world, place, opened, options }: EpicRun,
  { pairs, report, saving }: { readonly pairs: readonly Pair[]; readonly report: SyncReport; readonly saving: Saving },
): Promise<string[]> {
  const source: Source = {
    ...{ tracker: opened.b.platform.title, now: world.now() },
    inStep: new Map(
      pairs.flatMap((pair) => (pair.isApart || pair.orphan ? [] : [[pair.a.key, inStep(pair, report)] as const])),
    ),
  };
  const written: string[] = [];
  for (const path of await filesOf(world.cwd, place)) {
    const isNew = options.execute ? await alone(world, () => updated(path)) : await updated(path);
    if (isNew) written.push(path);
  }
  return written;

  async function updated(path: string): Promise<boolean> {
    for (let tries = 1; tries <= MOST_TRIES; tries += 1) {
      const file = await readTextFile(world.cwd, path);
      if (!file) return false;
      const text = withTrackerBlocks(file, source);
      if (text === file.text) return false;
      if (!options.execute) return true;
      await saving.saveFiles();
      if (await replaceTextFile(world.cwd, path, { before: file.text, text })) return true;
    }
    throw new PaceError({
      kind: 'conflict',
      message: `${path} is being written by another program all the time.`,
      remedy: 'Please try again when that has ended.',
    });
  }
}

function inStep({ a, b }: Pair, { left }: SyncReport): InStep {
  const isAbout = (one: SyncReport['left'][number]) =>
    one.kind !== 'unsupported' && (one.side === 'a' ? one.key === a.key : one.key === b.key);
  return { key: b.key, url: b.url, isLeft: left.some(isAbout) };
}
