import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readLooseJson } from '../../../core/programs/loose-json.ts';
import { createStates } from '../../../platforms/fp/states.ts';
import {
  fromLines,
  fromText,
  keysIn,
  listOf,
  otherKey,
  textOf,
  toComment,
  toIssue,
  toWireIssue,
} from '../../../platforms/fp/wire.ts';

const states = createStates(undefined);

function raw(name: string): string {
  return readFileSync(new URL(`golden/${name}`, import.meta.url), 'utf8');
}
const golden = (name: string): unknown => JSON.parse(raw(`${name}.golden.json`));

describe('what fp prints', () => {
  test('is read as it is meant: issue show', () => {
    expect(toIssue(toWireIssue(readLooseJson(raw('show.json'))), states)).toEqual(golden('show'));
  });

  test('is read as it is meant: issue list, with control characters in texts', () => {
    const found = listOf(readLooseJson(raw('list.txt')), 'issues').map((each) =>
      toIssue(toWireIssue(each), states, 'RFA'),
    );
    expect(found).toEqual(golden('list'));
  });

  test('is read as it is meant: comment list', () => {
    expect(listOf(readLooseJson(raw('comments.json')), 'comments').map(toComment)).toEqual(golden('comments'));
  });

  test('is read as it is meant: lines of older versions', () => {
    expect(fromLines(raw('lines.txt'))).toEqual(golden('lines'));
  });

  test('names a new issue somewhere', () => {
    expect(keysIn('Created issue FP-ijkl\n  Title: after UTF-8, see FP-ijkl')).toEqual(['FP-ijkl', 'UTF-8']);
    expect(keysIn('nothing of the kind')).toEqual([]);
  });

  test('names other issues by their long id', () => {
    expect(otherKey('peomwupiocfoiirg', 'RFA-sxflialv')).toBe('RFA-peomwupi');
    expect(otherKey('FP-9999', 'FP-abcd')).toBe('FP-9999');
    expect(otherKey('peomwupi', 'bare')).toBe('peomwupi');
  });
});

describe('what fp has no place for', () => {
  test.each([
    [{}, {}],
    [{ a: 1 }, {}],
    [{ a: 1 }, { labels: ['x', 'y'] }],
    [{}, { labels: ['x'], canceled: true }],
  ] as const)('is kept in the description and not seen in it: %j %j', (metadata, hidden) => {
    for (const body of ['', 'Text.', 'Text.\n\n<!-- pace:metadata e30= -->']) {
      expect(textOf({ id: 'x', title: 'x', status: 'todo', description: fromText(body, metadata, hidden) })).toEqual({
        ...{ body, metadata, hidden },
      });
    }
  });
});

describe('statuses', () => {
  const USUAL = ['todo', 'in-progress', 'done'];
  const RICH = ['backlog', 'todo', 'In-Progress', 'in-review', 'blocked', 'done', 'Rejected', 'parked'];

  test('are those that the project has', () => {
    expect(states.among(USUAL)).toEqual(['open', 'in_progress', 'done', 'canceled']);
    expect(states.among(RICH)).toEqual(['open', 'in_progress', 'in_review', 'blocked', 'done', 'canceled']);
    expect(states.write({ state: 'in_progress' }, RICH)).toEqual({ status: 'In-Progress', isMarked: false });
    expect(states.write({ state: 'open', name: 'backlog' }, RICH)).toEqual({ status: 'backlog', isMarked: false });
    expect(states.write({ state: 'canceled' }, RICH)).toEqual({ status: 'Rejected', isMarked: false });
    expect(states.write({ state: 'canceled' }, USUAL)).toEqual({ status: 'done', isMarked: true });
    expect(() => states.write({ state: 'blocked' }, USUAL)).toThrow('Available: “todo”, “in-progress”, “done”');
    expect(() => states.write({ state: 'canceled' }, ['todo'])).toThrow('Nothing stands for the state canceled');
  });

  test('that nobody has mapped are open; a mark counts only on what is done', () => {
    expect(states.read('parked', true)).toEqual({ state: 'open', stateName: 'parked' });
    expect(states.read('DONE', false)).toEqual({ state: 'done', stateName: 'DONE' });
    expect(states.read('done', true)).toEqual({ state: 'canceled', stateName: 'canceled' });
    expect(createStates('blocked=parked').read('parked', false).state).toBe('blocked');
  });
});
