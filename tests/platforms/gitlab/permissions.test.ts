import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PaceError } from '../../../core/errors.ts';
import type { CodeHost, TrackerDriver } from '../../../core/ports/index.ts';
import { collect } from '../../../core/tracker/collect.ts';
import { PERMISSIONS } from '../../../platforms/gitlab/refusals.ts';
import type { Role } from '../../support/gitlab/state.ts';
import { type GitLabServer, startGitLab } from '../../support/gitlab.ts';
import { hostIn, jobEnv, shellEnv, trackerIn } from './bench.ts';

let server: GitLabServer;

beforeEach(async () => {
  server = await startGitLab();
  const { tracker } = await trackerIn(shellEnv(server));
  await tracker.createIssue({ title: 'There', body: '', labels: ['there'] });
  for (const title of ['Second', 'Third']) await tracker.createIssue({ title, body: '' });
  await tracker.createLink?.('2', { type: 'relates to', target: '3' });
  await tracker.createMilestone?.({ title: 'v1' });
});
afterEach(() => server.close());

interface Ports {
  readonly host: CodeHost;
  readonly tracker: TrackerDriver;
}

interface Case {
  readonly deed: string;
  readonly scope: 'api' | 'read_api';
  readonly role: Role;
  readonly call: (ports: Ports) => Promise<unknown>;
}

const change = {
  ...{ branch: 'pace/review-day-1', files: [{ path: 'a.md', content: 'a' }], commitMessage: 'a' },
  ...{ title: 'Review', body: '', labels: [], reviewers: [] },
};
const status = { context: 'pace/gate', state: 'success', description: 'SHIP' } as const;

async function first(tracker: TrackerDriver): Promise<unknown> {
  for await (const issue of tracker.listIssues()) return issue;
  return undefined;
}

