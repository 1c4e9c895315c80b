import { expect, test } from 'vitest';
import { type AgentItem, agentItems } from '../../../../../src/gate/evidence/agents/agent-items.ts';

test.each<[string, unknown, AgentItem[]]>([
  ['absent', undefined, []],
  ['null', null, []],
  ['false', false, []],
  ['an empty list', [], []],
  ['a mapping without entries', {}, []],
  ['words for none', ['none', 'N/A', 'na', 'nil', 'Nothing.', '-', '–', 'no blockers', 'no advisories', 'no gap', ''], []],
  ['words that only begin like none', ['none of it works', 'no blockers found', '-1'], [{ text: 'none of it works' }, { text: 'no blockers found' }, { text: '-1' }]],
  ['a line each', '- one\n  * two\n+ three\n\n• four\nfive\nnone', [{ text: 'one' }, { text: 'two' }, { text: 'three' }, { text: 'four' }, { text: 'five' }]],
  ['true', true, [{ text: 'true' }]],
  ['a number', 7, [{ text: '7' }]],
  ['a list of plain values', ['  a ', 7, true, null], [{ text: 'a' }, { text: '7' }, { text: 'true' }]],
  ['a list in a list', [['a', null, 'b']], [{ text: 'a\n\nb' }]],
])('%s', (_, value, expected) => {
  expect(agentItems(value)).toEqual(expected);
}); // biome-ignore format: a table

test.each<[string, unknown, AgentItem]>([
  ['all its parts', { id: 'A-1', criterion: 'c', result: 'PASS', evidence: 'e' }, { text: 'c', id: 'A-1', word: 'PASS', proof: 'e' }],
  ['its first telling text', { title: 't', finding: 'f', name: 'n' }, { text: 'f' }],
  ['its first word of judgement', { text: 't', status: 'done', state: 'open' }, { text: 't', word: 'done' }],
  ['a word that is yes or no', { text: 't', done: false }, { text: 't', word: 'false' }],
  ['a proof that is a list', { text: 't', proof: ['a', 'b'] }, { text: 't', proof: 'a\nb' }],
  ['a proof that is a mapping', { text: 't', proof: { a: 1 } }, { text: 't', proof: '{"a":1}' }],
  ['its message where it has no text', { severity: 'low', message: 'm' }, { text: 'm', proof: 'm' }],
  ['its id where it has nothing else', { id: 7, severity: 'low' }, { text: '7', id: '7' }],
  ['itself where nothing tells', { severity: 'low', area: 'x' }, { text: '{"severity":"low","area":"x"}' }],
  ['a text alone', { check: 'c' }, { text: 'c' }],
  ['an id alone', { id: 'A-1' }, { text: 'A-1', id: 'A-1' }],
  ['a key with a word of judgement', { AC1: 'pass' }, { text: 'AC1', word: 'pass' }],
  ['a key with another word, which is a sentence', { AC1: 'the user can log in' }, { text: 'AC1: the user can log in' }],
  ['a key with nothing', { AC1: null }, { text: 'AC1:' }],
  ['a key with a mapping', { AC1: { result: 'FAIL', note: 'n' } }, { text: 'AC1', word: 'FAIL', proof: 'n' }],
  ['an empty mapping, which is shown', { id: null, a: null, b: 1 }, { text: '{"id":null,"a":null,"b":1}' }],
])('an entry of a list gives %s', (_, entry, expected) => {
  expect(agentItems([entry])).toEqual([expected]);
}); // biome-ignore format: a table

test('an entry that says "none" counts where it has an id', () => {
  expect(agentItems([{ id: 'A-1', finding: 'none' }, { finding: 'none', severity: 'low' }])).toEqual([{ text: 'none', id: 'A-1' }]);
}); // biome-ignore format: one line

test('what tells nothing is shown in 500 characters', () => {
  expect(agentItems([{ a: 'x'.repeat(600), b: 1 }])[0]?.text).toHaveLength(500);
});

test('a mapping is one entry where it has a text, else one for each key', () => {
  expect(agentItems({ finding: 'f', severity: 'low' })).toEqual([{ text: 'f' }]);
  expect(agentItems({ AC1: 'PASS', AC2: { text: 'other', result: 'FAIL' }, AC3: null, none: 'PASS' })).toEqual([
    { text: 'AC1', word: 'PASS' },
    { text: 'other', word: 'FAIL' },
    { text: 'AC3', word: '' },
  ]);
});
