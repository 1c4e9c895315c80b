import { expect, test } from 'vitest';
import { type Review, standingApprovals } from '../../../core/drivers/standing-reviews.ts';

const review = (id: string, says: Review['says'], sha?: string): Review => ({ person: { id, name: id }, says, sha });
const approval = (id: string, sha?: string) => ({ person: { id, name: id }, ...(sha === undefined ? {} : { sha }) });

test('the last word of each person stands', () => {
  const reviews = [
    review('ada', 'approves', 'a'),
    review('grace', 'approves', 'a'),
    review('linus', 'objects', 'a'),
    review('ada', 'approves', 'b'),
    review('grace', 'objects', 'b'),
    review('linus', 'approves'),
  ];
  expect(standingApprovals(reviews)).toEqual([approval('ada', 'b'), approval('linus')]);
});

test('what only comments changes nothing, and nobody says nothing', () => {
  const reviews = [
    review('ada', 'approves', 'a'),
    review('Ada', 'nothing', 'b'),
    review('grace', 'nothing', 'a'),
    { says: 'approves', sha: 'a' } as const,
  ];
  expect(standingApprovals(reviews)).toEqual([approval('ada', 'a')]);
});
