import { describe, expect, it, test } from 'vitest';
import type { Answer } from '../../../../../src/gate/evidence/http/answer.ts';
import { looksIntoJson, meaningOf } from '../../../../../src/gate/evidence/http/conditions.ts';
import { configOf } from '../workspace.support.ts';

const BODY = {
  state: 'ready',
  count: 3,
  rate: '0.97',
  yes: true,
  none: null,
  empty: '',
  phases: [{ state: 'built' }, { state: 'live' }],
  'a.b': { "it's": 1 },
  $ref: 'dollar',
};

const OK: Answer = { status: 200, json: { value: BODY } };

function wanted(conditions: { pass?: unknown[]; fail?: unknown[] }) {
  return configOf({ type: 'http', url: 'http://deploy.example/', ...conditions });
}

function holds(condition: Record<string, unknown>, answer = OK): boolean {
  const isPass = meaningOf(wanted({ pass: [condition] }), answer).result === 'PASS';
  const isFail = meaningOf(wanted({ pass: [{ status: 999 - 800 }], fail: [condition] }), answer).result === 'FAIL';
  expect(isFail).toBe(isPass);
  return isPass;
}

describe('the status', () => {
  test.each([
    [200, 200, true],
    [200, 201, false],
    ['200', 200, true],
    ['2xx', 200, true],
    ['2XX', 299, true],
    ['2xx', 300, false],
    ['5xx', 503, true],
    [[200, 204], 204, true],
    [[200, 204], 201, false],
    [['2xx', 404], 404, true],
    [['2xx', 404], 405, false],
  ])('%j of %i: %s', (status, told, expected) => {
    expect(holds({ status }, { status: told })).toBe(expected);
  });
});

describe('a value', () => {
  test.each([
    [{ json: '$.state', equals: 'ready' }, true],
    [{ json: 'state', equals: 'read' }, false],
    [{ json: 'count', equals: 3 }, true],
    [{ json: 'count', equals: '3' }, false],
    [{ json: 'yes', equals: true }, true],
    [{ json: 'yes', equals: 'true' }, false],
    [{ json: 'none', equals: null }, true],
    [{ json: 'nowhere', equals: null }, false],
    [{ json: 'state', not_equals: 'failed' }, true],
    [{ json: 'state', not_equals: 'ready' }, false],
    [{ json: 'none', not_equals: 'failed' }, true],
    [{ json: 'nowhere', not_equals: 'failed' }, false],
    [{ json: 'state', in: ['live', 'ready'] }, true],
    [{ json: 'state', in: ['live', 1] }, false],
    [{ json: 'nowhere', in: [null] }, false],
    [{ json: 'state', matches: '^rea' }, true],
    [{ json: 'state', matches: 'ad' }, true],
    [{ json: 'state', matches: '^ad' }, false],
    [{ json: 'state', matches: '^\\p{Ll}+$' }, true],
    [{ json: 'count', matches: '^3$' }, true],
    [{ json: 'yes', matches: 'true' }, true],
    [{ json: 'none', matches: 'null' }, false],
    [{ json: 'phases', matches: 'live' }, false],
    [{ json: 'count', at_least: 3 }, true],
    [{ json: 'count', at_least: 3.1 }, false],
    [{ json: 'count', at_most: 3 }, true],
    [{ json: 'count', at_most: 2.9 }, false],
    [{ json: 'rate', at_least: 0.97 }, true],
    [{ json: 'rate', at_most: 0.9 }, false],
    [{ json: 'state', at_least: 0 }, false],
    [{ json: 'empty', at_most: 1 }, false],
    [{ json: 'none', at_most: 1 }, false],
    [{ json: 'yes', at_least: 0 }, false],
    [{ json: 'nowhere', at_most: 1 }, false],
    [{ json: 'count', at_least: 1, at_most: 5 }, true],
    [{ json: 'count', at_least: 1, at_most: 2 }, false],
    [{ json: 'state', exists: true }, true],
    [{ json: 'none', exists: true }, true],
    [{ json: 'nowhere', exists: true }, false],
    [{ json: 'nowhere', exists: false }, true],
    [{ json: 'state', exists: false }, false],
    [{ json: 'state', exists: true, equals: 'ready' }, true],
    [{ json: 'state', exists: true, equals: 'live' }, false],
    [{ json: 'nowhere', exists: false, equals: 'ready' }, false],
    [{ status: 200, json: 'state', equals: 'ready' }, true],
    [{ status: 201, json: 'state', equals: 'ready' }, false],
    [{ status: 200, json: 'state', equals: 'live' }, false],
  ])('%j: %s', (condition, expected) => {
    expect(holds(condition)).toBe(expected);
  });

  test.each([
    ['$', { exists: true }],
    ['phases[0].state', { equals: 'built' }],
    ['$.phases[1].state', { equals: 'live' }],
    ['phases[-1].state', { equals: 'live' }],
    ['$["a.b"]["it\'s"]', { equals: 1 }],
    ["['state']", { equals: 'ready' }],
    ['$ref', { equals: 'dollar' }],
    ['$.$ref', { equals: 'dollar' }],
    ['phases[2]', { exists: false }],
    ['phases[-3]', { exists: false }],
    ['phases.length', { exists: false }],
    ['phases.0', { exists: false }],
    ['state.length', { exists: false }],
    ['state[0]', { exists: false }],
    ['none.x', { exists: false }],
    ['constructor', { exists: false }],
    ['__proto__', { exists: false }],
  ])('is found at %s', (json, comparison) => {
    expect(holds({ json, ...comparison })).toBe(true);
  });

  it('of a list is found by its place in the whole', () => {
    expect(holds({ json: '$[1]', equals: 'b' }, { status: 200, json: { value: ['a', 'b'] } })).toBe(true);
    expect(holds({ json: '[0]', equals: 'a' }, { status: 200, json: { value: ['a', 'b'] } })).toBe(true);
  });

  it('is neither there nor missing where the answer is no JSON', () => {
    const noJson: Answer = { status: 200, noJson: 'is empty' };
    for (const comparison of [{ exists: false }, { exists: true }, { not_equals: 1 }])
      expect(holds({ json: 'state', ...comparison }, noJson)).toBe(false);
  });
});

