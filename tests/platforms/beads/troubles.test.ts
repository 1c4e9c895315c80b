/** What goes wrong with `bd`, tried on its stand-in: databases that cannot be read, changes that are done in part. */
import { describe, expect, test } from 'vitest';
import { PaceError } from '../../../core/errors.ts';
import type { ProgramAnswer, RunProgram } from '../../../core/programs/program.ts';
import { collect } from '../../../core/tracker/collect.ts';
import { createTracker } from '../../../platforms/beads/issues.ts';
import { errorExitCode } from '../../../src/commands/exit-codes.ts';
import { refusal } from '../../contract/refusal.ts';
import { type BdState, type BdTrouble, type BdVersion, bd, newBd } from '../../support/bd.ts';
import { testWorld } from '../../support/world.ts';

type Step = (args: readonly string[], act: () => ProgramAnswer) => ProgramAnswer | Promise<ProgramAnswer>;

/** A tracker over a stand-in; `step` may come between. */
function over(state: BdState, step: Step = (_, act) => act()) {
  const run: RunProgram = async (args, input) => step(args, () => bd(state, args, {}, () => input ?? ''));
  return createTracker(testWorld({ cwd: import.meta.dirname }), { actor: 'ann' }, run);
}

const VERSIONS: readonly BdVersion[] = ['0.47.1', '0.49.1', '1.0.5'];

describe.each(VERSIONS)('an unreadable database of bd %s', (version) => {
  test.each<[BdTrouble, PaceError['kind'], string, string]>([
    ['no workspace', 'configuration', 'no beads database found', 'bd init'],
    ['fresh clone', 'configuration', 'database "bd" not found on Dolt server', 'bd bootstrap'],
    ['locked', 'transient', 'another process holds the exclusive lock', 'try again'],
    ['server down', 'transient', 'Dolt server unreachable', 'bd doctor'],
    ['unreadable', 'configuration', 'not a database', 'bd doctor'],
  ])('(%s) is never taken for a missing issue', async (trouble, kind, words, remedy) => {
    const state = newBd(version);
    const { key } = await over(state).createIssue({ title: 'One', body: '' });
    state.trouble = trouble;
    const tracker = over(state);
    const errors = [
      await refusal(() => tracker.getIssue(key), { kinds: [kind] }),
      await refusal(() => collect(tracker.listIssues()), { kinds: [kind] }),
      await refusal(() => collect(tracker.listComments(key)), { kinds: [kind] }),
      await refusal(() => tracker.updateIssue(key, { title: 'Two' }), { kinds: [kind] }),
    ];
    const [shown, ...others] = errors;
    // `show` says it in its own words
    if (trouble === 'unreadable') expect(shown?.message).toContain('table not found: issues');
    for (const error of trouble === 'unreadable' ? others.slice(0, 2) : errors) expect(error.message).toContain(words);
    for (const error of errors) expect(error.remedy).toContain(remedy);
  });
});

test('where nothing is found, a clone and a new project are told what to do', async () => {
  const tracker = over(newBd('1.0.5', { trouble: 'no workspace' }));
  const { remedy } = await refusal(() => collect(tracker.listIssues()), { kinds: ['configuration'] });
  expect(remedy).toBe(
    'In a clone that has `.beads`, please run `bd bootstrap`; in a new project `bd init`; or set `beads.directory` in pace.config.yaml to the folder that has `.beads`.',
  );
});

test('the fresh clone is told what bd offers for it, and that `bd init` is not it', async () => {
  const tracker = over(newBd('1.0.5', { trouble: 'fresh clone' }));
  const { remedy } = await refusal(() => collect(tracker.listIssues()), { kinds: ['configuration'] });
  expect(remedy).toBe(
    'In a fresh clone, please run `bd bootstrap` (`bd bootstrap --dry-run` tells what it would do); only a new project needs `bd init`.',
  );
});

