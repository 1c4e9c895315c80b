/** Labels of the status column as states. An item without a status is open. */

import { createStatusMap, type StateNames, unmappedState } from '../../core/drivers/status-map.ts';
import { ISSUE_STATES, type IssueState, type Target, type Transition } from '../../core/ports/index.ts';
import type { Board } from './board.ts';
import { columnFor, fold } from './columns.ts';

/** What an item without a status is called. */
export const NO_STATUS = 'No status';

/** The usual names, of monday's own templates first. */
const USUAL: StateNames = {
  open: ['Not Started', 'To do', 'To-do', 'Todo', 'Open', 'New', 'Backlog', 'Ready to start'],
  in_progress: ['Working on it', 'In progress', 'Doing'],
  in_review: ['In review', 'Waiting for review', 'Review', 'Code review'],
  blocked: ['Stuck', 'Blocked'],
  done: ['Done', 'Closed', 'Completed', 'Resolved'],
  canceled: ['Canceled', 'Cancelled', 'Won’t do', "Won't do", 'Won’t fix', "Won't fix", 'Rejected'],
};

export interface States {
  toState(board: Board, label: string): IssueState;
  /** The label to write; `null`: none. Throws when nothing stands for the state. */
  choose(board: Board, target: Target): string | null;
  /** The states that can be written here. */
  writable(board: Board): IssueState[];
  /** Where an item with this label can go. */
  others(board: Board, label: string): Transition[];
}

export function createStates(setting: string | undefined): States {
  const map = createStatusMap('monday', USUAL, setting);
  const labelsOf = (board: Board) => board.labelsOf(board.columns.status);

  function labelFor(board: Board, state: IssueState): string | undefined {
    const labels = labelsOf(board);
    return map
      .toNames(state)
      .map((name) => labels.find((label) => fold(label.name) === fold(name))?.name)
      .find((name) => name !== undefined);
  }

  function toState(board: Board, label: string): IssueState {
    if (label === '') return 'open';
    const known = map.toState(label);
    if (known) return known;
    return labelsOf(board).find(({ name }) => name === label)?.isDone ? 'done' : 'open';
  }

  function choose(board: Board, { state, name }: Target): string | null {
    if (state === 'open' && !board.columns.status) return null;
    columnFor(board.columns, 'status');
    if (name !== undefined) return name === NO_STATUS ? null : name;
    const label = labelFor(board, state);
    if (label !== undefined) return label;
    // names that somebody has chosen and that are not there are a mistake to hear of
    if (state === 'open' && map.toNames('open').every((usual) => USUAL.open?.includes(usual))) return null;
    throw unmappedState(
      'monday',
      state,
      labelsOf(board).map((one) => one.name),
    );
  }

  return {
    toState,
    choose,
    writable: (board) => ISSUE_STATES.filter((state) => state === 'open' || labelFor(board, state) !== undefined),
    others: (board, label) =>
      [...labelsOf(board).map(({ name }) => name), ''].flatMap((name) =>
        name === label ? [] : [{ name: name || NO_STATUS, state: toState(board, name) }],
      ),
  };
}
