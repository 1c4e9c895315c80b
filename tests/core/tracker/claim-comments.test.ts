import { describe, expect, test } from 'vitest';
import type { Comment } from '../../../core/ports/index.ts';
import { claimWords, endWords, markIn, notEnded, pastWords } from '../../../core/tracker/claim-comments.ts';

const DAY = 24 * 3_600_000;
const NOW = Date.UTC(2026, 0, 1);

function comment(id: string, body: string, more: Partial<Comment> = {}): Comment {
  return { id, body, createdAt: NOW, ...more };
}

describe('a claim in a comment', () => {
  const ann = { comment: '1', agent: 'ann', until: NOW + DAY };

  test('is read as it is written', () => {
    expect(markIn(comment('1', claimWords(ann)))).toEqual(ann);
    expect(markIn(comment('1', `${claimWords(ann)}\n`))).toEqual(ann);
    expect(markIn(comment('2', endWords(ann)))).toEqual({ ends: '1' });
  });

  test.each([pastWords(ann), 'Claimed by ann.', `I think: ${claimWords(ann)}`, 'Claimed by `ann` until `later`.', ''])(
    'is none in other words: %s',
    (words) => {
      expect(markIn(comment('1', words))).toBeUndefined();
    },
  );

  test('holds thirty days at most since it was written, or made longer', () => {
    const far = claimWords({ agent: 'ann', until: NOW + 400 * DAY });
    expect(markIn(comment('1', far))).toMatchObject({ until: NOW + 30 * DAY });
    expect(markIn(comment('1', far, { editedAt: NOW + DAY }))).toMatchObject({ until: NOW + 31 * DAY });
  });

  test('is gone once another comment has ended it, wherever that stands', () => {
    const ben = { comment: '3', agent: 'ben', until: NOW + DAY };
    expect(notEnded([ann, { ends: '1' }, ben])).toEqual([ben]);
    expect(notEnded([{ ends: '3' }, ann, ben])).toEqual([ann]);
  });
});
