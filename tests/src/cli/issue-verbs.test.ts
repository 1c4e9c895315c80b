/** `close`, `reopen`, `transition`, `comment`, `link`, `claim` and their siblings, by what they print and leave behind. */
import { EventEmitter } from 'node:events';
import { Readable } from 'node:stream';
import { describe, expect, test, vi } from 'vitest';
import { ISSUE_STATES } from '../../../core/ports/index.ts';
import { type PaceHere, paceHere } from '../../support/pace-here.ts';

async function withIssues(count = 1, files: Record<string, string> = {}): Promise<PaceHere> {
  const here = await paceHere({ files });
  for (let number = 1; number <= count; number += 1) await here.pace('issue', 'create', `Issue ${number}`);
  return here;
}

const state = async (here: PaceHere, key: string) =>
  ((await here.data('issue', 'show', key, '--json', 'state')) as { state: string }).state;
const bodies = async (here: PaceHere, key: string) =>
  ((await here.data('issue', 'comment', key, '--list', '--json', 'body')) as { body: string }[]).map(
    ({ body }) => body,
  );

describe('close and reopen', () => {
  test('as done, or as not planned', async () => {
    const here = await withIssues(3);
    expect((await here.pace('issue', 'close', '1')).stdout).toBe('Closed 1: Issue 1 (Done)\n.pace/pace.db#1\n');
    await here.pace('issue', 'close', '2', '--reason', 'not-planned');
    await here.pace('issue', 'close', '3', '-r', 'done');
    expect([await state(here, '1'), await state(here, '2'), await state(here, '3')]).toEqual([
      'done',
      'canceled',
      'done',
    ]);
    expect((await here.pace('issue', 'reopen', '2')).stdout).toBe('Reopened 2: Issue 2 (Open)\n.pace/pace.db#2\n');
    expect(await state(here, '2')).toBe('open');
    const other = await here.pace('issue', 'close', '1', '--reason', 'canceled');
    expect([other.code, other.stderr]).toEqual([2, expect.stringContaining('done, not-planned')]);
  });

  test('say something first, on each of several', async () => {
    const here = await withIssues(2);
    const closed = await here.pace('issue', 'close', '1', '2', '--comment', 'Ready');
    expect([closed.code, closed.stdout]).toEqual([0, '1  Done  Issue 1\n2  Done  Issue 2\n']);
    await here.pace('issue', 'reopen', '2', '--comment', 'Not yet');
    expect([await bodies(here, '1'), await bodies(here, '2')]).toEqual([['Ready'], ['Ready', 'Not yet']]);
  });

  test('one that is not there does not stop the others', async () => {
    const here = await withIssues(2);
    const run = await here.pace('issue', 'close', '1', '99', '2');
    expect([run.code, run.stdout, run.stderr]).toEqual([
      64,
      '1  Done  Issue 1\n2  Done  Issue 2\n',
      expect.stringMatching(/^Warning: 99: /),
    ]);
  });
});

describe('transition', () => {
  test('moves by one of our words or by the tracker’s own name, and lists where an issue can go', async () => {
    const here = await withIssues();
    expect((await here.pace('issue', 'transition', '1', 'in_review')).stdout).toBe(
      'Moved 1: Issue 1 (In review)\n.pace/pace.db#1\n',
    );
    expect((await here.pace('issue', 'transition', '1', 'In progress')).code).toBe(0);
    expect(await state(here, '1')).toBe('in_progress');
    const targets = (await here.data('issue', 'transition', '1', '--list', '--json', 'state')) as { state: string }[];
    expect(targets.map((each) => each.state)).toEqual([...ISSUE_STATES]);
    expect((await here.pace('issue', 'transition', '1', '--list')).stdout).toMatch(/^Done +done$/m);
  });

  test('without a state is refused, with the flag that helps', async () => {
    const here = await withIssues();
    const run = await here.pace('issue', 'transition', '1');
    expect([run.code, run.stderr]).toEqual([2, 'Error: The state is missing.\n--list shows where the issue can go.\n']);
  });
});

