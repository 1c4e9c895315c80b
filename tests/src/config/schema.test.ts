/** Keys whose rules say more than a type. */
import { describe, expect, test } from 'vitest';
import { check, problemsIn } from './check.ts';

describe('the name of the gate', () => {
  test.each(['shop', 'apps/shop', 'a', '9.x_y-z', `x${'y'.repeat(99)}`])('may be %s', async (name) => {
    expect((await check(`gate: {name: "${name}"}`)).config.gate.name).toBe(name);
  });

  test.each([
    '',
    '../shop',
    'a/../b',
    'a..b',
    'a//b',
    'shop/',
    'shop.',
    '/shop',
    '-x',
    'a b',
    'ä',
    `x${'y'.repeat(100)}`,
  ])('may not be %j', async (name) => {
    const shown = name.length > 60 ? `${name.slice(0, 59)}…` : name;
    expect(await problemsIn(`gate: {name: "${name}"}`)).toEqual([
      `1:14: \`gate.name\` is not a name such as shop or apps/shop. It is "${shown}".`,
    ]);
  });

  test('has taken the place of the name of the status', async () => {
    expect(await problemsIn('gate:\n  status_context: pace/shop\n')).toEqual([
      '2:3: Unknown key `status_context` in `gate`. It is now `gate.name`: the status is `pace/<name>`.',
    ]);
    expect(await problemsIn('ci: {status_context: x}')).toEqual([expect.not.stringContaining('It is now')]);
  });
});

test('a gate judges what its event is about, and trouble passes, unless told otherwise', async () => {
  expect((await check('')).config.gate).toMatchObject({ subject: 'auto', on_paused: 'pass', on_unknown: 'pass' });
  const told = 'gate: {subject: change, on_paused: fail, on_unknown: hold}';
  expect((await check(told)).config.gate).toMatchObject({ subject: 'change', on_paused: 'fail', on_unknown: 'hold' });
});

describe('the commit that evidence is of', () => {
  const hash = 'aB3'.padEnd(40, '0');

  test.each([hash, hash.padEnd(64, '0'), 'env:UPSTREAM_SHA', '\u0024{UPSTREAM_SHA}'])('may be %s', async (text) => {
    expect((await check(`gate: {evidence_sha: "${text}"}`)).config.gate.evidence_sha).toBe(text);
  });

  test.each([hash.slice(1), `${hash}0`, 'main', 'env:', 'env:1X', 'x env:A', ''])('may not be %j', async (text) => {
    expect(await problemsIn(`gate: {evidence_sha: "${text}"}`)).toEqual([
      expect.stringContaining('`gate.evidence_sha` is neither `env:NAME` nor the full hash of a commit.'),
    ]);
  });
});

describe('the name of a sprint', () => {
  test.each(['Sprint 12', '2026.Q1', 'Frühling_2-b', '春', 'x'.repeat(60)])('may be %s', async (name) => {
    expect((await check(`sprint: {name: "${name}"}`)).config.sprint.name).toBe(name);
  });

  test.each(['', ' x', '../x', 'a/b', '.x', '-x', 'a\\tb', 'a:b', 'x'.repeat(61)])('may not be "%s"', async (name) => {
    expect(await problemsIn(`sprint: {name: "${name}"}`)).toEqual([
      expect.stringMatching(/^1:16: `sprint\.name` is not a name such as Sprint 12: /),
    ]);
  });
});

describe('who may resume', () => {
  test('is anyone, or a list of people and teams', async () => {
    expect((await check('')).config.escalation).toEqual({ resume_by: 'anyone' });
    expect((await check('escalation: {resume_by: [ann, "@hats/release"]}')).config.escalation).toEqual({
      resume_by: ['ann', '@hats/release'],
    });
  });

  test.each([
    ['anybody', '1:25: `escalation.resume_by` must be `anyone`, or a list, not "anybody".'],
    ['{a: b}', '1:25: `escalation.resume_by` must be `anyone`, or a list, not a mapping.'],
    ['[]', '1:25: `escalation.resume_by` must have at least 1 item.'],
    ['[ann, 3]', '1:31: `escalation.resume_by[1]` must be text, not 3. Please put it in quotes.'],
    ['[""]', '1:26: `escalation.resume_by[0]` is empty. Please write some text.'],
    ['["@"]', '1:26: `escalation.resume_by[0]` names nobody. It is "@".'],
  ])('is not %s', async (value, problem) => {
    expect(await problemsIn(`escalation: {resume_by: ${value}}`)).toEqual([problem]);
  });
});

