import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PaceError } from '../../../core/errors.ts';
import type { CodeHost, TrackerDriver } from '../../../core/ports/index.ts';
import { collect } from '../../../core/tracker/collect.ts';
import { PERMISSIONS } from '../../../platforms/gitea/refusals.ts';
import { type GiteaServer, startGitea } from '../../support/gitea.ts';
import { hostIn, jobEnv, shellEnv, trackerIn } from './bench.ts';

let server: GiteaServer;

beforeEach(async () => {
  server = await startGitea();
  const { tracker } = await trackerIn(shellEnv(server));
  for (const title of ['There', 'There too']) await tracker.createIssue({ title, body: '' });
  await tracker.addComment('1', 'There.');
  await tracker.createLabel?.({ name: 'there' });
  await tracker.createMilestone?.({ title: 'there' });
});
afterEach(() => server.close());

interface Ports {
  readonly host: CodeHost;
  readonly tracker: TrackerDriver;
}

const change = {
  ...{ branch: 'pace/review-day-1', files: [{ path: 'a.md', content: 'a' }], commitMessage: 'a' },
  ...{ title: 'Review', body: '', labels: [], reviewers: [] },
};
const status = { context: 'pace/gate', state: 'success', description: 'SHIP' } as const;
const there = { type: 'blocks', target: '2' } as const;
const comment = () => String(server.state.issues[0]?.comments[0]?.id);

type Operation = Exclude<
  keyof typeof PERMISSIONS,
  | 'ownCheck'
  | 'labelChange'
  | 'isTrusted'
  | 'isWriter'
  | 'upsertChangeNote'
  | 'changeById'
  | 'listApprovals'
  | 'repository'
>;

const operations: Record<Operation, (ports: Ports) => Promise<unknown> | undefined> = {
  readFile: ({ host }) => host.readFile?.('README.md', server.state.defaultBranch),
  listChecks: ({ host }) => host.listChecks?.(server.state.sha),
  hasCommit: ({ host }) => host.hasCommit?.(server.state.sha),
  proposeChange: ({ host }) => host.proposeChange({ ...change, from: server.state.sha }),
  findChange: ({ host }) => host.findChange('pace/review-day-1'),
  commitAuthors: ({ host }) => host.commitAuthors?.(server.state.sha),
  setCommitStatus: ({ host }) => host.setCommitStatus?.(server.state.sha, status),
  getVariable: ({ host }) => host.getVariable?.('PACE_PAUSED'),
  setVariable: ({ host }) => host.setVariable?.('PACE_PAUSED', 'true'),
  containerId: ({ tracker }) => tracker.containerId?.(),
  capabilities: ({ tracker }) => tracker.capabilities(),
  getCurrentUser: ({ tracker }) => tracker.getCurrentUser(),
  getIssue: ({ tracker }) => tracker.getIssue('1'),
  closedBy: ({ tracker }) => tracker.closedBy?.('1'),
  isTeamMember: ({ tracker }) => tracker.isTeamMember?.('acme/release', { id: 'ada', name: 'Ada' }),
  listIssues: ({ tracker }) => collect(tracker.listIssues()),
  createIssue: ({ tracker }) => tracker.createIssue({ title: 'New', body: '' }),
  updateIssue: ({ tracker }) => tracker.updateIssue('1', { title: 'Newer', body: '', metadata: {} }),
  transitionIssue: ({ tracker }) => tracker.transitionIssue('1', { state: 'done' }),
  getAvailableTransitions: ({ tracker }) => tracker.getAvailableTransitions('1'),
  deleteIssue: ({ tracker }) => tracker.deleteIssue?.('1'),
  listAttachments: ({ tracker }) => tracker.listAttachments && collect(tracker.listAttachments('1')),
  listComments: ({ tracker }) => collect(tracker.listComments('1')),
  addComment: ({ tracker }) => tracker.addComment('1', 'Text.'),
  updateComment: ({ tracker }) => tracker.updateComment?.('1', comment(), 'Text.'),
  deleteComment: ({ tracker }) => tracker.deleteComment?.('1', comment()),
  getIssueLinks: ({ tracker }) => tracker.getIssueLinks?.('1'),
  createLink: ({ tracker }) => tracker.createLink?.('1', there),
  deleteLink: async ({ tracker }) => {
    server.state.issues[1]?.dependsOn.push(1);
    await tracker.deleteLink?.('1', there);
  },
  listLabels: ({ tracker }) => tracker.listLabels && collect(tracker.listLabels()),
  createLabel: ({ tracker }) => tracker.createLabel?.({ name: 'new' }),
  updateLabel: ({ tracker }) => tracker.updateLabel?.('there', { description: 'Text.' }),
  deleteLabel: ({ tracker }) => tracker.deleteLabel?.('there'),
  listMilestones: ({ tracker }) => tracker.listMilestones && collect(tracker.listMilestones()),
  createMilestone: ({ tracker }) => tracker.createMilestone?.({ title: 'new' }),
  updateMilestone: ({ tracker }) => tracker.updateMilestone?.('there', { state: 'closed' }),
  deleteMilestone: ({ tracker }) => tracker.deleteMilestone?.('there'),
  listUsers: ({ tracker }) => tracker.listUsers && collect(tracker.listUsers()),
};

