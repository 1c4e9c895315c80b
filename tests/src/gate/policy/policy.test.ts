/** Days, and changes by hand: what needs no host. */
import { afterEach, expect, test } from 'vitest';
import type { Policy } from '../../../../src/gate/policy/outcomes.ts';
import { policyOf } from '../../../../src/gate/policy/policy.ts';
import type { AskedPolicy } from '../../../../src/gate/policy/run.ts';
import { policyWords } from '../../../../src/gate/policy/words.ts';
import { newWorkspace, type Workspace } from '../../../support/workspace.ts';
import { testWorld } from '../../../support/world.ts';

const FILE = 'pace.config.yaml';
const LOCAL = 'platform: { ci: local, tracker: local }\n';
const named = (name: string, more = '') => ({ [FILE]: `product: { name: ${name} }\n${LOCAL}${more}` });

const opened: Workspace[] = [];
afterEach(() => Promise.all(opened.splice(0).map((one) => one.dispose())));

/** `main` as it is here, and a branch with what is given second. */
async function checkout(main: Record<string, string>, feature: Record<string, string>): Promise<Workspace> {
  const workspace = await newWorkspace(main);
  opened.push(workspace);
  await workspace.git('checkout', '--quiet', '-b', 'feature');
  await workspace.write(feature);
  await workspace.commit();
  return workspace;
}

function policyIn({ path }: Workspace, asked: AskedPolicy = {}, env: Record<string, string> = {}): Promise<Policy> {
  return policyOf(testWorld({ cwd: path, env: { PATH: process.env['PATH'] ?? '', ...env } }), asked);
}

const said = ({ loaded, findings, notes }: Policy) => [
  loaded.config.product.name,
  findings.map(({ evidence }) => evidence),
  notes,
];
const by = (branch: string) =>
  expect.stringMatching(new RegExp(`^Judged by the configuration of ${branch} \\([0-9a-f]{7}\\)\\.$`));

test('a day is judged by the commit, and nothing is said of it', async () => {
  expect(said(await policyIn(await checkout(named('Base'), named('Own'))))).toEqual(['Own', [], []]);
});

test('a day that names a branch is judged by it, and what differs is shown', async () => {
  const workspace = await checkout(named('Base'), named('Own', 'policy: { from: main }\n'));
  const differs =
    'Judged by the configuration of main; the commit changes it: product.name: Base → Own; policy.from is new: main.';
  expect(said(await policyIn(workspace))).toEqual(['Base', [differs], [by('main')]]);
});

test.each([
  ['itself', 'feature'],
  ['the commit', 'commit'],
])('a day whose rules name %s is judged by the commit', async (_, from) => {
  const workspace = await checkout(named('Base'), named('Own', `policy: { from: ${from} }\n`));
  expect(said(await policyIn(workspace))).toEqual(['Own', [], []]);
});

test('the branch of a job is the one that the job tells', async () => {
  const workspace = await checkout(named('Base'), named('Own', 'policy: { from: main }\n'));
  const job = { GITLAB_CI: 'true', CI_COMMIT_SHA: 'a'.repeat(40), CI_PROJECT_PATH: 'acme/shop' };
  expect(said(await policyIn(workspace, {}, { ...job, CI_COMMIT_BRANCH: 'main' }))).toEqual(['Own', [], []]);
  const [name] = said(await policyIn(workspace, {}, { ...job, CI_COMMIT_BRANCH: 'feature' }));
  expect(name).toBe('Base');
});

test('of a day the operator’s word comes before that of the commit', async () => {
  const workspace = await checkout(named('Base'), named('Own', 'policy: { from: main }\n'));
  const note = "Judged by the commit's own configuration, as `--policy-from` says.";
  expect(said(await policyIn(workspace, { policyFrom: 'commit' }))).toEqual(['Own', [], [note]]);
  expect(said(await policyIn(await checkout(named('Base'), named('Own')), { policyFrom: 'main' }))[0]).toBe('Base');
});

test.each([
  ['policy.from', { [FILE]: `${LOCAL}policy: { from: rules }\n` }, {}],
  ['--policy-from', { [FILE]: LOCAL }, { policyFrom: 'rules' }],
])('a branch without a configuration that %s names leaves nothing to judge by', async (by, own, asked) => {
  const workspace = await checkout({ 'a.txt': '' }, own);
  await workspace.git('branch', 'rules', 'main');
  const { findings, loaded } = await policyIn(workspace, asked);
  expect(findings).toEqual([
    {
      ...{ source: 'policy', check: FILE, result: 'UNKNOWN' },
      evidence: `It cannot be known by which configuration to judge: rules, which \`${by}\` names, has no configuration. Please commit one there, or name a branch that has one.`,
    },
  ]);
  expect([loaded.config.ci.enabled, loaded.config.evidence, loaded.config.gate.on_unknown]).toEqual([
    false,
    [],
    'pass',
  ]);
});

test('mistakes on the branch that counts are said to be there', async () => {
  const workspace = await checkout({ [FILE]: 'gate: { mode: of }\n' }, named('Own', 'policy: { from: main }\n'));
  await expect(policyIn(workspace)).rejects.toThrow(
    /^pace\.config\.yaml:1:15: `gate\.mode` is "of", .* This is so on main, whose configuration counts\.$/,
  );
});

test('a change by hand that nobody knows is judged by the checkout', async () => {
  const workspace = await checkout(named('Base'), named('Own'));
  expect(said(await policyIn(workspace, { change: '12' }))).toEqual(['Own', [], []]);
});

