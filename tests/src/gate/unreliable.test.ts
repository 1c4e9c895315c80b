import { expect, test } from 'vitest';
import type { EvidenceReading } from '../../../src/gate/finding.ts';
import { unreliableNote } from '../../../src/gate/unreliable.ts';

const reading = (source: string, recovered?: string[]): EvidenceReading => ({
  ...{ source, findings: [], complete: true, standing: true },
  ...(recovered ? { recovered } : {}),
});

test('tests that both failed and passed are proposed for quarantine', () => {
  expect(unreliableNote([reading('unit', ['cart "adds"']), reading('e2e', ['pays'])])).toEqual([
    'Both failed and passed on this commit. To let them be while they are mended: `quarantine: [{ test: "unit: cart \\"adds\\"", owner: …, expires: … }, { test: "e2e: pays", owner: …, expires: … }]`.',
  ]);
});

test('where there are many, five are named', () => {
  const [note] = unreliableNote([reading('unit', ['a', 'b', 'c', 'd', 'e', 'f', 'g'])]);
  expect(note).toContain('unit: e');
  expect(note).not.toContain('unit: f');
  expect(note).toMatch(/`, and 2 more\.$/);
});

test('where there is none, nothing is said', () => {
  expect(unreliableNote([reading('unit'), reading('scan', [])])).toEqual([]);
});
