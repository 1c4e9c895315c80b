/** What the program may answer instead: prose of all kinds, older versions, nonsense. */
import { tmpdir } from 'node:os';
import { describe, expect, test } from 'vitest';
import type { ErrorKind } from '../../../core/errors.ts';
import { withUnexpectedAnswers } from '../../../core/http/unexpected-answer.ts';
import type { ProgramAnswer, RunProgram } from '../../../core/programs/program.ts';
import { collect } from '../../../core/tracker/collect.ts';
import { connect, readGuide } from '../../../platforms/fp/api.ts';
import { createTracker } from '../../../platforms/fp/issues.ts';
import { loadPlatform, openTracker } from '../../../platforms/index.ts';
import { refusal } from '../../contract/refusal.ts';
import { type FpState, fp, newFp } from '../../support/fp.ts';
import { installStandIn, seenVariables } from '../../support/programs.ts';
import { testWorld } from '../../support/world.ts';

const ISSUE = {
  id: 'abcdefghijkl',
  displayId: 'FP-abcd',
  title: 'One',
  status: 'todo',
  createdAt: '2026-03-02T09:00:00Z',
};
const NEEDS = {
  statusContext: 'pace/gate',
  waitsForCi: false,
  opensReviews: false,
  usesVariables: false,
  purposes: [],
};

function over(run: RunProgram) {
  return withUnexpectedAnswers(createTracker(testWorld({ cwd: tmpdir() }), {}, run), 'fp');
}

function saying(answer: Partial<ProgramAnswer>, calls: (readonly string[])[] = []) {
  return over(async (args) => {
    calls.push(args);
    return { code: 0, stdout: '', stderr: '', ...answer };
  });
}

function standIn(more: Partial<FpState> = {}, calls: (readonly string[])[] = []) {
  const state = newFp(more);
  const tracker = over(async (args) => {
    calls.push(args);
    return fp(state, args);
  });
  return { state, tracker };
}

describe('refusals of fp', () => {
  test.each<[string, ErrorKind]>([
    ['Issue FP-abcd not found\n  Suggestion: Run …', 'not-found'],
    [".fp directory not found\n  Suggestion: Run 'fp init'", 'configuration'],
    ['This path is not registered with fp, but there are issues stored for 1 other location:', 'configuration'],
    ['Invalid status: Status "x" is not in the registered options.', 'transition'],
    ["Invalid value for extension property 'labels': Property is not registered", 'validation'],
    ['Not logged in', 'authentication'],
    ['connect ECONNREFUSED', 'transient'],
    ['segfault', 'unexpected'],
  ])('%s', async (words, kind) => {
    for (const answer of [{ stdout: words }, { stderr: words }]) {
      const error = await refusal(() => saying({ code: 1, ...answer }).getIssue('FP-abcd'), { kinds: [kind] });
      expect(error.message).toContain('`fp issue show` failed: ');
      expect(error.message).toContain(words.split('\n')[0]);
    }
  });

  test('what can be no id, or looks like an option, is not even asked for', async () => {
    const calls: (readonly string[])[] = [];
    for (const key of ['--help', '-x', '12', 'FP-', 'FP-a b', '../FP-abcd']) {
      await refusal(() => saying({}, calls).getIssue(key), { kinds: ['not-found'] });
    }
    expect(calls).toEqual([]);
  });

  test('fields that fp does not have are refused before anything runs', async () => {
    const { tracker, state } = standIn();
    const { key } = await tracker.createIssue({ title: 'One', body: '' });
    const before = structuredClone(state.issues);
    const patch = { title: 'Two', assignees: ['ben'] };
    await refusal(() => tracker.updateIssue(key, patch), { kinds: ['unsupported'] });
    expect(state.issues).toEqual(before);
  });
});

test('the program sees the variables that are its own, and no others', async () => {
  const seen = await seenVariables(async (command, env) => (await connect(env, { command }).run(['x'])).stdout);
  expect(seen).toEqual(['FIBERPLANE_URL', 'FP_TOKEN']);
});

