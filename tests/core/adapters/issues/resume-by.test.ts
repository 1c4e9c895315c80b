import { expect, test } from 'vitest';
import { mayResume } from '../../../../core/adapters/issues/resume-by.ts';
import type { Person } from '../../../../core/ports/index.ts';

const ADA: Person = { id: 'ada', name: 'Ada Lovelace' };

function tracker(closer: Person | undefined, teams?: Record<string, string[]>) {
  return {
    name: 'Memory',
    closedBy: async () => closer,
    ...(teams && { isTeamMember: async (team: string, { id }: Person) => teams[team]?.includes(id) ?? false }),
  };
}

test('anyone may, and nobody is asked for', async () => {
  expect(await mayResume({ name: 'Memory' }, 'anyone', '1')).toEqual({ may: true, who: 'anyone' });
});

test.each([
  [['ada'], true],
  [['@ADA'], true],
  [['ada lovelace'], false],
  [['bob', 'Ada'], true],
  [['bob'], false],
  [['ad'], false],
  [['a@da'], false],
  [[], false],
])('of those in %j, Ada may: %j', async (resumeBy, may) => {
  expect(await mayResume(tracker(ADA), resumeBy, '1')).toEqual({ may, who: 'Ada Lovelace' });
});

test('somebody without a name is called by the id', async () => {
  expect(await mayResume(tracker({ id: 'u-7', name: '' }), ['u-8'], '1')).toEqual({ may: false, who: 'u-7' });
});

test.each([
  [['@acme/leads'], true],
  [['acme/leads'], true],
  [['bob', '@acme/leads'], true],
  [['@acme/others'], false],
])('of the teams in %j, Ada may: %j', async (resumeBy, may) => {
  const teams = { 'acme/leads': ['ada'], 'acme/others': ['bob'] };
  expect((await mayResume(tracker(ADA, teams), resumeBy, '1')).may).toBe(may);
});

test('a person who is listed may, whoever is in teams that cannot be asked for', async () => {
  expect((await mayResume(tracker(ADA), ['ada', '@acme/leads'], '1')).may).toBe(true);
});

test('a tracker that knows no teams cannot tell, and says what to list instead', async () => {
  await expect(mayResume(tracker(ADA), ['@acme/leads'], '1')).rejects.toMatchObject({
    kind: 'unsupported',
    message: 'Memory cannot tell who belongs to the team @acme/leads.',
    remedy: 'Please list people in `escalation.resume_by`.',
  });
});

test.each([
  ['cannot tell who closed', { name: 'Memory' }],
  ['does not know who closed', tracker(undefined)],
])('a tracker that %s it lets nobody through by chance', async (_, asked) => {
  await expect(mayResume(asked, ['ada'], '12')).rejects.toMatchObject({
    kind: 'unsupported',
    message: 'Memory does not tell who closed 12, and `escalation.resume_by` says who may.',
    remedy: 'Please open it again and let its day ship, or set `escalation.resume_by: anyone`.',
  });
});
