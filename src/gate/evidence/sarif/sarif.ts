/** SARIF 2.1.0. https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/sarif-v2.1.0-os.html (§ numbers below are its sections) */

import { isRecord } from '../../../../core/record.ts';
import type { EvidenceOf } from '../../../config/schema.ts';
import type { EvidenceReading, Finding } from '../../finding.ts';
import { EvidenceFault, missing, saysNothing, unusable } from '../files/fault.ts';
import type { EvidenceFile } from '../files/files.ts';
import { readEach } from '../files/read-each.ts';
import { checkText, count, grouped, proofText } from '../finding-text.ts';
import { createGathered, type Gathered } from '../gathered.ts';
import type { EvidenceContext } from '../reader.ts';
import { keptElsewhere, type Log, readLog } from './log.ts';
import { createOnce, type Once } from './once.ts';
import { type SarifResult, sarifResult } from './result.ts';
import { createOtherRevision } from './revision.ts';
import { createRuleBook, type Json } from './rules.ts';
import { hasSucceeded, type Notice, noticesOf, toolName } from './run.ts';
import { weight } from './severity.ts';

interface Tally {
  notes: number;
  review: number;
  suppressed: number;
  known: number;
  readonly tools: Set<string>;
  troubles: number;
  /** Files that the scanner says it could not look at. */
  unreadable: number;
  unscanned: number;
}

/**
 * What is of the configured level or above is a FAIL, a warning below it an ADVISORY, everything else is only counted. A check is
 * named by rule and file, without the line: it stays the same when code above it moves.
 */
export async function readSarif(config: EvidenceOf<'sarif'>, context: EvidenceContext): Promise<EvidenceReading> {
  const tools = new Set<string>();
  const tally: Tally = {
    notes: 0,
    review: 0,
    suppressed: 0,
    known: 0,
    tools,
    troubles: 0,
    unreadable: 0,
    unscanned: 0,
  };
  const gathered = createGathered(config, context, { noun: 'findings' });
  const otherRevision = createOtherRevision(context.sha, context.world);
  const counting: Counting = { tally, gathered, config, context, once: createOnce(), otherRevision };
  const { read, problems, isWhole } = await readEach(config, config, context, async (file) => {
    await countRuns(await readLog(file, context.signal), file, counting);
  });
  for (const problem of problems) gathered.addProblem(problem);
  const hasRead = read.length > tally.unscanned;
  if (hasRead && tally.troubles === 0)
    for (const finding of summary(config.name, tally, gathered)) gathered.add(finding);
  const unread = (isWhole ? 0 : 1) + tally.troubles + tally.unreadable + tally.unscanned;
  const complete = unread === 0 && gathered.isWhole('ADVISORY');
  return { ...gathered.reading(), complete, standing: true, saysNothing: saysNothing(config, hasRead) };
}

/** What is counted, and by which rules. */
interface Counting {
  readonly tally: Tally;
  readonly gathered: Gathered;
  readonly config: EvidenceOf<'sarif'>;
  readonly context: EvidenceContext;
  /** A scanner may say one thing twice, in two runs or files. */
  readonly once: Once;
  readonly otherRevision: ReturnType<typeof createOtherRevision>;
}

async function countRuns(log: Log, file: EvidenceFile, counting: Counting): Promise<void> {
  const { tally, config, context, otherRevision } = counting;
  let scanned = 0;
  for (const run of log.runs) {
    const other = await otherRevision(run);
    if (other !== undefined) {
      addTrouble(notThisCommit(counting, run, file, other), counting);
      continue;
    }
    const objection = objectionTo(run, log, file, config);
    if (objection) addTrouble(objection, counting);
    else scanned += 1;
    for (const notice of noticesOf(run, context.world.cwd)) addNotice(notice, toolName(run), file, counting);
    tally.tools.add(toolName(run));
    countResults(run, file, counting);
  }
  if (log.runs.length === 0)
    addTrouble(missing(config, 'was run', `${file.path} holds no run: the scan never ran.`), counting);
  if (scanned === 0) tally.unscanned += 1;
}

function addTrouble(finding: Finding, { tally, gathered }: Counting): void {
  tally.troubles += 1;
  gathered.addProblem(finding);
}

function notThisCommit({ config, context }: Counting, run: Json, { path }: EvidenceFile, revision: string): Finding {
  const why = `${toolName(run)} in ${path} is about revision ${revision}, not about ${context.sha}. Scan the judged commit.`;
  return missing(config, 'was run on this commit', why);
}

