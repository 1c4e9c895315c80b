import { describe, expect, test } from 'vitest';
import { createStates } from '../../../platforms/clickup/states.ts';

const board = (...rows: string[]) =>
  rows.map((row, orderindex) => {
    const [status = '', type = 'custom'] = row.split(':');
    return { status, type, orderindex };
  });

describe('a status is read', () => {
  test.each([
    ['to do:open', 'open'],
    ['someday:unstarted', 'open'],
    ['In Progress:custom', 'in_progress'],
    ['cooking:custom', 'in_progress'],
    ['code review:custom', 'in_review'],
    ['on hold:custom', 'blocked'],
    ['backlog:custom', 'open'],
    ['complete:closed', 'done'],
    ['review:closed', 'done'],
    ['Cancelled:closed', 'canceled'],
    ['won’t do:done', 'canceled'],
    ['a new word:a new type', 'in_progress'],
  ])('%s as %s', (row, state) => {
    const [status] = board(row);
    expect(status && createStates(undefined).toState(status)).toBe(state);
  });

  test('as a person has said, whatever its type', () => {
    const { toState, hasOwnNames } = createStates('{"in_review":["Review"],"open":["Parked"]}');
    expect(board('review:closed', 'parked:done').map(toState)).toEqual(['in_review', 'open']);
    expect(hasOwnNames).toBe(true);
  });
});

describe('a state is written', () => {
  const choose = (state: 'open' | 'in_progress' | 'done' | 'canceled', rows: string[], own?: string) =>
    createStates(own).choose({ state }, board(...rows)).status;

  test('as the status that fits', () => {
    const rows = ['to do:open', 'cooking:custom', 'shipped:done', 'cancelled:done', 'complete:closed'];
    expect(choose('open', rows)).toBe('to do');
    expect(choose('in_progress', rows)).toBe('cooking');
    expect(choose('done', rows)).toBe('complete');
    expect(choose('canceled', rows)).toBe('cancelled');
    expect(choose('done', rows, '{"done":["Nope","Shipped"]}')).toBe('shipped');
  });

  test.each([
    [
      'never as Complete when it will not be done',
      'canceled',
      ['to do:open', 'complete:closed'],
      /“to do”, “complete”/,
    ],
    [
      'never by a guess among several',
      'in_progress',
      ['to do:open', 'cooking', 'baking', 'x:closed'],
      /“cooking”, “baking”/,
    ],
  ] as const)('%s', (_, state, rows, words) => {
    expect(() => choose(state, [...rows])).toThrow(words);
  });

  test('never by a guess in place of what is configured', () => {
    expect(() => choose('done', ['to do:open', 'complete:closed'], '{"done":["Shipped"]}')).toThrow(
      /stands for the state done/,
    );
  });

  test('where it can be', () => {
    expect(createStates(undefined).writable(board('to do:open', 'complete:closed'))).toEqual(['open', 'done']);
  });
});