const operations: Readonly<Record<string, Case>> = {
  listChecks: {
    ...{ deed: 'read the jobs and statuses of a commit', scope: 'read_api', role: 'Reporter' },
    call: async ({ host }) => host.listChecks?.(server.sha),
  },
  proposeChange: {
    ...{ deed: 'create a branch and a merge request', scope: 'api', role: 'Developer' },
    call: ({ host }) => host.proposeChange({ ...change, from: server.sha }),
  },
  setCommitStatus: {
    ...{ deed: 'set a commit status', scope: 'api', role: 'Developer' },
    call: async ({ host }) => host.setCommitStatus?.(server.sha, status),
  },
  getVariable: {
    ...{ deed: 'read CI/CD variables', scope: 'read_api', role: 'Maintainer' },
    call: async ({ host }) => host.getVariable?.('PACE_PAUSED'),
  },
  setVariable: {
    ...{ deed: 'write CI/CD variables', scope: 'api', role: 'Maintainer' },
    call: async ({ host }) => host.setVariable?.('PACE_PAUSED', 'true'),
  },
  getIssue: {
    ...{ deed: 'read issues', scope: 'read_api', role: 'Reporter' },
    call: ({ tracker }) => tracker.getIssue('1'),
  },
  listIssues: {
    ...{ deed: 'read issues', scope: 'read_api', role: 'Reporter' },
    call: ({ tracker }) => first(tracker),
  },
  closedBy: {
    ...{ deed: 'read issues', scope: 'read_api', role: 'Reporter' },
    call: async ({ tracker }) => tracker.closedBy?.('1'),
  },
  history: {
    ...{ deed: 'read issues', scope: 'read_api', role: 'Reporter' },
    call: async ({ tracker }) => tracker.history && collect(tracker.history('1')),
  },
  listComments: {
    ...{ deed: 'read issues', scope: 'read_api', role: 'Reporter' },
    call: ({ tracker }) => collect(tracker.listComments('1')),
  },
  createIssue: {
    ...{ deed: 'create issues', scope: 'api', role: 'Reporter' },
    call: ({ tracker }) => tracker.createIssue({ title: 'New', body: '' }),
  },
  updateIssue: {
    ...{ deed: 'edit issues', scope: 'api', role: 'Reporter' },
    call: ({ tracker }) => tracker.updateIssue('1', { title: 'Newer' }),
  },
  transitionIssue: {
    ...{ deed: 'close and reopen issues', scope: 'api', role: 'Reporter' },
    call: ({ tracker }) => tracker.transitionIssue('1', { state: 'done' }),
  },
  deleteIssue: {
    ...{ deed: 'delete issues', scope: 'api', role: 'Owner' },
    call: async ({ tracker }) => tracker.deleteIssue?.('1'),
  },
  listAttachments: {
    ...{ deed: 'read issues', scope: 'read_api', role: 'Reporter' },
    call: async ({ tracker }) => tracker.listAttachments && collect(tracker.listAttachments('1')),
  },
  addComment: {
    ...{ deed: 'comment on issues', scope: 'api', role: 'Reporter' },
    call: ({ tracker }) => tracker.addComment('1', 'Text.'),
  },
  containerId: {
    ...{ deed: 'read issues', scope: 'read_api', role: 'Reporter' },
    call: async ({ tracker }) => tracker.containerId?.(),
  },
  capabilities: {
    ...{ deed: 'read issues', scope: 'read_api', role: 'Reporter' },
    call: ({ tracker }) => tracker.capabilities(),
  },
  getAvailableTransitions: {
    ...{ deed: 'read issues', scope: 'read_api', role: 'Reporter' },
    call: ({ tracker }) => tracker.getAvailableTransitions('1'),
  },
  getIssueLinks: {
    ...{ deed: 'read the links of issues', scope: 'read_api', role: 'Reporter' },
    call: async ({ tracker }) => tracker.getIssueLinks?.('1'),
  },
  createLink: {
    ...{ deed: 'link issues', scope: 'api', role: 'Reporter' },
    call: async ({ tracker }) => tracker.createLink?.('1', { type: 'relates to', target: '2' }),
  },
  deleteLink: {
    ...{ deed: 'unlink issues', scope: 'api', role: 'Reporter' },
    call: async ({ tracker }) => tracker.deleteLink?.('2', { type: 'relates to', target: '3' }),
  },
  listLabels: {
    ...{ deed: 'read labels', scope: 'read_api', role: 'Reporter' },
    call: ({ tracker }) => collect(tracker.listLabels?.() ?? none()),
  },
  createLabel: {
    ...{ deed: 'create labels', scope: 'api', role: 'Reporter' },
    call: async ({ tracker }) => tracker.createLabel?.({ name: 'new' }),
  },
  updateLabel: {
    ...{ deed: 'edit labels', scope: 'api', role: 'Reporter' },
    call: async ({ tracker }) => tracker.updateLabel?.('there', { color: '00ff00' }),
  },
  deleteLabel: {
    ...{ deed: 'delete labels', scope: 'api', role: 'Reporter' },
    call: async ({ tracker }) => tracker.deleteLabel?.('there'),
  },
  listMilestones: {
    ...{ deed: 'read milestones', scope: 'read_api', role: 'Reporter' },
    call: ({ tracker }) => collect(tracker.listMilestones?.() ?? none()),
  },
  createMilestone: {
    ...{ deed: 'create milestones', scope: 'api', role: 'Reporter' },
    call: async ({ tracker }) => tracker.createMilestone?.({ title: 'v2' }),
  },
  updateMilestone: {
    ...{ deed: 'edit milestones', scope: 'api', role: 'Reporter' },
    call: async ({ tracker }) => tracker.updateMilestone?.('v1', { state: 'closed' }),
  },
  deleteMilestone: {
    ...{ deed: 'delete milestones', scope: 'api', role: 'Reporter' },
    call: async ({ tracker }) => tracker.deleteMilestone?.('v1'),
  },
  listUsers: {
    ...{ deed: 'read the members of the project', scope: 'read_api', role: 'Reporter' },
    call: ({ tracker }) => collect(tracker.listUsers?.() ?? none()),
  },
};

async function* none(): AsyncGenerator<never> {}

async function ports(env: Record<string, string>): Promise<Ports> {
  return { host: (await hostIn(env)).host, tracker: (await trackerIn(env)).tracker };
}

async function refusalOf(call: Promise<unknown>): Promise<PaceError> {
  return call.then(
    () => Promise.reject(new Error('it was not refused')),
    (error: PaceError) => error,
  );
}

const summary = ({ kind, operation, message, remedy }: PaceError) => ({ kind, operation, message, remedy });

