/** What is made of evidence that is not known to be of the judged commit: its failures count, and nothing else does. */
import type { World } from '../../../core/world.ts';
import type { Evidence } from '../../config/schema.ts';
import type { EvidenceReading, Finding } from '../finding.ts';
import { afterCommands, type EvidenceWord, evidenceCommit } from '../identity/evidence-commit.ts';
import { proofText } from './finding-text.ts';

/** The check of a source whose commit is not known: it stands beside its failures, too. */
export const WHICH_COMMIT = 'which commit it is of';

/** A service is asked about the commit by its name, and people approve it by its name. */
function isOfWorkspace({ type }: Pick<Evidence, 'type'>): boolean {
  return type !== 'http' && type !== 'approval';
}

function runsProgram(config: Evidence): boolean {
  return isOfWorkspace(config) && 'run' in config && config.run !== undefined;
}

export interface ReadOfCommit {
  readonly readings: readonly EvidenceReading[];
  readonly notes: readonly string[];
}

/** Reads the evidence of these sources, and looks before and after it at the commit that the workspace is of. */
export async function ofJudgedCommit(
  asked: {
    readonly world: Pick<World, 'cwd' | 'env'>;
    readonly sha: string;
    readonly word: EvidenceWord;
    readonly configs: readonly Evidence[];
  },
  read: () => Promise<readonly EvidenceReading[]>,
): Promise<ReadOfCommit> {
  const { world, configs } = asked;
  // where nothing is read here it does not matter what is here
  if (!configs.some(isOfWorkspace)) return { readings: await read(), notes: [] };
  const runsCommands = configs.some(runsProgram);
  const before = await evidenceCommit({ ...asked, runsCommands });
  const readings = await read();
  const { doubt, notes } = runsCommands ? await afterCommands(world, before) : before;
  return { readings: withDoubt(configs, readings, doubt), notes };
}

/** Pure. @param doubt why it is not known to be of the judged commit, and what to do; absent where it is */
export function withDoubt(
  configs: readonly Evidence[],
  readings: readonly EvidenceReading[],
  doubt: string | undefined,
): readonly EvidenceReading[] {
  if (doubt === undefined) return readings;
  const names = new Set(configs.filter(isOfWorkspace).map(({ name }) => name));
  return readings.map((reading) => (names.has(reading.source) ? doubted(reading, doubt) : reading));
}

/** It clears no advisory, becomes nothing to compare with, and tells of no test that it has recovered. */
function doubted({ coverage: _, recovered: __, ...reading }: EvidenceReading, doubt: string): EvidenceReading {
  const { source, findings } = reading;
  const unknown: Finding = { source, check: WHICH_COMMIT, result: 'UNKNOWN', evidence: proofText(doubt) };
  return { ...reading, findings: [unknown, ...findings.map(onlySeen)], complete: false };
}

function onlySeen(finding: Finding): Finding {
  if (finding.result !== 'PASS') return finding;
  return { ...finding, result: 'OBSERVED', evidence: `Passed, and does not count. ${finding.evidence}` };
}
