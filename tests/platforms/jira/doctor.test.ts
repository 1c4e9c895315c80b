import { afterEach, describe, expect, it } from 'vitest';
import { resolveSettings } from '../../../core/drivers/settings.ts';
import type { Diagnosis, GateNeeds } from '../../../core/ports/index.ts';
import jira from '../../../platforms/jira/index.ts';
import { type Jira, type JiraOptions, startJira } from '../../support/jira.ts';
import { loadSpec } from '../../support/openapi.ts';
import { testWorld } from '../../support/world.ts';

const NEEDS: GateNeeds = {
  statusContext: 'pace/gate',
  waitsForCi: true,
  opensReviews: true,
  usesVariables: true,
  purposes: ['hold', 'advisory'],
};

const servers: Jira[] = [];
const spec = loadSpec('jira', { nullable: true });

afterEach(async () => {
  for (const server of servers.splice(0)) {
    expect(server.exchanges.filter(({ asked }) => asked.method !== 'GET')).toEqual([]);
    // version 2, which tells what kind of Jira it is, is not in the description
    const described = server.exchanges.filter(({ asked }) => asked.path.startsWith('/rest/api/3/'));
    expect(spec.violations(described)).toEqual([]);
    await server.close();
  }
});

async function start(options: JiraOptions = {}): Promise<Jira> {
  const server = await startJira(options);
  servers.push(server);
  return server;
}

async function look(
  server: Pick<Jira, 'origin' | 'email' | 'token' | 'projectKey'>,
  more: Record<string, string> = {},
) {
  const env = {
    JIRA_URL: server.origin,
    JIRA_EMAIL: server.email,
    JIRA_TOKEN: server.token,
    JIRA_PROJECT_KEY: server.projectKey,
    ...more,
  };
  const { settings } = resolveSettings({ platform: jira, side: 'tracker', env });
  return (await (await jira.createTracker(testWorld(), settings)).diagnose?.(NEEDS)) ?? [];
}

const brief = (diagnoses: readonly Diagnosis[]) => diagnoses.map(({ check, state }) => `${state} ${check}`);
const named = (diagnoses: readonly Diagnosis[], check: string) => diagnoses.find((each) => each.check === check);

it('all is proven by what Jira tells of account and project', async () => {
  const server = await start();
  const found = await look(server);
  expect(brief(found)).toEqual([
    'ok site',
    'ok token',
    'ok project',
    'ok permissions',
    'ok Browse Projects',
    'ok Create Issues',
    'ok Edit Issues',
    'ok Transition Issues',
    'ok Add Comments',
    'ok issue types',
    'ok issue type of hold',
    'ok fields of hold',
    'ok issue type of advisory',
    'ok fields of advisory',
    'ok status map',
  ]);
  expect(named(found, 'token')?.detail).toBe('an API token of pace@example.org');
  expect(named(found, 'status map')?.detail).toBe(
    "To Do = open, In Progress = in_progress, In Review = in_review, Won't Do = canceled, Done = done",
  );
});

it('the same is proven of Data Center, where a token stands for itself', async () => {
  const server = await start({ deployment: 'Data Center', lacks: ['Comment'] });
  const found = await look(server, { JIRA_EMAIL: '' });
  expect(found.filter(({ state }) => state !== 'ok')).toEqual([
    {
      area: 'tracker',
      check: 'Add Comments',
      state: 'broken',
      detail: 'the account of the token lacks “Add Comments” in PACE.',
      remedy: 'Please give the account of the token the permission “Add Comments” in the project PACE.',
    },
  ]);
  expect(named(found, 'site')?.detail).toBe(`${server.origin}, Data Center`);
  expect(named(found, 'token')?.detail).toBe('a personal access token');
});

describe('what is lacking', () => {
  it.each([
    ['Create', 'Create Issues'],
    ['Edit', 'Edit Issues'],
    ['Transition', 'Transition Issues'],
    ['Comment', 'Add Comments'],
  ] as const)('the permission %s is named', async (lacked, name) => {
    const found = await look(await start({ lacks: [lacked] }));
    expect(found.filter(({ state }) => state !== 'ok')).toEqual([
      {
        area: 'tracker',
        check: name,
        state: 'broken',
        detail: `pace@example.org lacks “${name}” in PACE.`,
        remedy: `Please give pace@example.org the permission “${name}” in the project PACE; a token with scopes needs write:jira-work.`,
      },
    ]);
  });

  it('a project that cannot be seen ends the looks', async () => {
    const found = await look(await start({ lacks: ['Browse'] }));
    expect(brief(found)).toEqual(['ok site', 'ok token', 'broken project']);
    expect(named(found, 'project')?.remedy).toContain('“Browse Projects”');
  });

  it('an issue type', async () => {
    const found = await look(await start({ issueTypes: ['Task', 'Epic'] }));
    expect(found.filter(({ state }) => state !== 'ok')).toMatchObject([
      { check: 'issue type of hold', state: 'broken', detail: 'PACE has no issue type “Bug”.' },
      { check: 'status map', state: 'unknown' },
    ]);
    expect(named(found, 'issue types')?.detail).toBe('Task, Epic');
  });

  it('fields of a screen, and a priority', async () => {
    const without = await look(await start({ refuseFields: ['labels', 'priority'] }));
    expect(named(without, 'fields of hold')).toMatchObject({
      state: 'degraded',
      detail: 'The screen of Bug has no priority and no labels: issues are opened without them.',
    });
    const other = await look(await start(), { JIRA_HOLD_PRIORITY: 'Blocker' });
    expect(named(other, 'fields of hold')).toMatchObject({
      state: 'degraded',
      detail: 'Bug has no priority “Blocker”; it has Highest, High, Medium, Low, Lowest.',
      remedy: 'Please set jira.hold_priority to one that it has.',
    });
  });

  it('a status that closes', async () => {
    const transitions = [{ id: '21', name: 'Start', to: { name: 'In Progress', category: 'indeterminate' } }] as const;
    expect(named(await look(await start({ transitions })), 'status map')).toMatchObject({
      state: 'degraded',
      detail: 'Nothing closes a Bug: To Do = open, In Progress = in_progress.',
    });
  });
});

describe('when the first looks fail, they are the only ones', () => {
  it('with a wrong token', async () => {
    const server = await start();
    const found = await look({ ...server, token: 'wrong-token' });
    expect(brief(found)).toEqual(['ok site', 'broken token']);
    expect(named(found, 'token')?.remedy).toContain('JIRA_TOKEN');
    expect(JSON.stringify(found)).not.toContain('wrong-token');
  });

  it('with a site that is dead', async () => {
    const found = await look({ origin: 'http://127.0.0.1:9', email: 'a@b.c', token: 't', projectKey: 'P' });
    expect(found).toMatchObject([
      { check: 'site', state: 'broken', detail: expect.stringContaining('could not be reached') },
    ]);
  });
});
