import { describe, expect, test } from 'vitest';
import { createGathered, type GatherOptions, hadFailed } from '../../../../src/gate/evidence/gathered.ts';
import type { EvidenceContext } from '../../../../src/gate/evidence/reader.ts';
import type { Finding, FindingResult } from '../../../../src/gate/finding.ts';
import { failureDigest } from '../../../../src/gate/known-failures.ts';
import { createWaivers, type WaiverFacts } from '../../../../src/gate/waivers.ts';
import { contextIn } from './workspace.support.ts';

const finding = (check: string, result: FindingResult = 'FAIL'): Finding => ({
  ...{ source: 'unit', check, result, evidence: 'no' },
});
const waiver = { check: 'unit: old*', reason: 'known', owner: 'ann', expires: '2026-03-02' };

interface Settings {
  readonly on_fail?: 'hold' | 'advisory' | 'observe';
  readonly new_only?: boolean;
}

function gather(
  settings: Settings = {},
  facts: Partial<WaiverFacts> = {},
  more: { options?: Partial<GatherOptions>; context?: Partial<EvidenceContext> } = {},
) {
  const waivers = createWaivers({ waivers: [], quarantine: [], sha: 'c0ffee', date: '2026-03-02', ...facts });
  const context = contextIn('/', { waivers, ...more.context });
  return createGathered({ name: 'unit', on_fail: 'hold', ...settings }, context, { noun: 'tests', ...more.options });
}

const words = ({ result, check, evidence }: Finding) => `${result} ${check} | ${evidence}`;

describe('a failure', () => {
  test.each<['hold' | 'advisory' | 'observe', FindingResult]>([
    ['hold', 'FAIL'],
    ['advisory', 'ADVISORY'],
    ['observe', 'OBSERVED'],
  ])('does what `on_fail: %s` says', (on_fail, result) => {
    const gathered = gather({ on_fail });
    gathered.add(finding('a'));
    expect(gathered.reading()).toMatchObject({ source: 'unit', findings: [{ check: 'a', result }], hasFailure: true });
  });

  test('of reading the source has settings of its own', () => {
    const gathered = gather({ on_fail: 'observe' });
    gathered.addProblem(finding('presence'));
    expect(gathered.reading()).toEqual({ source: 'unit', findings: [finding('presence')], hasFailure: false });
  });

  test('is one also where it is waived; an advisory is none', () => {
    const gathered = gather({}, { waivers: [waiver] });
    gathered.add(finding('a', 'ADVISORY'));
    gathered.addProblem(finding('a', 'PASS'));
    expect(gathered.reading().hasFailure).toBe(false);
    gathered.add(finding('old'));
    expect(gathered.reading().hasFailure).toBe(true);
    const problems = gather({}, { waivers: [waiver] });
    problems.addProblem(finding('old'));
    expect(problems.reading()).toMatchObject({ hasFailure: false, findings: [{ result: 'WAIVED' }] });
  });

  test('is let be in quarantine only where it is of a test', () => {
    const facts = { quarantine: [{ test: 'unit: *', owner: 'ann', expires: '2026-03-02' }] };
    for (const [areTests, result] of [[true, 'WAIVED'], [false, 'FAIL']] as const) {
      const gathered = gather({}, facts, { options: { areTests } });
      gathered.add(finding('a'));
      expect(gathered.reading().findings[0]?.result).toBe(result);
    } // biome-ignore format: a table
  });
});

describe('lists', () => {
  test('are cut by result, after waivers; the new failure is named', () => {
    const gathered = gather({}, { waivers: [waiver] });
    for (let index = 0; index < 60; index += 1) gathered.add(finding(`old ${index}`));
    gathered.add(finding('new'));
    const { findings } = gathered.reading();
    expect(findings.map(words).slice(-2)).toEqual(['FAIL new | no', 'WAIVED further waived tests | and 10 more']);
    expect(findings).toHaveLength(52);
    expect([gathered.isWhole('WAIVED'), gathered.isWhole('FAIL')]).toEqual([false, true]);
  });

  test('of as many as are listed are whole', () => {
    const gathered = gather({}, {}, { options: { listed: 2 } });
    for (const check of ['a', 'b']) gathered.add(finding(check));
    expect(gathered.isWhole('FAIL')).toBe(true);
    gathered.add(finding('c'));
    expect(gathered.isWhole('FAIL')).toBe(false);
  });

  test('keep the order in which findings came, and say what was cut of each result', () => {
    const gathered = gather({}, {}, { options: { listed: 1 } });
    const results = ['PASS', 'PARTIAL', 'ADVISORY', 'UNKNOWN', 'FAIL'] as const;
    for (const result of [...results, ...results]) gathered.add(finding('a', result));
    expect(gathered.reading().findings.map(({ check, result }) => `${result} ${check}`)).toEqual([
      ...results.map((result) => `${result} a`),
      ...['FAIL further failing tests', 'UNKNOWN further unknown tests', 'ADVISORY further advisory tests'],
      ...['PARTIAL further partial tests', 'PASS further passing tests'],
    ]);
    const observed = gather({ on_fail: 'observe' }, {}, { options: { listed: 0 } });
    observed.add(finding('a'));
    expect(observed.reading().findings.map(words)).toEqual(['OBSERVED further observed tests | and 1 more']);
  });
});

