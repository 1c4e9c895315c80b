/** `pace sync …` as whole command lines: what the engine is asked, what is printed, how it ends. The engine itself is a test’s. */
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { SyncLine } from '../../../src/sync/engine.ts';
import { parseOutputs } from '../../support/outputs-file.ts';
import { type PaceHere, paceHere } from '../../support/pace-here.ts';
import { countsOf, type FakeEngine, fakeEngine, reportOf } from '../../support/sync-engine.ts';

const current = vi.hoisted((): { engine: FakeEngine | undefined } => ({ engine: undefined }));
vi.mock('../../../src/sync/run.ts', () => ({
  get engine() {
    return current.engine;
  },
}));

let engine: FakeEngine;
beforeEach(() => {
  engine = fakeEngine();
  current.engine = engine;
});

const BACKENDS = `platform: { ci: local, tracker: local }
backends:
  left: { platform: local, database: .pace/left.db }
  right: { platform: local, database: .pace/right.db }
  third: { platform: local, database: .pace/third.db }
  again: { platform: local, database: ./.pace/left.db }
`;
const here = (sync = '', env: Record<string, string> = {}): Promise<PaceHere> =>
  paceHere({ files: { 'pace.config.yaml': `${BACKENDS}${sync}` }, env });

const plain = { prefer: 'ask', force: false, dryRun: false, yes: false, full: false, canAsk: false };
const none = { maps: { states: {}, types: {}, labels: {}, people: {} }, origin: true };

