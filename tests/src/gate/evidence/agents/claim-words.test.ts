import { expect, test } from 'vitest';
import { boxOf, judgedWords, verdictOf } from '../../../../../src/gate/evidence/agents/claim-words.ts';

test.each<[string | undefined, string]>([
  [undefined, 'done'],
  ...['pass', 'Passed', 'done', 'met', 'built', 'complete', 'completed', 'implemented', 'tested', 'yes', 'true', 'OK', 'x'].map((word): [string, string] => [word, 'done']),
  ...['partial', 'Partially', 'deferred', 'out of scope', 'out_of_scope', 'out-of-scope'].map((word): [string, string] => [word, 'open']),
  ...['', 'no', 'not done', 'nearly done', 'done?', 'undone', 'LGTM', 'false'].map((word): [string, string] => [word, 'undone']),
])('the word %j says %s', (word, verdict) => {
  expect(verdictOf(word)).toBe(verdict);
}); // biome-ignore format: a table

test.each([
  ...['', 'done', 'Done.', 'is done', 'see tests/login.test.ts', 'the login form was built', 'notes are kept', 'opens the page', 'no error is shown'],
  ...['removed the old form', 'cancelled orders are shown', 'started jobs are listed', 'needs no password', 'will be greeted', 'remaining items stay', 'waiting is short'],
  ...['failover works', 'unknown users are refused', 'pending-list is shown', 'works, not only on Linux'],
])('beside an id %j says that it is done', (beside) => {
  expect(judgedWords(beside, 'users log in')).toBe('done');
}); // biome-ignore format: a list

test.each([
  ...['not done', 'is not done yet', 'has not been built', 'Not started', "isn't done", 'isn’t done', 'cannot be tested', "can't work", 'will be skipped'],
  ...['to be done', 'to do', 'TODO', 'TBD: ask Ann', 'WIP', 'in progress', 'is still in progress', 'work in progress', 'pending review', 'missing tests'],
  ...['fails on CI', 'failed', 'FAIL', 'failing', 'blocked by AC1', 'broken', 'no', 'No.', 'none', 'false', 'open', 'unknown', 'never built', 'untested'],
  ...['could not be finished', "couldn't be built", "didn't get to it", 'needs more work', 'remains open', 'remaining', 'planned for day 5', 'on hold', 'waiting for Ann'],
  ...['cancelled', 'dropped', 'removed from scope', 'started', 'stubbed', 'tests fail', 'test is failing', 'will be done tomorrow', '(WIP)', '(not done)', '❌', '❌ the form', '🚧 the form'],
  ...['almost done', 'nearly done', 'mostly done', 'half done', 'partly done', 'partially done', 'deferred to day 4', 'postponed', 'skipped', 'incomplete'],
])('beside an id %j says that it is not done', (beside) => {
  expect(judgedWords(beside, 'users log in')).toBe('undone');
}); // biome-ignore format: a list

test('beside an id a single word declares it open', () => {
  expect(['partial', 'Partially.', '(partial)', 'deferred', 'out of scope'].map((word) => judgedWords(word, 'users log in'))).toEqual(Array(5).fill('open'));
}); // biome-ignore format: one line

test('a word of doubt with which the criterion itself begins is none', () => {
  expect(judgedWords('Failed logins are counted now', 'failed logins are counted')).toBe('done');
  expect(judgedWords('failing now', 'failed logins are counted')).toBe('undone');
  expect(judgedWords('not done', 'not found pages help')).toBe('undone');
  expect(judgedWords('no', 'notes are kept')).toBe('undone');
  expect(judgedWords('fail', 'failover works')).toBe('undone');
});

test.each<[string, { text: string; word?: string }]>([
  ['[x] a', { text: 'a', word: 'done' }],
  ['[X]  a', { text: 'a', word: 'done' }],
  ['[ ] a', { text: 'a', word: 'not done' }],
  ['✅ a', { text: 'a', word: 'done' }],
  ['☑️ a', { text: 'a', word: 'done' }],
  ['a ✓', { text: 'a', word: 'done' }],
  ['❌ a', { text: 'a', word: 'not done' }],
  ['a ✗', { text: 'a', word: 'not done' }],
  ['☐ a', { text: 'a', word: 'not done' }],
  ['✅ a ❌', { text: 'a', word: 'not done' }],
  ['⚠️ a', { text: 'a', word: 'not done' }],
  ['a 🚫', { text: 'a', word: 'not done' }],
  ['🚀 a', { text: '🚀 a' }],
  ['[y] a', { text: '[y] a' }],
  ['[x]a', { text: '[x]a' }],
  ['✅', { text: '✅' }],
  ['a ✅ b', { text: 'a ✅ b' }],
  ['a', { text: 'a' }],
  ['', { text: '' }],
])('the box of %j is read', (text, expected) => {
  expect(boxOf({ text })).toEqual(expected);
});

test('a tick does not outweigh a word, a cross does', () => {
  expect(boxOf({ text: '✅ a', word: 'failing', id: '1' })).toEqual({ text: 'a', word: 'failing', id: '1' });
  expect(boxOf({ text: '❌ a', word: 'done', proof: 'p' })).toEqual({ text: 'a', word: 'not done', proof: 'p' });
});
