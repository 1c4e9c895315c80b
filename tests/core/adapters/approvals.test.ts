import { describe, expect, it, test } from 'vitest';
import { type ApprovalRequest, countApprovals, type GivenApproval } from '../../../core/adapters/approvals.ts';
import type { Person } from '../../../core/ports/index.ts';

const SHA = 'c0ffee1234567890c0ffee1234567890c0ffee12';
const person = (id: string, name = ''): Person => ({ id, name });
const by = (id: string, more: Partial<GivenApproval> = {}): GivenApproval => ({
  person: person(id),
  sha: SHA,
  ...more,
});

function wanted(more: Partial<ApprovalRequest> = {}): ApprovalRequest {
  return { sha: SHA, from: ['ada', 'grace'], count: 1, authors: [], allowAuthor: false, ...more };
}

const nobody = { name: 'Memory' };

describe('an approval counts', () => {
  test.each([
    ['of somebody who is named', [by('ada')], {}, { by: ['ada'], others: [] }],
    ['in whatever case the id is written', [by('Ada')], {}, { by: ['Ada'], others: [] }],
    ['and not of anybody else', [by('mallory')], {}, { by: [], others: [] }],
    ['once of each', [by('ada'), by('ADA'), by('grace')], {}, { by: ['ADA', 'grace'], others: [] }],
    ['with the beginning of the hash', [by('ada', { sha: 'C0FFEE1' })], {}, { by: ['ada'], others: [] }],
    [
      'and not for another commit',
      [by('ada', { sha: 'deadbeef99' })],
      {},
      { by: [], others: ['ada approved another commit (deadbee)'] },
    ],
    [
      'and not for a longer hash',
      [by('ada', { sha: `${SHA}0` })],
      {},
      { by: [], others: ['ada approved another commit (c0ffee1)'] },
    ],
    ['and not for nothing', [by('ada', { sha: '' })], {}, { by: [], others: ['ada approved another commit ()'] }],
    [
      'and not when no commit is judged',
      [by('ada', { sha: '' })],
      { sha: '' },
      { by: [], others: ['ada approved another commit ()'] },
    ],
    [
      'and not when the host cannot tell for which',
      [{ person: person('ada') }],
      {},
      { by: [], others: ['ada approved, and which commit is not known'] },
    ],
    [
      'and not after somebody has edited it',
      [by('ada', { isEdited: true }), by('grace', { isEdited: false })],
      {},
      { by: ['grace'], others: ['ada approved by a comment that was edited'] },
    ],
    [
      'and not of an author, by id',
      [by('ada'), by('grace')],
      { authors: [person('ADA')] },
      { by: ['grace'], others: ['ada is an author of it'] },
    ],
    [
      'and not of an author, by name',
      [by('ada', { person: person('u-7', 'Ada Lovelace') })],
      { from: ['u-7'], authors: [person('ada@example.org', ' ada lovelace')] },
      { by: [], others: ['u-7 is an author of it'] },
    ],
    [
      'of others, though nobody has a name',
      [by('ada')],
      { authors: [person('x', ''), person('', '')] },
      { by: ['ada'], others: [] },
    ],
    [
      'of an author, when that is said',
      [by('ada')],
      { authors: [person('ada')], allowAuthor: true },
      { by: ['ada'], others: [] },
    ],
  ] as const)('%s', async (_, given, more, expected) => {
    expect(await countApprovals(nobody, wanted(more), given)).toEqual(expected);
  });
});

describe('teams', () => {
  const asked: string[] = [];
  const host = {
    name: 'Memory',
    isTeamMember: async (team: string, { id }: Person) => {
      asked.push(`${team} ${id}`);
      return id === 'linus';
    },
  };

  it('are asked when people alone are not enough', async () => {
    asked.length = 0;
    const request = wanted({ from: ['ada', '@acme/leads'], count: 2 });
    expect(await countApprovals(host, request, [by('ada'), by('mallory'), by('linus')])).toEqual({
      by: ['ada', 'linus'],
      others: [],
    });
    expect(asked).toEqual(['acme/leads mallory', 'acme/leads linus']);
  });

  it('are not asked when they are', async () => {
    const request = wanted({ from: ['@acme/leads', 'ada'] });
    expect(await countApprovals(nobody, request, [by('linus'), by('ada')])).toEqual({ by: ['ada'], others: [] });
  });

  it('of which nobody can tell are an error, once somebody has approved', async () => {
    const request = wanted({ from: ['@acme/leads'] });
    expect(await countApprovals(nobody, request, [])).toEqual({ by: [], others: [] });
    await expect(countApprovals(nobody, request, [by('linus')])).rejects.toMatchObject({
      message: 'Memory cannot tell who belongs to the team @acme/leads.',
      remedy: 'Please list people in `from`.',
    });
  });
});
