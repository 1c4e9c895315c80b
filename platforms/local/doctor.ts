/** What `doctor` looks at on the embedded platform: whether the database can be read and written. Reads only. */
import { statSync } from 'node:fs';
import { access, constants } from 'node:fs/promises';
import { dirname } from 'node:path';
import { looksAt } from '../../core/drivers/diagnosis-looks.ts';
import { errorCode, PaceError } from '../../core/errors.ts';
import type { Diagnosis } from '../../core/ports/index.ts';
import type { DatabasePlace } from './database-place.ts';
import type { Store } from './store.ts';

export async function diagnoseTracker(store: Store, { path }: Pick<DatabasePlace, 'path'>): Promise<Diagnosis[]> {
  const shown = path;
  const looks = looksAt('tracker');
  const found = await looks.look(
    'database',
    'broken',
    async () =>
      store.read(
        (db) =>
          `${shown} (${sizeOf(path)}), issues: ${Number(db.get('SELECT count(*) AS issues FROM issue')?.['issues'] ?? 0)}`,
        () => `${shown} is created with the first issue`,
      ),
    (detail) => detail,
  );
  if (found === undefined) return looks.diagnoses;
  await looks.look(
    'database: write',
    'broken',
    () => writable(path, shown),
    () => `${shown} can be written.`,
  );
  return looks.diagnoses;
}

/** With what SQLite has not folded back yet. */
function sizeOf(path: string): string {
  const bytes = [path, `${path}-wal`].reduce(
    (sum, each) => sum + (statSync(each, { throwIfNoEntry: false })?.size ?? 0),
    0,
  );
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** The nearest of file and folders that is there decides. */
async function writable(path: string, shown: string): Promise<void> {
  for (let place = path; ; place = dirname(place)) {
    try {
      return await access(place, constants.W_OK);
    } catch (cause) {
      const isMissing = errorCode(cause) === 'ENOENT';
      if (isMissing && dirname(place) !== place) continue;
      throw new PaceError({
        kind: 'permission',
        message: `${shown} cannot be written (${place}).`,
        remedy: 'Please give the user that runs PACE the right to write there.',
        cause,
      });
    }
  }
}
