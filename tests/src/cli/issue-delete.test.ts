/** `pace issue delete` at the command line. */
import { describe, expect, test } from 'vitest';
import { type PaceHere, paceHere } from '../../support/pace-here.ts';

async function withIssues(count: number): Promise<PaceHere> {
  const here = await paceHere();
  for (let number = 1; number <= count; number += 1) await here.pace('issue', 'create', `Issue ${number}`);
  return here;
}

const keysLeft = async ({ pace }: PaceHere) =>
  (await pace('issue', 'list', '--state', 'all', '--format', 'ids')).stdout.trim().split('\n').reverse().join(' ');

describe('pace issue delete', () => {
  test('deletes what is named with --yes, and says what it was', async () => {
    const here = await withIssues(3);
    const one = await here.pace('issue', 'delete', '2', '--yes');
    expect([one.code, one.stderr]).toEqual([0, 'Tracker: Local .pace/pace.db\n']);
    expect(one.stdout).toMatch(/^Deleted 2: Issue 2 \(Open\)\n/);
    const json = await here.pace('issue', 'delete', '1', '#1', '3', '-y', '--json', 'key,title');
    expect(JSON.parse(json.stdout)).toEqual([
      { key: '1', title: 'Issue 1' },
      { key: '3', title: 'Issue 3' },
    ]);
    expect((await here.pace('issue', 'show', '2')).code).toBe(9);
    expect(await keysLeft(here)).toBe('');
  });

  test('without a terminal and a yes deletes nothing, not even one that is named', async () => {
    const here = await withIssues(2);
    const run = await here.pace('issue', 'delete', '2');
    expect([run.code, run.stdout, run.stderr]).toEqual([
      2,
      '',
      'Error: 1 issue would be deleted: 2.\nThat cannot be taken back: please add --yes.\n',
    ]);
    const query = await here.pace('issue', 'delete', '--query', 'issue');
    expect([query.code, query.stderr]).toEqual([
      2,
      'Error: 2 issues would be deleted: 2, 1.\nPlease look at them (the same --query with `pace issue list`), then add --yes.\n',
    ]);
    expect(await keysLeft(here)).toBe('1 2');
  });

  test('takes keys from stdin, and all that fit a query, closed ones too', async () => {
    const here = await withIssues(4);
    await here.pace('issue', 'close', '4');
    expect((await here.pipe('1\n2\n', 'issue', 'delete', '-', '--yes')).code).toBe(0);
    expect(await keysLeft(here)).toBe('3 4');
    expect((await here.pace('issue', 'delete', '--query', 'issue', '--yes')).code).toBe(0);
    expect(await keysLeft(here)).toBe('');
  });

  test('goes on after one that is not there, and ends with 64', async () => {
    const here = await withIssues(1);
    const run = await here.pace('issue', 'delete', '9', '1', '--yes', '--format', 'ids');
    expect([run.code, run.stdout]).toEqual([64, '1\n']);
    expect(run.stderr).toMatch(/^Warning: 9: There is no issue/m);
    expect((await here.pace('issue', 'delete', '1', '--yes')).code).toBe(9);
    expect((await here.pace('issue', 'delete', '1', '9', '--yes')).code).toBe(9);
  });

  test('a dry run asks nobody and deletes nothing', async () => {
    const here = await withIssues(2);
    const run = await here.pace('issue', 'delete', '1', '2', '--dry-run');
    expect([run.code, run.stdout]).toEqual([
      0,
      'Would delete 1:\n  title: Issue 1\nWould delete 2:\n  title: Issue 2\n',
    ]);
    expect(await keysLeft(here)).toBe('1 2');
  });

  test('names neither or both is a mistake', async () => {
    const here = await withIssues(1);
    expect((await here.pace('issue', 'delete')).stderr).toBe(
      'Error: No issue is named.\nPlease name one or several, or choose them with --query.\n',
    );
    expect((await here.pace('issue', 'delete', '1', '--query', 'x', '-y')).stderr).toBe(
      'Error: Issues are named and chosen.\nPlease give keys, or --query, and not both.\n',
    );
  });
});
