import { describe, expect, expectTypeOf, it } from 'vitest';
import { defined } from '../../core/defined.ts';

describe('the members that are defined', () => {
  it('leaves out what is undefined, and does not name it', () => {
    expect(Object.keys(defined({ type: undefined, title: 'A', body: undefined }))).toEqual(['title']);
  });

  it('keeps null, and every other value that only looks like nothing', () => {
    const members = { parent: null, body: '', storyPoints: 0, draft: false, labels: [], weight: Number.NaN };
    expect(defined(members)).toStrictEqual(members);
  });

  it('keeps the order of the members', () => {
    expect(Object.keys(defined({ c: 1, a: undefined, b: 2 }))).toEqual(['c', 'b']);
  });

  it('takes nothing from the object that it was given', () => {
    const members = { title: undefined };
    defined(members);
    expect('title' in members).toBe(true);
  });

  it('does not hide a member that stood there before', () => {
    const title: string | undefined = undefined;
    expect({ title: 'before', ...defined({ title }) }).toEqual({ title: 'before' });
  });

  it('tells the compiler that the members may be absent, not that they may be undefined', () => {
    const priority = undefined as 1 | null | undefined;
    expectTypeOf(defined({ priority })).toEqualTypeOf<{ priority?: 1 | null }>();
  });
});
