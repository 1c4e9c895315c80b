import { describe, expect, test } from 'vitest';
import { advisoryDigest } from '../../../core/adapters/issues/advisory-issue.ts';
import type { KnownAdvisory } from '../../../core/adapters/ports.ts';
import { type BacklogItem, openItems, updateBacklog, withKnown } from '../../../src/gate/backlog.ts';
import type { EvidenceReading, FindingResult } from '../../../src/gate/finding.ts';

function reading(
  source: string,
  checks: [string, FindingResult][],
  more: Partial<EvidenceReading> = {},
): EvidenceReading {
  const findings = checks.map(([check, result]) => ({ source, check, result, evidence: '' }));
  return { source, findings, complete: true, standing: true, ...more };
}

const OLD: BacklogItem = { id: 'scan-day1-1', day_raised: 1, agent: 'scan', finding: 'old cipher', status: 'open' };

function update(
  items: BacklogItem[],
  readings: EvidenceReading[],
  more: { clearanceDay?: boolean; closedByPeople?: string[] } = {},
) {
  return updateBacklog({ items, readings, day: 3, clearanceDay: false, ...more });
}

describe('the backlog', () => {
  test('a new advisory gets the next number of the whole list', () => {
    const { items, added } = update(
      [OLD],
      [
        reading('Scan', [
          ['old cipher', 'ADVISORY'],
          ['old hash', 'ADVISORY'],
        ]),
      ],
    );
    const fresh = { id: 'scan-day3-2', day_raised: 3, agent: 'Scan', finding: 'old hash', status: 'open' };
    expect(items).toEqual([OLD, fresh]);
    expect(added).toEqual([fresh]);
  });

  test('the same finding twice in one day is one item', () => {
    expect(
      update(
        [],
        [
          reading('scan', [
            ['x', 'ADVISORY'],
            ['x', 'ADVISORY'],
          ]),
        ],
      ).items,
    ).toHaveLength(1);
  });

  test('a cleared one that comes back is opened again under its old number', () => {
    const { items, added } = update([{ ...OLD, status: 'cleared' }], [reading('scan', [['old cipher', 'ADVISORY']])]);
    expect(items).toEqual([OLD]);
    expect(added).toEqual([OLD]);
  });

  test('standing evidence that does not find it any more clears it, unless it could not be read or fails now', () => {
    expect(update([OLD], [reading('scan', [['scan', 'PASS']])]).cleared).toEqual([{ ...OLD, status: 'cleared' }]);
    expect(update([OLD], [reading('scan', [], { complete: false })]).cleared).toEqual([]);
    expect(update([OLD], [reading('scan', [['old cipher', 'FAIL']])]).cleared).toEqual([]);
    expect(update([OLD], []).cleared).toEqual([]);
  });

  test("an agent's clean report clears on a clearance day only", () => {
    const clean = [reading('scan', [['gate', 'PASS']], { standing: false })];
    expect(update([OLD], clean).cleared).toEqual([]);
    expect(update([OLD], clean, { clearanceDay: true }).cleared).toHaveLength(1);
    const raises = [reading('scan', [['other', 'ADVISORY']], { standing: false })];
    expect(update([OLD], raises, { clearanceDay: true }).cleared).toEqual([]);
  });

  test('what a person closed is cleared, unless it is found again', () => {
    expect(openItems(update([OLD], [], { closedByPeople: [OLD.id] }).items)).toEqual([]);
    const again = [reading('scan', [['old cipher', 'ADVISORY']])];
    expect(openItems(update([OLD], again, { closedByPeople: [OLD.id] }).items)).toEqual([OLD]);
  });

  test('only advisories are raised', () => {
    const results = ['PASS', 'FAIL', 'PARTIAL', 'WAIVED', 'UNKNOWN', 'ADVISORY'] as const;
    const readings = [
      reading(
        'scan',
        results.map((result) => [result, result]),
      ),
    ];
    expect(update([], readings).items.map(({ finding }) => finding)).toEqual(['ADVISORY']);
  });

  test('what is cleared already is not cleared again', () => {
    const cleared: BacklogItem = { ...OLD, status: 'cleared' };
    const change = update([cleared], [reading('scan', [])], { closedByPeople: [OLD.id] });
    expect(change).toEqual({ items: [cleared], added: [], cleared: [] });
  });

  test('what is open already is not opened again', () => {
    expect(update([OLD], [reading('scan', [['old cipher', 'ADVISORY']])])).toEqual({
      items: [OLD],
      added: [],
      cleared: [],
    });
  });

  test('the same words of another agent are another concern; the same agent in other letters is the same', () => {
    const raised = (source: string) =>
      update([OLD], [reading(source, [['old cipher', 'ADVISORY']])]).added.map(({ id }) => id);
    expect([raised('unit'), raised('SCAN')]).toEqual([['unit-day3-2'], []]);
    expect(update([{ ...OLD, agent: 'SCAN' }], [reading('scan', [])]).cleared).toHaveLength(1);
    expect(update([OLD], [reading('unit', [])]).cleared).toEqual([]);
  });

  test('another failure of the same source does not keep an entry of standing evidence open', () => {
    expect(update([OLD], [reading('scan', [['new hole', 'FAIL']])]).cleared).toHaveLength(1);
  });

  test.each<[FindingResult, number]>([
    ['PASS', 1],
    ['PARTIAL', 1],
    ['FAIL', 0],
    ['ADVISORY', 0],
    ['WAIVED', 0],
    ['UNKNOWN', 0],
  ])("on a clearance day an agent's report with a %s clears %i", (result, count) => {
    const readings = [
      reading(
        'scan',
        [
          ['gate', 'PASS'],
          ['other', result],
        ],
        { standing: false },
      ),
    ];
    expect(update([OLD], readings, { clearanceDay: true }).cleared).toHaveLength(count);
    const broken = [reading('scan', [['other', result]], { standing: false, complete: false })];
    expect(update([OLD], broken, { clearanceDay: true }).cleared).toEqual([]);
  });
});

