/** `pace evidence` and `pace evidence detect` as commands. */
import { describe, expect, test } from 'vitest';
import { loopback } from '../../support/loopback.ts';
import { paceHere } from '../../support/pace-here.ts';
import { junitXml } from '../../support/workspace.ts';

const BASE = 'platform: { ci: local, tracker: local }\n';
const UNIT = '  - { type: junit, name: unit, path: reports/*.xml }\n';
const LICENCES = '  - { type: command, name: licences, run: "echo looked > ran.txt" }\n';
const STORY = '  - { type: checklist, name: story }\n';
const NO_COMMIT = 'Note:        There is no commit here: findings are not tied to one.\n';
const RED = { 'reports/unit.xml': junitXml('adds') };

const config = (evidence: string, more = '') => ({
  'pace.config.yaml': `${BASE}${evidence === '' ? '' : `evidence:\n${evidence}`}${more}`,
});

test('evidence is read without git, plan or host, and what its sources alone would decide is said', async () => {
  const { pace, workspace } = await paceHere({ files: { ...config(UNIT + LICENCES), ...RED } });
  const before = Object.keys(await workspace.files());
  const run = await pace('evidence');
  expect([run.code, run.stderr, run.stdout]).toEqual([
    0,
    '',
    `🔴 The evidence alone, no commit: HOLD
   unit: app adds

unit (junit): 1 FAIL
🔴 FAIL     unit  app adds — expected 1, got 2

licences (command): 1 PASS
✅ PASS     licences  echo looked > ran.txt — Ended with exit code 0.

${NO_COMMIT}`,
  ]);
  expect(Object.keys(await workspace.files())).toEqual([...before, 'ran.txt'].sort());
});

test('one source is read by its name, for a day, and no command runs where that is asked for', async () => {
  const source = '  - { type: junit, name: unit, path: "reports/{day}.xml", run: "touch ran.txt" }\n';
  const files = { ...config(source + LICENCES + STORY), 'reports/2.xml': junitXml() };
  const { data, workspace, pace } = await paceHere({ files });
  expect(await data('evidence', '--source', 'unit', '--day', '2', '--no-run', '--json')).toMatchObject({
    ...{ gate: 'gate', subject: { kind: 'day', id: '2' }, sha: '', decision: 'SHIP', reason: '' },
    sources: [
      { name: 'unit', type: 'junit', saysNothing: false, hasFailure: false, coverage: null, counts: { PASS: 1 } },
    ],
    notes: ['There is no commit here: findings are not tied to one.', 'Neither run nor asked: unit.'],
  });
  const quiet = await pace('evidence', '-s', 'licences', '-s', 'unit', '--day', '2', '--no-run');
  expect(quiet.stdout).toContain('Note:        Neither run nor asked: unit, licences.\n');
  expect(quiet.stdout).not.toContain('licences (command)');
  expect(await workspace.files()).not.toHaveProperty('ran.txt');
  await pace('evidence', '-s', 'unit', '--day', '2');
  expect(await workspace.files()).toHaveProperty('ran.txt');
});

test('a service is asked, but where that is declined, and approvals are left to the gate', async () => {
  const service = await loopback({ 'GET /up': () => ({ json: { ready: true } }) });
  const http = `  - { type: http, name: up, url: "${service.origin}/up", pass: [{ status: 200 }] }\n`;
  const approval = '  - { type: approval, name: sign-off, from: [ann] }\n';
  const { pace } = await paceHere({ files: config(http + approval), git: true });
  const asked = await pace('evidence');
  expect(asked.stdout).toContain('up (http): 1 PASS\n');
  expect(asked.stdout).toContain('Who has approved is asked by a run of the gate only.');
  const quiet = await pace('evidence', '--no-run', '-s', 'up');
  expect(quiet.stdout).toContain('No source was read.\n\nNote:        Neither run nor asked: up.\n');
});

test('a name that no source has is wrong usage, with the names that there are', async () => {
  const { pace } = await paceHere({ files: config(UNIT + STORY) });
  const run = await pace('evidence', '--source', 'unti');
  expect([run.code, run.stdout, run.stderr]).toEqual([
    2,
    '',
    'Error: No source is called "unti". Did you mean "unit"?\nPlease name one of: unit, story.\n',
  ]);
  const none = await paceHere({ files: config('') });
  expect((await none.pace('evidence', '-s', 'x')).stderr).toBe(
    'Error: No source is called "x".\nThe configuration has no `evidence`. `pace evidence detect` proposes some.\n',
  );
  expect((await none.pace('evidence')).stdout).toBe(
    `⚠️ The evidence alone, no commit: UNKNOWN\n   Nothing that was read says anything about the commit.\n\nNo source was read.\n\n${NO_COMMIT}`,
  );
});