/**
 * §3.14.23: `results` is absent when the tool was not made to scan; a scan that found nothing leaves an empty array. Tools that
 * leave that out too say at least that they succeeded.
 */
function objectionTo(run: Json, log: Log, file: EvidenceFile, config: EvidenceOf<'sarif'>): Finding | undefined {
  const { results } = run;
  const place = { file: file.path };
  const elsewhere = keptElsewhere(run, log);
  if (elsewhere !== undefined) {
    const why = `${elsewhere}, which PACE does not read. Have the scanner write them inline.`;
    return unusable(config, `reading ${file.path}`, why, place);
  }
  if (Array.isArray(results)) return undefined;
  if (results !== undefined && results !== null) {
    return unusable(config, `reading ${file.path}`, '`results` of a run is not a list.', place);
  }
  if (hasSucceeded(run)) return undefined;
  return missing(config, 'was run', `${toolName(run)} in ${file.path} has no results, not even an empty list.`);
}

/** An error of the scan is like a file that is broken; a warning is shown. */
function addNotice({ isWarning, text, place }: Notice, tool: string, file: EvidenceFile, counting: Counting): void {
  const { config, gathered, tally, once } = counting;
  const { shown, ...where } = place;
  const evidence = proofText(`${file.path}: ${text}`);
  if (!once(JSON.stringify([tool, isWarning, where, evidence]))) return;
  const about = { source: config.name, evidence, ...where };
  if (isWarning) {
    if (shown !== undefined) tally.unreadable += 1;
    const check = checkText(`${tool} ran without a warning${shown === undefined ? '' : ` in ${shown}`}`);
    gathered.addProblem({ ...about, check, result: 'ADVISORY' });
  } else {
    const result = config.on_broken === 'hold' ? 'FAIL' : 'ADVISORY';
    tally.troubles += 1;
    gathered.addOwnFailure({ ...about, check: checkText(`${tool} ran to its end`), result });
  }
}

/** What is a result counts, whatever else stands among the results. */
function countResults(run: Json, file: EvidenceFile, counting: Counting): void {
  if (!Array.isArray(run.results)) return;
  const rules = createRuleBook(run);
  let broken = 0;
  for (const json of run.results) {
    if (isRecord(json)) countResult(sarifResult(json, run, rules, counting.context.world.cwd), counting);
    else broken += 1;
  }
  if (broken > 0) throw new EvidenceFault('A result in it is not an object.', { file: file.path });
}

function countResult(result: SarifResult, counting: Counting): void {
  const { tally, config } = counting;
  if (result.suppressed) {
    tally.suppressed += 1;
    return;
  }
  if (config.ignore_baseline && result.inBaseline) {
    tally.known += 1;
    return;
  }
  const weighs = weight(result, config);
  if (weighs !== 'counted') addOnce(result, weighs, counting);
  else if (result.level === 'review') tally.review += 1;
  else tally.notes += 1;
}

function addOnce(result: SarifResult, weighs: 'FAIL' | 'ADVISORY', { gathered, config, once }: Counting): void {
  const { place, outside } = result;
  const message = result.message();
  const fingerprint = result.fingerprint();
  const key = [weighs, result.check, place.line, place.column, result.exact(), fingerprint, message];
  if (!once(key.join('\0'))) return;
  const check = checkText(result.check);
  const evidence = () => proofText(`${outside}${message}`);
  const finding = { source: config.name, check, result: weighs, evidence, ...place, ...result.help() };
  gathered.add(finding, () => fingerprint ?? message);
}

/** What was seen and does not count; for a clean scan the words that it was one. */
function summary(source: string, tally: Tally, gathered: Gathered): Finding[] {
  const found = gathered.reading().findings.length > 0;
  const parts = [
    found ? '' : 'nothing that counts was found',
    tally.notes > 0 ? `${count(tally.notes, 'note')} or informational` : '',
    tally.review > 0 ? `${grouped(tally.review)} for people to review` : '',
    tally.suppressed > 0 ? `${grouped(tally.suppressed)} suppressed` : '',
    tally.known > 0 ? `${grouped(tally.known)} known from the baseline` : '',
  ].filter((part) => part !== '');
  if (parts.length === 0) return [];
  const evidence = proofText(`${[...tally.tools].join(', ')}: ${parts.join(', ')}`);
  return [{ source, check: found ? 'what does not count' : 'scan', result: 'PASS', evidence }];
}