describe('the words', () => {
  it('name what holds once, and what was wanted', () => {
    const pass = [
      { status: '2xx' },
      { json: 'count', at_least: 1 },
      { json: 'count', at_most: 5, not_equals: 4 },
      { json: 'state', matches: 'r' },
    ];
    expect(meaningOf(wanted({ pass }), OK)).toEqual({
      result: 'PASS',
      words: 'Answered 200; count is 3; state is "ready".',
    });
  });

  it('tell only of what does not hold yet', () => {
    const pass = [
      { json: 'state', equals: 'ready' },
      { status: [201, '4xx'], json: 'count', at_least: 4, at_most: 9 },
      { json: 'none', not_equals: null },
      { json: 'nowhere', exists: true },
      { json: 'state', exists: false },
      { json: 'state', in: ['live', 1, null], matches: '^l' },
    ];
    expect(meaningOf(wanted({ pass }), OK)).toEqual({
      result: undefined,
      words:
        'Answered 200; count is 3; none is null; nowhere is not there; state is "ready". Wanted: status 201 or 4xx and count is at least 4 and count is at most 9; none does not equal null; nowhere is there; state is not there; state is one of "live", 1, null and state matches "^l".',
    });
  });

  it('cut a long value', () => {
    const answer: Answer = { status: 200, json: { value: { a: 'x'.repeat(500) } } };
    const { words } = meaningOf(wanted({ pass: [{ json: 'a', exists: true }] }), answer);
    expect(words).toBe(`Answered 200; a is "${'x'.repeat(118)}….`);
  });

  it('name the first of `fail` that holds', () => {
    const fail = [{ status: 500 }, { json: 'state', equals: 'ready' }, { status: 200 }];
    expect(meaningOf(wanted({ fail }), OK)).toEqual({
      result: 'FAIL',
      words: 'Answered 200; state is "ready". `fail` has: state equals "ready".',
    });
  });
});

test('the JSON is looked into where `pass` or `fail` does', () => {
  expect(looksIntoJson(wanted({}))).toBe(false);
  expect(looksIntoJson(wanted({ fail: [{ status: 500 }] }))).toBe(false);
  expect(looksIntoJson(wanted({ pass: [{ json: 'a', exists: true }] }))).toBe(true);
  expect(looksIntoJson(wanted({ fail: [{ json: 'a', exists: true }] }))).toBe(true);
});
