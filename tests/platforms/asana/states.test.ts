import { describe, expect, test } from 'vitest';
import type { IssueState } from '../../../core/ports/index.ts';
import { createStates, type Present } from '../../../platforms/asana/states.ts';
import { refusal } from '../../contract/refusal.ts';

const sectionsOf = (...names: string[]) => names.map((name, index) => ({ gid: String(index + 1), name }));
const BOARD = sectionsOf('To do', 'Doing', 'Done', 'Won’t do');
const LIST = sectionsOf('Ideas', 'Doing');
const at = (name: string, completed = false): Present => ({
  completed,
  section: [...BOARD, ...LIST].find((section) => section.name === name) ?? { gid: '9', name },
});

describe('where a task is', () => {
  const states = createStates(undefined);
  test.each([
    ['Doing', false, 'in_progress', 'Doing'],
    ['Ideas', false, 'open', 'Ideas'],
    ['Done', false, 'open', 'Incomplete'],
    ['Done', true, 'done', 'Done'],
    ['Doing', true, 'done', 'Completed'],
    ['Ideas', true, 'done', 'Completed'],
    ['Won’t do', true, 'canceled', 'Won’t do'],
    ['Won’t do', false, 'open', 'Incomplete'],
  ] as const)('in %s, completed: %s', (name, completed, state, stateName) => {
    expect(states.read(at(name, completed))).toEqual({ state, stateName });
  });

  test('outside of the project completion is all', () => {
    expect(states.read({ completed: false })).toEqual({ state: 'open', stateName: 'Incomplete' });
    expect(states.read({ completed: true })).toEqual({ state: 'done', stateName: 'Completed' });
  });
});

describe('where it goes', () => {
  const states = createStates(undefined);
  const plan = (state: IssueState, present: Present, sections = BOARD) => {
    const { completed, section } = states.plan({ state }, present, sections);
    return [completed, section?.name];
  };

  test.each([
    ['done', at('Doing'), [true, 'Done']],
    ['done', at('Done'), [true, undefined]],
    ['done', at('Won’t do', true), [true, 'Done']],
    ['canceled', at('Doing'), [true, 'Won’t do']],
    ['open', at('Done', true), [false, 'To do']],
    ['open', at('Ideas', true), [false, undefined]],
    ['open', at('Doing', true), [false, 'To do']],
    ['in_progress', at('Done', true), [false, 'Doing']],
    ['done', { completed: false }, [true, undefined]],
    ['open', { completed: true }, [false, undefined]],
  ] as const)('%s', (state, present, expected) => {
    expect(plan(state, present)).toEqual(expected);
  });

  test('done and open need no section; the first one is where open ones belong', () => {
    expect(plan('done', at('Doing'), LIST)).toEqual([true, undefined]);
    expect(plan('open', at('Doing', true), LIST)).toEqual([false, 'Ideas']);
    expect(states.writable(LIST)).toEqual(['open', 'in_progress', 'done']);
  });

  test('what no section stands for is refused, with those that there are', async () => {
    const error = await refusal(async () => states.plan({ state: 'canceled' }, at('Doing'), LIST), {
      kinds: ['transition'],
    });
    expect(error.message).toContain('“Ideas”, “Doing”');
    expect(error.remedy).toContain('asana.states.canceled');
  });

  test('what is configured is not replaced by a guess', async () => {
    const own = createStates('open=Inbox; in_progress=Ideas');
    expect(own.plan({ state: 'in_progress' }, at('Doing'), LIST).section?.name).toBe('Ideas');
    await refusal(async () => own.plan({ state: 'open' }, at('Ideas', true), LIST), { kinds: ['transition'] });
    expect(own.read(at('Doing'))).toEqual({ state: 'open', stateName: 'Doing' });
  });

  test('a task outside of the project has no other states', async () => {
    const call = async () => states.plan({ state: 'blocked' }, { completed: false }, sectionsOf('Blocked'));
    expect((await refusal(call, { kinds: ['transition'] })).message).toContain('not in the configured project');
  });

  test('a section may be named, also one that stands for nothing', () => {
    const target = { state: 'open', name: 'ideas' } as const;
    expect(states.plan(target, at('Doing'), LIST)).toEqual({ completed: false, section: LIST[0] });
    // there, but completed: the flag is all that is wrong
    const doing = { state: 'in_progress', name: 'Doing' } as const;
    const inPlace = { ...at('Doing', true), section: LIST[1] };
    expect(states.plan(doing, inPlace, LIST)).toEqual({ completed: false, section: undefined });
    expect(states.transitions(at('Doing'), LIST)).toEqual([
      { name: 'Ideas', state: 'open' },
      { name: 'Completed', state: 'done' },
    ]);
    expect(states.transitions({ completed: true }, BOARD)).toEqual([{ name: 'Incomplete', state: 'open' }]);
  });
});
