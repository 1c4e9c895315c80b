/** What has become of an epic, for programs: in the words that people know from spectryn, and in those of sync beside them. Pure. */
import type { Fault } from '../../core/epics/epic.ts';
import { faultLine } from '../../core/epics/faults.ts';
import type { SyncLine, SyncReport } from '../sync/engine.ts';
import type { Pair } from '../sync/pair.ts';
import { type Kind, keysOf, type Outline } from './outline.ts';

export interface EpicReport {
  readonly success: boolean;
  readonly dry_run: boolean;
  /** Only what had changed was looked at. */
  readonly incremental: boolean;
  /** Each story with its issue. */
  readonly matched_stories: readonly (readonly [story: string, issue: string])[];
  /** Stories that have no issue (in a dry run: not yet). */
  readonly unmatched_stories: readonly string[];
  readonly stats: {
    readonly stories_matched: number;
    readonly stories_created: number;
    readonly stories_updated: number;
    readonly stories_skipped: number;
    readonly subtasks_created: number;
    readonly subtasks_updated: number;
    readonly comments_added: number;
    readonly statuses_updated: number;
  };
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
}

export interface Reporting {
  readonly report: SyncReport;
  readonly outline: Outline;
  readonly pairs: readonly Pair[];
  readonly isFull: boolean;
  readonly success: boolean;
  readonly faults: readonly Fault[];
}

/** The file is side a. */
export function epicReport({ report, outline, pairs, isFull, success, faults }: Reporting): EpicReport {
  const stories = keysOf(outline, 'story');
  const issueOf = new Map(pairs.flatMap(({ a, b, isApart }) => (isApart ? [] : [[a.key, b.key] as const])));
  const matched = stories.flatMap((story) => {
    const issue = issueOf.get(story);
    return issue === undefined ? [] : [[story, issue] as const];
  });
  const lines = report.written.map((line) => ({ ...line, own: fileKey(line, pairs) }));
  const kindOf = (key: string) => outline.get(key)?.kind;
  const count = (of: (line: (typeof lines)[number]) => boolean) => lines.filter(of).length;
  const changed = (isOne: (kind: Kind | undefined) => boolean) =>
    new Set(lines.filter(({ kind, own }) => kind !== 'create' && isOne(kindOf(own))).map(({ own }) => own)).size;
  const updated = changed((kind) => kind === 'story');
  const created = count(({ kind, own }) => kind === 'create' && kindOf(own) === 'story');
  const left = report.left.filter(({ kind }) => kind !== 'unsupported');
  return {
    success,
    dry_run: report.dryRun,
    incremental: !report.isFirst && !isFull,
    matched_stories: matched,
    unmatched_stories: stories.filter((story) => !issueOf.has(story)),
    stats: {
      stories_matched: matched.length,
      stories_created: created,
      stories_updated: updated,
      stories_skipped: Math.max(0, matched.length - updated - (report.dryRun ? 0 : created)),
      subtasks_created: count(({ kind, own }) => kind === 'create' && kindOf(own) === 'subtask'),
      subtasks_updated: changed((kind) => kind === 'subtask'),
      comments_added: count(({ kind }) => kind === 'comment'),
      statuses_updated: count(({ kind, field }) => kind === 'update' && field === 'state'),
    },
    errors: left.map(lineText),
    warnings: [...faults.map(faultLine), ...report.left.filter(({ kind }) => kind === 'unsupported').map(lineText)],
  };
}

/** Which of the file's it is about. */
function fileKey({ side, key, other = '' }: SyncLine, pairs: readonly Pair[]): string {
  if (side === 'a') return key !== '' ? key : (pairs.find(({ b }) => b.key === other)?.a.key ?? '');
  return other;
}

function lineText({ kind, side, key, other = '', field, message, remedy }: SyncLine): string {
  const own = side === 'a' ? [key, other] : [other, key];
  const about = own.filter(Boolean).join(' – ');
  const words = message ?? (kind === 'conflict' ? `The ${field} was changed on both sides.` : kind);
  return [about && `${about}:`, words, remedy].filter(Boolean).join(' ');
}
