import { describe, expect, test } from 'vitest';
import { dayOf, isOwnerMark, isSameGate, type Owner, type OwnerMark, ownerMark } from '../../../core/adapters/owner.ts';

const SHOP: Owner = { repository: { name: 'Acme/Shop', id: '7' }, gate: 'gate', sprint: 's1', branch: '' };
const NAMED: Owner = { ...SHOP, repository: { name: 'Acme/Shop' } };
const markOf = (owner: Owner, more: Partial<OwnerMark> = {}): OwnerMark => ({ ...ownerMark(owner), ...more });
const other = (id?: string): OwnerMark => ownerMark({ ...SHOP, repository: { name: 'acme/other', id } });

describe('a mark of an owner', () => {
  test('names the repository in lower case, since hosts do not tell cases apart', () => {
    expect(ownerMark({ ...SHOP, isAtHome: true, isUncertain: true })).toEqual({
      repository: 'acme/shop',
      id: '7',
      gate: 'gate',
      sprint: 's1',
      branch: '',
    });
  });

  test.each([undefined, ''])('has no id where the owner has %j', (id) => {
    expect(ownerMark({ ...SHOP, repository: { name: 'x', id } })).not.toHaveProperty('id');
  });

  test('is told from anything else', () => {
    const mark = ownerMark(SHOP);
    expect(isOwnerMark(mark)).toBe(true);
    expect(isOwnerMark(ownerMark(NAMED))).toBe(true);
    const broken: unknown[] = [undefined, null, 'acme/shop', [], { ...mark, id: 7 }];
    for (const name of ['repository', 'gate', 'sprint', 'branch']) broken.push({ ...mark, [name]: undefined });
    expect(broken.filter(isOwnerMark)).toEqual([]);
  });
});

describe('whose a mark is', () => {
  test.each<[string, Owner, OwnerMark, boolean]>([
    ['its own', SHOP, markOf(SHOP), true],
    ['its own, of another sprint', SHOP, markOf(SHOP, { sprint: 's2' }), true],
    ['its own in other letters', { ...NAMED, repository: { name: 'ACME/shop' } }, markOf(NAMED), true],
    ['that of another gate', SHOP, markOf(SHOP, { gate: 'web' }), false],
    ['that of another branch', SHOP, markOf(SHOP, { branch: 'release/1' }), false],
    ['that of the default branch, for another branch', { ...SHOP, branch: 'release/1' }, markOf(SHOP), false],
    ['its own branch', { ...SHOP, branch: 'release/1' }, markOf(SHOP, { branch: 'release/1' }), true],
    ['that of a branch in other letters', { ...SHOP, branch: 'Release' }, markOf(SHOP, { branch: 'release' }), false],
    ['one of the same id under an earlier name', SHOP, markOf(SHOP, { repository: 'acme/old' }), true],
    ['one of another id that was given our name', SHOP, markOf(SHOP, { id: '8' }), false],
    ['one without an id, of our name', SHOP, markOf(NAMED), true],
    ['one without an id, of another name', SHOP, other(), false],
    ['one of our name, where we have no id', NAMED, markOf(SHOP), true],
    ['one of another name with an id, where our host has none', NAMED, other('8'), false],
  ])('%s', (_, owner, mark, expected) => {
    expect(isSameGate(owner, mark)).toBe(expected);
  });

  test.each<[string, OwnerMark, boolean]>([
    ['an earlier name without an id is ours', other(), true],
    ['another id is not', other('8'), false],
  ])('where the issues live with the code: %s', (_, mark, expected) => {
    expect(isSameGate({ ...SHOP, isAtHome: true }, mark)).toBe(expected);
  });

  test('where the issues live with the code, no id has to be known; but one of another name with an id may be moved here', () => {
    const home = { ...NAMED, isAtHome: true };
    expect([isSameGate(home, other()), isSameGate(home, markOf(SHOP))]).toEqual([true, true]);
    expect(() => isSameGate(home, other('8'))).toThrow(/acme\/other is one of Acme\/Shop: its id is not known here/);
  });
});

test('a run of the default branch knows what one has marked that could not know so', () => {
  const develop: Owner = { ...SHOP, branch: '', branchName: 'develop' };
  expect(isSameGate(develop, markOf(SHOP, { branch: 'develop' }))).toBe(true);
  expect(isSameGate(develop, markOf(SHOP, { branch: 'release' }))).toBe(false);
  expect(isSameGate({ ...develop, branch: 'release' }, markOf(SHOP, { branch: 'develop' }))).toBe(false);
});

describe('where the host could not be asked', () => {
  const unsure: Owner = { ...NAMED, isUncertain: true };

  test('a mark with an id under another name cannot be told: the repository may have been renamed', () => {
    expect(() => isSameGate(unsure, other('8'))).toThrow(
      expect.objectContaining({
        kind: 'transient',
        message: 'It cannot be told whether an issue of acme/other is one of Acme/Shop: its id is not known here.',
        remedy: 'Please run it in a job of the host, or again when the host answers.',
      }),
    );
  });

  test('a mark of the default branch cannot be told: ours may be it', () => {
    expect(() => isSameGate({ ...unsure, branch: 'develop' }, markOf(SHOP))).toThrow(
      'It cannot be told whether develop is the default branch: the host could not be asked.',
    );
  });

  test.each<[string, Owner, OwnerMark, boolean]>([
    ['our name', unsure, markOf(SHOP), true],
    ['another name without an id', unsure, other(), false],
    ['another id than the one that we know', { ...unsure, repository: SHOP.repository }, other('8'), false],
    ['another gate, whatever its id', unsure, { ...other('8'), gate: 'web' }, false],
    ['our branch', { ...unsure, branch: 'develop' }, markOf(SHOP, { branch: 'develop' }), true],
    ['a named branch', { ...unsure, branch: 'develop' }, markOf(SHOP, { branch: 'release/1' }), false],
    ['the default branch of another repository', { ...unsure, branch: 'develop' }, other(), false],
  ])('%s can be told all the same', (_, owner, mark, expected) => {
    expect(isSameGate(owner, mark)).toBe(expected);
  });
});

test.each([
  [{ gate: 'gate', branch: '' }, 'Day 3'],
  [{ gate: 'shop', branch: '' }, 'shop: Day 3'],
  [{ gate: 'gate', branch: 'release/1.2' }, 'Day 3 of release/1.2'],
  [{ gate: 'shop', branch: 'release/1.2' }, 'shop: Day 3 of release/1.2'],
  [{ gate: 'a\nb', branch: 'x'.repeat(70) }, `a b: Day 3 of ${'x'.repeat(59)}…`],
])('a title says of %j: %s', (owner, words) => {
  expect(dayOf(owner, 3)).toBe(words);
});
