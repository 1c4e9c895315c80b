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
});