async function call(operation: Operation, env = shellEnv(server)): Promise<unknown> {
  return operations[operation]({ host: (await hostIn(env)).host, tracker: (await trackerIn(env)).tracker });
}

function refusalOf(outcome: Promise<unknown>): Promise<PaceError> {
  return outcome.then(
    () => Promise.reject(new Error('it was not refused')),
    (error: PaceError) => error,
  );
}

const names = Object.keys(operations) as Operation[];

describe.each(names)('%s', (operation) => {
  const { scope, access } = PERMISSIONS[operation];

  it('works with the scope and the access that its refusal names', async () => {
    // the organisation's labels are not seen then, which is no error
    server.state.scopes = [scope, ...(operation === 'proposeChange' ? ['read:repository'] : [])];
    server.state.access = access === 'none' ? 'read' : access;
    await expect(call(operation)).resolves.not.toThrow();
  });

  it('names the scope that the token lacks', async () => {
    server.state.scopes = ['read:notification'];
    const error = await refusalOf(call(operation));
    expect([error.kind, error.operation]).toEqual(['permission', operation]);
    expect(error.remedy).toContain(`the scope \`${scope}\``);
  });

  it('names the access that its user lacks', async () => {
    if (access === 'none') return expect(['getCurrentUser', 'isTeamMember']).toContain(operation);
    // a variable that cannot be seen is taken for one that is not there
    const [seen, kind] =
      operation === 'getVariable' ? (['write', 'permission'] as const) : (['none', 'not-found'] as const);
    server.state.access = seen;
    const error = await refusalOf(call(operation));
    expect([error.kind, error.operation]).toEqual([kind, operation]);
    const words = { read: 'read access to', write: 'write access to', owner: 'the ownership or administration of' };
    expect(error.remedy).toContain(`its user ${words[access]} acme/pace-demo`);
  });

  it('says that the token is not known, without showing it', async () => {
    const error = await refusalOf(call(operation, { ...shellEnv(server), PACE_GITEA_TOKEN: 'of-yesterday' }));
    expect([error.kind, error.operation]).toEqual(['authentication', operation]);
    expect(error.remedy).toContain('not expired');
    expect(`${error.message} ${error.remedy}`).not.toContain('of-yesterday');
  });
});

it('in a job it says what the job’s own token can never do', async () => {
  server.state.access = 'write';
  const error = await refusalOf(call('setVariable', jobEnv(server)));
  expect(error.remedy).toBe(
    'Please give the token the scope `write:repository`, and its user the ownership or administration of acme/pace-demo. The own token of a job reaches its own repository only, no variables, and can only read for a pull request from a fork: set PACE_GITEA_TOKEN from a secret.',
  );
});

it.each([
  [{ GITEA_URL: 'git.example.org' }, '"git.example.org" is not the address of a server.'],
  [{ PACE_GITEA_REPOSITORY: 'demo' }, '"demo" is not the name of a repository.'],
])('a setting that cannot be is refused: %o', async (wrong, message) => {
  const error = await refusalOf(hostIn({ ...shellEnv(server), ...wrong }));
  expect([error.kind, error.message]).toEqual(['configuration', message]);
});

it('a web page in place of the API is told apart', async () => {
  server.trouble(() => true, {
    text: '<!doctype html><title>Sign in</title>',
    headers: { 'content-type': 'text/html' },
  });
  const error = await refusalOf(call('getIssue'));
  expect([error.kind, error.operation]).toEqual(['configuration', 'getIssue']);
});
