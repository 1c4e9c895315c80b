/** `history`, `undo`, `watch` and `defer` at the command line. */
import { EventEmitter } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { PaceError } from '../../../core/errors.ts';
import { collect } from '../../../core/tracker/collect.ts';
import { createTracker } from '../../../platforms/local/issues.ts';
import { changesFrom, watchIssues } from '../../../src/commands/issue/watch.ts';
import { TestStream } from '../../support/in-process.ts';
import { type PaceHere, paceHere } from '../../support/pace-here.ts';
import { testWorld } from '../../support/world.ts';

async function withIssues(count: number): Promise<PaceHere> {
  const here = await paceHere();
  for (let number = 1; number <= count; number += 1) await here.pace('issue', 'create', `Issue ${number}`);
  return here;
}

describe('history and undo', () => {
  test('tell who changed what, and take the last of it back', async () => {
    const here = await withIssues(1);
    await here.pace('issue', 'edit', '1', '--title', 'Other', '--state', 'in_progress');
    const { stdout } = await here.pace('issue', 'history', '1');
    expect(stdout.replaceAll(/^\S+ \S+ UTC/gm, 'WHEN')).toBe(
      [
        'WHEN  1  1  tester  created',
        'WHEN  1  2  tester  changed title  Issue 1 → Other',
        'WHEN  1  3  tester  changed state  open → in_progress',
        '',
      ].join('\n'),
    );
    expect(await here.data('issue', 'history', '1', '--json', 'id,field,before,after')).toEqual([
      { id: '1', field: null },
      { id: '2', field: 'title', before: 'Issue 1', after: 'Other' },
      { id: '3', field: 'state', before: 'open', after: 'in_progress' },
    ]);
    const planned = await here.data('issue', 'undo', '1', '--dry-run', '--json');
    expect(planned).toEqual([{ operation: 'undo', key: '1', sent: { last: '3' } }]);
    expect((await here.pace('issue', 'undo', '1', '--change', '2')).code).toBe(10);
    expect((await here.pace('issue', 'undo', '1', '--change', '3')).stdout).toBe(
      'Restored 1: Issue 1 (Open)\n.pace/pace.db#1\nchanged state  in_progress → open\nchanged title  Other → Issue 1\n',
    );
    const again = await here.pace('issue', 'undo', '1', '--change', '3');
    expect([again.code, again.stderr]).toEqual([
      10,
      'Error: 3 is not the last change of 1: nothing is undone.\n`pace issue history 1` shows what came after it.\n',
    ]);
  });
});

describe('the words of history', () => {
  test('say once what was commented and linked, and undo names what it took back of a close with a comment', async () => {
    const here = await withIssues(2);
    await here.pace('issue', 'link', '1', 'blocks', '2');
    await here.pace('issue', 'close', '1', '--comment', 'Done.');
    const { stdout } = await here.pace('issue', 'history', '1');
    expect(stdout.replaceAll(/^\S+ \S+ UTC +1 +\d+ +tester +/gm, '').split('\n')).toEqual([
      'created',
      'linked         → blocks 2',
      'changed state  open → done',
      'commented      → 1',
      '',
    ]);
    expect((await here.pace('issue', 'undo', '1')).stdout).toBe(
      'Restored 1: Issue 1 (Done)\n.pace/pace.db#1\ncomment deleted  Done. → –\n',
    );
  });
});