describe('what the engine is asked', () => {
  test.each([
    [['pull', 'left', 'right'], { a: 'left', b: 'right', flow: 'to-b' }],
    [['push', 'right', 'left'], { a: 'right', b: 'left', flow: 'to-b' }],
    [['bidirectional', 'left', 'right'], { a: 'left', b: 'right', flow: 'both' }],
    [['status', 'left', 'right'], { a: 'left', b: 'right', flow: 'both', dryRun: true }],
    [['pull', 'left', 'right', '--force'], { a: 'left', b: 'right', flow: 'to-b', force: true }],
    [
      [
        'bidirectional',
        'left',
        'right',
        '-q',
        'label:x',
        '--prefer',
        'newer',
        '--dry-run',
        '-y',
        '--full',
        '--adopt',
        'id',
      ],
      {
        ...{ a: 'left', b: 'right', flow: 'both', query: 'label:x', prefer: 'newer' },
        ...{ dryRun: true, yes: true, full: true, adopt: 'id' },
      },
    ],
  ])('by %j', async (words, call) => {
    const { pace } = await here();
    expect(await pace('sync', ...words)).toMatchObject({ code: 0, stderr: '' });
    expect(engine.calls).toEqual([{ verb: 'sync', ...plain, ...none, ...call }]);
    expect(engine.worlds[0]?.kept?.root).toMatch(/\.pace$/);
  });

  const BOARD = `sync:
  - name: board
    a: left
    b: right
    direction: to_a
    query: label:shared
    prefer: a
    states: { Open: Todo }
    types: { bug: defect }
    labels: { ui: frontend }
    people: { ann: { a: ann, b: ann@x.org } }
    without: [body, points]
    origin: false
    private: true
`;
  const maps = {
    states: { Open: 'Todo' },
    types: { bug: 'defect' },
    labels: { ui: 'frontend' },
    people: { ann: { a: 'ann', b: 'ann@x.org' } },
  };
  const fields = [
    ...['title', 'state', 'type', 'priority', 'milestone', 'parent', 'dueDate', 'labels', 'assignees', 'links'],
    ...['comments', 'attachments'],
  ];
  const board = {
    a: 'left',
    b: 'right',
    maps,
    fields,
    origin: false,
    isPrivateCopied: true,
    query: 'label:shared',
    prefer: 'a',
  };

  test('what the configuration says of the two counts, whichever is named first', async () => {
    const { pace } = await here(BOARD);
    await pace('sync', 'run', '--all');
    await pace('sync', 'status', 'right', 'left');
    await pace('sync', 'pull', 'right', 'left', '--prefer', 'a', '--query', 'state:open');
    await pace('sync', 'push', 'left', 'right', '--prefer', 'b');
    expect(engine.calls).toEqual([
      { verb: 'sync', ...plain, ...board, flow: 'to-a' },
      { verb: 'sync', ...plain, ...board, flow: 'to-a', dryRun: true },
      { verb: 'sync', ...plain, ...board, flow: 'to-a', prefer: 'b', query: 'state:open' },
      { verb: 'sync', ...plain, ...board, flow: 'to-b', prefer: 'b' },
    ]);
  });

  test('a link goes by the maps of the two as well, with the stance turned', async () => {
    const { pace } = await here(BOARD);
    expect((await pace('sync', 'link', 'right#7', 'left:3', '--prefer', 'a', '--dry-run')).code).toBe(0);
    expect(engine.calls).toEqual([
      {
        ...{ verb: 'link', a: 'left', b: 'right', flow: 'to-a', maps, fields, origin: false, isPrivateCopied: true },
        ...{ keys: { a: '3', b: '7' }, prefer: 'b', dryRun: true },
      },
    ]);
  });

  describe('of a decision', () => {
    const ends = {
      a: { id: 'A', name: 'local left.db', backend: 'left' },
      b: { id: 'B', name: 'local right.db', backend: 'right' },
    };
    beforeEach(() => {
      engine.knownEnds = [{ name: 'x', ends }];
      engine.shown = [
        {
          ...{ id: 'c1', pair: 'p', field: 'title', base: 'Old', a: 'One', b: 'Two', at: 0 },
          ...{ ends, keys: { a: '1', b: '2' }, urls: { a: '', b: '' } },
        },
      ];
    });
    const resolved = () => engine.calls.filter(({ verb }) => verb === 'resolve');

    test('is a tracker by its name or its letter, a text, or what stands in a file or on stdin', async () => {
      const started = await here();
      await started.workspace.write({ 'text.md': 'One.\nTwo.\n' });
      for (const side of ['b', 'right', 'local right.db', 'left'])
        await started.pace('sync', 'resolve', 'c1', '--take', side);
      await started.pace('sync', 'resolve', 'c1', '--text', 'Other');
      await started.pace('sync', 'resolve', 'c1', '--file', 'text.md');
      await started.pipe('Piped\n', 'sync', 'resolve', 'c1', '--text', '-');
      const about = { verb: 'resolve', id: 'c1', a: 'left', b: 'right', flow: 'both', ...none };
      expect(resolved()).toEqual([
        ...['b', 'b', 'b', 'a'].map((take) => ({ ...about, decision: { take } })),
        { ...about, decision: { text: 'Other' } },
        { ...about, decision: { text: 'One.\nTwo.' } },
        { ...about, decision: { text: 'Piped' } },
      ]);
    });

    test('goes by what the configuration says of the two, with the sides as it has them', async () => {
      const { pace } = await here(BOARD.replace('a: left', 'a: right').replace('b: right', 'b: left'));
      await pace('sync', 'resolve', 'c1', '--take', 'left');
      await pace('sync', 'resolve', 'c1', '--take', 'a');
      const pair = { a: 'right', b: 'left', flow: 'to-a', maps, fields, origin: false, isPrivateCopied: true };
      const about = { verb: 'resolve', id: 'c1', ...pair };
      expect(resolved()).toEqual(Array(2).fill({ ...about, decision: { take: 'b' } }));
    });

    test('about nothing, or for somebody else, is refused', async () => {
      const { pace } = await here();
      expect(await pace('sync', 'resolve', 'c2', '--take', 'a')).toMatchObject({
        code: 9,
        stderr: 'Error: There is no open conflict “c2”.\n`pace sync conflicts` lists those that wait for somebody.\n',
      });
      expect(await pace('sync', 'resolve', 'c1', '--take', 'gitea')).toMatchObject({
        code: 2,
        stderr: 'Error: --take: “gitea” is not one of the two.\nAvailable: left, right, a, b.\n',
      });
      expect(resolved()).toEqual([]);
    });
  });

  test('the same by the words below `pace issue`', async () => {
    const { pace } = await here();
    expect((await pace('issue', 'sync', 'pull', 'left', 'right')).code).toBe(0);
    expect(engine.calls).toEqual([{ verb: 'sync', ...plain, ...none, a: 'left', b: 'right', flow: 'to-b' }]);
  });
});

