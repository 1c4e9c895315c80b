import { execFileSync, spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { takeLock } from '../../../core/kept/lock.ts';
import { type TestWorld, testWorld } from '../../support/world.ts';

const TEMPORARY = mkdtempSync(join(tmpdir(), 'pace-lock-'));
afterAll(() => rmSync(TEMPORARY, { recursive: true, force: true }));

const START = Date.parse('2026-03-02T09:00:00Z');

function checkout(lock?: string): { world: TestWorld; dir: string; lock: () => string | undefined } {
  const world = testWorld({ cwd: mkdtempSync(join(TEMPORARY, 'one-')), start: START });
  const dir = join(world.cwd, '.pace');
  const path = join(dir, 'pipeline.lock');
  if (lock !== undefined) {
    mkdirSync(dir);
    writeFileSync(path, lock);
    utimesSync(path, START / 1000, START / 1000);
  }
  return { world, dir, lock: () => (existsSync(path) ? readFileSync(path, 'utf8') : undefined) };
}

const line = (lines: Record<string, unknown>) =>
  Object.entries(lines)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
const OURS = line({ pid: 4711, started: '2026-03-02T09:00:00.000Z', host: 'test-machine' });

test('the lock holds pid, start and host while it is held, and is gone afterwards', async () => {
  const { world, dir, lock } = checkout();
  const release = await takeLock(world, { dir, waitSeconds: 0 });
  expect(lock()).toBe(OURS);
  await release();
  expect([lock(), world.lines]).toEqual([undefined, []]);
});

const HELD = { pid: 12, started: '2026-03-02T08:00:00Z', host: 'elsewhere' };

test('one that is held is waited for, said once, and ends with what to do', async () => {
  const { world, dir, lock } = checkout(line(HELD));
  await expect(takeLock(world, { dir, waitSeconds: 30 })).rejects.toMatchObject({
    kind: 'conflict',
    message:
      'Another gate run is under way in this checkout (pid 12 on elsewhere since 2026-03-02T08:00:00.000Z), also after waiting for 30 s. Nothing was judged.',
    remedy: expect.stringMatching(/concurrency:.*resource_group:.*remove \.pace\/pipeline\.lock/),
  });
  expect(world.waits.reduce((sum, wait) => sum + wait, 0)).toBe(30_000);
  expect([world.lines.length, lock()]).toEqual([1, line(HELD)]);
});

describe('stale', () => {
  const DEAD = { ...HELD, host: 'test-machine' };
  test.each([
    ['its process is gone from this machine', line(DEAD)],
    ['its process had the number that is ours now', line({ ...DEAD, pid: 4711 })],
    ['it is older than four hours', line({ ...HELD, started: '2026-03-02T04:59:59Z' })],
    ['it is older than four hours, by seconds since 1970', line({ pid: 12, started: START / 1000 - 14_401 })],
    ['it is older than four hours, by milliseconds since 1970', line({ pid: 12, started: START - 14_400_001 })],
    ['it is older than four hours, by a millisecond', line({ ...HELD, started: '2026-03-02T04:59:59.999Z' })],
  ])('when %s', async (_, text) => {
    const { world, dir, lock } = checkout(text);
    const release = await takeLock(world, { dir, waitSeconds: 0 });
    expect([lock(), world.lines.length]).toEqual([OURS, 1]);
    await release();
    expect(readdirSync(dir)).toEqual([]);
  });

  test.each([
    ['its process runs on this machine', line({ ...DEAD, pid: 77 })],
    ['its machine is unknown, and it is young', line({ pid: 12, started: HELD.started })],
    ['it is being written', ''],
    ['it is four hours old', line({ ...HELD, started: '2026-03-02T05:00:00Z' })],
    ['its number is that of a process elsewhere', line({ ...HELD, pid: 4711 })],
    ['its start lies in the future', line({ ...HELD, started: '2031-01-01T00:00:00Z' })],
    ['its start is not a time', line({ ...HELD, started: 'just now' })],
  ])('not when %s', async (_, text) => {
    const { world, dir, lock } = checkout(text);
    const self = { ...world.self, isRunning: (pid: number) => pid === 77 };
    await expect(takeLock({ ...world, self }, { dir, waitSeconds: 0 })).rejects.toMatchObject({ kind: 'conflict' });
    expect(lock()).toBe(text);
  });

  test('when it was never finished, wherever it was cut off, after ten seconds', async () => {
    const whole = line({ pid: 12, started: '2026-03-02T09:00:00.000Z' });
    for (let length = 0; length < whole.length; length += 1) {
      const { world, dir, lock } = checkout(whole.slice(0, length));
      world.advance(10_000);
      await expect(takeLock(world, { dir, waitSeconds: 0 })).rejects.toMatchObject({ kind: 'conflict' });
      world.advance(1000);
      await takeLock(world, { dir, waitSeconds: 0 });
      expect(lock()).toMatch(/^pid=4711\n/);
    }
  });
});

describe('a start in the future', () => {
  async function taken(secondsAhead: number): Promise<boolean> {
    const started = new Date(START + secondsAhead * 1000).toISOString();
    const { world, dir } = checkout(line({ ...HELD, started }));
    // the file was written long ago
    utimesSync(join(dir, 'pipeline.lock'), START / 1000 - 20_000, START / 1000 - 20_000);
    return takeLock(world, { dir, waitSeconds: 0 }).then(
      () => true,
      () => false,
    );
  }

  test('is believed for ten seconds, as clocks differ; beyond that the time of the file counts', async () => {
    expect([await taken(10), await taken(11)]).toEqual([false, true]);
  });
});

describe('a stale lock that another run is about to remove', () => {
  const STALE = line({ ...HELD, started: '2026-03-02T04:00:00Z' });

  test('is left to it for ten seconds', async () => {
    const { world, dir } = checkout(STALE);
    const removing = join(dir, 'pipeline.lock.removing');
    writeFileSync(removing, '');
    utimesSync(removing, START / 1000, START / 1000);
    const ages: number[] = [];
    const { sleep } = world;
    world.sleep = async (milliseconds, signal) => {
      await sleep(milliseconds, signal);
      if (existsSync(removing)) ages.push(world.now() - START);
    };
    await takeLock(world, { dir, waitSeconds: 60 });
    // one that is older was left behind by a run that was killed
    expect([ages.length, ages.at(-1)]).toEqual([41, 10_250]);
    expect(readdirSync(dir)).toEqual(['pipeline.lock']);
  });

  test('is looked at once more: one that was taken meanwhile stays', async () => {
    const { world, dir, lock } = checkout(STALE);
    const fresh = line({ ...HELD, started: '2026-03-02T09:00:00Z' });
    const { now } = world;
    let looks = 0;
    world.now = () => {
      looks += 1;
      // after the stale one was read
      if (looks === 3) writeFileSync(join(dir, 'pipeline.lock'), fresh);
      return now();
    };
    await expect(takeLock(world, { dir, waitSeconds: 0 })).rejects.toMatchObject({ kind: 'conflict' });
    expect([lock(), world.lines, readdirSync(dir)]).toEqual([fresh, [], ['pipeline.lock']]);
  });
});

test('a lock that another run has taken meanwhile is not given back', async () => {
  const { world, dir, lock } = checkout();
  const release = await takeLock(world, { dir, waitSeconds: 0 });
  writeFileSync(join(dir, 'pipeline.lock'), line(HELD));
  await release();
  expect(lock()).toBe(line(HELD));
});

test('a file in the place of its folder is said, and is not waited for', async () => {
  const { world, dir } = checkout();
  writeFileSync(dir, '');
  await expect(takeLock(world, { dir, waitSeconds: 60 })).rejects.toMatchObject({ name: 'PaceError' });
  expect(world.waits).toEqual([]);
});

describe('where no lock can be taken', () => {
  const refusal = (message: string) => ({ name: 'PaceError', message: `No lock could be taken: ${message}` });

  test.each<[string, (path: string) => void]>([
    ['a link', (path) => symlinkSync('elsewhere', path)],
    ['a pipe', (path) => void execFileSync('mkfifo', [path])],
  ])('because %s is in its place, that is said, and is not waited for', async (what, put) => {
    const { world, dir } = checkout('');
    for (const name of ['pipeline.lock', 'pipeline.lock.removing']) {
      rmSync(dir, { recursive: true });
      mkdirSync(dir);
      if (name !== 'pipeline.lock')
        writeFileSync(join(dir, 'pipeline.lock'), line({ ...HELD, started: '2026-03-02T04:00:00Z' }));
      put(join(dir, name));
      await expect(takeLock(world, { dir, waitSeconds: 60 })).rejects.toMatchObject(
        refusal(`.pace/${name} is ${what}, and PACE keeps its state in plain files and folders only.`),
      );
    }
    expect(world.waits).toEqual([]);
  });

  test('because the folder is a link: nothing is made where it leads', async () => {
    const { world, dir } = checkout();
    mkdirSync(join(world.cwd, 'elsewhere'));
    symlinkSync(join(world.cwd, 'elsewhere'), dir);
    await expect(takeLock(world, { dir, waitSeconds: 60 })).rejects.toMatchObject(
      refusal('.pace is a link, and PACE keeps its state in plain files and folders only.'),
    );
    expect(readdirSync(join(world.cwd, 'elsewhere'))).toEqual([]);
  });

  test('because the system allows none', async () => {
    const { world } = checkout();
    await expect(takeLock(world, { dir: '/proc/self/.pace', waitSeconds: 60 })).rejects.toMatchObject({
      message: expect.stringMatching(/^No lock could be taken: Cannot write \/proc\/self\/\.pace\/pipeline\.lock/),
    });
    expect(world.waits).toEqual([]);
  });

  test('because somebody is always about to remove a stale one, ten seconds after the time to wait', async () => {
    const { world, dir } = checkout(line({ ...HELD, started: '2026-03-02T04:00:00Z' }));
    const removing = join(dir, 'pipeline.lock.removing');
    const { sleep } = world;
    const renewed = () => {
      writeFileSync(removing, '');
      utimesSync(removing, world.now() / 1000, world.now() / 1000);
    };
    renewed();
    world.sleep = async (milliseconds, signal) => {
      await sleep(milliseconds, signal);
      renewed();
    };
    await expect(takeLock(world, { dir, waitSeconds: 30 })).rejects.toMatchObject({
      ...refusal('.pace/pipeline.lock belongs to no run, and is not free either.'),
      kind: 'transient',
      remedy: 'Please remove it, and the file of the same name with `.removing` at its end.',
    });
    expect(world.waits.reduce((sum, wait) => sum + wait, 0)).toBe(40_250);
  });

  test('what was left for removing it, with a time in the future, is removed', async () => {
    const { world, dir, lock } = checkout(line({ ...HELD, started: '2026-03-02T04:00:00Z' }));
    writeFileSync(join(dir, 'pipeline.lock.removing'), '');
    utimesSync(join(dir, 'pipeline.lock.removing'), START / 1000 + 11, START / 1000 + 11);
    await takeLock(world, { dir, waitSeconds: 0 });
    expect([lock(), readdirSync(dir), world.waits]).toEqual([
      expect.stringMatching(/^pid=4711/),
      ['pipeline.lock'],
      [250],
    ]);
  });

  test('a lock that is far too long is one that cannot be understood', async () => {
    const { world, dir } = checkout(line(HELD).repeat(1000));
    await expect(takeLock(world, { dir, waitSeconds: 0 })).rejects.toMatchObject({
      kind: 'conflict',
      message: expect.stringContaining('pid unknown'),
    });
  });
});

test('a folder in its place is said, and is not waited for', async () => {
  const { world, dir } = checkout();
  mkdirSync(join(dir, 'pipeline.lock'), { recursive: true });
  await expect(takeLock(world, { dir, waitSeconds: 60 })).rejects.toMatchObject({ kind: 'configuration' });
  expect(world.waits).toEqual([]);
});

// ------------------------------------------------------------------------------------ real processes

const MAIN = join(import.meta.dirname, '../../../src/main.ts');
const SLOW =
  "evidence: [{ name: slow, type: command, run: 'touch started; while [ ! -e go ]; do sleep 0.05; done' }]\n";

function program(cwd: string, ...args: string[]) {
  const child = spawn(process.execPath, [MAIN, 'gate', '--day', '1', ...args], {
    cwd,
    env: { PATH: process.env['PATH'], HOME: cwd, PACE_DATABASE: 'issues.db' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = new Promise<{ code: number | null; stderr: string }>((done) =>
    child.on('close', (code) => done({ code, stderr })),
  );
  return { child, ended };
}

function slowCheckout(more = ''): string {
  const cwd = mkdtempSync(join(TEMPORARY, 'one-'));
  execFileSync('git', ['init', '--quiet', cwd]);
  writeFileSync(join(cwd, 'pace.config.yaml'), `platform: { ci: local, tracker: local }\n${SLOW}${more}`);
  return cwd;
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((done) => setTimeout(done, 20));
}

const lockOf = (cwd: string) => join(cwd, '.pace/pipeline.lock');
const attempts = (cwd: string) => readFileSync(join(cwd, '.pace/day-1/attempts.yaml'), 'utf8').match(/run: \d/g);

test('of two processes the second one waits, then judges after the first', async () => {
  const cwd = slowCheckout();
  const first = program(cwd);
  await until(() => existsSync(join(cwd, 'started')));
  const second = program(cwd);
  let said = '';
  second.child.stderr.on('data', (text: string) => {
    said += text;
  });
  await until(() => said.includes('Another gate run is under way'));
  writeFileSync(join(cwd, 'go'), '');
  expect([(await first.ended).code, (await second.ended).code]).toEqual([0, 0]);
  expect([attempts(cwd), existsSync(lockOf(cwd))]).toEqual([['run: 1', 'run: 2'], false]);
});

test('the second one ends with 2 when it has waited for long enough; a dry run waits for nobody', async () => {
  const cwd = slowCheckout('state: { lock_wait_seconds: 0 }\n');
  const first = program(cwd);
  await until(() => existsSync(join(cwd, 'started')));
  const refused = await program(cwd).ended;
  expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('Nothing was judged')]);
  const dry = program(cwd, '--dry-run');
  writeFileSync(join(cwd, 'go'), '');
  expect([(await first.ended).code, (await dry.ended).code]).toEqual([0, 0]);
});

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s gives the lock back; what SIGKILL leaves is taken over',
  async (signal) => {
    const cwd = slowCheckout();
    const first = program(cwd);
    await until(() => existsSync(join(cwd, 'started')));
    first.child.kill(signal);
    expect([(await first.ended).code, existsSync(lockOf(cwd))]).toEqual([signal === 'SIGINT' ? 130 : 143, false]);

    const killed = program(cwd);
    await until(() => existsSync(lockOf(cwd)) && readFileSync(lockOf(cwd), 'utf8').includes('host='));
    killed.child.kill('SIGKILL');
    await killed.ended;
    expect(existsSync(lockOf(cwd))).toBe(true);
    writeFileSync(join(cwd, 'go'), '');
    const next = await program(cwd).ended;
    expect([next.code, next.stderr]).toEqual([0, expect.stringContaining('did not end well')]);
  },
);
