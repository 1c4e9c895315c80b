/** Many issues at once at the command line: files, templates, keys from stdin, and changes of all that fit a query. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openerOf } from '../../../src/cli/browser.ts';
import described from '../../../src/commands/described.json' with { type: 'json' };
import type { CompactDescription } from '../../../src/commands/description.ts';
import { type PaceHere, paceHere } from '../../support/pace-here.ts';

async function withIssues(count: number, files: Readonly<Record<string, string>> = {}): Promise<PaceHere> {
  const here = await paceHere({ files });
  for (let number = 1; number <= count; number += 1) await here.pace('issue', 'create', `Issue ${number}`);
  return here;
}

describe('create --file', () => {
  const PLAN = '- { id: a, title: A, labels: [x, "priority:high"] }\n- { title: B, parent: a, links: { blocks: a } }\n';

  test('creates all of a file, or of stdin', async () => {
    const { pace, pipe, data } = await paceHere({ files: { 'plan.yaml': PLAN } });
    const run = await pace('issue', 'create', '--file', 'plan.yaml');
    expect([run.code, run.stderr]).toEqual([0, 'Tracker: Local .pace/pace.db\n']);
    expect(await data('issue', 'show', '2', '--json', 'title,parent,links')).toEqual({
      ...{ title: 'B', parent: '1', links: [{ type: 'blocks', target: '1' }] },
    });
    expect(await data('issue', 'show', '1', '--json', 'labels,priority')).toEqual({ labels: ['x'], priority: 1 });
    expect(await data('issue', 'list', '--json', 'key')).toHaveLength(2);
    expect((await pipe(PLAN, 'issue', 'create', '-f', '-')).code).toBe(0);
    expect(await data('issue', 'list', '--json', 'key')).toHaveLength(4);
  });

  test('a dry run names relatives as the file does', async () => {
    const { pace } = await paceHere({ files: { 'plan.yaml': PLAN } });
    const run = await pace('issue', 'create', '--file', 'plan.yaml', '--dry-run', '--json');
    expect(JSON.parse(run.stdout)).toEqual([
      { operation: 'createIssue', key: '', sent: { title: 'A', body: '', priority: 1, labels: ['x'] } },
      { operation: 'createIssue', key: '', sent: { title: 'B', body: '', parent: 'a' } },
      { operation: 'createLink', key: 'B', sent: { type: 'blocks', target: 'a' } },
    ]);
    expect((await pace('issue', 'list', '--format', 'ids')).stdout).toBe('');
  });

  test('mistakes are told with their places, and nothing is made', async () => {
    const { pace } = await paceHere({ files: { 'plan.yaml': '- titel: A\n' } });
    const run = await pace('issue', 'create', '--file', 'plan.yaml');
    expect([run.code, run.stdout]).toEqual([2, '']);
    expect(run.stderr).toContain('plan.yaml:1:3: Unknown key `titel`');
    expect((await pace('issue', 'list', '--format', 'ids')).stdout).toBe('');
  });

  test('no flag says what the file says', async () => {
    const { pace } = await paceHere({ files: { 'plan.yaml': PLAN } });
    const run = await pace('issue', 'create', 'Title', '--file', 'plan.yaml', '--label', 'x', '--body-file', 'y');
    expect([run.code, run.stderr]).toEqual([
      2,
      'Error: --file cannot go together with --label, --body-file, a title.\nPlease say it in the file.\n',
    ]);
  });

  test('nor does any other flag that create has for one issue', async () => {
    const create = (described.commands as readonly CompactDescription[]).find(({ name }) => name === 'issue create');
    const common = ['config', 'backend', 'dryRun', 'file'];
    const own = create?.arguments.filter(({ name, flag }) => flag && !common.includes(name)) ?? [];
    expect(own.length).toBeGreaterThan(10);
    const { pace } = await paceHere({ files: { 'plan.yaml': PLAN } });
    const refused = own.map(async ({ flag = '', type, choices: [choice = 'x'] = [] }) => {
      const { stderr } = await pace(
        ...['issue', 'create', '--file', 'plan.yaml', flag],
        ...(type === 'boolean' ? [] : [choice]),
      );
      const said = flag === '--title' ? 'a title' : flag;
      return stderr.startsWith(`Error: --file cannot go together with ${said}.\n`) ? [] : [flag, stderr];
    });
    expect((await Promise.all(refused)).flat()).toEqual([]);
  });

  test('some of it made and some not ends with 64', async () => {
    const { pace } = await paceHere({ files: { 'plan.yaml': '- { title: A, parent: 99 }\n- { title: B }\n' } });
    const run = await pace('issue', 'create', '--file', 'plan.yaml', '--format', 'ids');
    expect([run.code, run.stdout]).toEqual([64, '1\n']);
    expect(run.stderr).toMatch(/^Warning: A: .*99/m);
  });

  test('a file that is not there has its exit code', async () => {
    const { pace } = await paceHere();
    expect((await pace('issue', 'create', '--file', 'none.yaml')).code).toBe(3);
  });
});

describe('create --template', () => {
  const files = {
    '.github/ISSUE_TEMPLATE/bug_report.md':
      '---\nname: Bug report\ntitle: "[Bug]"\nlabels: bug, triage\nassignees: ann\ntype: bug\n---\n## Steps\n',
    '.github/ISSUE_TEMPLATE/feature.yml': 'name: Idea\nbody:\n  - { type: input, attributes: { label: Why } }\n',
    '.github/ISSUE_TEMPLATE/config.yml': 'blank_issues_enabled: false\n',
    '.gitlab/issue_templates/Chore.md': 'Chore\n',
    'docs/issue_template.md': 'Plain\n',
  };
  const FIELDS = 'title,body,labels,type,assignees';

  test('begins with what the repository has', async () => {
    const { data } = await paceHere({ files });
    expect(await data('issue', 'create', 'It broke', '--template', 'bug', '--json', FIELDS)).toEqual({
      ...{ title: '[Bug] It broke', body: '## Steps', labels: ['bug', 'triage'], type: 'bug' },
      assignees: [{ id: 'ann', name: 'ann' }],
    });
  });

  test('flags stand beside its labels and people, and before its text and type', async () => {
    const { data } = await paceHere({ files });
    const flags = ['--body', 'Own', '-l', 'ui', '-l', 'bug', '--type', 'task', '-a', 'bob'];
    expect(await data('issue', 'create', 'x', '-T', 'bug_report', ...flags, '--json', FIELDS)).toMatchObject({
      ...{ body: 'Own', labels: ['bug', 'triage', 'ui'], type: 'task', assignees: [{ id: 'ann' }, { id: 'bob' }] },
    });
    const none = ['-l', 'none', '-a', 'none', '--body', ''];
    expect(await data('issue', 'create', 'x', '-T', 'bug_report', ...none, '--json', FIELDS)).toMatchObject({
      ...{ body: '', labels: [], assignees: [] },
    });
  });

  test.each([
    ['Bug Report', '## Steps'],
    ['idea', '### Why'],
    ['CHORE', 'Chore'],
    ['.gitlab/issue_templates/chore.md', 'Chore'],
    ['issue_template', 'Plain'],
  ])('is found as %s', async (name, body) => {
    const { data } = await paceHere({ files });
    expect(await data('issue', 'create', 'x', '--template', name, '--json', 'body')).toEqual({ body });
  });

  test('is looked for at the root of the checkout', async () => {
    const { run, workspace } = await paceHere({ files: { ...files, 'deep/er/x': '' }, git: true });
    const args = ['issue', 'create', 'x', '-T', 'chore', '--json', 'body', '-C', join(workspace.path, 'deep/er')];
    expect(JSON.parse((await run({ args })).stdout)).toEqual({ body: 'Chore' });
  });

  test('that is none of them, or may be two, is refused with all that there are', async () => {
    const { pace } = await paceHere({ files: { ...files, '.github/ISSUE_TEMPLATE/bug_other.md': 'x' } });
    for (const name of ['bog_report', 'bug', '']) {
      const run = await pace('issue', 'create', 'x', '--template', name);
      expect([run.code, run.stderr.split('\n')[1]]).toEqual([
        2,
        'Templates: bug_other, bug_report, feature, Chore, issue_template.',
      ]);
    }
    const none = await (await paceHere()).pace('issue', 'create', 'x', '--template', 'bug');
    expect([none.code, none.stderr]).toEqual([
      2,
      'Error: There is no template “bug”: this repository has none.\nThey lie in .github/ISSUE_TEMPLATE or .gitlab/issue_templates, e.g. bug.md.\n',
    ]);
  });

  test('never leads out of the repository', async () => {
    const { pace } = await paceHere({ files });
    expect((await pace('issue', 'create', 'x', '--template', '../../etc/passwd')).code).toBe(2);
  });
});

describe('keys', () => {
  test('come from stdin, beside others', async () => {
    const { pipe, data } = await withIssues(3);
    const run = await pipe('1\n 2 \n\n', 'issue', 'edit', '-', '--add-label', 'a', '--format', 'ids');
    expect([run.code, run.stdout]).toEqual([0, '1\n2\n']);
    expect((await pipe('2', 'issue', 'close', '3', '-')).code).toBe(0);
    expect((await pipe('3', 'issue', 'reopen', '-')).code).toBe(0);
    expect(await data('issue', 'list', '--json', 'key,labels')).toEqual([
      { key: '3', labels: [] },
      { key: '1', labels: ['a'] },
    ]);
  });

  test('of which there are none are a mistake', async () => {
    const { pipe } = await withIssues(1);
    const run = await pipe(' \n', 'issue', 'close', '-');
    expect([run.code, run.stderr]).toEqual([
      2,
      'Error: There are no keys on stdin.\nPlease pass some, e.g. from `pace issue list --format ids`.\n',
    ]);
  });

  test('and the text cannot both come from there', async () => {
    const { pipe } = await withIssues(1);
    for (const flag of ['--body', '--description', '--body-file']) {
      const run = await pipe('1', 'issue', 'edit', '-', flag, '-');
      expect([run.code, run.stderr]).toEqual([
        2,
        'Error: Keys and text cannot both come from stdin.\nPlease pass one of them in another way.\n',
      ]);
    }
  });
});

describe('all that fit a query', () => {
  test('are changed with a yes, beyond the 50 of a list', async () => {
    const { pace, pipe, data } = await paceHere();
    const plan = Array.from({ length: 60 }, (_, index) => ({
      title: `Issue ${index}`,
      labels: index < 55 ? ['a'] : [],
    }));
    await pipe(JSON.stringify(plan), 'issue', 'create', '--file', '-');
    const run = await pace('issue', 'edit', '--query', 'label:a', '--add-label', 'b', '--yes', '--format', 'ids');
    expect([run.code, run.stdout.trim().split('\n').length]).toEqual([0, 55]);
    expect(await data('issue', 'list', '--label', 'b', '--limit', 'all', '--json', 'key')).toHaveLength(55);
    await pace('issue', 'close', '--query', 'label:a limit:2', '-y');
    expect(await data('issue', 'list', '--state', 'closed', '--json', 'key')).toHaveLength(2);
    await pace('issue', 'reopen', '-q', 'label:a', '-y');
    expect(await data('issue', 'list', '--state', 'closed', '--json', 'key')).toEqual([]);
  });

  test('without a yes and nobody to ask, nothing is changed, and it is said how many it would be', async () => {
    const { pace, data } = await withIssues(12);
    const run = await pace('issue', 'close', '--query', 'issue');
    expect([run.code, run.stdout, run.stderr]).toEqual([
      2,
      '',
      'Error: 12 issues would be closed: 12, 11, 10, 9, 8, 7, 6, 5, 4, 3 and 2 more.\nPlease look at them (the same --query with `pace issue list`), then add --yes.\n',
    ]);
    expect(await data('issue', 'list', '--json', 'key')).toHaveLength(12);
  });

  test('are shown by a dry run', async () => {
    const { pace, data } = await withIssues(2);
    const run = await pace('issue', 'edit', '--query', '"Issue 2"', '--add-label', 'x', '--dry-run', '--json');
    expect(JSON.parse(run.stdout)).toMatchObject([{ operation: 'updateIssue', key: '2' }]);
    expect(await data('issue', 'list', '--label', 'x', '--json')).toEqual([]);
  });

  test('may be none', async () => {
    const { pace } = await withIssues(1);
    const run = await pace('issue', 'close', '--query', 'label:none-such', '--yes');
    expect([run.code, run.stdout, run.stderr]).toEqual([0, '', 'No issues.\n']);
  });

  test.each([
    [['1', '--query', 'x'], 'Error: Issues are named and chosen.\nPlease give keys, or --query, and not both.\n'],
    [[], 'Error: No issue is named.\nPlease name one or several, or choose them with --query.\n'],
    [['--query', 'colour:red'], expect.stringContaining('colour')],
  ])('%j is refused', async (args, words) => {
    const { pace } = await withIssues(1);
    const run = await pace('issue', 'close', ...args);
    expect([run.code, run.stderr]).toEqual([2, words]);
  });
});

describe('open', () => {
  test('prints the address', async () => {
    const { pace, data } = await withIssues(1);
    expect((await pace('issue', 'open', '1')).stdout).toBe('.pace/pace.db#1\n');
    expect(await data('issue', 'open', '1', '--json', 'url')).toEqual({ url: '.pace/pace.db#1' });
  });

  test('has no page to show for an issue of the embedded tracker', async () => {
    const { pace } = await withIssues(1);
    const run = await pace('issue', 'open', '1', '--web');
    expect([run.stdout, run.stderr]).toEqual([
      '',
      'Error: This issue has no page on the web: .pace/pace.db#1.\nPlease read it with `pace issue show`.\n',
    ]);
  });

  test.each([
    ['firefox', 'linux', ['firefox']],
    ['my-browser --new %s:other', 'darwin', ['my-browser', '--new']],
    [undefined, 'linux', ['xdg-open']],
    ['', 'freebsd', ['xdg-open']],
    [undefined, 'darwin', ['open']],
    [undefined, 'win32', ['rundll32', 'url.dll,FileProtocolHandler']],
  ] as const)('with BROWSER %s on %s starts %j', (browser, platform, words) => {
    expect(openerOf(browser, platform)).toEqual(words);
  });
});

test('an issue of a file whose link leads nowhere is created, and said to lack it', async () => {
  const { pace } = await paceHere({ files: { 'plan.yaml': '- { title: A, links: { blocks: 77 } }\n' } });
  const run = await pace('issue', 'create', '--file', 'plan.yaml');
  expect([run.code, run.stdout]).toEqual([64, expect.stringMatching(/^Created 1: A/)]);
  expect(run.stderr).toMatch(/^Warning: 1 is created, but: There is no issue `77` to link to\./m);
});