describe('comment', () => {
  test('adds, changes, deletes and lists', async () => {
    const here = await withIssues();
    expect((await here.pace('issue', 'comment', '1', 'First')).stdout).toBe('Commented on 1 (1).\n');
    expect((await here.pace('issue', 'comment', '1', '--body', 'Second')).stdout).toBe('Commented on 1 (2).\n');
    expect((await here.pace('issue', 'comment', '1', 'Other', '--edit', '1')).stdout).toBe(
      'Changed a comment on 1 (1).\n',
    );
    expect(await bodies(here, '1')).toEqual(['Other', 'Second']);
    expect((await here.pace('issue', 'comment', '1', '--delete', '1')).stdout).toBe('Deleted the comment 1.\n');
    expect(await bodies(here, '1')).toEqual(['Second']);
    expect((await here.pace('issue', 'comment', '1', '--list')).stdout).toMatch(
      /^2 {2}\d{4}-.* UTC {2}tester {2}Second\n$/,
    );
  });

  test('takes its text from a file or the pipe, once, and never an empty one', async () => {
    const here = await withIssues(1, { 'text.md': 'From a file\n' });
    await here.pace('issue', 'comment', '1', '-F', 'text.md');
    await here.pipe('From the pipe\n', 'issue', 'comment', '1', '-');
    await here.pipe('Again\n', 'issue', 'comment', '1', '--body-file', '-');
    expect(await bodies(here, '1')).toEqual(['From a file', 'From the pipe', 'Again']);
    const twice = await here.pace('issue', 'comment', '1', 'Words', '-F', 'text.md');
    expect([twice.code, twice.stderr]).toEqual([2, expect.stringContaining('The text is given twice.')]);
    for (const empty of ['', ' \n']) {
      const run = await here.pace('issue', 'comment', '1', empty);
      expect([run.code, run.stderr]).toEqual([2, 'Error: The text is empty: nothing was sent.\n']);
    }
    const none = await here.pace('issue', 'comment', '#1');
    expect([none.code, none.stderr]).toEqual([
      2,
      'Error: The text is missing.\nPlease pass it: pace issue comment #1 "Some words".\n',
    ]);
    expect(await bodies(here, '1')).toHaveLength(3);
  });

  test('the editor begins with the comment that is changed', async () => {
    const here = await withIssues();
    await here.pace('issue', 'comment', '1', 'First');
    await here.pace('issue', 'comment', '1', 'Second');
    const env = { EDITOR: `sh -c 'printf "+" >> "$0"'` };
    await here.run({ args: ['issue', 'comment', '1', '--edit', '2', '--editor'], env });
    await here.run({ args: ['issue', 'comment', '1', '--editor'], env });
    expect(await bodies(here, '1')).toEqual(['First', 'Second\n+', '+']);
  });

  test.each<string[][]>([
    [['--list', '--delete', '1']],
    [['--list', '--edit', '1', 'x']],
    [['--edit', '1', '--delete', '1']],
    [['--edit', '1', '--delete', '1', '--list']],
  ])('with %j is refused', async (flags) => {
    const here = await withIssues();
    await here.pace('issue', 'comment', '1', 'First');
    const run = await here.pace('issue', 'comment', '1', ...flags);
    expect([run.code, run.stderr]).toEqual([
      2,
      'Error: --edit, --delete and --list cannot go together.\nPlease give one of them.\n',
    ]);
    expect(await bodies(here, '1')).toEqual(['First']);
  });
});

describe('link and unlink', () => {
  test('take every way to write a kind of link', async () => {
    const here = await withIssues(2);
    for (const words of ['blocks', 'Blocks', ' blocks ']) {
      const made = await here.pace('issue', 'link', '1', words, '2');
      expect([made.code, made.stdout]).toEqual([0, 'Linked: 1 blocks 2\n']);
    }
    for (const words of ['is blocked by', 'is-blocked-by', 'Is_Blocked_By', 'is - blocked  by']) {
      expect((await here.pace('issue', 'unlink', '2', words, '1')).stdout).toBe('Unlinked: 2 is blocked by 1\n');
      await here.pace('issue', 'link', '1', 'blocks', '2');
    }
    expect((await here.pace('issue', 'links', '2')).stdout).toBe('is blocked by  1\n');
  });

  test('a kind that there is not is told, with what there is', async () => {
    const here = await withIssues(2);
    const run = await here.pace('issue', 'link', '1', 'bloks', '2');
    expect([run.code, run.stderr]).toEqual([
      2,
      expect.stringMatching(
        /^Error: “bloks” is not a link\. Did you mean "blocks"\?\nAvailable: blocks, is blocked by, /,
      ),
    ]);
  });

  test('name the other issue by any reference to the same tracker', async () => {
    const here = await withIssues(2);
    expect((await here.pace('issue', 'link', '1', 'blocks', '#2')).stdout).toBe('Linked: 1 blocks 2\n');
    expect((await here.pace('issue', 'link', '#1', 'blocks', 'local:2')).stdout).toBe('Linked: 1 blocks 2\n');
    await here.workspace.write({ 'pace.config.yaml': 'backends:\n  other: { platform: local, database: other.db }\n' });
    const far = await here.pace('issue', 'link', 'local:1', 'blocks', 'other:2');
    expect([far.code, far.stderr]).toEqual([2, expect.stringContaining('belong to different trackers')]);
  });
});