describe('what is refused before anything is opened or asked, all of it at once', () => {
  test.each<[string[], string]>([
    [['pull', 'left', 'left'], 'left is named twice: please name two trackers.\nNothing was sent.'],
    [
      ['pull', 'left', 'left', '--force', '--prefer', 'b', '--query', 'sate:x limit:3', '--adopt', ''],
      [
        'left is named twice: please name two trackers.',
        '--prefer: with --force SOURCE wins everywhere; please leave one out.',
        '--query, character 1: “sate” is not a word of a query. Did you mean "state"? Available: state, label, any-label, assignee, author, milestone, parent, sprint, type, priority, text, since, until, created-since, created-until, due, due-since, due-until, is, sort, limit.',
        '--query: `limit` cuts the list off: what falls out of it would look as if it were gone.',
        '--adopt: please name a key of the metadata, or title.',
        'Nothing was sent.',
      ].join('\n'),
    ],
    [
      ['pull', 'left', 'right', '--adopt', 'title'],
      '--adopt title: a person has to look at it, and nobody can be asked here: please try --dry-run, then --yes.\nNothing was sent.',
    ],
    [['status', 'left'], 'left is one tracker: please name the other one too, or none.'],
    [['conflicts', 'left'], 'left is one tracker: please name the other one too, or none.'],
    [
      ['pull', 'left', 'again'],
      'left and again are one tracker: Local .pace/left.db.\nPlease name two trackers; `pace backend list` shows them.',
    ],
    [
      ['link', '12', 'left#'],
      '“12” names no tracker: please write NAME#12, where NAME is a backend or a platform.\n“left#” does not name an issue. Please write 12, #12, PROJ-12, jira:PROJ-12, github:owner/repo#12, docs/EPIC.md#US-001, or the address of the issue.',
    ],
    [
      ['resolve', 'c1'],
      'It is not said which value is kept.\nPlease pass --take NAME, or another value with --text or --file; `pace sync conflicts` shows both.',
    ],
    [
      ['resolve', 'c1', '--take', 'a', '--text', 'x'],
      'The value is given twice.\nPlease pass one of --take, --text and --file.',
    ],
    [
      ['resolve', 'c1', '--file', 'x', '--text', 'x'],
      'The value is given twice.\nPlease pass one of --take, --text and --file.',
    ],
    [
      ['run'],
      'There are no pairs of trackers in the configuration.\nPlease list some under `sync`, each with a name, `a` and `b`, as docs/sync.md shows.',
    ],
  ])('%j', async (words, message) => {
    const { pace } = await here();
    expect(await pace('sync', ...words)).toMatchObject({ code: 2, stdout: '', stderr: `Error: ${message}\n` });
    expect(engine.calls).toEqual([]);
  });

  test('two names that mean nothing are told together', async () => {
    const { pace } = await here();
    const { code, stderr } = await pace('sync', 'pull', 'lft', 'rihgt');
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^Error: “lft” does not name a tracker that can be opened here\. Did you mean "left"\?\n“rihgt” does not name a tracker that can be opened here\. Did you mean "right"\?\nBackends: /,
    );
  });

  test('pairs that are not in the configuration, with those that are', async () => {
    const { pace } = await here('sync: [{ name: one, a: left, b: right }, { name: two, a: left, b: third }]\n');
    expect((await pace('sync', 'run')).stderr).toBe('Error: Please name pairs, or say --all.\nAvailable: one, two.\n');
    expect((await pace('sync', 'run', 'tow', 'x')).stderr).toBe(
      'Error: There is no pair “tow”. Did you mean "two"?\nThere is no pair “x”.\nAvailable: one, two.\n',
    );
    expect((await pace('sync', 'run', '--all', 'one')).stderr).toBe(
      'Error: --all means every pair; please leave the names or the flag out.\n',
    );
    expect(engine.calls).toEqual([]);
  });

  test('a query of the configuration, with its place; `pace validate` says so too', async () => {
    const { pace } = await here('sync: [{ name: one, a: left, b: right, query: "sate:open limit:4" }]\n');
    const told = [
      'pace.config.yaml:7:47: `sync[0].query` does not choose issues: character 1: “sate” is not a word of a query. Did you mean "state"? Available: state, label, any-label, assignee, author, milestone, parent, sprint, type, priority, text, since, until, created-since, created-until, due, due-since, due-until, is, sort, limit.',
      'pace.config.yaml:7:47: `sync[0].query` does not choose issues: `limit` cuts the list off: what falls out of it would look as if it were gone.',
      '',
    ].join('\n');
    expect(await pace('sync', 'run', '--all')).toMatchObject({ code: 2, stderr: told });
    expect(await pace('validate')).toMatchObject({ code: 2, stderr: told });
  });

  test('a ring that two names of one tracker hide', async () => {
    const { pace } = await here(
      'sync: [{ name: one, a: left, b: right }, { name: two, a: right, b: again }, { name: three, a: third, b: again }]\n',
    );
    expect(await pace('sync', 'run', '--all')).toMatchObject({
      code: 2,
      stderr:
        'Error: The pair two has the same two trackers as another one: local .pace/right.db and local .pace/left.db.\nNothing was written: each issue would come by two ways. Please take a pair out of `sync`.\n',
    });
    expect(engine.calls).toEqual([]);
  });
});

