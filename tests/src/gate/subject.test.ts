import { expect, test } from 'vitest';
import { namedSubject, type Subject, subjectBranches, subjectText, subjectTitle } from '../../../src/gate/subject.ts';
import { CHANGE, GATE_DAY } from './parts.support.ts';

const day = (branch: string): Subject => ({ kind: 'day', day: GATE_DAY, branch });
const change = (source: string, target: string): Subject => ({ kind: 'change', change: { ...CHANGE, source, target } });

test('a day is named by its number, a change by the number that people use', () => {
  expect(namedSubject(day('main'))).toEqual({ kind: 'day', id: '3' });
  expect(namedSubject(change('a', 'b'))).toEqual({ kind: 'change', id: '12' });
  expect(subjectText({ kind: 'day', id: '3' })).toBe('day 3');
  expect(subjectText({ kind: 'change', id: '12' })).toBe('change 12');
  expect(subjectTitle({ kind: 'change', id: 'abc' })).toBe('Change abc');
});

test('the branches of a day are its own, those of a change both of its ends, as far as they are known', () => {
  expect(subjectBranches(day('main'))).toEqual(['main']);
  expect(subjectBranches(day(''))).toEqual([]);
  expect(subjectBranches(change('login', 'main'))).toEqual(['login', 'main']);
  expect(subjectBranches(change('login', ''))).toEqual(['login']);
  expect(subjectBranches(change('', ''))).toEqual([]);
});
