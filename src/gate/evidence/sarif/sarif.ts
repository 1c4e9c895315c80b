/** SARIF 2.1.0. https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/sarif-v2.1.0-os.html (§ numbers below are its sections) */

import { isRecord } from '../../../../core/record.ts';
import type { EvidenceOf } from '../../../config/schema.ts';
import type { EvidenceReading, Finding } from '../../finding.ts';
import { EvidenceFault, missing, saysNothing, unusable } from '../files/fault.ts';
import type { EvidenceFile } from '../files/files.ts';
import { readEach } from '../files/read-each.ts';
import { checkText, count, grouped, proofText } from '../finding-text.ts';
import { objects, parseJson, stringOf } from '../json.ts';
import type { EvidenceContext } from '../reader.ts';
import { sarifResult } from './result.ts';
import { createRuleBook, type Json } from './rules.ts';
import { scanTroubles, toolName } from './run.ts';

const LISTED = 50;

interface Tally {
  /** By check and place: a scanner may report one twice, in two runs or files. */
  readonly errors: Map<string, Finding>;
  readonly warnings: Map<string, Finding>;
  /** Beyond the first 50 that are kept. */
  moreErrors: number;
  moreWarnings: number;
  notes: number;
  suppressed: number;
  known: number;
  readonly tools: Set<string>;
  readonly troubles: Finding[];
  unscanned: number;
}

/**
 * Level error is a FAIL, warning an ADVISORY, everything else is only counted; 50 of each are listed, the rest in one finding.
 * A check is named by rule and file, without the line: it stays the same when code above it moves.
 */
export async function readSarif(config: EvidenceOf<'sarif'>, context: EvidenceContext): Promise<EvidenceReading> {
  const tally: Tally = {
    errors: new Map(),
    warnings: new Map(),
    moreErrors: 0,
    moreWarnings: 0,
    notes: 0,
    suppressed: 0,
    known: 0,
    tools: new Set(),
    troubles: [],
    unscanned: 0,
  };
  const { read, problems } = await readEach(config, config, context, async (file) => {
    readLog(await parseJson(file, context.signal), file, { tally, config, context });
  });
  const findings = [
    ...problems,
    ...tally.troubles,
    ...listed(config.name, {
      kept: tally.errors,
      more: tally.moreErrors,
      result: 'FAIL',
      check: 'further errors',
    }),
    ...listed(config.name, {
      kept: tally.warnings,
      more: tally.moreWarnings,
      result: 'ADVISORY',
      check: 'further warnings',
    }),
  ];
  if (read.length > tally.unscanned && tally.troubles.length === 0) {
    findings.push(...summary(config.name, tally, findings.length > 0));
  }
  const complete = problems.length + tally.troubles.length + tally.unscanned + tally.moreWarnings === 0;
  const hasRead = read.length > tally.unscanned;
  return { source: config.name, findings, complete, standing: true, saysNothing: saysNothing(config, hasRead) };
}

/** What is counted, and by which rules. */
interface Counting {
  readonly tally: Tally;
  readonly config: EvidenceOf<'sarif'>;
  readonly context: EvidenceContext;
}

function readLog(log: unknown, file: EvidenceFile, counting: Counting): void {
  const { tally, config } = counting;
  const runs = runsOf(log, file);
  let scanned = 0;
  for (const run of runs) {
    if (Array.isArray(run.results)) scanned += 1;
    else tally.troubles.push(neverRan(config, run, file));
    tally.troubles.push(...scanTroubles(run, config.name, file.path));
    tally.tools.add(toolName(run));
    countResults(run, file, counting);
  }
  if (runs.length === 0)
    tally.troubles.push(missing(config, 'was run', `${file.path} holds no run: the scan never ran.`));
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

function countResults(run: Json, file: EvidenceFile, { tally, config, context }: Counting): void {
  const { name, ignore_baseline } = config;
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
    else if (ignore_baseline && result.inBaseline) tally.known += 1;
    else if (result.level === 'error') tally.moreErrors += keep(tally.errors, 'FAIL');
    else if (result.level === 'warning') tally.moreWarnings += keep(tally.warnings, 'ADVISORY');
    else tally.notes += 1;

    function keep(kept: Map<string, Finding>, verdict: 'FAIL' | 'ADVISORY'): 0 | 1 {
      const key = JSON.stringify([result.check, result.place]);
      if (kept.has(key)) return 0;
      if (kept.size >= LISTED) return 1;
      kept.set(key, {
        source: name,
        check: checkText(result.check),
        result: verdict,
        evidence: proofText(result.message()),
        ...result.place,
        ...result.help(),
      });
      return 0;
    }
  }
}

interface Listed {
  readonly kept: ReadonlyMap<string, Finding>;
  /** Beyond those that are kept. */
  readonly more: number;
  readonly result: 'FAIL' | 'ADVISORY';
  readonly check: string;
}

function listed(source: string, { kept, more, result, check }: Listed): Finding[] {
  if (more === 0) return [...kept.values()];
  return [...kept.values(), { source, check, result, evidence: `and ${grouped(more)} more` }];
}

/** What was seen and does not count; for a clean scan the words that it was one. */
function summary(source: string, tally: Tally, found: boolean): Finding[] {
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
