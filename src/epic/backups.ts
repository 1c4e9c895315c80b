/** What issues and files were before an epic was written: kept under `.pace/backups`, a folder for each epic, the newest ten of a month. */

import { PaceError } from '../../core/errors.ts';
import type { Kept } from '../../core/kept.ts';
import type { Issue } from '../../core/ports/index.ts';
import { isRecord } from '../../core/record.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import type { World } from '../../core/world.ts';

export interface SavedIssue {
  readonly key: string;
  readonly summary: string;
  readonly description: string;
  readonly status: string;
  readonly issue_type: string | null;
  readonly assignee: string | null;
  readonly story_points: number | null;
  /** Keys. */
  readonly subtasks: readonly string[];
  readonly comments_count: number | null;
  readonly captured_at: string;
  /** It held a credential, which is not kept: it cannot be set back. */
  readonly redacted?: true;
}

export interface SavedFile {
  /** Relative to the workspace. */
  readonly path: string;
  /** `null`: there was none. */
  readonly text: string | null;
  readonly redacted?: true;
}

export interface Backup {
  readonly backup_id: string;
  readonly epic_key: string;
  readonly markdown_path: string;
  readonly created_at: string;
  readonly issues: readonly SavedIssue[];
  readonly files: readonly SavedFile[];
  readonly metadata: {
    readonly trigger: 'pre_sync' | 'pre_restore';
    readonly dry_run: boolean;
    /** What `--tracker` takes, and which tracker that was. */
    readonly tracker: string;
    readonly place: string;
  };
}

export type NewBackup = Omit<Backup, 'backup_id' | 'created_at'>;

const FOLDER = 'backups';
const MOST = 10;
const DAYS_MS = 30 * 24 * 60 * 60_000;
const ID = /^[\w-][\w.-]{0,80}_\d{8}_\d{6}_[0-9a-f]{8}$/;

export interface BackupStore {
  /** Whole on the disk when it returns; older ones than are kept go. Throws a `PaceError`. */
  save(backup: NewBackup): Backup;
  /** The newest first; of one epic, or all. What cannot be read is told, and left out. */
  list(epic?: string): readonly Backup[];
  /** Throws `not-found`. */
  find(id: string): Backup;
}

export function openBackups(world: Pick<World, 'now' | 'random' | 'log'>, kept: Kept): BackupStore {
  function ids(): string[] {
    const folders = kept.names(FOLDER).filter((name) => !name.includes('.'));
    return folders.flatMap((folder) =>
      kept
        .names(`${FOLDER}/${folder}`)
        .filter((name) => name.endsWith('.json') && ID.test(name.slice(0, -5)))
        .map((name) => `${folder}/${name.slice(0, -5)}`),
    );
  }

  function read(place: string): Backup | undefined {
    const found = backupIn(kept.read(`${FOLDER}/${place}.json`));
    if (found) return found;
    world.log.warn(`.pace/${FOLDER}/${plainLine(place, 200)}.json cannot be read as a backup; it is left out.`);
    return undefined;
  }

  function prune(folder: string, saved: string): void {
    const own = ids()
      .filter((place) => place.startsWith(`${folder}/`) && place !== `${folder}/${saved}`)
      .map((place) => ({ place, at: momentOf(place, backupIn(kept.read(`${FOLDER}/${place}.json`))) }))
      .sort((one, other) => other.at - one.at);
    for (const [index, { place, at }] of own.entries())
      if (index >= MOST - 1 || world.now() - at > DAYS_MS) kept.remove(`${FOLDER}/${place}.json`);
  }

  return {
    save({ epic_key, markdown_path, issues, files, metadata }) {
      const { now } = world;
      const folder = folderOf(epic_key);
      const time = new Date(now()).toISOString();
      const chance = Math.floor(world.random() * 0x1_0000_0000);
      const stamp = time.slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '_');
      const id = `${folder}_${stamp}_${chance.toString(16).padStart(8, '0')}`;
      const about = { backup_id: id, epic_key, markdown_path, created_at: time };
      const backup: Backup = { ...about, issues, files, metadata };
      kept.write(`${FOLDER}/${folder}/${id}.json`, `${JSON.stringify(backup, null, 2)}\n`);
      prune(folder, id);
      return backup;
    },
    list: (epic) =>
      ids()
        .filter((place) => epic === undefined || place.startsWith(`${folderOf(epic)}/`))
        .flatMap((place) => read(place) ?? [])
        .sort(youngestFirst),
    find(id) {
      const place = ids().find((each) => each.split('/')[1] === id);
      const found = place === undefined ? undefined : read(place);
      if (found) return found;
      throw new PaceError({
        kind: 'not-found',
        message: `There is no backup “${plainLine(id, 100)}”.`,
        remedy: '`pace epic --list-backups` lists what is available.',
      });
    },
  };
}

