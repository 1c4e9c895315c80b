/** SARIF 2.1.0. https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/sarif-v2.1.0-os.html (§ numbers below are its sections) */

import { isRecord } from '../../../../core/record.ts';
import type { EvidenceOf } from '../../../config/schema.ts';
import type { EvidenceReading, Finding } from '../../finding.ts';
import { EvidenceFault, missing, saysNothing, unusable } from '../files/fault.ts';
import type { EvidenceFile } from '../files/files.ts';
import { readEach } from '../files/read-each.ts';
import { checkText, count, grouped, proofText } from '../finding-text.ts';
import { createGathered, type Gathered } from '../gathered.ts';
import { objects, parseJson, stringOf } from '../json.ts';
import type { EvidenceContext } from '../reader.ts';
import { type SarifResult, sarifResult } from './result.ts';
import { createRuleBook, type Json } from './rules.ts';
import { scanTroubles, toolName } from './run.ts';

interface Tally {
  /** A scanner may report one thing twice, in two runs or files: by check, place and words. */
  readonly seen: Set<string>;
  notes: number;
  suppressed: number;
  known: number;
  readonly tools: Set<string>;
  troubles: number;
  unscanned: number;
}

/**
 * Level error is a FAIL, warning an ADVISORY, everything else is only counted. A check is named by rule and file, without the
 * line: it stays the same when code above it moves.
 */
export async function readSarif(config: EvidenceOf<'sarif'>, context: EvidenceContext): Promise<EvidenceReading> {
  const tally: Tally = {
    seen: new Set(),
    notes: 0,
    suppressed: 0,
    known: 0,
    tools: new Set(),
    troubles: 0,
    unscanned: 0,
  };
  const gathered = createGathered(config, context, { noun: 'findings' });
  const { read, problems } = await readEach(config, config, context, async (file) => {
    readLog(await parseJson(file, context.signal), file, { tally, gathered, config, context });
  });
  for (const problem of problems) gathered.addProblem(problem);
  const hasRead = read.length > tally.unscanned;
  if (hasRead && tally.troubles === 0)
    for (const finding of summary(config.name, tally, gathered)) gathered.add(finding);
  const complete = problems.length + tally.troubles + tally.unscanned === 0 && gathered.isWhole('ADVISORY');
  return { ...gathered.reading(), complete, standing: true, saysNothing: saysNothing(config, hasRead) };
}

/** What is counted, and by which rules. */
interface Counting {
  readonly tally: Tally;
  readonly gathered: Gathered;
  readonly config: EvidenceOf<'sarif'>;
  readonly context: EvidenceContext;
}

function readLog(log: unknown, file: EvidenceFile, counting: Counting): void {
  const { tally, gathered, config } = counting;
  const runs = runsOf(log, file);
  let scanned = 0;
  const trouble = (finding: Finding) => {
    tally.troubles += 1;
    gathered.addProblem(finding);
  };
  for (const run of runs) {
    if (Array.isArray(run.results)) scanned += 1;
    else trouble(neverRan(config, run, file));
    for (const finding of scanTroubles(run, config.name, file.path)) trouble(finding);
    tally.tools.add(toolName(run));
    countResults(run, file, counting);
  }
  if (runs.length === 0) trouble(missing(config, 'was run', `${file.path} holds no run: the scan never ran.`));
  if (scanned === 0) tally.unscanned += 1;
}

function runsOf(log: unknown, file: EvidenceFile): readonly Json[] {
  if (!isRecord(log) || !Array.isArray(log.runs)) {
    throw new EvidenceFault('This is not SARIF: it has no `runs`.', { file: file.path, line: 1, column: 1 });
  }
  if (!stringOf(log.version)?.startsWith('2.1.')) {
    const version = JSON.stringify(log.version ?? null).slice(0, 40);
    throw new EvidenceFault(`SARIF version ${version} is not read; have the scanner write 2.1.0.`, { file: file.path });
  }
  if (!log.runs.every(isRecord)) throw new EvidenceFault('A run in it is not an object.', { file: file.path });
  return log.runs;
}

/** §3.14.23: `results` is absent when the tool was not made to scan; a scan that found nothing leaves an empty array. */
function neverRan(config: EvidenceOf<'sarif'>, run: Json, file: EvidenceFile): Finding {
  const outside = isRecord(run.externalPropertyFileReferences) && run.externalPropertyFileReferences.results;
  if (run.results !== undefined && run.results !== null) {
    return unusable(config, `reading ${file.path}`, '`results` of a run is not a list.', { file: file.path });
  }
  if (!outside)
    return missing(config, 'was run', `${toolName(run)} in ${file.path} has no results, not even an empty list.`);
  const why = 'It keeps its results in other files, which PACE does not read. Have the scanner write them inline.';
  return unusable(config, `reading ${file.path}`, why, { file: file.path });
}

function countResults(run: Json, file: EvidenceFile, { tally, gathered, config, context }: Counting): void {
  const { cwd } = context.world;
  if (!Array.isArray(run.results)) return;
  const rules = createRuleBook(run);
  const results = objects(run.results);
  if (results.length < run.results.length) {
    throw new EvidenceFault('A result in it is not an object.', { file: file.path });
  }
  for (const json of results) {
    const result = sarifResult(json, run, rules, cwd);
    if (result.suppressed) tally.suppressed += 1;
    else if (config.ignore_baseline && result.inBaseline) tally.known += 1;
    else if (result.level === 'other') tally.notes += 1;
    else addOnce(result, { tally, gathered, source: config.name });
  }
}

function addOnce(
  result: SarifResult,
  { tally, gathered, source }: Pick<Counting, 'tally' | 'gathered'> & { source: string },
): void {
  const evidence = proofText(result.message());
  const key = JSON.stringify([result.level, result.check, result.place, evidence]);
  if (tally.seen.has(key)) return;
  tally.seen.add(key);
  const finding: Finding = {
    source,
    check: checkText(result.check),
    result: result.level === 'error' ? 'FAIL' : 'ADVISORY',
    evidence,
    ...result.place,
    ...result.help(),
  };
  gathered.add(finding, () => evidence);
}

/** What was seen and does not count; for a clean scan the words that it was one. */
function summary(source: string, tally: Tally, gathered: Gathered): Finding[] {
  const found = gathered.reading().findings.length > 0;
  const parts = [
    found ? '' : 'nothing that counts was found',
    tally.notes > 0 ? `${count(tally.notes, 'note')} or informational` : '',
    tally.suppressed > 0 ? `${grouped(tally.suppressed)} suppressed` : '',
    tally.known > 0 ? `${grouped(tally.known)} known from the baseline` : '',
  ].filter((part) => part !== '');
  if (parts.length === 0) return [];
  const evidence = proofText(`${[...tally.tools].join(', ')}: ${parts.join(', ')}`);
  return [{ source, check: found ? 'what does not count' : 'scan', result: 'PASS', evidence }];
}
