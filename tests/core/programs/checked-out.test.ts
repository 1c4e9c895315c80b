import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { checkedOut } from '../../../core/programs/checked-out.ts';

const TEMPORARY = realpathSync(mkdtempSync(join(tmpdir(), 'pace-checked-out-')));
afterAll(() => rmSync(TEMPORARY, { recursive: true, force: true }));

const env = {
  PATH: process.env['PATH'],
  HOME: TEMPORARY,
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CEILING_DIRECTORIES: TEMPORARY,
};
const PERSON = ['-c', 'user.name=A Person', '-c', 'user.email=person@example.org', '-c', 'protocol.file.allow=always'];

function folder(): string {
  return mkdtempSync(join(TEMPORARY, 'one-'));
}

function git(cwd: string, ...args: string[]): string {
  return execFileSync('git', [...PERSON, ...args], {
    cwd,
    env,
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'ignore'],
  }).trim();
}

function repository(...init: string[]): string {
  const cwd = folder();
  git(cwd, 'init', '--quiet', '--initial-branch=main', ...init);
  return cwd;
}

function commit(cwd: string, ...parents: string[]): string {
  const tree = git(cwd, 'write-tree');
  return git(cwd, 'commit-tree', tree, ...parents.flatMap((parent) => ['-p', parent]), '-m', `of ${parents.join(' ')}`);
}

/** A merge of two commits, checked out. */
function merged() {
  const cwd = repository();
  const base = commit(cwd);
  const head = commit(cwd, base);
  const merge = commit(cwd, base, head);
  git(cwd, 'update-ref', 'HEAD', merge);
  return { cwd, base, head, merge };
}

const at = (cwd: string, more: Record<string, string | undefined> = {}) =>
  checkedOut({ cwd, env: { ...env, ...more } });

describe('what is checked out', () => {
  test('is a commit, with its parents in their order', async () => {
    const { cwd, base, head, merge } = merged();
    expect(await at(cwd)).toEqual({ how: 'commit', sha: merge, parents: [base, head] });
    git(cwd, 'update-ref', 'HEAD', base);
    expect(await at(cwd)).toEqual({ how: 'commit', sha: base, parents: [] });
  });

  test('has its parents in a clone of depth 1, too, on a branch or on none', async () => {
    const { cwd, base, head, merge } = merged();
    const clone = folder();
    git(clone, 'clone', '--quiet', '--depth=1', `file://${cwd}`, '.');
    expect(git(clone, 'rev-list', '--parents', '-1', 'HEAD')).toBe(merge);
    expect(await at(clone)).toEqual({ how: 'commit', sha: merge, parents: [base, head] });
    git(clone, 'checkout', '--quiet', '--detach');
    expect(await at(clone)).toEqual({ how: 'commit', sha: merge, parents: [base, head] });
  });

  test('of an octopus has all its parents', async () => {
    const cwd = repository();
    const parents = [commit(cwd), commit(cwd, commit(cwd)), commit(cwd, commit(cwd, commit(cwd)))];
    git(cwd, 'update-ref', 'HEAD', commit(cwd, ...parents));
    expect(await at(cwd)).toMatchObject({ parents });
  });

  test('has long hashes in a repository that has them', async () => {
    const cwd = repository('--object-format=sha256');
    const base = commit(cwd);
    const head = commit(cwd, base);
    git(cwd, 'update-ref', 'HEAD', head);
    expect(head).toHaveLength(64);
    expect(await at(cwd)).toEqual({ how: 'commit', sha: head, parents: [base] });
  });

  test('is seen from a folder below, and from another worktree', async () => {
    const { cwd, head, merge } = merged();
    mkdirSync(join(cwd, 'a/b'), { recursive: true });
    expect(await at(join(cwd, 'a/b'))).toMatchObject({ sha: merge });
    const worktree = join(folder(), 'other');
    git(cwd, 'worktree', 'add', '--quiet', '--detach', worktree, head);
    expect(await at(worktree)).toMatchObject({ sha: head });
  });

  test('is none in a folder without a repository, in one without a commit, and where `.git` is something else', async () => {
    const bare = folder();
    mkdirSync(join(bare, '.git'));
    for (const cwd of [folder(), repository(), bare]) expect(await at(cwd)).toEqual({ how: 'none' });
  });

  test('is found by GIT_DIR where the folder has no repository', async () => {
    const { cwd, merge } = merged();
    expect(await at(folder(), { GIT_DIR: join(cwd, '.git') })).toMatchObject({ sha: merge });
    expect(await at(folder(), { GIT_DIR: '' })).toEqual({ how: 'none' });
  });
});