const update = (part: Partial<SyncLine>): SyncLine => ({
  kind: 'update',
  side: 'b',
  key: '5',
  other: '3',
  title: 'Cart',
  ...part,
});
const WRITTEN: SyncLine[] = [
  { kind: 'create', side: 'b', key: '6', other: '12', title: 'Checkout' },
  update({ field: 'state', before: 'open', after: 'done' }),
  update({ field: 'labels', before: ['later', 'bug'], after: ['bug', 'ui'] }),
  update({ field: 'body', before: 'Same.\nOld.', after: 'Same.\nNew \u001b[31mred.' }),
  update({ field: 'storyPoints', before: null, after: 3 }),
  { kind: 'comment', side: 'a', key: '3', other: '5', title: 'Cart', after: 'Done.' },
];
const LEFT: SyncLine[] = [
  {
    kind: 'conflict',
    side: 'a',
    key: '4',
    other: '7',
    title: 'Page',
    field: 'title',
    before: 'A',
    after: 'B',
    id: 'c1',
  },
  { kind: 'failed', side: 'b', key: '8', message: 'It is locked.', remedy: 'Please unlock it.' },
];
const PART = {
  written: WRITTEN,
  left: LEFT,
  inStep: false,
  counts: countsOf({ a: { comments: 1 }, b: { created: 1, changed: 1 }, pairs: 9, inStep: 5 }),
};

