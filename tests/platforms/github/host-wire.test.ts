import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createIssueFields } from '../../../platforms/github/field-labels.ts';
import {
  errorWords,
  fromCheckRun,
  fromStatus,
  toChangeRequest,
  toCheckState,
  toStatusState,
} from '../../../platforms/github/host-wire.ts';
import { toComment, toIssue } from '../../../platforms/github/issue-wire.ts';

const golden = new URL('golden/', import.meta.url);

function read<Shape>(name: string): Shape {
  return JSON.parse(readFileSync(new URL(name, golden), 'utf8'));
}

const translations: Record<string, (name: string) => unknown> = {
  'check-run': (name) => fromCheckRun(read(name), 'CI'),
  status: (name) => fromStatus(read(name)),
  issue: (name) => toIssue(read(name), createIssueFields(undefined)),
  comment: (name) => toComment(read(name)),
  pull: (name) => toChangeRequest(read(name)),
};

describe('what GitHub sends, in our words', () => {
  const names = readdirSync(golden).filter((name) => name.endsWith('.json') && !name.endsWith('.golden.json'));
  for (const name of names) {
    test(name, () => {
      const kind = Object.keys(translations).find((prefix) => name.startsWith(prefix)) ?? '';
      expect(translations[kind]?.(name)).toEqual(read(name.replace('.json', '.golden.json')));
    });
  }
});

describe('every word for a state', () => {
  test.each([
    ['queued', null, 'pending'],
    ['in_progress', null, 'pending'],
    ['waiting', null, 'waiting'],
    ['requested', null, 'pending'],
    ['pending', null, 'pending'],
    ['completed', 'success', 'success'],
    ['completed', 'failure', 'failure'],
    ['completed', 'timed_out', 'failure'],
    ['completed', 'action_required', 'failure'],
    ['completed', 'startup_failure', 'failure'],
    ['completed', 'cancelled', 'cancelled'],
    ['completed', 'stale', 'cancelled'],
    ['completed', 'skipped', 'skipped'],
    ['completed', 'neutral', 'neutral'],
    ['completed', null, 'unknown'],
    ['completed', 'SUCCESS', 'unknown'],
    ['completed', 'a_new_word', 'unknown'],
    ['a_new_word', null, 'unknown'],
    ['a_new_word', 'success', 'unknown'],
    [null, 'success', 'unknown'],
  ] as const)('check %s/%s is %s', (status, conclusion, state) => {
    expect(toCheckState(status, conclusion)).toBe(state);
  });

  test.each([
    ['success', 'success'],
    ['failure', 'failure'],
    ['error', 'failure'],
    ['pending', 'pending'],
    ['a_new_word', 'unknown'],
    ['', 'unknown'],
  ] as const)('commit status %s is %s', (word, state) => {
    expect(toStatusState(word)).toBe(state);
  });
});

test('an unfinished check shows its status, a finished one its conclusion', () => {
  const run = read<Parameters<typeof fromCheckRun>[0]>('check-run-completed.json');
  expect(fromCheckRun({ ...run, status: 'a_new_word', conclusion: null }, '').vendorState).toBe('a_new_word');
  expect(fromCheckRun({ ...run, conclusion: 'a_new_word' }, '').vendorState).toBe('a_new_word');
});

test('error answers are told in one line', () => {
  const body = {
    message: 'Validation Failed',
    errors: [
      { resource: 'Issue', field: 'assignees', code: 'invalid', value: 'nobody' },
      { resource: 'Issue', code: 'custom', field: 'body', message: 'body is too long (maximum is 65536 characters)' },
      'a plain word',
      { resource: 'PullRequest', code: 'custom', message: 'A pull request already exists for octo-org:x.' },
      null,
    ],
  };
  expect(errorWords(body)).toBe(
    'Validation Failed: assignees is invalid, body: body is too long (maximum is 65536 characters), a plain word, A pull request already exists for octo-org:x.',
  );
  expect(errorWords({ message: 'Not Found' })).toBe('Not Found');
  expect(errorWords('text')).toBeUndefined();
  expect(errorWords({})).toBeUndefined();
});