describe('answers of fp', () => {
  test.each(['', 'Done.', '{"id": "a', '"ok"', '{}', '[]', '7', JSON.stringify({ ...ISSUE, title: 5 })])(
    'that make no sense end in an error: %s',
    async (stdout) => {
      await refusal(() => saying({ stdout }).getIssue('FP-abcd'), { kinds: ['unexpected'] });
      if (stdout !== '[]') await refusal(() => collect(saying({ stdout }).listIssues()), { kinds: ['unexpected'] });
    },
  );

  test('another issue than the one that was asked for is none', async () => {
    await refusal(() => saying({ stdout: JSON.stringify(ISSUE) }).getIssue('FP-wxyz'), { kinds: ['not-found'] });
    expect((await saying({ stdout: JSON.stringify(ISSUE) }).getIssue('FP-ab')).key).toBe('FP-abcd');
  });

  test('a new issue is found among the ids that fp names, whatever stands in the title', async () => {
    const { tracker } = standIn();
    const first = await tracker.createIssue({ title: 'See UTF-8 and RFC-2119', body: '' });
    const title = `Follow-up of ${first.key}`;
    expect((await tracker.createIssue({ title, body: '' })).title).toBe(title);
  });

  test('texts with tabs and line breaks survive a list that does not escape them', async () => {
    const { tracker } = standIn();
    const body = 'one\ttwo\n\nthree \\t four\\\\n "quoted"';
    await tracker.createIssue({ title: 'Control', body });
    expect((await collect(tracker.listIssues())).map((issue) => issue.body)).toEqual([body]);
  });

  test('texts that begin with a dash stay texts', async () => {
    const { tracker } = standIn();
    const created = await tracker.createIssue({ title: '--help', body: '- one\n- two' });
    expect([created.title, created.body]).toEqual(['--help', '- one\n- two']);
    expect((await tracker.addComment(created.key, '--version')).body).toBe('--version');
  });

  test('of comments that come at the same time, the own one is told', async () => {
    const state = newFp();
    const others = ['Before.', 'Behind.'];
    const tracker = over(async (args) => {
      if (args[0] !== 'comment' || args[1] !== 'add') return fp(state, args);
      const [issue] = state.issues;
      const other = (content: string) =>
        state.comments.push({
          id: content,
          issueId: issue?.id ?? '',
          author: 'ben',
          content,
          createdAt: '2999-01-01T00:00:00Z',
        });
      other(others[0] ?? '');
      const answer = fp(state, args);
      other(others[1] ?? '');
      return answer;
    });
    const { key } = await tracker.createIssue({ title: 'Busy', body: '' });
    expect((await tracker.addComment(key, 'Mine.\n')).body).toBe('Mine.');
    expect((await collect(tracker.listComments(key))).map(({ body }) => body).toSorted()).toEqual([
      ...['Before.', 'Behind.', 'Mine.'],
    ]);
  });

  test('statuses are told however the project writes them', async () => {
    const { tracker } = standIn({ statuses: ['TODO', 'Doing', 'DONE'] });
    const { key } = await tracker.createIssue({ title: 'One', body: '' });
    expect((await tracker.getAvailableTransitions(key)).map(({ name }) => name)).toEqual(['Doing', 'DONE', 'canceled']);
    expect((await tracker.transitionIssue(key, { state: 'done' })).stateName).toBe('DONE');
  });

  test('work that is given up is not done, where the project has no word for it; a move takes the mark away', async () => {
    const { tracker, state } = standIn();
    const { key } = await tracker.createIssue({ title: 'One', body: 'Text.', labels: ['x'] });
    const canceled = await tracker.transitionIssue(key, { state: 'canceled' });
    expect([canceled.state, canceled.stateName, canceled.body, state.issues[0]?.status]).toEqual([
      'canceled',
      'canceled',
      'Text.',
      'done',
    ]);
    expect((await tracker.transitionIssue(key, { state: 'done' })).state).toBe('done');
    expect((await tracker.transitionIssue(key, { state: 'open' })).labels).toEqual(['x']);
  });

  test('labels are the property of the project where it has one', async () => {
    const { tracker, state } = standIn({ hasLabels: true });
    await tracker.createIssue({ title: 'One', body: 'Text.', labels: ['b', 'a'] });
    expect(state.issues.map(({ labels, description }) => [labels, description])).toEqual([[['b', 'a'], 'Text.']]);
  });
});

