import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';
import { type Evidence, type EvidenceOf, evidenceSchema } from '../../../../src/config/schema.ts';
import type { EvidenceContext } from '../../../../src/gate/evidence/reader.ts';
import type { EvidenceReading } from '../../../../src/gate/finding.ts';
import { createWaivers } from '../../../../src/gate/waivers.ts';
import { testWorld } from '../../../support/world.ts';

const made: string[] = [];

afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

/** A folder of its own with these files in it; removed after the tests of the file. */
export function workspace(files: Readonly<Record<string, string | Uint8Array>> = {}): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'pace-evidence-')));
  made.push(folder);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

/** A fixture, with `@WORKSPACE@` left as it is. */
export function fixture(path: string): string {
  return readFileSync(new URL(`fixtures/${path}`, import.meta.url), 'utf8');
}

export function contextIn(cwd: string, overrides: Partial<EvidenceContext> = {}): EvidenceContext {
  const waivers = createWaivers({ waivers: [], quarantine: [], sha: 'c0ffee', date: '2026-03-02' });
  return { world: testWorld({ cwd }), day: 3, sha: 'c0ffee', baseline: {}, waivers, secretNames: [], ...overrides };
}

/** A source named `unit` with every default filled in. */
export function configOf<Type extends Evidence['type']>(
  settings: Record<string, unknown> & { type: Type },
): EvidenceOf<Type> {
  return evidenceSchema.parse({ name: 'unit', ...settings }) as EvidenceOf<Type>;
}

/** One line per finding: `RESULT check @file:line:column | evidence`. */
export function lines({ findings }: EvidenceReading): string[] {
  return findings.map(({ result, check, evidence, file, line, column }) => {
    const place = [file, line, column].filter((part) => part !== undefined).join(':');
    return `${result} ${check}${place === '' ? '' : ` @${place}`} | ${evidence.replaceAll('\n', '⏎')}`;
  });
}

/** The same without the evidence. */
export function heads(reading: EvidenceReading): string[] {
  return lines(reading).map((line) => line.replace(/ \| .*$/s, ''));
}