test('what only a day has is read where a day is told, and never for a change', async () => {
  const here = await paceHere({ files: { ...config(UNIT + STORY), ...RED } });
  const notes = async (...flags: string[]) =>
    ((await here.data('evidence', '--json', ...flags)) as { notes: string[]; sources: unknown[] }).notes.slice(-1);
  expect(await notes()).toEqual(['Not read, as nothing tells the day (--day N): story.']);
  expect(await notes('--change', '12')).toEqual(['Not asked of a change, as only a day has it: story.']);
  expect(await notes('--day', '3')).toEqual(['There is no commit here: findings are not tied to one.']);
  const change = await here.pace('evidence', '--change', '12');
  expect(change.stdout).toMatch(/^🔴 The evidence alone of change 12, no commit: HOLD\n/);
  const both = await here.pace('evidence', '--change', '12', '--day', '1');
  expect([both.code, both.stderr]).toEqual([2, expect.stringContaining('--day and --change were both given.')]);
});

test('a calendar tells the day, and before it begins there is none', async () => {
  const begun = await paceHere({ files: config(UNIT, 'sprint: { start_date: 2020-01-01, duration_days: 3 }\n') });
  expect((await begun.pace('evidence')).stdout).toMatch(/^🔴 The evidence alone of day \d+, no commit: HOLD\n/);
  const later = await paceHere({ files: config(UNIT + STORY, 'sprint: { start_date: 2999-01-01 }\n') });
  const { stdout } = await later.pace('evidence');
  expect(stdout).toMatch(/^🔴 The evidence alone, no commit: HOLD\n/);
  expect(stdout).toContain('2999-01-01');
  expect(stdout).toContain('nothing tells the day (--day N): story.');
});

describe('waivers', () => {
  const waiver = (pattern: string, expires = '2999-01-01') =>
    `  - { check: '${pattern}', reason: known, owner: ann, expires: ${expires} }\n`;

  test('and quarantines in force are shown, and those of the sources that were read are told where they match nothing', async () => {
    const more = `waivers:\n${waiver('unit: app adds')}${waiver('unit: gone')}${waiver('*gone*')}${waiver('licences: x')}${waiver('unit: old', '2020-01-01')}quarantine: [{ test: 'unit: slow*', owner: bob, expires: 2999-01-01 }]\n`;
    const here = await paceHere({ files: { ...config(UNIT + LICENCES, more), ...RED } });
    const { stdout } = await here.pace('evidence', '--source', 'unit');
    expect(stdout).toBe(`✅ The evidence alone, no commit: SHIP

unit (junit): 1 WAIVED
🟡 WAIVED   unit  app adds — expected 1, got 2 Waived by ann until 2999-01-01: known.

Waiver:      unit: app adds, ann until 2999-01-01: known
Waiver:      unit: gone, ann until 2999-01-01: known
Waiver:      *gone*, ann until 2999-01-01: known
Quarantine:  unit: slow*, bob until 2999-01-01: in quarantine
${NO_COMMIT}Note:        The waiver of ann for \`unit: old\` ended on 2020-01-01. Please remove it, or set a new end.
Note:        The waiver of ann for \`unit: gone\` matched nothing. Please correct or remove it.
Note:        The quarantine of bob for \`unit: slow*\` matched nothing. Please correct or remove it.
`);
  });

  test('that could match anything are told where everything was read', async () => {
    const more = `ci: { enabled: false }\nwaivers:\n${waiver('*gone*')}`;
    const here = await paceHere({ files: { ...config(UNIT + LICENCES, more), ...RED } });
    const idle = 'The waiver of ann for `*gone*` matched nothing.';
    expect((await here.pace('evidence')).stdout).toContain(idle);
    expect((await here.pace('evidence', '-s', 'unit')).stdout).not.toContain(idle);
  });
});

test('the memory of the gate is read as the gate does: what the last SHIP had is known', async () => {
  const source = `${UNIT.replace(' }', ', on_fail: advisory }')}`;
  const files = { ...config(source, 'ci: { enabled: false }\n'), ...RED };
  const here = await paceHere({ files, git: true });
  expect((await here.pace('gate', '--day', '1')).code).toBe(0);
  await here.workspace.write(config(`${UNIT.replace(' }', ', new_only: true }')}`));
  const before = await here.workspace.files();
  const { stdout } = await here.pace('evidence', '--day', '2');
  expect(stdout).toContain('Known since the last SHIP.');
  expect(stdout).toMatch(/^✅ The evidence alone of day 2, commit [0-9a-f]{12}: SHIP\n/);
  expect((await here.pace('evidence')).stdout).toContain('Known since the last SHIP.');
  expect((await here.pace('evidence', '--change', '3')).stdout).toContain('Known since the last SHIP.');
  expect(await here.workspace.files()).toEqual(before);
});

test('with a state branch it is said that only what is here was read', async () => {
  const files = { ...config(UNIT, 'state: { persist: branch }\n'), ...RED };
  expect((await (await paceHere({ files })).pace('evidence')).stdout).toContain(
    'Note:        Compared with what is here: the branch pace/state was not fetched.\n',
  );
});

