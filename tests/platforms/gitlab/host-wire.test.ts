import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { storable } from '../../../core/text/storable.ts';
import { createLabelWords } from '../../../platforms/gitlab/field-labels.ts';
import {
  labelList,
  toChangeRequest,
  toCheck,
  toCheckState,
  type WireStatus,
} from '../../../platforms/gitlab/host-wire.ts';
import { toComment, toIssue, toLabel, toMilestone } from '../../../platforms/gitlab/issue-wire.ts';
import { toLink } from '../../../platforms/gitlab/links.ts';
import { loadSpec } from '../../support/openapi.ts';

function golden(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`golden/${name}.json`, import.meta.url), 'utf8'));
}

describe('what GitLab sends', () => {
  it('issues become neutral issues', () => {
    expect(toIssue(golden('issue') as never, createLabelWords(undefined))).toEqual(golden('issue.golden'));
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