describe('claim and release', () => {
  test('an agent has an issue for so long, again and longer, until it gives it back', async () => {
    const here = await withIssues();
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-03-02T09:00:00Z') });
    const said = async (...args: string[]) => (await here.pace('issue', ...args)).stdout;
    expect(await said('claim', '1')).toBe('1 is claimed by tester until 2026-03-02 09:30 UTC.\n');
    expect(await said('claim', '1', '--for', '2h')).toBe('1 is claimed by tester until 2026-03-02 11:00 UTC.\n');
    expect(await state(here, '1')).toBe('open');
    await said('claim', '1', '--for', '1d', '--start');
    expect(await state(here, '1')).toBe('in_progress');
    const other = await here.pace('issue', 'claim', '1', '--as', 'ann');
    expect([other.code, other.stderr]).toEqual([10, expect.stringContaining('tester')]);
    const foreign = await here.pace('issue', 'release', '1', '--as', 'ann');
    expect([foreign.code, foreign.stderr]).toEqual([
      10,
      'Error: 1 is not claimed by ann.\nThe claim may have ended by itself. Please check the name: --as, else PACE_AGENT.\n',
    ]);
    expect(await said('release', '1')).toBe('1 is released by tester.\n');
    expect(await said('claim', '1', '--as', 'ann', '--for', '90s')).toContain(
      'claimed by ann until 2026-03-02 09:01 UTC',
    );
    vi.setSystemTime(Date.parse('2026-03-02T09:02:00Z'));
    expect(await here.data('issue', 'claim', '1', '--json')).toEqual({
      key: '1',
      agent: 'tester',
      until: '2026-03-02T09:32:00.000Z',
    });
    vi.useRealTimers();
  });

  test('want a name, and a time that can be meant, before anything is done', async () => {
    const here = await withIssues();
    const nameless = await here.run({ args: ['issue', 'claim', '1'], env: { PACE_AGENT: '' } });
    expect([nameless.code, nameless.stderr]).toEqual([2, expect.stringContaining('The agent has no name.')]);
    const release = await here.run({ args: ['issue', 'release', '1', '--as', ' '] });
    expect([release.code, release.stderr]).toEqual([2, expect.stringContaining('The agent has no name.')]);
    for (const time of ['0s', '31d', '30', 'soon']) {
      const run = await here.pace('issue', 'claim', '1', '--for', time);
      expect([run.code, run.stderr]).toEqual([2, expect.stringContaining('is not a duration from 1s to 30d')]);
    }
    expect(await here.data('issue', 'show', '1', '--json', 'claim')).toEqual({ claim: null });
  });
});