test('a credential in a report is not printed', async () => {
  const token = 'ghp_ofNoWorth0123456789abcdefghijklmnop';
  const report = { 'reports/unit.xml': junitXml('adds').replace('expected 1, got 2', token) };
  const here = await paceHere({ files: { ...config(UNIT), ...report }, env: { PACE_GITHUB_TOKEN: token } });
  expect(await here.data('evidence', '--json')).toMatchObject({ sources: [{ findings: [{ evidence: '***' }] }] });
  expect((await here.pace('evidence')).stdout).toContain('***');
});

test('a report that holds and one that is broken end with 0 all the same; a wrong configuration does not', async () => {
  const broken = await paceHere({ files: { ...config(UNIT), 'reports/unit.xml': '<testsuite>' } });
  const run = await broken.pace('evidence');
  expect([run.code, run.stdout]).toEqual([0, expect.stringContaining('reading reports/unit.xml')]);
  expect(run.stdout).toContain('unit (junit): 1 FAIL; it says nothing about the commit\n');
  const wrong = await paceHere({ files: config(UNIT.replace('reports', '..')) });
  expect([(await wrong.pace('evidence')).code, (await wrong.pace('evidence')).stdout]).toEqual([2, '']);
  const missing = await paceHere();
  expect([(await missing.pace('evidence')).code, (await missing.pace('evidence')).stderr]).toEqual([
    2,
    expect.stringContaining('There is no configuration'),
  ]);
});

describe('detect', () => {
  const REPORTS = {
    'a/target/surefire-reports/TEST-A.xml': junitXml(),
    'a/target/surefire-reports/TEST-B.xml': junitXml(),
    'lint/x.sarif': '{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"x"}}}]}',
    'lint/checkstyle.xml': '<checkstyle version="9.3"></checkstyle>',
    'junit.xml': '',
  };

  test('proposes sources that can be pasted, and names what is not read', async () => {
    const { pace, workspace } = await paceHere({ files: REPORTS });
    const before = await workspace.files();
    const run = await pace('evidence', 'detect');
    expect([run.code, run.stdout]).toEqual([
      0,
      `evidence:
  # 2 files: JUnit XML
  - type: junit
    name: unit tests
    path: "**/target/surefire-reports/TEST-*.xml"
  # 1 file: SARIF
  - type: sarif
    name: code scan
    path: lint/x.sarif

# These look like reports, and PACE does not read them:
# - junit.xml: an empty file. The tool that writes it may have been stopped.
# - lint/checkstyle.xml: Checkstyle XML. Have the linter write SARIF and give it a source of \`type: sarif\`.
`,
    ]);
    expect(await workspace.files()).toEqual(before);
    await workspace.write({ 'pace.config.yaml': `${BASE}${run.stdout}` });
    expect((await pace('validate')).stdout).toContain('Evidence: unit tests, code scan.');
    expect((await pace('evidence', 'detect')).stdout).toMatch(/^# No file was found that is evidence and that/);
    expect(await JSON.parse((await pace('evidence', 'detect', '--json')).stdout)).toMatchObject({
      ...{ sources: [], isWhole: true, isFurther: true },
      unread: [{ path: 'junit.xml', files: 1 }, { path: 'lint/checkstyle.xml' }],
    });
  });

  test('what the configuration lacks is to be added to it', async () => {
    const { pace } = await paceHere({
      files: { ...config('  - { type: coverage, name: lines, path: a/lcov.info }\n'), ...REPORTS },
    });
    const { stdout } = await pace('evidence', 'detect');
    expect(stdout).toMatch(
      /^# To be added below `evidence:` in the configuration:\n {2}# 2 files: JUnit XML\n {2}- type: junit\n/,
    );
  });

  test('takes the flags of both where they stand', async () => {
    const { pace } = await paceHere({ files: REPORTS });
    expect(JSON.parse((await pace('evidence', '--json', 'detect')).stdout)).toHaveProperty('isWhole');
    const wrong = await pace('evidence', 'detect', '--source', 'x');
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining("unknown option '--source'")]);
    const word = await pace('evidence', 'detct');
    expect([word.code, word.stderr]).toEqual([2, expect.stringContaining('too many arguments')]);
  });

  test('is what init rests on', async () => {
    const { pace, workspace } = await paceHere({ files: REPORTS });
    const run = await pace('init');
    expect(run.stdout).toContain('Evidence found: **/target/surefire-reports/TEST-*.xml, lint/x.sarif.');
    expect(await workspace.read('pace.config.yaml')).toContain(
      'evidence:\n  # 2 files: JUnit XML\n  - type: junit\n    name: unit tests\n    path: "**/target/surefire-reports/TEST-*.xml"\n',
    );
    expect((await pace('validate')).code).toBe(0);
  });
});
