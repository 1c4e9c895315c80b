/** `pace epic` as whole command lines on the embedded tracker: what is refused, in which order, and what is written. */
import { describe, expect, test } from 'vitest';
import { EPIC } from '../../support/epic.ts';
import { type PaceHere, paceHere } from '../../support/pace-here.ts';

const WORDS = ['epic', '--tracker', 'local', '--markdown', 'EPIC.md'];
const MANY = `# Ignored

## Epic: SHOP-1 - Checkout

### US-001: Pay

**Story Points**: 1

## Epic: SHOP-2 - Returns

### US-002: Send back

**Status**: In Review
`;

async function titles(here: PaceHere): Promise<[string, string | null][]> {
  const fields = ['--state', 'all', '--sort', 'created:asc', '--backend', 'local', '--json=title,parent'];
  const all = (await here.data('issue', 'list', ...fields)) as { title: string; parent: string | null }[];
  return all.map(({ title, parent }) => [title, parent]);
}

describe('what is in the way is told in this order', () => {
  const BAD = '# Epic\n\nNo stories.\n';
  const gone = { platform: 'gitea', url: 'http://127.0.0.1:9', repository: 'o/r', token: 'env:GONE' };
  const config = `platform: { ci: local, tracker: local }\nbackends: { gone: ${JSON.stringify(gone)} }\n`;

  test.each([
    ['what is typed', ['--execute', '--dry-run', '--markdown', 'NONE.md'], 2, '--execute and --dry-run'],
    [
      'the tracker’s settings',
      ['--tracker', 'nowhere', '--markdown', 'NONE.md'],
      2,
      '“nowhere” does not name a tracker',
    ],
    ['the file', ['--tracker', 'gone', '--markdown', 'NONE.md'], 3, 'There is no file NONE.md'],
    ['that the tracker is not there', ['--tracker', 'gone', '--markdown', 'BAD.md', '--execute'], 4, ''],
    ['the faults of the file', ['--tracker', 'local', '--markdown', 'BAD.md', '--execute'], 6, 'BAD.md:1:1: E001'],
  ])('%s', async (_, words, code, message) => {
    const here = await paceHere({ files: { 'BAD.md': BAD, 'pace.config.yaml': config }, env: { GONE: 'token' } });
    const run = await here.pace('epic', ...words);
    expect([run.code, run.stdout]).toEqual([code, '']);
    expect(run.stderr).toContain(message);
  });

  test.each([
    ['a file outside', ['--tracker', 'local', '--markdown', '../EPIC.md'], 2, 'does not lie in the workspace'],
    ['the file as its own tracker', ['--tracker', 'EPIC.md', '--markdown', 'EPIC.md'], 2, 'is the tracker itself'],
    ['a new file without an epic', ['--tracker', 'local', '--markdown', 'NEW.md', '--pull'], 2, '--epic KEY'],
    ['an epic that is not there', ['--tracker', 'local', '--markdown', 'EPIC.md', '--epic', '77', '-x'], 9, '77'],
  ])('%s', async (_, words, code, message) => {
    const here = await paceHere({ files: { 'EPIC.md': EPIC } });
    const run = await here.pace('epic', ...words);
    expect([run.code, run.stdout, run.stderr]).toEqual([code, '', expect.stringContaining(message)]);
  });

  test('all mistakes of .spectryn.yaml are told with their places', async () => {
    const here = await paceHere({
      files: { 'EPIC.md': EPIC, '.spectryn.yaml': 'tracker:\n  type: github\n  tokn: x\n' },
    });
    const run = await here.pace('epic', '--markdown', 'EPIC.md');
    expect([run.code, run.stderr]).toEqual([2, expect.stringContaining('.spectryn.yaml:3:3: Unknown key `tokn`')]);
  });

  test('a story that the file has not', async () => {
    const here = await paceHere({ files: { 'EPIC.md': EPIC } });
    const run = await here.pace(...WORDS, '--story', 'US-003', '--execute');
    expect([run.code, run.stderr]).toEqual([2, expect.stringContaining('There is no story “US-003”')]);
    expect(await titles(here)).toEqual([]);
  });
});

