import { expect, test } from 'vitest';
import { differences } from '../../../src/config/differences.ts';

const plain = (text: string) => text;
const between = (before: unknown, after: unknown, redact = plain) => differences(before, after, redact);

test.each([
  ['nothing', { a: [1, { b: 2 }] }, { a: [1, { b: 2 }] }, []],
  ['a value', { gate: { mode: 'enforce' } }, { gate: { mode: 'observe' } }, ['gate.mode: enforce → observe']],
  ['a value that is new', { gate: {} }, { gate: { name: 'x' } }, ['gate.name is new: x']],
  ['a section that is new', {}, { jira: { url: 'x' } }, ['jira is new']],
  ['a value that is gone', { gate: { name: 'x' } }, { gate: {} }, ['gate.name is gone, it was x']],
  ['a section that is gone', { jira: { url: 'x' } }, {}, ['jira is gone']],
  ['an empty text', { a: 'x' }, { a: '' }, ['a: x → ""']],
  ['a number and a truth', { a: 1, b: true }, { a: 2, b: false }, ['a: 1 → 2', 'b: true → false']],
  ['a list of words', { ignore: [] }, { ignore: ['a', 'b'] }, ['ignore: nothing → a, b']],
  ['a list of lists', { a: [[1]] }, { a: [[2]] }, ['a: [[1]] → [[2]]']],
  ['another kind of value', { by: 'anyone' }, { by: ['ann'] }, ['by: anyone → ann']],
  ['an item that is new', { evidence: [] }, { evidence: [{ name: 'unit' }] }, ['evidence[unit] is new']],
  [
    'an item before others that is gone',
    { evidence: [{ name: 'a' }, { name: 'b', run: 'x' }] },
    { evidence: [{ name: 'b', run: 'y' }] },
    ['evidence[a] is gone', 'evidence[b].run: x → y'],
  ],
  [
    'only the order',
    { evidence: [{ name: 'a' }, { name: 'b' }] },
    { evidence: [{ name: 'b' }, { name: 'a' }] },
    ['evidence: a, b → b, a'],
  ],
  [
    'an item of a name that is there twice',
    { waivers: [{ check: 'x', owner: 'a' }] },
    {
      waivers: [
        { check: 'x', owner: 'a' },
        { check: 'x', owner: 'b' },
      ],
    },
    ['waivers[x (2)] is new'],
  ],
  [
    'an item by its test',
    { quarantine: [{ test: 't', owner: 'a' }] },
    { quarantine: [{ test: 't', owner: 'b' }] },
    ['quarantine[t].owner: a → b'],
  ],
  ['an item by when it begins', { freeze: [] }, { freeze: [{ from: '2026-01-01' }] }, ['freeze[2026-01-01] is new']],
  ['items without a name', { a: [{ b: 1 }] }, { a: [{ b: 2 }] }, ['a: [{"b":1}] → [{"b":2}]']],
])('of %s', (_, before, after, expected) => {
  expect(between(before, after)).toEqual(expected);
});

test('show no secret, and no more than fits a line', () => {
  const hide = (text: string) => text.replaceAll('hidden', '***');
  expect(between({ a: 'x', hidden: 1 }, { a: 'is hidden', hidden: 2 }, hide)).toEqual(['a: x → is ***', '***: 1 → 2']);
  const [long = ''] = between({ a: 'x' }, { a: `${'y'.repeat(200)}\nz` });
  expect(long).toBe(`a: x → ${'y'.repeat(79)}…`);
  const [name = ''] = between({ a: [] }, { a: [{ name: 'n'.repeat(100) }] });
  expect(name).toBe(`a[${'n'.repeat(59)}…] is new`);
});
