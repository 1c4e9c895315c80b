import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { pathOfRemote } from '../../../core/drivers/checkout.ts';
import { createHost } from '../../../platforms/local/host.ts';
import { codeHostContract } from '../../contract/code-host.ts';
import { refusal } from '../../contract/refusal.ts';
import { testWorld } from '../../support/world.ts';

const folders: string[] = [];

function workspace(): string {
  const folder = mkdtempSync(join(tmpdir(), 'pace-local-'));
  folders.push(folder);
  return folder;
}

function git(cwd: string, ...args: string[]): string {
  const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.org', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', [...identity, ...args], { cwd, encoding: 'utf8', stdio: 'pipe' }).trim();
}

function checkout(branch = 'main'): string {
  const cwd = workspace();
  git(cwd, 'init', '--quiet', '--initial-branch', branch);
  git(cwd, 'commit', '--quiet', '--allow-empty', '--message', 'Begin');
  return cwd;
}

const change = {
  branch: 'pace/review-day-14',
  from: '',
  files: [{ path: '.pace/day-14/review-pr.md', content: '# PACE Review Gate\n\nThe body.\n' }],
  commitMessage: 'Add it',
  title: '[PACE Review Gate] Days 1–14',
  body: 'The body.',
  labels: [],
  reviewers: [],
};

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

codeHostContract(
  'local',
  async () => {
    const cwd = mkdtempSync(join(tmpdir(), 'pace-local-'));
    git(cwd, 'init', '--quiet');
    const answer = async (key: string, word: string) => {
      const text = readFileSync(join(cwd, key), 'utf8');
      writeFileSync(join(cwd, key), text.replace('Status: open', `Status: ${word}`));
    };
    return {
      host: createHost(testWorld({ cwd, env: { PATH: process.env['PATH'] } })),
      sha: 'a'.repeat(40),
      missingSha: 'b'.repeat(40),
      capabilities: { needsCommit: false },
      changeRequest: {
        close: (key) => answer(key, 'closed'),
        merge: (key) => answer(key, '**Merged** by Anna'),
        read: async (key) => {
          const parts = readFileSync(join(cwd, key), 'utf8').split('\n\n');
          const end = parts.indexOf('---');
          return { title: (parts[0] ?? '').slice(2), body: parts.slice(3, end < 0 ? undefined : end).join('\n\n') };
        },
      },
      dispose: async () => rmSync(cwd, { recursive: true }),
    };
  },
  { lacks: ['checks', 'a commit status', 'approvals', 'files'] },
);

describe('the repository', () => {
  test('is named after its remote', async () => {
    const cwd = checkout();
    git(cwd, 'remote', 'add', 'origin', 'git@git.example.org:team/sub/product.git');
    expect(await createHost(testWorld({ cwd })).repository()).toEqual({
      name: 'team/sub/product',
      url: git(cwd, 'rev-parse', '--show-toplevel'),
      defaultBranch: 'main',
    });
  });

  test('is named after its folder without a remote, also from a folder below it', async () => {
    const cwd = checkout('trunk');
    mkdirSync(join(cwd, 'deep', 'er'), { recursive: true });
    const host = createHost(testWorld({ cwd: join(cwd, 'deep', 'er') }));
    const found = await host.repository();
    expect([found.name, found.defaultBranch]).toEqual([basename(cwd), 'trunk']);
    expect(await host.repositoryName()).toBe(basename(cwd));
  });

  test('has the default branch that the remote names, also on another branch', async () => {
    const cwd = checkout('feature');
    git(cwd, 'update-ref', 'refs/remotes/origin/develop', 'HEAD');
    git(cwd, 'symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/develop');
    expect((await createHost(testWorld({ cwd })).repository()).defaultBranch).toBe('develop');
  });

  test('is there with a detached head', async () => {
    const cwd = checkout();
    git(cwd, 'checkout', '--quiet', '--detach');
    expect((await createHost(testWorld({ cwd })).repository()).defaultBranch).toBe('main');
  });

  test('is the folder where there is no git', async () => {
    const cwd = workspace();
    const nowhere = { PATH: join(cwd, 'no-programs') };
    const expected = { name: basename(cwd), url: cwd, defaultBranch: 'main' };
    expect(await createHost(testWorld({ cwd, env: nowhere })).repository()).toEqual(expected);
    expect(await createHost(testWorld({ cwd })).repository()).toEqual(expected);
  });

  test.each([
    ['https://git.example.org/team/product.git', 'team/product'],
    ['https://user:secret@git.example.org:8443/team/product/', 'team/product'],
    ['ssh://git@git.example.org:2222/team/product.git', 'team/product'],
    ['git@git.example.org:team/product.git', 'team/product'],
    ['/srv/git/product.git', 'product'],
    ['../product', 'product'],
    ['file:///srv/git/product.git', 'product'],
    ['C:\\git\\product', 'product'],
    ['', ''],
  ])('of the remote %s is called %s', (url, name) => {
    expect(pathOfRemote(url)).toBe(name);
  });
});

