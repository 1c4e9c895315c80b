/** Sets issues and files back to what a backup has of them. */
import { alone } from '../../../core/drivers/documents/document-tracker.ts';
import { readTextFile, replaceTextFile } from '../../../core/drivers/documents/text-files.ts';
import { asPaceError } from '../../../core/errors.ts';
import type { Issue, IssuePatch } from '../../../core/ports/index.ts';
import type { World } from '../../../core/world.ts';
import {
  type Backup,
  openBackups,
  type SavedFile,
  type SavedIssue,
  savedFile,
  savedIssue,
} from '../../epic/backups.ts';
import type { OpenedBackend } from '../../tracker/backends/open.ts';
import { usageError } from '../../tracker/usage.ts';
import { onPairs, syncConfig } from '../sync/on-pairs.ts';
import { openEpicTracker, placeOf } from './ends.ts';
import type { EpicOptions } from './options.ts';

/** One value that is set back, or would be. */
export interface SetBack {
  /** Of an issue, or the path of a file. */
  readonly of: string;
  readonly field: 'title' | 'body' | 'storyPoints' | 'state' | 'text';
  readonly before: unknown;
  readonly after: unknown;
}

export interface Restored {
  readonly backup: string;
  readonly dryRun: boolean;
  readonly changes: readonly SetBack[];
  /** What could not be set back, and why. */
  readonly failed: readonly { readonly of: string; readonly message: string }[];
  /** Of what there was before; `null` where nothing was written. */
  readonly saved: string | null;
}

interface Planned {
  readonly issues: readonly { readonly issue: Issue; readonly changes: readonly SetBack[] }[];
  readonly files: readonly { readonly saved: SavedFile; readonly before: string | null }[];
  readonly failed: Restored['failed'][number][];
}

export async function restoreBackup(outer: World, options: EpicOptions, id: string): Promise<Restored> {
  const { config, execute = false } = options;
  const loaded = await syncConfig(outer, config);
  return onPairs(outer, { loaded, onlyReads: !execute, signal: undefined }, async (world) => {
    const store = openBackups(world, keptIn(world));
    const backup = store.find(id);
    const opened = await openEpicTracker(world, { config, tracker: options.tracker ?? backup.metadata.tracker });
    refuseOther(backup, opened);
    const planned = await plannedOf(world, opened, backup);
    const changes = changesOf(planned);
    const { failed } = planned;
    if (!execute || changes.length === 0) return { backup: id, dryRun: !execute, changes, failed, saved: null };
    const saved = store.save({
      ...backup,
      ...before(world, planned),
      metadata: { ...backup.metadata, trigger: 'pre_restore' },
    });
    for (const one of planned.issues) await written(opened, one, failed);
    for (const one of planned.files) await alone(world, () => fileWritten(world, one, failed));
    return { backup: id, dryRun: false, changes, failed, saved: saved.backup_id };
  });
}

function keptIn(world: World): NonNullable<World['kept']> {
  if (world.kept) return world.kept;
  throw new Error('What PACE keeps is not open.');
}

/** Numbers of one tracker mean other issues in the next. */
function refuseOther({ metadata: { place } }: Backup, { tracker }: OpenedBackend): void {
  const here = placeOf(tracker);
  if (here === place) return;
  throw usageError(`This backup is of ${place}, and the tracker is ${here}.`, 'Please name that one: --tracker NAME.');
}

async function plannedOf(world: World, { tracker }: OpenedBackend, backup: Backup): Promise<Planned> {
  const failed: Restored['failed'][number][] = [];
  const issues: { issue: Issue; changes: SetBack[] }[] = [];
  for (const saved of backup.issues) {
    try {
      const issue = await tracker.getIssue(saved.key);
      const changes = differences(issue, saved);
      if (changes.length > 0 && saved.redacted) failed.push({ of: saved.key, message: REDACTED });
      else if (changes.length > 0) issues.push({ issue, changes });
    } catch (error) {
      failed.push({ of: saved.key, message: asPaceError(error).message });
    }
  }
  const files: Planned['files'][number][] = [];
  for (const saved of backup.files) {
    const now = (await readTextFile(world.cwd, saved.path))?.text ?? null;
    if (now === saved.text) continue;
    if (saved.redacted) failed.push({ of: saved.path, message: REDACTED });
    else files.push({ saved, before: now });
  }
  return { issues, files, failed };
}

const REDACTED = 'It held a credential, which is not kept, so it cannot be set back.';

function differences(issue: Issue, saved: SavedIssue): SetBack[] {
  const all: SetBack[] = [
    { of: issue.key, field: 'title', before: issue.title, after: saved.summary },
    { of: issue.key, field: 'body', before: issue.body, after: saved.description },
    { of: issue.key, field: 'storyPoints', before: issue.storyPoints ?? null, after: saved.story_points },
    { of: issue.key, field: 'state', before: issue.stateName, after: saved.status },
  ];
  return all.filter(({ before: was, after }) => was !== after);
}

function changesOf({ issues, files }: Planned): SetBack[] {
  return [
    ...issues.flatMap(({ changes }) => changes),
    ...files.map(
      ({ saved, before: was }): SetBack => ({ of: saved.path, field: 'text', before: was, after: saved.text }),
    ),
  ];
}

function before(world: World, { issues, files }: Planned): Pick<Backup, 'issues' | 'files'> {
  return {
    issues: issues.map(({ issue }) => savedIssue(issue, { world, subtasks: [] })),
    files: files.map(({ saved, before: text }) => savedFile({ path: saved.path, text }, world)),
  };
}

async function written(
  { tracker }: OpenedBackend,
  { issue, changes }: Planned['issues'][number],
  failed: Restored['failed'][number][],
): Promise<void> {
  const after = new Map(changes.map(({ field, after: value }) => [field, value]));
  const { title, body, storyPoints } = Object.fromEntries(after) as Pick<IssuePatch, 'title' | 'body' | 'storyPoints'>;
  const patch: IssuePatch = {
    ...(title !== undefined && { title }),
    ...(body !== undefined && { body }),
    ...(storyPoints !== undefined && { storyPoints }),
  };
  try {
    if (Object.keys(patch).length > 0) await tracker.updateIssue(issue.key, patch);
    const state = after.get('state');
    if (typeof state === 'string') await tracker.transitionIssue(issue.key, state);
  } catch (error) {
    failed.push({ of: issue.key, message: asPaceError(error).message });
  }
}

async function fileWritten(
  world: World,
  { saved: { path, text }, before: was }: Planned['files'][number],
  failed: Restored['failed'][number][],
): Promise<void> {
  const isWritten = await replaceTextFile(world.cwd, path, { before: was ?? undefined, text: text ?? undefined });
  if (!isWritten) failed.push({ of: path, message: 'Somebody has just changed it: please try again.' });
}