describe('--validate', () => {
  test('ends well with warnings, and with --strict it does not', async () => {
    const here = await paceHere({ files: { 'EPIC.md': MANY } });
    const lax = await here.pace(...WORDS, '--validate');
    expect([lax.code, lax.stdout]).toEqual([0, expect.stringMatching(/^EPIC\.md:5:1: W\d{3} US-001 .*\n/)]);
    const strict = await here.pace(...WORDS, '--validate', '--strict');
    expect([strict.code, strict.stdout.split('\n').length]).toEqual([6, lax.stdout.split('\n').length]);
    expect((await here.pace(...WORDS, '--strict', '--execute')).code).toBe(6);
    expect(await titles(here)).toEqual([]);
  });

  test('tells each fault as data', async () => {
    const here = await paceHere({ files: { 'EPIC.md': `${EPIC}\n### US-001: Again\n` } });
    const { code, stdout } = await here.pace(...WORDS, '--validate', '--json');
    expect(code).toBe(6);
    expect(JSON.parse(stdout)).toMatchObject({ success: false, errors: [{ code: 'E004', path: 'EPIC.md', line: 52 }] });
  });
});

test('a dry run writes nothing, not even below .pace, and tells what would be', async () => {
  const here = await paceHere({ files: { 'EPIC.md': EPIC } });
  const { code, stdout } = await here.pace(...WORDS);
  expect([code, stdout]).toEqual([0, expect.stringContaining('Would create 5 in local')]);
  const data = await here.data(...WORDS, '--json');
  expect(data).toMatchObject({ success: true, dry_run: true, unmatched_stories: ['US-001', 'US-002'], backup: null });
  expect(await titles(here)).toEqual([]);
});

test('several epics of a file each get their own stories', async () => {
  const here = await paceHere({ files: { 'EPIC.md': MANY } });
  const run = await here.pace(...WORDS, '--execute');
  expect([run.code, run.stderr]).toEqual([0, expect.anything()]);
  expect(await titles(here)).toEqual([
    ['Checkout', null],
    ['Pay', '1'],
    ['Returns', null],
    ['Send back', '3'],
  ]);
});

test('a folder is an epic with a file for each story', async () => {
  const files = {
    'epic/EPIC.md': '# Shop\n\n**Epic ID**: SHOP-1\n',
    'epic/US-001.md': '# US-001: Pay\n\n> **Status**: Done\n',
    'epic/README.md': '# US-009: No story\n',
  };
  const here = await paceHere({ files });
  const words = ['epic', '--tracker', 'local', '--markdown', 'epic', '--execute'];
  expect((await here.pace(...words)).code).toBe(0);
  expect(await titles(here)).toEqual([
    ['Shop', null],
    ['Pay', '1'],
  ]);
  await here.pace('issue', 'reopen', '2');
  expect((await here.pace(...words, '--pull')).code).toBe(0);
  expect(await here.workspace.read('epic/US-001.md')).not.toContain('Done');
});

