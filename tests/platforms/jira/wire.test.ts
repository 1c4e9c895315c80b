import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createStatusMap } from '../../../core/drivers/status-map.ts';
import type { IssueState } from '../../../core/ports/index.ts';
import { adfToMarkdown } from '../../../platforms/jira/adf.ts';
import { standardPriority } from '../../../platforms/jira/priorities.ts';
import { wikiToMarkdown } from '../../../platforms/jira/wiki.ts';
import {
  fromLabel,
  type Reading,
  toCategory,
  toComment,
  toIssue,
  toLabel,
  toState,
} from '../../../platforms/jira/wire.ts';

function golden(name: string) {
  return JSON.parse(readFileSync(new URL(`golden/${name}.json`, import.meta.url), 'utf8'));
}

const cloudReading: Reading = {
  site: 'https://your-team.atlassian.net',
  parse: adfToMarkdown,
  states: createStatusMap('jira', {}, undefined),
  toPriority: standardPriority,
};

it('reads an issue as Jira Cloud sends it', () => {
  expect(toIssue(golden('issue'), cloudReading)).toEqual(golden('issue.golden'));
});

it('reads a comment as Jira Cloud sends it', () => {
  expect(toComment(golden('comment'), adfToMarkdown)).toEqual(golden('comment.golden'));
});

it('reads an issue as Jira Data Center sends it', () => {
  const reading = {
    ...cloudReading,
    site: 'https://jira.example.org/jira',
    parse: (text: unknown) => wikiToMarkdown(String(text)),
  };
  expect(toIssue(golden('data-center-issue'), reading)).toEqual(golden('data-center-issue.golden'));
});

describe('The state of an issue', () => {
  const table: [category: string, status: string, resolution: string | undefined, state: IssueState][] = [
    ['new', 'To Do', undefined, 'open'],
    ['new', 'Backlog', undefined, 'open'],
    ['new', 'Blocked', undefined, 'open'],
    ['new', 'Zu erledigen', undefined, 'open'],
    ['new', 'Done', undefined, 'open'],
    ['undefined', 'No Category', undefined, 'open'],
    ['something-new', 'Done', 'Done', 'open'],
    ['indeterminate', 'In Progress', undefined, 'in_progress'],
    ['indeterminate', 'En cours', undefined, 'in_progress'],
    ['indeterminate', 'Previewing', undefined, 'in_progress'],
    ['indeterminate', 'In Review', undefined, 'in_review'],
    ['indeterminate', 'Code review', undefined, 'in_review'],
    ['indeterminate', 'Awaiting approval', undefined, 'in_review'],
    ['indeterminate', 'Blocked', undefined, 'blocked'],
    ['indeterminate', 'On Hold', undefined, 'blocked'],
    ['indeterminate', 'Impeded', undefined, 'blocked'],
    ['indeterminate', 'Waiting for customer', undefined, 'blocked'],
    ['indeterminate', 'Canceled', undefined, 'in_progress'],
    ['done', 'Done', undefined, 'done'],
    ['done', 'Closed', 'Done', 'done'],
    ['done', 'Resolved', 'Fixed', 'done'],
    ['done', 'Erledigt', 'Fertig', 'done'],
    ['done', 'In Review', undefined, 'done'],
    ['done', 'Canceled', undefined, 'canceled'],
    ['done', 'Cancelled', 'Done', 'canceled'],
    ['done', "Won't Do", undefined, 'canceled'],
    ['done', 'Won’t fix', undefined, 'canceled'],
    ['done', 'Rejected', undefined, 'canceled'],
    ['done', 'Declined', undefined, 'canceled'],
    ['done', 'Abandoned', undefined, 'canceled'],
    ['done', 'Obsolete', undefined, 'canceled'],
    ['done', 'Done', "Won't Do", 'canceled'],
    ['done', 'Done', 'Wont Fix', 'canceled'],
    ['done', 'Done', 'Duplicate', 'canceled'],
    ['done', 'Done', 'Invalid', 'canceled'],
    ['done', 'Done', 'Incomplete', 'canceled'],
    ['done', 'Done', 'Not planned', 'canceled'],
    ['done', 'Done', 'Not a bug', 'canceled'],
    ['done', 'Done', 'Cannot Reproduce', 'canceled'],
    ['done', 'Done', "Can't reproduce", 'canceled'],
  ];
  for (const [category, status, resolution, state] of table) {
    it(`is ${state} for “${status}” in ${category}${resolution ? ` with “${resolution}”` : ''}`, () => {
      const wire = { name: status, statusCategory: { key: category } };
      expect(toState(wire, resolution === undefined ? null : { name: resolution })).toBe(state);
    });
  }

  it('has a category to go to, always', () => {
    const states: IssueState[] = ['open', 'in_progress', 'in_review', 'blocked', 'done', 'canceled'];
    expect(states.map(toCategory)).toEqual(['new', 'indeterminate', 'indeterminate', 'indeterminate', 'done', 'done']);
  });
});

it('keeps blanks in labels, which Jira does not have', () => {
  expect(toLabel(' two words ')).toBe('two␣words');
  expect(fromLabel(toLabel('two words'))).toBe('two words');
});
