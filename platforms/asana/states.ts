/** The sections of a project, the flag `completed`, and the six neutral states. https://developers.asana.com/reference/sections */

import { createStatusMap, type StateNames, unmappedState } from '../../core/drivers/status-map.ts';
import { PaceError } from '../../core/errors.ts';
import type { Target, Transition } from '../../core/ports/index.ts';
import { ISSUE_STATES, type IssueState, isClosed } from '../../core/ports/issue.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';

export interface Section {
  readonly gid: string;
  readonly name: string;
}

/** Where a task is. `section` is absent for a task that is not in the project: a subtask that a person has made. */
export interface Present {
  readonly completed: boolean;
  readonly section?: Section | undefined;
}

/** What to write. `section` is absent when the task stays where it is. */
export interface Move {
  readonly completed: boolean;
  readonly section?: Section | undefined;
}

export interface SectionStates {
  read(present: Present): { readonly state: IssueState; readonly stateName: string };
  /** Throws `transition` when no section stands for the state: nothing is guessed. */
  plan(target: Target, present: Present, sections: readonly Section[]): Move;
  writable(sections: readonly Section[]): IssueState[];
  /** Where a task can go from where it is. */
  transitions(present: Present, sections: readonly Section[]): Transition[];
}

/** What teams usually call them. */
const USUAL_NAMES: StateNames = {
  open: ['To do', 'Todo', 'Open', 'Backlog', 'New'],
  in_progress: ['In progress', 'Doing'],
  in_review: ['In review', 'Review'],
  blocked: ['Blocked', 'On hold', 'Waiting'],
  done: ['Done', 'Complete', 'Completed'],
  canceled: ['Canceled', 'Cancelled', "Won't do", 'Won’t do'],
};

/** The names of what no section says. */
const COMPLETED = 'Completed';
const INCOMPLETE = 'Incomplete';

/** `configured` is the value of the setting `states`. */
export function createStates(configured: string | undefined): SectionStates {
  const map = createStatusMap('asana', USUAL_NAMES, configured);
  const own = createStatusMap('asana', {}, configured);

  /** The flag says whether a task is closed; the section, how. */
  function read({ completed, section }: Present) {
    const named = section && map.toState(section.name);
    const fits = named === undefined ? !completed : isClosed(named) === completed;
    const stateName = section && fits ? section.name : completed ? COMPLETED : INCOMPLETE;
    if (completed) return { state: named === 'canceled' ? named : 'done', stateName } as const;
    return { state: named === undefined || isClosed(named) ? 'open' : named, stateName } as const;
  }

  function named(state: IssueState, sections: readonly Section[]): Section | undefined {
    for (const name of map.toNames(state)) {
      const found = sections.find((section) => fold(section.name) === fold(name));
      if (found) return found;
    }
    return undefined;
  }

  /** New tasks begin in the first section: unless that stands for something else, it is where open ones belong. */
  function openSection(sections: readonly Section[]): Section | undefined {
    const found = named('open', sections);
    const [first] = sections;
    if (found || !first || own.toNames('open').length > 0) return found;
    return map.toState(first.name) === undefined ? first : undefined;
  }

  function sectionFor(state: IssueState, sections: readonly Section[]): Section | undefined {
    return state === 'open' ? openSection(sections) : named(state, sections);
  }

  function plan(target: Target, present: Present, sections: readonly Section[]): Move {
    const { state } = target;
    const completed = isClosed(state);
    const stays = { completed, section: undefined };
    if (target.name !== undefined) {
      const section = sections.find(({ name }) => fold(name) === fold(target.name ?? ''));
      if (section) return { completed, section: section.gid === present.section?.gid ? undefined : section };
    }
    const isThere = read({ ...present, completed }).state === state;
    if (!present.section) {
      if (isThere) return stays;
      throw notInProject(state);
    }
    const section = sectionFor(state, sections);
    const here = map.toState(present.section.name);
    const isInPlace = here === state || (here === undefined && state === 'open');
    // without a section of its own the flag alone says it
    if (isThere && (isInPlace || !section)) return stays;
    if (section) return { completed, section };
    const elsewhere = state === 'done' ? openSection(sections) : undefined;
    if (elsewhere) return { completed, section: elsewhere };
    throw unmappedState(
      'asana',
      state,
      sections.map(({ name }) => plainLine(name, 60)),
    );
  }

  return {
    read,
    plan,
    // the flag alone can say these two
    writable: (sections) =>
      ISSUE_STATES.filter((state) => state === 'open' || state === 'done' || sectionFor(state, sections) !== undefined),
    transitions: (present, sections) => {
      const all = sections.map(({ name }) => ({ name, state: map.toState(name) ?? 'open' }) as const);
      const withFlag = !present.section || !named('done', sections);
      const byFlag = withFlag ? [{ name: COMPLETED, state: 'done' } as const] : [];
      const bare = present.section ? [] : ([{ name: INCOMPLETE, state: 'open' }] as const);
      const { stateName } = read(present);
      const names = new Set([fold(stateName)]);
      return [...(present.section ? all : []), ...byFlag, ...bare].filter(({ name }) => {
        const isNew = !names.has(fold(name));
        names.add(fold(name));
        return isNew;
      });
    },
  };
}

function notInProject(state: IssueState): PaceError {
  return new PaceError({
    kind: 'transition',
    message: `The task is not in the configured project: it can be open or done, and not ${state}.`,
    remedy: 'Please add it to the project in Asana first.',
  });
}

function fold(name: string): string {
  return name.trim().toLowerCase();
}
