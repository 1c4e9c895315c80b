/** A pull request cannot change the rules by which it is judged. */
import { execFileSync } from 'node:child_process';
import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loopback } from '../support/loopback.ts';
import { junitXml } from '../support/workspace.ts';
import { openPullRequest, QUICK } from './pull-request.ts';

const JUNIT = 'evidence:\n  - { name: unit, type: junit, path: report.xml }\n';
const CONFIG = `${QUICK}${JUNIT}`;
const BASE = { 'pace.config.yaml': CONFIG, 'report.xml': junitXml('adds') };
const FILE = 'pace.config.yaml';

const ofPolicy = (report: {
  findings: readonly { source: string; result: string; check: string; evidence: string }[];
}) =>
  report.findings
    .filter(({ source }) => source === 'policy')
    .map(({ result, check, evidence }) => [result, check, evidence]);

describe('a pull request cannot switch off its own gate', () => {
  test.each([
    ['by taking the evidence away', QUICK, 'evidence[unit] is gone'],
    [
      'by only observing it',
      `${CONFIG.replace('xml }', 'xml, on_fail: observe }')}`,
      'evidence[unit].on_fail: hold → observe',
    ],
    [
      'by a waiver of its own',
      `${CONFIG}waivers: [{ check: 'unit: *', reason: r, owner: me, expires: 2099-12-31 }]\n`,
      'waivers[unit: *] is new',
    ],
    [
      'by a quarantine of its own',
      `${CONFIG}quarantine: [{ test: 'unit: *', owner: me, expires: 2099-12-31 }]\n`,
      'quarantine[unit: *] is new',
    ],
    ['by observing only', `${CONFIG}gate: { mode: observe }\n`, 'gate.mode: enforce → observe'],
    ['by a HOLD that does not block', `${CONFIG}gate: { on_hold: neutral }\n`, 'gate.on_hold: fail → neutral'],
    ['by calling itself a day', `${CONFIG}gate: { subject: day }\n`, 'gate.subject: auto → day'],
    ['by another name', `${CONFIG}gate: { name: other }\n`, 'gate.name is new: other'],
    [
      'by a freeze that pauses',
      `${CONFIG}freeze: [{ from: 2020-01-01, to: 2099-12-31, reason: r }]\n`,
      'freeze[2020-01-01] is new',
    ],
    ['by naming its own rules', `${CONFIG}policy: { from: commit }\n`, 'policy.from is new: commit'],
    ['by naming the rules of another branch', `${CONFIG}policy: { from: feature }\n`, 'policy.from is new: feature'],
    [
      'by another tracker and host',
      `${CONFIG}platform: { ci: local, tracker: local }\n`,
      'platform.ci: auto → local; platform.tracker: auto → local',
    ],
  ])('%s', async (_, config, change) => {
    const pull = await openPullRequest({ base: BASE, change: { [FILE]: config } });
    const { code, report, status, requests } = await pull.judge();
    expect([code, report.decision, report.holdReason, status]).toEqual([1, 'HOLD', 'unit: app adds', 'failure']);
    expect(report.notes).toContain(`Judged by the configuration of main (${pull.base.slice(0, 7)}).`);
    expect(ofPolicy(report)).toEqual([
      ['ADVISORY', FILE, `Judged by the configuration of main; the commit changes it: ${change}.`],
    ]);
    expect(requests.filter((request) => /contents|branches/.test(request))).toEqual([]);
  });

  test('by letting a failed check be ignored', async () => {
    const change = { [FILE]: CONFIG.replace('ci: {', 'ci: { ignore: [test],') };
    const pull = await openPullRequest({ base: { ...BASE, 'report.xml': junitXml() }, change });
    pull.github.setChecks(pull.head, [{ name: 'test', conclusion: 'failure', suite: 1 }]);
    const { code, report } = await pull.judge();
    expect([code, report.decision]).toEqual([1, 'HOLD']);
    expect(ofPolicy(report)[0]?.[2]).toContain('ci.ignore: nothing → test.');
  });

  test('by a configuration in the place that is looked at first', async () => {
    const base = { 'pace/pace.config.yaml': CONFIG, 'report.xml': junitXml('adds') };
    const pull = await openPullRequest({ base, change: { [FILE]: QUICK } });
    const { code, report } = await pull.judge();
    expect([code, report.decision]).toEqual([1, 'HOLD']);
    expect(ofPolicy(report)).toEqual([
      [
        'ADVISORY',
        'pace/pace.config.yaml',
        'Judged by the configuration of main; the commit changes it: evidence[unit] is gone.',
      ],
    ]);
  });

  test('nor by removing the configuration', async () => {
    const pull = await openPullRequest({ base: BASE, removes: [FILE] });
    const { code, report } = await pull.judge();
    expect([code, report.decision]).toEqual([1, 'HOLD']);
    expect(ofPolicy(report)).toEqual([
      ['ADVISORY', FILE, 'The commit has no such file any more. Judged by the configuration of main.'],
    ]);
  });

  test('where the operator names the file, too', async () => {
    const base = { 'ci/gate.yaml': CONFIG, 'report.xml': junitXml('adds') };
    const pull = await openPullRequest({ base, change: { 'ci/gate.yaml': QUICK } });
    const { code, outputs, stdout } = await pull.judge({ inputs: { config: 'ci/gate.yaml' } });
    expect([code, outputs['decision']]).toEqual([1, 'HOLD']);
    expect(stdout).toMatch(/ADVISORY +policy +ci\/gate\.yaml — Judged by the configuration of main/);
  });

  test('from a folder of its own', async () => {
    const base = { 'apps/shop/pace.config.yaml': CONFIG, 'apps/shop/report.xml': junitXml('adds') };
    const pull = await openPullRequest({ base, change: { 'apps/shop/pace.config.yaml': QUICK } });
    const { code, outputs } = await pull.judge({ inputs: { 'working-directory': 'apps/shop' } });
    expect([code, outputs['decision'], outputs['hold-reason']]).toEqual([1, 'HOLD', 'unit: app adds']);
  });
});

