import { describe, expect, it } from 'vitest';
import { readReport } from '../../../../../src/gate/evidence/agents/report.ts';
import { configOf, contextIn, fixture, heads, lines, workspace } from '../workspace.support.ts';

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
      'FAIL decision @.pace/day-3/gate.md | .pace/day-3/gate.md: Its decision "LGTM" is not known. Known decisions: SHIP, HOLD, ADVISORY.',
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
  expect((await gate(yaml, { on_broken: 'advisory' })).findings.map(({ result }) => result)).toEqual([
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
    'FAIL .pace/day-3/gate.md is for this day @.pace/day-3/gate.md | .pace/day-3/gate.md: It is about day 2, not day 3: it is left over from another run, or misfiled.',
  ]);
  expect(reading.complete).toBe(false);
  expect(heads(await gate('day: day-03\ngate_decision: SHIP\n'))).toEqual(['PASS decision']);
});

const GREEN_REPORT = '```yaml\ndecision: SHIP\n```\n';

it('of several paths leaves out what is excluded', async () => {
  const files = { 'a/gate.md': GREEN_REPORT, 'b/gate.md': 'not read' };
  const settings = { path: ['a/*.md', '*/gate.md'], exclude: ['b/**'] };
  expect(heads(await read(files, settings))).toEqual(['PASS decision']);
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
  expect(reading.findings).toHaveLength(202);
  expect(lines(reading).slice(-2)).toEqual([
    'FAIL c499 | no evidence given',
    'PASS further passing results | and 299 more',
  ]);
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
      /gate\.md:2:1: This is not valid YAML: a key appears twice/,
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
    [
      'several reports in one file',
      'gate_decision: SHIP\n---\ngate_decision: HOLD\n',
      /gate\.md:3: It holds more than one such document/,
    ],
  ])('%s', async (_, text, words) => {
    const reading = await gate(text, { on_broken: 'advisory' });
    expect(reading.findings.map(({ result }) => result)).toEqual(['ADVISORY']);
    expect(reading.findings[0]?.evidence).toMatch(words);
    expect(reading.complete).toBe(false);
  });
});

describe('what a report says', () => {
  it.each([
    ['a result with white space around it', 'findings: [{check: a, result: " pass "}]', ['PASS a']],
    ['a result in any case', 'findings: [{check: a, result: Advisory}]', ['ADVISORY a']],
    ['a blocker that a finding names already', 'findings: [{check: A thing., result: FAIL}]\nblockers: [a thing]', ['FAIL A thing.']],
    ['a blocker that a criterion has passed', 'findings: [{check: a thing, result: PASS}]\nblockers: [a thing]', ['PASS a thing', 'FAIL a thing']],
    ['a blocker that stands twice', 'blockers: [a thing, A thing]', ['FAIL a thing']],
    ['an advisory that is a blocker too', 'blockers: [a thing]\nadvisories: [a thing]', ['FAIL a thing']],
    ['a deferred item', 'deferred: [{item: later, reason: no time}]', ['PARTIAL later', 'PASS decision']],
  ])('%s', async (_, yaml, expected) => {
    expect(heads(await gate(`gate_decision: SHIP\n${yaml}`)).filter((line) => expected.length > 1 || line !== 'PASS decision')).toEqual(expected);
  }); // biome-ignore format: a table

  it('is shown with its own proof, and with words where it has none', async () => {
    const yaml = 'gate_decision: SHIP\nblockers: [{finding: a, evidence: seen}, b]\nfindings: [{check: c, result: LGTM, evidence: e}, {check: d, evidence: f}]';
    expect(lines(await gate(yaml))).toEqual([
      'FAIL c @.pace/day-3/gate.md | .pace/day-3/gate.md: Its result "LGTM" is not known. Known results: PASS, FAIL, PARTIAL, ADVISORY. e',
      'FAIL d @.pace/day-3/gate.md | .pace/day-3/gate.md: It has no result. Known results: PASS, FAIL, PARTIAL, ADVISORY. f',
      'FAIL a | seen',
      'FAIL b | named as a blocker',
    ]);
  }); // biome-ignore format: one line

  it('is bounded where it is not known', async () => {
    const long = 'X'.repeat(100);
    expect((await gate(`gate_decision: ${long}`)).findings[0]?.evidence).toContain(`"${'X'.repeat(60)}"`);
    expect((await gate(`findings: [{check: a, result: ${long}}]\ngate_decision: SHIP`)).findings[0]?.evidence).toContain(`"${'X'.repeat(60)}"`);
    expect((await gate(`day: ${long}\ngate_decision: SHIP`)).findings[0]?.evidence).toContain(`is about day ${'X'.repeat(40)},`);
  }); // biome-ignore format: one line
});

