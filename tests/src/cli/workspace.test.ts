/** `pace` in a folder below the workspace. */
import { expect, test } from 'vitest';
import { paceHere } from '../../support/pace-here.ts';

const FILES = {
  'pkg/src/text.md': 'From the folder below.\n',
  'pkg/src/one.jsonl': '{"title":"Imported"}\n',
  'pkg/src/issues.yaml': 'issues: [{ title: Planned here }]\n',
  'issues.yaml': 'issues: [{ title: Planned above }]\n',
};

test('works on the tracker of the repository, and names it as it is seen from there', async () => {
  const { pace, data, workspace } = await paceHere({ git: true, files: FILES });
  const run = await pace('issue', 'create', 'One', '--directory', 'pkg/src');
  expect([run.code, run.stdout, run.stderr]).toEqual([
    0,
    'Created 1: One\n.pace/pace.db#1\n',
    'Tracker: Local ../../.pace/pace.db\n',
  ]);
  expect(await data('issue', 'list', '--json', 'title')).toEqual([{ title: 'One' }]);
  expect(Object.keys(await workspace.files()).filter((path) => path.endsWith('.db'))).toEqual(['.pace/pace.db']);
});

test('paths on the command line start where the person stands', async () => {
  const { pace, data } = await paceHere({ git: true, files: FILES });
  const from = (...words: string[]) => pace(...words, '--directory', 'pkg/src');
  expect((await from('issue', 'create', 'One', '--body-file', 'text.md')).code).toBe(0);
  expect((await from('issue', 'import', 'one.jsonl')).code).toBe(0);
  expect((await from('issue', 'import', 'pkg/src/one.jsonl')).code).toBe(3);
  expect((await from('issue', 'create', '--file', 'issues.yaml')).code).toBe(0);
  expect(await data('issue', 'list', '--json', 'title,body', '--sort', 'created:asc')).toEqual([
    { title: 'One', body: 'From the folder below.' },
    { title: 'Imported', body: '' },
    { title: 'Planned here', body: '' },
  ]);
});

test('the configuration above is that of the folder, also for the gate', async () => {
  const config =
    'platform: { type: local }\nsprint: { start_date: 2026-03-02 }\nevidence: [{ type: junit, name: unit, path: reports/a.xml }]\n';
  const report = '<testsuite name="a" tests="1"><testcase name="b"/></testsuite>';
  const files = { ...FILES, 'pace.config.yaml': config, 'reports/a.xml': report };
  const { pace, workspace } = await paceHere({ git: true, files });
  const run = await pace('gate', '--day', '1', '--directory', 'pkg');
  expect([run.code, run.stderr]).toEqual([0, expect.not.stringContaining('no configuration')]);
  expect(await workspace.read('.pace/day-1/decision.yaml')).toContain('decision: SHIP');
});

test('init writes where the person stands', async () => {
  const { pace, workspace } = await paceHere({ git: true, files: { ...FILES, 'pace.config.yaml': '{}\n' } });
  expect((await pace('init', '--directory', 'pkg')).code).toBe(0);
  expect(Object.keys(await workspace.files())).toContain('pkg/pace.config.yaml');
  expect(await workspace.read('pace.config.yaml')).toBe('{}\n');
});
