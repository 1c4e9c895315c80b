/** Reports of tests as evidence. */
import { defined } from '../../../../core/defined.ts';
import type { EvidenceOf } from '../../../config/schema.ts';
import type { EvidenceReading, Finding } from '../../finding.ts';
import { saysNothing } from '../files/fault.ts';
import type { EvidenceFile } from '../files/files.ts';
import { readEach } from '../files/read-each.ts';
import { count, grouped } from '../finding-text.ts';
import { createGathered } from '../gathered.ts';
import type { EvidenceContext } from '../reader.ts';
import { parseTests } from './formats.ts';
import { createTally, type Tally } from './tally.ts';

/**
 * One FAIL per failure, one ADVISORY per flaky test and per warning, or one PASS. No test executed is a FAIL, unless `empty` says
 * otherwise: a suite that never ran must not look like one that passed.
 */
export async function readJunit(config: EvidenceOf<'junit'>, context: EvidenceContext): Promise<EvidenceReading> {
  const gathered = createGathered(config, context, { noun: 'tests', areTests: true });
  const tally = createTally(config, context, gathered);
  const { read, problems, isWhole } = await readEach(config, config, context, (file) => parse(file, tally, context));
  for (const problem of problems) gathered.addProblem(problem);
  const isEmptyAllowed = config.empty === 'pass' && read.length > 0;
  if (read.length > 0) for (const finding of verdict(config, tally, !isWhole)) gathered.add(finding);
  return {
    ...gathered.reading(),
    complete:
      isWhole && tally.brokenSuites() === 0 && (tally.executed() > 0 || isEmptyAllowed) && gathered.isWhole('ADVISORY'),
    standing: true,
    saysNothing: saysNothing(config, tally.executed() > 0 || isEmptyAllowed),
    ...defined({ recovered: tally.recovered().length > 0 ? tally.recovered() : undefined }),
  };
}

/** What was told before a report broke off stands. */
async function parse(file: EvidenceFile, tally: Tally, { signal }: EvidenceContext): Promise<void> {
  try {
    await parseTests(file, tally, signal);
  } finally {
    tally.endGroup();
  }
}

function verdict({ name: source, empty }: EvidenceOf<'junit'>, tally: Tally, isPartial: boolean): Finding[] {
  const [executed, skipped] = [tally.executed(), tally.skipped()];
  if (tally.failed() > 0) return [];
  if (executed === 0) {
    const evidence =
      skipped > 0 ? `No test was executed: ${count(skipped, 'test')} skipped.` : 'The reports hold no test.';
    return [{ source, check: 'tests were executed', result: empty === 'pass' ? 'PASS' : 'FAIL', evidence }];
  }
  const passed = `${count(executed, 'test')} passed${skipped > 0 ? `, ${grouped(skipped)} skipped` : ''}`;
  const check = isPartial ? 'tests in the readable reports' : 'all tests';
  return [{ source, check, result: 'PASS', evidence: passed }];
}
