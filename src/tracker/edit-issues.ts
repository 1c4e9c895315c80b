/** One change of one or several issues. */
import { asPaceError, type PaceError } from '../../core/errors.ts';
import { type Issue, type IssuePatch, type IssueTracker, isClosed } from '../../core/ports/index.ts';
import { ME } from '../../core/tracker/checked-input.ts';
import { notTaken } from '../../core/tracker/not-taken.ts';
import { type Waiting, waitingStill } from './closing-notes.ts';
import { type Change, needsCapabilities, needsIssue, toPatch } from './edits.ts';

/** What became of each issue, in the order of the keys. */
export interface Edited {
  readonly done: readonly Issue[];
  readonly failed: readonly { readonly key: string; readonly error: PaceError }[];
  /** Those of `done` of which the tracker has not taken all, with the names of the fields. */
  readonly partly: readonly { readonly key: string; readonly fields: readonly string[] }[];
  /** What was to follow the change of an issue that was made, and has failed. */
  readonly after: readonly { readonly key: string; readonly error: PaceError }[];
  /** Those that were closed while they wait for others. */
  readonly waiting?: readonly Waiting[];
}

export interface EditOptions {
  readonly signal?: AbortSignal | undefined;
  /** Is said once the issue is changed: of one that is refused nothing is said. */
  readonly comment?: string | undefined;
}

/** An issue that is named several times is changed once. */
export async function editIssues(
  tracker: IssueTracker,
  named: readonly string[],
  asked: Change,
  { signal, comment }: EditOptions = {},
): Promise<Edited> {
  const change = await withMe(tracker, asked);
  const keys = distinct(named);
  const can = needsCapabilities(change) ? await tracker.capabilities() : undefined;
  const patches = await Promise.all(
    keys.map(async (key) => {
      if (!needsIssue(change)) return toPatch(change, undefined, can);
      // an issue that is not there fails below, in its turn
      const issue = await tracker.getIssue(key).catch(() => undefined);
      return toPatch(change, issue, can);
    }),
  );
  const edited = await patched(tracker, keys, patches, signal);
  const closes = change.values.state !== undefined && isClosed(change.values.state);
  const after: Edited['after'][number][] = [];
  for (const { key } of edited.done) {
    const error = await followed(tracker, key, { comment, closes });
    if (error) after.push({ key, error });
  }
  return { ...edited, after, ...(closes && { waiting: await waitingStill(tracker, edited.done) }) };
}

/** Who `@me` is, is asked once for all issues. */
async function withMe(tracker: IssueTracker, change: Change): Promise<Change> {
  const names = ['assignees', 'addAssignees', 'removeAssignees'] as const;
  if (!names.some((name) => change[name]?.includes(ME))) return change;
  const { id } = await tracker.getCurrentUser();
  const named = names.map((name) => [name, change[name]?.map((who) => (who === ME ? id : who))]);
  return { ...change, ...Object.fromEntries(named) };
}

/** `12`, `#12` and ` 12 ` are one issue. */
export function distinct(keys: readonly string[]): string[] {
  const seen = new Map(keys.toReversed().map((key) => [key.trim().replace(/^#/, '').toLowerCase(), key]));
  return [...seen.values()].reverse();
}

async function patched(
  tracker: IssueTracker,
  keys: readonly string[],
  patches: readonly IssuePatch[],
  signal: AbortSignal | undefined,
): Promise<Omit<Edited, 'after' | 'waiting'>> {
  const changes = keys.map((key, index) => ({ key, patch: patches[index] ?? {} }));
  const answers = await tracker.updateMany(changes, signal ? { signal } : {});
  const done = answers.flatMap((answer) => (answer.ok ? [answer] : []));
  const partly = done.map(({ index, issue }) => ({ key: issue.key, fields: notTaken(patches[index] ?? {}, issue) }));
  return {
    done: done.map(({ issue }) => issue),
    failed: answers.flatMap((answer) => (answer.ok ? [] : [{ key: keys[answer.index] ?? '', error: answer.error }])),
    partly: partly.filter(({ fields }) => fields.length > 0),
  };
}

/** A word about the change, and the end of a claim on what is closed. */
async function followed(
  tracker: IssueTracker,
  key: string,
  { comment, closes }: { readonly comment: string | undefined; readonly closes: boolean },
): Promise<PaceError | undefined> {
  try {
    if (comment !== undefined) await tracker.addComment(key, comment);
    if (closes) await tracker.endClaim(key);
    return undefined;
  } catch (error) {
    return asPaceError(error);
  }
}