describe('older versions of fp', () => {
  test('list and show in lines', async () => {
    const { tracker, state } = standIn({ lists: 'lines' });
    const { key } = await tracker.createIssue({ title: 'In lines', body: 'Text.', priority: 1 });
    expect(await tracker.getIssue(key)).toMatchObject({
      key,
      title: 'In lines',
      body: 'Text.',
      state: 'open',
      priority: 1,
    });
    expect((await collect(tracker.listIssues())).map((issue) => [issue.key, issue.title])).toEqual([[key, 'In lines']]);
    expect((await tracker.transitionIssue(key, { state: 'in_progress' })).stateName).toBe('in-progress');
    expect(state.issues[0]?.status).toBe('in-progress');
  });

  test('refuse what they cannot change before anything runs, and to list comments', async () => {
    const calls: (readonly string[])[] = [];
    const { tracker } = standIn({ lists: 'lines' }, calls);
    const { key } = await tracker.createIssue({ title: 'In lines', body: '' });
    calls.length = 0;
    const error = await refusal(() => tracker.updateIssue(key, { title: 'Other' }), { kinds: ['unsupported'] });
    expect(error.remedy).toContain('fp update');
    expect(calls.filter((args) => args[1] === 'update' && !args.includes('--help'))).toEqual([]);
    await refusal(() => collect(tracker.listComments(key)), { kinds: ['unsupported'] });
  });

  test('do not know a flag whose name only begins alike', async () => {
    const run: RunProgram = async (args) => {
      const stdout = args.includes('--help')
        ? '  --status\n  --title-file\n  -d, --description'
        : JSON.stringify(ISSUE);
      return { code: 0, stdout, stderr: '' };
    };
    const { requireFlags } = connect(testWorld({ cwd: tmpdir() }), {}, run);
    await requireFlags('issue update', ['status', 'description']);
    const error = await refusal(() => requireFlags('issue update', ['description', 'title']), {
      kinds: ['unsupported'],
    });
    expect(error.message).toContain('change title of an issue');
  });

  test('are told by doctor', async () => {
    const found = (await standIn({ lists: 'lines' }).tracker.diagnose?.(NEEDS)) ?? [];
    expect(found.map(({ check, state }) => `${state} ${check}`)).toEqual(['ok program', 'broken issues']);
  });
});

test('the guide tells prefix, statuses and properties', () => {
  const guide = '## Project context\n- Prefix: MC\n- Registered statuses (in order): todo, selected, done\n';
  expect(readGuide(`${guide}- Other registered properties: labels (multiselect), x (text)\n`)).toEqual({
    prefix: 'MC',
    statuses: ['todo', 'selected', 'done'],
    hasLabels: true,
  });
  expect(readGuide(guide).hasLabels).toBe(false);
  expect(readGuide('Unknown argument: guide')).toEqual({ statuses: ['todo', 'in-progress', 'done'], hasLabels: false });
});

test('the stand-in as a process: an issue from open to done, and what doctor sees', async () => {
  const program = await installStandIn('fp', 'fp/program.ts', newFp());
  try {
    const world = testWorld({ cwd: tmpdir(), env: { PATH: program.path } });
    const tracker = await openTracker(world, { platform: await loadPlatform('fp') });
    const draft = { title: 'Whole', body: '- [ ] one', labels: ['a,b', 'c'], metadata: { pace: { x: '"\n' } } };
    const { key } = await tracker.createIssue(draft);
    expect(await tracker.getIssue(key)).toMatchObject({ ...draft, state: 'open', author: { id: 'ann@example.org' } });
    const child = await tracker.createIssue({ title: 'Part', body: '', parent: key, priority: 0 });
    await tracker.createLink(key, { type: 'depends on', target: child.key });
    expect(await tracker.getIssueLinks(child.key)).toEqual([{ type: 'is dependency of', target: key }]);
    const comment = await tracker.addComment(key, '-- a comment');
    await tracker.updateComment(key, comment.id, 'Edited.');
    expect((await collect(tracker.listComments(key))).map(({ body }) => body)).toEqual(['Edited.']);
    expect((await tracker.transitionIssue(key, 'done')).state).toBe('done');
    expect((await collect(tracker.listIssues({ labels: ['c'], state: 'closed' }))).map((issue) => issue.key)).toEqual([
      key,
    ]);
    expect(await tracker.getCurrentUser()).toEqual({ id: 'ann@example.org', name: 'Ann', email: 'ann@example.org' });
    const found = (await tracker.diagnose?.(NEEDS)) ?? [];
    expect(found.map(({ check, state, detail }) => `${state} ${check}: ${detail}`)).toEqual([
      'ok program: fp 0.25.0 (d818046)',
      'ok issues: issues: 2',
      'ok status for open: “todo”',
      'ok status for done: “done”',
      'ok status for canceled: “done”, marked in the description',
      'ok labels: kept hidden in the description: no extension of the project has registered the property `labels`',
      'unknown issues: write: Cannot be checked without writing.',
    ]);
  } finally {
    await program.dispose();
  }
});

test('a program that is missing is told by doctor, and how to get it', async () => {
  const tracker = createTracker(testWorld({ cwd: tmpdir(), env: { PATH: '/nowhere' } }), {});
  const [first, ...others] = (await tracker.diagnose?.(NEEDS)) ?? [];
  expect([first?.state, first?.detail, others]).toEqual([
    'broken',
    'fp needs the program `fp`, and it was not found.',
    [],
  ]);
  expect(first?.remedy).toContain('https://fp.dev/docs');
});