describe('the day of a report', () => {
  it.each(['3', '"03"', 'day-3', 'Day 3', '" 3 "', 'day3', 'null', ''])('%s is this one', async (day) => {
    expect(heads(await gate(`day: ${day}\ngate_decision: SHIP`))).toEqual(['PASS decision']);
  });
  it.each(['13', '30', '-3', 'three', '3.5', '0'])('%s is not', async (day) => {
    expect((await gate(`day: ${day}\ngate_decision: SHIP`)).findings[0]?.result).toBe('FAIL');
  });
});

describe('further decisions', () => {
  it.each([
    ['a plain `decision`', 'decision: SHIP', 'PASS decision | SHIP'],
    ['one with white space', 'decision: " ship "', 'PASS decision | SHIP'],
    ['an ADVISORY with its reason', 'decision: ADVISORY\nhold_reason: slow', 'ADVISORY decision | slow'],
    ['an ADVISORY that a finding explains', 'decision: ADVISORY\nadvisories: [slow]', 'ADVISORY slow | named as an advisory'],
    ['a HOLD beside an advisory', 'decision: HOLD\nhold_reason: slow\nadvisories: [x]', 'FAIL decision | slow'],
    ['one that is empty', 'decision:', 'FAIL decision @.pace/day-3/gate.md | .pace/day-3/gate.md: Its decision "" is not known. Known decisions: SHIP, HOLD, ADVISORY.'],
    ['a strange one beside a SHIP', 'decision: SHIP\nx_decision: MAYBE', 'FAIL decision @.pace/day-3/gate.md | .pace/day-3/gate.md: Its decision "MAYBE" is not known. Known decisions: SHIP, HOLD, ADVISORY.'],
  ])('%s', async (_, yaml, expected) => {
    expect(lines(await gate(yaml)).at(-1)).toBe(expected);
  }); // biome-ignore format: a table

  it('of several reports each must be usable', async () => {
    const good = 'gate_decision: SHIP\n';
    const both = { '.pace/day-3/gate.md': good, '.pace/day-3/gate-report.yaml': 'findings: []\n' };
    expect((await read(both)).complete).toBe(false);
    expect((await read({ ...both, '.pace/day-3/gate-report.yaml': good })).complete).toBe(true);
  });
});

describe('a blocker', () => {
  const results = async (yaml: string, settings?: Record<string, unknown>) => heads(await gate(yaml, settings));
  it.each([
    ['a pass', 'findings: [{check: a thing, result: PASS}]', ['PASS a thing', 'FAIL a thing']],
    ['an advisory', 'findings: [{check: a thing, result: ADVISORY}]', ['ADVISORY a thing', 'FAIL a thing']],
    ['a partial result', 'criteria_results: [{criterion: A thing., result: PARTIAL}]', ['PARTIAL A thing.', 'FAIL a thing']],
    ['a line of the advisories', 'advisories: [a thing]', ['FAIL a thing']],
    ['a deferred item', 'deferred: [a thing]', ['FAIL a thing']],
  ])('is not softened by %s in the same words', async (_, yaml, expected) => {
    for (const decision of ['SHIP', 'ADVISORY', 'HOLD'])
      expect(await results(`decision: ${decision}\nblockers: [a thing]\n${yaml}`)).toEqual(expected);
  });

  it('of the front matter is not lost beside a block that names others', async () => {
    const text = (blockers: string) => `---\nblockers: [a]\n---\n\`\`\`yaml\ndecision: SHIP\n${blockers}\n\`\`\`\n`;
    expect(await results(text(''))).toEqual(['FAIL a']);
    expect(await results(text('blockers: [a]'))).toEqual(['FAIL a']);
    const [line = ''] = lines(await gate(text('blockers: []')));
    expect(line).toBe(
      'FAIL reading .pace/day-3/gate.md @.pace/day-3/gate.md | .pace/day-3/gate.md: `blockers` stands in the front matter and in the fenced block, and they differ. Keep the one that counts.',
    );
  });

  it('is not softened by a finding whose result is not known', async () => {
    const yaml = 'decision: SHIP\nblockers: [a thing]\nfindings: [{check: a thing}]';
    expect(await results(yaml, { on_broken: 'advisory' })).toEqual([
      'ADVISORY a thing @.pace/day-3/gate.md',
      'FAIL a thing',
    ]);
    expect(await results(yaml)).toEqual(['FAIL a thing @.pace/day-3/gate.md']);
  });

  it('is left out only where a failing finding has its words, its own ids included', async () => {
    const yaml = 'decision: HOLD\nfindings: [{check: AC3, result: FAIL}, {check: "SEC-1: a leak", result: FAIL}]\n';
    expect(await results(`${yaml}blockers: [ac3, AC4, "SEC-2: a leak", "“SEC-1: a leak”"]`)).toEqual([
      ...['FAIL AC3', 'FAIL SEC-1: a leak', 'FAIL AC4', 'FAIL SEC-2: a leak'],
    ]);
  });
}); // biome-ignore format: a table

