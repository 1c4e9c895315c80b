/** `pace epic`: what it was asked for, and what became of it. */
import type { World } from '../../../core/world.ts';
import { loadSpectryn } from '../../config/spectryn.ts';
import type { Backup } from '../../epic/backups.ts';
import { usageError } from '../../tracker/usage.ts';
import { listBackups } from './backups.ts';
import type { EpicContext } from './context.ts';
import { epicPlace, openEpicTracker } from './ends.ts';
import type { EpicOptions } from './options.ts';
import { type Restored, restoreBackup } from './restore.ts';
import { type EpicSynced, syncEpic } from './sync.ts';
import { type CheckedFiles, checkFiles } from './validate.ts';

export type EpicDone =
  | { readonly did: 'validate'; readonly found: CheckedFiles }
  | { readonly did: 'sync'; readonly synced: EpicSynced }
  | { readonly did: 'list'; readonly backups: readonly Backup[] }
  | { readonly did: 'restore'; readonly restored: Restored };

export async function runEpic(world: World, options: EpicOptions, context: EpicContext): Promise<EpicDone> {
  refuseAsked(options);
  const { listBackups: isList, restoreBackup: id, validate, markdown, strict = false } = options;
  if (isList) return { did: 'list', backups: await listBackups(world, options) };
  if (id !== undefined) return { did: 'restore', restored: await restoreBackup(world, options, id) };
  if (!validate) return { did: 'sync', synced: await syncEpic(world, options, context) };
  // that the tracker's settings are whole is part of the answer, and no request; of one that nobody names, no variable need be set
  await (options.tracker === undefined ? loadSpectryn(world) : openEpicTracker(world, options));
  const place = await epicPlace(world, markdown, false);
  return { did: 'validate', found: await checkFiles(world, place, { strict }) };
}

/** What is typed is judged as a whole, before anything is opened. */
function refuseAsked(options: EpicOptions): void {
  const {
    validate,
    execute,
    dryRun,
    pull,
    bidirectional,
    listBackups: isList,
    restoreBackup: id,
    story = [],
  } = options;
  const mistakes: string[] = [];
  if (execute && dryRun) mistakes.push('--execute and --dry-run: please give one of them.');
  if (pull && bidirectional) mistakes.push('--pull and --bidirectional: please give one of them.');
  const deeds = [validate && '--validate', isList && '--list-backups', id !== undefined && '--restore-backup'];
  const named = deeds.filter((deed) => typeof deed === 'string');
  if (named.length > 1) mistakes.push(`${named.join(' and ')}: please give one of them.`);
  if (validate && (execute || pull)) mistakes.push('--validate writes nothing: please leave --execute and --pull out.');
  if (story.some((name) => name === '')) mistakes.push('--story: please name a story, e.g. US-001.');
  if (mistakes.length > 0) throw usageError(mistakes.join('\n'), 'Nothing was sent.');
}
