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
  return {
    ...driver,
    getIssue: (key) => told(driver.getIssue(key)),
    async *listIssues(filter) {
      for await (const issue of driver.listIssues(filter)) yield deferralTold(issue);
    },
    createIssue: (draft) => told(driver.createIssue(draftOf(draft))),
    updateIssue: (key, patch) => told(driver.updateIssue(key, patchOf(patch))),
    transitionIssue: (key, target) => told(driver.transitionIssue(key, target)),
    ...(batch && { batch: batchWithDeferral(batch) }),
  };
}

function batchWithDeferral({ size, create, update }: TrackerBatch): TrackerBatch {
  const told = (answers: readonly (Issue | PaceError)[]) =>
    answers.map((answer) => (answer instanceof PaceError ? answer : deferralTold(answer)));
  return {
    size,
    ...(create && { create: async (drafts) => told(await create(drafts.map(draftOf))) }),
    ...(update && {
      update: async (changes) => told(await update(changes.map(({ key, patch }) => ({ key, patch: patchOf(patch) })))),
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
  return deferUntil === undefined
    ? draft
    : { ...draft, metadata: { ...draft.metadata, [DEFER_KEY]: timeOf(deferUntil) } };
}

/** Beside what others keep in the metadata meanwhile, unless all of it is replaced. */
function patchOf({ deferUntil, ...patch }: IssuePatch): IssuePatch {
  if (deferUntil === undefined) return patch;
  const time = deferUntil === null ? null : timeOf(deferUntil);
  if (patch.metadata === undefined) return { ...patch, setMetadata: { ...patch.setMetadata, [DEFER_KEY]: time } };
  const { [DEFER_KEY]: _, ...rest } = patch.metadata;
  return { ...patch, metadata: time === null ? rest : { ...rest, [DEFER_KEY]: time } };
}

function timeOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
