import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { openKept } from '../../../../core/kept/open-kept.ts';
import { createStateBranch } from '../../../../src/gate/state/branch.ts';
import { testWorld } from '../../../support/world.ts';

const TEMPORARY = mkdtempSync(join(tmpdir(), 'pace-branch-'));
afterAll(() => rmSync(TEMPORARY, { recursive: true, force: true }));

const PERSON = ['-c', 'user.name=A', '-c', 'user.email=a@example.org'];
let root = '';
let remote = '';
let count = 0;

function git(cwd: string, ...args: string[]): string {
  const env = { PATH: process.env['PATH'], HOME: root, GIT_CONFIG_NOSYSTEM: '1' };
  return execFileSync('git', args, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
}

function write(cwd: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, name)), { recursive: true });
    writeFileSync(join(cwd, name), text);
  }
}

beforeEach(() => {
  root = mkdtempSync(join(TEMPORARY, 'one-'));
  remote = join(root, 'remote.git');
  git(root, 'init', '--quiet', '--bare', '--initial-branch=main', 'remote.git');
  const seed = join(root, 'seed');
  git(root, 'init', '--quiet', '--initial-branch=main', 'seed');
  write(seed, { 'a.txt': 'one\n', 'app/b.txt': 'b\n', '.gitignore': '.pace/\n' });
  for (const text of ['two\n', 'three\n']) {
    write(seed, { 'a.txt': text });
    git(seed, 'add', '--all');
    git(seed, ...PERSON, 'commit', '--quiet', '--message', 'A change');
  }
  git(seed, 'push', '--quiet', remote, 'main');
});

const CLONES = {
  full: [],
  shallow: ['--depth=1'],
  'single-branch': ['--single-branch'],
  'without blobs': ['--filter=blob:none'],
} as const;

function clone(kind: keyof typeof CLONES = 'full'): string {
  count += 1;
  const path = join(root, `clone-${count}`);
  git(root, 'clone', '--quiet', ...CLONES[kind], `file://${remote}`, path);
  return path;
}

function keeper(cwd: string, options: { branch?: string; env?: Record<string, string> } = {}) {
  const world = testWorld({
    cwd,
    env: { PATH: process.env['PATH'], HOME: root, GIT_CONFIG_NOSYSTEM: '1', ...options.env },
  });
  const { branch = 'pace/state' } = options;
  const pushRemedy = 'Please allow it.';
  const kept = openKept(world);
  return { world, kept, ...createStateBranch({ world, kept, branch, remote: 'origin', pushRemedy }) };
}

async function run(cwd: string, files: Readonly<Record<string, string>>): Promise<void> {
  const kept = keeper(cwd);
  await kept.restore();
  write(cwd, files);
  await kept.save();
}

