/** `pace evidence`: what the gate would see of its evidence alone. Asks no host and no tracker, and keeps nothing. */
import { stateFolder } from '../../../core/adapters/state-folder.ts';
import { defined } from '../../../core/defined.ts';
import { PaceError } from '../../../core/errors.ts';
import { createFaults, type Faults } from '../../../core/faults.ts';
import { redactDeep } from '../../../core/text/redact.ts';
import { plainLine } from '../../../core/text/untrusted-text.ts';
import type { World } from '../../../core/world.ts';
import { didYouMean } from '../../../core/yaml/suggest.ts';
import type { LoadedConfig } from '../../config/load.ts';
import type { Evidence } from '../../config/schema.ts';
import { evidenceAlone, type SeenEvidence } from '../../gate/evidence-alone.ts';
import { type EvidenceWord, evidenceWord, testedAs } from '../../gate/identity/evidence-commit.ts';
import { gateOf } from '../../gate/identity/gate-name.ts';
import { judgedCommit } from '../../gate/identity/judged-commit.ts';
import { placeOfRun } from '../../gate/identity/owner.ts';
import { askedDay, idOfSprint, type Surroundings, surroundingsOf } from '../../gate/identity/prepare.ts';
import { whichKind } from '../../gate/identity/which-kind.ts';
import { memoryFor } from '../../gate/memory.ts';
import type { Report } from '../../gate/report.ts';
import { createState } from '../../gate/state/state.ts';
import { sprintTimeZone, whichDay } from '../../gate/which-day.ts';
import { calendarDate } from '../../plan/calendar.ts';
import { MAX_DAY } from '../../plan/day-number.ts';
import { gateConfig, secretNames, sideOf } from '../gate.ts';
import type { EvidenceRead } from './options.ts';

export interface ReadAlone extends SeenEvidence {
  readonly gate: string;
  /** What it was read for; the id of a day is `''` where nothing tells which day it is. */
  readonly subject: Report['subject'];
  /** `''` where there is no commit. */
  readonly sha: string;
  /** Today in the sprint's time zone. */
  readonly date: string;
}

export async function readEvidenceAlone(world: World, options: EvidenceRead, signal?: AbortSignal): Promise<ReadAlone> {
  const loaded = await gateConfig(world, options.config);
  const { config } = loaded;
  const wanted = wantedSources(config.evidence, options.source ?? []);
  const about = await subjectHere(world, loaded, options);
  const { gate, subject, day, sha, word, memory, date, notes } = about;
  const seen = await evidenceAlone({
    ...{ world, config, wanted, sha, word, date, ...memory, kind: subject.kind },
    ...{ secretNames: secretNames(loaded), runsCommands: options.run ?? true },
    ...defined({ day, signal }),
  });
  return redactDeep(world.redact, { gate, subject, sha, date, ...seen, notes: [...notes, ...seen.notes] });
}

/** By name, in the order of the configuration; all of them where none is named. */
function wantedSources(evidence: readonly Evidence[], names: readonly string[]): readonly Evidence[] {
  const known = evidence.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return names.length === 0 ? evidence : evidence.filter(({ name }) => names.includes(name));
  throw new PaceError({
    kind: 'validation',
    message: `No source is called "${plainLine(unknown, 60)}".${didYouMean(unknown, known)}`,
    remedy:
      known.length === 0
        ? 'The configuration has no `evidence`. `pace evidence detect` proposes some.'
        : `Please name one of: ${known.map((name) => plainLine(name, 60)).join(', ')}.`,
  });
}

/** What job, checkout and plan tell; no host is asked for more. */
async function subjectHere(world: World, loaded: LoadedConfig, options: EvidenceRead) {
  const { config } = loaded;
  const faults = createFaults(world);
  const surroundings = await surroundingsOf({ world, config, ci: sideOf(loaded, 'ci') });
  const { judged, git, plan } = surroundings;
  const asked = { day: options.day, change: options.change };
  const unasked = { hasCommit: false, host: undefined, judged, faults };
  const { change, notes } = await whichKind({ subject: config.gate.subject, asked, ...unasked });
  const { sha, notes: ofCommit } = await judgedCommit({ world, host: undefined, wanted: undefined, judged, change });
  const ofEvidence = { given: undefined, configured: config.gate.evidence_sha, env: world.env };
  const word: EvidenceWord = { ...evidenceWord(ofEvidence), ...testedAs(judged, sha) };
  const gate = gateOf(world, loaded, git);
  const branch = await branchHere(world, loaded, surroundings, faults);
  const sprint = idOfSprint(config, plan);
  const state = createState(world, { folder: stateFolder({ gate, branch }), sprint, dryRun: true, faults });
  const told = change ? undefined : await dayHere(world, loaded, { options, plan, state });
  const day = told?.day;
  const subject = change
    ? ({ kind: 'change', id: change.id } as const)
    : ({ kind: 'day', id: String(day ?? '') } as const);
  // where no day is told, the last that shipped is the one to compare with
  const remembered = change || day !== undefined ? subject : { kind: 'day' as const, id: String(MAX_DAY) };
  return {
    ...{ gate, subject, day, sha, word },
    memory: await memoryFor(state, { subject: remembered, target: change?.target ?? '', sha }),
    date: calendarDate(world.now(), sprintTimeZone(config)),
    notes: [...notes, ...ofCommit, ...(told?.notes ?? []), ...memoryNote(loaded)],
  };
}

function memoryNote({ config: { state } }: LoadedConfig): string[] {
  return state.persist === 'branch' ? [`Compared with what is here: the branch ${state.branch} was not fetched.`] : [];
}

async function branchHere(
  world: World,
  { sides }: LoadedConfig,
  { host, judged, git, name }: Surroundings,
  faults: Faults,
): Promise<string> {
  const job = await host?.repositoryOfJob?.();
  const checkout = { root: world.cwd, ...git, ...defined({ defaultBranch: job?.defaultBranch ?? git?.defaultBranch }) };
  const facts = {
    world,
    host: undefined,
    judged,
    git: checkout,
    faults,
    name,
    platform: sides.ci.name,
    isAtHome: true,
  };
  return (await placeOfRun(facts)).branch;
}

/** Without a date, a plan and a word of anybody there is no day, and that is no mistake here. */
async function dayHere(
  world: World,
  { config }: LoadedConfig,
  { options, ...known }: { options: EvidenceRead } & Pick<Parameters<typeof whichDay>[0], 'plan' | 'state'>,
): Promise<{ readonly day?: number; readonly notes: readonly string[] }> {
  const given = askedDay(world, options.day);
  const { day, outside, unplanned } = await whichDay({ world, config, ...known, given, otherwise: MAX_DAY });
  if (outside !== undefined) return { notes: [outside] };
  const notes = unplanned === undefined ? [] : [unplanned];
  return given === undefined && day === MAX_DAY ? { notes: [] } : { day, notes };
}
