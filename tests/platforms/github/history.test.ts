/** The timeline of an issue as changes of its fields. Its events are such as GitHub describes. */
import { expect, test } from 'vitest';
import { collect } from '../../../core/tracker/collect.ts';
import { toChange, type WireEvent } from '../../../platforms/github/history.ts';
import { createTracker } from '../../../platforms/github/issues.ts';
import { userShape } from '../../support/github-shapes.ts';
import { loadSpec } from '../../support/openapi.ts';
import { scriptedAnswers } from '../../support/scripted-answers.ts';
import { testWorld } from '../../support/world.ts';

const ORIGIN = 'https://api.github.com';
const ISSUE = '/repos/octo-org/octo-repo/issues/7';
const actor = userShape(ORIGIN, 'ann');

/** What every event of a change has. */
function event(id: number, kind: string, more: object = {}): object {
  return {
    ...{ id, node_id: `E_${id}`, url: `${ORIGIN}/repos/octo-org/octo-repo/issues/events/${id}`, actor, event: kind },
    ...{
      commit_id: null,
      commit_url: null,
      created_at: `2026-03-02T10:00:0${id % 10}Z`,
      performed_via_github_app: null,
    },
    ...more,
  };
}

const TIMELINE = [
  event(1, 'labeled', { label: { name: 'bug', color: 'ededed' } }),
  event(2, 'assigned', { assignee: userShape(ORIGIN, 'ben'), assigner: actor }),
  event(3, 'milestoned', { milestone: { title: 'v1' } }),
  event(4, 'renamed', { rename: { from: 'Old', to: 'New' } }),
  event(5, 'unlabeled', { label: { name: 'bug', color: 'ededed' } }),
  event(6, 'closed', { state_reason: 'not_planned' }),
  event(7, 'reopened', { state_reason: null }),
  event(8, 'closed', { state_reason: null }),
];

test('each event is told with what it has changed, after who created the issue', async () => {
  const issue = {
    ...{ id: 1, number: 7, html_url: 'https://github.com/octo-org/octo-repo/issues/7', title: 'New', body: '' },
    ...{ state: 'closed', state_reason: null, labels: [], assignees: [], user: actor, pull_request: undefined },
    ...{ created_at: '2026-03-02T09:00:00Z', updated_at: '2026-03-02T10:00:08Z' },
    repository_url: `${ORIGIN}/repos/octo-org/octo-repo`,
  };
  const { fetch, exchanges } = scriptedAnswers({ [ISSUE]: issue, [`${ISSUE}/timeline`]: TIMELINE });
  const settings = { token: 'ghs_loopbackTokenOfNoWorth0123456789', repository: 'octo-org/octo-repo', api_url: ORIGIN };
  const tracker = createTracker(testWorld({ fetch }), settings);
  const changes = tracker.history ? await collect(tracker.history('7')) : [];
  const ann = { key: '7', actor: 'ann' };
  const at = (second: number) => Date.parse(`2026-03-02T10:00:0${second}Z`);
  const changed = (second: number, field: string, before: unknown, after: unknown) => ({
    ...{ ...ann, id: String(second), at: at(second), kind: 'changed', field, before, after },
  });
  expect(changes).toEqual([
    { ...ann, id: '0', at: Date.parse('2026-03-02T09:00:00Z'), kind: 'created' },
    changed(1, 'labels', null, 'bug'),
    changed(2, 'assignees', null, 'ben'),
    changed(3, 'milestone', null, 'v1'),
    changed(4, 'title', 'Old', 'New'),
    changed(5, 'labels', 'bug', null),
    changed(6, 'state', 'open', 'canceled'),
    changed(7, 'state', null, 'open'),
    changed(8, 'state', 'open', 'done'),
  ]);
  const ofTimeline = exchanges.filter(({ asked }) => asked.path.endsWith('/timeline'));
  expect([ofTimeline.length, loadSpec('github').violations(ofTimeline)]).toEqual([1, []]);
});

test.each<[string, WireEvent, object[]]>([
  [
    'a comment',
    { event: 'commented', id: 9, user: { login: 'ben' } },
    [{ id: '9', actor: 'ben', kind: 'commented', field: 'comments', before: null, after: '9' }],
  ],
  [
    'unassigned',
    { event: 'unassigned', id: 1, assignee: { login: 'ben' } },
    [{ id: '1', kind: 'changed', field: 'assignees', before: 'ben', after: null }],
  ],
  [
    'demilestoned',
    { event: 'demilestoned', id: 1, milestone: { title: 'v1' } },
    [{ id: '1', kind: 'changed', field: 'milestone', before: 'v1', after: null }],
  ],
  [
    'a duplicate',
    { event: 'closed', id: 1, state_reason: 'duplicate' },
    [{ id: '1', kind: 'changed', field: 'state', before: 'open', after: 'canceled' }],
  ],
  ['what PACE has no field for', { event: 'parent_issue_added', id: 1 }, [{ id: '1', kind: 'parent issue added' }]],
  [
    'what is gone',
    { event: 'labeled', id: 1 },
    [{ id: '1', kind: 'changed', field: 'labels', before: null, after: null }],
  ],
  ['somebody who hears of it', { event: 'subscribed', id: 1 }, []],
  ['a mention elsewhere', { event: 'cross-referenced' }, []],
])('%s', (_, wire, expected) => {
  const created_at = '2026-03-02T10:00:00Z';
  const at = Date.parse(created_at);
  expect(toChange('7', { ...wire, created_at })).toEqual(expected.map((each) => ({ key: '7', at, ...each })));
});

test('what has no time is left out', () => {
  expect(toChange('7', { event: 'committed' })).toEqual([]);
});
