/** Tests that both failed and passed on one commit: they say nothing about it. Pure. */
import { plainLine } from '../../core/text/untrusted-text.ts';
import { type EvidenceReading, title } from './finding.ts';

const NAMED = 5;

/** A proposal to put them into quarantine. */
export function unreliableNote(readings: readonly EvidenceReading[]): string[] {
  const titles = readings.flatMap(({ source, recovered = [] }) => recovered.map((check) => title({ source, check })));
  if (titles.length === 0) return [];
  const entries = titles
    .slice(0, NAMED)
    .map((name) => `{ test: ${JSON.stringify(plainLine(name, 200))}, owner: …, expires: … }`);
  const more = titles.length > NAMED ? `, and ${titles.length - NAMED} more` : '';
  return [
    `Both failed and passed on this commit. To let them be while they are mended: \`quarantine: [${entries.join(', ')}]\`${more}.`,
  ];
}