const inPace = (cwd: string) =>
  Object.fromEntries(
    readdirSync(join(cwd, '.pace'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name !== '.gitignore')
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((path) => [path.slice(cwd.length + 1), readFileSync(path, 'utf8')]),
  );
const onBranch = (branch = 'pace/state') => git(remote, 'ls-tree', '-r', '--name-only', branch).split('\n');

test.each(Object.keys(CLONES) as (keyof typeof CLONES)[])(
  'what one run keeps, another fresh clone has: %s',
  async (kind) => {
    await run(clone(kind), { '.pace/day-1/decision.yaml': 'decision: HOLD\n', '.pace/pace.db': 'SQL\0\xff\r\n' });
    const second = clone(kind);
    await run(second, { '.pace/day-2/decision.yaml': 'decision: SHIP\n' });
    const third = clone(kind);
    await keeper(third).restore();
    expect(inPace(third)).toEqual({
      '.pace/day-1/decision.yaml': 'decision: HOLD\n',
      '.pace/day-2/decision.yaml': 'decision: SHIP\n',
      '.pace/pace.db': 'SQL\0\xff\r\n',
    });
    expect(git(remote, 'log', '--format=%an <%ae> %s', 'pace/state').split('\n')).toEqual([
      'PACE <pace@localhost> Keep the state of day 2 [skip ci]',
      'PACE <pace@localhost> Keep the state of day 1 [skip ci]',
    ]);
  },
);

test('the checkout, its index, its branches and its depth are as before', async () => {
  for (const kind of Object.keys(CLONES) as (keyof typeof CLONES)[]) {
    await run(clone(), { [`.pace/pending-${count}.yaml`]: 'x' });
    const cwd = clone(kind);
    git(cwd, 'checkout', '--quiet', '--detach');
    write(cwd, { 'a.txt': 'changed', 'staged.txt': 'new' });
    git(cwd, 'add', 'staged.txt');
    const look = () => [
      git(cwd, 'status', '--porcelain=v2', '--branch'),
      git(cwd, 'ls-files', '--stage'),
      // git itself notes what it pushed, where it follows all branches
      git(cwd, 'for-each-ref', 'refs/heads', 'refs/remotes', 'refs/tags').replace(/.*origin\/pace\/state\n?/, ''),
      git(cwd, 'rev-parse', '--is-shallow-repository'),
      git(cwd, 'log', '--format=%H', 'HEAD'),
      git(cwd, 'config', '--local', '--list'),
      existsSync(join(cwd, '.git/FETCH_HEAD')),
    ];
    const before = look();
    await run(cwd, { '.pace/day-1/review-pr.md': kind });
    expect(look()).toEqual(before);
  }
});

test('two runs that race both end up on the branch, also when it does not exist yet', async () => {
  const [one, two, three] = [clone(), clone('shallow'), clone()];
  const kept = [one, two, three].map((cwd) => keeper(cwd));
  for (const each of kept) await each.restore();
  const attempt = (run: number) =>
    `- run: ${run}\n  date: 2026-03-02\n  cost_usd: 0\n  outcome: HOLD\n  hold_reason: ""\n`;
  write(one, { '.pace/day-1/attempts.yaml': attempt(1), '.pace/journal.jsonl': '{"a":1}\n' });
  write(two, { '.pace/day-1/attempts.yaml': attempt(2), '.pace/journal.jsonl': '{"b":1}\n' });
  write(three, { '.pace/day-2/review-pr.md': 'three' });
  for (const each of kept) await each.save();
  const fresh = clone();
  await keeper(fresh).restore();
  const all = {
    '.pace/day-1/attempts.yaml': attempt(1) + attempt(2),
    '.pace/day-2/review-pr.md': 'three',
    '.pace/journal.jsonl': '{"a":1}\n{"b":1}\n',
  };
  expect(inPace(fresh)).toEqual(all);
  expect(inPace(three)).toEqual(all);
  expect(git(remote, 'rev-list', '--count', 'pace/state')).toBe('3');
});

test('many at once: nobody is lost', async () => {
  const cwds = Array.from({ length: 4 }, () => clone('shallow'));
  await Promise.all(cwds.map((cwd, index) => run(cwd, { [`.pace/day-${index + 1}/review-pr.md`]: 'x' })));
  expect(onBranch()).toEqual([1, 2, 3, 4].map((day) => `.pace/day-${day}/review-pr.md`).concat('pace-state.json'));
});

test('a checkout that stays takes what other runners kept; what it removed is removed, what was swept away comes back', async () => {
  const [stays, other] = [clone(), clone()];
  await run(stays, { '.pace/pace.db': 'one', '.pace/pending-gone.yaml': 'x', '.pace/day-1/story-ticket.md': 'x' });
  await run(other, { '.pace/pace.db': 'two' });
  const kept = keeper(stays);
  await kept.restore();
  expect(inPace(stays)['.pace/pace.db']).toBe('two');
  rmSync(join(stays, '.pace/pending-gone.yaml'));
  await kept.save();
  expect(onBranch()).toEqual(['.pace/day-1/story-ticket.md', '.pace/pace.db', 'pace-state.json']);
  rmSync(join(stays, '.pace'), { recursive: true });
  await run(stays, {});
  expect(Object.keys(inPace(stays))).toEqual(['.pace/day-1/story-ticket.md', '.pace/pace.db']);
});

test('nothing new is no new commit, and an empty state makes no branch', async () => {
  await run(clone(), {});
  expect(git(remote, 'branch', '--list', 'pace/*')).toBe('');
  await run(clone(), { '.pace/pending-a.yaml': 'x' });
  await run(clone(), {});
  expect(git(remote, 'rev-list', '--count', 'pace/state')).toBe('1');
});

test('locks, drafts and logs of databases stay here; what the checkout tracks belongs to its commits', async () => {
  await run(clone(), { '.pace/day-1/story-ticket.md': 'old', '.pace/pending-a.yaml': 'x' });
  const cwd = clone();
  write(cwd, { '.pace/day-1/story-ticket.md': 'tracked' });
  git(cwd, 'add', '--force', '.pace/day-1/story-ticket.md');
  await run(cwd, {
    '.pace/pipeline.lock': 'pid=1\n',
    '.pace/day-1/decision.yaml.1234abcd.tmp': 'half',
    '.pace/pace.db-shm': 'x',
    '.pace/pace.db-wal': '',
    '.pace/day-1/decision.yaml.unreadable-1': 'torn',
  });
  expect(readFileSync(join(cwd, '.pace/day-1/story-ticket.md'), 'utf8')).toBe('tracked');
  expect(onBranch()).toEqual([
    '.pace/day-1/decision.yaml.unreadable-1',
    '.pace/day-1/story-ticket.md',
    '.pace/pending-a.yaml',
    'pace-state.json',
  ]);
  expect(git(remote, 'show', 'pace/state:.pace/day-1/story-ticket.md')).toBe('old');
});

test('evidence counts for the run that made it, and is not kept', async () => {
  const cwd = clone();
  await run(cwd, {
    '.pace/day-1/escalated': '',
    '.pace/day-1/sentinel.md': 'sentinel_decision: SHIP',
    '.pace/day-1/gate-report.yaml': 'gate_decision: SHIP',
    '.pace/reports/unit.xml': '<testsuites/>',
    '.pace/plan.yaml': 'days: []',
  });
  expect(onBranch()).toEqual(['.pace/day-1/escalated', 'pace-state.json']);
  expect(Object.keys(inPace(cwd))).toHaveLength(5);
});

test('a database that another process writes to is left as the branch has it, and that is said', async () => {
  await run(clone(), { '.pace/pace.db': 'whole' });
  const cwd = clone();
  const kept = keeper(cwd);
  await kept.restore();
  write(cwd, { '.pace/pace.db': 'half', '.pace/pace.db-wal': 'log', '.pace/pending-a.yaml': 'x' });
  await expect(kept.save()).rejects.toMatchObject({ message: expect.stringContaining('pace.db') });
  expect([
    git(remote, 'show', 'pace/state:.pace/pace.db'),
    git(remote, 'show', 'pace/state:.pace/pending-a.yaml'),
  ]).toEqual(['whole', 'x']);
  expect(inPace(cwd)['.pace/pace.db']).toBe('half');
  // it was looked at ten times
  expect(kept.world.waits).toEqual(Array(9).fill(200));
});

test.each([1, 9])(
  'a database that becomes one file again is kept, also at look no. %i after the first',
  async (look) => {
    const cwd = clone();
    const kept = keeper(cwd);
    await kept.restore();
    write(cwd, { '.pace/pace.db': 'half', '.pace/pace.db-wal': 'log' });
    const { sleep } = kept.world;
    kept.world.sleep = async (milliseconds, signal) => {
      await sleep(milliseconds, signal);
      if (kept.world.waits.length === look) write(cwd, { '.pace/pace.db': 'whole', '.pace/pace.db-wal': '' });
    };
    await kept.save();
    expect([git(remote, 'show', 'pace/state:.pace/pace.db'), kept.world.waits]).toEqual([
      'whole',
      Array(look).fill(200),
    ]);
  },
);

test('a restore leaves a database alone that another process writes to', async () => {
  await run(clone(), { '.pace/pace.db': 'theirs', '.pace/pending-a.yaml': 'x' });
  const cwd = clone();
  write(cwd, { '.pace/pace.db': 'half', '.pace/pace.db-wal': 'log' });
  await keeper(cwd).restore();
  expect([inPace(cwd)['.pace/pace.db'], inPace(cwd)['.pace/pending-a.yaml']]).toEqual(['half', 'x']);
});

test('a commit names the days that it changes, ten at most, and no pipeline runs for it', async () => {
  const days = Array.from({ length: 12 }, (_, index) => [`.pace/day-${index + 1}/review-pr.md`, 'x']);
  const cwd = clone();
  await run(cwd, Object.fromEntries(days));
  await run(cwd, { '.pace/day-7/review-pr.md': 'y', '.pace/day-7/escalated': '', '.pace/pending-a.yaml': 'x' });
  await run(cwd, { '.pace/pending-a.yaml': 'y' });
  expect(git(remote, 'log', '--reverse', '--format=%B', 'pace/state').split(/\n+/)).toEqual([
    'Keep the state of day 1, 10, 11, 12, 2, 3, 4, 5, 6, 7 [skip ci]',
    'Keep the state of day 7 [skip ci]',
    'Keep the state [skip ci]',
  ]);
});

test('where the checkout tracks what PACE obeys, nothing is read or kept, and that is said once', async () => {
  const cwd = clone();
  write(cwd, { '.pace/day-1/decision.yaml': 'x', '.pace/pace.db': 'x', '.pace/day-1/story.md': 'x' });
  git(cwd, 'add', '--force', '.pace');
  const kept = keeper(cwd);
  await kept.restore();
  await kept.save();
  expect(kept.world.lines).toEqual([
    'warn: PACE keeps no state here, and uses none of earlier runs: git tracks .pace/day-1/decision.yaml, .pace/pace.db, so that any commit could have written them. Please `git rm -r --cached` what PACE keeps, and add .pace/ to .gitignore.',
  ]);
  expect(git(remote, 'for-each-ref', 'refs/heads/pace')).toBe('');
});

test('where nothing is kept here, the branch is heard all the same, and left as it is', async () => {
  await run(clone(), { '.pace/pause.yaml': 'reason: Release week\n' });
  const cwd = clone();
  write(cwd, { '.pace/pause.yaml': 'reason: of a commit\n' });
  git(cwd, 'add', '--force', '.pace');
  const { kept, ...onBranch } = keeper(cwd);
  await onBranch.restore();
  expect(kept.read('pause.yaml')?.toString()).toBe('reason: Release week\n');
  kept.write('advisory_backlog.yaml', '[]\n');
  const tip = git(remote, 'rev-parse', 'pace/state');
  await onBranch.save();
  expect([git(remote, 'rev-parse', 'pace/state'), git(cwd, 'for-each-ref', 'refs/pace/state')]).toEqual([tip, '']);
  expect(inPace(cwd)).toEqual({ '.pace/pause.yaml': 'reason: of a commit\n' });
});

test('what the checkout tracks and PACE does not obey stays with its commits', async () => {
  const cwd = clone();
  write(cwd, { '.pace/day-1/story.md': 'x', '.pace/day-7/review-pr.md': 'x', '.pace/day-8/review-pr.md': 'x' });
  git(cwd, 'add', '--force', '.pace/day-1', '.pace/day-7');
  const kept = keeper(cwd);
  await kept.restore();
  await kept.save();
  expect([kept.world.lines, onBranch()]).toEqual([[], ['.pace/day-8/review-pr.md', 'pace-state.json']]);
});

test('of a file that two runs changed and nobody can merge, this run’s is kept, and that is said', async () => {
  await run(clone(), { '.pace/pace.db': 'one' });
  const [mine, theirs] = [clone(), clone()];
  const kept = keeper(mine);
  await kept.restore();
  await run(theirs, { '.pace/pace.db': 'theirs', '.pace/pending-a.yaml': 'theirs' });
  write(mine, { '.pace/pace.db': 'mine' });
  await expect(kept.save()).rejects.toMatchObject({
    kind: 'conflict',
    message: "Two runs changed pace.db in .pace at the same time. This run's is kept.",
  });
  expect([git(remote, 'show', 'pace/state:.pace/pace.db'), git(remote, 'show', 'pace/state~:.pace/pace.db')]).toEqual([
    'mine',
    'theirs',
  ]);
  expect(inPace(mine)).toEqual({ '.pace/pace.db': 'mine', '.pace/pending-a.yaml': 'theirs' });
});

test('workspaces below the root of one repository share the branch', async () => {
  await run(clone(), { '.pace/pending-a.yaml': 'root' });
  await run(join(clone(), 'app'), { '.pace/pending-a.yaml': 'app' });
  expect(onBranch()).toEqual(['.pace/pending-a.yaml', 'app/.pace/pending-a.yaml', 'pace-state.json']);
  const fresh = clone();
  await keeper(join(fresh, 'app')).restore();
  expect([inPace(join(fresh, 'app')), existsSync(join(fresh, '.pace'))]).toEqual([
    { '.pace/pending-a.yaml': 'app' },
    false,
  ]);
});

test('hooks, signatures and missing names of a person do not get in the way', async () => {
  const cwd = clone();
  write(
    cwd,
    Object.fromEntries(
      ['pre-push', 'pre-commit', 'reference-transaction'].map((hook) => [`.git/hooks/${hook}`, '#!/bin/sh\nexit 1\n']),
    ),
  );
  execFileSync('chmod', ['-R', '+x', join(cwd, '.git/hooks')]);
  for (const [name, value] of [
    ['commit.gpgSign', 'true'],
    ['push.gpgSign', 'true'],
    ['user.useConfigOnly', 'true'],
    ['core.autocrlf', 'true'],
    ['push.followTags', 'true'],
  ] as const)
    git(cwd, 'config', name, value);
  await run(cwd, { '.pace/pending-a.yaml': 'line\n' });
  expect(git(remote, 'cat-file', '-s', 'pace/state:.pace/pending-a.yaml')).toBe('5');
});

describe('trouble', () => {
  test('a branch that PACE did not write is left alone, and nothing of it is used', async () => {
    git(remote, 'branch', 'pace/state', 'main');
    const before = git(remote, 'rev-parse', 'pace/state');
    const cwd = clone();
    const kept = keeper(cwd);
    await expect(kept.restore()).rejects.toMatchObject({
      kind: 'conflict',
      message:
        'The branch pace/state on origin was not written by PACE. It is left as it is, and nothing of it is used.',
      remedy: expect.stringContaining('state.branch'),
    });
    write(cwd, { '.pace/pending-a.yaml': 'x' });
    await kept.save();
    expect(git(remote, 'rev-parse', 'pace/state')).toBe(before);
  });

  test('a branch of a newer PACE is left alone', async () => {
    const cwd = clone();
    git(cwd, 'checkout', '--quiet', '--orphan', 'pace/state');
    git(cwd, 'rm', '--quiet', '-rf', '.');
    write(cwd, { 'pace-state.json': '{"schemaVersion": 2}' });
    git(cwd, 'add', 'pace-state.json');
    git(cwd, ...PERSON, 'commit', '--quiet', '--message', 'Newer');
    git(cwd, 'push', '--quiet', 'origin', 'pace/state');
    await expect(keeper(clone()).restore()).rejects.toMatchObject({
      message: expect.stringContaining('a newer PACE (format 2)'),
    });
  });

  test('a remote that cannot be reached is said, and what is there is kept for later', async () => {
    const cwd = clone();
    await run(cwd, { '.pace/pending-a.yaml': 'x' });
    renameSync(remote, `${remote}.away`);
    const kept = keeper(cwd);
    await expect(kept.restore()).rejects.toMatchObject({
      kind: 'transient',
      remedy: expect.stringContaining('git remote -v'),
    });
    write(cwd, { '.pace/pending-b.yaml': 'y' });
    await expect(kept.save()).rejects.toMatchObject({ kind: 'transient' });
    renameSync(`${remote}.away`, remote);
    await run(cwd, {});
    expect(onBranch()).toEqual(['.pace/pending-a.yaml', '.pace/pending-b.yaml', 'pace-state.json']);
  });

  /** Somebody else commits to the branch whenever this run is about to. */
  function racing(kept: ReturnType<typeof keeper>, times: number): void {
    const { now } = kept.world;
    let left = times;
    kept.world.now = () => {
      if (left > 0) {
        left -= 1;
        const tree = git(remote, 'rev-parse', 'pace/state^{tree}');
        const commit = git(remote, ...PERSON, 'commit-tree', tree, '-p', 'pace/state', '-m', `other ${left}`);
        git(remote, 'update-ref', 'refs/heads/pace/state', commit);
      }
      return now();
    };
  }

  test('other runs that are faster five times are waited for, longer and longer, and then this one is kept', async () => {
    await run(clone(), { '.pace/pending-a.yaml': 'x' });
    const cwd = clone();
    const kept = keeper(cwd);
    await kept.restore();
    write(cwd, { '.pace/pending-b.yaml': 'y' });
    racing(kept, 5);
    await kept.save();
    expect(kept.world.waits).toEqual([300, 600, 900, 1200, 1500]);
    expect(onBranch()).toEqual(['.pace/pending-a.yaml', '.pace/pending-b.yaml', 'pace-state.json']);
  });

  test('other runs that are faster each time: it gives up after six, and says how to put runs in a row', async () => {
    await run(clone(), { '.pace/pending-a.yaml': 'x' });
    const cwd = clone();
    const kept = keeper(cwd);
    await kept.restore();
    write(cwd, { '.pace/pending-b.yaml': 'y' });
    racing(kept, 99);
    await expect(kept.save()).rejects.toMatchObject({
      kind: 'transient',
      message: expect.stringContaining('Other runs changed pace/state on origin each time'),
      remedy: expect.stringContaining('concurrency:'),
    });
    expect(kept.world.waits).toHaveLength(6);
    expect(onBranch()).toEqual(['.pace/pending-a.yaml', 'pace-state.json']);
    // nothing is lost: the next run keeps it
    await run(cwd, {});
    expect(onBranch()).toEqual(['.pace/pending-a.yaml', '.pace/pending-b.yaml', 'pace-state.json']);
  });

  test.each([
    ['was a yes', 'real_git "$@"; echo "fatal: the remote end hung up unexpectedly" >&2; exit 128'],
    ['was a no', 'echo "fatal: the remote end hung up unexpectedly" >&2; exit 128'],
  ])(
    'an answer to a push that got lost %s: in the end it is kept, by one commit, and what came meanwhile is here',
    async (_, script) => {
      const bin = join(root, 'bin');
      const real = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
      // fails the first push, and is git for everything else
      write(bin, {
        git: `#!/bin/sh\nreal_git() { ${real} "$@"; }\ncase " $* " in\n*" push "*) if [ ! -e ${bin}/lost ]; then touch ${bin}/lost; ${script}; fi ;;\nesac\nexec ${real} "$@"\n`,
      });
      execFileSync('chmod', ['+x', join(bin, 'git')]);
      const cwd = clone();
      const kept = keeper(cwd, { env: { PATH: `${bin}:${process.env['PATH']}` } });
      await kept.restore();
      write(cwd, { '.pace/pending-a.yaml': 'x' });
      kept.world.sleep = () => run(clone(), { '.pace/pending-z.yaml': 'z' });
      await kept.save();
      expect([existsSync(join(bin, 'lost')), git(remote, 'rev-list', '--count', 'pace/state')]).toEqual([true, '2']);
      expect(onBranch()).toEqual(['.pace/pending-a.yaml', '.pace/pending-z.yaml', 'pace-state.json']);
      expect(inPace(cwd)).toEqual({ '.pace/pending-a.yaml': 'x', '.pace/pending-z.yaml': 'z' });
    },
  );

  test('a push that is refused names the permission', async () => {
    write(remote, { 'hooks/pre-receive': '#!/bin/sh\necho "GH006: Protected branch update failed"\nexit 1\n' });
    execFileSync('chmod', ['+x', join(remote, 'hooks/pre-receive')]);
    const cwd = clone();
    const kept = keeper(cwd);
    await kept.restore();
    write(cwd, { '.pace/pending-a.yaml': 'x' });
    await expect(kept.save()).rejects.toMatchObject({
      kind: 'permission',
      message: expect.stringMatching(
        /^This job may not push the branch pace\/state to origin: .*GH006: Protected branch/,
      ),
      remedy: 'Please allow it.',
    });
  });

  test('credentials in the address of the remote are not printed', async () => {
    const cwd = clone();
    git(cwd, 'remote', 'set-url', 'origin', 'http://ci:s3cret-token@127.0.0.1:1/x.git');
    const error: unknown = await keeper(cwd)
      .restore()
      .catch((caught) => caught);
    expect(error).toMatchObject({ kind: 'transient', message: expect.not.stringContaining('s3cret-token') });
  });

  test('outside of git it says so', async () => {
    const cwd = join(root, 'bare-folder');
    mkdirSync(cwd);
    await expect(keeper(cwd, { env: { GIT_CEILING_DIRECTORIES: root } }).restore()).rejects.toMatchObject({
      message: expect.stringContaining('not a git repository'),
    });
  });

  test('links lead nowhere: neither out of .pace, nor into it', async () => {
    await run(clone(), { '.pace/day-1/escalation-issue.md': 'x' });
    const outside = join(root, 'outside');
    mkdirSync(outside);
    writeFileSync(join(outside, 'private.md'), 'private');
    const cwd = clone();
    mkdirSync(join(cwd, '.pace'));
    symlinkSync(outside, join(cwd, '.pace/day-1'));
    const linked = clone();
    symlinkSync(outside, join(linked, '.pace'));
    for (const place of [cwd, linked]) {
      const kept = keeper(place);
      await kept.restore();
      await kept.save();
      expect(kept.world.lines).toEqual([expect.stringMatching(/^warn: PACE keeps no state here.* is a link/)]);
    }
    expect(readdirSync(outside)).toEqual(['private.md']);
    expect(onBranch()).toEqual(['.pace/day-1/escalation-issue.md', 'pace-state.json']);
  });
});
