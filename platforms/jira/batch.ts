/** Several new issues in one request. https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-issue-bulk-post */
import { asPaceError, PaceError } from '../../core/errors.ts';
import type { Issue, IssueDraft } from '../../core/ports/index.ts';
import type { JiraApi } from './dialect.ts';
import type { Fields } from './fields.ts';
import { ISSUE_EXPAND, ISSUE_FIELDS, PROPERTY, type WireIssue } from './wire.ts';
import type { Writer } from './writes.ts';

/** https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/ */
export const BULK_SIZE = 50;

interface BulkOptions {
  readonly api: JiraApi;
  readonly writer: Writer;
  /** The way of a single issue: what Jira refuses in bulk it explains there. */
  readonly createOne: (draft: IssueDraft) => Promise<Issue>;
  /** What follows the creation; `wire` is absent when the issue could not be read with the others. */
  readonly finish: (key: string, draft: IssueDraft, wire: WireIssue | undefined) => Promise<Issue>;
  readonly bodyOf: (fields: Fields, draft: IssueDraft) => object;
}

interface WireBulk {
  readonly issues?: readonly { readonly key: string }[];
  readonly errors?: readonly { readonly failedElementNumber?: number }[];
}

export async function createInBulk(
  options: BulkOptions,
  drafts: readonly IssueDraft[],
): Promise<(Issue | PaceError)[]> {
  const { writer, bodyOf, createOne } = options;
  const prepared = await Promise.all(
    drafts.map((draft) => writer.draft(draft).then((fields) => bodyOf(fields, draft), asPaceError)),
  );
  const ready = [...prepared.entries()].flatMap(([index, body]) =>
    body instanceof PaceError ? [] : [{ index, body }],
  );
  const keys =
    ready.length === 0
      ? []
      : await sent(
          options.api,
          ready.map(({ body }) => body),
        );
  const keyAt = new Map(ready.map(({ index }, place) => [index, keys[place]]));
  const created = await readAll(
    options.api,
    keys.filter((key) => key !== undefined),
  );
  return Promise.all(
    drafts.map(async (draft, index) => {
      const failed = prepared[index];
      if (failed instanceof PaceError) return failed;
      const key = keyAt.get(index);
      return (key === undefined ? createOne(draft) : options.finish(key, draft, created.get(key))).catch(asPaceError);
    }),
  );
}

/** The new keys in the order of the bodies; `undefined` for what Jira refused. */
async function sent(api: JiraApi, issueUpdates: readonly object[]): Promise<(string | undefined)[]> {
  const call = { method: 'POST', path: ['issue', 'bulk'], body: { issueUpdates } } as const;
  const { issues = [], errors = [] } = await api
    .call<WireBulk>('createIssue', call)
    .catch((thrown: unknown): WireBulk => {
      const error = asPaceError(thrown);
      // Jira answers so when it has refused them all
      if (error.status === 400)
        return { errors: issueUpdates.map((_, failedElementNumber) => ({ failedElementNumber })) };
      throw error;
    });
  const failed = new Set(errors.map(({ failedElementNumber }) => failedElementNumber));
  const keys = issues.map(({ key }) => key);
  return issueUpdates.map((_, index) => (failed.has(index) ? undefined : keys.shift()));
}

/** What was created is there, whether it can be read with the others or not. */
async function readAll(api: JiraApi, keys: readonly string[]): Promise<ReadonlyMap<string, WireIssue>> {
  if (keys.length === 0) return new Map();
  const search = { keys, fields: ISSUE_FIELDS, expand: ISSUE_EXPAND, property: PROPERTY, fresh: [] };
  const { readMany } = await api.dialect('createIssue');
  const found = await readMany(api, search).catch((): WireIssue[] => []);
  return new Map(found.map((wire) => [wire.key, wire]));
}
