import { describe, expect, it } from 'vitest';
import { readReport } from '../../../../src/gate/evidence/report.ts';
import { configOf, contextIn, fixture, heads, lines, workspace } from './workspace.support.ts';

async function read(files: Record<string, string>, settings: Record<string, unknown> = {}) {
  return readReport(configOf({ type: 'report', name: 'gate', ...settings }), contextIn(workspace(files)));
}

const gate = (yaml: string, settings?: Record<string, unknown>) => read({ '.pace/day-3/gate.md': yaml }, settings);

describe('a report as an agent writes it', () => {
  it('of the gate agent, as YAML in a Markdown file', async () => {
    const reading = await read({ '.pace/day-3/gate.md': fixture('agents/gate.md') });
    expect(lines(reading)).toEqual([
      'PASS A cart with no items has a total of 0 | tests/test_cart.py::test_empty passed in CI run 812',
      'PARTIAL Discounts are shown on the receipt | Only percentage discounts are shown.',
      'FAIL AC3 | no evidence given',
      'FAIL The receipt page answers 500 in staging | named as a blocker',
      'PARTIAL Fixed-amount discounts | deferred',
    ]);
    expect(reading).toMatchObject({ source: 'gate', complete: true, standing: false });
  });

  it('of sentinel, as a YAML file that quotes another document', async () => {
    const files = { '.pace/day-3/sentinel-report.yaml': fixture('agents/sentinel-report.yaml') };
    expect(heads(await read(files, { name: 'sentinel' }))).toEqual([
      'PASS Dependencies without known vulnerabilities',
      'ADVISORY Secrets in the diff',
      'ADVISORY Rate limiting is not configured',
    ]);
  });

  it('of conduit, as Markdown with front matter and a fenced block', async () => {
    const files = { '.pace/day-3/conduit.md': fixture('agents/conduit.md') };
    expect(heads(await read(files, { name: 'conduit' }))).toEqual([
      'PASS CI duration under 10 minutes',
      'PASS decision',
    ]);
  });

  it.each(['gate.md', 'gate-report.md', 'gate.yaml', 'gate-report.yml'])('under the name %s', async (name) => {
    expect(lines(await read({ [`.pace/day-3/${name}`]: 'gate_decision: SHIP\n' }))).toEqual(['PASS decision | SHIP']);
  });
});

describe('the decision', () => {
  it.each([
    [
      'HOLD without a failing finding fails with its reason',
      'gate_decision: HOLD\nhold_reason: flaky infra',
      'FAIL decision | flaky infra',
    ],
    ['HOLD without a reason fails too', 'gate_decision: hold', 'FAIL decision | HOLD, and no reason is given'],
    [
      'ADVISORY without a finding is an advisory',
      'sentinel_decision: ADVISORY',
      'ADVISORY decision | ADVISORY, and no finding says why',
    ],
    [
      'SHIP is outweighed by a failing finding',
      'gate_decision: SHIP\nfindings: [{check: a, result: FAIL, evidence: e}]',
      'FAIL a | e',
    ],
    [
      'HOLD of any of two decisions counts',
      'gate_decision: SHIP\nconduit_decision: HOLD',
      'FAIL decision | HOLD, and no reason is given',
    ],
    [
      'a word that is not known is no pass',
      'gate_decision: LGTM',
      'FAIL decision @.pace/day-3/gate.md | .pace/day-3/gate.md: Its decision "LGTM" is not known. Known are SHIP, HOLD and ADVISORY.',
    ],
  ])('%s', async (_, yaml, expected) => {
    expect(lines(await gate(yaml))).toEqual([expected]);
  });

  it('is missed where the report may be cut off', async () => {
    const reading = await gate('day: 3\ncriteria_results:\n  - {criterion: a, result: PASS}\n');
    expect(heads(reading)).toEqual(['PASS a', 'FAIL decision @.pace/day-3/gate.md']);
    expect(reading.complete).toBe(false);
  });
});

it('takes a result that is not known for anything but a pass', async () => {
  const yaml = 'findings: [{check: a, result: N/A}, {check: b}, all fine]\ngate_decision: SHIP';
  expect((await gate(yaml)).findings.map(({ check, result }) => [check, result])).toEqual([
    ['a', 'FAIL'],
    ['b', 'FAIL'],
    ['all fine', 'FAIL'],
  ]);
  expect((await gate(yaml, { on_missing: 'ship' })).findings.map(({ result }) => result)).toEqual([
    'ADVISORY',
    'ADVISORY',
    'ADVISORY',
    'PASS',
  ]);
});

