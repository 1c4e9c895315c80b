import { describe, expect, test } from 'vitest';
import { type BacklogItem, openItems, updateBacklog } from '../../../src/gate/backlog.ts';
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
