import { describe, expect, it, test } from 'vitest';
import { approvalsIn, dayApprovals } from '../../../../core/adapters/issues/day-approvals.ts';
import type { Comment } from '../../../../core/ports/index.ts';
import { completeTracker } from '../../../../core/tracker/complete-tracker.ts';
import { memoryDriver } from '../../../support/memory-driver.ts';
import { testWorld } from '../../../support/world.ts';

const SHA = 'c0ffee1234567890c0ffee1234567890c0ffee12';
let next = 0;

function comment(body: string, id = 'ada', more: Partial<Comment> = {}): Comment {
  next += 1;
  return { id: String(next), body, author: { id, name: id }, createdAt: next, ...more };
}

const given = (id: string, sha: string, more = {}) => ({ person: { id, name: id }, sha, ...more });

describe('a comment approves', () => {
  test.each([
    ['/approve c0ffee1'],
    ['/approve C0FFEE1'],
    ['/Approve   c0ffee1  '],
    ['`/approve c0ffee1`'],
    ['\\/approve c0ffee1'],
    ['/approve `c0ffee1`'],
    ['\n  /approve c0ffee1\n\nLooks good.'],
    ['/approve c0ffee1\r\nLooks good.'],
  ])('%j', (body) => {
    expect(approvalsIn([comment(body)]).map(({ sha }) => sha?.toLowerCase())).toEqual(['c0ffee1']);
  });

  test.each([
    ['/approve'],
    ['/approve c0ffee'],
    ['/approve not-a-commit'],
    [`/approve ${'c'.repeat(65)}`],
    ['/approve c0ffee1 please'],
    ['/approved c0ffee1'],
    ['approve c0ffee1'],
    ['Please /approve c0ffee1'],
    ['> /approve c0ffee1'],
    ['Fine.\n/approve c0ffee1'],
    [''],
  ])('not with %j', (body) => {
    expect(approvalsIn([comment(body)])).toEqual([]);
  });

  it('by the last word of each person', () => {
    const comments = [
      comment('/approve 1111111', 'ada'),
      comment('/approve 1111111', 'grace'),
      comment('/approve 1111111', 'linus'),
      comment('/approve 2222222', 'Ada'),
      comment('/revoke', 'grace'),
      comment('/revoke 1111111', 'linus'),
      comment('/approve 3333333', 'linus'),
      comment('Thanks!', 'ada'),
    ];
    expect(approvalsIn(comments)).toEqual([given('Ada', '2222222'), given('linus', '3333333')]);
    expect(approvalsIn(comments.toReversed())).toEqual([given('Ada', '2222222'), given('linus', '3333333')]);
  });

  it('only as somebody, and says that it was edited', () => {
    const { author: _, ...anonymous } = comment('/approve c0ffee1');
    expect(approvalsIn([anonymous])).toEqual([]);
    expect(approvalsIn([comment('/approve c0ffee1', 'ada', { editedAt: 9 })])).toEqual([
      given('ada', 'c0ffee1', { isEdited: true }),
    ]);
  });
});

function noting<Answer>(asked: unknown[], answer: Answer): (...given: unknown[]) => Promise<Answer> {
  return async (...given) => {
    asked.push(given);
    return answer;
  };
}

describe('the issues of a day', () => {
  async function stage(issues: { escalation?: string[]; story?: string[] }) {
    const world = testWorld();
    const tracker = completeTracker({ driver: memoryDriver({ world }), name: 'Memory', world });
    const asked: unknown[] = [];
    const opened = async (title: string, comments: string[] | undefined) => {
      if (!comments) return undefined;
      const issue = await tracker.createIssue({ title, body: '' });
      for (const body of comments) await tracker.addComment(issue.key, body);
      return issue;
    };
    const [hold, story] = [await opened('Hold', issues.escalation), await opened('Story', issues.story)];
    const lives = {
      tracker,
      escalations: { issueOf: noting(asked, hold) },
      stories: { issueOf: noting(asked, story) },
    };
    const me = (await tracker.getCurrentUser()).id;
    const request = { sha: SHA, from: [me], count: 1, authors: [], allowAuthor: false, day: 3, dayDir: '/days/day-3' };
    return { lives, request, me, hold, story, asked };
  }

  it('are its escalation and its story', async () => {
    const { lives, request, me, hold, asked } = await stage({ escalation: ['Hello.'], story: [`/approve ${SHA}`] });
    expect(await dayApprovals(lives, { ...request, rememberedKey: 'K-3' })).toEqual({
      by: [me],
      others: [],
      place: { name: hold?.key, url: hold?.url },
    });
    expect(asked).toEqual([
      [3, 'K-3'],
      [3, '/days/day-3'],
    ]);
  });

  it('are its story alone where it does not hold', async () => {
    const { lives, request, story } = await stage({ story: ['/approve deadbeef'] });
    expect(await dayApprovals(lives, request)).toEqual({
      by: [],
      others: [expect.stringContaining('approved another commit (deadbee)')],
      place: { name: story?.key, url: story?.url },
    });
  });

  it('may not be there yet', async () => {
    const { lives, request } = await stage({});
    expect(await dayApprovals(lives, request)).toEqual({ by: [], others: [] });
  });
});
