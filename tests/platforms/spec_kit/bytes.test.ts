/** What a change writes, and that it leaves all else alone. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Documents } from '../../../core/drivers/documents/document-kind.ts';
import { edited } from '../../../core/drivers/documents/edits.ts';
import type { IssueDraft, IssuePatch, IssueState } from '../../../core/ports/issue.ts';
import { ISSUE_STATES } from '../../../core/ports/issue.ts';
import { normalText } from '../../../core/text/normal-text.ts';
import { readDocuments } from '../../../platforms/spec_kit/issues.ts';
import { SEED } from '../../support/seed.ts';
import { SPEC, TASKS } from './samples.ts';

const [FEATURE, STAMP] = ['specs/1/tasks.md', { now: 0, random: Math.random, person: { id: 'ann', name: 'ann' } }];

interface Texts {
  readonly tasks: string;
  readonly spec: string;
}

const BOTH: Texts = { tasks: TASKS, spec: SPEC };

function read({ tasks, spec }: Texts): Documents {
  const changedAt = 1;
  const files = [
    { path: FEATURE, text: tasks, changedAt },
    { path: 'specs/1/spec.md', text: spec, changedAt },
  ];
  return readDocuments(files, FEATURE);
}

function after(texts: Texts, change: ReturnType<Documents['update']>): Texts {
  const textOf = (path: string, before: string) => {
    const found = change.files.find((one) => one.path === path);
    if (!found) return before;
    return 'edits' in found ? edited(before, found.edits) : 'create' in found ? found.create : '';
  };
  return { tasks: textOf(FEATURE, texts.tasks), spec: textOf('specs/1/spec.md', texts.spec) };
}

const updated = (texts: Texts, key: string, patch: IssuePatch) => after(texts, read(texts).update(key, patch, STAMP));
const issueIn = (texts: Texts, key: string) => read(texts).issues.find((issue) => issue.key === key);
const lineOf = ({ tasks }: Texts, key: string) => tasks.split(/\r?\n/).find((line) => line.includes(key));
const othersOf = ({ tasks, spec }: Texts, key: string) =>
  [...tasks.split(/(?<=\n)/), ...spec.split(/(?<=\n)/)].filter((line) => !line.includes(key));

describe('tasks are read', () => {
  test('with their stories, states and texts', () => {
    const { issues } = read(BOTH);
    expect(issues.map(({ key, state, parent, type }) => [key, state, parent ?? '', type])).toEqual([
      ['US1', 'in_progress', '', 'story'],
      ['US2', 'open', '', 'story'],
      ['T001', 'done', '', 'task'],
      ['T002', 'open', '', 'task'],
      ['T003', 'open', '', 'task'],
      ['T004', 'canceled', '', 'task'],
      ['T005', 'open', 'US1', 'task'],
      ['T006', 'in_progress', 'US1', 'task'],
      ['T1007', 'open', '', 'task'],
    ]);
    expect(issueIn(BOTH, 'T003')?.body).toBe('    with two tables');
    expect(issueIn(BOTH, 'US1')).toMatchObject({ title: 'Pay by card', priority: 1, createdAt: 1 });
    expect(issueIn(BOTH, 'US2')).toMatchObject({ title: 'Refund', body: 'A buyer gets the money back.' });
  });

  test('as waiting for the phase before, unless they can be done beside it', () => {
    const { links } = read(BOTH);
    expect(links?.('T003')).toEqual([
      { type: 'is blocked by', target: 'T001' },
      { type: 'is blocked by', target: 'T002' },
      { type: 'blocks', target: 'T006' },
    ]);
    expect(links?.('T004')).toEqual([{ type: 'blocks', target: 'T006' }]);
  });

  test('and stories that only the tasks name are there', () => {
    const texts = {
      tasks: '## Phase 1: User Story 7 - Ship (Priority: P2)\n- [ ] T001 [US7] a\n- [ ] T002 [US08] b\n',
      spec: '',
    };
    expect(read(texts).issues.map(({ key, title }) => [key, title])).toEqual([
      ['US7', 'Ship'],
      ['US8', 'User Story 8'],
      ['T001', 'a'],
      ['T002', 'b'],
    ]);
  });

  test('with all ids that stand there twice, each with its place', () => {
    const tasks = '- [ ] T001 a\n- [ ] T002 b\n- [x] T001 c\n* [ ] T002 d\n';
    expect(() => read({ tasks, spec: '' })).toThrow(
      /^specs\/1\/tasks\.md:3:7: T001 stands in line 1 as well.*\nspecs\/1\/tasks\.md:4:7: T002 stands in line 2/,
    );
  });
});

describe('a change', () => {
  const cases: readonly (readonly [key: string, patch: IssuePatch, line: string])[] = [
    ['T002', { state: 'done' }, '- [x] T002 [P] Configure linting'],
    ['T002', { state: 'canceled' }, '- [-] T002 [P] Configure linting'],
    ['T002', { state: 'blocked' }, '- [ ] T002 [P] Configure linting <!-- pace:blocked -->'],
    ['T006', { state: 'done' }, '- [x] T006 [US1] Card form'],
    ['T001', { state: 'in_review' }, '- [ ] T001 Create the project <!-- pace:in_review -->'],
    ['T002', { title: 'Lint' }, '- [ ] T002 [P] Lint'],
    ['T002', { title: '[P] Lint' }, '- [ ] T002 [P] \\[P] Lint'],
    ['T002', { parent: 'US2' }, '- [ ] T002 [P] [US2] Configure linting'],
    ['T005', { parent: 'US2' }, '- [ ] T005 [P] [US2] Contract test in tests/card.ts'],
    ['T005', { parent: null }, '- [ ] T005 [P] Contract test in tests/card.ts'],
  ];
  test.each(cases)('of %s to %o is the line alone', (key, patch, line) => {
    const now = updated(BOTH, key, patch);
    expect(lineOf(now, key)).toBe(line);
    expect(othersOf(now, key)).toEqual(othersOf(BOTH, key));
  });

  test('of a story is its section alone', () => {
    const now = updated(BOTH, 'US2', { title: 'Money back', body: 'One.\n\n## Two\n---' });
    expect(now.tasks).toBe(TASKS);
    expect(now.spec).toBe(
      SPEC.replace('Refund (', 'Money back (').replace('A buyer gets the money back.', 'One.\n\n\\## Two\n\\---'),
    );
    expect(issueIn(now, 'US2')).toMatchObject({ title: 'Money back', body: 'One.\n\n## Two\n---' });
  });

  test('of the state of a story is refused, with the state that follows', () => {
    expect(() => updated(BOTH, 'US1', { state: 'done' })).toThrow(
      /its state follows from its tasks, and is in_progress/,
    );
    expect(updated(BOTH, 'US1', { state: 'in_progress' })).toEqual(BOTH);
  });
});

describe('what is new', () => {
  const created = (texts: Texts, draft: Partial<IssueDraft>) =>
    after(texts, read(texts).create({ title: 'New', body: '', ...draft }, STAMP));

  test('goes to the end of the phase of its story, with the next number', () => {
    expect(created(BOTH, { parent: 'US1' }).tasks).toBe(
      TASKS.replace('pace:in_progress -->\n', 'pace:in_progress -->\n- [ ] T1008 [US1] New\n'),
    );
  });

  test('goes to the end of the last phase where it has none', () => {
    expect(created(BOTH, {}).tasks).toBe(TASKS.replace('T1007 Docs\n', 'T1007 Docs\n- [ ] T1008 New\n'));
  });

  test('makes the files where none are', () => {
    const files = readDocuments([], FEATURE).create({ title: 'First', body: 'Text.' }, STAMP).files;
    expect(files).toEqual([{ path: FEATURE, create: '# Tasks\n\n## Phase 1: Tasks\n\n- [ ] T001 First\n  Text.\n' }]);
  });

  test('as a story stands behind the last one', () => {
    const now = created(BOTH, { type: 'story', body: 'Why.' });
    expect(now.spec).toBe(SPEC.replace('money back.\n', 'money back.\n\n### User Story 3 - New\n\nWhy.\n'));
  });
});

const anyTitle = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }),
  fc.constantFrom(
    '[US1] x',
    '\\[P] x',
    '<!-- x',
    'x <!-- pace:blocked -->',
    'T001',
    'C #',
    'a (Priority: P1)',
    '- [ ] T002 y',
  ),
);
const anyBody = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 80 }),
  fc
    .array(
      fc.constantFrom(
        '# a',
        '---',
        '- [ ] T003 z',
        '```',
        '<!--',
        '-->',
        '',
        '    code',
        '\ttab',
        '## Phase 9: x',
        '\\# b',
      ),
      { maxLength: 6 },
    )
    .map((lines) => lines.join('\n')),
);
const anyTexts = fc.constantFrom(
  BOTH,
  { tasks: `\uFEFF${TASKS.replaceAll('\n', '\r\n')}`, spec: SPEC.replaceAll('\n', '\r\n') },
  { tasks: TASKS.trimEnd(), spec: SPEC.trimEnd() },
);

describe('whatever is written', () => {
  const RUNS = { numRuns: 300, seed: SEED };
  const keys = fc.constantFrom('T001', 'T003', 'T004', 'T006', 'T1007', 'US1', 'US2');

  test('comes back, is written once, and changes no other issue', () => {
    fc.assert(
      fc.property(anyTexts, keys, anyTitle, anyBody, (texts, key, given, body) => {
        const title = given.trim() || 'x';
        const now = updated(texts, key, { title, body });
        const issue = issueIn(now, key);
        expect(issue?.title).toBe(title);
        expect(normalText(issue?.body ?? '')).toBe(normalText(body));
        expect(updated(now, key, { title, body })).toEqual(now);
        const told = (all: Texts) => read(all).issues.filter((one) => one.key !== key);
        expect(told(now)).toEqual(told(texts));
        expect(
          updated(now, key, { title: issueIn(texts, key)?.title ?? '', body: issueIn(texts, key)?.body ?? '' }),
        ).toEqual(texts);
      }),
      RUNS,
    );
  });

  test('of states comes back, whatever it was before', () => {
    const state = fc.constantFrom<IssueState>(...ISSUE_STATES);
    fc.assert(
      fc.property(anyTexts, fc.constantFrom('T001', 'T004', 'T006'), state, state, (texts, key, one, other) => {
        const now = updated(updated(texts, key, { state: one }), key, { state: other });
        expect(issueIn(now, key)?.state).toBe(other);
        expect(updated(now, key, { state: issueIn(texts, key)?.state ?? 'open' })).toEqual(texts);
      }),
      RUNS,
    );
  });

  test('that is hidden comes back, and goes without a trace', () => {
    const patch = { labels: ['a', 'b'], assignees: ['ann'], metadata: { a: [1] } };
    for (const key of ['T002', 'T003', 'US1']) {
      const now = updated(BOTH, key, patch);
      expect(issueIn(now, key)).toMatchObject({ labels: ['a', 'b'], assignees: [{ id: 'ann' }], metadata: { a: [1] } });
      expect(updated(now, key, { labels: [], assignees: [], metadata: {} })).toEqual(BOTH);
    }
  });

  test('is read in linear time', () => {
    const tasks = `${'- [ ] T001 '.padEnd(200_000, ' \t')}x\n${'## Phase '.padEnd(200_000, '# ')}\n${'<!-- '.repeat(40_000)}`;
    const started = performance.now();
    read({ tasks, spec: `### User Story 1 - ${'(Priority: '.repeat(20_000)}\n${'    '.repeat(50_000)}` });
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