describe('an issue that was there before', () => {
  test('is the epic by --epic: the file counts, and what stood there is kept', async () => {
    const here = await paceHere({ files: { 'EPIC.md': EPIC } });
    await here.pace('issue', 'create', 'An old title', '--body', 'Old words.');
    const run = await here.pace(...WORDS, '--epic', '1', '--execute');
    expect([run.code, run.stderr]).toEqual([0, expect.anything()]);
    expect((await titles(here)).slice(0, 2)).toEqual([
      ['Sign in', null],
      ['Log in', '1'],
    ]);
    const { backups } = (await here.data('epic', '--list-backups', '--json')) as { backups: { issues: string[] }[] };
    expect(backups.map(({ issues }) => issues)).toEqual([['1']]);
    // known from now on, also where all is lost that is remembered here
    await here.workspace.remove('.pace/sync');
    const again = await here.pace(...WORDS, '--execute');
    expect([again.code, again.stdout]).toEqual([0, expect.stringContaining('nothing to write')]);
  });

  test('is the story that a block of the file names; where they differ nobody decides', async () => {
    const block = '\n> **Tracker**: Local\n> **Issue**: 1\n';
    const here = await paceHere({ files: { 'EPIC.md': `# Epic\n\n### US-001: Ours\n${block}` } });
    await here.pace('issue', 'create', 'Theirs', '--body', '', '--type', 'story');
    const left = await here.pace(...WORDS, '--execute');
    expect([left.code, left.stdout]).toEqual([64, expect.stringContaining('conflict title US-001')]);
    expect((await titles(here)).map(([title]) => title)).toEqual(['Theirs', 'Epic']);
    expect((await here.pace(...WORDS, '--execute', '--prefer', 'file')).code).toBe(0);
    expect((await titles(here)).map(([title]) => title)).toEqual(['Ours', 'Epic']);
  });

  test('is none of the tracker that another block names', async () => {
    const block = '\n> **Tracker**: Jira\n> **Issue**: [1](https://example.org/browse/1)\n';
    const here = await paceHere({ files: { 'EPIC.md': `# Epic\n\n### US-001: Ours\n${block}` } });
    await here.pace('issue', 'create', 'Theirs', '--body', '', '--type', 'story');
    expect((await here.pace(...WORDS, '--execute')).code).toBe(0);
    expect((await titles(here)).map(([title]) => title)).toEqual(['Theirs', 'Epic', 'Ours']);
  });
});

describe('from the tracker', () => {
  test('a file with nothing but its heading gets what stands below it', async () => {
    const here = await paceHere({ files: { 'EPIC.md': '# Shop\n' } });
    await here.pace('issue', 'create', 'Shop', '--type', 'epic', '--body', '');
    await here.pace('issue', 'create', 'Pay', '--type', 'story', '--parent', '1', '--body', '');
    const run = await here.pace(...WORDS, '--epic', '1', '--pull', '--execute');
    expect([run.code, run.stderr]).toEqual([0, expect.anything()]);
    expect(await here.workspace.read('EPIC.md')).toMatch(/^# Shop\n[\s\S]*### US-001: Pay\n/);
  });

  test('a phase brings what it is about, and no more', async () => {
    const here = await paceHere({ files: { 'EPIC.md': EPIC } });
    await here.pace(...WORDS, '--execute');
    await here.pace('issue', 'edit', '2', '--title', 'Other');
    await here.pace('issue', 'close', '2');
    await here.pace('issue', 'create', 'New', '--type', 'story', '--parent', '1', '--body', '');
    const run = await here.pace(...WORDS, '--pull', '--phase', 'statuses', '--execute');
    expect([run.code, run.stdout]).toEqual([0, expect.stringContaining('Changed 1 in markdown EPIC.md')]);
    const text = await here.workspace.read('EPIC.md');
    expect(text).toMatch(/US-001: Log in\n[\s\S]*\*\*Status\*\* \| [^|]*Done/);
    expect(text).not.toContain('New');
    const rest = await here.data(...WORDS, '--pull', '--execute', '--json');
    expect(rest).toMatchObject({
      stats: { stories_matched: 3, stories_created: 1, stories_updated: 1, subtasks_created: 0, statuses_updated: 0 },
      matched_stories: [
        ['US-001', '2'],
        ['US-002', '5'],
        ['US-003', '6'],
      ],
    });
  });
});

test('--export writes the report beside what is printed', async () => {
  const here = await paceHere({ files: { 'EPIC.md': EPIC } });
  const run = await here.pace(...WORDS, '--execute', '--export', 'out/report.json');
  expect(run.stdout).toContain('Created 5');
  const report = JSON.parse(await here.workspace.read('out/report.json'));
  expect(report).toMatchObject({
    ...{ success: true, dry_run: false, incremental: false, unmatched_stories: [], errors: [] },
    matched_stories: [
      ['US-001', '2'],
      ['US-002', '5'],
    ],
    stats: { stories_matched: 2, stories_created: 2, stories_updated: 1, stories_skipped: 0, subtasks_created: 2 },
  });
});
