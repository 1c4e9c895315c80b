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

/** `strict`: warnings are faults. */
export async function checkFiles(world: World, place: Place, strict: boolean): Promise<CheckedFiles> {
  const texts = await readEpicTexts(world.cwd, place);
  const { epics, faults } = checked(texts);
  const isFault = (one: Fault) => strict || isError(one);
  return { texts, epics, faults: faults.filter(isFault), warnings: faults.filter((one) => !isFault(one)) };
}
