/** Ten new tasks in one request. https://developers.asana.com/docs/batch-requests */
import { asPaceError, PaceError } from '../../core/errors.ts';
import { unexpectedAnswer } from '../../core/http/unexpected-answer.ts';
import type { Issue, IssueDraft, TrackerBatch } from '../../core/ports/index.ts';
import type { Tracker } from './issue-context.ts';
import { refusedPart } from './refusals.ts';
import { TASK_FIELDS, type WireTask } from './wire.ts';
import { finished, type ReadyDraft, readyDraft } from './writes.ts';

/** Asana takes no more actions at once. */
const SIZE = 10;

interface WirePart {
  readonly status_code?: number;
  readonly body?: { readonly data?: WireTask } | null;
}

export function createBatch(tracker: Tracker): TrackerBatch {
  const { api } = tracker;

  async function create(drafts: readonly IssueDraft[]): Promise<(Issue | PaceError)[]> {
    const ready: (ReadyDraft | PaceError)[] = [];
    for (const draft of drafts) ready.push(await readyDraft(tracker, draft).catch(asPaceError));
    const sent = ready.filter((item): item is ReadyDraft => !(item instanceof PaceError));
    const parts = sent.length === 0 ? [] : await post(sent);
    const outcomes = new Map(sent.map((item, index) => [item, parts[index]]));
    return Promise.all(
      ready.map((item) => (item instanceof PaceError ? item : outcome(item, outcomes.get(item)).catch(asPaceError))),
    );
  }

  async function post(ready: readonly ReadyDraft[]): Promise<readonly WirePart[]> {
    const actions = ready.map(({ data }) => ({
      relative_path: '/tasks',
      method: 'post',
      data,
      options: { fields: TASK_FIELDS },
    }));
    const parts = await api.call<readonly WirePart[]>('createIssue', {
      method: 'POST',
      path: '/batch',
      data: { actions },
    });
    if (Array.isArray(parts) && parts.length === ready.length) return parts;
    throw unexpectedAnswer('Asana', 'a batch has a different number of answers');
  }

  async function outcome({ move }: ReadyDraft, part: WirePart | undefined): Promise<Issue> {
    const { status_code: status, body } = part ?? {};
    if (typeof status !== 'number') throw unexpectedAnswer('Asana', 'a part of a batch has no status');
    if (status >= 400) throw refusedPart(status, body, { operation: 'createIssue', project: api.project });
    if (!body?.data) throw unexpectedAnswer('Asana', 'a part of a batch has no task');
    return finished(tracker, body.data, move);
  }

  return { size: SIZE, create };
}
