/** What became of an epic, for people and for programs. Pure. */
import { faultLine } from '../../core/epics/faults.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import type { EpicDone } from '../commands/epic/epic.ts';
import type { Restored, SetBack } from '../commands/epic/restore.ts';
import type { EpicSynced } from '../commands/epic/sync.ts';
import type { CheckedFiles } from '../commands/epic/validate.ts';
import type { Backup } from '../epic/backups.ts';
import { lineDiff } from './line-diff.ts';
import { outcomeText, type SyncTextLook } from './sync-text.ts';

export function epicText(done: EpicDone, look: SyncTextLook): string {
  if (done.did === 'validate') return checkedText(done.found);
  if (done.did === 'sync') return syncedText(done.synced, look);
  return done.did === 'list' ? listText(done.backups) : restoredText(done.restored);
}

/** One thing for programs. */
export function epicData(done: EpicDone): Record<string, unknown> {
  if (done.did === 'validate') {
    const { faults, warnings } = done.found;
    return { success: faults.length === 0, errors: faults, warnings };
  }
  if (done.did === 'sync') {
    const { report, done: outcome, backup, updated } = done.synced;
    return { ...report, backup, updated, written: outcome.report.written, left: outcome.report.left };
  }
  if (done.did === 'list') return { backups: done.backups.map(listed) };
  return { success: done.restored.failed.length === 0, ...done.restored };
}

function checkedText({ texts, faults, warnings }: CheckedFiles): string {
  const all = [...faults, ...warnings].toSorted(
    (one, other) =>
      place(texts, one.path) - place(texts, other.path) || one.line - other.line || one.column - other.column,
  );
  const [files, wrong, hints] = [texts.length, faults.length, warnings.length];
  const end =
    all.length === 0
      ? `Nothing is wrong in ${counted(files, 'file')}.`
      : `${[wrong > 0 && counted(wrong, 'fault'), hints > 0 && counted(hints, 'warning')].filter(Boolean).join(' and ')} in ${counted(files, 'file')}.`;
  return [...all.map(faultLine), end].map((line) => `${line}\n`).join('');
}

function place(texts: CheckedFiles['texts'], path: string): number {
  return texts.findIndex((text) => text.path === path);
}

function syncedText({ done, backup, updated, report, warnings }: EpicSynced, look: SyncTextLook): string {
  const { dry_run } = report;
  const more = [
    ...(backup === null ? [] : [`Kept before: ${plainLine(backup)} (pace epic --restore-backup ${plainLine(backup)})`]),
    ...updated.map((path) => `${dry_run ? 'Would write' : 'Wrote'} into ${plainLine(path)} which issue each story is.`),
    ...(warnings > 0 ? [`${counted(warnings, 'warning')} about the file: pace epic --validate shows them.`] : []),
    ...(dry_run && done.report.written.length + updated.length > 0 ? ['Nothing was written: --execute writes.'] : []),
  ];
  return `${outcomeText(done, look)}${more.map((line) => `${line}\n`).join('')}`;
}

function listText(backups: readonly Backup[]): string {
  if (backups.length === 0) return 'There are no backups.\n';
  return backups.map((backup) => `${lineOf(backup)}\n`).join('');
}

function lineOf({ backup_id, created_at, markdown_path, issues, files }: Backup): string {
  const parts = [
    issues.length > 0 && counted(issues.length, 'issue'),
    files.length > 0 && counted(files.length, 'file'),
  ];
  const what = parts.filter(Boolean).join(', ');
  return [backup_id, `${created_at.slice(0, 16).replace('T', ' ')} UTC`, markdown_path, what]
    .map((each) => plainLine(each))
    .join('  ');
}

function listed({ backup_id, epic_key, markdown_path, created_at, issues, files, metadata }: Backup) {
  const keys = issues.map(({ key }) => key);
  return {
    backup_id,
    epic_key,
    markdown_path,
    created_at,
    issues: keys,
    files: files.map(({ path }) => path),
    metadata,
  };
}

function restoredText({ backup, dryRun, changes, failed, saved }: Restored): string {
  const lines = [
    ...changes.flatMap(changeLines),
    ...failed.map(({ of, message }) => `  failed ${plainLine(of, 200)}: ${plainLine(message, 300)}`),
    ...(changes.length + failed.length === 0 ? [`All is as ${plainLine(backup)} has it.`] : []),
    ...(saved === null ? [] : [`Kept before: ${plainLine(saved)}`]),
    ...(dryRun && changes.length > 0 ? ['Nothing was written: --execute writes.'] : []),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

const MOST_LINES = 20;
const WORDS = { title: 'title', body: 'body', storyPoints: 'points', state: 'state', text: 'text' } as const;

function changeLines({ of, field, before, after }: SetBack): string[] {
  const head = `  ${plainLine(of, 200)} ${WORDS[field]}`;
  if (field === 'body' || field === 'text') {
    if (after === null) return [`${head}: is removed`];
    const diff = lineDiff(String(before ?? ''), String(after), MOST_LINES);
    return [`${head}:`, ...diff.map(({ sign, text }) => `      ${sign} ${plainLine(text, 200)}`)];
  }
  return [`${head}: ${value(before)} → ${value(after)}`];
}

function value(of: unknown): string {
  return of === null || of === undefined || of === '' ? 'none' : plainLine(String(of), 120);
}

function counted(count: number, what: string): string {
  return `${count} ${count === 1 ? what : `${what}s`}`;
}
