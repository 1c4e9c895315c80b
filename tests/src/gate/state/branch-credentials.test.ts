/** What actions/checkout and GitLab's runner leave behind is enough: a real git server over HTTP that asks for it. */
import { execFile, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { openKept } from '../../../../core/kept/open-kept.ts';
import { createStateBranch } from '../../../../src/gate/state/branch.ts';
import { testWorld } from '../../../support/world.ts';

const TEMPORARY = mkdtempSync(join(tmpdir(), 'pace-credentials-'));
afterAll(() => rmSync(TEMPORARY, { recursive: true, force: true }));

const WRITER = 'ghs_canaryWriter0000000000000000000000000';
const READER = 'ghs_canaryReader0000000000000000000000000';

let root = '';
let server: Server;
let url = '';

async function git(cwd: string, ...args: string[]): Promise<string> {
  const env = { PATH: process.env['PATH'], HOME: root, GIT_CONFIG_NOSYSTEM: '1', GIT_TERMINAL_PROMPT: '0' };
  return (await promisify(execFile)('git', args, { cwd, env })).stdout.trim();
}

beforeEach(async () => {
  root = mkdtempSync(join(TEMPORARY, 'one-'));
  await git(root, 'init', '--quiet', '--bare', '--initial-branch=main', 'repo.git');
  await git(join(root, 'repo.git'), 'config', 'http.receivepack', 'true');
  await git(root, 'init', '--quiet', '--initial-branch=main', 'seed');
  const seed = join(root, 'seed');
  await git(
    seed,
    '-c',
    'user.name=A',
    '-c',
    'user.email=a@b.test',
    'commit',
    '--quiet',
    '--allow-empty',
    '--message',
    'x',
  );
  await git(seed, 'push', '--quiet', join(root, 'repo.git'), 'main');
  server = createServer(serve).listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(() => new Promise((done) => server.close(done)));

/** https://git-scm.com/docs/git-http-backend */
function serve(request: IncomingMessage, response: ServerResponse): void {
  const [path = '', query = ''] = (request.url ?? '').split('?');
  const [, token] = Buffer.from(request.headers.authorization?.split(' ')[1] ?? '', 'base64')
    .toString()
    .split(':');
  if (token !== WRITER && token !== READER) {
    response.writeHead(401, { 'www-authenticate': 'Basic realm="git"' }).end();
    return;
  }
  if (token === READER && `${path}${query}`.includes('git-receive-pack')) {
    response.writeHead(403).end('Permission to octo/repo.git denied to github-actions[bot].');
    return;
  }
  const backend = spawn('git', ['http-backend'], {
    env: {
      PATH: process.env['PATH'],
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: '1',
      PATH_INFO: path,
      QUERY_STRING: query,
      REQUEST_METHOD: request.method,
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
      HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
    },
  });
  request.pipe(backend.stdin);
  const chunks: Buffer[] = [];
  backend.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  backend.on('close', () => {
    const output = Buffer.concat(chunks);
    const end = output.indexOf('\r\n\r\n');
    const headers = output.subarray(0, end).toString().split('\r\n');
    const status = Number(headers.find((line) => /^status:/i.test(line))?.split(' ')[1] ?? 200);
    const named = headers.filter((line) => !/^status:/i.test(line)).map((line) => line.split(/: (.*)/).slice(0, 2));
    response.writeHead(status, Object.fromEntries(named)).end(output.subarray(end + 4));
  });
}

/** https://github.com/actions/checkout keeps the token as a header of every request; the newer ones in an included file. */
async function checkedOutByActions(name: string, token: string, included: boolean): Promise<string> {
  const cwd = join(root, name);
  const header = `AUTHORIZATION: basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`;
  await git(root, '-c', `http.${url}/.extraheader=${header}`, 'clone', '--quiet', '--depth=1', `${url}/repo.git`, cwd);
  if (!included) await git(cwd, 'config', `http.${url}/.extraheader`, header);
  else {
    writeFileSync(join(root, `${name}.config`), `[http "${url}/"]\n\textraheader = ${header}\n`);
    await git(cwd, 'config', `includeIf.gitdir:${cwd}/.git.path`, join(root, `${name}.config`));
  }
  return cwd;
}

/** GitLab's runner clones from an address that holds the job token. */
async function checkedOutByGitLab(name: string, token: string): Promise<string> {
  const cwd = join(root, name);
  await git(root, 'clone', '--quiet', '--depth=1', `${url.replace('//', `//gitlab-ci-token:${token}@`)}/repo.git`, cwd);
  return cwd;
}

function keeper(cwd: string) {
  const env = { PATH: process.env['PATH'], HOME: root, GIT_CONFIG_NOSYSTEM: '1' };
  const world = testWorld({ cwd, env });
  const kept = createStateBranch({
    world,
    kept: openKept(world),
    branch: 'pace/state',
    remote: 'origin',
    pushRemedy: 'Please allow it.',
  });
  return { world, kept };
}

async function save(cwd: string): Promise<unknown> {
  const { kept } = keeper(cwd);
  await kept.restore();
  mkdirSync(join(cwd, '.pace'), { recursive: true });
  writeFileSync(join(cwd, '.pace/journal.jsonl'), '{"n":1}\n');
  return kept.save().catch((error: unknown) => error);
}

const RUNNERS = [
  ['actions/checkout', (name: string, token: string) => checkedOutByActions(name, token, false)],
  ['actions/checkout with an included file', (name: string, token: string) => checkedOutByActions(name, token, true)],
  ["GitLab's runner", checkedOutByGitLab],
] as const;

test.each(RUNNERS)('what %s leaves is enough, and a token that may only read is said', async (_, checkOut) => {
  expect(await save(await checkOut('writer', WRITER))).toBeUndefined();
  const reader = await checkOut('reader', READER);
  await keeper(reader).kept.restore();
  writeFileSync(join(reader, '.pace/journal.jsonl'), '{"n":1}\n{"n":2}\n');
  const error = await keeper(reader)
    .kept.save()
    .catch((caught: unknown) => caught);
  expect(error).toMatchObject({
    kind: 'permission',
    remedy: 'Please allow it.',
    message: expect.stringContaining('403'),
  });
  expect(String(error)).not.toContain('canary');
});

test('without credentials nothing is asked of a person, and it is said', async () => {
  const cwd = await checkedOutByGitLab('writer', WRITER);
  await git(cwd, 'remote', 'set-url', 'origin', `${url}/repo.git`);
  const error = await keeper(cwd)
    .kept.restore()
    .catch((caught: unknown) => caught);
  expect(error).toMatchObject({
    kind: 'permission',
    remedy: expect.stringContaining('keep those of the checkout step'),
  });
});
