/** What `doctor` looks at in a mission: its files, its log, and whether its lanes can be written. Reads only. */
import { looksAt } from '../../core/drivers/diagnosis-looks.ts';
import { readTextFile } from '../../core/drivers/documents/text-files.ts';
import type { Diagnosis } from '../../core/ports/index.ts';
import { statusFile } from '../../core/spec-kitty/reducer.ts';
import type { World } from '../../core/world.ts';
import { workPackagePaths } from './address.ts';
import { placeOf } from './coordination.ts';
import { boardOf } from './issue-context.ts';

export async function diagnoseMission(world: World, mission: string | undefined): Promise<Diagnosis[]> {
  const looks = looksAt('tracker');
  const place = await looks.look(
    'mission',
    'broken',
    () => placeOf(world, mission, 'note'),
    ({ folder, coordination }) => {
      if (!coordination || coordination.worktree !== undefined) return folder;
      return {
        state: 'degraded',
        detail: `${folder}: its lanes are on ${coordination.branch}, which is not checked out.`,
        remedy:
          'They can be read. To write, the branch has to be checked out below `.worktrees`, as Spec Kitty does it.',
      };
    },
  );
  if (!place) return looks.diagnoses;
  const board = await looks.look(
    'work packages and log',
    'broken',
    async () => {
      const { folder, statusFiles } = place;
      const paths = [`${folder}/meta.json`, ...(await workPackagePaths(world.cwd, folder)), ...statusFiles];
      const files = await Promise.all([...new Set(paths)].map((path) => readTextFile(world.cwd, path)));
      return boardOf(
        files.filter((file) => file !== undefined),
        place,
      );
    },
    ({ packages }) => `${packages.length} of them`,
  );
  if (!board || board.place.coordination?.log !== undefined) return looks.diagnoses;
  const isRight = (board.statusText ?? '') === statusFile(board.log, board.facts) || board.logText === undefined;
  looks.note(
    'status.json',
    isRight
      ? { state: 'ok', detail: 'It says what the log says.' }
      : {
          state: 'degraded',
          detail: 'It does not say what the log says.',
          remedy: 'Please run `spec-kitty agent status materialize`, or let PACE write once.',
        },
  );
  return looks.diagnoses;
}
