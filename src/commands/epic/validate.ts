/** What is wrong with the files of an epic, and what could be better. Makes no request. */
import { checked } from '../../../core/epics/checked.ts';
import type { Epics, EpicText, Fault } from '../../../core/epics/epic.ts';
import type { Place } from '../../../core/epics/epic-files.ts';
import { readEpicTexts } from '../../../core/epics/epic-files.ts';
import { isError } from '../../../core/epics/faults.ts';
import type { World } from '../../../core/world.ts';

export interface CheckedFiles {
  readonly texts: readonly EpicText[];
  readonly epics: Epics;
  readonly faults: readonly Fault[];
  readonly warnings: readonly Fault[];
}

export interface CheckOptions {
  /** Warnings are faults. */
  readonly strict: boolean;
  /** What the file lacks may come from the tracker: it need not have a story. */
  readonly mayBeEmpty?: boolean;
}

const NO_STORIES = 'E001';

export async function checkFiles(
  world: World,
  place: Place,
  { strict, mayBeEmpty = false }: CheckOptions,
): Promise<CheckedFiles> {
  const texts = await readEpicTexts(world.cwd, place);
  const { epics, faults: all } = checked(texts);
  const faults = mayBeEmpty ? all.filter(({ code }) => code !== NO_STORIES) : all;
  const isFault = (one: Fault) => strict || isError(one);
  return { texts, epics, faults: faults.filter(isFault), warnings: faults.filter((one) => !isFault(one)) };
}
