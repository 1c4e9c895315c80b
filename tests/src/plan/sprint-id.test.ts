import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sprintFolder, sprintId } from '../../../src/plan/sprint-id.ts';

test.each([
  [{ name: 'Sprint 12', startDate: '2026-01-05' }, 'Sprint 12'],
  [{ startDate: '2026-01-05' }, '2026-01-05'],
  [{ name: undefined, startDate: '' }, ''],
  [{}, ''],
])('%j is called %j', (sprint, id) => {
  expect(sprintId(sprint)).toBe(id);
});

describe('the folder of a sprint', () => {
  test.each(['2026-01-05', 'Sprint_12', 'v1.2', 'Frühling-2', '春'])('%s is called as the sprint is', (id) => {
    expect(sprintFolder(id)).toBe(id);
  });

  test.each([
    ['Sprint 12', /^Sprint-12-[0-9a-f]{8}$/],
    ['a/../b', /^a-\.\.-b-[0-9a-f]{8}$/],
    ['..', /^sprint-[0-9a-f]{8}$/],
    ['', /^sprint-[0-9a-f]{8}$/],
    ['../../etc', /^etc-[0-9a-f]{8}$/],
    ['--force', /^force-[0-9a-f]{8}$/],
    ['.git', /^git-[0-9a-f]{8}$/],
    ['con', /^sprint-con-[0-9a-f]{8}$/],
    ['LPT1.x', /^sprint-LPT1\.x-[0-9a-f]{8}$/],
    ['end.', /^end-[0-9a-f]{8}$/],
    ['a\u0000b', /^a-b-[0-9a-f]{8}$/],
    ['x'.repeat(61), /^x{60}-[0-9a-f]{8}$/],
  ])('%j is made safe', (id, folder) => {
    expect(sprintFolder(id)).toMatch(folder);
  });

  test('one that reads as the folder of a day gets a digest: what is filed there would be taken for that day’s', () => {
    expect(sprintFolder('day-1')).toMatch(/^day-1-[0-9a-f]{8}$/);
    expect(['day-x', 'Day-1', 'day-1a'].map(sprintFolder)).toEqual(['day-x', 'Day-1', 'day-1a']);
  });

  test('names that only begin like a reserved one are kept', () => {
    expect(['console', 'com12', 'auxiliary.x'].map(sprintFolder)).toEqual(['console', 'com12', 'auxiliary.x']);
  });

  test('letters that are written in two ways make one name', () => {
    expect(sprintFolder('fru\u0308h')).toMatch(/^fr\u00fch-[0-9a-f]{8}$/);
  });

  const id = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 80 }),
    fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9 ._-]{0,59}$/),
    fc.stringMatching(/^[./\\ :a-]{0,6}$/),
  );

  test('is one segment of a path everywhere, and the same every time', () => {
    fc.assert(
      fc.property(id, (given) => {
        const folder = sprintFolder(given);
        expect(folder).toMatch(/^[\p{L}\p{N}_][\p{L}\p{N}._-]*(?<!\.)$/u);
        expect(folder).not.toMatch(/^(?:con|prn|aux|nul|(?:com|lpt)[\d¹²³])(?:\.|$)/i);
        expect(Buffer.byteLength(folder)).toBeLessThan(256);
        expect(sprintFolder(given)).toBe(folder);
      }),
    );
  });

  test('is no other sprint’s', () => {
    fc.assert(
      fc.property(id, id, (one, other) => {
        fc.pre(one !== other);
        expect(sprintFolder(one)).not.toBe(sprintFolder(other));
      }),
    );
  });
});