describe('export and import', () => {
  const titles = (text: string) =>
    text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line).title);

  test('an export has what the flags choose, the oldest first, with or without what belongs to it', async () => {
    const here = await withIssues(3);
    await here.pace('issue', 'comment', '1', 'Words');
    await here.pace('issue', 'link', '1', 'blocks', '2');
    await here.pace('issue', 'close', '3');
    const lines = async (...flags: string[]) => (await here.pace('issue', 'export', ...flags)).stdout;
    expect(titles(await lines())).toEqual(['Issue 1', 'Issue 2', 'Issue 3']);
    expect(titles(await lines('--state', 'open'))).toEqual(['Issue 1', 'Issue 2']);
    expect(titles(await lines('--query', 'sort:created'))).toEqual(['Issue 3', 'Issue 2', 'Issue 1']);
    expect(titles(await lines('-n', '2'))).toEqual(['Issue 1', 'Issue 2']);
    const first = async (...flags: string[]) => JSON.parse((await lines(...flags)).split('\n')[0] ?? '');
    expect(await first()).toMatchObject({ comments: [{ body: 'Words' }], links: [{ type: 'blocks', target: '2' }] });
    expect(await first('--no-comments')).not.toHaveProperty('comments');
    expect(await first('--no-comments')).toHaveProperty('links');
    expect(await first('--no-links')).toMatchObject({ comments: [{ body: 'Words' }] });
  });

  test('an import says what became of each line, by its number in the file; empty ones are none', async () => {
    const here = await paceHere({ files: { 'in.jsonl': '\n{"title":"One"}\n  \nnonsense\n{"title":"Two"}' } });
    const run = await here.pace('issue', 'import', 'in.jsonl');
    expect([run.code, run.stdout, run.stderr]).toEqual([
      64,
      expect.stringMatching(/^2 +created +1$/m),
      'Warning: in.jsonl:4: This is not JSON.\n',
    ]);
    expect(run.stdout).toMatch(/^5 +created +2$/m);
    expect(run.stdout).toMatch(/^4 +failed$/m);
  });

  test('its exit code says whether all, some or none of it was done', async () => {
    const here = await paceHere();
    const code = async (text: string, ...flags: string[]) =>
      (await here.pipe(text, 'issue', 'import', '-', ...flags)).code;
    expect(await code('{"title":"One"}\n{"title":"Two"}\n')).toBe(0);
    expect(await code('{"title":"One"}\n{"title":1}\n')).toBe(64);
    expect(await code('{"title":1}\n')).toBe(6);
    const empty = await here.pipe('', 'issue', 'import', '-');
    expect([empty.code, empty.stdout, empty.stderr]).toEqual([0, '', 'There are no issues in it.\n']);
    const none = await here.pace('issue', 'import', 'none.jsonl');
    expect([none.code, none.stderr]).toEqual([3, expect.stringContaining('There is no file none.jsonl')]);
  });

  test('interrupted, it tells of the lines that are done, and ends with 130', async () => {
    const signals = new EventEmitter();
    async function* lines() {
      for (let number = 1; number <= 200; number += 1) {
        if (number === 60) signals.emit('SIGINT');
        yield `{"title":"Issue ${number}"}\n`;
      }
    }
    const here = await paceHere();
    const input = Readable.from(lines());
    const run = await here.run({ args: ['issue', 'import', '-', '--json', 'key'], input, signals });
    expect([run.code, run.stderr]).toEqual([130, '']);
    expect(JSON.parse(run.stdout)).toHaveLength(50);
    expect(await here.data('issue', 'list', '--limit', 'all', '--json', 'key')).toEqual(
      JSON.parse(run.stdout).reverse(),
    );
  });

  test('a line that failed is in JSON with its reason', async () => {
    const here = await paceHere();
    const run = await here.pipe('nonsense\n{"title":"Good"}\n', 'issue', 'import', '-', '--json');
    expect(JSON.parse(run.stdout)).toEqual([
      { line: 1, source: '', outcome: 'failed', key: null, notes: [], error: 'This is not JSON.' },
      { line: 2, source: '', outcome: 'created', key: '1', notes: [], error: null },
    ]);
  });

  test('--update brings what is there up to the file, and --dry-run tells what would be done, with no key', async () => {
    const here = await withIssues(2);
    const file = (await here.pace('issue', 'export')).stdout.replace('"Issue 1"', '"Renamed"');
    const outcome = async (...flags: string[]) => {
      const { stdout } = await here.pipe(file, 'issue', 'import', '-', '--json', 'outcome,key', ...flags);
      return JSON.parse(stdout).map((row: { outcome: string; key: string }) => `${row.outcome} ${row.key}`);
    };
    expect(await outcome()).toEqual(['unchanged 1', 'unchanged 2']);
    expect(await outcome('--update', '--dry-run')).toEqual(['updated 1', 'unchanged 2']);
    expect(await here.data('issue', 'list', '--json', 'title')).toEqual([{ title: 'Issue 2' }, { title: 'Issue 1' }]);
    expect(await outcome('--update')).toEqual(['updated 1', 'unchanged 2']);
    expect(await here.data('issue', 'list', '--json', 'title')).toEqual([{ title: 'Issue 2' }, { title: 'Renamed' }]);
    const fresh = await here.pipe('{"title":"New"}', 'issue', 'import', '-', '--dry-run');
    expect(fresh.stdout).toMatch(/^1 +created$/m);
    expect(await here.data('issue', 'list', '--json', 'key')).toHaveLength(2);
  });
});
