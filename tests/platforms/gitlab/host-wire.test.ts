import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { storable } from '../../../core/text/storable.ts';
import { oddIn } from '../../../core/tracker/odd-records.ts';
import { createLabelWords } from '../../../platforms/gitlab/field-labels.ts';
import {
  labelList,
  toChangeRequest,
  toCheck,
  toCheckState,
  type WireStatus,
} from '../../../platforms/gitlab/host-wire.ts';
import { toComment, toIssue, toLabel, toMilestone, toPerson } from '../../../platforms/gitlab/issue-wire.ts';
import { toLink } from '../../../platforms/gitlab/links.ts';
import { loadSpec } from '../../support/openapi.ts';

function golden(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`golden/${name}.json`, import.meta.url), 'utf8'));
}

describe('what GitLab sends', () => {
  it('issues become neutral issues', () => {
    expect(toIssue(golden('issue') as never, createLabelWords(undefined))).toEqual(golden('issue.golden'));
  });

  const closed = { ...(golden('issue') as object), state: 'closed', labels: [] };
  const states = (more: object) => {
    const { state, stateName } = toIssue({ ...closed, ...more } as never, createLabelWords(undefined));
    return [state, stateName];
  };

  it('a duplicate, and what was moved away, is canceled, whatever else is done', () => {
    const duplicate = {
      _links: { self: 'x', closed_as_duplicate_of: 'https://gitlab.example.org/api/v4/projects/1/issues/2' },
    };
    expect(states({})).toEqual(['done', 'closed']);
    expect(states({ _links: { self: 'x', closed_as_duplicate_of: null } })).toEqual(['done', 'closed']);
    expect(states(duplicate)).toEqual(['canceled', 'closed (duplicate)']);
    expect(states({ moved_to_id: 92 })).toEqual(['canceled', 'closed (moved)']);
    expect(states({ ...duplicate, state: 'opened', moved_to_id: 92 })).toEqual(['open', 'opened']);
    expect(states({ ...duplicate, labels: ['status:canceled'] })).toEqual(['canceled', 'status:canceled']);
  });

  it.each([
    ['no title', { title: null }, { title: '(no title)' }, 'title is not text'],
    ['no state', { state: null }, { state: 'open', stateName: '(unknown)' }, 'state is not text'],
    ['labels that are a text', { labels: 'x' }, { labels: [] }, 'what should be a list is not one'],
    [
      'an author without a name',
      { author: { id: 1 } },
      { author: { id: '(no id)', name: '(no id)' } },
      'username is not text',
    ],
    ['a milestone without a title', { milestone: {} }, {}, 'milestone is not text'],
  ])('an issue with %s is shown as far as it reads', (_, change, shown, odd) => {
    const found = toIssue({ ...(golden('issue') as object), ...change } as never, createLabelWords(undefined));
    expect(oddIn(found)).toEqual([odd]);
    expect(found).toMatchObject({ key: (golden('issue.golden') as { key: string }).key, ...shown });
  });

  it('an issue may have nobody, no labels and no times that are sound', () => {
    const none = { author: null, assignees: null, labels: null, milestone: null, created_at: 'x', updated_at: null };
    const found = toIssue({ ...(golden('issue') as object), ...none } as never, createLabelWords(undefined));
    expect([found.author, found.assignees, found.labels, found.milestone, found.createdAt]).toEqual([
      undefined,
      [],
      [],
      undefined,
      0,
    ]);
    expect(oddIn(found)).toEqual(['a time is not one']);
  });

  it('issues with everything that a licence adds become neutral issues', () => {
    expect(toIssue(golden('issue-premium') as never, createLabelWords(undefined))).toEqual(
      golden('issue-premium.golden'),
    );
  });

  it('labels, milestones and linked issues become neutral ones', () => {
    expect(toLabel(golden('label') as never)).toEqual(golden('label.golden'));
    expect(toMilestone(golden('milestone') as never)).toEqual(golden('milestone.golden'));
    expect(toLink('acme/pace-demo', golden('linked-issue') as never)).toEqual(golden('linked-issue.golden'));
  });

  it('commit statuses become checks', () => {
    const projectUrl = 'https://gitlab.example.org/acme/pace-demo';
    const checks = (golden('statuses') as WireStatus[]).map((status) => toCheck(status, projectUrl));
    expect(checks).toEqual(golden('statuses.golden'));
  });

  it('merge requests become change requests', () => {
    expect(toChangeRequest(golden('merge-request') as never)).toEqual(golden('merge-request.golden'));
  });

  it('notes become comments', () => {
    expect(toComment(golden('note') as never)).toEqual(golden('note.golden'));
  });
});

// https://docs.gitlab.com/api/jobs/ and https://docs.gitlab.com/api/pipelines/
it.each([
  ['created', 'blocked'],
  ['waiting_for_resource', 'pending'],
  ['waiting_for_callback', 'pending'],
  ['preparing', 'pending'],
  ['pending', 'pending'],
  ['running', 'pending'],
  ['canceling', 'pending'],
  ['success', 'success'],
  ['failed', 'failure'],
  ['canceled', 'cancelled'],
  ['skipped', 'skipped'],
  ['manual', 'waiting'],
  ['scheduled', 'waiting'],
  ['', 'unknown'],
  ['SUCCESS', 'unknown'],
  ['toString', 'unknown'],
  ['a word of the future', 'unknown'],
])('the word %o means %s', (word, state) => {
  expect(toCheckState(word)).toBe(state);
});

it('every word of the vendor’s description is known', () => {
  const spec = loadSpec('gitlab');
  const words = [
    ...spec.words('GET /api/v4/projects/{id}/pipelines', 'status'),
    ...spec.words('GET /api/v4/projects/{id}/pipelines/{pipeline_id}/jobs', 'scope'),
  ];
  expect(words.length).toBeGreaterThan(20);
  expect(words.filter((word) => toCheckState(word) === 'unknown')).toEqual([]);
});

it.each([
  ['opened', 'open'],
  ['locked', 'open'],
  ['closed', 'closed'],
  ['merged', 'merged'],
])('a merge request that is %s is %s', (word, state) => {
  const request = { iid: 1, web_url: 'u', title: 't', state: word };
  expect(toChangeRequest(request).state).toBe(state);
});

it('labels go out as one text, each once, and none with a comma', () => {
  expect(labelList(['pace', 'pace::hold', 'pace'])).toBe('pace,pace::hold');
  expect(labelList([])).toBe('');
  expect(() => labelList(['a,b'])).toThrow('The label "a,b" has a comma, and GitLab labels cannot have one.');
});

it('text loses what a database cannot store, and nothing else', () => {
  expect(storable('a\0b \ud83d c 🚦')).toBe('ab � c 🚦');
});

it('a person has the e-mail address that is public, where people are told with it', () => {
  const ada = { id: 2, username: 'ada', name: 'Ada' };
  expect(toPerson({ ...ada, public_email: 'ada@example.org' })).toEqual({
    id: 'ada',
    name: 'Ada',
    email: 'ada@example.org',
  });
  for (const public_email of [null, '', 7, undefined])
    expect(toPerson({ ...ada, public_email })).toEqual({ id: 'ada', name: 'Ada' });
});