describe('what is printed', () => {
  test('of a run: a line for each issue, what is left with what to do, the sum last; it ends with 64', async () => {
    const { pace } = await here();
    engine.answers = [PART];
    expect(await pace('sync', 'bidirectional', 'left', 'right')).toEqual({
      ...{ code: 64, stderr: '', exits: [] },
      stdout: `left .pace/left.db ↔ right .pace/right.db
  created 6 in right .pace/right.db from 12: Checkout
  changed 5 in right .pace/right.db (3): Cart (state, labels, body, points)
  commented on 3 in left .pace/left.db (5): Cart
  conflict title 4 in left .pace/left.db (7): Page
    left .pace/left.db: A
    right .pace/right.db: B
    pace sync resolve c1 --take left|right
  failed 8 in right .pace/right.db: It is locked. Please unlock it.
Added 1 comment in left .pace/left.db. Created 1 and changed 1 in right .pace/right.db. Left: 1 conflict, 1 failed. 9 pairs, 5 in step.
`,
    });
  });

  test('of a dry run: every field, before and after', async () => {
    const { pace } = await here();
    engine.answers = [{ ...PART, left: [], dryRun: true }];
    const run = await pace('sync', 'pull', 'left', 'right', '--dry-run');
    expect([run.code, run.stdout]).toEqual([
      0,
      `left .pace/left.db → right .pace/right.db (nothing is written)
  create 6 in right .pace/right.db from 12: Checkout
  change 5 in right .pace/right.db (3): Cart
    state: open → done
    labels: +ui -later
    body:
      - Old.
      + New red.
    points: none → 3
  comment on 3 in left .pace/left.db (5): Cart
      + Done.
Would add 1 comment in left .pace/left.db. Would create 1 and change 1 in right .pace/right.db. 9 pairs, 5 in step.
`,
    ]);
  });

  test('with --verbose the fields stand there after a run, too', async () => {
    const { pace } = await here();
    engine.answers = [{ ...PART, left: [] }];
    expect((await pace('sync', 'pull', 'left', 'right', '-v')).stdout).toContain(
      '  changed 5 in right .pace/right.db (3): Cart\n    state: open → done\n    labels: +ui -later\n',
    );
  });

  test('a first run that waits for a yes says so, and ends with 64', async () => {
    const { pace } = await here();
    engine.answers = [{ ...PART, left: [], written: WRITTEN.slice(0, 1), dryRun: true, isFirst: true }];
    const run = await pace('sync', 'pull', 'left', 'right');
    expect([run.code, run.stdout.split('\n').at(-2)]).toEqual([
      64,
      'Would add 1 comment in left .pace/left.db. Would create 1 and change 1 in right .pace/right.db. 9 pairs, 5 in step. Nothing was written, as this would be a first run into what is not empty: --yes makes it real.',
    ]);
  });

  test('what a tracker lacks is told, and is in nobody’s way', async () => {
    const { pace } = await here();
    const lacks: SyncLine = {
      ...{ kind: 'unsupported', side: 'b', key: '', field: 'parent' },
      ...{ message: 'It has no parents.', remedy: 'Please link them.' },
    };
    for (const dryRun of [false, true]) {
      engine.answers = [{ left: [lacks], dryRun, isFirst: true }];
      expect(await pace('sync', 'push', 'left', 'right', ...(dryRun ? ['--dry-run'] : []))).toMatchObject({
        code: 0,
        stdout: `left .pace/left.db → right .pace/right.db${dryRun ? ' (nothing is written)' : ''}
  not kept in step: It has no parents. Please link them.
In step: 2 pairs, nothing to write.
`,
      });
    }
  });

  test('in step is one line, and the end is 0', async () => {
    const { pace } = await here();
    expect(await pace('sync', 'push', 'left', 'right')).toMatchObject({
      code: 0,
      stdout: 'left .pace/left.db → right .pace/right.db\nIn step: 2 pairs, nothing to write.\n',
    });
  });

  test('as JSON it is all of it', async () => {
    const { pace } = await here();
    engine.answers = [PART];
    const run = await pace('sync', 'pull', 'left', 'right', '--json');
    expect([run.code, JSON.parse(run.stdout)]).toEqual([
      64,
      {
        ...{ pair: null, names: { a: 'left', b: 'right' }, flow: 'to-b' },
        ...JSON.parse(JSON.stringify(reportOf(PART))),
        ends: {
          a: { id: 'Local .pace/left.db', name: 'left .pace/left.db', backend: 'left' },
          b: { id: 'Local .pace/right.db', name: 'right .pace/right.db', backend: 'right' },
        },
        written: JSON.parse(JSON.stringify(WRITTEN)),
      },
    ]);
  });

  test('an error of the engine ends as those of `pace issue` do', async () => {
    const { PaceError } = await import('../../../core/errors.ts');
    const { pace } = await here();
    engine.answers = [new PaceError({ kind: 'transient', message: 'It is away.', remedy: 'Please wait.' })];
    expect(await pace('sync', 'pull', 'left', 'right')).toMatchObject({
      code: 4,
      stdout: '',
      stderr: 'Error: It is away.\nPlease wait.\n',
    });
  });
});

