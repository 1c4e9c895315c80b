/** Coverage against minimums, against the last day that shipped, and of the lines that were changed. */
import type { EvidenceOf } from '../../../config/schema.ts';
import type { EvidenceReading, Finding } from '../../finding.ts';
import { saysNothing, unusable } from '../files/fault.ts';
import type { EvidenceFile } from '../files/files.ts';
import { readEach } from '../files/read-each.ts';
import { proofText } from '../finding-text.ts';
import { createGathered, type Gathered } from '../gathered.ts';
import type { EvidenceContext } from '../reader.ts';
import { judgeChanges } from './changed-coverage.ts';
import { parseCoverage } from './formats.ts';
import { judgeLines, minimumText, reaches, shown } from './judge.ts';
import { type Coverage, type Percent, total } from './line-coverage.ts';
import { pathsIn } from './paths.ts';

type Config = EvidenceOf<'coverage'>;

/**
 * What is covered of all files in percent of all that is in them, never an average of percentages. The reading carries the value
 * only when every report could be read: a part of the reports is not a measurement.
 */
export async function readCoverage(config: Config, context: EvidenceContext): Promise<EvidenceReading> {
  const pathOf = pathsIn(context.world.cwd);
  const { read, problems, isWhole } = await readEach(config, config, context, (file) =>
    parseCoverage(file, pathOf, context.signal),
  );
  const gathered = createGathered(config, context, { noun: 'limits' });
  for (const problem of problems) gathered.addProblem(problem);
  const measured = isWhole ? total(read.map(({ value }) => value)) : undefined;
  const lines = measured?.lines;
  if (measured && lines) await judge(config, { ...measured, lines }, context, gathered);
  else if (measured) gathered.addProblem(nothingMeasured(config, read[0]?.file));
  return {
    ...gathered.reading(),
    complete: lines !== undefined,
    standing: true,
    saysNothing: saysNothing(config, lines !== undefined),
    ...(lines === undefined ? {} : { coverage: Number(lines.value.toFixed(4)) }),
  };
}

async function judge(
  config: Config,
  measured: Coverage & { readonly lines: Percent },
  context: EvidenceContext,
  gathered: Gathered,
): Promise<void> {
  const { lines, note } = measured;
  const { baseline } = context;
  const before = Object.hasOwn(baseline, config.name) ? baseline[config.name] : undefined;
  for (const finding of judgeLines(config, { ...lines, note }, before)) gathered.add(finding);
  judgeBranches(config, measured, gathered);
  await judgeChanges(config, measured, context, gathered);
}

function nothingMeasured(config: Config, file: EvidenceFile | undefined): Finding {
  const why = 'No line was measured, or a report gives only a rate beside others. Check the paths that are measured.';
  return unusable(config, 'lines were measured', why, file === undefined ? {} : { file: file.path });
}

function judgeBranches(config: Config, { branches }: Coverage, gathered: Gathered): void {
  const { name: source, minimum_branches: minimum } = config;
  const check = 'branch coverage';
  if (minimum === undefined) return;
  if (branches === undefined) {
    const why = 'No branch was measured. Have the tool count branches too, or leave out `minimum_branches`.';
    gathered.addProblem(unusable(config, check, why));
    return;
  }
  const { value, counted } = branches;
  const evidence = proofText(`Branch coverage is ${shown(value)} %${counted}; ${minimumText(value, minimum)}.`);
  gathered.add({ source, check, result: reaches(value, minimum) ? 'PASS' : 'FAIL', evidence });
}
