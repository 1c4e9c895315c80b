/**
 * The vendors' own API descriptions, cut to what PACE uses (`tests/descriptions/README.md`). `PACE_TEST_DESCRIPTIONS` names a folder
 * of whole ones to test against instead; what the tests use of them is then written to `used.txt` there, for the next cut.
 */
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const whole = process.env['PACE_TEST_DESCRIPTIONS'];
const folder = whole ?? join(import.meta.dirname, '..', 'descriptions');

export function readDescription(file: string): string {
  return readFileSync(join(folder, file), 'utf8');
}

const noted = new Set<string>();

/** `part`: an operation (`GET /user`), or a field of a GraphQL type (`Query.issues`) or its argument (`Query.issues(first)`). */
export function noteUse(description: string, part: string): void {
  const line = `${description} ${part}`;
  if (whole === undefined || noted.has(line)) return;
  noted.add(line);
  appendFileSync(join(whole, 'used.txt'), `${line}\n`);
}
