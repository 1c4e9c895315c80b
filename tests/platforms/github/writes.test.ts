import { describe, expect, test } from 'vitest';
import { refusal } from '../../contract/refusal.ts';
import { trackerStage } from './bench.ts';

const stage = trackerStage({ people: ['ada'] });

async function fresh(more: object = {}): Promise<string> {
  const { key } = await stage.driver.createIssue({ title: 'T', body: '', ...more });
  stage.calm();
  return key;
}

describe('states', () => {
  test('a reason counts only when the state changes: from done to canceled the way leads through open', async () => {
    const key = await fresh({ state: 'done' });
    expect((await stage.driver.transitionIssue(key, { state: 'canceled' })).state).toBe('canceled');
    expect(stage.written()).toEqual([
      { state: 'open', state_reason: 'reopened' },
      { state: 'closed', state_reason: 'not_planned' },
    ]);
    stage.calm();
    expect((await stage.driver.updateIssue(key, { title: 'U', state: 'done' })).stateName).toBe('closed (completed)');
    expect(stage.written().length).toBe(3);
  });

  test('a closed issue can be closed as a duplicate by that name', async () => {
    const key = await fresh();
    const { state, stateName } = await stage.tracker.transitionIssue(key, 'closed (duplicate)');
    expect([state, stateName]).toEqual(['canceled', 'closed (duplicate)']);
  });

  test('a label that a person has written in other letters stands for its state, and stays', async () => {
    const key = await fresh();
    const path = `/repos/${stage.github.repository}/issues/${key}`;
    await stage.github.api('PATCH', path, { labels: ['STATUS:BLOCKED'] });
    stage.calm();
    expect((await stage.driver.getIssue(key)).stateName).toBe('STATUS:BLOCKED');
    for (const target of [{ state: 'blocked' }, { state: 'blocked', name: 'status:blocked' }] as const)
      expect((await stage.driver.transitionIssue(key, target)).state).toBe('blocked');
    await stage.driver.updateIssue(key, { title: 'T2' });
    expect(stage.written()).toEqual([{ title: 'T2' }]);
    expect((await stage.driver.getAvailableTransitions(key)).map(({ name }) => name)).not.toContain('status:blocked');
  });

  test('a new state takes away the label of the old one, and leaves those of people as they are', async () => {
    const key = await fresh({ state: 'blocked', labels: ['a'] });
    await stage.driver.transitionIssue(key, { state: 'done' });
    expect(stage.written()).toEqual([{ state: 'closed', state_reason: 'completed' }, undefined]);
    expect(stage.asked()).toContain(`DELETE issues/${key}/labels/status%3Ablocked`);
    stage.calm();
    await stage.driver.transitionIssue(key, { state: 'in_review' });
    expect(stage.written()).toEqual([{ state: 'open', state_reason: 'reopened' }, { labels: ['status:in-review'] }]);
    expect(stage.asked()).toContain(`POST issues/${key}/labels`);
    expect((await stage.driver.getIssue(key)).labels).toEqual(['a']);
  });

  test('closing with other changes removes the label afterwards, only where there is one', async () => {
    const labelled = await fresh({ state: 'in_progress' });
    await stage.driver.updateIssue(labelled, { title: 'U', state: 'done' });
    expect(stage.written()).toEqual([{ title: 'U', state: 'closed', state_reason: 'completed' }, undefined]);
    expect(stage.asked()).toContain(`DELETE issues/${labelled}/labels/status%3Ain-progress`);
    stage.calm();
    const plain = await fresh();
    await stage.driver.updateIssue(plain, { title: 'U', state: 'done' });
    expect(stage.written().length).toBe(1);
  });
});

describe('fields in labels', () => {
  test('change beside the labels that people have set', async () => {
    const key = await fresh({ labels: ['a'], priority: 0, storyPoints: 3, type: 'bug' });
    const changed = await stage.driver.updateIssue(key, { priority: null, addLabels: ['b'], removeLabels: ['a'] });
    expect(stage.written()).toEqual([{ labels: ['b'] }, undefined, undefined]);
    expect(stage.asked().filter((line) => line.startsWith('DELETE'))).toEqual([
      `DELETE issues/${key}/labels/a`,
      `DELETE issues/${key}/labels/priority%3Acritical`,
    ]);
    expect([changed.labels, changed.priority, changed.storyPoints, changed.type]).toEqual([['b'], undefined, 3, 'bug']);
  });

  test('that stay as they are cost no write', async () => {
    const key = await fresh({ labels: ['a'], priority: 0 });
    await stage.driver.updateIssue(key, { labels: ['a'], priority: 0 });
    expect(stage.asked()).toEqual([`GET issues/${key}`]);
  });
});

