/** Every source of evidence but the commit's own checks. */
import { asPaceError } from '../../../core/errors.ts';
import { plainLine } from '../../../core/text/untrusted-text.ts';
import type { Evidence, EvidenceOf } from '../../config/schema.ts';
import { namesIn } from '../../config/secrets.ts';
import type { EvidenceReading } from '../finding.ts';
import { contradiction, type Program, runProgram } from './command/program.ts';
import type { CommandEnd } from './command/run.ts';
import { proofText } from './finding-text.ts';
import { createGathered } from './gathered.ts';
import type { EvidenceContext, EvidenceReader } from './reader.ts';

type Readers = { [Type in Evidence['type']]: () => Promise<EvidenceReader<EvidenceOf<Type>>> };

// literal imports, so that the bundle loads only the parsers that a run uses
const readers = {
  junit: async () => (await import('./tests/junit.ts')).readJunit,
  sarif: async () => (await import('./sarif/sarif.ts')).readSarif,
  coverage: async () => (await import('./coverage/coverage.ts')).readCoverage,
  command: async () => (await import('./command/command.ts')).readCommand,
  report: async () => (await import('./agents/report.ts')).readReport,
  checklist: async () => (await import('./agents/checklist.ts')).readChecklist,
  http: async () => (await import('./http/http.ts')).readHttp,
  approval: async () => (await import('./approval/approval.ts')).readApproval,
} satisfies Readers;

/**
 * Runs the commands one after the other, for they may write what others read, and then reads all files at once. The readings come
 * in the order of the configuration. What is wrong with evidence is a finding of its reader; an exception is PACE's own fault, and
 * becomes a finding `UNKNOWN` of that source alone.
 */
export async function readEvidence(
  configs: readonly Evidence[],
  context: EvidenceContext,
): Promise<readonly EvidenceReading[]> {
  const ran = new Map<Evidence, EvidenceReading>();
  const ends = new Map<Evidence, CommandEnd>();
  const ofCommands = { ...context, secretNames: [...context.secretNames, ...configs.flatMap(namesForServices)] };
  for (const config of configs) {
    if (config.type === 'command') ran.set(config, await readOrExplain(config, ofCommands));
    else if (hasProgram(config)) ends.set(config, await runProgram(config, ofCommands));
  }
  return Promise.all(
    configs.map(async (config) => {
      const reading = ran.get(config) ?? (await readOrExplain(config, context));
      const end = ends.get(config);
      return end && hasProgram(config) ? withCommand(config, end, reading, context) : reading;
    }),
  );
}

/** What is sent to a service is no command's to see. */
function namesForServices(config: Evidence): string[] {
  return config.type === 'http' ? Object.values(config.headers).flatMap(namesIn) : [];
}

function hasProgram(config: Evidence): config is Evidence & Program {
  return 'run' in config && config.run !== undefined;
}

async function readOrExplain(config: Evidence, context: EvidenceContext): Promise<EvidenceReading> {
  try {
    return await read(readers, config.type, config, context);
  } catch (error) {
    const evidence = context.signal?.aborted ? 'This run of the gate was stopped.' : explain(error, config, context);
    return {
      source: config.name,
      findings: [{ source: config.name, check: 'could be read', result: 'UNKNOWN', evidence }],
      complete: false,
      standing: false,
    };
  }
}

/** The reading, with what the command of its source says beyond it. */
function withCommand(
  config: Evidence & Program,
  end: CommandEnd,
  reading: EvidenceReading,
  context: EvidenceContext,
): EvidenceReading {
  const contradicts = contradiction(config, end, reading.hasFailure ?? false);
  if (!contradicts) return reading;
  const gathered = createGathered(config, context, { noun: 'commands' });
  gathered.add(contradicts);
  const { findings } = gathered.reading();
  const all = [...findings, ...reading.findings];
  return { ...reading, findings: all, complete: false, hasFailure: true, saysNothing: false };
}

function explain(error: unknown, { name, type }: Evidence, { world }: EvidenceContext): string {
  world.log.debug(
    `${name}: ${plainLine(error instanceof Error ? (error.stack ?? error.message) : String(error), 2_000)}`,
  );
  const { message, remedy } = asPaceError(error);
  return proofText(`PACE could not read ${name} (${type}): ${message}\n${remedy}`);
}

async function read<Type extends Evidence['type']>(
  all: Readers,
  type: Type,
  config: EvidenceOf<Type>,
  context: EvidenceContext,
): Promise<EvidenceReading> {
  const reader = await all[type]();
  return reader(config, context);
}