describe('nobody lies about it', () => {
  test('by a reference that replaces the commit', async () => {
    const { cwd, base, head, merge } = merged();
    const stranger = commit(cwd, commit(cwd, base));
    git(cwd, 'replace', merge, commit(cwd, base, stranger));
    expect(git(cwd, 'rev-list', '--parents', '-1', 'HEAD')).toContain(stranger);
    expect(await at(cwd)).toEqual({ how: 'commit', sha: merge, parents: [base, head] });
  });

  test('by a graft', async () => {
    const { cwd, base, head, merge } = merged();
    const stranger = commit(cwd, commit(cwd, base));
    mkdirSync(join(cwd, '.git/info'), { recursive: true });
    writeFileSync(join(cwd, '.git/info/grafts'), `${merge} ${base} ${stranger}\n`);
    expect(await at(cwd)).toMatchObject({ parents: [base, head] });
  });

  test('by variables that lead to another repository', async () => {
    const { cwd, merge } = merged();
    const other = repository();
    git(other, 'update-ref', 'HEAD', commit(other));
    const elsewhere = {
      GIT_DIR: join(other, '.git'),
      GIT_WORK_TREE: other,
      GIT_OBJECT_DIRECTORY: join(other, '.git/objects'),
    };
    expect(await at(cwd, elsewhere)).toMatchObject({ sha: merge });
    expect(await at(cwd, { GIT_COMMON_DIR: join(other, '.git'), GIT_NAMESPACE: 'x' })).toMatchObject({ sha: merge });
  });

  test('by a folder of the commit that looks like a repository itself', async () => {
    const { cwd, merge } = merged();
    const inside = join(cwd, 'inside');
    mkdirSync(inside);
    git(inside, 'init', '--quiet', '--bare');
    git(
      inside,
      '--git-dir=.',
      'update-ref',
      'HEAD',
      git(inside, '--git-dir=.', 'commit-tree', git(inside, '--git-dir=.', 'write-tree'), '-m', 'x'),
    );
    expect(await at(inside)).toMatchObject({ sha: merge });
  });

  test('by an object that is not what its name says', async () => {
    const { cwd, base, head, merge } = merged();
    const path = join(cwd, '.git/objects', merge.slice(0, 2), merge.slice(2));
    const text = git(cwd, 'cat-file', 'commit', merge).replace(head, commit(cwd, base, head));
    const object = Buffer.from(`${text}\n`);
    chmodSync(path, 0o644);
    writeFileSync(path, deflateSync(Buffer.concat([Buffer.from(`commit ${object.length}\0`), object])));
    expect(await at(cwd)).toEqual({ how: 'unreadable', why: `hash mismatch ${merge}` });
  });

  test.each([
    [
      'its message',
      (real: string, lie: string) => `${real}author A <a@b.c> 1 +0000\ncommitter A <a@b.c> 1 +0000\n\nparent ${lie}\n`,
    ],
    [
      'a line after the author',
      (real: string, lie: string) =>
        `${real}author A <a@b.c> 1 +0000\nparent ${lie}\ncommitter A <a@b.c> 1 +0000\n\nx\n`,
    ],
    [
      'what a tag said',
      (real: string, lie: string) =>
        `${real}author A <a@b.c> 1 +0000\ncommitter A <a@b.c> 1 +0000\nmergetag object ${lie}\n parent ${lie}\n\nx\n`,
    ],
    [
      'an odd header of its own',
      (real: string, lie: string) =>
        `${real}x-parent ${lie}\nparent ${lie}\nauthor A <a@b.c> 1 +0000\ncommitter A <a@b.c> 1 +0000\n\nx\n`,
    ],
  ])('by a parent in %s', async (_, written) => {
    const { cwd, base, head } = merged();
    const tree = git(cwd, 'write-tree');
    const text = written(`tree ${tree}\nparent ${base}\n`, head);
    const sha = execFileSync('git', ['hash-object', '-t', 'commit', '-w', '--stdin', '--literally'], {
      cwd,
      env,
      input: text,
      encoding: 'utf8',
    }).trim();
    writeFileSync(join(cwd, '.git/HEAD'), `${sha}\n`);
    expect(await at(cwd)).toEqual({ how: 'commit', sha, parents: [base] });
  });
});

