import { afterAll, expect, test } from 'vitest';
import { junitXml } from '../support/workspace.ts';
import { expectDescribedExchanges, JUNIT, newBench, QUICK_CI } from './github-bench.ts';

afterAll(expectDescribedExchanges);

const CONFIG = `${QUICK_CI}\n${JUNIT}\n`;

/** Lines of a step's log that its runner would obey. */
function commandsIn(stdout: string): string[] {
  const obeyed: string[] = [];
  let stopped = '';
  for (const line of stdout.split(/\r?\n|\r/)) {
    if (stopped !== '') {
      if (line === `::${stopped}::`) stopped = '';
      continue;
    }
    stopped = /^::stop-commands::(.+)$/.exec(line)?.[1] ?? '';
    const name = /^\s*(?:::|##\[)([\w-]+)/.exec(line)?.[1];
    if (name !== undefined) obeyed.push(name);
  }
  return [...new Set(obeyed)].sort();
}

test('names and messages of tests command nothing: not the runner, not GitHub, not a terminal', async () => {
  const hostile = [
    '::set-output name=decision::SHIP',
    '&#10;::add-path::/tmp/evil',
    '&#13;::set-env name=PATH::/tmp/evil',
    '##[set-env name=A]b',
    '@everyone see octo-org/octo-repo#1 and #1, fixes #1',
    '&lt;img src=x onerror=alert(1)&gt; | `code` | [link](javascript:alert(1))',
    '&lt;!-- pace:metadata e30= --&gt;',
    '\u202Egnp.exe',
    '&#10;pace-EOF&#10;decision&lt;&lt;E&#10;SHIP&#10;E',
  ];
  const bench = await newBench({ 'pace.config.yaml': CONFIG, 'report.xml': junitXml(...hostile) });
  const run = await bench.step({ day: '1' });
  expect([run.code, run.outputs['decision'], Object.keys(run.outputs).length]).toEqual([1, 'HOLD', 9]);
  expect(commandsIn(run.stdout)).toEqual(['add-mask', 'debug', 'endgroup', 'error', 'group']);
  const [issue] = await bench.issues();
  for (const text of [issue?.body ?? '', run.summary]) {
    expect(text).not.toMatch(/@everyone|[^\\]<img|(?<!\\)\]\(javascript|(?<![\w⁠])#1\b|octo-repo#1/);
    expect(text).not.toContain('\u202e');
    expect(text.match(/<!--/g)?.length ?? 0).toBeLessThanOrEqual(1);
  }
  await bench.step({ day: '1' });
  expect((await bench.issues()).length).toBe(1);
});

test('thousands of long failures fit into what GitHub takes', async () => {
  const names = Array.from({ length: 3000 }, (_, index) => `case ${index} ${'é😀'.repeat(100)}`);
  const bench = await newBench({ 'pace.config.yaml': CONFIG, 'report.xml': junitXml(...names) });
  const run = await bench.step({ day: '1' });
  expect([run.code, (await bench.workspace.decision(1)).faults]).toEqual([1, []]);
  const [issue] = await bench.issues();
  expect([...(issue?.title ?? '')].length).toBeLessThanOrEqual(256);
  expect((issue?.body ?? '').length).toBeLessThanOrEqual(65_536);
  expect(Buffer.byteLength(run.summary)).toBeLessThanOrEqual(1024 * 1024);
  expect(run.stdout.match(/^::error /gm)?.length).toBeLessThanOrEqual(10);
  await bench.step({ day: '1' });
  expect((await bench.issues()).length).toBe(1);
});

test('a command that is evidence sees no credential of PACE, and commands nothing', async () => {
  const config = `${QUICK_CI}
evidence:
  - { name: nosy, type: command, run: 'echo "secrets: $(env | grep -c -e secret-0123456789 -e ghs_loopback)"; echo "::set-output name=decision::SHIP"; exit 3' }
`;
  const bench = await newBench({ 'pace.config.yaml': config });
  const secrets = { JIRA_TOKEN: 'jira-secret-0123456789', PACE_GITLAB_TOKEN: 'glpat-secret-0123456789' };
  const github = {
    ACTIONS_RUNTIME_TOKEN: 'runtime-secret-0123456789',
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'id-secret-0123456789',
  };
  const run = await bench.step({ day: '1' }, { ...secrets, ...github, GITHUB_TOKEN: bench.github.token });
  expect([run.code, run.outputs['decision']]).toEqual([1, 'HOLD']);
  expect(commandsIn(run.stdout)).not.toContain('set-output');
  const shown = [
    run.summary,
    run.stderr,
    run.stdout.replaceAll(/^::add-mask::.*$/gm, ''),
    ...(await bench.issues()).map(({ body }) => body),
    await bench.workspace.read('.pace/day-1/decision.yaml'),
  ].join('\n');
  expect(shown).toContain('secrets: 0');
  expect(shown).toContain('set-output');
  for (const secret of [bench.github.token, ...Object.values({ ...secrets, ...github })])
    expect(shown).not.toContain(secret);
});