describe('people', () => {
  test('who cannot be assigned are named, and nothing is changed', async () => {
    const key = await fresh({ title: 'Before' });
    const call = () => stage.driver.updateIssue(key, { title: 'After', assignees: ['ada', 'nobody'] });
    const error = await refusal(call, { kinds: ['validation'], operation: 'updateIssue' });
    expect(error.message).toBe('Not all of these can be assigned: ada, nobody. Nothing was changed.');
    expect((await stage.driver.getIssue(key)).title).toBe('Before');
  });

  test('above ten are refused before anything is written', async () => {
    const assignees = Array.from({ length: 11 }, (_, index) => `person-${index}`);
    const call = () => stage.driver.createIssue({ title: 'T', body: '', assignees });
    const { message } = await refusal(call, { kinds: ['validation'], operation: 'createIssue' });
    expect(message).toBe('GitHub assigns an issue to 10 people at most, not to 11.');
    expect(stage.written()).toEqual([]);
  });
});

test('assignees that GitHub has dropped without a word are named in the log', async () => {
  const key = await fresh();
  const dropped = [[], [{ login: 'ada' }]];
  for (const assignees of dropped) {
    stage.github.trouble(
      ({ method }) => method === 'PATCH',
      (answer) => ({ ...answer, json: { ...(answer.json as object), assignees } }),
    );
    await stage.driver.updateIssue(key, { assignees: ['ada', 'octocat'] });
  }
  expect(stage.world.lines).toEqual([
    expect.stringMatching(/has no assignees: ada, octocat cannot be assigned\.$/),
    expect.stringMatching(/lacks assignees: octocat cannot be assigned\.$/),
  ]);
});

test('a milestone and a type that GitHub has dropped are named in the log', async () => {
  await stage.tracker.createMilestone({ title: 'v1' });
  stage.github.trouble(
    ({ method, path }) => method === 'POST' && path.endsWith('/issues'),
    (answer) => ({ ...answer, json: { ...(answer.json as object), milestone: null } }),
  );
  await stage.driver.createIssue({ title: 'T', body: '', milestone: 'v1' });
  expect(stage.world.lines).toEqual([expect.stringMatching(/lacks the milestone: GitHub drops milestones when/)]);
});

test('what could not be set on a new issue is told with its address', async () => {
  stage.github.trouble(({ method }) => method === 'PATCH', { status: 403, json: { message: 'Must have push access' } });
  const call = () => stage.driver.createIssue({ title: 'T', body: '', state: 'done' });
  const error = await refusal(call, { kinds: ['permission'], operation: 'createIssue' });
  expect(error.message).toMatch(
    /issues\/\d+ was created, but not all of it could be set: The token may not write issues/,
  );
  expect(error.remedy).toContain('issues: write');
  expect(error.done).toEqual([expect.stringMatching(/^\d+: created$/)]);
});

describe('a change that takes several requests, and fails after the first', () => {
  const forbidden = { status: 403, json: { message: 'Must have push access' } };

  test('tells what was written', async () => {
    const key = await fresh();
    stage.github.trouble(({ method, path }) => method === 'POST' && path.endsWith('/labels'), forbidden);
    const patch = { title: 'U', body: 'Text.', metadata: {}, addAssignees: ['ada'], addLabels: ['a'] };
    const error = await refusal(() => stage.driver.updateIssue(key, patch), { kinds: ['permission'] });
    expect(error.done).toEqual(['title', 'body', 'assignees'].map((field) => `${key}: ${field}`));
    expect(error.message).toMatch(new RegExp(`^${key} was changed in part: title, body and assignees are written\\. `));
    expect(error).toMatchObject({ operation: 'updateIssue', status: 403, vendorMessage: 'Must have push access' });
  });

  test('tells that the issue was opened, or closed, without its label', async () => {
    const key = await fresh({ state: 'blocked' });
    stage.github.trouble(({ method }) => method === 'DELETE', forbidden);
    const closing = await refusal(() => stage.driver.transitionIssue(key, { state: 'done' }), {
      kinds: ['permission'],
    });
    expect(closing.done).toEqual([`${key}: state`]);
  });

  test('says nothing of the kind when the first one fails', async () => {
    const key = await fresh();
    stage.github.trouble(({ method }) => method === 'PATCH', forbidden);
    const patch = { title: 'U', addAssignees: ['ada'] };
    const error = await refusal(() => stage.driver.updateIssue(key, patch), { kinds: ['permission'] });
    expect([error.done, error.message]).toEqual([undefined, expect.not.stringContaining('in part')]);
  });
});
