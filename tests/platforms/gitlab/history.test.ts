/** State, labels and milestone of an issue over time, from events such as GitLab describes. */
import { expect, test } from 'vitest';
import { collect } from '../../../core/tracker/collect.ts';
import { scriptedAnswers } from '../../support/scripted-answers.ts';
import { expectDescribed, trackerIn } from './bench.ts';

const ISSUE = '/api/v4/projects/acme%2Fpace-demo/issues/7';
const user = { id: 1, username: 'ann', name: 'Ann', state: 'active', web_url: 'https://gitlab.example.org/ann' };
const event = (id: number, time: string, more: object) => ({
  ...{ id, user, created_at: `2026-03-02T${time}.000Z`, resource_type: 'Issue', resource_id: 70 },
  ...more,
});

test('is told in the order in which it happened', async () => {
  const { fetch, exchanges } = scriptedAnswers({
    [ISSUE]: {
      ...{ id: 70, iid: 7, title: 'T', description: '', state: 'closed', labels: [], assignees: [], author: user },
      ...{ created_at: '2026-03-02T09:00:00.000Z', updated_at: '2026-03-02T12:00:00.000Z' },
      web_url: 'https://gitlab.example.org/acme/pace-demo/-/issues/7',
    },
    [`${ISSUE}/resource_state_events`]: [
      event(1, '10:00:00', { state: 'closed' }),
      event(2, '11:00:00', { state: 'reopened' }),
    ],
    [`${ISSUE}/resource_label_events`]: [
      event(1, '10:30:00', { action: 'add', label: { id: 5, name: 'bug', color: '#ff0000' } }),
      event(2, '12:00:00', { action: 'remove', label: null }),
    ],
    [`${ISSUE}/resource_milestone_events`]: [
      event(1, '09:30:00', { action: 'add', milestone: { id: 3, title: 'v1' } }),
    ],
  });
  const env = {
    PACE_GITLAB_TOKEN: 'glpat-loopbackOfNoWorth',
    GITLAB_PROJECT: 'acme/pace-demo',
    GITLAB_URL: 'https://gitlab.example.org',
  };
  const { tracker } = await trackerIn(env, { fetch });
  const changes = tracker.history ? await collect(tracker.history('7')) : [];
  const changed = (id: string, time: string, field: string, before: unknown, after: unknown) => ({
    ...{ key: '7', id, at: Date.parse(`2026-03-02T${time}Z`), actor: 'Ann', kind: 'changed', field, before, after },
  });
  expect(changes).toEqual([
    { key: '7', id: '0', at: Date.parse('2026-03-02T09:00:00Z'), actor: 'Ann', kind: 'created' },
    changed('m1', '09:30:00', 'milestone', null, 'v1'),
    changed('s1', '10:00:00', 'state', 'open', 'done'),
    changed('l1', '10:30:00', 'labels', null, 'bug'),
    changed('s2', '11:00:00', 'state', 'done', 'open'),
    changed('l2', '12:00:00', 'labels', '(deleted)', null),
  ]);
  // those of milestones are missing in the description
  const described = exchanges.filter(({ asked }) => /resource_(state|label)_events$/.test(asked.path));
  expect(described.length).toBe(2);
  expectDescribed(described);
});
