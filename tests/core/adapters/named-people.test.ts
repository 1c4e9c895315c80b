import { expect, test } from 'vitest';
import { isListed, isNamed, isTeam } from '../../../core/adapters/named-people.ts';
import type { Person } from '../../../core/ports/index.ts';

const ADA: Person = { id: 'ada', name: 'Ada Lovelace' };

test.each([
  ['@acme/leads', true],
  ['acme/leads', true],
  ['acme/platform/leads', true],
  ['@ada', false],
  ['ada', false],
])('%s is a team: %s', (name, expected) => {
  expect(isTeam(name)).toBe(expected);
});

test.each([
  [['ada'], true],
  [['@Ada'], true],
  [['bob', 'ADA'], true],
  [['Ada Lovelace'], false],
  [['ad'], false],
  [['ada/ada'], false],
  [[], false],
])('%j lists Ada: %s', (names, expected) => {
  expect(isListed(names, ADA)).toBe(expected);
});

test('teams are asked for one after the other, and only as long as nobody has found the person', async () => {
  const asked: string[] = [];
  const host = {
    name: 'Memory',
    isTeamMember: async (team: string, person: Person) => {
      asked.push(`${team} ${person.id}`);
      return team === 'acme/b';
    },
  };
  expect(await isNamed(host, ['@acme/a', 'bob', 'acme/b', '@acme/c'], ADA, 'from')).toBe(true);
  expect(asked).toEqual(['acme/a ada', 'acme/b ada']);
  expect(await isNamed(host, ['@acme/a'], ADA, 'from')).toBe(false);
});

test('a person who is listed is found without a look at teams', async () => {
  expect(await isNamed({ name: 'Memory' }, ['@acme/a', 'ada'], ADA, 'from')).toBe(true);
});

test('where teams are not known, people are to be listed', async () => {
  await expect(isNamed({ name: 'Memory' }, ['bob', '@acme/a'], ADA, 'from')).rejects.toMatchObject({
    kind: 'unsupported',
    message: 'Memory cannot tell who belongs to the team @acme/a.',
    remedy: 'Please list people in `from`.',
  });
});
