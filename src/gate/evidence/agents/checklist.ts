/** The story card's acceptance criteria against what the handoff claims and what the gate agent found. */
import type { EvidenceOf } from '../../../config/schema.ts';
import type { EvidenceReading, Finding } from '../../finding.ts';
import { PRESENCE, saysNothing, unusable } from '../files/fault.ts';
import { readEach } from '../files/read-each.ts';
import { checkText } from '../finding-text.ts';
import { createGathered } from '../gathered.ts';
import type { EvidenceContext } from '../reader.ts';
import { type AgentDocument, MAX_DOCUMENT_BYTES, readAgentDocument } from './agent-document.ts';
import { claimBook, claimsOf, gateClaims, openClaims } from './checklist-claims.ts';
import { type Story, storyOf } from './checklist-criteria.ts';
import { judgeCriterion } from './checklist-judge.ts';
import { isReport, LISTED, otherDay } from './report.ts';

const GATE_REPORT = '.pace/day-{day}/gate{,-report}.{md,yaml,yml}';

/**
 * One finding per criterion: FAIL, PARTIAL or PASS as `checklist-judge.ts` has it. Story and handoff must be there and speak
 * of this day; the gate agent's report (`gate.md`, `gate-report.yaml`) is read when it is there.
 */
export async function readChecklist(
  config: EvidenceOf<'checklist'>,
  context: EvidenceContext,
): Promise<EvidenceReading> {
  const [story, handoff, gate] = await Promise.all([
    readPart(config, 'story', config.story, context),
    readPart(config, 'handoff', config.handoff, context),
    readPart(config, 'gate report', GATE_REPORT, context),
  ]);
  // the report of the gate agent may be missing, but not broken
  const broken = gate.problems.filter(({ check }) => check !== `${PRESENCE} of gate report`);
  const problems = [...story.problems, ...handoff.problems, ...broken];
  const card = storyOf(story.documents);
  const findings = story.documents.length > 0 ? judge(config, card, { story, handoff, gate }) : [];
  const gathered = createGathered(config, context, { noun: 'criteria', listed: LISTED });
  for (const problem of problems) gathered.addProblem(problem);
  for (const finding of findings) gathered.add(finding);
  return {
    ...gathered.reading(),
    complete: problems.length === 0 && card.criteria.length > 0,
    standing: false,
    saysNothing: saysNothing(config, card.criteria.length > 0),
  };
}

interface Part {
  readonly documents: readonly AgentDocument[];
  readonly problems: readonly Finding[];
}

async function readPart(
  source: EvidenceOf<'checklist'>,
  what: string,
  path: string,
  context: EvidenceContext,
): Promise<Part> {
  const { read, problems } = await readEach(
    source,
    { path, max_age: source.max_age, maxBytes: MAX_DOCUMENT_BYTES },
    context,
    (file) => readAgentDocument(file, what === 'gate report' ? isReport : isCard, context.signal),
  );
  const found: Finding[] = problems.map((one) =>
    one.check === PRESENCE ? { ...one, check: `${PRESENCE} of ${what}` } : one,
  );
  const documents: AgentDocument[] = [];
  for (const { file, value } of read) {
    const refusal = otherDay(value.data, context.day);
    if (refusal === undefined) documents.push(value);
    else found.push(unusable(source, `${what} is for this day`, refusal, { file: file.path }));
  }
  return { documents, problems: found };
}

function isCard(data: Readonly<Record<string, unknown>>): boolean {
  return ['acceptance', 'acceptance_criteria', 'story', 'built', 'known_gaps', 'edge_cases_tested'].some(
    (key) => key in data,
  );
}

function judge(
  config: EvidenceOf<'checklist'>,
  card: Story,
  { story, handoff, gate }: Readonly<Record<'story' | 'handoff' | 'gate', Part>>,
): Finding[] {
  if (card.criteria.length === 0) {
    const why = 'The story card names no acceptance criteria (`acceptance`, or a task list). Nothing can be checked.';
    return [unusable(config, 'story has acceptance criteria', why)];
  }
  const outOfScope = story.documents.flatMap(({ data }) => openClaims(data, ['out_of_scope']));
  const claims = claimBook([...outOfScope, ...handoff.documents.flatMap(claimsOf)], card);
  const results = claimBook(gate.documents.flatMap(gateClaims), card);
  return card.criteria.map((criterion) => ({
    source: config.name,
    check: checkText(criterion.text),
    ...judgeCriterion(criterion, claims, results),
  }));
}