const REFUSED = 'refused';

describe('a change that bd does in part', () => {
  const version = '1.0.5';

  test('names what is written and what is not, and ends with 64', async () => {
    const state = newBd(version, { numbered: true, refusedLabel: REFUSED });
    const tracker = over(state);
    await tracker.createIssue({ title: 'One', body: 'Text.' });
    const error = await refusal(
      () =>
        tracker.updateIssue('bd-1', {
          title: 'Two',
          body: 'Other.',
          priority: 2, // it has that already
          dueDate: null,
          addLabels: [REFUSED],
          state: 'done',
        }),
      { kinds: ['validation'] },
    );
    expect(error.message).toContain('bd-1 was changed in part: title and body are written, but not labels and state.');
    expect(error.message).toContain('the table cannot be written');
    expect(error.done).toEqual(['bd-1: title', 'bd-1: body']);
    expect(errorExitCode(error)).toBe(64);
    expect(state.issues[0]).toMatchObject({ title: 'Two', description: 'Other.', status: 'open', labels: [] });
  });

  test('is a plain refusal where nothing was written', async () => {
    const state = newBd(version, { numbered: true, refusedLabel: REFUSED });
    const tracker = over(state);
    await tracker.createIssue({ title: 'One', body: '' });
    const error = await refusal(() => tracker.updateIssue('bd-1', { addLabels: [REFUSED] }), {
      kinds: ['validation'],
    });
    expect([error.done, errorExitCode(error)]).toEqual([undefined, 6]);
  });

  test.each(VERSIONS)('leaves everything as it was where bd %s refuses to close for a blocker', async (version) => {
    const state = newBd(version, { numbered: true });
    const tracker = over(state);
    await tracker.createIssue({ title: 'One', body: '' });
    await tracker.createIssue({ title: 'Two', body: '' });
    await tracker.createIssue({ title: 'Three', body: '' });
    await tracker.createLink?.('bd-1', { type: 'is blocked by', target: 'bd-2' });
    await tracker.createLink?.('bd-1', { type: 'is blocked by', target: 'bd-3' });
    const close = () => tracker.updateIssue('bd-1', { title: 'Other', addLabels: ['x'], state: 'done' });
    const error = await refusal(close, { kinds: ['transition'] });
    expect(error.message).toBe('bd-1 cannot be closed: it is blocked by bd-2, bd-3, which are open.');
    expect([error.done, errorExitCode(error)]).toEqual([undefined, 6]);
    expect(state.issues[0]).toMatchObject({ title: 'One', labels: [], status: 'open' });
    await tracker.transitionIssue('bd-2', { state: 'done' });
    expect((await refusal(close, { kinds: ['transition'] })).message).toBe(
      'bd-1 cannot be closed: it is blocked by bd-3, which is open.',
    );
    await tracker.transitionIssue('bd-3', { state: 'canceled' });
    expect(await close()).toMatchObject({ title: 'Other', labels: ['x'], state: 'done' });
  });
});

test('an epic with open children stays open, and what was written before is told', async () => {
  const state = newBd('1.0.5', { numbered: true });
  const tracker = over(state);
  await tracker.createIssue({ title: 'Epic', body: '', type: 'epic' });
  await tracker.createIssue({ title: 'Part', body: '', parent: 'bd-1' });
  const plain = await refusal(() => tracker.transitionIssue('bd-1', { state: 'done' }), { kinds: ['transition'] });
  expect([plain.message, plain.done]).toEqual([
    '`bd close` failed: cannot close epic bd-1: 1 open child issue(s); close children first or use --force to override',
    undefined,
  ]);
  const error = await refusal(() => tracker.updateIssue('bd-1', { title: 'Other', state: 'done' }), {
    kinds: ['transition'],
  });
  expect(error.message).toContain('bd-1 was changed in part: title is written, but not state.');
  expect(error.done).toEqual(['bd-1: title']);
});

