/** What the contract suite cannot show of the hosted tracker: how often it is asked, and what is told where it falls silent. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { collect } from '../../../core/tracker/collect.ts';
import { createTracker } from '../../../platforms/hosted/issues.ts';
import { newIssue, startHosted } from '../../support/hosted.ts';
import { testWorld } from '../../support/world.ts';

async function bench(provider = 'jira', more: Readonly<Record<string, string>> = { binding: 'bind-1' }) {
  const cwd = mkdtempSync(join(tmpdir(), 'pace-hosted-'));
  const server = await startHosted({ provider });
  onTestFinished(async () => {
    await server.close();
    rmSync(cwd, { recursive: true });
  });
  const { access: token } = server.state.newTokens();
  const world = testWorld({ cwd });
  const tracker = await createTracker(world, { url: server.origin, token, team: 'owls', provider, ...more });
  const paths = () => server.exchanges.splice(0).map(({ asked }) => asked.path.replace('/api/v1/tracker', ''));
  return { server, world, tracker, paths };
}

test('those who read at the same moment share one answer, and the next one is asked for anew', async () => {
  const { server, tracker, paths } = await bench();
  for (const title of ['One', 'Two', 'Three']) newIssue(server.state, { title });
  const issues = await Promise.all(['OWL-1', 'OWL-2', 'OWL-3'].map((key) => tracker.getIssue(key)));
  expect(issues.map(({ title }) => title)).toEqual(['One', 'Two', 'Three']);
  expect(paths()).toEqual(['/pull/']);
  await tracker.getIssue('OWL-1');
  expect(paths()).toEqual(['/pull/']);
});

test('a change is a look, the change and a look; what changes nothing is the look alone', async () => {
  const { server, tracker, paths } = await bench();
  newIssue(server.state, { title: 'One' });
  await tracker.updateIssue('OWL-1', { title: 'Other' });
  expect(paths()).toEqual(['/pull/', '/push/', '/pull/']);
  await tracker.transitionIssue('OWL-1', { state: 'open' });
  expect(paths()).toEqual(['/pull/']);
});

test('a new issue goes where the others are, or where the setting says', async () => {
  const { server, tracker } = await bench();
  newIssue(server.state, { title: 'One' });
  await tracker.createIssue({ title: 'Two', body: '' });
  const [body] = server.exchanges.filter(({ asked }) => asked.path.includes('/push')).map(({ asked }) => asked.body);
  expect(body).toMatchObject({
    items: [{ ref: { system: 'jira', workspace: 'OWL', id: expect.stringMatching(/^new-/) }, action: 'create' }],
  });
  const other = await bench('jira', { binding: 'bind-1', workspace: 'HAWK' });
  await other.tracker.createIssue({ title: 'Two', body: '' });
  const [sent] = other.server.exchanges
    .filter(({ asked }) => asked.path.includes('/push'))
    .map(({ asked }) => asked.body);
  expect(sent).toMatchObject({ items: [{ ref: { workspace: 'HAWK' } }] });
});

test('a new issue that cannot be looked at is named all the same', async () => {
  const { server, tracker } = await bench();
  newIssue(server.state, { title: 'One' });
  await tracker.getIssue('OWL-1');
  server.trouble(({ path }) => path.includes('/pull'), { status: 403, json: { message: 'No.' } });
  await expect(tracker.createIssue({ title: 'Two', body: '' })).rejects.toMatchObject({
    done: [expect.stringContaining('OWL-2')],
  });
});

test('a change that cannot be looked at is told as done', async () => {
  const { server, tracker } = await bench();
  newIssue(server.state, { title: 'One' });
  server.trouble(
    ({ path }) => path.includes('/push'),
    (answer) => {
      server.trouble(({ path }) => path.includes('/pull'), { status: 403, json: { message: 'No.' } });
      return answer;
    },
  );
  await expect(tracker.updateIssue('OWL-1', { title: 'Other', state: 'done' })).rejects.toMatchObject({
    done: ['OWL-1: title', 'OWL-1: state'],
  });
});

test('what the service leaves out by itself is asked for so', async () => {
  const { server, tracker } = await bench();
  newIssue(server.state, { title: 'One', status: 'done' });
  newIssue(server.state, { title: 'Two' });
  const open = await collect(tracker.listIssues({ state: 'open', type: 'Task', updatedSince: 1000 }));
  expect(open.map(({ title }) => title)).toEqual(['Two']);
  expect(server.exchanges.at(-1)?.asked.body).toMatchObject({
    filters: {
      status: ['todo', 'in_progress', 'in_review', 'blocked'],
      issue_type: ['task'],
      updated_since: '1970-01-01T00:00:00.000Z',
    },
  });
});

test.each([
  [{ items: [{ outcome: 'failed', message: 'The field is locked.' }] }, 'The field is locked.'],
  [{ items: [{ outcome: 'conflict', message: null }] }, 'conflict'],
  [{ items: [{ outcome: 'some_new_word' }] }, 'some_new_word'],
  [{ items: [{ outcome: 'updated' }], item_errors: [{ message: 'Half of it.' }] }, 'Half of it.'],
])('what was not taken never reads as done: %j', async (answer, told) => {
  const { server, tracker } = await bench();
  newIssue(server.state, { title: 'One' });
  server.trouble(({ path }) => path.includes('/push'), { json: { status: 'partial', ...answer } });
  await expect(tracker.updateIssue('OWL-1', { title: 'Other' })).rejects.toMatchObject({
    kind: 'validation',
    message: expect.stringContaining(told),
  });
});

test('what it cannot do depends on what stands behind the service', async () => {
  const lacking = async (provider: string) =>
    Object.keys((await (await bench(provider)).tracker.capabilities()).unsupported);
  expect(await lacking('github')).toEqual(expect.arrayContaining(['parent', 'links']));
  expect(await lacking('jira')).toContain('several assignees');
  expect(await lacking('gitlab')).not.toEqual(expect.arrayContaining(['several assignees']));
});

test('comments are refused in words', async () => {
  const { server, tracker } = await bench();
  newIssue(server.state, { title: 'One' });
  await expect(tracker.addComment('OWL-1', 'x')).rejects.toMatchObject({ kind: 'unsupported' });
  expect(await collect(tracker.listComments('OWL-1'))).toEqual([]);
});

test.each<[Record<string, string>, RegExp]>([
  [{ provider: '' }, /not bound/],
  [{ provider: 'beads', binding: 'b' }, /no provider “beads”/],
  [{ provider: 'azure_devops', binding: 'b' }, /no longer supported/],
  [{ provider: 'jira', binding: '' }, /not bound/],
  [{ provider: 'jira', binding: 'b', url: 'http://tracker.example.org' }, /not https/],
  [{ provider: 'jira', binding: 'b', url: 'https://tracker.example.org', token: 'x', team: '' }, /for which team/],
  [{ provider: 'jira', binding: 'b', url: 'https://tracker.example.org' }, /Nobody is logged in/],
])('settings that lead nowhere are told before anything is sent: %j', async (given, told) => {
  const cwd = mkdtempSync(join(tmpdir(), 'pace-hosted-'));
  onTestFinished(() => rmSync(cwd, { recursive: true }));
  const settings = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''));
  await expect(createTracker(testWorld({ cwd, env: { HOME: cwd } }), settings)).rejects.toThrow(told);
});
