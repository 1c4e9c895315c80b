import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createFieldLabels } from '../../../core/drivers/field-labels.ts';
import { createStatusMap } from '../../../core/drivers/status-map.ts';
import type { Issue } from '../../../core/ports/index.ts';
import { oddIn, withoutOdd } from '../../../core/tracker/odd-records.ts';
import platform from '../../../platforms/linear/index.ts';
import { readMetadata } from '../../../platforms/linear/metadata.ts';
import { pageSizeOf, pointsOf } from '../../../platforms/linear/selection.ts';
import { createStates } from '../../../platforms/linear/states.ts';
import { ISSUE, toComment, toIssue, type WireComment, type WireIssue } from '../../../platforms/linear/wire.ts';

function golden<Read>(name: string): Read {
  return JSON.parse(readFileSync(new URL(`golden/${name}.json`, import.meta.url), 'utf8')) as Read;
}

const reading = {
  toState: createStates(undefined).toState,
  readLabels: createFieldLabels(createStatusMap('linear', {}, undefined), ['type']).read,
};

describe('what Linear sends', () => {
  test.each(['issue', 'issue-bare'])('is read as it is meant: %s', (name) => {
    expect(toIssue(golden<WireIssue>(name), reading)).toEqual(golden(`${name}.golden`));
  });

  test('is read as it is meant: comment', () => {
    expect(toComment(golden<WireComment>('comment'))).toEqual(golden('comment.golden'));
  });

  test('may name a bot alone as the author of a comment, or nobody', () => {
    const comment = { ...golden<WireComment>('comment'), externalUser: null };
    expect(toComment(comment).author).toEqual({ id: 'Slack', name: 'Slack' });
    expect(toComment({ ...comment, botActor: null }).author).toBeUndefined();
  });

  test.each([
    { priority: 4, read: 3 },
    { priority: 5, read: undefined },
    { priority: null, read: undefined },
  ])('priority $priority', ({ priority, read }) => {
    expect(toIssue({ ...golden<WireIssue>('issue'), priority }, reading).priority).toBe(read);
  });

  const whole = golden<Issue>('issue.golden');

  test.each([
    {
      name: 'a time that is none',
      change: { createdAt: 'yesterday' },
      shown: { createdAt: whole.updatedAt },
      odd: 'createdAt is not a time',
    },
    {
      name: 'labels that are not a list',
      change: { labels: { nodes: {} } },
      shown: { labels: [], type: undefined },
      odd: 'labels is not a list',
    },
    {
      name: 'no labels',
      change: { labels: null },
      shown: { labels: [], type: undefined },
      odd: 'labels is not a list',
    },
    {
      name: 'a state without a name',
      change: { state: { name: null, type: 'started' } },
      shown: { state: 'open', stateName: '(unknown)' },
      odd: 'state is not text',
    },
    {
      name: 'no state',
      change: { state: null },
      shown: { state: 'open', stateName: '(unknown)' },
      odd: 'state is not text',
    },
    {
      name: 'a person without a name',
      change: { creator: { name: 'Ada' } },
      shown: { author: { id: '(no id)', name: 'Ada' } },
      odd: 'displayName is not text',
    },
  ])('is shown as far as it reads with $name', ({ change, shown, odd }) => {
    const found = toIssue({ ...golden<WireIssue>('issue'), ...change } as unknown as WireIssue, reading);
    expect(oddIn(found)).toEqual([odd]);
    expect(withoutOdd(found)).toEqual({ ...whole, ...shown });
  });

  test('is refused with no identifier', () => {
    const issue = { ...golden<WireIssue>('issue'), identifier: null } as unknown as WireIssue;
    expect(() => toIssue(issue, reading)).toThrow(/makes no sense \(identifier is not text/);
  });

  test.each([undefined, null, 'text', {}, { data: 7 }, { data: 'no JSON' }, { data: '[1]' }])(
    'is no metadata: %j',
    (found) => expect(readMetadata(found)).toEqual({}),
  );
});

describe('what a query costs', () => {
  test('keeps pages of issues below the limit, with little room left', () => {
    const size = pageSizeOf(ISSUE);
    expect(size).toBeGreaterThan(100);
    expect(size).toBeLessThanOrEqual(250);
    expect(size * (1 + pointsOf(ISSUE))).toBeLessThan(10_000);
  });
});

describe('an address', () => {
  test.each([
    ['https://linear.app/acme/issue/ENG-12/some-words', 'ENG-12'],
    ['https://linear.app/acme/issue/eng-12', 'ENG-12'],
    ['https://linear.app/acme/issue/ENG-12/some-words#comment-1', 'ENG-12'],
  ])('%s leads to %s', (url, key) => {
    expect(platform.readIssueUrl(new URL(url))).toEqual({ key, settings: { team: 'ENG' } });
  });

  test.each(['https://linear.app/acme/project/x-1', 'https://example.org/acme/issue/ENG-12', 'https://linear.app/'])(
    '%s leads to none',
    (url) => expect(platform.readIssueUrl(new URL(url))).toBeUndefined(),
  );

  test('of a project is the key of a team', () => {
    expect(platform.projectSettings('ENG')).toEqual({ team: 'ENG' });
  });
});