describe('a new issue', () => {
  const DRAFT = { title: 'One', body: '' } as const;

  test('whose label is only warned of says what it lacks, and that it is there', async () => {
    const state = newBd('1.0.5', { numbered: true, refusedLabel: REFUSED });
    const error = await refusal(() => over(state).createIssue({ ...DRAFT, labels: ['good', REFUSED] }), {
      kinds: ['validation'],
    });
    expect(error.message).toContain(
      'bd-1 was created, but not as a whole: bd has not kept the label “refused” (Warning: failed to add label refused:',
    );
    expect(error.remedy).toContain('Do not create it again: change bd-1.');
    expect([error.done, errorExitCode(error)]).toEqual([['bd-1: created'], 64]);
    expect(state.issues).toHaveLength(1);
  });

  test('whose label bd has cut says so', async () => {
    const long = 'x'.repeat(256);
    const error = await refusal(
      () => over(newBd('1.0.5', { numbered: true })).createIssue({ ...DRAFT, labels: [long] }),
      {
        kinds: ['validation'],
      },
    );
    expect(error.message).toContain('bd-1 was created, but not as a whole: bd has not kept the label “xxx');
    expect(error.done).toEqual(['bd-1: created']);
  });

  test('that cannot be moved to its state is there all the same', async () => {
    const state = newBd('1.0.5', { numbered: true });
    const tracker = over(state, (args, act) =>
      args.includes('close') ? { code: 1, stdout: '', stderr: 'Error: database is locked\n' } : act(),
    );
    const error = await refusal(() => tracker.createIssue({ ...DRAFT, state: 'done' }), { kinds: ['transient'] });
    expect(error.message).toBe('bd-1 was created, but not as a whole: `bd close` failed: database is locked');
    expect(error.done).toEqual(['bd-1: created']);
  });

  test('whose id is no usual one is read back', async () => {
    for (const prefix of ['_proj', 'my proj', 'a-b-c']) {
      const state = newBd('1.0.5', { prefix });
      const { key } = await over(state).createIssue(DRAFT);
      expect(key).toBe(state.issues[0]?.id);
      expect(key).toMatch(new RegExp(`^${prefix}-[0-9a-z]{3}$`));
    }
  });

  test.each<[string, Partial<ProgramAnswer>]>([
    ['an answer that nobody can read', { stdout: '✓ Created issue: bd-1\n' }],
    ['half an answer', { stdout: '{"id": "bd' }],
    ['no answer', {}],
    ['a crash', { code: 2, stderr: 'panic: runtime error\n' }],
  ])('that ends in %s may be there', async (_, answer) => {
    const tracker = over(newBd('1.0.5'), (args, act) =>
      args.includes('create') ? { code: 0, stdout: '', stderr: '', ...answer } : act(),
    );
    const error = await refusal(() => tracker.createIssue(DRAFT), { kinds: ['unexpected'] });
    expect(error.message).toContain('The issue may have been created all the same.');
    expect(error.remedy).toContain('please look with `bd list` whether it is there');
  });

  test('that bd refuses is not there', async () => {
    const state = newBd('1.0.5');
    const error = await refusal(() => over(state).createIssue({ ...DRAFT, type: 'nonsense' }), {
      kinds: ['validation'],
    });
    expect(error.message).toBe('`bd create` failed: invalid issue type: nonsense');
    expect(state.issues).toEqual([]);
  });
});