it('drops what is said twice only where the other word is as bad or worse', async () => {
  const heard = async (result: string, list: string) =>
    heads(await gate(`decision: SHIP\nfindings: [{check: a, result: ${result}}]\n${list}: [a]`)).filter((head) => head.endsWith(' a'));
  expect(await heard('ADVISORY', 'advisories')).toEqual(['ADVISORY a']);
  expect(await heard('PARTIAL', 'advisories')).toEqual(['PARTIAL a', 'ADVISORY a']);
  expect(await heard('FAIL', 'advisories')).toEqual(['FAIL a']);
  expect(await heard('ADVISORY', 'deferred')).toEqual(['ADVISORY a']);
  expect(await heard('PARTIAL', 'deferred')).toEqual(['PARTIAL a']);
  expect(await heard('PASS', 'deferred')).toEqual(['PASS a', 'PARTIAL a']);
}); // biome-ignore format: one line

it('holds on HOLD whatever lesser findings there are, with its own reason', async () => {
  for (const result of ['PASS', 'ADVISORY', 'PARTIAL']) {
    const yaml = `decision: HOLD\nhold_reason: a\nfindings: [{check: a, result: ${result}}]`;
    expect(lines(await gate(yaml))).toEqual([`${result} a | no evidence given`, 'FAIL decision | a']);
  }
  expect(heads(await gate('decision: SHIP\nsentinel_decision: HOLD'))).toEqual(['FAIL decision']);
});

describe('a report as agents wrap it', () => {
  const REPORT = 'sentinel_decision: SHIP\nfindings:\n  - { check: secrets, result: PASS, evidence: none found }\n';
  const READ = ['PASS secrets | none found', 'PASS decision | SHIP'];
  it.each([
    ['front matter and nothing else', `---\n${REPORT}---\n`],
    ['a closing mark', `${REPORT}---\n`],
    ['a fence without a language', `Here:\n\n\`\`\`\n${REPORT}\`\`\`\n`],
    ['keys in capitals', REPORT.replace('sentinel_decision', 'SENTINEL_DECISION').replace('findings', 'Findings')],
    ['JSON in a fence', `Done.\n\n\`\`\`json\n{"decision": "SHIP", "findings": [{"check": "secrets", "result": "PASS", "evidence": "none found"}]}\n\`\`\`\n`],
    ['front matter for the day, then YAML', `---\nday: 3\n---\n${REPORT}`],
  ])('is read with %s', async (_, text) => {
    expect(lines(await gate(text))).toEqual(READ);
  });

  it('keeps the day of its front matter', async () => {
    const reading = await gate(`---\nday: 2\n---\n${REPORT}`);
    expect(reading.findings[0]?.evidence).toContain('It is about day 2, not day 3');
  });

  it('never gives a hint for programmers', async () => {
    const broken = [`${REPORT}---\n${REPORT}`, `---\n${REPORT}---\n${REPORT}`, `${REPORT}---\n- [`, '%YAML 9\n--- a\n---\n', '&a *a', `a: ${'{'.repeat(9_999)}`];
    for (const text of broken) {
      const reading = await gate(text);
      expect(reading.findings.map(({ result }) => result)).toEqual(['FAIL']);
      expect(reading.findings[0]?.evidence).not.toMatch(/parseAll|YAML\.|\(\)|call stack/);
    }
  });
}); // biome-ignore format: a table
