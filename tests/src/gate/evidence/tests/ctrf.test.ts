import { describe, expect, it } from 'vitest';
import { parseCtrf } from '../../../../../src/gate/evidence/tests/ctrf.ts';
import { fixture } from '../workspace.support.ts';
import { told } from './told.support.ts';

type Json = Readonly<Record<string, unknown>>;

function report(tests: readonly unknown[], summary: Json = {}, tool: unknown = { name: 'jest' }): string {
  return JSON.stringify({ results: { tool, summary, tests } });
}

async function line(test: Json): Promise<string | undefined> {
  return (await told(parseCtrf, report([{ name: 't', ...test }]))).lines[0];
}

describe('what tools wrote', () => {
  const heads = async (name: string) =>
    (await told(parseCtrf, fixture(`ctrf/${name}.json`))).lines.map((each) => each.split('⏎')[0]);

  it('jest-ctrf-json-reporter', async () => {
    const file = '@/src/shop/t/a.test.js';
    const failed = 'Error: expect(received).toBe(expected) // Object.is equality';
    expect(await heads('jest')).toEqual([
      `passed a.test.js > cart adds ${file}`,
      `failed a.test.js > cart taxes ${file} | ${failed}`,
      `skipped a.test.js > cart later ${file}`,
      `skipped a.test.js > cart some day ${file}`,
      `passed a.test.js > cart row 1 ${file}`,
      `failed a.test.js > cart row 2 ${file} | ${failed}`,
      `failed a.test.js > shop adds ${file} | Error: no shop`,
      `flaky a.test.js > net is slow ${file} | `,
    ]);
  });

  it('mocha-ctrf-json-reporter', async () => {
    const file = '@/src/shop/m/a.js';
    expect(await heads('mocha')).toEqual([
      `passed cart adds ${file}`,
      `failed cart taxes ${file} | AssertionError Expected values to be strictly equal:`,
      `skipped cart later ${file}`,
      `skipped cart not now ${file}`,
      `flaky cart is slow ${file} | `,
      `failed hook "before all" hook for "never runs" ${file} | Error no database`,
    ]);
  });

  it('playwright-ctrf-json-reporter', async () => {
    expect((await told(parseCtrf, fixture('ctrf/playwright.json'))).lines).toEqual([
      'flaky chromium > pay.spec.ts pays @/src/shop/e2e/pay.spec.ts:4 | Test timeout of 30000ms exceeded.',
      'failed firefox > pay.spec.ts pays @/src/shop/e2e/pay.spec.ts:4 | Error: Test timeout of 30000ms exceeded.⏎    at pay.spec.ts:9:3',
      'passed firefox > pay.spec.ts refunds @/src/shop/e2e/pay.spec.ts:12',
    ]);
  });

  it('the specification', async () => {
    expect((await told(parseCtrf, fixture('ctrf/specification.json'))).lines).toEqual([
      'flaky Users > Login login(alice) | Error: refused⏎    at login | ',
      'passed Users > Login login(bob)',
      'failed Users > Login login(eve) @src/login.test.ts:12 | let in',
      'skipped later',
      'skipped elsewhere',
      'failed hangs | Its status is `other` (cancelled).',
      'skipped some day',
    ]);
  });
});

describe('a status', () => {
  const table: readonly (readonly [Json, string])[] = [
    [{ status: 'passed' }, 'passed t'],
    [{ status: 'failed' }, 'failed t | '],
    [{ status: 'skipped' }, 'skipped t'],
    [{ status: 'pending' }, 'skipped t'],
    [{ status: 'other' }, 'skipped t'],
    [{ status: 'other', rawStatus: 'TODO' }, 'skipped t'],
    [{ status: 'other', rawStatus: 'interrupted' }, 'failed t | Its status is `other` (interrupted).'],
    [{ status: 'other', rawStatus: 'interrupted', message: 'no' }, 'failed t | no'],
    [{ status: 'other', message: 'no' }, 'failed t | no'],
    [{ status: 'other', trace: 'at x' }, 'failed t | at x'],
    [{ status: 'splendid' }, 'failed t | Its status is `splendid`.'],
    [{ status: 1 }, 'failed t | Its status is `1`.'],
    [{}, 'failed t | Its status is `undefined`.'],
    [{ status: 'failed', flaky: true, retries: 2 }, 'failed t | '],
    [{ status: 'passed', flaky: true }, 'flaky t | '],
    [{ status: 'passed', flaky: true, message: 'at first' }, 'flaky t | at first'],
    [{ status: 'passed', retries: 1 }, 'flaky t | '],
    [{ status: 'passed', retries: 0 }, 'passed t'],
    [{ status: 'passed', retries: 2, flaky: false }, 'passed t'],
    [{ status: 'passed', flaky: false, retryAttempts: [{ status: 'failed', trace: 'at x' }] }, 'flaky t | at x'],
    [{ status: 'passed', retryAttempts: [{ status: 'passed' }, 7] }, 'passed t'],
    [{ status: 'passed', retryAttempts: [{ status: 'other' }] }, 'flaky t | '],
  ];
  it.each(table)('%j', async (test, expected) => {
    expect(await line(test)).toBe(expected);
  });
});