describe('defer', () => {
  test('lets an issue wait for a time, and no longer', async () => {
    const here = await withIssues(2);
    expect((await here.pace('issue', 'defer', '1', '--until', '2099-12-24')).stdout).toBe(
      'Deferred 1: Issue 1 (Open)\n.pace/pace.db#1\nUntil 2099-12-24 00:00 UTC\n',
    );
    const dry = ['issue', 'defer', '2', '--until', '2099-12-24', '--dry-run'];
    expect((await here.pace(...dry)).stdout).toBe('Would change 2:\n  deferUntil: none → 2099-12-24 00:00 UTC\n');
    expect(await here.data(...dry, '--json')).toEqual([
      {
        ...{ operation: 'updateIssue', key: '2', sent: { deferUntil: '2099-12-24T00:00:00.000Z' } },
        changes: { deferUntil: { after: '2099-12-24T00:00:00.000Z' } },
      },
    ]);
    expect(await here.data('issue', 'list', '--deferred', '--json', 'key,deferUntil')).toEqual([
      { key: '1', deferUntil: '2099-12-24T00:00:00.000Z' },
    ]);
    expect((await here.pace('issue', 'ready', '--format', 'ids')).stdout).toBe('2\n');
    expect((await here.pace('issue', 'show', '1')).stdout).toContain('\nDeferred until: 2099-12-24 00:00 UTC\n');
    const both = await here.pace('issue', 'defer', '1', '2', '99', '--until', 'none');
    expect([both.code, both.stdout, both.stderr]).toEqual([
      64,
      '1  Open  Issue 1\n2  Open  Issue 2\n',
      expect.stringMatching(/^Warning: 99: /m),
    ]);
    expect((await here.pace('issue', 'ready', '--format', 'ids')).stdout).toBe('1\n2\n');
    expect((await here.pace('issue', 'defer', '1', '--until', 'none')).stdout).toBe(
      'No longer deferred 1: Issue 1 (Open)\n.pace/pace.db#1\n',
    );
  });

  test.each([
    [[], '--until is missing.'],
    [['--until', 'soon'], '--until: “soon” is not a time.'],
    [['--until', '2020-01-01'], '--until: “2020-01-01” is over already.'],
  ])('%j is refused', async (flags, words) => {
    const here = await withIssues(1);
    const run = await here.pace('issue', 'defer', '1', ...flags);
    expect([run.code, run.stdout, run.stderr]).toEqual([2, '', expect.stringContaining(words)]);
  });
});

describe('watch', () => {
  test('prints each change as a line of JSON, and ends on a signal', async () => {
    const here = await withIssues(1);
    const [stdout, signals] = [new TestStream(), new EventEmitter()];
    const args = ['issue', 'watch', '--interval', '100ms', '--json'];
    const watching = here.run({ args, stdout, signals });
    const tracker = createTracker(testWorld({ cwd: here.workspace.path, env: { PACE_AGENT: 'ann' } }), {});
    // whenever it begins to look, something changes after that
    for (let count = 1; stdout.text === ''; count += 1) {
      await tracker.updateIssue('1', { title: `Title ${count}` });
      await setTimeout(50);
    }
    signals.emit('SIGINT');
    const { code } = await watching;
    const [line = ''] = stdout.text.split('\n');
    expect([code, JSON.parse(line)]).toMatchObject([130, { key: '1', actor: 'ann', kind: 'changed', field: 'title' }]);
  });

  test('goes on where a tracker is away for a while, and ends on other trouble', async () => {
    const here = await withIssues(1);
    const looks = [
      new PaceError({ kind: 'rate-limit', message: 'Too many requests.', remedy: 'Wait.', retryAfter: 90_000 }),
      new PaceError({ kind: 'transient', message: 'It is away.', remedy: 'Wait.' }),
      new PaceError({ kind: 'authentication', message: 'Not you.', remedy: 'Log in.' }),
    ];
    const slept: number[] = [];
    const world = { ...testWorld({ cwd: here.workspace.path }), sleep: async (time: number) => void slept.push(time) };
    const next = async () => {
      throw looks.shift();
    };
    const signal = new AbortController().signal;
    await expect(collect(changesFrom(world, next, { every: 5000, signal }))).rejects.toThrow('Not you.');
    expect(slept).toEqual([90_000, 5000]);
    expect(world.lines).toEqual(['warn: Too many requests.', 'warn: It is away.']);
  });

  test('looks as often as the tracker allows where no interval is given', async () => {
    const here = await withIssues(1);
    const ended = new AbortController();
    const slept: number[] = [];
    const world = testWorld({
      cwd: here.workspace.path,
      sleep: async (time) => {
        slept.push(time);
        ended.abort();
      },
    });
    expect(await collect(watchIssues(world, { backend: 'local' }, ended.signal))).toEqual([]);
    expect(slept).toEqual([1000]);
  });

  test.each(['0s', '99ms', '2d', 'x'])('an interval of %s is refused', async (interval) => {
    const here = await withIssues(1);
    const run = await here.pace('issue', 'watch', '--interval', interval);
    expect([run.code, run.stderr]).toEqual([
      2,
      expect.stringContaining(`--interval: “${interval}” is not a duration from 100ms to 1d.`),
    ]);
  });
});
