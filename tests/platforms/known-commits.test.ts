/** Whether a host has a commit: what is no clear answer is never taken for "no". */
import { afterEach, describe, expect, it } from 'vitest';
import type { CodeHost } from '../../core/ports/index.ts';
import { startBitbucket } from '../support/bitbucket.ts';
import { startGitea } from '../support/gitea.ts';
import { startGitLab } from '../support/gitlab.ts';
import type { Loopback } from '../support/loopback.ts';
import * as bitbucket from './bitbucket/bench.ts';
import * as gitea from './gitea/bench.ts';
import * as gitlab from './gitlab/bench.ts';

const UNKNOWN = 'dead'.repeat(10);

interface Bench {
  readonly host: CodeHost;
  readonly sha: string;
  readonly server: Pick<Loopback, 'trouble' | 'exchanges'>;
  close(): Promise<void>;
}

async function onGitea(flavour: 'gitea' | 'forgejo'): Promise<Bench> {
  const server = await startGitea({ flavour });
  const { host } = await gitea.hostIn(gitea.shellEnv(server));
  return { host, sha: server.state.sha, server, close: () => server.close() };
}

async function onGitLab(): Promise<Bench> {
  const server = await startGitLab();
  const { host } = await gitlab.hostIn(gitlab.shellEnv(server));
  return { host, sha: server.sha, server, close: () => server.close() };
}

async function onBitbucket(): Promise<Bench> {
  const server = await startBitbucket();
  const { host } = await bitbucket.hostIn(bitbucket.shellEnv(server));
  return { host, sha: server.sha, server, close: () => server.close() };
}

const open: Bench[] = [];
afterEach(async () => {
  for (const bench of open.splice(0)) await bench.close();
});

const page = { text: '<html>Sign in</html>', headers: { 'content-type': 'text/html' } };

describe.each([
  ['GitLab', onGitLab],
  ['Gitea', () => onGitea('gitea')],
  ['Forgejo', () => onGitea('forgejo')],
  ['Bitbucket', onBitbucket],
])('on %s a commit', (_, start) => {
  async function bench(): Promise<Bench> {
    const opened = await start();
    open.push(opened);
    return opened;
  }

  it('that is there costs one request, one that is not a second', async () => {
    const { host, sha, server } = await bench();
    expect(await host.hasCommit?.(sha)).toBe(true);
    expect(server.exchanges.length).toBe(1);
    expect(await host.hasCommit?.(UNKNOWN)).toBe(false);
    expect(server.exchanges.length).toBe(3);
  });

  it.each([
    ['a web page', page, 'configuration'],
    ['a refusal', { status: 403, json: { message: 'Forbidden' } }, 'permission'],
    ['a token that is not taken', { status: 401, json: { message: 'Unauthorized' } }, 'authentication'],
    ['a server in trouble', { status: 503, text: '' }, 'transient'],
  ])('is not called unknown where the answer is %s', async (_what, answer, kind) => {
    const { host, sha, server } = await bench();
    server.trouble(() => true, answer, 20);
    await expect(host.hasCommit?.(sha)).rejects.toMatchObject({ kind });
  });

  it('is not called unknown where the repository itself cannot be seen', async () => {
    const { host, server } = await bench();
    server.trouble(() => true, { status: 404, json: { message: '404 Project Not Found' } }, 2);
    await expect(host.hasCommit?.(UNKNOWN)).rejects.toMatchObject({ kind: 'not-found', operation: 'hasCommit' });
  });

  it('is not the commit of a branch that is called like it', async () => {
    const { host, server } = await bench();
    const other = 'cafe'.repeat(10);
    server.trouble(() => true, { json: { id: other, sha: other, hash: other } });
    expect(await host.hasCommit?.(UNKNOWN)).toBe(false);
  });

  it('is asked for until the signal ends', async () => {
    const { host, sha } = await bench();
    const reason = new Error('the wait is over');
    await expect(host.hasCommit?.(sha, AbortSignal.abort(reason))).rejects.toBe(reason);
  });
});

it('a job token of GitLab sees commits, and not the project: what it does not find is not called unknown', async () => {
  const server = await startGitLab();
  const { host } = await gitlab.hostIn(gitlab.jobEnv(server, { CI_JOB_ID: '7', CI_PIPELINE_ID: '1' }));
  open.push({ host, sha: server.sha, server, close: () => server.close() });
  expect(await host.hasCommit?.(server.sha)).toBe(true);
  await expect(host.hasCommit?.(UNKNOWN)).rejects.toMatchObject({
    kind: 'permission',
    message: 'CI_JOB_TOKEN cannot read commits: this endpoint of GitLab does not accept it (404).',
  });
});
