/** What the gate would see of its evidence alone: no check is waited for, nobody is asked, and nothing is written. */
import { defined } from '../../core/defined.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import type { Evidence, PaceConfig } from '../config/schema.ts';
import { concernsOnly, mayConcern } from '../config/title-patterns.ts';
import { type Decided, decide } from './decide.ts';
import { evidenceOf } from './evidence/asked.ts';
import { readEvidence } from './evidence/index.ts';
import { ofJudgedCommit } from './evidence/of-commit.ts';
import type { EvidenceContext } from './evidence/reader.ts';
import { type EvidenceReading, type Finding, type FindingResult, RESULTS } from './finding.ts';
import type { EvidenceWord } from './identity/evidence-commit.ts';
import { newOnlyNote } from './memory.ts';
import { unreliableNote } from './unreliable.ts';
import { createWaivers, type RuleInForce } from './waivers.ts';

export interface AloneOptions extends Omit<EvidenceContext, 'waivers'> {
  readonly config: Pick<PaceConfig, 'waivers' | 'quarantine' | 'ci' | 'evidence'>;
  /** Those of the configuration that are read. */
  readonly wanted: readonly Evidence[];
  readonly kind: 'day' | 'change';
  /** Today in the sprint's time zone, `YYYY-MM-DD`. */
  readonly date: string;
  /** Whether the commands of sources run, and services are asked. */
  readonly runsCommands: boolean;
  /** What is said of the commit that the evidence is of. */
  readonly word: EvidenceWord;
}

export interface SeenSource {
  readonly name: string;
  readonly type: Evidence['type'];
  /** How many of the listed findings have which result. */
  readonly counts: Readonly<Partial<Record<FindingResult, number>>>;
  /** It says nothing about the commit. */
  readonly saysNothing: boolean;
  /** It speaks of a failure, whatever comes of it. */
  readonly hasFailure: boolean;
  /** In percent; `null` where it measures none. */
  readonly coverage: number | null;
  readonly findings: readonly Finding[];
}

export interface SeenEvidence extends Decided {
  readonly sources: readonly SeenSource[];
  /** Waivers and quarantines in force that may concern these sources. */
  readonly waivers: readonly RuleInForce[];
  readonly notes: readonly string[];
}

export async function evidenceAlone(options: AloneOptions): Promise<SeenEvidence> {
  const { config, wanted, kind, date, runsCommands, word, ...context } = options;
  const { world, sha } = context;
  const { waivers: waiving, quarantine } = config;
  const asked = askedOf(wanted, { kind, hasDay: context.day !== undefined, runsCommands });
  const waivers = createWaivers({ waivers: waiving, quarantine, sha, date });
  const { readings, notes } = await ofJudgedCommit({ world, sha, word, configs: asked.read }, () =>
    readEvidence(asked.read, { ...context, waivers }),
  );
  context.signal?.throwIfAborted();
  const names = asked.read.map(({ name }) => name);
  const isAll = !config.ci.enabled && names.length === config.evidence.length;
  const isOnlyOurs = (pattern: string) => isAll || names.some((name) => concernsOnly(pattern, name));
  return {
    ...decidedBy(readings),
    sources: asked.read.flatMap((source) => {
      const reading = readings.find((one) => one.source === source.name);
      return reading ? [seenOf(source, reading)] : [];
    }),
    waivers: waivers.inForce().filter(({ pattern }) => names.some((name) => mayConcern(pattern, name))),
    notes: [
      ...asked.notes,
      ...newOnlyNote(asked.read, context),
      ...notes,
      ...unreliableNote(readings),
      ...waivers.notes(isOnlyOurs),
    ],
  };
}

interface AskedAlone {
  readonly read: readonly Evidence[];
  readonly notes: readonly string[];
}

/** What of the wanted sources can be read here, and why not the others. */
function askedOf(
  wanted: readonly Evidence[],
  { kind, hasDay, runsCommands }: Pick<AloneOptions, 'kind' | 'runsCommands'> & { readonly hasDay: boolean },
): AskedAlone {
  const { asked, leftOut } = evidenceOf(wanted, kind === 'day' && hasDay ? 'day' : 'change');
  const why =
    kind === 'change' ? 'Not asked of a change, as only a day has it' : 'Not read, as nothing tells the day (--day N)';
  const isLeftOut = ({ type }: Evidence) => type === 'command' || type === 'http';
  const read = runsCommands ? asked : asked.filter((source) => !isLeftOut(source)).map(withoutCommand);
  const silent = runsCommands ? [] : asked.filter((source) => hasCommand(source) || isLeftOut(source));
  return {
    read,
    notes: [
      ...(leftOut.length > 0 ? [`${why}: ${listed(leftOut)}.`] : []),
      ...(silent.length > 0 ? [`Neither run nor asked: ${listed(silent.map(({ name }) => name))}.`] : []),
    ],
  };
}

function hasCommand(source: Evidence): boolean {
  return 'run' in source && source.run !== undefined;
}

function withoutCommand(source: Evidence): Evidence {
  return source.type === 'command' || !('run' in source) ? source : { ...source, run: undefined };
}

function listed(names: readonly string[]): string {
  return names.map((name) => plainLine(name, 60)).join(', ');
}

/** As the gate decides, were there nothing else. */
function decidedBy(readings: readonly EvidenceReading[]): Decided {
  const findings = readings.flatMap((reading) => reading.findings);
  const decided = decide({ findings, openAdvisories: 0, clearanceDay: false });
  if (decided.decision !== 'SHIP' || readings.some(({ saysNothing }) => !saysNothing)) return decided;
  return { decision: 'UNKNOWN', reason: 'Nothing that was read says anything about the commit.' };
}

function seenOf({ name, type }: Evidence, reading: EvidenceReading): SeenSource {
  const { findings, saysNothing = false, hasFailure = false, coverage = null } = reading;
  const counts = RESULTS.map(
    (result) => [result, findings.filter((finding) => finding.result === result).length] as const,
  );
  return {
    ...{ name, type, saysNothing, hasFailure, coverage, findings },
    counts: defined(Object.fromEntries(counts.filter(([, number]) => number > 0))),
  };
}
