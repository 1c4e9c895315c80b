import { describe, expect, it } from 'vitest';
import { isEdge, LANE_OF, LANES, stateOf, wayBetween } from '../../../core/spec-kitty/lanes.ts';

const lanesOf = (way: ReturnType<typeof wayBetween>) => way?.map(({ to }) => to);
const none = () => false;

describe('the way between two lanes', () => {
  it('goes over legal edges', () => {
    for (const from of LANES)
      for (const to of LANES)
        for (const { from: one, to: other } of wayBetween(from, to, none) ?? []) expect(isEdge(one, other)).toBe(true);
  });

  it('is the shortest of those that nothing stands in the way of', () => {
    expect(lanesOf(wayBetween('planned', 'in_progress', none))).toEqual(['claimed', 'in_progress']);
    expect(lanesOf(wayBetween('in_progress', 'planned', none))).toEqual(['planned']);
    expect(wayBetween('planned', 'planned', none)).toEqual([]);
  });

  it('tells what is missing where every way needs something', () => {
    expect(wayBetween('in_progress', 'approved', none)).toEqual([
      { from: 'in_progress', to: 'approved', needs: 'evidence' },
    ]);
    expect(wayBetween('in_review', 'planned', none)?.[0]?.needs).toBe('review result');
  });

  it('does not lead through an end or through trouble', () => {
    expect(wayBetween('done', 'planned', none)).toBeUndefined();
    expect(wayBetween('canceled', 'planned', none)).toBeUndefined();
    expect(lanesOf(wayBetween('blocked', 'planned', none))).toEqual(['in_progress', 'planned']);
    expect(lanesOf(wayBetween('for_review', 'planned', none))).toEqual(['in_review', 'planned']);
  });

  it('reaches no lane that boards do not show', () => {
    expect(wayBetween('planned', 'genesis', none)).toBeUndefined();
    expect(wayBetween('uninitialized', 'planned', none)).toBeUndefined();
  });
});

it('finds the lane of every state, which means that state', () => {
  for (const [state, lane] of Object.entries(LANE_OF)) expect(stateOf(lane)).toBe(state);
});