test('by hand a branch of the person’s own will do where no remote has it', async () => {
  const workspace = await checkout(named('Base'), named('Own'));
  await workspace.git('remote', 'add', 'origin', 'https://github.com/acme/shop.git');
  expect(said(await policyIn(workspace, { policyFrom: 'main' }))[0]).toBe('Base');
  await workspace.git('update-ref', 'refs/remotes/origin/main', 'feature');
  expect(said(await policyIn(workspace, { policyFrom: 'main' }))[0]).toBe('Own');
});

test('in a job of a CI without a host the branch of a clone with a remote is not any local one', async () => {
  const workspace = await checkout(named('Base'), named('Own'));
  await workspace.git('remote', 'add', 'origin', 'https://github.com/acme/shop.git');
  const { findings } = await policyIn(workspace, { policyFrom: 'main' }, { CI: 'true' });
  expect(findings[0]?.evidence).toContain(
    'this clone does not have the branch main, and there is no host that can be asked for its files. Please',
  );
  const change = await policyIn(workspace, { change: '12' }, { CI: 'true' });
  expect(change.findings[0]?.evidence).toBe(
    'It cannot be known by which configuration to judge: the job does not tell which branch the change goes to. Please name the branch: `--policy-from main` (the input `policy-from`).',
  );
});

const MERGE_REQUEST = {
  ...{ GITLAB_CI: 'true', CI_COMMIT_SHA: 'a'.repeat(40), CI_PROJECT_PATH: 'acme/shop', CI_DEFAULT_BRANCH: 'main' },
  ...{ CI_MERGE_REQUEST_IID: '12', CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main' },
};

test('a change whose target is not told goes to the default branch', async () => {
  const workspace = await checkout(named('Base'), named('Own'));
  const untold = { ...MERGE_REQUEST, CI_MERGE_REQUEST_TARGET_BRANCH_NAME: '' };
  expect(said(await policyIn(workspace, {}, untold))[0]).toBe('Base');
});

test('a file of the operator’s is theirs: outside of the repository, or that no commit has brought', async () => {
  const workspace = await checkout(named('Base'), named('Own'));
  const elsewhere = await newWorkspace(named('Elsewhere'), { git: false });
  opened.push(elsewhere);
  const outside = `${elsewhere.path}/${FILE}`;
  expect(said(await policyIn(workspace, { config: outside }, MERGE_REQUEST))).toEqual(['Elsewhere', [], []]);
  await workspace.write({ 'made.yaml': named('Made')[FILE] ?? '' });
  expect(said(await policyIn(workspace, { config: 'made.yaml' }, MERGE_REQUEST))).toEqual(['Made', [], []]);
});

test('a file that the commit brings is not the operator’s, and neither is one behind a link of the commit', async () => {
  const workspace = await checkout(named('Base'), { 'evil/gate.yaml': named('Evil')[FILE] ?? '' });
  await workspace.git('config', 'core.symlinks', 'true');
  const { symlink } = await import('node:fs/promises');
  await symlink('evil', `${workspace.path}/ci`);
  await workspace.commit();
  for (const config of ['evil/gate.yaml', 'ci/gate.yaml']) {
    const { findings } = await policyIn(workspace, { config }, MERGE_REQUEST);
    expect(findings.map(({ result, evidence }) => [result, evidence])).toEqual([
      ['ADVISORY', 'The commit brings the configuration itself: main has none, so the commit is judged by its own.'],
    ]);
  }
});

test('without any configuration the person is told, as always', async () => {
  const workspace = await checkout({ 'a.txt': '' }, { 'b.txt': '' });
  const { loaded, findings } = await policyIn(workspace, {}, MERGE_REQUEST);
  expect([loaded.missing, findings]).toEqual([expect.stringContaining('There is no configuration'), []]);
});

test.each([
  [{}, 'A change is judged by the configuration of the branch that it goes to, a day by that of its commit.'],
  [{ from: 'commit' }, 'Every commit is judged by its own configuration (`policy.from: commit`).'],
  [
    { from: 'main' },
    'Days, and changes that go to a branch which says so, are judged by the configuration of main (`policy.from`).',
  ],
])('a person who looks at %j is told whose rules count', (policy, words) => {
  expect(policyWords({ policy })).toBe(words);
});

test.each(['-x', 'a..b', 'a b'])(
  'a name that no branch can have (%s) is wrong usage, wherever it stands',
  async (from) => {
    const mistake = /policy\.from.* is not the name of a branch/;
    await expect(policyIn(await checkout(named('Base'), named('Own')), { policyFrom: from })).rejects.toThrow(
      `\`--policy-from\` is "${from}", which is not the name of a branch.`,
    );
    const own = await checkout(named('Base'), named('Own', `policy: { from: "${from}" }\n`));
    await expect(policyIn(own)).rejects.toThrow(mistake);
    const base = await checkout(named('Base', `policy: { from: "${from}" }\n`), named('Own'));
    await expect(policyIn(base, { policyFrom: 'main' })).rejects.toThrow(mistake);
  },
);

test('where a person’s own file is wrong, its mistakes are told, and not that the host of it does not answer', async () => {
  const own = await checkout(named('Base'), named('Own', 'policy: { from: rules }\ngate: { mode: of }\n'));
  await expect(policyIn(own)).rejects.toThrow(/`gate\.mode` is "of"/);
});

test('a person is told to name a branch of the clone, and nothing of jobs and tokens', async () => {
  const [, [evidence]] = said(await policyIn(await checkout(named('Base'), named('Own')), { policyFrom: 'rules' })) as [
    string,
    string[],
  ];
  expect(evidence).toMatch(
    /this clone does not have the branch rules, .*\. Please name a branch that this clone has \(`git branch --all` lists them\), or fetch it\.$/,
  );
});
