/** What `doctor` looks at on Markdown epics: the files, and what is wrong with them. Reads only. */
import { looksAt } from '../../core/drivers/diagnosis-looks.ts';
import { readTextFile } from '../../core/drivers/documents/text-files.ts';
import { checked } from '../../core/epics/checked.ts';
import { faultLine, isError } from '../../core/epics/faults.ts';
import type { Diagnosis } from '../../core/ports/index.ts';
import type { World } from '../../core/world.ts';
import { filesOf, placeAt } from './address.ts';

export async function diagnoseFiles(world: World, path: string): Promise<Diagnosis[]> {
  const looks = looksAt('tracker');
  const files = await looks.look(
    'files',
    'broken',
    async () => {
      const names = await filesOf(world.cwd, await placeAt(world.cwd, path));
      const read = await Promise.all(names.map((name) => readTextFile(world.cwd, name)));
      return read.filter((file) => file !== undefined);
    },
    (found) =>
      found.length > 0
        ? `${path}: ${found.length === 1 ? 'one file' : `${found.length} files`}`
        : { state: 'unknown', detail: `${path} is not there yet.`, remedy: 'It is made with the first issue.' },
  );
  if (!files || files.length === 0) return looks.diagnoses;
  const { epics, faults } = checked(files);
  const errors = faults.filter((fault) => isError(fault) && fault.code !== 'E001');
  const [first] = errors;
  looks.note(
    'epics and stories',
    first
      ? {
          state: 'broken',
          detail: faultLine(first),
          remedy: 'Please mend it: docs/epics.md says what each code means.',
        }
      : { state: 'ok', detail: `${epics.sections.length} of them` },
  );
  return looks.diagnoses;
}