describe('several pairs of trackers', () => {
  const SYNC = 'sync: [{ name: one, a: left, b: right }, { name: two, a: left, b: third, direction: to_b }]\n';

  test('run one after the other; one that fails does not stop the rest', async () => {
    const { PaceError } = await import('../../../core/errors.ts');
    const { pace } = await here(SYNC);
    engine.answers = [new PaceError({ kind: 'transient', message: 'It is away.', remedy: 'Please wait.' }), {}];
    const text = `one: left ↔ right
  failed: It is away. Please wait.

two: left .pace/left.db → third .pace/third.db
In step: 2 pairs, nothing to write.

1 of 2 pairs of trackers are in step.
`;
    expect(await pace('sync', 'run', '--all')).toMatchObject({ code: 64, stdout: text });
    expect(engine.calls.map(({ b }) => b)).toEqual(['right', 'third']);
    engine.answers = [new PaceError({ kind: 'transient', message: 'It is away.', remedy: '' }), {}];
    const { stdout } = await pace('sync', 'run', 'one', '--json');
    expect(JSON.parse(stdout)).toEqual({
      pairs: [
        {
          ...{ pair: 'one', names: { a: 'left', b: 'right' }, flow: 'both' },
          error: { kind: 'transient', message: 'It is away.', remedy: '' },
        },
      ],
      inStep: false,
    });
  });

  test('a tracker that cannot be opened is told at its pair', async () => {
    const { pace } = await here('sync: [{ name: one, a: left, b: gone }, { name: two, a: left, b: third }]\n');
    const { code, stdout } = await pace('sync', 'run', '--all');
    expect([code, stdout.split('\n').slice(0, 2)]).toEqual([
      64,
      [
        'one: left ↔ gone',
        expect.stringMatching(/^ {2}failed: “gone” does not name a tracker that can be opened here\. Backends: /),
      ],
    ]);
    expect(engine.calls.map(({ b }) => b)).toEqual(['third']);
  });

  test('status has those of the configuration, and those that were in step here once, each once', async () => {
    const { pace } = await here(SYNC);
    const end = (name: string, backend?: string) => ({
      ...{ id: `Local .pace/${name}.db`, name: `${name} .pace/${name}.db` },
      ...(backend === undefined ? {} : { backend }),
    });
    engine.knownEnds = [
      { name: 'one', ends: { a: end('right', 'right'), b: end('left', 'left') } },
      { name: 'right-third', ends: { a: end('right', 'right'), b: end('third', 'third') } },
      { name: 'old', ends: { a: end('left', 'left'), b: end('old') } },
    ];
    engine.answers = [{ dryRun: true, inStep: false, written: WRITTEN, counts: PART.counts }, { dryRun: true }];
    expect(await pace('sync', 'status')).toMatchObject({
      code: 64,
      stderr: '',
      stdout: `one: left .pace/left.db ↔ right .pace/right.db
Would add 1 comment in left .pace/left.db. Would create 1 and change 1 in right .pace/right.db. 9 pairs, 5 in step.

two: left .pace/left.db → third .pace/third.db
In step: 2 pairs, nothing to write.

right .pace/right.db ↔ third .pace/third.db
In step: 2 pairs, nothing to write.

left .pace/left.db ↔ old .pace/old.db
  failed: It is not known what opens old .pace/old.db. Please name both trackers: pace sync status A B

2 of 4 pairs of trackers are in step.
`,
    });
    expect(engine.calls.map(({ dryRun, flow }) => [dryRun, flow])).toEqual([
      [true, 'both'],
      [true, 'to-b'],
      [true, 'both'],
    ]);
    engine.answers = [{ dryRun: true, inStep: false, written: WRITTEN, counts: PART.counts }];
    expect((await pace('sync', 'status', 'left', 'right', '--verbose')).stdout).toContain('    state: open → done\n');
  });

  test('status where nothing is in step says how to begin', async () => {
    const { pace } = await here();
    expect(await pace('sync', 'status')).toMatchObject({
      code: 0,
      stdout:
        'Nothing is in step here yet. `pace sync pull SOURCE TARGET` begins; `pace backend list` shows the trackers.\n',
    });
  });

  test('later jobs get variables, and none of an earlier run where this one ends otherwise', async () => {
    const { pace, workspace } = await here(SYNC);
    engine.answers = [PART];
    await pace('sync', 'run', 'one', '--dotenv', 'sync.env');
    expect(await workspace.read('sync.env')).toBe(
      [
        ...['PACE_SYNC_IN_STEP=false', 'PACE_SYNC_CREATED=1', 'PACE_SYNC_CHANGED=1', 'PACE_SYNC_COMMENTS=1'],
        ...['PACE_SYNC_LINKS=0', 'PACE_SYNC_LEFT=2', 'PACE_SYNC_CONFLICTS=1', 'PACE_SYNC_FAILED_PAIRS=0', ''],
      ].join('\n'),
    );
    await pace('sync', 'run', 'one', '--dotenv', 'sync.env', '--dry-run');
    expect(Object.keys(await workspace.files())).toContain('sync.env');
    await pace('sync', 'run', 'nobody', '--dotenv', 'sync.env');
    expect(Object.keys(await workspace.files())).not.toContain('sync.env');
  });

  test('a step of a job gives outputs and a table; a dry run gives neither', async () => {
    const { workspace, run } = await here(SYNC);
    const files = { GITHUB_OUTPUT: `${workspace.path}/output`, GITHUB_STEP_SUMMARY: `${workspace.path}/summary` };
    await workspace.write({ output: '', summary: '' });
    const env = { GITHUB_ACTIONS: 'true', CI: 'true', ...files };
    engine.answers = [PART, {}];
    expect((await run({ args: ['sync', 'run', '--all', '--dry-run'], env })).code).toBe(64);
    expect([await workspace.read('output'), await workspace.read('summary')]).toEqual(['', '']);
    engine.answers = [PART, {}];
    const { code } = await run({ args: ['sync', 'run', '--all'], env });
    expect(code).toBe(64);
    expect(parseOutputs(await workspace.read('output'))).toEqual({
      ...{ 'in-step': 'false', created: '1', changed: '1', comments: '1', links: '0' },
      ...{ left: '2', conflicts: '1', 'failed-pairs': '0' },
    });
    expect((await workspace.read('summary')).trim().split('\n')).toEqual([
      '### Sync: 1 of 2 in step',
      '',
      '| Pair | Trackers | In step | Left | What was done |',
      '| --- | --- | --- | --- | --- |',
      expect.stringMatching(/^\| one \| left .*, right .* \| no \| 1 conflict, 1 failed \| Added 1 comment in /),
      expect.stringMatching(/^\| two \| left .*, third .* \| yes \| – \| In step: 2 pairs, nothing to write\. \|$/),
      '',
      'Left:',
      '',
      expect.stringMatching(/^- one, conflict title, 4 in left .*, Page$/),
      expect.stringMatching(/^- one, failed, 8 in right .*, It is locked\.: Please unlock it\.$/),
    ]);
  });
});

