/** The issues of a file: parents before those below them, links when all are there. One that fails never stops the rest. */
import { asPaceError, PaceError } from '../../core/errors.ts';
import type { Issue, IssueTracker } from '../../core/ports/index.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import { notTaken } from '../../core/tracker/not-taken.ts';
import { maybeThere } from './create-issue.ts';
import type { Edited } from './edit-issues.ts';
import { needsCapabilities, toDraft } from './edits.ts';
import type { PlannedIssue } from './issue-file.ts';

type Failures = Edited['failed'];

interface Made {
  readonly planned: PlannedIssue;
  readonly issue?: Issue;
  readonly error?: PaceError;
  /** Of what was sent, the fields that the tracker has not taken. */
  readonly missing?: readonly string[];
}

/**
 * `done` stands in the order of the file; a failure has the name that the file gives it. Links that could not be made are `after`. In a
 * dry run nothing gets a key, so relatives of the file keep the names that they have there.
 */
export async function createIssues(
  tracker: IssueTracker,
  all: readonly PlannedIssue[],
  { isDryRun = false, signal }: { readonly isDryRun?: boolean; readonly signal?: AbortSignal | undefined } = {},
): Promise<Edited> {
  const can = all.some(({ change }) => needsCapabilities(change)) ? await tracker.capabilities() : undefined;
  const made = new Map<PlannedIssue, Made>();
  const byId = new Map(all.flatMap((planned) => (planned.id === '' ? [] : [[planned.id, planned] as const])));

  /** The key of another issue of the file, or a key of the tracker as it stands; nothing where that other one was not created. */
  function keyOf(name: string): string | undefined {
    const inFile = byId.get(name);
    if (!inFile) return name;
    return isDryRun ? name : made.get(inFile)?.issue?.key;
  }

  let waiting = [...all];
  while (waiting.length > 0) {
    const ready = waiting.filter(({ parent }) => parent === undefined || !waiting.some(({ id }) => id === parent));
    const orphans = ready.filter(({ parent }) => parent !== undefined && keyOf(parent) === undefined);
    for (const planned of orphans) made.set(planned, { planned, error: noParent(planned) });
    const going = ready.filter((planned) => !orphans.includes(planned));
    const drafts = going.map(({ change, parent }) => ({
      ...toDraft(change, can),
      ...(parent === undefined ? {} : { parent: keyOf(parent) ?? '' }),
    }));
    const answers = await tracker.createMany(drafts, signal ? { signal } : {});
    for (const answer of answers) {
      const planned = going[answer.index];
      if (!planned) continue;
      if (!answer.ok) made.set(planned, { planned, error: maybeThere(answer.error, planned.change.title ?? '') });
      else {
        const { issue } = answer;
        made.set(planned, {
          planned,
          issue,
          missing: notTaken(drafts[answer.index] ?? { title: '', body: '' }, issue),
        });
      }
    }
    waiting = waiting.filter((planned) => !ready.includes(planned));
  }
  const outcomes = all.flatMap((planned) => made.get(planned) ?? []);
  const after: Failures[number][] = [];
  for (const { planned, issue } of outcomes) {
    if (!issue) continue;
    const key = isDryRun ? nameOf(planned) : issue.key;
    for (const link of planned.links)
      after.push(...(await linked(tracker, key, { ...link, target: keyOf(link.target) })));
  }
  return {
    done: outcomes.flatMap(({ issue }) => issue ?? []),
    failed: outcomes.flatMap(({ planned, error }) => (error ? [{ key: nameOf(planned), error }] : [])),
    partly: outcomes.flatMap(({ issue, missing: fields = [] }) =>
      issue && fields.length > 0 ? [{ key: issue.key, fields }] : [],
    ),
    after,
  };
}

async function linked(
  tracker: IssueTracker,
  key: string,
  { type, target }: { readonly type: PlannedIssue['links'][number]['type']; readonly target: string | undefined },
): Promise<Failures> {
  try {
    if (target === undefined) throw noTarget(type);
    await tracker.createLink(key, { type, target });
    return [];
  } catch (error) {
    return [{ key, error: asPaceError(error) }];
  }
}

function nameOf({ id, change }: PlannedIssue): string {
  return id === '' ? plainLine(change.title ?? '', 60) : id;
}

function noParent({ parent = '' }: PlannedIssue): PaceError {
  return new PaceError({
    kind: 'validation',
    message: `It is not created: its parent “${plainLine(parent, 60)}” of the file was not created either.`,
    remedy: 'Please mend that one, and create both.',
  });
}

function noTarget(type: string): PaceError {
  return new PaceError({
    kind: 'validation',
    message: `It has no link “${type}”: the other issue of the file was not created.`,
    remedy: 'Please link it when that one is there: pace issue link.',
  });
}
