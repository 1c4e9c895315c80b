import { describe, expect, test } from 'vitest';
import type { IssueState } from '../../../core/ports/index.ts';
import { createStates, type Workflow } from '../../../platforms/linear/states.ts';

/** `Name: type`, in the order of their positions. */
function workflow(types: Record<string, string>, defaultState?: string): Workflow {
  const states = Object.entries(types).map(([name, type], position) => ({ id: name, name, type, position }));
  return { states, defaultState };
}

const USUAL = workflow(
  {
    ...{ Triage: 'triage', Backlog: 'backlog', Todo: 'unstarted', 'In Progress': 'started', 'In Review': 'started' },
    ...{ Done: 'completed', Canceled: 'canceled', Duplicate: 'duplicate' },
  },
  'Backlog',
);

function chosen(state: IssueState, where: Workflow, configured?: string): string {
  return createStates(configured).choose({ state }, where).name;
}

describe('a state of Linear is read', () => {
  test.each([
    ['Backlog', 'backlog', 'open'],
    ['Anything', 'triage', 'open'],
    ['Anything', 'unstarted', 'open'],
    ['Blocked', 'unstarted', 'blocked'],
    ['Coding', 'started', 'in_progress'],
    ['in review', 'started', 'in_review'],
    ['On Hold', 'started', 'blocked'],
    ['Done', 'started', 'in_progress'],
    ['Shipped', 'completed', 'done'],
    ['In Review', 'completed', 'done'],
    ['Rejected', 'canceled', 'canceled'],
    ['Duplicate', 'duplicate', 'canceled'],
    ['Anything', 'a type of tomorrow', 'open'],
  ])('by its type, and by its name where that tells more: %s (%s) is %s', (name, type, state) => {
    expect(createStates(undefined).toState({ name, type })).toBe(state);
  });

  test('as a person has configured it, before all', () => {
    const { toState, hasOwnNames } = createStates('done=Shipped, QA; in_review=Testing');
    expect(toState({ name: 'qa', type: 'started' })).toBe('done');
    expect(toState({ name: 'Testing', type: 'completed' })).toBe('in_review');
    expect(toState({ name: 'Other', type: 'completed' })).toBe('done');
    expect(hasOwnNames).toBe(true);
  });
});

describe('a state of Linear is written', () => {
  test.each([
    ['open', 'Backlog'],
    ['in_progress', 'In Progress'],
    ['in_review', 'In Review'],
    ['done', 'Done'],
    ['canceled', 'Canceled'],
  ] as const)('in the usual workflow: %s as %s', (state, name) => {
    expect(chosen(state, USUAL)).toBe(name);
  });

  test('as a person has configured it, the first name that is there', () => {
    expect(chosen('in_progress', USUAL, 'in_progress=Doing, Todo')).toBe('Todo');
  });

  test('never as a guess where a person has configured it', () => {
    expect(() => chosen('in_progress', USUAL, 'in_progress=Doing')).toThrow(/Nothing stands for the state in_progress/);
  });

  test('with the list of what is there where nothing stands for it', () => {
    expect(() => chosen('blocked', USUAL)).toThrow(/“Triage”, “Backlog”, “Todo”, “In Progress”/);
  });

  test('by position among several that are closed or open alike', () => {
    const several = workflow({ Ready: 'unstarted', Later: 'backlog', Verified: 'completed', Released: 'completed' });
    expect([chosen('open', several), chosen('done', several)]).toEqual(['Ready', 'Verified']);
  });

  test('never by position among several kinds of work', () => {
    const several = workflow({ Coding: 'started', Testing: 'started' });
    expect(() => chosen('in_progress', several)).toThrow(
      /Several states could stand for in_progress here: “Coding”, “Testing”/,
    );
  });

  test('the only one of its type, whatever it is called', () => {
    expect(chosen('in_progress', workflow({ Coding: 'started', 'Code Review': 'started' }))).toBe('Coding');
  });

  test('only where it can be', () => {
    expect(createStates(undefined).writable(USUAL)).toEqual(['open', 'in_progress', 'in_review', 'done', 'canceled']);
  });
});
