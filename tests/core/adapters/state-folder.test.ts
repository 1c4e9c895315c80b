import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gateFolder, stateFolder } from '../../../core/adapters/state-folder.ts';

describe('the folder of its state', () => {
  const folderOf = (gate: string, branch = '') => stateFolder({ gate, branch });

  test.each([
    ['gate', '', ''],
    ['gate', 'release/1.2', 'branches/release/1.2'],
    ['packages/shop', '', 'gates/packages/shop'],
    ['packages/shop', 'fix-7_a@b+c=d', 'gates/packages/shop/branches/fix-7_a@b+c=d'],
    ['gate', `${'a'.repeat(100)}`, `branches/${'a'.repeat(100)}`],
  ])('of gate %j on branch %j is %j', (gate, branch, folder) => expect(folderOf(gate, branch)).toBe(folder));

  test('of the gate alone is that of its default branch', () => {
    expect([gateFolder('gate'), gateFolder('shop')]).toEqual(['', folderOf('shop')]);
  });

  test.each([
    ...['day-3', 'change-12', 'change-x', 'branches', 'gates', 'sprints', 'release/day-1', 'sprints/x', 'a/gates'],
    // names of devices, to Windows
    ...['con', 'aux.txt', 'nul', 'com1', 'lpt9.log', 'x/prn'],
    ...['.', '..', '../..', '.hidden', 'x/../y', 'a//b', 'end.', 'a b', 'ä', 'a:b', 'a\\b', 'a*b', 'a~b', 'a\nb', '<a>'],
    ...['Main', 'RELEASE/1', '-'.repeat(101), 'x'.repeat(300), '日本', '👍'],
  ])('gives another name to what means something there, or not every file system takes: %j', (branch) => {
    const folder = folderOf('gate', branch);
    const segments = folder.split('/').slice(1);
    expect(segments.some((segment) => /~[0-9a-f]{8}$/.test(segment))).toBe(true);
    for (const segment of segments) {
      expect(segment).toMatch(/^[\w.@+=-]*(?:~[0-9a-f]{8})?$/);
      expect(segment).not.toMatch(/^\.|\.$|^$/);
      expect(segment).not.toMatch(/^(?:day-\d+|change-[\w.-]*|branches|gates|sprints|(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?)$/i);
      expect(segment.length).toBeLessThanOrEqual(100);
    }
  }); // biome-ignore format: one line

  test.each(['days-3', 'day-x', 'xday-3', 'changes', 'branches-2', 'my-gates', 'console', 'com10', 'a.b', '_x', '-x'])(
    'leaves what only looks like it: %s',
    (branch) => expect(folderOf('gate', branch)).toBe(`branches/${branch}`),
  );

  test('keeps of a long name what can be read, and of a strange one too', () => {
    expect(folderOf('gate', 'Fix: all of it!')).toMatch(/^branches\/Fix_all_of_it_~[0-9a-f]{8}$/);
    expect(folderOf('gate', 'x'.repeat(300))).toMatch(/^branches\/x{60}~[0-9a-f]{8}$/);
  });

  const name = fc.string({ unit: fc.constantFrom('a', 'A', 'b', '/', '.', '-', '~', ' ', '_', 'day-1', 'branches', 'gates', 'ä'), minLength: 1, maxLength: 6 }); // biome-ignore format: a list

  test('is another one for any two names of branches, also where upper and lower case are the same', () => {
    fc.assert(
      fc.property(name, name, (one, other) => {
        const same = folderOf('gate', one).toLowerCase() === folderOf('gate', other).toLowerCase();
        expect(same).toBe(one === other);
      }),
      { numRuns: 1000 },
    );
  });

  test('is another one for any two gates on any two branches, and never inside another one’s days', () => {
    fc.assert(
      fc.property(name, name, fc.oneof(fc.constant(''), name), fc.oneof(fc.constant(''), name), (a, b, x, y) => {
        const [one, other] = [folderOf(a, x), folderOf(b, y)];
        expect(one === other).toBe(a === b && x === y);
        expect(one).not.toMatch(/(?:^|\/)(?:day-\d+|change-[\w.-]*|sprints)(?:\/|$)/);
      }),
      { numRuns: 1000 },
    );
  });
});