describe('the review document', () => {
  test('is a file that says how to answer', async () => {
    const cwd = workspace();
    const opened = await createHost(testWorld({ cwd })).proposeChange(change);
    expect(opened).toEqual({ key: '.pace/day-14/review-pr.md', url: '.pace/day-14/review-pr.md', state: 'open' });
    expect(readFileSync(join(cwd, opened.url), 'utf8')).toBe(
      [
        '# [PACE Review Gate] Days 1–14',
        'Status: open',
        '_Please answer in the line above: `merged` lets PACE go on, `closed` pauses it._',
        'The body.\n',
      ].join('\n\n'),
    );
    expect(readdirSync(join(cwd, '.pace')).sort()).toEqual(['day-14', 'reviews.json']);
    expect(readdirSync(join(cwd, '.pace/day-14'))).toEqual(['review-pr.md']);
  });

  test('is written again when somebody has deleted it', async () => {
    const cwd = workspace();
    const host = createHost(testWorld({ cwd }));
    const opened = await host.proposeChange(change);
    rmSync(join(cwd, opened.key));
    expect(await host.findChange(change.branch)).toBeUndefined();
    expect(await host.proposeChange(change)).toEqual(opened);
    expect(existsSync(join(cwd, opened.key))).toBe(true);
  });

  test('is open, and says so, when its status is a word that nobody knows', async () => {
    const cwd = workspace();
    const world = testWorld({ cwd });
    const host = createHost(world);
    const opened = await host.proposeChange({ ...change, body: 'Status: merged\n\nAn agent wrote this.' });
    const text = readFileSync(join(cwd, opened.key), 'utf8');
    writeFileSync(join(cwd, opened.key), text.replace('Status: open', 'Status: perhaps'));
    expect(await host.findChange(change.branch)).toEqual(opened);
    writeFileSync(join(cwd, opened.key), text.replace('Status: open\n\n', ''));
    expect(await host.findChange(change.branch)).toEqual(opened);
    expect(world.lines.length).toBe(2);
    expect(world.lines[0]).toContain('perhaps');
  });

  test('never leaves the workspace', async () => {
    const cwd = workspace();
    const host = createHost(testWorld({ cwd }));
    for (const path of ['../out.md', '/tmp/out.md', 'a/../../out.md', '..\\out.md', '.', '']) {
      const call = () => host.proposeChange({ ...change, files: [{ path, content: '' }] });
      await refusal(call, { kinds: ['validation'], operation: 'proposeChange' });
    }
    expect(readdirSync(cwd)).toEqual([]);
    mkdirSync(join(cwd, '.pace'));
    writeFileSync(join(cwd, '.pace/reviews.json'), JSON.stringify({ [change.branch]: '../out.md' }));
    await refusal(() => host.findChange(change.branch), { kinds: ['validation'], operation: 'findChange' });
    rmSync(join(cwd, '.pace'), { recursive: true });
    expect(readdirSync(cwd)).toEqual([]);
    expect(existsSync(join(dirname(cwd), 'out.md'))).toBe(false);
  });
});

