/** When an issue may be begun, on trackers that have no field for it: kept in its metadata, beside what programs keep there. */
import { defined } from '../defined.ts';
import { PaceError } from '../errors.ts';
import type { Issue, IssueDraft, IssuePatch, Metadata } from '../ports/issue.ts';
import type { TrackerBatch, TrackerDriver } from '../ports/tracker-driver.ts';

/** Of the metadata. */
export const DEFER_KEY = 'defer_until';

/** The same driver, whose issues tell until when they are deferred. */
export function withDeferral(driver: TrackerDriver): TrackerDriver {
  if (driver.keepsDeferral) return driver;
  const { batch } = driver;
  const told = async (issue: Promise<Issue>) => deferralTold(await issue);
  const patched = async (key: string, { deferUntil, ...patch }: IssuePatch): Promise<IssuePatch> => {
    if (deferUntil === undefined) return patch;
    const before = patch.metadata ?? (await driver.getIssue(key)).metadata;
    return { ...patch, metadata: deferredIn(before, deferUntil) };
  };
  return {
    ...driver,
    getIssue: (key) => told(driver.getIssue(key)),
    async *listIssues(filter) {
      for await (const issue of driver.listIssues(filter)) yield deferralTold(issue);
    },
    createIssue: (draft) => told(driver.createIssue(draftOf(draft))),
    updateIssue: async (key, patch) => told(driver.updateIssue(key, await patched(key, patch))),
    transitionIssue: (key, target) => told(driver.transitionIssue(key, target)),
    ...(batch && { batch: batchWithDeferral(batch, patched) }),
  };
}

function batchWithDeferral(
  { size, create, update }: TrackerBatch,
  patched: (key: string, patch: IssuePatch) => Promise<IssuePatch>,
): TrackerBatch {
  const told = (answers: readonly (Issue | PaceError)[]) =>
    answers.map((answer) => (answer instanceof PaceError ? answer : deferralTold(answer)));
  return {
    size,
    ...(create && { create: async (drafts) => told(await create(drafts.map(draftOf))) }),
    ...(update && {
      update: async (changes) =>
        told(
          await update(
            await Promise.all(changes.map(async ({ key, patch }) => ({ key, patch: await patched(key, patch) }))),
          ),
        ),
    }),
  };
}

/** `undefined` where it is not deferred; a time that is over is told as well. */
function deferralIn(metadata: Metadata): number | undefined {
  const time = metadata[DEFER_KEY];
  const moment = typeof time === 'string' ? Date.parse(time) : Number.NaN;
  return Number.isNaN(moment) ? undefined : moment;
}

function deferralTold(issue: Issue): Issue {
  const deferUntil = issue.deferUntil ?? deferralIn(issue.metadata);
  return { ...issue, ...defined({ deferUntil }) };
}

function draftOf({ deferUntil, ...draft }: IssueDraft): IssueDraft {
  if (deferUntil === undefined) return draft;
  return { ...draft, metadata: deferredIn(draft.metadata ?? {}, deferUntil) };
}

function deferredIn(metadata: Metadata, until: number | null): Metadata {
  const { [DEFER_KEY]: _, ...rest } = metadata;
  return until === null ? rest : { ...rest, [DEFER_KEY]: new Date(until).toISOString() };
}
