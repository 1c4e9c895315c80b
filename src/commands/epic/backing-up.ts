/** Keeps what is about to be changed: issues of the tracker as they stand there, files as they are. Once for each run. */
import { readTextFile } from '../../../core/drivers/documents/text-files.ts';
import { filesOf } from '../../../core/epics/epic-files.ts';
import type { Issue } from '../../../core/ports/index.ts';
import { aFewAhead } from '../../../core/tracker/a-few-ahead.ts';
import { openBackups, type SavedFile, savedFile, savedIssue } from '../../epic/backups.ts';
import { keysOf } from '../../epic/outline.ts';
import type { SyncReport } from '../../sync/engine.ts';
import type { Pair } from '../../sync/pair.ts';
import type { EpicRun } from './context.ts';
import { placeOf } from './ends.ts';

export interface Saving {
  /** What these writes change. Throws where it cannot be kept: then nothing is to be written. */
  save(planned: SyncReport): Promise<void>;
  /** The files alone, where that has not been done. */
  saveFiles(): Promise<void>;
  /** Of what was kept. */
  id(): string | null;
}

export function backupOf(run: EpicRun, pairs: readonly Pair[]): Saving {
  const { options, opened } = run;
  let id: string | null = null;
  let hasFiles = false;

  async function keep(keys: readonly string[], withFiles: boolean): Promise<void> {
    if (options.backup === false || !options.execute) return;
    const files = withFiles && !hasFiles ? await filesNow(run) : [];
    if (keys.length + files.length === 0) return;
    const issues: Issue[] = [];
    for await (const issue of aFewAhead(keys, (key) => opened.b.tracker.getIssue(key))) issues.push(issue);
    id = saved(run, pairs, { issues, files });
    hasFiles ||= withFiles;
  }

  return {
    save: ({ written }) => {
      const changed = written.filter(({ side, key }) => side === 'b' && key !== '').map(({ key }) => key);
      const isFileWritten = written.some(({ side }) => side === 'a') || writesFile(run);
      return keep([...new Set(changed)], isFileWritten);
    },
    saveFiles: () => keep([], true),
    id: () => id,
  };
}

function writesFile({ options: { updateSource, bidirectional } }: EpicRun): boolean {
  return updateSource === true || bidirectional === true;
}

async function filesNow({ world, place }: EpicRun): Promise<SavedFile[]> {
  const paths = await filesOf(world.cwd, place);
  if (paths.length === 0 && !place.isFolder) return [{ path: place.path, text: null }];
  const files = await Promise.all(paths.map((path) => readTextFile(world.cwd, path)));
  return files.flatMap((file) => (file ? [savedFile(file, world)] : []));
}

function saved(
  { world, opened, outline, place, epics }: EpicRun,
  pairs: readonly Pair[],
  { issues, files }: { readonly issues: readonly Issue[]; readonly files: readonly SavedFile[] },
): string {
  const { kept } = world;
  if (!kept) throw new Error('What PACE keeps is not open.');
  const [first] = keysOf(outline, 'epic');
  const issueOf = new Map(pairs.map(({ a, b }) => [a.key, b.key]));
  const own = new Map(pairs.map(({ a, b }) => [b.key, a.key]));
  const below = (key: string) =>
    [...outline.values()].flatMap((one) => (one.above === own.get(key) ? (issueOf.get(one.key) ?? []) : []));
  const backup = openBackups(world, kept).save({
    epic_key: issueOf.get(first ?? '') ?? epics[0] ?? first ?? place.path,
    markdown_path: place.path,
    issues: issues.map((issue) => savedIssue(issue, { world, subtasks: own.has(issue.key) ? below(issue.key) : [] })),
    files,
    metadata: { trigger: 'pre_sync', dry_run: false, tracker: opened.b.name, place: placeOf(opened.b.tracker) },
  });
  return backup.backup_id;
}
