/** `ready` and `blocked` at the command line: what they print and how they end. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { type PaceHere, paceHere } from '../../support/pace-here.ts';

async function withIssues(count: number): Promise<PaceHere> {
  const here = await paceHere();
  for (let number = 1; number <= count; number += 1) await here.pace('issue', 'create', `Issue ${number}`);
  return here;
}

describe('ready', () => {
  test('lists what can be begun, by the words that choose issues', async () => {
    const here = await withIssues(3);
    await here.pace('issue', 'link', '1', 'blocks', '2');
    await here.pace('issue', 'edit', '3', '--priority', 'high', '--add-label', 'bug');
    expect((await here.pace('issue', 'ready')).stdout).toBe('3  Open  Issue 3  [bug]\n1  Open  Issue 1\n');
    expect((await here.pace('issue', 'ready', '--query', '-label:bug', '--format', 'ids')).stdout).toBe('1\n');
    expect((await here.pace('issue', 'ready', '--limit', '1', '--json', 'key')).stdout).toBe(
      '[\n  {\n    "key": "3"\n  }\n]\n',
    );
    const none = await here.pace('issue', 'ready', '--label', 'nowhere');
    expect([none.code, none.stdout, none.stderr]).toEqual([0, '', 'Nothing is ready.\n']);
  });

  test('says why, of all and of one', async () => {
    const here = await withIssues(2);
    await here.pace('issue', 'link', '1', 'blocks', '2');
    expect((await here.pace('issue', 'ready', '--explain')).stdout).toBe(
      '1  Open  Issue 1  open, unclaimed, not deferred; it waits for nothing\n',
    );
    expect((await here.pace('issue', 'ready', '2')).stdout).toBe(
      '2  Open  Issue 2  not ready: it waits for 1 (open)\n',
    );
    expect(await here.data('issue', 'ready', '2', '--json', 'key,ready,why')).toEqual([
      { key: '2', ready: false, why: ['it waits for 1 (open)'] },
    ]);
    expect(await here.data('issue', 'ready', '--json', 'ready')).toEqual([{ ready: true }]);
    expect((await here.pace('issue', 'ready', '99')).code).toBe(9);
  });

  test('takes the first one in one act, and starts it', async () => {
    const here = await withIssues(2);
    const first = await here.pace('issue', 'ready', '--claim', '--as', 'ann', '--start');
    expect(first.stdout).toMatch(
      /^1 is claimed by ann until \d{4}-\d\d-\d\d \d\d:\d\d UTC: Issue 1\n\.pace\/pace\.db#1\n$/,
    );
    expect(await here.data('issue', 'show', '1', '--json', 'state')).toEqual({ state: 'in_progress' });
    expect(await here.data('issue', 'ready', '--claim', '--as', 'ben', '--json', 'key,state,claim')).toMatchObject({
      key: '2',
      state: 'open',
      claim: { key: '2', agent: 'ben' },
    });
    const none = await here.pace('issue', 'ready', '--claim', '--as', 'ben');
    expect([none.code, none.stdout, none.stderr]).toEqual([
      9,
      '',
      'Error: Nothing is ready to be claimed.\n`pace issue blocked` shows what waits, and `pace issue ready KEY` why an issue is not ready.\n',
    ]);
  });

  test('a dry run says what it would take', async () => {
    const here = await withIssues(1);
    const planned = await here.data('issue', 'ready', '--claim', '--as', 'ann', '--dry-run', '--json');
    const until = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    expect(planned).toEqual([{ operation: 'claim', key: '1', sent: { agent: 'ann', until } }]);
    const told = await here.pace('issue', 'ready', '--claim', '--as', 'ann', '--dry-run');
    expect(told.stdout).toMatch(/^Would claim 1:\n {2}agent: ann\n {2}until: \d{4}-\d\d-\d\d \d\d:\d\d UTC\n$/);
    expect((await here.pace('issue', 'ready', '--format', 'ids')).stdout).toBe('1\n');
  });

  test.each([[['--start']], [['--as', 'ann']]])('%j without --claim is refused', async (flags) => {
    const here = await withIssues(1);
    const run = await here.pace('issue', 'ready', ...flags);
    expect([run.code, run.stdout, run.stderr]).toEqual([
      2,
      '',
      'Error: --start and --as go with --claim: without it nothing is taken.\nPlease add --claim, or leave them out.\n',
    ]);
  });

  test('is refused without a name, and with a key to claim', async () => {
    const here = await paceHere({ env: { PACE_AGENT: '' } });
    const nobody = await here.pace('issue', 'ready', '--claim');
    expect([nobody.code, nobody.stderr]).toEqual([2, expect.stringContaining('The agent has no name.')]);
    const keyed = await here.pace('issue', 'ready', '7', '--claim', '--as', 'ann');
    expect([keyed.code, keyed.stderr]).toEqual([2, expect.stringContaining('Please run `pace issue claim 7`.')]);
  });
});

describe('blocked', () => {
  test('says what each waits for', async () => {
    const here = await withIssues(4);
    await here.pace('issue', 'link', '3', 'depends-on', '1');
    await here.pace('issue', 'link', '3', 'is-blocked-by', '2');
    await here.pace('issue', 'transition', '4', 'blocked');
    expect((await here.pace('issue', 'blocked')).stdout).toBe(
      '3  Open     Issue 3  ← 1 Issue 1, 2 Issue 2\n4  Blocked  Issue 4  (its state says so)\n',
    );
    await here.pace('issue', 'close', '1');
    expect(await here.data('issue', 'blocked', '--json', 'key,blockedBy')).toEqual([
      { key: '3', blockedBy: [{ key: '2', title: 'Issue 2', state: 'open' }] },
      { key: '4', blockedBy: [] },
    ]);
    await here.pace('issue', 'close', '2', '4');
    const none = await here.pace('issue', 'blocked');
    expect([none.code, none.stdout, none.stderr]).toEqual([0, '', 'Nothing is blocked.\n']);
  });
});

describe('tree', () => {
  test('shows what stands below and what is waited for, and what stands above', async () => {
    const here = await withIssues(4);
    await here.pace('issue', 'edit', '2', '3', '--parent', '1');
    await here.pace('issue', 'link', '3', 'depends-on', '4');
    await here.pace('issue', 'link', '3', 'depends-on', '2');
    expect((await here.pace('issue', 'tree', '1')).stdout).toBe(
      [
        '1  open  Issue 1',
        '├─ 2  open  Issue 2',
        '└─ 3  open  Issue 3',
        '   ├─ waits for 2  open  Issue 2 (see above)',
        '   └─ waits for 4  open  Issue 4',
        '',
      ].join('\n'),
    );
    expect((await here.pace('issue', 'tree', '2')).stdout).toBe('below 1 Issue 1\n2  open  Issue 2\n');
    const { nodes, cycles, truncated } = (await here.data('issue', 'tree', '--json')) as {
      nodes: { key: string; depth: number; relation: string }[];
      cycles: unknown;
      truncated: unknown;
    };
    expect([nodes.map(({ key, depth, relation }) => [key, depth, relation]), cycles, truncated]).toEqual([
      [
        ['1', 0, 'top'],
        ['2', 1, 'child'],
        ['3', 1, 'child'],
        ['2', 2, 'waits for'],
        ['4', 2, 'waits for'],
      ],
      [],
      false,
    ]);
    const none = await here.pace('issue', 'tree', '--label', 'nowhere');
    expect([none.code, none.stdout, none.stderr]).toEqual([0, '', 'No issues.\n']);
  });
});

describe('a cycle that is there', () => {
  // such as an older version could have written, or two writers elsewhere
  test('is named by tree, and nobody in it is ready', async () => {
    const here = await withIssues(3);
    await here.pace('issue', 'link', '1', 'blocks', '2');
    const db = new DatabaseSync(join(here.workspace.path, '.pace', 'pace.db'));
    db.exec("INSERT INTO link VALUES (2, 'blocks', 3), (3, 'blocks', 1)");
    db.close();
    const tree = await here.pace('issue', 'tree', '1');
    expect([tree.code, tree.stdout, tree.stderr]).toEqual([
      0,
      [
        '1  open  Issue 1',
        '└─ waits for 3  open  Issue 3',
        '   └─ waits for 2  open  Issue 2',
        '      └─ waits for 1  open  Issue 1 (cycle)',
        '',
      ].join('\n'),
      'Warning: These wait for each other in a cycle: 1 → 3 → 2 → 1\n',
    ]);
    const { nodes, ...rest } = (await here.data('issue', 'tree', '1', '--json')) as { nodes: unknown[] };
    expect([nodes.at(-1), rest]).toEqual([
      {
        ...{ key: '1', title: 'Issue 1', state: 'open', depth: 3, relation: 'waits for' },
        ...{ repeated: true, cycle: true },
      },
      { above: [], cycles: [['1', '3', '2']], truncated: false },
    ]);
    expect((await here.pace('issue', 'tree')).stderr).toBe(tree.stderr);
    expect((await here.pace('issue', 'ready')).stdout).toBe('');
    const unlinked = await here.pace('issue', 'unlink', '3', 'blocks', '1');
    expect([unlinked.code, (await here.pace('issue', 'ready', '--format', 'ids')).stdout]).toEqual([0, '1\n']);
  });
});

describe('duplicates', () => {
  test('are of the same title but for case, accents and signs, or linked so', async () => {
    const here = await paceHere();
    for (const title of ['Log in fails', 'Café', 'log-in  FAILS!', 'cafe', '!!', '?', 'Other']) {
      await here.pace('issue', 'create', '--', title);
    }
    await here.pace('issue', 'link', '7', 'duplicates', '2');
    expect((await here.pace('issue', 'duplicates')).stdout).toBe(
      '3  Open  log-in FAILS!  1 (title)\n4  Open  cafe  2 (title)\n7  Open  Other  2 (link)\n',
    );
    expect(
      await here.data('issue', 'duplicates', '--json', 'key,duplicateOf,because', '--query', 'cafe OR café'),
    ).toEqual([{ key: '4', duplicateOf: '2', because: 'title' }]);
    await here.pace('issue', 'close', '3', '4', '7');
    expect((await here.pace('issue', 'duplicates')).stderr).toBe('No duplicates.\n');
  });
});

const WAITS = 'Warning: 2 waits for what is not closed: 1 “Issue 1”.\n';

describe('closing', () => {
  test('what still waits is said, and ends well', async () => {
    const here = await withIssues(2);
    await here.pace('issue', 'link', '1', 'blocks', '2');
    const closed = await here.pace('issue', 'close', '2');
    expect([closed.code, closed.stdout, closed.stderr]).toEqual([
      0,
      'Closed 2: Issue 2 (Done)\n.pace/pace.db#2\n',
      `Tracker: Local .pace/pace.db\n${WAITS}`,
    ]);
    expect((await here.pace('issue', 'reopen', '2')).stderr).toBe('Tracker: Local .pace/pace.db\n');
    expect((await here.pace('issue', 'close', '2', '--dry-run')).stderr).toBe(WAITS);
    for (const words of [
      ['edit', '2', '--state', 'done'],
      ['transition', '2', 'canceled'],
    ]) {
      const { code, stderr } = await here.pace('issue', ...words);
      expect([code, stderr.split('\n').sort()]).toEqual([
        0,
        `${WAITS}Tracker: Local .pace/pace.db\n`.split('\n').sort(),
      ]);
      await here.pace('issue', 'reopen', '2');
    }
    expect((await here.pace('issue', 'close', '1', '2')).stderr).toBe('Tracker: Local .pace/pace.db\n');
  });
});

test('where an issue was found is kept, read from both ends', async () => {
  const here = await withIssues(2);
  expect((await here.pace('issue', 'link', '2', 'discovered-from', '1')).stdout).toBe('Linked: 2 discovered from 1\n');
  expect((await here.pace('issue', 'links', '1')).stdout).toBe('led to  2\n');
  const circle = await here.pace('issue', 'link', '1', 'blocks', '2');
  expect(circle.code).toBe(0);
  const back = await here.pace('issue', 'link', '2', 'blocks', '1');
  expect([back.code, back.stderr]).toEqual([
    6,
    'Error: That would close a circle, in which each issue waits for the next: 1 → 2 → 1.\nPlease remove one of these links first: `pace issue unlink`.\n',
  ]);
});
