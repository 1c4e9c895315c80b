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

describe('a team', () => {
  const stage = trackerStage({ people: ['ada'] });
  const members = (state: string) => ({
    match: ({ path }: { path: string }) => path === '/orgs/octo-org/teams/release/memberships/ada',
    answer: {
      json: { url: `${stage.github.origin}/orgs/octo-org/teams/release/memberships/ada`, role: 'member', state },
    },
  });

  test('has those who are active in it, not those who are invited, nor anybody else, nor an app', async () => {
    const ada = { id: 'ada', name: 'Ada' };
    for (const [state, expected] of [
      ['active', true],
      ['pending', false],
    ] as const) {
      const { match, answer } = members(state);
      stage.github.trouble(match, answer);
      expect(await stage.tracker.isTeamMember?.('octo-org/release', ada)).toBe(expected);
    }
    expect(await stage.tracker.isTeamMember?.('@octo-org/release', { id: 'grace', name: 'Grace' })).toBe(false);
    stage.calm();
    expect(await stage.tracker.isTeamMember?.('octo-org/release', { id: 'github-actions[bot]', name: '' })).toBe(false);
    expect(stage.asked()).toEqual([]);
  });

  test('whose name is none is refused before anything is sent, and one that the token may not see says what is missing', async () => {
    const ada = { id: 'ada', name: 'Ada' };
    await refusal(async () => stage.tracker.isTeamMember?.('release', ada), { kinds: ['validation'] });
    expect(stage.asked()).toEqual([]);
    stage.github.trouble(() => true, { status: 403, json: { message: 'Resource not accessible by integration' } });
    const error = await refusal(async () => stage.tracker.isTeamMember?.('octo-org/release', ada), {
      kinds: ['permission'],
      operation: 'isTeamMember',
    });
    expect(error.remedy).toContain('Members: read');
  });
});
