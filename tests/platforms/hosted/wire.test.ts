import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ISSUE_STATES } from '../../../core/ports/issue.ts';
import { oddIn, withoutOdd } from '../../../core/tracker/odd-records.ts';
import { priorityFor, statusFor, toIssue, WIRE_PRIORITIES, type WireIssue } from '../../../platforms/hosted/wire.ts';

function golden<Read>(name: string): Read {
  return JSON.parse(readFileSync(new URL(`golden/${name}.json`, import.meta.url), 'utf8')) as Read;
}

const ISSUE = golden<WireIssue>('issue');

test('what the service sends is read as it is meant', () => {
  expect(toIssue(ISSUE)).toEqual(golden('issue.golden'));
});

test('an issue that says no more than it must is read, too', () => {
  const bare = {
    ref: { system: 'github', id: '12', workspace: 'o/r', url: 'https://github.com/o/r/issues/12' },
    title: 'Bare',
    status: 'todo',
    created_at: '2026-03-02T09:00:00Z',
    updated_at: '2026-03-02T09:00:00Z',
  };
  expect(toIssue(bare)).toEqual({
    ...{ key: '12', url: bare.ref.url, title: 'Bare', body: '', metadata: {}, state: 'open', stateName: 'todo' },
    ...{ labels: [], assignees: [], links: [], commentCount: 0 },
    ...{ createdAt: Date.parse(bare.created_at), updatedAt: Date.parse(bare.created_at) },
  });
});

test.each(ISSUE_STATES)('%s has one word, which is read back', (state) => {
  expect(toIssue({ ...ISSUE, status: statusFor(state) }).state).toBe(state);
});

test.each(WIRE_PRIORITIES)('priority %i has one number, which is read back', (priority) => {
  expect(toIssue({ ...ISSUE, priority: priorityFor(priority) }).priority).toBe(priority);
});

test('no priority is 0 on the wire', () => {
  expect(priorityFor(null)).toBe(0);
  expect(toIssue({ ...ISSUE, priority: 0 })).not.toHaveProperty('priority');
});

describe('a part that makes no sense is told, and leaves the rest', () => {
  test.each<[string, WireIssue, object]>([
    ['a status that nobody knows', { status: 'finished' }, { state: 'open', stateName: 'finished' }],
    ['a priority beyond the scale', { priority: 5 }, {}],
    ['a title that is a number', { title: 12 }, { title: '(no title)' }],
    [
      'an address that is a script',
      { ref: { id: '1', key: 'OWL-12', url: 'javascript:alert(1)' } },
      { url: '(no address)' },
    ],
    ['labels that are a word', { labels: 'owl' }, { labels: [] }],
    ['a link that leads nowhere', { links: [{ type: 'blocks' }] }, { links: [] }],
    ['a time that is a word', { created_at: 'yesterday' }, { createdAt: 0 }],
  ])('%s', (_, odd, read) => {
    const issue = toIssue({ ...ISSUE, ...odd });
    expect(withoutOdd(issue)).toMatchObject({ key: 'OWL-12', ...read });
    expect(oddIn(issue)).toHaveLength(1);
  });

  test('without key and id there is nothing to show', () => {
    expect(() => toIssue({ ...ISSUE, ref: {} })).toThrow();
    expect(() => toIssue({ ...ISSUE, ref: 'OWL-12' })).toThrow();
  });
});