it('reads lists of strings, of objects, of short mappings, and words for "none"', async () => {
  const yaml = [
    'criteria_results:',
    '  AC1: PASS',
    '  AC2: {result: PARTIAL, evidence: half}',
    'advisories:',
    '  - plain text: with a colon',
    '  - {id: A-1, finding: an object}',
    'blockers: N/A',
    'deferred: none',
    'gate_decision: SHIP',
  ];
  expect(lines(await gate(yaml.join('\n')))).toEqual([
    'PASS AC1 | no evidence given',
    'PARTIAL AC2 | half',
    'ADVISORY plain text: with a colon | named as an advisory',
    'ADVISORY an object | named as an advisory',
    'PASS decision | SHIP',
  ]);
});

it("does not take another day's report for this one's", async () => {
  const reading = await gate('day: 2\ngate_decision: SHIP\n');
  expect(lines(reading)).toEqual([
    'FAIL .pace/day-3/gate.md is for this day @.pace/day-3/gate.md | .pace/day-3/gate.md: It speaks of day 2, not of day 3: it is left over from another run, or misfiled.',
  ]);
  expect(reading.complete).toBe(false);
  expect(heads(await gate('day: day-03\ngate_decision: SHIP\n'))).toEqual(['PASS decision']);
});

it('follows on_missing where there is no report', async () => {
  const results = await Promise.all(['hold', 'advisory', 'ship'].map((on_missing) => read({}, { on_missing })));
  expect(results.flatMap(lines)).toEqual([
    'FAIL presence | No file matches `.pace/day-3/gate{,-report}.{md,yaml,yml}`. Produce it before the gate runs, correct `path`, or set `on_missing`.',
    'ADVISORY presence | No file matches `.pace/day-3/gate{,-report}.{md,yaml,yml}`. Produce it before the gate runs, correct `path`, or set `on_missing`.',
    'PASS presence | missing, and allowed to be: No file matches `.pace/day-3/gate{,-report}.{md,yaml,yml}`. Produce it before the gate runs, correct `path`, or set `on_missing`.',
  ]);
});

it('bounds the number of findings, the worst first', async () => {
  const items = Array.from(
    { length: 500 },
    (_, index) => `  - {check: c${index}, result: ${index === 499 ? 'FAIL' : 'PASS'}}`,
  );
  const reading = await gate(`findings:\n${items.join('\n')}\ngate_decision: SHIP\n`);
  expect(reading.findings).toHaveLength(201);
  expect(heads(reading).slice(-2)).toEqual(['FAIL c499', 'PASS further checks']);
});

describe('a document that cannot be used', () => {
  const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${[...'bcdefghi'].map((key, index) => `${key}: &${key} [${Array(9).fill(`*${'abcdefgh'[index]}`).join(',')}]`).join('\n')}\ngate_decision: SHIP\n`;
  it.each([
    ['YAML that is broken', 'gate_decision: SHIP\nfindings: [\n', /gate\.md:3:1: This is not valid YAML/],
    [
      'broken YAML under a comment',
      '# GATE\ngate_decision: SHIP\nfindings: [\n',
      /gate\.md:4:1: This is not valid YAML/,
    ],
    ['a tab for indentation', 'findings:\n\t- a\ngate_decision: SHIP', /gate\.md:2:1: This is not valid YAML/],
    [
      'a key that stands twice',
      'gate_decision: HOLD\ngate_decision: SHIP',
      /gate\.md:2:1: This is not valid YAML: a key stands twice/,
    ],
    ['a bomb of aliases', bomb, /This YAML cannot be read: Excessive alias count/],
    ['nesting without end', `gate_decision: ${'['.repeat(50_000)}`, /gate\.md/],
    ['a list', '- a\n- b\n', /It holds no report/],
    ['prose', '# Report\n\nAll good: SHIP it.\n', /It holds no report/],
    [
      'a broken fenced block',
      '# Report\n\n```yaml\ngate_decision: SHIP\n  x: 1\n```\n',
      /gate\.md:4:16: This is not valid YAML/,
    ],
    [
      'a fenced block without end',
      '# Report\n\n```yaml\ngate_decision: SHIP\n',
      /gate\.md:3: This fenced block has no end/,
    ],
    [
      'two reports',
      '# R\n```yaml\ngate_decision: HOLD\n```\n```yaml\ngate_decision: SHIP\n```\n',
      /holds more than one such document/,
    ],
    ['several YAML documents', 'gate_decision: SHIP\n---\ngate_decision: HOLD\n', /This is not valid YAML/],
  ])('%s', async (_, text, words) => {
    const reading = await gate(text, { on_missing: 'ship' });
    expect(reading.findings.map(({ result }) => result)).toEqual(['ADVISORY']);
    expect(reading.findings[0]?.evidence).toMatch(words);
    expect(reading.complete).toBe(false);
  });
});
