/** How many of the changed lines are covered. */
import type { EvidenceOf } from '../../../config/schema.ts';
import type { Finding } from '../../finding.ts';
import { missing, unusable } from '../files/fault.ts';
import { count, grouped, proofText } from '../finding-text.ts';
import type { Gathered } from '../gathered.ts';
import type { EvidenceContext, Since } from '../reader.ts';
import { type Changes, changedLines } from './changed-lines.ts';
import type { Run } from './diff-lines.ts';
import { minimumText, reaches, shown } from './judge.ts';
import type { Coverage } from './line-coverage.ts';
import { type Measured, measureChanges } from './measure-changes.ts';

type Config = EvidenceOf<'coverage'>;

const CHECK = 'coverage of changed lines';
const MOST_PLACES = 10;
const MOST_FILES = 3;

/**
 * Lines that no report lists – comments, text, files that were never loaded – do not count; files that no report has are named. What
 * cannot be known is treated as a report that is missing.
 */
export async function judgeChanges(
  config: Config,
  { files }: Coverage,
  { world, since, sha, day }: EvidenceContext,
  gathered: Pick<Gathered, 'add' | 'addProblem'>,
): Promise<void> {
  const { name: source, changed_lines: minimum } = config;
  if (minimum === undefined) return;
  if (since === undefined && day !== undefined) {
    const evidence = 'No day has shipped yet, so there is nothing to compare with.';
    return gathered.add({ source, check: CHECK, result: 'PASS', evidence });
  }
  if (since === undefined) {
    return gathered.addProblem(missing(config, CHECK, 'It is not known which branch this change goes to.'));
  }
  const changes = await changedLines(world, since, sha);
  if (typeof changes === 'string') return gathered.addProblem(missing(config, CHECK, changes));
  const measured = measureChanges(files, changes);
  const fault = faultOf(measured, changes);
  if (fault !== undefined) return gathered.addProblem(unusable(config, CHECK, fault));
  gathered.add(found(source, minimum, measured, since));
}

/** Reports that cannot be laid over the commit would pass whatever was changed. */
function faultOf(measured: Measured, { lines }: Changes): string | undefined {
  if (lines.size === 0) return undefined;
  if (!measured.listsLines) return 'The reports list no lines, only sums. Have the tool write lines too.';
  if (measured.isPlaced) return undefined;
  return 'No file that the reports tell of is one of this commit. Check the folder that the tool writes paths for.';
}

function found(source: string, minimum: number, measured: Measured, since: Since): Finding {
  const { covered, total, uncovered, untold } = measured;
  const changed = `changed since ${'branch' in since ? `\`${since.branch}\`` : `day ${since.day}`}`;
  const also = untoldText(untold);
  if (total === 0) {
    const evidence = proofText(`No measured line was ${changed}.${also}`);
    return { source, check: CHECK, result: 'PASS', evidence };
  }
  const value = (covered / total) * 100;
  const passed = reaches(value, minimum);
  const counted = `${grouped(covered)} of ${count(total, 'line')} ${changed}`;
  const words = `Coverage of changed lines is ${shown(value)} % (${counted}); ${minimumText(value, minimum)}.`;
  const evidence = proofText(`${words}${placesText(uncovered)}${also}`);
  const [worst] = uncovered;
  const place = passed || worst === undefined ? {} : { file: worst.file, line: worst.run.from };
  return { source, check: CHECK, result: passed ? 'PASS' : 'FAIL', evidence, ...place };
}

function placesText(uncovered: Measured['uncovered']): string {
  if (uncovered.length === 0) return '';
  const shownOnes = uncovered.slice(0, MOST_PLACES).map(({ file, run }) => `${file}:${runText(run)}`);
  const more = uncovered.length - shownOnes.length;
  return ` Not covered: ${shownOnes.join(', ')}${more > 0 ? ` and ${count(more, 'more place', 'more places')}` : ''}.`;
}

function runText({ from, to }: Run): string {
  return from === to ? `${from}` : `${from}-${to}`;
}

function untoldText(untold: readonly string[]): string {
  if (untold.length === 0) return '';
  const names = untold.slice(0, MOST_FILES).join(', ');
  const more = untold.length > MOST_FILES ? ` and ${grouped(untold.length - MOST_FILES)} more` : '';
  return ` In no report: ${names}${more}.`;
}
