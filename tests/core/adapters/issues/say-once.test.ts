import { describe, expect, test } from 'vitest';
import { sayOnce } from '../../../../core/adapters/issues/say-once.ts';
import { PaceError } from '../../../../core/errors.ts';
import type { Comment } from '../../../../core/ports/index.ts';
import { type MemoryTracker, type MemoryTrackerOptions, memoryTracker } from '../../../support/memory-tracker.ts';

async function issueWith(said: string[], options: MemoryTrackerOptions = {}): Promise<MemoryTracker> {
  const tracker = memoryTracker(options);
  await tracker.createIssue({ title: 'Held', body: '' });
  for (const text of said) await tracker.addComment('1', text);
  tracker.writes.length = 0;
  return tracker;
}

const said = ({ comments }: MemoryTracker) => (comments.get('1') ?? []).map(({ body }) => body);

describe('what was said last is not said again', () => {
  test.each([
    ['Day 3 ships at `a1`.', 'Day 3 ships at a1', []],
    ['**Day** 3\n\nships.', 'Day 3 ships', []],
    ['Day 3 ships', 'Day 3 holds', ['comment 1']],
    ['Tag 3 läuft', 'Tag 3 lauft', ['comment 1']],
    ['ab', 'a b', ['comment 1']],
  ])('%j was said last: to say %j writes %j', async (last, text, writes) => {
    const tracker = await issueWith([text, 'Something else.', last]);
    await sayOnce(tracker, '1', text);
    expect(tracker.writes).toEqual(writes);
  });

  test('what was said before something else is said again', async () => {
    const tracker = await issueWith(['Day 3 holds', 'I am on it.']);
    await sayOnce(tracker, '1', 'Day 3 holds');
    expect(said(tracker)).toEqual(['Day 3 holds', 'I am on it.', 'Day 3 holds']);
  });
});

describe('two runs that say the same at the same moment', () => {
  /** Another run comments between our look and our own comment. */
  function raced(tracker: MemoryTracker, text: string): void {
    const { addComment } = tracker;
    tracker.addComment = async (key, ours) => {
      await addComment(key, text);
      return addComment(key, ours);
    };
  }

  test('end with one comment: the second takes its own back', async () => {
    const tracker = await issueWith(['Before.']);
    raced(tracker, 'Day 3 *ships*');
    await sayOnce(tracker, '1', 'Day 3 ships');
    expect(said(tracker)).toEqual(['Before.', 'Day 3 *ships*']);
    expect(tracker.writes).toEqual(['comment 1', 'comment 1', 'uncomment 1']);
  });

  test('what is said in the meantime is no reason to take anything back where it is something else', async () => {
    const tracker = await issueWith([]);
    raced(tracker, 'I am on it.');
    await sayOnce(tracker, '1', 'Day 3 ships');
    expect(said(tracker)).toEqual(['I am on it.', 'Day 3 ships']);
  });

  test('the first of them keeps its comment, wherever the second stands by now', async () => {
    const tracker = await issueWith([]);
    const { addComment } = tracker;
    tracker.addComment = async (key, ours) => {
      const comment = await addComment(key, ours);
      await addComment(key, ours);
      return comment;
    };
    await sayOnce(tracker, '1', 'Day 3 ships');
    expect(said(tracker)).toEqual(['Day 3 ships', 'Day 3 ships']);
    expect(tracker.comments.get('1')?.[0]?.id).toBe('1');
  });

  test('where nobody can delete a comment both stay, and that is no trouble', async () => {
    const tracker = await issueWith([], { keepsComments: true });
    raced(tracker, 'Day 3 ships');
    await sayOnce(tracker, '1', 'Day 3 ships');
    expect(said(tracker)).toEqual(['Day 3 ships', 'Day 3 ships']);
  });

  test.each(['permission', 'not-found'] as const)('a deletion that is refused as %s is none either', async (kind) => {
    const tracker = await issueWith([]);
    raced(tracker, 'Day 3 ships');
    tracker.failNext('deleteComment', new PaceError({ kind, message: 'no', remedy: 'ask' }));
    await sayOnce(tracker, '1', 'Day 3 ships');
    expect(said(tracker)).toHaveLength(2);
  });

  test('any other trouble with it is told', async () => {
    const tracker = await issueWith([]);
    raced(tracker, 'Day 3 ships');
    tracker.failNext('deleteComment', new PaceError({ kind: 'transient', message: 'reset', remedy: 'wait' }));
    await expect(sayOnce(tracker, '1', 'Day 3 ships')).rejects.toThrow('reset');
  });

  test('a list that does not show the new comment yet takes nothing back', async () => {
    const tracker = await issueWith(['Something else.', 'Before.']);
    const before: Comment[] = [...(tracker.comments.get('1') ?? [])];
    tracker.listComments = async function* () {
      yield* before;
    };
    await sayOnce(tracker, '1', 'Day 3 ships');
    expect(tracker.writes).toEqual(['comment 1']);
  });
});

test('a comment that is refused is told', async () => {
  const tracker = await issueWith([]);
  tracker.locked.add('1');
  await expect(sayOnce(tracker, '1', 'Day 3 ships')).rejects.toMatchObject({ kind: 'permission' });
});