describe('a pull request is measured against the sprint of its base, and not of a plan that it brings', () => {
  const COVERAGE = `${QUICK}evidence: [{ name: cov, type: coverage, path: c.info, max_drop: 0 }]\n`;
  const plan = (start: string) => `start_date: ${start}\ndays: [{ day: 1, target: x }]\n`;
  const report = 'SF:a.js\nDA:1,1\nDA:2,0\nend_of_record\n';
  const base = { 'pace.config.yaml': COVERAGE, 'c.info': report };
  const planned = { ...base, 'plan.yaml': plan('2026-03-02') };
  const LESS = 'line coverage drop';

  async function judged(asked: Parameters<typeof openPullRequest>[0], sprint: string, files = {}) {
    const pull = await openPullRequest(asked);
    const decision = `decision: SHIP\nsprint: '${sprint}'\ncoverage: { cov: 100 }\n`;
    await pull.workspace.write({ '.pace/day-1/decision.yaml': decision, ...files });
    const { report } = await pull.judge();
    return [report.decision, report.findings.find(({ check }) => check === LESS)?.result];
  }

  test('that begins on another day', async () => {
    const change = { 'plan.yaml': plan('2026-03-03') };
    expect(await judged({ base: planned, change }, '2026-03-02')).toEqual(['HOLD', 'FAIL']);
  });

  test('that stands in a place which is looked at first, also where the clone lacks the base', async () => {
    const change = { 'pace/plan.yaml': plan('2026-03-03') };
    expect(await judged({ base: planned, change }, '2026-03-02')).toEqual(['HOLD', 'FAIL']);
    expect(await judged({ base: planned, change, clone: 'head' }, '2026-03-02')).toEqual(['HOLD', 'FAIL']);
  });

  test('that is wrong, or gone', async () => {
    expect(await judged({ base: planned, change: { 'plan.yaml': 'days: 3\n' } }, '2026-03-02')).toEqual([
      'HOLD',
      'FAIL',
    ]);
    expect(await judged({ base: planned, removes: ['plan.yaml'] }, '2026-03-02')).toEqual(['HOLD', 'FAIL']);
  });

  test('that is the first', async () => {
    expect(await judged({ base, change: { 'plan.yaml': plan('2026-03-03') } }, '')).toEqual(['HOLD', 'FAIL']);
  });

  test('that of the operator, which no commit has brought, counts', async () => {
    const files = { 'plan.yaml': plan('2026-03-04') };
    expect(await judged({ base }, '2026-03-04', files)).toEqual(['HOLD', 'FAIL']);
  });

  test('and where the host does not tell the plan, nothing is judged', async () => {
    const pull = await openPullRequest({ base: planned, clone: 'head' });
    pull.fails(/plan\.yaml/, 500);
    expect((await pull.judge()).report.decision).toBe('UNKNOWN');
  });
});

