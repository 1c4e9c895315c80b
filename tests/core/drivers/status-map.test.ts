import { describe, expect, test } from 'vitest';
import { mappingOf } from '../../../core/drivers/settings.ts';
import { createStatusMap, unmappedState } from '../../../core/drivers/status-map.ts';
import { PaceError } from '../../../core/errors.ts';

const DEFAULTS = { open: ['To do'], in_progress: ['In progress', 'Doing'], done: ['Done'] };

function problemOf(configured: string): PaceError {
  try {
    createStatusMap('desk', DEFAULTS, configured);
  } catch (error) {
    if (error instanceof PaceError) return error;
  }
  throw new Error('nothing was refused');
}

test('without a setting the defaults hold, in both directions and whatever the case', () => {
  const map = createStatusMap('desk', DEFAULTS, undefined);
  expect([map.toState('doing'), map.toState('TO DO'), map.toState('Parked')]).toEqual([
    'in_progress',
    'open',
    undefined,
  ]);
  expect([map.toNames('in_progress'), map.toNames('blocked')]).toEqual([['In progress', 'Doing'], []]);
  expect(map.states).toEqual(['open', 'in_progress', 'done']);
});

test('a person replaces the names of one state and leaves the others', () => {
  const map = createStatusMap('desk', DEFAULTS, '{"in_progress":"Fixing","blocked":["On hold","Waiting"]}');
  expect([map.toState('Fixing'), map.toState('Doing'), map.toState('waiting'), map.toState('Done')]).toEqual([
    'in_progress',
    undefined,
    'blocked',
    'done',
  ]);
});

test('a name that a person gives to another state is taken from the default', () => {
  const map = createStatusMap('desk', DEFAULTS, 'in_review=Doing');
  expect([map.toState('Doing'), map.toNames('in_progress')]).toEqual(['in_review', ['In progress']]);
});

test('all mistakes of a map are told at once', () => {
  const { kind, message } = problemOf('started=Doing; done=Shipped; canceled=shipped');
  expect(kind).toBe('configuration');
  expect(message).toContain('“started” is not a state');
  expect(message).toContain('“shipped” stands under done and under canceled');
});

test('what cannot be mapped is refused with what exists and where to map it', () => {
  const { message, remedy } = unmappedState('desk', 'blocked', ['To do', 'Done']);
  expect(message).toBe('Nothing stands for the state blocked here. Available: “To do”, “Done”.');
  expect(remedy).toContain('desk.states.blocked');
});

describe('a mapping', () => {
  test('is JSON, or lines as a variable has them', () => {
    const wanted = { in_progress: ['Doing'], done: ['Done', 'Shipped, sent'] };
    expect(mappingOf('{"in_progress":"Doing","done":["Done","Shipped, sent"]}')).toEqual(wanted);
    expect(mappingOf(' in_progress = Doing ;done=Done,Shipped;')).toEqual({
      in_progress: ['Doing'],
      done: ['Done', 'Shipped'],
    });
    expect([mappingOf(undefined), mappingOf(' ')]).toEqual([{}, {}]);
  });

  test('that is none is refused', () => {
    for (const text of ['Doing', '{"a":', 'a=b; c']) expect(() => mappingOf(text)).toThrow(/is not a mapping/);
  });
});