describe.each(Object.entries(operations))('%s', (operation, { deed, scope, role, call }) => {
  it('works with the role that its refusal names', async () => {
    server.state.role = role;
    server.state.scope = scope;
    await expect(call(await ports(shellEnv(server)))).resolves.not.toThrow();
  });

  it('names the scope to add when the token can only read', async () => {
    if (scope === 'read_api') return expect(deed).toMatch(/^read /);
    server.state.scope = 'read_api';
    expect(summary(await refusalOf(call(await ports(shellEnv(server)))))).toEqual({
      kind: 'permission',
      operation,
      message: `The token may not ${deed}: insufficient_scope`,
      remedy: `Please give the token the scope \`${scope}\` and the role ${role} (or higher) in the project.`,
    });
  });

  it('names the role to add', async () => {
    const answer = { status: 403, json: { message: '403 Forbidden' } };
    if (role === 'Reporter') server.trouble(() => true, answer);
    server.state.role = 'Reporter';
    expect(summary(await refusalOf(call(await ports(shellEnv(server)))))).toEqual({
      kind: 'permission',
      operation,
      message: `The token may not ${deed}: 403 Forbidden`,
      remedy: `Please give the token the scope \`${scope}\` and the role ${role} (or higher) in the project.`,
    });
  });

  it('says that CI_JOB_TOKEN cannot do it, and which token can', async () => {
    expect(summary(await refusalOf(call(await ports(jobEnv(server)))))).toEqual({
      kind: 'permission',
      operation,
      message: `CI_JOB_TOKEN cannot ${deed}: this endpoint of GitLab does not accept it (404).`,
      remedy: `Please add a CI/CD variable PACE_GITLAB_TOKEN with a project, group or personal access token of scope \`api\` and role ${['Maintainer', 'Owner'].includes(role) ? role : 'Developer'}.`,
    });
  });

  it('says that a token is missing', async () => {
    const { PACE_GITLAB_TOKEN: _, ...env } = shellEnv(server);
    expect(await refusalOf(call(await ports(env)))).toMatchObject({
      kind: 'permission',
      operation,
      message: `GitLab lets nobody ${deed} without a token, and none is set.`,
    });
  });

  it('says that the token is not known', async () => {
    const error = await refusalOf(call(await ports({ ...shellEnv(server), PACE_GITLAB_TOKEN: 'glpat-of-yesterday' })));
    expect([error.kind, error.operation]).toEqual(['authentication', operation]);
    expect(error.remedy).toContain('not expired');
    expect(`${error.message} ${error.remedy}`).not.toContain('glpat-of-yesterday');
  });

  it('says that the project is not there, or not to be seen', async () => {
    const error = await refusalOf(call(await ports({ ...shellEnv(server), GITLAB_PROJECT: 'acme/nowhere' })));
    expect([error.kind, error.operation, error.vendorMessage]).toEqual([
      'not-found',
      operation,
      '404 Project Not Found',
    ]);
  });
});

describe.each([
  ['updateComment', 'edit', (tracker: TrackerDriver, id: string) => tracker.updateComment?.('1', id, 'Other.')],
  ['deleteComment', 'delete', (tracker: TrackerDriver, id: string) => tracker.deleteComment?.('1', id)],
] as const)('%s', (operation, verb, call) => {
  it('works on one’s own', async () => {
    server.state.role = 'Reporter';
    const { tracker } = await ports(shellEnv(server));
    const { id } = await tracker.addComment('1', 'Text.');
    await expect(call(tracker, id)).resolves.not.toThrow();
  });

  it('needs the role Maintainer for what others wrote, and the scope first of all', async () => {
    const { tracker } = await ports(shellEnv(server));
    const { id } = await tracker.addComment('1', 'Text.');
    for (const note of server.issues[0]?.notes ?? []) note.authorId = 2;
    const refused = (need: string) => ({
      ...{
        kind: 'permission',
        operation,
        message: expect.stringContaining(`The token may not ${verb} this comment: `),
      },
      remedy: `Please give the token the scope \`api\` and the role ${need} (or higher) in the project.`,
    });
    expect(summary(await refusalOf(Promise.resolve(call(tracker, id))))).toEqual(refused('Maintainer'));
    server.state.scope = 'read_api';
    expect(summary(await refusalOf(Promise.resolve(call(tracker, id))))).toEqual(refused('Reporter'));
  });
});

it('every operation of the table is looked at here or in the tests of its method', () => {
  const elsewhere = [
    'repository',
    'hasCommit',
    'readFile',
    'findChange',
    'changeById',
    'upsertChangeNote',
    'getCurrentUser',
    'updateComment',
    'deleteComment',
    'isTeamMember',
    'listApprovals',
  ];
  expect(Object.keys(PERMISSIONS).sort()).toEqual([...Object.keys(operations), ...elsewhere].sort());
});

it('a job token may find merge requests', async () => {
  const { host } = await ports(jobEnv(server));
  expect(await host.findChange('pace/review-day-1')).toBeUndefined();
});

it('a guest’s labels are dropped by GitLab, and the issue that comes back says so', async () => {
  server.state.role = 'Guest';
  const { tracker } = await ports(shellEnv(server));
  expect((await tracker.createIssue({ title: 'New', body: '', labels: ['pace'] })).labels).toEqual([]);
});

it('a protected branch that the token may not push to is named as the cause', async () => {
  const words = 'You are not allowed to push into this branch';
  server.trouble(({ method, path }) => method === 'POST' && path.endsWith('/commits'), {
    status: 400,
    json: { message: words },
  });
  const { host } = await ports(shellEnv(server));
  expect(summary(await refusalOf(host.proposeChange({ ...change, from: server.sha })))).toEqual({
    kind: 'permission',
    operation: 'proposeChange',
    message: `A protected branch does not let the token create a branch and a merge request: ${words}`,
    remedy:
      'Please let the token’s user push to branches named `pace/*` (Settings → Repository → Protected branches), or leave them unprotected.',
  });
});
