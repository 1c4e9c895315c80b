/** The reports of PACE's agents: gate (`criteria_results`), sentinel and conduit (`findings`), each with a decision. */
import type { EvidenceOf } from '../../../config/schema.ts';
import type { EvidenceReading, Finding, FindingResult } from '../../finding.ts';
import { type Source, saysNothing, unusable } from '../files/fault.ts';
import { readEach } from '../files/read-each.ts';
import { checkText, proofText } from '../finding-text.ts';
import { createGathered } from '../gathered.ts';
import type { EvidenceContext } from '../reader.ts';
import { type AgentData, MAX_DOCUMENT_BYTES, readAgentDocument } from './agent-document.ts';
import { type AgentItem, agentItems } from './agent-items.ts';
import { comparable } from './same-text.ts';

/** An agent's report is read by people: so many results of each kind. */
export const LISTED = 200;

const resultWords = new Map<string, FindingResult>([
  ['PASS', 'PASS'],
  ['FAIL', 'FAIL'],
  ['ADVISORY', 'ADVISORY'],
  ['PARTIAL', 'PARTIAL'],
]);

/**
 * Every criterion and finding of the report with its result; blockers are FAIL, advisories ADVISORY, deferred items PARTIAL.
 * The findings decide, whatever decision stands under them; a HOLD without any failing finding is a FAIL with its reason.
 * A word that is not known, a missing decision (the report may be cut off) and another day's report are never a pass.
 */
export async function readReport(config: EvidenceOf<'report'>, context: EvidenceContext): Promise<EvidenceReading> {
  const options = { ...config, maxBytes: MAX_DOCUMENT_BYTES };
  const { read, problems, isWhole } = await readEach(config, options, context, async (file) => {
    const { data } = await readAgentDocument(file, isReport, context.signal);
    return data;
  });
  const gathered = createGathered(config, context, { noun: 'results', listed: LISTED });
  for (const problem of problems) gathered.addProblem(problem);
  const readings = read.map(({ file, value }) => judge(config, value, file.path, context.day));
  for (const finding of readings.flatMap(({ findings }) => findings)) gathered.add(finding);
  return {
    ...gathered.reading(),
    complete: isWhole && readings.every(({ usable }) => usable),
    standing: false,
    saysNothing: saysNothing(
      config,
      readings.some(({ usable }) => usable),
    ),
  };
}

/** Whether the mapping is an agent's report: it has a decision or results. */
export function isReport(data: AgentData): boolean {
  return 'criteria_results' in data || 'findings' in data || decisionsOf(data).length > 0;
}

/** The result of a word; `undefined` for one that is not known. */
export function resultOf(word: string | undefined): FindingResult | undefined {
  return resultWords.get(word?.trim().toUpperCase() ?? '');
}

/** What is wrong when the document speaks of another day than it should. */
export function otherDay(data: AgentData, day: number | undefined): string | undefined {
  if (day === undefined || data.day === undefined || data.day === null) return undefined;
  const written = String(data.day).trim();
  if (/^(?:day[- ]?)?0*(\d+)$/i.exec(written)?.[1] === String(day)) return undefined;
  return `It is about day ${written.slice(0, 40)}, not day ${day}: it is left over from another run, or misfiled.`;
}

function judge(
  config: Source,
  data: AgentData,
  file: string,
  day: number | undefined,
): { findings: Finding[]; usable: boolean } {
  const refusal = isReport(data) ? otherDay(data, day) : 'It holds no report: neither results nor a decision.';
  if (refusal !== undefined)
    return { findings: [unusable(config, `${file} is for this day`, refusal, { file })], usable: false };
  const findings = [...agentItems(data.criteria_results), ...agentItems(data.findings)].map((item) =>
    resultFinding(config, item, file),
  );
  addList(findings, config.name, data.blockers, { result: 'FAIL', words: 'named as a blocker' });
  addList(findings, config.name, data.advisories, { result: 'ADVISORY', words: 'named as an advisory' });
  addList(findings, config.name, data.deferred, { result: 'PARTIAL', words: 'deferred' });
  const decision = decisionFinding(config, data, findings, file);
  return { findings: [...findings, ...decision.findings], usable: decision.known };
}

function resultFinding(config: Source, { text, word, proof }: AgentItem, file: string): Finding {
  const result = resultOf(word);
  if (result !== undefined) {
    return { source: config.name, check: checkText(text), result, evidence: proofText(proof || 'no evidence given') };
  }
  const why = word === undefined ? 'It has no result.' : `Its result "${word.slice(0, 60)}" is not known.`;
  return unusable(config, text, `${why} Known results: PASS, FAIL, PARTIAL, ADVISORY. ${proof ?? ''}`, { file });
}

/** From the worst: a pass beside them says nothing about what is named as a blocker. */
const severity = ['FAIL', 'UNKNOWN', 'ADVISORY', 'PARTIAL'] satisfies FindingResult[];

/** Adds a list that says a result by its name; what has that result, or a worse one, is there already. */
function addList(
  findings: Finding[],
  source: string,
  list: unknown,
  { result, words }: { readonly result: (typeof severity)[number]; readonly words: string },
): void {
  const enough: readonly FindingResult[] = severity.slice(0, severity.indexOf(result) + 1);
  const known = new Set(findings.filter((one) => enough.includes(one.result)).map(({ check }) => comparable(check)));
  for (const { text, proof } of agentItems(list)) {
    const check = checkText(text);
    if (known.has(comparable(check))) continue;
    known.add(comparable(check));
    findings.push({ source, check, result, evidence: proofText(proof || words) });
  }
}

function decisionsOf(data: AgentData): string[] {
  return Object.keys(data).filter((key) => key === 'decision' || key.endsWith('_decision'));
}

/** What the decision says beyond the findings; nothing where a failing finding already says it. */
function decisionFinding(
  config: Source,
  data: AgentData,
  findings: readonly Finding[],
  file: string,
): { findings: Finding[]; known: boolean } {
  const words = decisionsOf(data).map((key) =>
    String(data[key] ?? '')
      .trim()
      .toUpperCase(),
  );
  const strange = words.find((word) => !['SHIP', 'HOLD', 'ADVISORY'].includes(word));
  if (words.length === 0 || strange !== undefined) {
    const why =
      strange === undefined
        ? 'It has no decision: it may be cut off.'
        : `Its decision "${strange.slice(0, 60)}" is not known.`;
    const finding = unusable(config, 'decision', `${why} Known decisions: SHIP, HOLD, ADVISORY.`, { file });
    return { findings: [finding], known: false };
  }
  const has = (result: FindingResult) => findings.some((finding) => finding.result === result);
  if (has('FAIL')) return { findings: [], known: true };
  const reason = agentItems(data.hold_reason)[0]?.text;
  const decided = (result: FindingResult, words: string) => ({
    findings: [{ source: config.name, check: 'decision', result, evidence: proofText(words) }],
    known: true,
  });
  if (words.includes('HOLD')) return decided('FAIL', reason ?? 'HOLD, and no reason is given');
  if (!words.includes('ADVISORY')) return decided('PASS', 'SHIP');
  return has('ADVISORY')
    ? { findings: [], known: true }
    : decided('ADVISORY', reason ?? 'ADVISORY, and no finding says why');
}