describe('a configuration of the commit that cannot be read does not matter', () => {
  const evil: readonly [string, (path: string) => unknown, RegExp][] = [
    ['a link out of the workspace', (path) => symlink('/etc/passwd', path), /a link out of the workspace/],
    ['a folder', (path) => execFileSync('mkdir', ['-p', `${path}/x`]), /is a folder/],
    ['a pipe that nobody writes to', (path) => execFileSync('mkfifo', [path]), /is not a regular file/],
    [
      'larger than any',
      (path) => execFileSync('sh', ['-c', `yes a | head -c 2000000 > "$0"`, path]),
      /larger than 1 MB/,
    ],
    ['no YAML', (path) => execFileSync('sh', ['-c', `printf 'gate: [' > "$0"`, path]), /pace\.config\.yaml:1:8: /],
    [
      'full of mistakes',
      (path) => execFileSync('sh', ['-c', `printf 'gate: { mode: of }' > "$0"`, path]),
      /yaml:1:15: `gate\.mode` is "of"/,
    ],
  ];
  test.each(evil)('%s', async (_, make, words) => {
    const pull = await openPullRequest({ base: BASE });
    // as an earlier step of the job, which builds the commit, may leave it
    await pull.workspace.remove(FILE);
    await make(join(pull.workspace.path, FILE));
    const { code, report } = await pull.judge();
    expect([code, report.decision]).toEqual([1, 'HOLD']);
    const [[result, , evidence] = []] = ofPolicy(report);
    expect(result).toBe('ADVISORY');
    expect(evidence).toMatch(/^The commit's own configuration is wrong, .* Judged by the configuration of main\. /);
    expect(evidence).toMatch(words);
  });
});

describe('where the clone lacks the base branch', () => {
  const WEAK = { base: BASE, change: { [FILE]: QUICK } };

  test('the host is asked for its configuration', async () => {
    const pull = await openPullRequest({ ...WEAK, clone: 'merge' });
    const { code, report, requests } = await pull.judge();
    expect([code, report.decision]).toEqual([1, 'HOLD']);
    expect(requests.slice(0, 2)).toEqual(['GET /branches/main', `GET /contents/${FILE}`]);
    expect(report.notes).toContainEqual(
      expect.stringMatching(/^Judged by the configuration of main \([0-9a-f]{7}\)\.$/),
    );
    expect(ofPolicy(report)[0]?.[2]).toContain('evidence[unit] is gone');
  });

  test('it is taken from the merge that the host has made, which has it as its first parent', async () => {
    const pull = await openPullRequest({ ...WEAK, clone: 'merge', depth: 2 });
    const { code, report, requests } = await pull.judge();
    expect([code, report.decision]).toEqual([1, 'HOLD']);
    expect(requests.filter((request) => /contents|branches/.test(request))).toEqual([]);
    expect(report.notes).toContain(`Judged by the configuration of main (${pull.base.slice(0, 7)}).`);
  });

  test('it is not taken from a merge that the commit itself is', async () => {
    const prepare = async ({
      git,
      write,
      commit,
    }: {
      git(...a: string[]): Promise<string>;
      write(f: Record<string, string>): Promise<void>;
      commit(): Promise<string>;
    }) => {
      await git('checkout', '--quiet', '-b', 'evil');
      await write({ [FILE]: QUICK });
      const evil = await commit();
      const tree = await git('rev-parse', `${evil}^{tree}`);
      const made = await git('commit-tree', tree, '-p', evil, '-p', 'main', '-m', 'as if the host had made it');
      await git('checkout', '--quiet', 'feature');
      await git('reset', '--quiet', '--hard', made);
    };
    const pull = await openPullRequest({ ...WEAK, clone: 'head', depth: 2, prepare });
    const { code, report, requests } = await pull.judge();
    expect([code, report.decision]).toEqual([1, 'HOLD']);
    expect(requests.slice(0, 2)).toEqual(['GET /branches/main', `GET /contents/${FILE}`]);
  });

  test('a clone of the fork does not stand for it, whose main is the stranger’s', async () => {
    const pull = await openPullRequest({ ...WEAK, remote: 'https://github.com/stranger/octo-repo.git' });
    await pull.workspace.git('update-ref', 'refs/remotes/origin/main', pull.head);
    await pull.github.addCommit({ files: BASE });
    const env = { GITHUB_REF: 'refs/heads/main', GITHUB_SHA: pull.base };
    const { code, report, requests } = await pull.judge({ event: 'pull_request_target', env });
    expect([code, report.decision]).toEqual([1, 'HOLD']);
    expect(requests.slice(0, 2)).toEqual(['GET /branches/main', `GET /contents/${FILE}`]);
  });

  test('files without a clone are judged by it as well', async () => {
    const pull = await openPullRequest({ ...WEAK, clone: 'files' });
    const { code, report } = await pull.judge();
    expect([code, report.decision]).toEqual([1, 'HOLD']);
    expect(ofPolicy(report)[0]?.[2]).toContain('evidence[unit] is gone');
  });

  test.each([
    ['refuses', 403, 0, ''],
    ['shows nothing', 404, 0, ''],
    ['shows nothing, and the commit itself is strict', 404, 1, 'gate: { on_unknown: hold }\n'],
  ])('and the host %s, nothing is judged', async (_, status, exit, more) => {
    const pull = await openPullRequest({ ...WEAK, change: { [FILE]: `${QUICK}${more}` }, clone: 'merge' });
    pull.fails(/\/(contents|branches)\//, status);
    const { code, report, status: said, requests } = await pull.judge();
    expect([code, report.decision, said]).toEqual([exit, 'UNKNOWN', 'error']);
    expect(report.holdReason).toBe(`PACE could not judge: policy: ${FILE}`);
    const [[result, , evidence] = []] = ofPolicy(report);
    expect([result, report.findings.length]).toEqual(['UNKNOWN', 1]);
    expect(evidence).toMatch(
      /^It cannot be known by which configuration to judge: this clone does not have the branch main, and the host did not tell: .*\. Please fetch that branch before the gate runs \(`git fetch --depth=1 origin \+refs\/heads\/main:refs\/remotes\/origin\/main`, or `fetch-depth: 0` of actions\/checkout\), or let the job's token read files of the repository\.$/,
    );
    expect(requests.filter((request) => /check-runs/.test(request))).toEqual([]);
  });
});

describe('the token goes nowhere but where the job says', () => {
  const elsewhere = async () => {
    const server = await loopback({});
    return {
      ...server,
      config: `${CONFIG}platform: { ci: github, tracker: github }\ngithub: { api_url: '${server.origin}', server_url: '${server.origin}' }\n`,
    };
  };

  test.each([
    ['the clone has the base', 'full', false],
    ['the host has it', 'merge', false],
    ['nobody has it', 'merge', true],
  ] as const)('where %s', async (_, clone, isUnknownToHost) => {
    const evil = await elsewhere();
    const pull = await openPullRequest({ base: BASE, change: { [FILE]: evil.config }, clone });
    const lost = /\/(contents|branches)\//;
    if (isUnknownToHost) pull.fails(lost, 404);
    const { report } = await pull.judge();
    expect(report.decision).toBe(isUnknownToHost ? 'UNKNOWN' : 'HOLD');
    if (isUnknownToHost) pull.fails(lost, 404);
    await pull.judge({ inputs: { command: 'doctor' } });
    expect(evil.exchanges).toEqual([]);
    await evil.close();
  });

  test('also where the change is named by hand in a job of another event', async () => {
    const evil = await elsewhere();
    const pull = await openPullRequest({ base: BASE, change: { [FILE]: evil.config }, clone: 'head' });
    await pull.github.api('POST', `/repos/${pull.github.repository}/pulls`, {
      title: 'x',
      head: 'feature',
      base: 'main',
    });
    const env = {
      GITHUB_EVENT_NAME: 'workflow_dispatch',
      GITHUB_EVENT_PATH: '/nowhere',
      GITHUB_REF: 'refs/heads/main',
    };
    const [{ number }] = (await pull.github.api('GET', `/repos/${pull.github.repository}/pulls`)) as [
      { number: number },
    ];
    const { outputs } = await pull.judge({ inputs: { change: String(number), sha: pull.head }, env });
    expect([outputs['decision'], outputs['hold-reason']]).toEqual(['HOLD', 'unit: app adds']);
    expect(evil.exchanges).toEqual([]);
    await evil.close();
  });
});

describe('a plugin that the commit changes is not loaded', () => {
  const CODE = `import './parts/helper.js';
export function createPlugin() {
  return { metadata: { name: 'Mine', version: '1' }, validateConfig: () => [], initialize() {}, shutdown() {}, getTracker: () => ({}) };
}
`;
  const EVIL = `import { writeFileSync } from 'node:fs';\nwriteFileSync(process.env.PACE_LOADED, 'loaded');\n`;
  const config = (module: string) => `${CONFIG}platform: { tracker: mine, plugins: { mine: { module: ${module} } } }\n`;
  const plugin = (folder: string) => ({
    ...BASE,
    [FILE]: config(`./${folder}mine.js`),
    'package.json': '{ "type": "module" }\n',
    [`${folder}mine.js`]: CODE,
    [`${folder}parts/helper.js`]: 'export const a = 1;\n',
  });

  test.each([
    ['the file itself', 'tools/', { 'tools/mine.js': `${EVIL}${CODE}` }],
    ['what it imports', 'tools/', { 'tools/parts/helper.js': EVIL }],
    ['what it imports, with the plugin at the root', '', { 'parts/helper.js': EVIL }],
    ['a file beside it', 'tools/', { 'tools/other.js': EVIL }],
    ['how it is loaded', 'tools/', { 'tools/package.json': '{ "type": "module", "imports": {} }' }],
    ['how it is loaded, further up', 'tools/', { 'package.json': '{ "type": "commonjs" }' }],
    ['packages in the commit', 'tools/', { 'node_modules/evil/index.js': EVIL }],
  ])('%s', async (_, folder, change) => {
    const pull = await openPullRequest({ base: plugin(folder), change });
    const loaded = join(pull.workspace.path, '.git', 'loaded');
    const { report, status } = await pull.judge({ env: { PACE_LOADED: loaded } });
    expect([report.decision, status]).toEqual(['UNKNOWN', 'error']);
    expect(ofPolicy(report)[0]?.[2]).toMatch(/plugin.*A plugin runs with all that the job may, so it is not loaded\./);
    await expect(pull.workspace.read('.git/loaded')).rejects.toThrow('ENOENT');
  });

  test('a link in its place', async () => {
    const prepare = async ({ path, remove }: { path: string; remove(...p: string[]): Promise<void> }) => {
      await remove('tools');
      await symlink('evil', join(path, 'tools'));
    };
    const change = { 'evil/mine.js': `${EVIL}${CODE}`, 'evil/parts/helper.js': '' };
    const pull = await openPullRequest({ base: plugin('tools/'), change, prepare });
    const { report } = await pull.judge({ env: { PACE_LOADED: join(pull.workspace.path, '.git', 'loaded') } });
    expect(report.decision).toBe('UNKNOWN');
    await expect(pull.workspace.read('.git/loaded')).rejects.toThrow('ENOENT');
  });

  test('one that is new in the commit is not loaded either, and the base judges', async () => {
    const change = { [FILE]: config('./evil.js'), 'evil.js': `${EVIL}${CODE}` };
    const pull = await openPullRequest({ base: BASE, change });
    const { code, report } = await pull.judge({ env: { PACE_LOADED: join(pull.workspace.path, '.git', 'loaded') } });
    expect([code, report.decision]).toEqual([1, 'HOLD']);
    await expect(pull.workspace.read('.git/loaded')).rejects.toThrow('ENOENT');
  });

  test('nor is any where the clone has nothing to compare it with', async () => {
    const pull = await openPullRequest({ base: plugin('tools/'), clone: 'merge' });
    const { report } = await pull.judge();
    expect([report.decision, ofPolicy(report)[0]?.[2]]).toEqual([
      'UNKNOWN',
      expect.stringContaining('the plugin mine cannot be compared with that of the branch, which this clone lacks'),
    ]);
  });

  test.each(['tools/', ''])('one that is as it was is loaded, from %j', async (folder) => {
    const pull = await openPullRequest({ base: plugin(folder), change: { 'src/new.js': '' } });
    const { code, report } = await pull.judge();
    expect([code, report.decision, ofPolicy(report)]).toEqual([1, 'HOLD', []]);
  });
});

describe('what is said of the rules', () => {
  test('a change of comments only is none', async () => {
    const pull = await openPullRequest({ base: BASE, change: { [FILE]: `# about us\n${CONFIG}` } });
    expect(ofPolicy((await pull.judge()).report)).toEqual([]);
  });

  test('a commit that lags behind has changed nothing', async () => {
    const pull = await openPullRequest({ base: BASE, change: { 'a.txt': '' } });
    await pull.upstream.write({ [FILE]: `${CONFIG}gate: { retries: 2 }\n` });
    await pull.upstream.commit();
    await pull.workspace.git('fetch', '--quiet', 'origin', '+refs/heads/main:refs/remotes/origin/main');
    const { report } = await pull.judge();
    expect([report.decision, ofPolicy(report)]).toEqual(['HOLD', []]);
  });

  test('a commit that brings the first configuration is judged by it, and that is shown', async () => {
    const pull = await openPullRequest({ base: { 'report.xml': junitXml('adds') }, change: { [FILE]: CONFIG } });
    const { code, report } = await pull.judge();
    expect([code, report.decision]).toEqual([1, 'HOLD']);
    expect(ofPolicy(report)).toEqual([
      [
        'ADVISORY',
        FILE,
        'The commit brings the configuration itself: main has none, so the commit is judged by its own.',
      ],
    ]);
  });

  test('a secret in the commit’s configuration is not shown', async () => {
    const secret = 'correct-horse-battery';
    const pull = await openPullRequest({ base: BASE, change: { [FILE]: `${CONFIG}jira: { api_token: ${secret} }\n` } });
    const { report, stdout, summary } = await pull.judge();
    expect(ofPolicy(report)[0]?.[2]).toContain('jira is new');
    expect(`${JSON.stringify(report)}${stdout}${summary}`).not.toContain(secret);
  });

  test('what the stranger’s commit changes is shown where the base is checked out', async () => {
    const pull = await openPullRequest({ base: BASE, change: { [FILE]: QUICK } });
    await pull.workspace.git('checkout', '--quiet', '--detach', 'origin/main');
    const { report } = await pull.judge({ event: 'pull_request_target', env: { GITHUB_REF: 'refs/heads/main' } });
    expect(ofPolicy(report)[0]?.[2]).toContain('evidence[unit] is gone');
  });
});

describe('policy.from', () => {
  test('of the base lets each commit be judged by its own', async () => {
    const base = { ...BASE, [FILE]: `${CONFIG}policy: { from: commit }\n` };
    const pull = await openPullRequest({ base, change: { [FILE]: QUICK } });
    const { code, report } = await pull.judge();
    expect([code, report.decision]).toEqual([0, 'SHIP']);
    expect(report.notes).toContain(
      "Judged by the commit's own configuration, as that of main says (`policy.from: commit`).",
    );
  });

  test('of the base names a third branch, whose rules count', async () => {
    const base = { ...BASE, [FILE]: `${QUICK}policy: { from: rules }\n` };
    const pull = await openPullRequest({ base, change: { [FILE]: QUICK } });
    expect((await pull.judge()).report.findings).toMatchObject([
      { result: 'UNKNOWN', evidence: expect.stringContaining('this clone does not have the branch rules') },
    ]);
    await pull.upstream.git('checkout', '--quiet', '-b', 'rules');
    await pull.upstream.write({ [FILE]: CONFIG });
    await pull.upstream.commit();
    await pull.workspace.git('fetch', '--quiet', 'origin', '+refs/heads/rules:refs/remotes/origin/rules');
    const { code, report } = await pull.judge();
    expect([code, report.decision]).toEqual([1, 'HOLD']);
    expect(report.notes).toContainEqual(expect.stringMatching(/^Judged by the configuration of rules \(/));
  });

  test.each([
    ['commit', 0, 'SHIP', "Judged by the commit's own configuration, as `--policy-from` says."],
    ['feature', 0, 'SHIP', expect.stringMatching(/^Judged by the configuration of feature \(/)],
    ['main', 1, 'HOLD', expect.stringMatching(/^Judged by the configuration of main \(/)],
  ])('as the operator says it (%s) counts for the change', async (from, exit, decision, note) => {
    const pull = await openPullRequest({ base: BASE, change: { [FILE]: QUICK } });
    const { code, report } = await pull.judge({ inputs: { 'policy-from': from } });
    expect([code, report.decision]).toEqual([exit, decision]);
    expect(report.notes).toContainEqual(note);
  });
});

describe('a folder of the operator cannot be replaced by another one', () => {
  const base = { 'apps/shop/pace.config.yaml': CONFIG, 'apps/shop/report.xml': junitXml('adds') };
  const evil = { 'evil/pace.config.yaml': QUICK };

  test('by a link that the shell of the job follows', async () => {
    const prepare = async ({ path, remove }: { path: string; remove(...paths: string[]): Promise<void> }) => {
      await remove('apps/shop');
      await symlink('../evil', join(path, 'apps/shop'));
    };
    const pull = await openPullRequest({ base, change: evil, prepare });
    const { outputs } = await pull.judge({ inputs: { 'working-directory': 'evil' } });
    expect([outputs['decision'], outputs['hold-reason']]).toEqual([
      'UNKNOWN',
      'PACE could not judge: policy: pace.config.yaml',
    ]);
    // where the name is kept, the base has rules for it
    const kept = await pull.judge({ inputs: { 'working-directory': 'apps/shop' } });
    expect([kept.code, kept.outputs['decision']]).toEqual([1, 'HOLD']);
  });

  test('by a submodule', async () => {
    const pull = await openPullRequest({ base, change: evil });
    const { git, write, remove, path } = pull.workspace;
    await remove('apps/shop');
    await write({ '.git/modules/.keep': '' });
    await git(
      '-c',
      'protocol.file.allow=always',
      'clone',
      '--quiet',
      '--separate-git-dir',
      '.git/modules/shop',
      pull.upstream.path,
      'apps/shop',
    );
    await write({ 'apps/shop/pace.config.yaml': QUICK });
    await git('-C', join(path, 'apps/shop'), 'remote', 'set-url', 'origin', `file://${pull.upstream.path}`);
    const { outputs } = await pull.judge({ inputs: { 'working-directory': 'apps/shop' } });
    expect(outputs['decision']).toBe('UNKNOWN');
  });

  test('files without a clone are looked up from where the job’s checkout would be', async () => {
    const pull = await openPullRequest({ base, change: { 'apps/shop/pace.config.yaml': QUICK }, clone: 'files' });
    const { code, outputs } = await pull.judge({ inputs: { 'working-directory': 'apps/shop' } });
    expect([code, outputs['decision']]).toEqual([1, 'HOLD']);
  });

  test('a folder that is new brings its own', async () => {
    const pull = await openPullRequest({ base, change: { 'apps/new/pace.config.yaml': QUICK } });
    const { outputs, stdout } = await pull.judge({ inputs: { 'working-directory': 'apps/new' } });
    expect(outputs['decision']).toBe('SHIP');
    expect(stdout).toContain('main has none, so the commit is judged by its own.');
  });
});