describe('a name', () => {
  const table: readonly (readonly [Json, string])[] = [
    [{ name: 'adds', suite: ['a.js', 'cart'] }, 'passed a.js > cart adds'],
    [{ name: 'cart adds', suite: 'a.js > cart' }, 'passed a.js > cart adds'],
    [{ name: 'cart open adds', suite: ['a.js', 'cart', 'open', 7] }, 'passed a.js > cart > open adds'],
    [{ name: 'cartons', suite: 'cart' }, 'passed cart cartons'],
    [{ name: 'adds', suite: '' }, 'passed adds'],
    [{ name: 3, suite: 3 }, 'passed unnamed test'],
    [{ filePath: 'a.js', line: 0 }, 'passed t @a.js'],
    [{ filePath: 'a.js', line: -1 }, 'passed t @a.js'],
    [{ line: 4 }, 'passed t'],
  ];
  it.each(table)('%j', async (test, expected) => {
    expect(await line({ status: 'passed', ...test })).toBe(expected);
  });

  it('is the key of attempts, with all that tells tests of one name apart, where they are asked for', async () => {
    const test = { name: 'pays', suite: 'shop', status: 'passed', filePath: 'a.js' };
    const content = report([test, { ...test, browser: 'firefox', parameters: { n: 1 } }]);
    const { runs } = await told(parseCtrf, content, { wantsKeys: true });
    expect(runs.map(({ key }) => key)).toEqual([
      '["shop","pays","a.js",null,null,null]',
      '["shop","pays","a.js","firefox",null,{"n":1}]',
    ]);
    expect((await told(parseCtrf, content)).runs.map(({ key }) => key)).toEqual([undefined, undefined]);
  });
});

describe('a summary', () => {
  const passed = { name: 't', status: 'passed' };
  const missing = 'It counts 1 failed of 2 and holds 0 failed of 1: the other failures are missing from it.';
  const table: Record<string, [string, readonly string[]]> = {
    'that counts failures which are missing': [
      report([passed], { tests: 2, failed: 1 }),
      ['passed t', `broken jest | ${missing}`],
    ],
    'of a tool without a name': [
      report([passed], { tests: 2, failed: 1 }, 'x'),
      ['passed t', `broken test run | ${missing}`],
    ],
    'that contradicts while no test is missing': [report([passed], { tests: 1, failed: 1 }), ['passed t']],
    'that counts more tests and no failure': [report([passed], { tests: 2, failed: 0 }), ['passed t']],
    'that counts as there are': [report([{ ...passed, status: 'failed' }], { tests: 2, failed: 1 }), ['failed t | ']],
    'that is none': [JSON.stringify({ results: { tests: [passed], summary: 3 } }), ['passed t']],
  };
  it.each(Object.entries(table))('%s', async (_, [content, expected]) => {
    expect((await told(parseCtrf, content)).lines).toEqual(expected);
  });
});

describe('a file that is no CTRF', () => {
  const table: Record<string, [string, string]> = {
    'without results': ['{"a":1}', 'fault report: This is not CTRF: it has no `results.tests`.'],
    'of a list': ['[]', 'fault report: This is not CTRF: it has no `results.tests`.'],
    'whose tests are no list': [
      '{"results":{"tests":{}}}',
      'fault report: This is not CTRF: it has no `results.tests`.',
    ],
    'with a test that is none': [report(['t']), 'fault report: A test in it is not an object.'],
    'that breaks off': ['{"results":\n{"tests":[', 'fault report:2:11: This is not valid JSON.'],
  };
  it.each(Object.entries(table))('%s', async (_, [content, expected]) => {
    expect((await told(parseCtrf, content)).lines).toEqual([expected]);
  });
});

it('is not led astray by deep nesting and endless words', async () => {
  const deep = `{"results":{"tests":[{"name":"t","status":"failed","message":"${'x'.repeat(1_000_000)}","extra":${'['.repeat(5_000)}${']'.repeat(5_000)}}]}}`;
  const [found = ''] = (await told(parseCtrf, deep)).lines;
  expect(found).toMatch(/^failed t \| x+⏎\[…\]⏎x+$/);
  expect(found.length).toBeLessThan(2_100);
});