describe('that git does not tell it', () => {
  test('is said with its own words, as where the folder belongs to somebody else', async () => {
    const { cwd } = merged();
    const found = await at(cwd, { GIT_TEST_ASSUME_DIFFERENT_OWNER: '1' });
    expect(found).toEqual({ how: 'unreadable', why: `detected dubious ownership in repository at '${cwd}'` });
  });

  test('is none where the object of the commit is gone', async () => {
    const { cwd, merge } = merged();
    rmSync(join(cwd, '.git/objects', merge.slice(0, 2), merge.slice(2)));
    expect(await at(cwd)).toEqual({ how: 'none' });
    expect(existsSync(join(dirname(cwd), 'nothing'))).toBe(false);
    expect(readdirSync(cwd)).toEqual(['.git']);
  });
});

describe('where there is no git, as in many images of jobs', () => {
  const withoutGit = (cwd: string, more: Record<string, string> = {}) => at(cwd, { PATH: folder(), ...more });

  test('the commit and its parents are read from files: of a branch, of none, of a shallow clone', async () => {
    const { cwd, base, head, merge } = merged();
    const found = { how: 'commit', sha: merge, parents: [base, head] };
    expect(await withoutGit(cwd)).toEqual(found);
    git(cwd, 'checkout', '--quiet', '--detach');
    mkdirSync(join(cwd, 'a/b'), { recursive: true });
    expect(await withoutGit(join(cwd, 'a/b'))).toEqual(found);
    const clone = folder();
    git(clone, 'clone', '--quiet', '--depth=1', `file://${cwd}`, '.');
    expect(await withoutGit(clone)).toEqual({ ...found, parents: await parentsWithin(clone, merge) });
  });

  /** What a fetch brings lies in a pack or not, as git likes. */
  async function parentsWithin(cwd: string, sha: string): Promise<readonly string[]> {
    if (!existsSync(join(cwd, '.git/objects', sha.slice(0, 2), sha.slice(2)))) return [];
    const found = await at(cwd);
    return found.how === 'commit' ? found.parents : [];
  }

  test('a commit in a pack is told without parents, one whose branch is packed with them', async () => {
    const { cwd, base, head, merge } = merged();
    git(cwd, 'tag', '-a', '-m', 'x', 'v1', merge);
    git(cwd, 'branch', 'main-2', base);
    git(cwd, 'pack-refs', '--all');
    expect(existsSync(join(cwd, '.git/refs/heads/main'))).toBe(false);
    expect(await withoutGit(cwd)).toEqual({ how: 'commit', sha: merge, parents: [base, head] });
    git(cwd, 'gc', '--quiet');
    expect(await withoutGit(cwd)).toEqual({ how: 'commit', sha: merge, parents: [] });
    git(cwd, 'update-ref', 'HEAD', head);
    expect(await withoutGit(cwd)).toMatchObject({ sha: head });
  });

  test('long hashes are read, too', async () => {
    const cwd = repository('--object-format=sha256');
    const base = commit(cwd);
    const head = commit(cwd, base);
    git(cwd, 'update-ref', 'HEAD', head);
    expect(await withoutGit(cwd)).toEqual({ how: 'commit', sha: head, parents: [base] });
  });

  test('another worktree has its own commit, and the objects and branches of the first', async () => {
    const { cwd, base, head } = merged();
    const worktree = join(folder(), 'other');
    git(cwd, 'worktree', 'add', '--quiet', '-b', 'other', worktree, head);
    expect(await withoutGit(worktree)).toEqual({ how: 'commit', sha: head, parents: [base] });
    git(cwd, 'pack-refs', '--all');
    expect(await withoutGit(worktree)).toMatchObject({ sha: head });
  });

  test('a branch that is another name of one leads to its commit', async () => {
    const { cwd, merge } = merged();
    git(cwd, 'symbolic-ref', 'refs/heads/alias', 'refs/heads/main');
    git(cwd, 'symbolic-ref', 'HEAD', 'refs/heads/alias');
    expect(await withoutGit(cwd)).toMatchObject({ sha: merge });
  });

  test('there is none without a repository, and in one without a commit', async () => {
    const empty = folder();
    mkdirSync(join(empty, '.git'));
    for (const cwd of [folder(), repository(), empty]) expect(await withoutGit(cwd)).toEqual({ how: 'none' });
  });

  test('GIT_DIR leads there where the folder has no repository', async () => {
    const { cwd, merge } = merged();
    expect(await withoutGit(folder(), { GIT_DIR: join(cwd, '.git') })).toMatchObject({ sha: merge });
  });

  test('neither a replaced commit, a graft nor a variable lies about it', async () => {
    const { cwd, base, head, merge } = merged();
    git(cwd, 'replace', merge, commit(cwd, base, commit(cwd, commit(cwd, base))));
    writeFileSync(join(cwd, '.git/info/grafts'), `${merge} ${base}\n`);
    const other = merged();
    const elsewhere = { GIT_DIR: join(other.cwd, '.git'), GIT_OBJECT_DIRECTORY: join(other.cwd, '.git/objects') };
    expect(await withoutGit(cwd, elsewhere)).toEqual({ how: 'commit', sha: merge, parents: [base, head] });
  });

  test.each([
    ['is another one', (object: Buffer) => deflateSync(object), /^hash mismatch [0-9a-f]{40}$/],
    ['is cut off', (object: Buffer) => deflateSync(object).subarray(0, -9), /cannot be unpacked \(Z_BUF_ERROR\)$/],
    ['is without an end', () => deflateSync(Buffer.alloc(1 << 25)), /cannot be unpacked \(ERR_BUFFER_TOO_LARGE\)$/],
  ])('an object that %s says nothing', async (_, packed, why) => {
    const { cwd, base, merge } = merged();
    const path = join(cwd, '.git/objects', merge.slice(0, 2), merge.slice(2));
    const text = `${git(cwd, 'cat-file', 'commit', base)}\n`;
    chmodSync(path, 0o644);
    writeFileSync(path, packed(Buffer.from(`commit ${text.length}\0${text}`)));
    expect(await withoutGit(cwd)).toEqual({ how: 'unreadable', why: expect.stringMatching(why) });
  });

  test('HEAD at something else than a commit says nothing', async () => {
    const { cwd } = merged();
    const tree = git(cwd, 'write-tree');
    writeFileSync(join(cwd, '.git/HEAD'), `${tree}\n`);
    expect(await withoutGit(cwd)).toEqual({ how: 'unreadable', why: `${tree} is not a commit` });
  });

  test.each([
    ['to where references are kept in tables', 'ref: refs/heads/.invalid\n'],
    ['out of the repository', 'ref: refs/heads/../../../HEAD\n'],
    ['in a circle', 'ref: refs/heads/circle\n'],
    ['nowhere that is known', 'something new\n'],
  ])('HEAD that leads %s is said not to be readable', async (_, head) => {
    const { cwd } = merged();
    writeFileSync(join(cwd, '.git/refs/heads/circle'), 'ref: refs/heads/circle\n');
    writeFileSync(join(cwd, '.git/HEAD'), head);
    expect(await withoutGit(cwd)).toEqual({
      how: 'unreadable',
      why: 'The program `git` was not found, and only git can read where HEAD leads.',
    });
  });

  test('a pipe in place of HEAD makes nobody wait', async ({ skip }) => {
    if (process.platform === 'win32') skip('Windows has no pipes in folders');
    const { cwd } = merged();
    rmSync(join(cwd, '.git/HEAD'));
    execFileSync('mkfifo', [join(cwd, '.git/HEAD')]);
    expect(await withoutGit(cwd)).toMatchObject({
      how: 'unreadable',
      why: expect.stringContaining('not a regular file'),
    });
  });
});
