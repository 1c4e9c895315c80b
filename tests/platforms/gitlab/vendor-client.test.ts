/**
 * `@gitbeaker/rest`, the client as it is published, beside the resources that PACE takes from it over its own fetch: the same
 * call is the same request. Its own requester asks again by itself, after a write too, which is why PACE has one.
 */
import * as rest from '@gitbeaker/rest';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { connect } from '../../../platforms/gitlab/api.ts';
import { type Asked, type Loopback, loopback } from '../../support/loopback.ts';
import { testWorld } from '../../support/world.ts';

const TOKEN = 'glpat-secret';
const PROJECT = 'acme/sub group/demo';

type Ours = ReturnType<ReturnType<typeof connect>['resources']>;
type Resources = Pick<
  Ours,
  | 'commits'
  | 'files'
  | 'issueLinks'
  | 'issueNotes'
  | 'issues'
  | 'labels'
  | 'mergeRequests'
  | 'milestones'
  | 'pipelines'
  | 'variables'
>;

let server: Loopback;
let clients: Record<'ours' | 'theirs', Resources>;
beforeAll(async () => {
  // two pages where there is a list
  const list = ({ query, origin, path }: Asked) => {
    const next = `<${origin}${path}?page=2&per_page=${query.get('per_page')}>; rel="next"`;
    return { json: [{ id: 1 }], headers: query.get('page') === '2' ? {} : { link: next } };
  };
  const one = () => ({ json: { id: 1 } });
  server = await loopback({
    'GET /:rest*': list,
    'POST /:rest*': one,
    'PUT /:rest*': one,
    'DELETE /:rest*': () => ({ status: 204 }),
  });
  const options = { host: server.origin, token: TOKEN };
  clients = {
    ours: connect(testWorld(), { url: server.origin, token: TOKEN }).resources(),
    theirs: {
      commits: new rest.Commits(options),
      files: new rest.RepositoryFiles(options),
      issueLinks: new rest.IssueLinks(options),
      issueNotes: new rest.IssueNotes(options),
      issues: new rest.Issues(options),
      labels: new rest.ProjectLabels(options),
      mergeRequests: new rest.MergeRequests(options),
      milestones: new rest.ProjectMilestones(options),
      pipelines: new rest.Pipelines(options),
      variables: new rest.ProjectVariables(options),
    },
  };
});
beforeEach(() => void server.exchanges.splice(0));
afterAll(() => server.close());

const action = { action: 'create', filePath: 'a b/ü.md', content: '# ü\n' } as const;

it.each<[string, (client: Resources) => Promise<unknown>]>([
  [
    'a list with conditions, of two pages',
    ({ issues }) => issues.all({ projectId: PROJECT, labels: 'a b,c&d', state: 'opened', perPage: 100 }),
  ],
  ['a list of things below another one', ({ issueNotes }) => issueNotes.all(PROJECT, 7, { sort: 'asc', perPage: 100 })],
  ['one thing, by a path with blanks', ({ issues }) => issues.show(7, { projectId: PROJECT })],
  [
    'a new issue',
    ({ issues }) =>
      issues.create(PROJECT, 'Zeile „ü“ & 🚦', { description: 'a\nb', labels: 'x,y', assigneeIds: [1, 2] }),
  ],
  ['an edited issue', ({ issues }) => issues.edit(PROJECT, 7, { stateEvent: 'close', addLabels: 'x', milestoneId: 0 })],
  ['a comment', ({ issueNotes }) => issueNotes.create(PROJECT, 7, '/close\n+1')],
  ['a link', ({ issueLinks }) => issueLinks.create(PROJECT, 7, 'acme/other', 8, { linkType: 'blocks' })],
  ['a label with a slash in its name', ({ labels }) => labels.edit(PROJECT, 'a/b c', { newName: 'd' })],
  ['a milestone', ({ milestones }) => milestones.create(PROJECT, 'Sprint 1', { dueDate: '2026-03-20' })],
  [
    'a commit of files',
    ({ commits }) => commits.create(PROJECT, 'pace/review-1', 'Add', [action], { startSha: 'a'.repeat(40) }),
  ],
  [
    'a commit status',
    ({ commits }) =>
      commits.editStatus(PROJECT, 'a'.repeat(40), 'success', { context: 'pace/gate', description: 'SHIP' }),
  ],
  ['a file of a branch', ({ files }) => files.show(PROJECT, 'a b/c.md', 'main')],
  [
    'a merge request',
    ({ mergeRequests }) => mergeRequests.create(PROJECT, 'pace/review-1', 'main', 'Review', { reviewerIds: [3] }),
  ],
  ['pipelines of a commit', ({ pipelines }) => pipelines.all(PROJECT, { sha: 'a'.repeat(40) })],
  [
    'a variable',
    ({ variables }) => variables.edit(PROJECT, 'PACE_PAUSED', 'true', { filter: { environment_scope: '*' } }),
  ],
])('%s is the same request', async (_, call) => {
  const sent = { ours: await requestsOf('ours', call), theirs: await requestsOf('theirs', call) };
  expect(sent.ours.length).toBeGreaterThan(0);
  expect(sent.ours).toEqual(sent.theirs);
});

it('a list goes on to its second page', async () => {
  expect((await requestsOf('ours', ({ issues }) => issues.all({ projectId: PROJECT }))).length).toBe(2);
});

it('what is removed is the same request, without the empty body that theirs has', async () => {
  const remove = ({ issueLinks }: Resources) => issueLinks.remove(PROJECT, 7, 3);
  const [ours, theirs] = [await requestsOf('ours', remove), await requestsOf('theirs', remove)];
  expect(ours).toEqual(theirs.map((request) => ({ ...request, body: undefined })));
});

async function requestsOf(whose: 'ours' | 'theirs', call: (client: Resources) => Promise<unknown>) {
  server.exchanges.length = 0;
  await call(clients[whose]);
  return server.exchanges.map(({ asked: { method, path, query, headers, body } }) => ({
    method,
    path,
    query: [...query],
    token: headers['private-token'],
    type: headers['content-type'],
    body,
  }));
}
