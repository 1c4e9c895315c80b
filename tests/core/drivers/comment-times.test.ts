import { expect, test } from 'vitest';
import { commentTimes } from '../../../core/drivers/comment-times.ts';

const AT = '2026-03-02T09:00:00Z';

test.each([
  [undefined, undefined],
  [null, undefined],
  ['', undefined],
  [AT, undefined],
  ['2026-03-02T08:59:59Z', undefined],
  ['2026-03-02T09:00:01Z', 1],
])('changed at %s', (updated, seconds) => {
  const createdAt = Date.parse(AT);
  const edited = seconds === undefined ? {} : { editedAt: createdAt + seconds * 1000 };
  expect(commentTimes(AT, updated)).toEqual({ createdAt, ...edited });
});
