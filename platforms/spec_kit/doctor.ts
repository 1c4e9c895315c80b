/** What `doctor` looks at on a feature of Spec Kit: its files, and what is wrong with them. Reads only. */
import { looksAt } from '../../core/drivers/diagnosis-looks.ts';
import { readTextFile } from '../../core/drivers/documents/text-files.ts';
import type { Diagnosis } from '../../core/ports/index.ts';
import type { World } from '../../core/world.ts';
import { filesOf, tasksPath } from './address.ts';
import { requireSound, sheetOf } from './wire.ts';

export async function diagnoseFiles(world: World, path: string): Promise<Diagnosis[]> {
  const looks = looksAt('tracker');
  await looks.look(
    'tasks',
    'broken',
    async () => {
      const names = await filesOf(world.cwd, path);
      const files = await Promise.all(names.map((name) => readTextFile(world.cwd, name)));
      const sheet = sheetOf(
        files.filter((file) => file !== undefined),
        tasksPath(path),
      );
      requireSound(sheet);
      return sheet;
    },
    ({ file, stories, taskText }) =>
      taskText === undefined
        ? {
            state: 'unknown',
            detail: `${tasksPath(path)} is not there yet.`,
            remedy: 'It is made with the first task.',
          }
        : `${tasksPath(path)}: tasks: ${file.tasks.length}, stories: ${stories.length}`,
  );
  return looks.diagnoses;
}
