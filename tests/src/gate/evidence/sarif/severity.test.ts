import { describe, expect, test } from 'vitest';
import {
  levelNamed,
  type Severities,
  securitySeverity,
  weight,
} from '../../../../../src/gate/evidence/sarif/severity.ts';
import { lines } from '../workspace.support.ts';
import { at, log, read, result, run } from './logs.support.ts';

const none = () => undefined;

test('a level that SARIF does not know is an error', () => {
  const words = ['none', 'note', 'warning', 'error', 'critical', 'review', ''];
  expect(words.map(levelNamed)).toEqual(['none', 'note', 'warning', 'error', 'error', 'error', 'error']);
});

describe('the threshold', () => {
  const LEVELS = ['error', 'warning', 'note', 'none', 'review'] as const;

  test.each<[Severities['threshold'], ReturnType<typeof weight>[]]>([
    ['error', ['FAIL', 'ADVISORY', 'counted', 'counted', 'counted']],
    ['warning', ['FAIL', 'FAIL', 'counted', 'counted', 'counted']],
    ['note', ['FAIL', 'FAIL', 'FAIL', 'counted', 'counted']],
  ])('%s', (threshold, expected) => {
    expect(LEVELS.map((level) => weight({ level, severity: none }, { threshold }))).toEqual(expected);
  });

  test('is `error` by itself, and decides what holds', async () => {
    const logs = {
      's.sarif': log(run(['error', 'warning', 'note'].map((level) => result({ level, locations: at(level) })))),
    };
    const held = async (settings: object) => (await read(logs, settings)).findings.map(({ result }) => result);
    expect(await held({})).toEqual(['FAIL', 'ADVISORY', 'PASS']);
    expect(await held({ threshold: 'warning' })).toEqual(['FAIL', 'FAIL', 'PASS']);
    expect(await held({ threshold: 'note' })).toEqual(['FAIL', 'FAIL', 'FAIL']);
  });
});

describe('a score of security', () => {
  const score = (value: unknown) => securitySeverity({ properties: { 'security-severity': value } });

  test.each<[unknown, number | undefined]>([
    ['9.8', 9.8],
    ['7', 7],
    [' 5.5 ', 5.5],
    [4.2, 4.2],
    [0, 0],
    ['Critical', 10],
    ['HIGH', 8.9],
    ['medium', 6.9],
    ['low', 3.9],
    ['', undefined],
    ['n/a', undefined],
    ['1.', undefined],
    ['-1', undefined],
    ['9.8 ', 9.8],
    ['x9.8', undefined],
    ['9.8x', undefined],
    ['constructor', undefined],
    [null, undefined],
    [['9.8'], undefined],
  ])('%j is %j', (value, expected) => {
    expect(score(value)).toBe(expected);
  });

  test('is that of the result, else of its rule', () => {
    const of = (value: unknown) => ({ properties: { 'security-severity': value } });
    expect(securitySeverity(of('2'), of('9'))).toBe(2);
    expect(securitySeverity(of('n/a'), of('9'))).toBe(9);
    expect(securitySeverity({}, undefined, { properties: 7 }, of('9'))).toBe(9);
    expect(securitySeverity({}, undefined)).toBeUndefined();
  });

  test.each<[NonNullable<Severities['security_severity']>, holds: number, doesNot: number]>([
    ['low', 0.1, 0],
    ['medium', 4, 3.9],
    ['high', 7, 6.9],
    ['critical', 9, 8.9],
    [5.5, 5.5, 5.4],
    [0, 0, -1],
  ])('of %s holds from %d on, not at %d', (security_severity, holds, doesNot) => {
    const settings = { threshold: 'error', security_severity } as const;
    const weighed = (severity: number) => weight({ level: 'note', severity: () => severity }, settings);
    expect([weighed(holds), weighed(doesNot)]).toEqual(['FAIL', 'counted']);
  });

  test('makes nothing milder, and counts only where it is asked for', () => {
    const settings = { threshold: 'error', security_severity: 'high' } as const;
    expect(weight({ level: 'error', severity: () => 1 }, settings)).toBe('FAIL');
    expect(weight({ level: 'warning', severity: () => 1 }, settings)).toBe('ADVISORY');
    expect(weight({ level: 'warning', severity: none }, settings)).toBe('ADVISORY');
    expect(weight({ level: 'none', severity: () => 9 }, settings)).toBe('FAIL');
    expect(weight({ level: 'note', severity: () => 9 }, { threshold: 'error' })).toBe('counted');
  });

  test('is read of a rule, whatever the level; what is no failure or is suppressed has none', async () => {
    const rules = [{ id: 'S', properties: { 'security-severity': '7.5' }, defaultConfiguration: { level: 'note' } }];
    const results = [
      result({ ruleId: 'S' }),
      result({ ruleId: 'S', kind: 'pass' }),
      result({ ruleId: 'S', kind: 'review' }),
      result({ ruleId: 'S', suppressions: [{ kind: 'inSource', justification: 'checked' }] }),
    ];
    const tool = { tool: { driver: { name: 'Tool', rules } } };
    const told = async (settings: object) => lines(await read({ 's.sarif': log(run(results, tool)) }, settings));
    const others = '1 for people to review, 1 suppressed';
    expect(await told({ security_severity: 'high' })).toEqual([
      'FAIL S | found',
      `PASS what does not count | Tool: 1 note or informational, ${others}`,
    ]);
    expect(await told({ security_severity: 7.6 })).toEqual([
      `PASS scan | Tool: nothing that counts was found, 2 notes or informational, ${others}`,
    ]);
  });
});
