/** What every `IssueTracker` must do. A platform's test hands in a driver over whatever stands for its server. */
import { describe, expect } from 'vitest';
import { attachmentCases } from './issue-tracker/attachments.ts';
import { badInputCases } from './issue-tracker/bad-input.ts';
import { batchCases } from './issue-tracker/batches.ts';
import type { TrackerBench } from './issue-tracker/bench.ts';
import { catalogueCases } from './issue-tracker/catalogues.ts';
import { changeCases } from './issue-tracker/changes.ts';
import { claimCases } from './issue-tracker/claims.ts';
import { closerCases } from './issue-tracker/closer.ts';
import { commentCases } from './issue-tracker/comments.ts';
import { deletionCases } from './issue-tracker/deletion.ts';
import { derivedCases } from './issue-tracker/derived.ts';
import { fieldCases } from './issue-tracker/fields.ts';
import { filterCases } from './issue-tracker/filters.ts';
import { identityCases } from './issue-tracker/identity.ts';
import { labelCases } from './issue-tracker/labels.ts';
import { linkCases } from './issue-tracker/links.ts';
import { listCases } from './issue-tracker/lists.ts';
import { measureCases } from './issue-tracker/measures.ts';
import { metadataCases } from './issue-tracker/metadata.ts';
import { movedCases } from './issue-tracker/moved.ts';
import { normalTextCases } from './issue-tracker/normal-text.ts';
import { oddAnswerCases } from './issue-tracker/odd-answers.ts';
import { readinessCases } from './issue-tracker/readiness.ts';
import { readingCases } from './issue-tracker/reading.ts';
import { refusalCases } from './issue-tracker/refusals.ts';
import { stateNameCases } from './issue-tracker/state-names.ts';
import { stateCases } from './issue-tracker/states.ts';
import { createSuite } from './issue-tracker/suite.ts';
import { updatingCases } from './issue-tracker/updating.ts';

export type * from './issue-tracker/bench.ts';

export interface TrackerContractOptions {
  /** `false`: it is a program or a file, and no server is there whose answers could be odd. Those cases are left out then. */
  readonly server?: boolean;
}

/**
 * Registers the suite. One bench serves all cases, so that they also hold in a tracker that is in use; each case marks its
 * issues with a label or a title of its own. What differs between trackers is decided by their capabilities: what is there is
 * proven, what is not must be refused in words and without a request.
 */
export function issueTrackerContract(
  name: string,
  setup: () => Promise<TrackerBench>,
  { server = true }: TrackerContractOptions = {},
): void {
  describe(`${name} as an issue tracker`, () => {
    const suite = createSuite(name, setup);
    readingCases(suite);
    identityCases(suite);
    metadataCases(suite);
    normalTextCases(suite);
    updatingCases(suite);
    fieldCases(suite);
    labelCases(suite);
    stateCases(suite);
    stateNameCases(suite);
    linkCases(suite);
    commentCases(suite);
    deletionCases(suite);
    attachmentCases(suite);
    closerCases(suite);
    movedCases(suite);
    listCases(suite);
    filterCases(suite);
    changeCases(suite);
    catalogueCases(suite);
    derivedCases(suite);
    batchCases(suite);
    claimCases(suite);
    readinessCases(suite);
    refusalCases(suite);
    badInputCases(suite);
    if (server) oddAnswerCases(suite);
    else suite.it('has no server that could answer oddly', () => expect(suite.bench.answerNext).toBeUndefined());
    measureCases(suite);
  });
}
