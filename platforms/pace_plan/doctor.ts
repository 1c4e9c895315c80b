/** What `doctor` looks at on a plan: the file, and what is wrong with it. Reads only. */
import { looksAt } from '../../core/drivers/diagnosis-looks.ts';
import { readTextFile } from '../../core/drivers/documents/text-files.ts';
import type { Diagnosis } from '../../core/ports/index.ts';
import type { World } from '../../core/world.ts';
import { sheetOf } from './wire.ts';

export async function diagnoseFiles(world: World, path: string): Promise<Diagnosis[]> {
  const looks = looksAt('tracker');
  await looks.look(
    'plan',
    'broken',
    async () => {
      const file = await readTextFile(world.cwd, path);
      return sheetOf(file ? [file] : [], path);
    },
    ({ given, entries }) =>
      given === undefined
        ? { state: 'unknown', detail: `${path} is not there yet.`, remedy: 'It is made with the first story.' }
        : `${path}: days and stories: ${entries.length}`,
  );
  return looks.diagnoses;
}
