import { describe, expect, test } from 'vitest';
import { fingerprintOf } from '../../../../../src/gate/evidence/sarif/fingerprint.ts';
import { heads, lines } from '../workspace.support.ts';
import { at, log, read, result, run } from './logs.support.ts';

describe('the fingerprint of a result', () => {
  test.each<[string, object, string | undefined]>([
    ['is the whole one first', { fingerprints: { a: 'x' }, partialFingerprints: { b: 'y' } }, '[["a","x"]]'],
    ['is made of all, in a fixed order', { fingerprints: { b: 'y', a: 'x' } }, '[["a","x"],["b","y"]]'],
    ['is made of the parts where there is no whole one', { partialFingerprints: { b: 'y', a: 'x' } }, '[["a","x"],["b","y"]]'],
    ['is the hash of the line alone', { partialFingerprints: { primaryLocationLineHash: 'h:1', primaryLocationStartColumnFingerprint: '4' } }, 'primaryLocationLineHash h:1'],
    ['is not the hash of a line that is empty', { partialFingerprints: { primaryLocationLineHash: '', a: 'x' } }, '[["a","x"]]'],
    ['is no sentence in its place', { fingerprints: { 'matchBasedId/v1': 'requires login' } }, undefined],
    ['is a part where a sentence stands for the whole', { fingerprints: { a: 'requires login' }, partialFingerprints: { b: 'y' } }, '[["b","y"]]'],
    ['leaves out what is no text', { fingerprints: { a: 7, b: null, c: 'z' } }, '[["c","z"]]'],
    ['is none of nothing', {}, undefined],
    ['is none of strange things', { fingerprints: 'x', partialFingerprints: ['y'] }, undefined],
    ['is none of empty ones', { fingerprints: {}, partialFingerprints: { a: '' } }, undefined],
  ])('%s', (_, more, expected) => {
    expect(fingerprintOf({ ...more })).toBe(expected);
  }); // biome-ignore format: a table
});

describe('with new_only', () => {
  /** What the first log left in the memory is known when the second is read. */
  async function onTheNextDay(first: object[], second: object[], settings: object = {}) {
    const shipped = await read({ 's.sarif': log(run(first)) }, settings);
    const knownFailures = { unit: shipped.failures ?? [] };
    return read({ 's.sarif': log(run(second)) }, { new_only: true, ...settings }, { knownFailures });
  }
  const said = (text: string, more: object = {}) => result({ message: { text }, ...more });

  test('what was there before is shown and does not hold, wherever its line is now', async () => {
    const next = await onTheNextDay(
      [said('a', { locations: at('a.ts', 1) })],
      [said('a', { locations: at('a.ts', 9) })],
    );
    expect(lines(next)).toEqual(['OBSERVED R1 in a.ts @a.ts:9 | Known since the last SHIP. a']);
  });

  test('another message is new; not where a fingerprint is the same', async () => {
    expect(heads(await onTheNextDay([said('a')], [said('b')]))).toEqual(['FAIL R1']);
    const print = { partialFingerprints: { primaryLocationLineHash: '39fa2ee980eb94b0:1' } };
    expect(heads(await onTheNextDay([said('a', print)], [said('b', print)]))).toEqual(['OBSERVED R1']);
  });

  test('another fingerprint is new, whatever the message', async () => {
    const print = (hash: string) => ({ locations: at('a.ts'), partialFingerprints: { primaryLocationLineHash: hash } });
    const next = await onTheNextDay([said('a', print('h:1'))], [said('a', print('h:1')), said('a', print('h:2'))]);
    expect(heads(next)).toEqual(['OBSERVED R1 in a.ts @a.ts:1', 'FAIL R1 in a.ts @a.ts:1']);
  });

  test('another rule or file is new, whatever the fingerprint', async () => {
    const print = { fingerprints: { a: 'x' } };
    const first = [said('a', { ...print, locations: at('a.ts') })];
    const next = await onTheNextDay(first, [
      said('a', { ...print, locations: at('b.ts') }),
      said('a', { ...print, ruleId: 'R1/x', locations: at('a.ts') }),
    ]);
    expect(heads(next)).toEqual(['FAIL R1 in b.ts @b.ts:1', 'FAIL R1/x in a.ts @a.ts:1']);
  });

  test('a file outside of the workspace is known again when its lines move', async () => {
    const outside = (line: number) => [said('a', { locations: at('/elsewhere/a.ts', line) })];
    expect(lines(await onTheNextDay(outside(1), outside(9)))).toEqual([
      'OBSERVED R1 in /elsewhere/a.ts @9 | Known since the last SHIP. /elsewhere/a.ts:9: a',
    ]);
  });

  test('what the scanner knows from its own baseline is counted, and PACE’s memory decides about the rest', async () => {
    const of = (baselineState: string, text: string) => said(text, { baselineState });
    const next = await onTheNextDay(
      [said('new'), said('updated')],
      [of('new', 'new'), of('updated', 'updated'), of('new', 'newer'), of('unchanged', 'old'), of('absent', 'gone')],
    );
    expect(lines(next)).toEqual([
      'OBSERVED R1 | Known since the last SHIP. new',
      'OBSERVED R1 | Known since the last SHIP. updated',
      'FAIL R1 | newer',
      'PASS what does not count | Tool: 2 known from the baseline',
    ]);
  });

  test('without a memory everything is new', async () => {
    const reading = await read({ 's.sarif': log(run([said('a')])) }, { new_only: true });
    expect(heads(reading)).toEqual(['FAIL R1']);
    expect(reading.failures).toHaveLength(1);
  });
});