describe('an id', () => {
  const fresh = (items: BacklogItem[], ...checks: string[]) =>
    update(items, [
      reading(
        'scan',
        checks.map((check) => [check, 'ADVISORY']),
      ),
    ]).added.map(({ id }) => id);
  const taken = (id: string): BacklogItem => ({ ...OLD, id, finding: id });

  test('is counted on over the whole list', () => {
    expect(fresh([], 'a', 'b')).toEqual(['scan-day3-1', 'scan-day3-2']);
    expect(fresh([OLD], 'a', 'b')).toEqual(['scan-day3-2', 'scan-day3-3']);
  });

  test('that is taken, as by another sprint, is left out', () => {
    expect(fresh([taken('scan-day3-2')], 'a', 'b')).toEqual(['scan-day3-3', 'scan-day3-4']);
    expect(fresh([taken('scan-day3-2'), taken('scan-day3-3')], 'a')).toEqual(['scan-day3-4']);
    expect(fresh([taken('unit-day3-2')], 'a')).toEqual(['scan-day3-2']);
  });
});

describe('what only the tracker remembers', () => {
  const remembered = (more: Partial<KnownAdvisory> = {}): KnownAdvisory => ({
    ...{ id: 'scan-day1-1', day: 1, agent: 'scan', finding: 'old cipher', isClosed: false },
    digest: advisoryDigest('scan', 'old cipher'),
    ...more,
  });

  test('is in the backlog of a runner that has forgotten everything', () => {
    expect(withKnown([], [remembered()], [])).toEqual([OLD]);
    expect(withKnown([], [], [])).toEqual([]);
  });

  test('is one with what is here, by its finding or by its id, whatever became of it here', () => {
    const other: BacklogItem = { ...OLD, id: 'scan-day1-7', status: 'cleared' };
    for (const here of [OLD, other, { ...OLD, agent: 'SCAN', id: 'x' }, { ...OLD, finding: 'edited' }]) {
      expect(withKnown([here], [remembered()], [])).toEqual([here]);
    }
  });

  test('comes behind what is here, where it is another finding', () => {
    const known = remembered({ id: 'scan-day2-9', day: 2, finding: 'old hash', digest: advisoryDigest('scan', 'old hash') });
    expect(withKnown([OLD], [known], [])).toEqual([
      OLD,
      { id: 'scan-day2-9', day_raised: 2, agent: 'scan', finding: 'old hash', status: 'open' },
    ]);
  }); // biome-ignore format: one line

  test('is whole again where it is found anew, and then no second entry', () => {
    const whole = `old cipher ${'x'.repeat(300)}`;
    const known = remembered({ finding: 'old cipher xxx…', digest: advisoryDigest('scan', whole) });
    const found = [reading('Scan', [[whole, 'ADVISORY']])];
    const items = withKnown([], [known], found);
    expect(items).toEqual([{ ...OLD, finding: whole }]);
    expect(update([...items], found)).toEqual({ items, added: [], cleared: [] });
    // of another agent, or not found: as the tracker has it
    expect(withKnown([], [known], [reading('unit', [[whole, 'ADVISORY']])])[0]?.finding).toBe('old cipher xxx…');
  });

  test('leaves its id taken', () => {
    const items = [...withKnown([], [remembered({ id: 'scan-day3-2' })], [])];
    expect(update(items, [reading('scan', [['new', 'ADVISORY']])]).added[0]?.id).toBe('scan-day3-3');
  });

  test('and a person has closed is cleared', () => {
    const items = [...withKnown([], [remembered({ isClosed: true })], [])];
    const { cleared } = update(items, [], { closedByPeople: ['scan-day1-1'] });
    expect(cleared).toEqual([{ ...OLD, status: 'cleared' }]);
  });
});
