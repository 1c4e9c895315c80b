import { describe, expect, test } from 'vitest';
import { collect } from '../../../core/tracker/collect.ts';
import { refusal } from '../../contract/refusal.ts';
import { trackerStage } from './bench.ts';

describe('the token of a person', () => {
  const stage = trackerStage({ people: ['ada'] });

  test('is theirs', async () => {
    expect(await stage.tracker.getCurrentUser()).toEqual({ id: 'octocat', name: 'octocat' });
    expect(stage.asked()).toEqual(['GET /user']);
  });

  test('tells who can be given an issue', async () => {
    const found = await collect(stage.tracker.listUsers());
    expect(found).toEqual([
      { id: 'octocat', name: 'octocat' },
      { id: 'ada', name: 'ada' },
    ]);
  });

  test('that GitHub does not accept is nobody’s, and that is said', async () => {
    stage.github.trouble(() => true, { status: 401, json: { message: 'Bad credentials' } });
    await refusal(() => stage.driver.getCurrentUser(), { kinds: ['authentication'], operation: 'getCurrentUser' });
    expect(await stage.tracker.testConnection()).toBe(true);
  });
});

describe('the token of a workflow', () => {
  const stage = trackerStage({ login: 'github-actions[bot]', userless: true });

  test('belongs to the bot that GraphQL names', async () => {
    expect(await stage.tracker.getCurrentUser()).toEqual({ id: 'github-actions[bot]', name: 'github-actions[bot]' });
    expect(stage.asked()).toEqual(['GET /user', 'POST /graphql']);
  });

  test('that belongs to nobody says how people can be named all the same', async () => {
    const json = { message: 'Resource not accessible by integration' };
    stage.github.trouble(({ path }) => path === '/graphql', { status: 403, json });
    const error = await refusal(() => stage.driver.getCurrentUser(), { kinds: ['permission'] });
    expect(error.remedy).toBe('Please name people by their login instead of `@me`, or use a personal access token.');
  });
});
