/** Line coverage against a minimum and against the last day that shipped. */
import type { EvidenceOf } from '../../../config/schema.ts';
import type { EvidenceReading, Finding } from '../../finding.ts';
import { EvidenceFault, saysNothing, unusable } from '../files/fault.ts';
import type { EvidenceFile } from '../files/files.ts';
import { readEach } from '../files/read-each.ts';
import { textPieces } from '../files/read-text.ts';
import { proofText } from '../finding-text.ts';
import { createGathered } from '../gathered.ts';
import type { EvidenceContext } from '../reader.ts';
import { parseCobertura } from './cobertura.ts';
import { parseIstanbul } from './istanbul.ts';
import { parseLcov } from './lcov.ts';
import { type LineCoverage, type Percent, total } from './line-coverage.ts';

/** Differences smaller than this are the noise of floating point numbers. */
const EPSILON = 1e-6;

/**
 * Covered lines of all files in percent of all their lines, never an average of percentages. The reading carries the value
 * only when every report could be read: a part of the reports is not a measurement.
 */
export async function readCoverage(config: EvidenceOf<'coverage'>, context: EvidenceContext): Promise<EvidenceReading> {
  const { read, problems } = await readEach(config, config, context, (file) => parse(file, context.signal));
  const gathered = createGathered(config, context, { noun: 'limits' });
  for (const problem of problems) gathered.addProblem(problem);
  const percent = problems.length > 0 ? undefined : total(read.map(({ value }) => value));
  if (problems.length === 0 && percent === undefined) gathered.addProblem(nothingMeasured(config, read[0]?.file));
  for (const finding of percent ? judge(config, percent, context.baseline) : []) gathered.add(finding);
  return {
    ...gathered.reading(),
    complete: percent !== undefined,
    standing: true,
    saysNothing: saysNothing(config, percent !== undefined),
    ...(percent === undefined ? {} : { coverage: Number(percent.value.toFixed(4)) }),
  };
}

async function parse(file: EvidenceFile, signal: AbortSignal | undefined): Promise<LineCoverage> {
  switch (await firstCharacter(file, signal)) {
    case '<':
      return parseCobertura(file, signal);
    case '{':
    case '[':
      return parseIstanbul(file, signal);
    default:
      return parseLcov(file, signal);
  }
}

async function firstCharacter(file: EvidenceFile, signal: AbortSignal | undefined): Promise<string | undefined> {
  for await (const piece of textPieces(file, signal)) {
    const start = piece.trimStart();
    if (start !== '') return start[0];
  }
  throw new EvidenceFault('It holds nothing but white space.', { file: file.path });
}

function nothingMeasured(config: EvidenceOf<'coverage'>, file: EvidenceFile | undefined): Finding {
  const why = 'No line was measured, or a report gives only a rate beside others. Check the paths that are measured.';
  return unusable(config, 'lines were measured', why, file === undefined ? {} : { file: file.path });
}

function judge(
  { name, minimum, max_drop }: EvidenceOf<'coverage'>,
  { value, lines }: Percent,
  baseline: EvidenceContext['baseline'],
): Finding[] {
  const measured = `Line coverage is ${shown(value)} %${lines}`;
  const findings: Finding[] = [];
  const add = (check: string, passed: boolean, words: string) =>
    findings.push({
      source: name,
      check,
      result: passed ? 'PASS' : 'FAIL',
      evidence: proofText(`${measured}${words}`),
    });
  if (minimum !== undefined) {
    const passed = value >= minimum - EPSILON;
    add('line coverage', passed, `; ${passed ? 'the minimum is' : 'less than the minimum of'} ${minimum} %.`);
  }
  if (max_drop !== undefined) {
    const before = Object.hasOwn(baseline, name) ? baseline[name] : undefined;
    if (before === undefined) add('line coverage drop', true, '; first run, no baseline to compare with.');
    else addDrop(add, before, value, max_drop);
  }
  if (findings.length === 0)
    add('line coverage', true, '; nothing is required: neither `minimum` nor `max_drop` is set.');
  return findings;
}

function addDrop(
  add: (check: string, passed: boolean, words: string) => void,
  before: number,
  value: number,
  allowed: number,
): void {
  const drop = before - value;
  // the baseline was kept with four digits
  const passed = drop <= allowed + 1e-4;
  const change = drop > 0 ? `${shown(drop)} points less than` : 'not less than';
  add('line coverage drop', passed, `; ${change} the ${shown(before)} % of the last SHIP, ${allowed} allowed.`);
}

/** Rounded down to two digits: 79.999 must not look like 80. */
function shown(percent: number): string {
  return (Math.floor(percent * 100 + EPSILON) / 100).toFixed(2);
}
