/** What fp does in part, or leaves in doubt, is said as such. */
import { tmpdir } from 'node:os';
import { describe, expect, test } from 'vitest';
import { PaceError } from '../../../core/errors.ts';
import type { ProgramAnswer } from '../../../core/programs/program.ts';
import { collect } from '../../../core/tracker/collect.ts';
import { createTracker } from '../../../platforms/fp/issues.ts';
import { errorExitCode } from '../../../src/commands/exit-codes.ts';
import { refusal } from '../../contract/refusal.ts';
import { type FpState, fp, newFp } from '../../support/fp.ts';
import { testWorld } from '../../support/world.ts';

type Step = (args: readonly string[], act: () => ProgramAnswer) => ProgramAnswer;

function over(state: FpState, step: Step) {
  return createTracker(testWorld({ cwd: tmpdir() }), {}, async (args) => step(args, () => fp(state, args)));
}

const DRAFT = { title: 'One', body: '' } as const;
const failed = (stderr: string) => ({ code: 1, stdout: '', stderr });

describe('a new issue', () => {
  test('that cannot be moved to its state is there all the same', async () => {
    const state = newFp({ numbered: true });
    const tracker = over(state, (args, act) =>
      args[1] === 'update' && !args.includes('--help') ? failed('database is locked') : act(),
    );
    const error = await refusal(() => tracker.createIssue({ ...DRAFT, state: 'done' }), { kinds: ['transient'] });
    expect(error.message).toBe(
      'FP-aaaaaaaa was created, but not as a whole: `fp issue update` failed: database is locked',
    );
    expect([error.done, errorExitCode(error)]).toEqual([['FP-aaaaaaaa: created'], 64]);
    expect(state.issues).toHaveLength(1);
  });

  test.each<[string, Partial<ProgramAnswer>]>([
    ['an answer without an id', { stdout: 'Created.\n' }],
    ['a crash', { code: 2, stderr: 'panic' }],
  ])('that ends in %s may be there', async (_, answer) => {
    const tracker = over(newFp(), (args, act) =>
      args[1] === 'create' ? { code: 0, stdout: '', stderr: '', ...answer } : act(),
    );
    const error = await refusal(() => tracker.createIssue(DRAFT), { kinds: ['unexpected'] });
    expect(error.message).toContain('The issue may have been created all the same.');
    expect(error.remedy).toContain('please look with `fp issue list` whether it is there');
  });

  test('that hangs may be there, and one that fp refuses is not', async () => {
    const hung = over(newFp(), (args, act) => {
      if (args[1] !== 'create') return act();
      throw new PaceError({ kind: 'transient', message: '`fp issue create` did not finish.', remedy: 'Please wait.' });
    });
    const error = await refusal(() => hung.createIssue(DRAFT), { kinds: ['transient'] });
    expect(error.message).toBe('`fp issue create` did not finish. The issue may have been created all the same.');
    const refused = over(newFp(), (args, act) => (args[1] === 'create' ? failed('rejected by an extension') : act()));
    const plain = await refusal(() => refused.createIssue(DRAFT), { kinds: ['validation'] });
    expect(plain.message).toBe('`fp issue create` failed: rejected by an extension');
  });

  test('whose labels the extension has not kept says so', async () => {
    const state = newFp({ numbered: true, hasLabels: true });
    const tracker = over(state, (_, act) => {
      const answer = act();
      for (const issue of state.issues) issue.labels = issue.labels.filter((label) => label !== 'other');
      return answer;
    });
    const error = await refusal(() => tracker.createIssue({ ...DRAFT, labels: ['good', 'other'] }), {
      kinds: ['validation'],
    });
    expect(error.message).toContain('FP-aaaaaaaa was created, but not as a whole: FP-aaaaaaaa has not the labels');
    expect(error.done).toEqual(['FP-aaaaaaaa: created']);
  });
});

test('a change whose labels the extension has not kept says what is written', async () => {
  const state = newFp({ numbered: true, hasLabels: true });
  const tracker = over(state, (_, act) => {
    const answer = act();
    for (const issue of state.issues) issue.labels = [];
    return answer;
  });
  await tracker.createIssue(DRAFT);
  const both = () => tracker.updateIssue('FP-aaaaaaaa', { title: 'Two', addLabels: ['x'] });
  const error = await refusal(both, { kinds: ['validation'] });
  expect(error.message).toContain('FP-aaaaaaaa was changed in part: title is written, but not labels.');
  expect([error.done, errorExitCode(error)]).toEqual([['FP-aaaaaaaa: title'], 64]);
  const alone = await refusal(() => tracker.updateIssue('FP-aaaaaaaa', { addLabels: ['x'] }), {
    kinds: ['validation'],
  });
  expect([alone.done, errorExitCode(alone)]).toEqual([undefined, 6]);
});

test.each([
  'file is not a database',
  'database disk image is malformed',
  'no such table: issue',
  'Failed to open database',
])('an unreadable database is not a missing issue: %s', async (words) => {
  const tracker = over(newFp(), () => failed(words));
  await refusal(() => tracker.getIssue('FP-aaaaaaaa'), { kinds: ['configuration'] });
  await refusal(() => collect(tracker.listIssues()), { kinds: ['configuration'] });
});

test('a list tells the links of both ends, so that an export asks for none', async () => {
  const state = newFp({ numbered: true });
  const tracker = over(state, (_, act) => act());
  const [one, two] = [await tracker.createIssue(DRAFT), await tracker.createIssue(DRAFT)];
  await tracker.createLink?.(one.key, { type: 'depends on', target: two.key });
  const links = new Map((await collect(tracker.listIssues())).map((issue) => [issue.key, issue.links]));
  expect(links.get(one.key)).toEqual([{ type: 'depends on', target: two.key }]);
  expect(links.get(two.key)).toEqual([{ type: 'is dependency of', target: one.key }]);
  expect(links.get(one.key)).toEqual(await tracker.getIssueLinks?.(one.key));
});

test('an issue is known by its long id, and people by the addresses that they are called by', async () => {
  const state = newFp({ email: 'ann@example.org' });
  const tracker = over(state, (_, act) => act());
  const { key, id, author } = await tracker.createIssue(DRAFT);
  expect(id).toBe(state.issues[0]?.id);
  expect(author).toEqual({ id: 'ann@example.org', name: 'ann@example.org', email: 'ann@example.org' });
  expect((await collect(tracker.listIssues())).map((issue) => [issue.key, issue.id])).toEqual([[key, id]]);
});
