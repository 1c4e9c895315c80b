/**
 * Every reader under reports that are a little wrong. The usual run is short; `PACE_TEST_FUZZ=20000` tries that many of each, and
 * prints the seed of what it finds.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evidenceSchema } from '../../../../../src/config/schema.ts';
import { readEvidence } from '../../../../../src/gate/evidence/index.ts';
import type { Finding } from '../../../../../src/gate/finding.ts';
import { contextIn, workspace } from '../workspace.support.ts';
import { type Chance, chanceOf, mutatedJson, mutatedLines, mutatedXml } from './mutations.ts';

const RUNS = Number(process.env['PACE_TEST_FUZZ'] ?? 150);
const FIXTURES = new URL('../fixtures/', import.meta.url).pathname;
const LARGEST = 20_000;

type Type = 'junit' | 'sarif' | 'coverage';
type Kind = 'xml' | 'json' | 'json lines' | 'lines';

interface Sample {
  readonly type: Type;
  readonly name: string;
  readonly kind: Kind;
  readonly text: string;
}

const FOLDERS: Readonly<Record<string, Type>> = {
  junit: 'junit',
  trx: 'junit',
  nunit: 'junit',
  ctrf: 'junit',
  go: 'junit',
  sarif: 'sarif',
  coverage: 'coverage',
};

function kindOf(text: string): Kind {
  if (text.startsWith('<')) return 'xml';
  if (!/^[[{]/.test(text)) return 'lines';
  try {
    JSON.parse(text);
    return 'json';
  } catch {
    return 'json lines';
  }
}

/** What real tools wrote, by what the gate is told to read it as. */
function realSamples(): Sample[] {
  const rows = readFileSync(join(FIXTURES, 'real/expect.tsv'), 'utf8').trim().split('\n').slice(1);
  return rows.flatMap((row) => {
    const [tool = '', file = '', type] = row.split('\t');
    const path = join(FIXTURES, 'real', tool, file);
    if (!statSync(path).isFile() || statSync(path).size > LARGEST) return [];
    const text = readFileSync(path, 'utf8')
      .replace(/^\ufeff/, '')
      .trim();
    return [{ type: type === 'sarif' ? 'sarif' : 'junit', name: `${tool}/${file}`, kind: kindOf(text), text }];
  });
}

function samplesIn(folder: string, type: Type): Sample[] {
  const names = readdirSync(join(FIXTURES, folder), { recursive: true, encoding: 'utf8' });
  return names.flatMap((name): Sample[] => {
    const path = join(FIXTURES, folder, name);
    const stats = statSync(path);
    if (!stats.isFile() || stats.size === 0 || stats.size > LARGEST || /README|\.tsv$|\.md$/.test(name)) return [];
    const text = readFileSync(path, 'utf8').replace(/^\ufeff/, '').trim();
    return [{ type, name: `${folder}/${name}`, kind: kindOf(text), text }];
  });
} // biome-ignore format: one thought

const samples = [...Object.entries(FOLDERS).flatMap(([folder, type]) => samplesIn(folder, type)), ...realSamples()];
const numbers = fc.array(fc.nat(1_000_000), { minLength: 12, maxLength: 40 });

async function read({ type }: Pick<Sample, 'type'>, text: string): Promise<readonly Finding[]> {
  const path = 'report';
  const cwd = workspace({ [path]: text });
  const more = type === 'coverage' ? { minimum: 0 } : {};
  const config = evidenceSchema.parse({ name: 'unit', type, path, on_broken: 'advisory', ...more });
  const [reading] = await readEvidence([config], contextIn(cwd));
  return reading?.findings ?? [];
}

const results = (findings: readonly Finding[]) => findings.map(({ result }) => result);

function mutated({ kind, text }: Sample, chance: Chance): string {
  if (kind === 'xml') return mutatedXml(text, chance);
  if (kind === 'json') return mutatedJson(text, chance);
  return mutatedLines(text, chance);
}

describe.each([...new Set(samples.map(({ type, kind }) => `${type} as ${kind}`))])('%s', (group) => {
  const own = samples.filter(({ type, kind }) => `${type} as ${kind}` === group);

  it('that is a little wrong is read or refused, never an exception', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...own), numbers, async (sample, picks) => {
        const found = results(await read(sample, mutated(sample, chanceOf(picks))));
        expect(found.length).toBeGreaterThan(0);
        expect(found).not.toContain('UNKNOWN');
      }),
      { numRuns: RUNS },
    );
  });

  // after a line, of which every one stands alone, nobody can tell
  if (/(?:xml|json)$/.test(group))
    it('that breaks off is never a pass', async () => {
      await fc.assert(
        fc.asyncProperty(fc.constantFrom(...own), fc.nat(), async (sample, at) => {
          const found = results(await read(sample, sample.text.slice(0, at % sample.text.length)));
          expect(found.length).toBeGreaterThan(0);
          expect(found).not.toContain('PASS');
          expect(found).not.toContain('UNKNOWN');
        }),
        { numRuns: RUNS },
      );
    });
});

it('a failure that is put into a report of tests is told, wherever it stands', async () => {
  const reports = samples.filter(({ type, text }) => type === 'junit' && /<testsuite[\s>]/.test(text) && text.includes('</testsuite>'));
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...reports), fc.nat(), async (sample, at) => {
      const parts = sample.text.split('</testsuite>');
      const place = 1 + (at % (parts.length - 1));
      const planted = '<testcase classname="planted" name="here"><failure message="no"/></testcase>';
      const text = parts.slice(0, place).join('</testsuite>') + planted + ['', ...parts.slice(place)].join('</testsuite>');
      const whole = await read(sample, text);
      // a report of which the original cannot be read does not have to be
      if (results(await read(sample, sample.text)).includes('ADVISORY')) return;
      const more = whole.some(({ check }) => check.startsWith('further failing'));
      expect(more || whole.some(({ check, result }) => result === 'FAIL' && check === 'planted here')).toBe(true);
    }),
    { numRuns: RUNS },
  );
}); // biome-ignore format: one thought
