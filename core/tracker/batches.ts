/** Many writes: bounded in number, one answer per item, one bad item never stops the rest. */
import { asPaceError, PaceError } from '../errors.ts';
import type { Issue } from '../ports/issue.ts';
import type { BatchAnswer, BatchOptions } from '../ports/issue-tracker.ts';

export interface BatchWork<Item> {
  /** Refuses an item, or makes it ready, before anything of it is sent. */
  check(item: Item): Promise<Item>;
  one(item: Item): Promise<Issue>;
  /** Several in one request, at most `size`. */
  many?(items: readonly Item[]): Promise<(Issue | PaceError)[]>;
  readonly size?: number;
}

const CONCURRENCY = 4;

/** Answers in the order of the items. After an abort what was not begun is answered with the reason. */
export async function inBatches<Item>(
  work: BatchWork<Item>,
  items: Iterable<Item>,
  { concurrency = CONCURRENCY, onAnswer, signal }: BatchOptions = {},
): Promise<BatchAnswer[]> {
  const all = [...items];
  const answers: BatchAnswer[] = [];
  const queue = chunks(all, work.many ? (work.size ?? 1) : 1);
  async function worker(): Promise<void> {
    for (let chunk = queue.shift(); chunk; chunk = queue.shift()) {
      for (const answer of await answered(work, chunk, signal)) {
        answers[answer.index] = answer;
        onAnswer?.(answer);
      }
    }
  }
  await Promise.all(Array.from({ length: Math.max(1, Math.min(concurrency, queue.length)) }, worker));
  return answers;
}

interface BatchPlace<Item> {
  readonly index: number;
  readonly item: Item;
}

function chunks<Item>(items: readonly Item[], size: number): BatchPlace<Item>[][] {
  const places = items.map((item, index) => ({ index, item }));
  const starts = Array.from({ length: Math.ceil(places.length / size) }, (_, chunk) => chunk * size);
  return starts.map((start) => places.slice(start, start + size));
}

async function answered<Item>(
  work: BatchWork<Item>,
  chunk: readonly BatchPlace<Item>[],
  signal: AbortSignal | undefined,
): Promise<BatchAnswer[]> {
  if (signal?.aborted) return chunk.map(({ index }) => ({ index, ok: false, error: interrupted() }));
  const failed: BatchAnswer[] = [];
  const ready: BatchPlace<Item>[] = [];
  for (const { index, item } of chunk) {
    try {
      ready.push({ index, item: await work.check(item) });
    } catch (error) {
      failed.push(failure(index, error));
    }
  }
  return [...failed, ...(await sent(work, ready))];
}

async function sent<Item>(work: BatchWork<Item>, ready: readonly BatchPlace<Item>[]): Promise<BatchAnswer[]> {
  const { many } = work;
  if (many && ready.length > 1) {
    try {
      const found = await many(ready.map(({ item }) => item));
      return ready.map(({ index }, place) => toAnswer(index, found[place]));
    } catch (error) {
      return ready.map(({ index }) => failure(index, error));
    }
  }
  const answers: BatchAnswer[] = [];
  for (const { index, item } of ready) {
    answers.push(
      await work.one(item).then(
        (issue) => toAnswer(index, issue),
        (error: unknown) => failure(index, error),
      ),
    );
  }
  return answers;
}

function toAnswer(index: number, found: Issue | PaceError | undefined): BatchAnswer {
  if (found === undefined) return failure(index, new Error('The tracker gave no answer for this item.'));
  return found instanceof PaceError ? { index, ok: false, error: found } : { index, ok: true, issue: found };
}

function failure(index: number, error: unknown): BatchAnswer {
  return { index, ok: false, error: asPaceError(error) };
}

function interrupted(): PaceError {
  return new PaceError({
    kind: 'transient',
    message: 'This item was not started: the batch was interrupted.',
    remedy: 'Please run it again for the items that are left.',
  });
}
