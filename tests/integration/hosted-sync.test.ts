/** The hosted tracker as an end of `pace sync`: what holds of every two trackers holds of it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type HostedOptions, newIssue, startHosted } from '../support/hosted.ts';
import { paceHere } from '../support/pace-here.ts';

const CONFIG = `platform: { ci: local, tracker: local }
sync:
  - name: owls
    a: local
    b: hosted
    fields: [title, body, state, labels, priority, type, links]
`;

async function bench(options: HostedOptions = {}) {
  const server = await startHosted(options);
  onTestFinished(() => server.close());
  const { access } = server.state.newTokens();
  const env = {
    ...{ PACE_HOSTED_URL: server.origin, PACE_HOSTED_TOKEN: access, PACE_HOSTED_TEAM: 'owls' },
    ...{ PACE_HOSTED_PROVIDER: 'jira', PACE_HOSTED_BINDING: 'bind-1' },
  };
  const here = await paceHere({ files: { 'pace.config.yaml': CONFIG }, env });
  const pushes = () => server.exchanges.filter(({ asked }) => /\/push\/?$/.test(asked.path)).length;
  return { server, here, pushes, env };
}

const RUN = ['sync', 'run', 'owls', '--yes', '--json'];

test.each<HostedOptions>([{}, { later: 1, spelling: 'old', slashes: 'without' }])(
  'issues of both sides come to the other, and a second run writes nothing: %j',
  async (options) => {
    const { server, here, pushes } = await bench(options);
    newIssue(server.state, {
      title: 'From there',
      body: 'Text **there**.',
      status: 'in_review',
      labels: ['owl'],
      priority: 1,
    });
    await here.data('issue', 'create', '--title', 'From here', '--body', 'Text here.', '--label', 'barn', '--json');
    expect(await here.data(...RUN)).toMatchObject({ inStep: true });
    const before = pushes();
    expect(await here.data(...RUN)).toMatchObject({ inStep: true, pairs: [{ written: [] }] });
    expect(pushes()).toBe(before);
    const here_ = await here.data('issue', 'list', '--state', 'all', '--json', 'title,state,labels,priority');
    expect(here_).toEqual(
      expect.arrayContaining([
        { title: 'From there', state: 'in_review', labels: ['owl'], priority: 0 },
        expect.objectContaining({ title: 'From here', labels: ['barn'] }),
      ]),
    );
    const there = [...server.state.issues.values()].map(({ title, labels }) => ({ title, labels }));
    expect(there).toEqual([
      { title: 'From there', labels: ['owl'] },
      { title: 'From here', labels: ['barn'] },
    ]);
  },
);

test('changes flow both ways, also after an answer was lost', async () => {
  const { server, here, pushes } = await bench();
  const there = newIssue(server.state, { title: 'Note a call', body: 'Text.' });
  await here.data(...RUN);
  const [{ key } = { key: '' }] = (await here.data('issue', 'list', '--json', 'key')) as { key: string }[];
  await here.pace('issue', 'edit', key, '--title', 'Note a call at once');
  there.status = 'done';
  there.updated_at = new Date(Date.parse(there.updated_at) + 60_000).toISOString();
  server.trouble(({ path }) => path.endsWith('/push/'), 'reset-after');
  await here.data(...RUN);
  expect(there.title).toBe('Note a call at once');
  expect(await here.data('issue', 'show', key, '--json', 'state')).toEqual({ state: 'done' });
  expect(server.state.issues.size).toBe(1);
  const before = pushes();
  await here.data(...RUN);
  expect(pushes()).toBe(before);
});

/** `pace` as a process of its own, from its sources. */
function paceProcess(cwd: string, env: Readonly<Record<string, string>>, args: readonly string[]) {
  const main = join(import.meta.dirname, '../../src/main.ts');
  return spawn(process.execPath, [main, ...args], {
    cwd,
    env: { PATH: process.env['PATH'], HOME: cwd, ...env },
    stdio: 'ignore',
  });
}

test.each([
  ['before', 1],
  ['after', 1],
  ['before', 2],
  ['after', 2],
  ['after', 3],
] as const)(
  'killed right %s the service has made change %i, the next run ends where it would have',
  async (cutOff, nth) => {
    const { server, here, env } = await bench();
    const changed = newIssue(server.state, { title: 'Old title', body: 'Text.' });
    await here.data(...RUN);
    const [{ key } = { key: '' }] = (await here.data('issue', 'list', '--json', 'key')) as { key: string }[];
    await here.data('issue', 'edit', key, '--title', 'New title', '--json');
    for (const title of ['One', 'Two']) await here.data('issue', 'create', '--title', title, '--body', '', '--json');
    const child = paceProcess(here.workspace.path, env, RUN);
    let count = 0;
    const isNth = ({ path }: { path: string }) => path.endsWith('/push/') && ++count === nth;
    server.trouble(isNth, { cutOff, by: () => void child.kill('SIGKILL') });
    const [, signal] = await once(child, 'exit');
    expect(signal).toBe('SIGKILL');
    expect(await here.data(...RUN)).toMatchObject({ inStep: true });
    expect(await here.data(...RUN)).toMatchObject({ pairs: [{ written: [] }] });
    const titles = [...server.state.issues.values()].map(({ title }) => title).sort();
    expect(titles).toEqual(['New title', 'One', 'Two']);
    expect(changed.title).toBe('New title');
  },
);