describe('a proof', () => {
  const counted = () => {
    let written = 0;
    const evidence = () => {
      written += 1;
      return 'no';
    };
    return { draft: { ...finding('a'), evidence }, written: () => written };
  };

  test('is only written where it is listed', () => {
    const { draft, written } = counted();
    const gathered = gather({}, {}, { options: { listed: 2 } });
    for (let index = 0; index < 5; index += 1) gathered.add(draft);
    expect(written()).toBe(2);
    expect(gathered.reading().findings.map(words)).toEqual([
      ...['FAIL a | no', 'FAIL a | no', 'FAIL further failing tests | and 3 more'],
    ]);
  });

  test('says what ended and what was known, too', () => {
    const { draft } = counted();
    const ended = gather({}, { waivers: [{ ...waiver, check: 'unit: a', expires: '2026-03-01' }] });
    ended.add(draft);
    expect(ended.reading().findings.map(words)).toEqual(['FAIL a | no (the waiver of ann ended on 2026-03-01)']);
    const context = { knownFailures: { unit: [failureDigest(finding('a'), 'no')] } };
    const known = gather({ new_only: true }, {}, { context });
    known.add(draft, () => 'no');
    expect(known.reading().findings.map(words)).toEqual(['OBSERVED a | Known since the last SHIP. no']);
  });
});

describe('what the last SHIP had too', () => {
  const known = (findings: readonly Finding[]) => ({
    context: { knownFailures: { unit: findings.map((each) => failureDigest(each)) } },
  });
  const results = (gathered: ReturnType<typeof gather>, findings: readonly Finding[]) => {
    for (const each of findings) gathered.add(each);
    return gathered.reading().findings.map(({ result }) => result);
  };

  test('is shown and does not count', () => {
    const gathered = gather({ new_only: true }, {}, known([finding('a')]));
    gathered.add(finding('a'));
    expect(gathered.reading().findings.map(words)).toEqual(['OBSERVED a | Known since the last SHIP. no']);
    expect(gathered.reading().hasFailure).toBe(true);
  });

  test('counts where only new things are not asked for', () => {
    expect(results(gather({}, {}, known([finding('a')])), [finding('a')])).toEqual(['FAIL']);
  });

  test('stands after what is new, and makes room for it in a list that is cut', () => {
    const old = ['a', 'b', 'c'].map((check) => finding(check));
    const more = { ...known(old), options: { listed: 3 } };
    const gathered = gather({ on_fail: 'advisory' }, {}, more);
    for (const each of [...old, finding('p', 'PASS'), finding('d'), finding('e')]) gathered.add(each);
    expect(gathered.reading().findings.map(words)).toEqual([
      ...['PASS p | no', 'ADVISORY d | no', 'ADVISORY e | no', 'ADVISORY a | no'],
      'ADVISORY further advisory tests | and 2 more',
    ]);
    for (const each of ['f', 'g', 'h']) gathered.add(finding(each));
    expect(gathered.reading().findings.map(({ check }) => check)).toEqual([
      'p',
      'd',
      'e',
      'f',
      'further advisory tests',
    ]);
  });

  test('is not what is new, nor one more of the same, nor a failure that was an advisory', () => {
    const before = [finding('a'), finding('c', 'ADVISORY')];
    const now = [finding('a'), finding('a'), finding('b'), finding('c')];
    expect(results(gather({ new_only: true }, {}, known(before)), now)).toEqual(['OBSERVED', 'FAIL', 'FAIL', 'FAIL']);
  });

  test('may be told apart by an identity', () => {
    const context = { knownFailures: { unit: [failureDigest(finding('a'), 'x')] } };
    const gathered = gather({ new_only: true }, {}, { context });
    gathered.add(finding('a'), () => 'y');
    gathered.add(finding('a'));
    gathered.add({ ...finding('a'), evidence: 'other' }, () => 'x');
    expect(gathered.reading().findings.map(({ result }) => result)).toEqual(['FAIL', 'FAIL', 'OBSERVED']);
    expect(gathered.reading().failures).toEqual([
      failureDigest(finding('a'), 'y'),
      failureDigest(finding('a')),
      failureDigest(finding('a'), 'x'),
    ]);
  });

  test('is known again beyond the ten thousand that are written down', () => {
    const context = { knownFailures: { unit: [failureDigest(finding('10001'))] } };
    const gathered = gather({ new_only: true }, {}, { context });
    for (let index = 0; index < 10_002; index += 1) gathered.add(finding(`${index}`));
  });

  test('is written down for the next days, and what is waived is not: it counts again when its waiver ends', () => {
    const gathered = gather({ on_fail: 'advisory' }, { waivers: [waiver] });
    for (const each of [finding('old'), finding('a'), finding('b', 'ADVISORY'), finding('c', 'PASS')])
      gathered.add(each);
    gathered.addProblem(finding('presence'));
    expect(gathered.reading().failures).toEqual(
      [finding('a'), finding('b', 'ADVISORY')].map((each) => failureDigest(each)),
    );
    expect('failures' in gather().reading()).toBe(false);
  });

  test('is written down for ten thousand failures', () => {
    const gathered = gather();
    for (let index = 0; index < 10_002; index += 1) gathered.add(finding(`${index}`));
    expect(gathered.reading().failures).toHaveLength(10_000);
  });
});

test('a check had failed where an earlier run says so', () => {
  const context = contextIn('/', { failedBefore: new Set(['unit: a']) });
  expect(['a', 'b'].map((check) => hadFailed(context, { source: 'unit', check }))).toEqual([true, false]);
  expect(hadFailed(contextIn('/'), { source: 'unit', check: 'a' })).toBe(false);
});