describe('a freeze', () => {
  test('has its exceptions as lists, whether they are written or not', async () => {
    const text = `freeze:
  - { from: 2026-12-24, to: 2026-12-27T18:00, reason: Holidays }
  - { from: 2026-12-24T06:00:00Z, to: 2026-12-27T18:00+01:00, reason: R, except: { labels: [hotfix] } }
`;
    expect((await check(text)).config.freeze).toEqual([
      { from: '2026-12-24', to: '2026-12-27T18:00', reason: 'Holidays', except: { branches: [], labels: [] } },
      {
        ...{ from: '2026-12-24T06:00:00Z', to: '2026-12-27T18:00+01:00', reason: 'R' },
        except: { branches: [], labels: ['hotfix'] },
      },
    ]);
  });

  test('ends after it begins, and has a reason', async () => {
    const text = `freeze:
  - { from: 2026-12-24, to: 2026-12-23, reason: R }
  - { from: 2026-12-24T18:00, to: 2026-12-24T18:00, reason: R }
  - { from: 2026-12-24, to: 2026-12-24 }
  - { from: 2026-12-24, to: 2026-12-24, reason: "" }
`;
    expect(await problemsIn(text)).toEqual([
      '2:29: `freeze[0].to` is not after `from`, which is 2026-12-24. It is "2026-12-23".',
      '3:35: `freeze[1].to` is not after `from`, which is 2026-12-24T18:00. It is "2026-12-24T18:00".',
      '4:5: `reason` is missing in `freeze[2]`. Shown wherever it holds.',
      '5:49: `freeze[3].reason` is empty. Please write some text.',
    ]);
  });

  test.each([
    '2026-02-29',
    '2026-13-01',
    '2026-12-24T24:00',
    '2026-12-24 18:00',
    '24.12.2026',
    '2026-12-24T18',
    '2026-12-24Z',
  ])('does not begin at %s', async (from) => {
    expect(await problemsIn(`freeze: [{from: "${from}", to: 2026-12-31, reason: R}]`)).toEqual([
      `1:17: \`freeze[0].from\` is neither a date such as 2026-12-24 nor a moment such as 2026-12-24T18:00. It is "${from}".`,
    ]);
  });
});

describe('what a command may see besides', () => {
  const named = (name: string) => `evidence: [{name: unit, type: command, run: make, env: [${name}]}]`;

  test.each(['NPM_TOKEN', 'GITHUB_SHA', 'GITHUB_ENVIRONMENT', 'BASH_ENV', 'INPUT_FILE'])('can be %s', async (name) => {
    expect((await check(named(name))).config.evidence[0]).toMatchObject({ env: [name] });
  });

  test.each([
    ...['GITHUB_OUTPUT', 'GITHUB_ENV', 'github_path', 'GITEA_STATE', 'FORGEJO_STEP_SUMMARY'],
    ...['ACTIONS_RUNTIME_TOKEN', 'ACTIONS_ID_TOKEN_REQUEST_URL', 'BUILDKITE_AGENT_ACCESS_TOKEN'],
    'BITBUCKET_PIPELINES_VARIABLES_PATH',
  ])('is never %s, by which the job speaks', async (name) => {
    expect(await problemsIn(named(name))).toEqual([
      `1:57: \`evidence[0].env[0]\` is a way by which the job itself speaks, and what is judged cannot speak for the judge; please remove it. It is "${name}".`,
    ]);
  });

  test('is as little what writes the files of another kind', async () => {
    const [problem] = await problemsIn(
      'evidence: [{name: unit, type: junit, path: a.xml, run: make, env: [A, DRONE_OUTPUT]}]',
    );
    expect(problem).toContain('`evidence[0].env[1]` is a way by which the job itself speaks');
  });
});