/** A name that means nothing to any file system. */
function folderOf(epic: string): string {
  return epic.replaceAll(/[^A-Za-z0-9_-]+/g, '-').slice(0, 60) || 'epic';
}

function timeOf(place: string): number {
  const [, day = '', time = ''] = /_(\d{8})_(\d{6})_[0-9a-f]{8}$/.exec(place) ?? [];
  const iso = `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}T${time.slice(0, 2)}:${time.slice(2, 4)}:${time.slice(4)}Z`;
  return Date.parse(iso) || 0;
}

/** A name tells the second only. */
function momentOf(place: string, backup: Backup | undefined): number {
  return (backup && Date.parse(backup.created_at)) || timeOf(place);
}

function youngestFirst(one: Backup, other: Backup): number {
  return momentOf(other.backup_id, other) - momentOf(one.backup_id, one);
}

export interface Saving {
  readonly world: Pick<World, 'now' | 'redact'>;
  /** Keys. */
  readonly subtasks: readonly string[];
}

export function savedIssue(issue: Issue, { world, subtasks }: Saving): SavedIssue {
  const texts = `${issue.title}\n${issue.body}`;
  return {
    ...{ key: issue.key, summary: issue.title, description: issue.body, status: issue.stateName },
    ...{ issue_type: issue.type ?? null, assignee: issue.assignees[0]?.id ?? null },
    ...{ story_points: issue.storyPoints ?? null, subtasks, comments_count: issue.commentCount ?? null },
    captured_at: new Date(world.now()).toISOString(),
    ...(world.redact(texts) !== texts && { redacted: true }),
  };
}

export function savedFile({ path, text }: Omit<SavedFile, 'redacted'>, world: Pick<World, 'redact'>): SavedFile {
  return { path, text, ...(text !== null && world.redact(text) !== text && { redacted: true }) };
}

function backupIn(bytes: Buffer | undefined): Backup | undefined {
  if (!bytes) return undefined;
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    return isBackup(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isBackup(value: unknown): value is Backup {
  if (!isRecord(value)) return false;
  const { backup_id, epic_key, markdown_path, created_at, issues, files, metadata } = value;
  const areTexts = [backup_id, epic_key, markdown_path, created_at].every((text) => typeof text === 'string');
  return (
    areTexts &&
    isRecord(metadata) &&
    typeof metadata['tracker'] === 'string' &&
    typeof metadata['place'] === 'string' &&
    Array.isArray(issues) &&
    issues.every(isSavedIssue) &&
    Array.isArray(files) &&
    files.every(isSavedFile)
  );
}

function isSavedIssue(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { key, summary, description, status, story_points } = value;
  const areTexts = [key, summary, description, status].every((text) => typeof text === 'string');
  return areTexts && (story_points === null || typeof story_points === 'number');
}

function isSavedFile(value: unknown): boolean {
  return isRecord(value) && typeof value['path'] === 'string' && [null, 'string'].includes(nullOrType(value['text']));
}

function nullOrType(value: unknown): string | null {
  return value === null ? null : typeof value;
}
