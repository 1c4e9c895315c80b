import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { momentOf, readLog, ULID } from '../../../core/spec-kitty/events.ts';
import { newLines, type Writer } from '../../../core/spec-kitty/new-lines.ts';
import { laneOf, reduced } from '../../../core/spec-kitty/reducer.ts';
import { nextUlid } from '../../../core/spec-kitty/ulid.ts';
import { sampleText } from './samples.ts';

const LOG = sampleText('planned', 'status.events.jsonl');
const NOW = Date.parse('2026-11-30T04:00:00.250Z');

function writer(over: Partial<Writer> = {}): Writer {
  return { now: NOW, random: () => 0.5, actor: 'ann', mission: { slug: 'owl-call-log-01M8N6R9', id: '01M8' }, ...over };
}

function logOf(text: string) {
  const read = readLog(text);
  if ('corrupt' in read) throw new Error(JSON.stringify(read.corrupt));
  return read.log;
}

const CLAIM = { workPackage: 'WP01', from: 'planned', to: 'claimed', reason: 'x' } as const;

describe('new lines', () => {
  it('are moves with the keys that the program writes', () => {
    const { text, ids } = newLines(logOf(LOG), [CLAIM], writer());
    const own = JSON.parse(text);
    const [, theirs] = LOG.split('\n').filter((line) => line.includes('from_lane'));
    expect(Object.keys(own)).toEqual(Object.keys(JSON.parse(theirs ?? '')));
    expect(own).toMatchObject({
      at: '2026-11-30T04:00:00.250000+00:00',
      event_id: ids[0],
      execution_mode: 'direct_repo',
    });
  });

  it.each([
    ['for_review', 'in_progress', 'force-override'],
    ['in_review', 'planned', 'force-override'],
    ['approved', 'in_progress', 'force-override'],
    ['for_review', 'blocked', null],
    ['in_progress', 'planned', null],
  ] as const)('say what review was passed over, where a move from %s to %s is one', (from, to, expected) => {
    const { text } = newLines(logOf(LOG), [{ workPackage: 'WP01', from, to, force: true, reason: 'x' }], writer());
    expect(JSON.parse(text).review_ref).toBe(expected);
  });

  it('come after one another, within one millisecond too', () => {
    let text = LOG;
    for (const note of ['a', 'b', 'c'])
      text += newLines(logOf(text), [{ workPackage: 'WP01', delta: { note } }], writer()).text;
    expect(reduced(logOf(text)).workPackages.get('WP01')?.get('notes')).toEqual(['a', 'b', 'c']);
    const lines = text
      .trim()
      .split('\n')
      .slice(-3)
      .map((line) => JSON.parse(line));
    expect(lines.map(({ at }) => at.slice(-12))).toEqual(
      ['50000+00:00', '50001+00:00', '50002+00:00'].map((at) => `2${at}`),
    );
    expect(lines.map(({ event_id: id }) => id)).toEqual(lines.map(({ event_id: id }) => id).sort());
  });

  it('are refused while the last line is of a time that is not there yet', () => {
    expect(() => newLines(logOf(LOG), [CLAIM], writer({ now: Date.parse('2026-11-30T03:00:00Z') }))).toThrow(
      /clock|no effect/,
    );
    const zone = LOG.replaceAll('2026-11-30T03:10:31.527159+00:00', '2026-11-30T05:10:31.527159+02:00');
    expect(() => newLines(logOf(zone), [CLAIM], writer())).toThrow(/no effect/);
  });

  it('take effect, whatever their texts and whatever happens at random', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.double({ min: 0, max: 1, noNaN: true }), (note, random) => {
        const entries = [{ workPackage: 'WP02', delta: { note } }, CLAIM];
        const { text } = newLines(logOf(LOG), entries, writer({ random: () => random }));
        expect(text).toMatch(/^[\x20-\x7e]+\n[\x20-\x7e]+\n$/);
        const status = reduced(logOf(LOG + text));
        expect(status.workPackages.get('WP02')?.get('notes')).toEqual([note]);
        expect(laneOf(status.workPackages.get('WP01'))).toBe('claimed');
      }),
    );
  });
});

describe('an id', () => {
  it('is a ULID of its time, greater than all others', () => {
    expect(nextUlid([], 0, () => 0)).toBe('0'.repeat(26));
    expect(nextUlid([], 1469918176385, () => 0.999999).slice(0, 10)).toBe('01ARYZ6S41');
    const id = '01M8N6XGB25V59TP7M89EVZDZZ';
    expect(nextUlid(['x', id, '01'], 0, () => 0)).toBe('01M8N6XGB25V59TP7M89EVZE00');
    expect(nextUlid([`7${'Z'.repeat(25)}`], NOW, () => 0.3)).toMatch(ULID);
  });
});

it('reads microseconds', () => {
  expect(momentOf('1970-01-01T00:00:00.001250+00:00')).toBeCloseTo(1.25, 6);
  expect(momentOf('soon')).toBe(Number.NEGATIVE_INFINITY);
});
