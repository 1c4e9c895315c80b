/** What the program may answer instead: errors on either stream, envelopes, lists in other forms, nonsense. */
import { tmpdir } from 'node:os';
import { describe, expect, test } from 'vitest';
import type { ErrorKind } from '../../../core/errors.ts';
import { withUnexpectedAnswers } from '../../../core/http/unexpected-answer.ts';
import type { ProgramAnswer } from '../../../core/programs/program.ts';
import { collect } from '../../../core/tracker/collect.ts';
import { createTracker } from '../../../platforms/beads/issues.ts';
import { refusal } from '../../contract/refusal.ts';
import { testWorld } from '../../support/world.ts';

const ISSUE = {
  ...{ id: 'bd-a1', title: 'One', status: 'open', priority: 2, created_at: '2026-03-02T09:00:00Z' },
  comment_count: 0,
};

/** A tracker whose program always says the same. */
function saying(answer: Partial<ProgramAnswer>, calls: (readonly string[])[] = []) {
  const run = async (args: readonly string[]) => {
    calls.push(args);
    return { code: 0, stdout: '', stderr: '', ...answer };
  };
  return withUnexpectedAnswers(createTracker(testWorld({ cwd: tmpdir() }), { actor: 'ann' }, run), 'beads');
}

const json = (value: unknown) => JSON.stringify(value);

describe('refusals of bd', () => {
  test.each<[string, Partial<ProgramAnswer>, ErrorKind, string]>([
    ['JSON on stdout', { stdout: json({ error: 'no issue found matching "bd-a1"' }) }, 'not-found', 'no issue found'],
    ['JSON on stderr', { stderr: json({ schema_version: 1, error: 'title is required' }) }, 'validation', 'title is'],
    [
      'JSON in an envelope, with a hint',
      { stdout: json({ schema_version: 1, data: { error: 'database not initialized', hint: "run 'bd init'" } }) },
      'configuration',
      "database not initialized run 'bd init'",
    ],
    [
      'plain words on stderr',
      { stderr: 'Warning: old\nError: issue bd-a1 not found\n' },
      'not-found',
      'issue bd-a1 not',
    ],
    ['plain words on stdout', { stdout: 'Error: database is locked\n' }, 'transient', 'database is locked'],
    ['no workspace', { stderr: 'Error: No active beads workspace found.\n' }, 'configuration', 'No active beads'],
    ['an unknown flag', { stderr: 'Error: unknown flag: --due\nUsage:\n' }, 'unsupported', 'unknown flag: --due'],
    ['a blocked issue', { stderr: 'cannot close bd-a1: blocked by open issues [bd-2]' }, 'transition', 'blocked by'],
    ['nothing at all', {}, 'unexpected', 'exit code 1'],
  ])('%s', async (_, answer, kind, words) => {
    const error = await refusal(() => saying({ code: 1, ...answer }).getIssue('bd-a1'), { kinds: [kind] });
    expect(error.message).toContain('`bd show` failed: ');
    expect(error.message).toContain(words);
  });

  test('an error that came with exit code 0 is one all the same', async () => {
    const tracker = saying({ stdout: json({ error: 'issue bd-a1 not found' }) });
    await refusal(() => tracker.getIssue('bd-a1'), { kinds: ['not-found'] });
  });
});

describe('answers of bd', () => {
  test.each<[string, unknown]>([
    ['a list', [ISSUE]],
    ['an object', ISSUE],
    ['under `issue`', { issue: ISSUE }],
    ['in an envelope', { schema_version: 1, data: [ISSUE] }],
    ['with its version', { ...ISSUE, schema_version: 1 }],
  ])('an issue as %s', async (_, answer) => {
    expect((await saying({ stdout: json(answer) }).getIssue('bd-a1')).title).toBe('One');
  });

  test.each<[string, string, number]>([
    ['a bare list', json([ISSUE, { ...ISSUE, id: 'bd-b2' }]), 2],
    ['under `items`', json({ items: [ISSUE] }), 1],
    ['in an envelope', json({ schema_version: 1, data: [ISSUE, ISSUE] }), 1],
    ['null, for nothing', 'null\n', 0],
    ['behind a warning', `warning: something\n${json([ISSUE])}`, 1],
  ])('issues as %s', async (_, stdout, count) => {
    expect(await collect(saying({ stdout }).listIssues())).toHaveLength(count);
  });

  test('the list is asked for whole', async () => {
    const calls: (readonly string[])[] = [];
    await collect(saying({ stdout: '[]' }, calls).listIssues({ labels: ['a,"b"', 'c'] }));
    expect(calls).toEqual([['--json', 'list', '--all', '--limit=0', '--label="a,""b"""', '--label=c']]);
  });

  test.each([
    '',
    'Login',
    '{"id": "bd-a',
    '"ok"',
    '{}',
    '[]',
    '[null]',
    '7',
    json([{ ...ISSUE, title: 5 }]),
    json([{ ...ISSUE, labels: 'x' }]),
  ])('that make no sense end in an error: %s', async (stdout) => {
    const kinds: ErrorKind[] = ['unexpected', 'not-found'];
    await refusal(() => saying({ stdout }).getIssue('bd-a1'), { kinds });
    if (stdout !== '[]') await refusal(() => collect(saying({ stdout }).listIssues()), { kinds });
  });

  test('an id that was completed to another one is no such issue', async () => {
    await refusal(() => saying({ stdout: json([ISSUE]) }).getIssue('bd-a'), { kinds: ['not-found'] });
    const comment = { id: 1, issue_id: 'bd-a1', author: 'ann', text: 'Hi', created_at: ISSUE.created_at };
    await refusal(() => collect(saying({ stdout: json([comment]) }).listComments('bd-a')), { kinds: ['not-found'] });
  });

  test.each([
    ...['bd-a1b', 'bd-a1b2', 'bd-a1b2c3d4', 'bd-a1b.1', 'bd-a1b.1.2.3', '_proj-x7k', 'my-cool-app-9zz', 'App_2-1'],
    ...['bd-some-words-of-mine', 'hq-cv-test', 'gt--abc', 'bd-wisp-7f3', '8ball-a1b', 'Überbau-a1b', 'my proj-a1b'],
    ...['x', 'auth.login', 'v1.2-a1b', 'a/b-1', `bd-${'a'.repeat(252)}`],
  ])('an id is whatever bd gives or takes: %s', async (id) => {
    const calls: (readonly string[])[] = [];
    expect((await saying({ stdout: json([{ ...ISSUE, id }]) }, calls).getIssue(id)).key).toBe(id);
    expect(calls).toEqual([['--json', 'show', id]]);
  });

  test('what looks like an option, or is cut off at its ends, is no id', async () => {
    const calls: (readonly string[])[] = [];
    for (const key of [
      '--help',
      '-x',
      '-',
      '',
      ' ',
      'bd-a1 ',
      ' bd-a1',
      'bd\na',
      'bd-a\u0007',
      `bd-${'a'.repeat(253)}`,
    ]) {
      await refusal(() => saying({}, calls).getIssue(key), { kinds: ['not-found'] });
    }
    expect(calls).toEqual([]);
  });
});