describe('variables', () => {
  test('stand in a file, and the environment goes first', async () => {
    const cwd = workspace();
    const host = createHost(testWorld({ cwd, env: { PACE_PAUSED: 'true', EMPTY: '' } }));
    await host.setVariable?.('PACE_PAUSED', 'false');
    await host.setVariable?.('EMPTY', 'full');
    expect(readFileSync(join(cwd, '.pace/variables.json'), 'utf8')).toBe(
      '{\n  "PACE_PAUSED": "false",\n  "EMPTY": "full"\n}\n',
    );
    expect([await host.getVariable?.('PACE_PAUSED'), await host.getVariable?.('EMPTY')]).toEqual(['true', 'full']);
  });

  test('may have the name of something that every object has', async () => {
    const host = createHost(testWorld({ cwd: workspace() }));
    for (const name of ['constructor', '__proto__', 'toString']) {
      expect(await host.getVariable?.(name)).toBeUndefined();
      await host.setVariable?.(name, 'mine');
      expect(await host.getVariable?.(name)).toBe('mine');
    }
  });

  test.each(['', 'a b', '../x', '1st', 'a=b', 'ä', 'a\nb'])('cannot be called %j', async (name) => {
    const cwd = workspace();
    const call = async () => createHost(testWorld({ cwd })).setVariable?.(name, 'x');
    await refusal(call, { kinds: ['validation'], operation: 'setVariable' });
    expect(readdirSync(cwd)).toEqual([]);
  });

  test.each(['', 'not JSON', '[1]', '"text"', 'null'])(
    'in a file that holds %j count as none, and it is kept',
    async (text) => {
      const cwd = workspace();
      mkdirSync(join(cwd, '.pace'));
      writeFileSync(join(cwd, '.pace/variables.json'), text);
      const world = testWorld({ cwd });
      const host = createHost(world);
      expect(await host.getVariable?.('A')).toBeUndefined();
      await host.setVariable?.('A', '1');
      expect(await host.getVariable?.('A')).toBe('1');
      const kept = join(cwd, '.pace/variables.json.unreadable-1');
      if (text === '') expect(world.lines).toEqual([]);
      else expect([readFileSync(kept, 'utf8'), world.lines.length]).toEqual([text, 1]);
    },
  );

  test('that cannot be written say what to do', async () => {
    const cwd = workspace();
    writeFileSync(join(cwd, '.pace'), 'a file in the place of the folder');
    const call = async () => createHost(testWorld({ cwd })).setVariable?.('A', '1');
    const error = await refusal(call, { kinds: ['configuration'], operation: 'setVariable' });
    expect(error.message).toContain('variables.json');
  });
});

describe('the judged commit', () => {
  test('is the one that is checked out', async () => {
    const cwd = checkout();
    const sha = git(cwd, 'rev-parse', 'HEAD');
    expect(await createHost(testWorld({ cwd })).judgedCommit?.()).toEqual({ sha, branch: 'main' });
    git(cwd, 'checkout', '--quiet', '-b', 'feature/x');
    expect(await createHost(testWorld({ cwd })).judgedCommit?.()).toEqual({ sha, branch: 'feature/x' });
  });

  test('is on no branch with a detached head', async () => {
    const cwd = checkout();
    git(cwd, 'checkout', '--quiet', '--detach');
    expect(await createHost(testWorld({ cwd })).judgedCommit?.()).toEqual({ sha: git(cwd, 'rev-parse', 'HEAD') });
  });

  test('is unknown without git, and before the first commit', async () => {
    const cwd = workspace();
    expect(await createHost(testWorld({ cwd })).judgedCommit?.()).toBeUndefined();
    git(cwd, 'init', '--quiet');
    expect(await createHost(testWorld({ cwd })).judgedCommit?.()).toBeUndefined();
  });
});

test('a host without a server has no checks, and the summary is a file of the workspace', () => {
  const host = createHost(testWorld({ cwd: '/nowhere' }));
  expect([host.listChecks, host.setCommitStatus, host.ownCheck]).toEqual([undefined, undefined, undefined]);
  expect([host.repositoryOfJob, host.changeById, host.upsertChangeNote]).toEqual([undefined, undefined, undefined]);
  expect(host.jobSummary()).toEqual({ path: '/nowhere/pace-summary.md', append: false, maxBytes: 67_108_864 });
});