describe('a title', () => {
  test.each([
    ['a'.repeat(500), true],
    ['a'.repeat(501), false],
    ['é'.repeat(250), true],
    ['é'.repeat(251), false],
    [`${'日'.repeat(166)}ab`, true],
    [`${'日'.repeat(166)}abc`, false],
  ])('counts in bytes: %s', async (title, fits) => {
    const state = newBd('1.0.5', { numbered: true });
    const tracker = over(state);
    if (fits) {
      expect((await tracker.createIssue({ title, body: '' })).title).toBe(title);
      return;
    }
    const error = await refusal(() => tracker.createIssue({ title, body: '' }), { kinds: ['validation'] });
    expect(error.message).toContain(`has ${Buffer.byteLength(title)} bytes, and bd keeps 500`);
    expect(state.issues).toEqual([]);
    await tracker.createIssue({ title: 'Short', body: '' });
    await refusal(() => tracker.updateIssue('bd-1', { title }), { kinds: ['validation'] });
    expect(state.issues[0]?.title).toBe('Short');
  });

  test('of the gate is cut, and shows it', async () => {
    const title = `[PACE Day 1] ${'日'.repeat(200)}`;
    const created = await over(newBd('1.0.5')).createIssue({ title, body: '', purpose: 'story' });
    expect(created.title).toBe(`[PACE Day 1] ${'日'.repeat(161)}…`);
    expect(Buffer.byteLength(created.title)).toBeLessThanOrEqual(500);
  });
});

test('a link that is removed says what else has gone, where it cannot be added again', async () => {
  const state = newBd('0.47.1', { numbered: true });
  const tracker = over(state);
  for (const title of ['One', 'Two']) await tracker.createIssue({ title, body: '' });
  await tracker.updateIssue('bd-1', { parent: 'bd-2' });
  await tracker.createLink?.('bd-1', { type: 'is blocked by', target: 'bd-2' });
  await tracker.createLink?.('bd-1', { type: 'relates to', target: 'bd-2' });
  const refusing = over(state, (args, act) => {
    const isRefused = args.includes('add') && args.includes('--type=parent-child');
    return isRefused ? { code: 1, stdout: '', stderr: 'Error: the table cannot be written\n' } : act();
  });
  const remove = async () => refusing.deleteLink?.('bd-1', { type: 'is blocked by', target: 'bd-2' });
  const error = await refusal(remove, { kinds: ['unexpected', 'validation'] });
  expect(error.message).toContain('“is blocked by bd-2” was removed from bd-1, and with it what else was');
  expect(error.remedy).toBe('Please add it again: `bd dep add bd-1 bd-2 --type=parent-child`.');
  expect([error.done, errorExitCode(error)]).toEqual([['bd-1: the links with bd-2 are removed'], 64]);
  expect(state.dependencies.map(({ type }) => type)).toEqual(['related']);
});

test('a warning alone refuses nothing', async () => {
  const state = newBd('1.0.5', { numbered: true });
  const tracker = over(state, (_, act) => ({ ...act(), stderr: 'Warning: .beads has permissions 0755\n' }));
  await tracker.createIssue({ title: 'One', body: '' });
  expect((await tracker.getIssue('bd-1')).title).toBe('One');
  const silent = over(state, () => ({ code: 0, stdout: '', stderr: 'Warning: old\nℹ️  Sandbox detected\n' }));
  await silent.deleteLink?.('bd-1', { type: 'blocks', target: 'bd-2' }).catch((error: unknown) => {
    expect(error).toBeInstanceOf(PaceError);
    expect((error as PaceError).kind).toBe('not-found');
  });
});

test('a list that is drawn as a tree is asked for again as a plain one', async () => {
  const state = newBd('1.0.5');
  const calls: (readonly string[])[] = [];
  const tracker = over(state, (args, act) => {
    calls.push(args);
    return args.includes('list') && !args.includes('--flat') && !args.includes('--help')
      ? { code: 0, stdout: '○ bd-a1b ● P2 One\n', stderr: '' }
      : act();
  });
  await over(state).createIssue({ title: 'One', body: '' });
  expect((await collect(tracker.listIssues())).map(({ title }) => title)).toEqual(['One']);
  expect(calls.map((args) => args.join(' '))).toEqual([
    '--json list --all --limit=0',
    'list --help',
    '--json list --all --limit=0 --flat',
  ]);
});