describe('pairs of issues', () => {
  test('are linked by references of every kind, and unlinked by one of them or both', async () => {
    const { pace } = await here();
    await pace('sync', 'link', 'left#3', 'right:7');
    expect((await pace('sync', 'unlink', 'left#3')).stdout).toBe(
      'gitea octo/shop#1 and local .pace/b.db#2 are no longer one. Both stay as they are.\n',
    );
    const { stdout } = await pace('sync', 'unlink', 'left#3', 'right#7', '--json');
    expect(JSON.parse(stdout)).toEqual({
      a: { tracker: 'gitea octo/shop', key: '1' },
      b: { tracker: 'local .pace/b.db', key: '2' },
    });
    expect(engine.calls).toEqual([
      {
        ...{ verb: 'link', a: 'left', b: 'right', flow: 'both', keys: { a: '3', b: '7' } },
        ...{ prefer: 'ask', dryRun: false, ...none },
      },
      { verb: 'unlink', issues: ['left#3'] },
      { verb: 'unlink', issues: ['left#3', 'right#7'] },
    ]);
  });

  test('in conflict are listed with both values whole, of two trackers or of all', async () => {
    const { pace, data } = await here();
    const ends = {
      a: { id: 'A', name: 'gitea octo/shop', backend: 'left' },
      b: { id: 'B', name: 'local b', backend: 'right' },
    };
    engine.knownEnds = [{ name: 'x', ends }];
    engine.shown = [
      {
        ...{ id: 'c1', pair: 'p', field: 'title', base: 'Old', a: 'One', b: 'Two', at: Date.parse('2026-03-02') },
        ...{ ends, keys: { a: '1', b: '2' }, urls: { a: 'https://a/1', b: 'b#2' } },
      },
      {
        ...{ id: 'c2', pair: 'p', field: 'labels', base: null, a: ['x', 'y'], b: [], at: Date.parse('2026-03-02') },
        ...{ winner: 'a', by: 'force', ends, keys: { a: '1', b: '2' }, urls: { a: 'https://a/1', b: 'b#2' } },
      },
    ];
    expect((await pace('sync', 'conflicts')).stdout).toBe(
      'c1  gitea octo/shop#1  local b#2  title   a: One | b: Two\nc2  gitea octo/shop#1  local b#2  labels  a: x, y | b: none (a by force)\n',
    );
    expect((await pace('sync', 'conflicts', 'right', 'left', '--format', 'ids')).stdout).toBe('c1\nc2\n');
    expect(await data('sync', 'conflicts', '--all', '--json')).toEqual([
      {
        ...{ id: 'c1', field: 'title', at: '2026-03-02T00:00:00.000Z', base: 'Old', winner: null, by: null },
        a: { tracker: 'gitea octo/shop', key: '1', url: 'https://a/1', value: 'One' },
        b: { tracker: 'local b', key: '2', url: 'b#2', value: 'Two' },
      },
      {
        ...{ id: 'c2', field: 'labels', at: '2026-03-02T00:00:00.000Z', base: null, winner: 'a', by: 'force' },
        a: { tracker: 'gitea octo/shop', key: '1', url: 'https://a/1', value: ['x', 'y'] },
        b: { tracker: 'local b', key: '2', url: 'b#2', value: [] },
      },
    ]);
    expect(engine.calls.map(({ all }) => all)).toEqual([false, false, true]);
    expect(await pace('sync', 'conflicts', 'left', 'third')).toMatchObject({
      code: 9,
      stderr:
        'Error: left and third were never in step here.\n`pace sync conflicts` alone lists those of all trackers.\n',
    });
    engine.shown = [];
    expect(await pace('sync', 'conflicts')).toMatchObject({ code: 0, stdout: '', stderr: 'There are no conflicts.\n' });
  });
});
