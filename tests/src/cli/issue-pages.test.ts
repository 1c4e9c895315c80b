/** Lists that end before their end, and pages of them. */
import { describe, expect, test } from 'vitest';
import { paceHere } from '../../support/pace-here.ts';

async function filled(count: number) {
  const here = await paceHere({ env: { PACE_BACKEND: 'local' } });
  const lines = Array.from({ length: count }, (_, index) =>
    JSON.stringify({ title: `Issue ${index + 1}`, labels: index % 2 ? ['odd'] : [] }),
  );
  await here.pipe(lines.join('\n'), 'issue', 'import', '-');
  return here;
}

describe('a list', () => {
  test('says that it has ended early, on stderr, in every form', async () => {
    const { pace } = await filled(60);
    for (const form of [[], ['--json', 'key'], ['--format', 'ids'], ['--format', '{key}'], ['--format', 'markdown']])
      expect((await pace('issue', 'list', ...form)).stderr).toBe('50 of 60; --limit all\n');
    expect(JSON.parse((await pace('issue', 'list', '--json', 'key')).stdout)).toHaveLength(50);
    expect((await pace('issue', 'list', '--limit', '59')).stderr).toBe('59 of 60; --limit all\n');
    // what is left out here is not counted by the tracker
    expect((await pace('issue', 'list', '-n', '5', '-q', '-label:odd')).stderr).toBe(
      '5, there are more; --limit all\n',
    );
    expect((await pace('issue', 'list', '-n', '5', '-l', 'odd')).stderr).toBe('5 of 30; --limit all\n');
    expect((await pace('issue', 'search', 'issue', '-n', '5')).stderr).toBe('5 of 60; --limit all\n');
  });

  test('that is whole says nothing', async () => {
    const { pace } = await filled(50);
    expect((await pace('issue', 'list')).stderr).toBe('');
    expect((await pace('issue', 'list', '--limit', '50', '--json')).stderr).toBe('');
    expect((await pace('issue', 'list', '--limit', 'all')).stderr).toBe('');
    expect((await pace('issue', 'list', '-q', '-label:odd', '-n', '25')).stderr).toBe('');
  });
});

describe('pages', () => {
  interface Page {
    readonly items: readonly { readonly key: string }[];
    readonly next: string | null;
    readonly total: number | null;
  }

  test('hold every issue once, also when some come meanwhile; the last one has no next', async () => {
    const { pace } = await filled(25);
    const page = async (...words: string[]): Promise<Page> =>
      JSON.parse((await pace('issue', 'list', '-n', '10', '--json', 'key', ...words)).stdout);
    const first = await page('--page');
    expect([first.items.length, first.items[0], first.total]).toEqual([10, { key: '25' }, 25]);
    await pace('issue', 'create', 'Late', '--body', '');
    const second = await page('--page', first.next ?? '');
    const third = await page('--page', second.next ?? '');
    expect([second.total, third.total, third.next]).toEqual([26, 26, null]);
    const keys = [first, second, third].flatMap(({ items }) => items.map(({ key }) => Number(key)));
    expect(keys).toEqual(Array.from({ length: 25 }, (_, index) => 25 - index));
  });

  test('of a list that is counted by nobody have no total, and a list that is read to its end has one', async () => {
    const { pace } = await filled(6);
    const run = await pace('issue', 'list', '-q', '-label:odd', '-n', '2', '--page', '--json', 'key');
    expect([JSON.parse(run.stdout).total, run.stderr]).toEqual([null, '']);
    const whole = await pace('issue', 'list', '-q', '-label:odd', '--page', '--json', 'key');
    expect(JSON.parse(whole.stdout)).toMatchObject({ total: 3, next: null });
    const none = await pace('issue', 'list', '-l', 'none of them', '--page', '--json', 'key');
    expect(JSON.parse(none.stdout)).toEqual({ items: [], next: null, total: 0 });
  });

  test('as a table say on stderr where the next one begins', async () => {
    const { pace } = await filled(3);
    const run = await pace('issue', 'list', '-n', '2', '--page');
    const [, cursor = ''] = /^2 of 3; --page ([\w-]+)\n$/.exec(run.stderr) ?? [];
    expect((await pace('issue', 'list', '-n', '2', '--format', 'ids', '--page', cursor)).stdout).toBe('1\n');
  });

  test('from what is no cursor are refused', async () => {
    const { pace } = await filled(1);
    const run = await pace('issue', 'list', '--page', 'nonsense');
    expect([run.code, run.stdout, run.stderr]).toEqual([
      2,
      '',
      'Error: --page: this is not a cursor.\nPlease give what `next` was, or nothing for the first page.\n',
    ]);
  });
});

describe('a template', () => {
  test('prints a line for each of a list, and one for a single thing', async () => {
    const { pace } = await filled(2);
    expect((await pace('issue', 'list', '--format', '{key} {title}')).stdout).toBe('2 Issue 2\n1 Issue 1\n');
    expect((await pace('issue', 'show', '2', '--format', '{title} ({labels})')).stdout).toBe('Issue 2 (odd)\n');
    expect((await pace('issue', 'create', 'Third', '--body', '', '--format', '{key}')).stdout).toBe('3\n');
    expect((await pace('label', 'list', '--format', '<{name}>')).stdout).toBe('<odd>\n');
    await pace('issue', 'comment', '2', 'Words');
    expect((await pace('issue', 'list', '-l', 'odd', '--format', '{key}: {comments}')).stdout).toContain(
      '"body":"Words"',
    );
  });

  test('with a field that there is not is refused before anything is done, and so is a format that there is not', async () => {
    const { pace } = await filled(0);
    const wrong = await pace('issue', 'create', 'x', '--body', '', '--format', '{nokey}');
    expect([wrong.code, wrong.stdout, wrong.stderr]).toEqual([
      2,
      '',
      expect.stringContaining('Error: --format: there is no field “nokey”.'),
    ]);
    const other = await pace('issue', 'list', '--format', 'tabel');
    expect([other.code, other.stderr]).toEqual([
      2,
      `Error: --format: “tabel” is not a format. Did you mean "table"?\nThe formats are table, json, ids, markdown; or a template such as '{key} {title}'.\n`,
    ]);
    expect((await pace('issue', 'list', '--format', 'ids')).stdout).toBe('');
  });
});
