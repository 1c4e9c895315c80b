/** What a run is about and whose it is, before anything is judged: subject, owner, commit, state. */
import type { Owner } from '../../../core/adapters/owner.ts';
import { stateFolder } from '../../../core/adapters/state-folder.ts';
import { defined } from '../../../core/defined.ts';
import type { Faults } from '../../../core/faults.ts';
import { type GitFolder, readGitFolder } from '../../../core/files/git-folder.ts';
import type { Plan } from '../../../core/plan/plan.ts';
import { loadPlan } from '../../../core/plan/read-plan.ts';
import type { CodeHost, JudgedCommit } from '../../../core/ports/index.ts';
import type { World } from '../../../core/world.ts';
import { formatProblem } from '../../../core/yaml/problems.ts';
import { openHost, type Side } from '../../../platforms/index.ts';
import type { PaceConfig } from '../../config/schema.ts';
import { calendarDate } from '../../plan/calendar.ts';
import { sprintId } from '../../plan/sprint-id.ts';
import type { GateRun } from '../parts.ts';
import type { BranchPlan } from '../policy/outcomes.ts';
import { filedNote, fileEarlierSprints } from '../state/sprint-files.ts';
import { createState, type State } from '../state/state.ts';
import type { Subject } from '../subject.ts';
import { sprintStartDate, sprintTimeZone, whichDay } from '../which-day.ts';
import { type EvidenceWord, evidenceWord, testedAs } from './evidence-commit.ts';
import { gateOf } from './gate-name.ts';
import { judgedByJob, judgedCommit } from './judged-commit.ts';
import { type Place, placeOfRun } from './owner.ts';
import { type AskedSubject, type ChosenChange, whichKind } from './which-kind.ts';

export interface Asked extends AskedSubject {
  /** The commit, as a person names it. */
  readonly sha?: string | undefined;
  /** The commit that the evidence is of, as a person names it. */
  readonly evidenceSha?: string | undefined;
}

export type Prepared = Pick<GateRun, 'subject' | 'owner' | 'date' | 'sprintStart' | 'sha' | 'state' | 'notes'> & {
  readonly evidenceWord: EvidenceWord;
};

export interface PrepareOptions {
  readonly world: World;
  readonly config: PaceConfig;
  /** Of the configuration, as shown. */
  readonly file: string;
  readonly ci: Side;
  readonly tracker: Side;
  readonly asked: Asked;
  readonly faults: Faults;
  readonly dryRun: boolean;
  /** The day where nothing tells one; else that is an error. */
  readonly otherwise?: number;
  /** That of the branch whose rules count; absent where the one in the workspace does. */
  readonly branchPlan?: BranchPlan;
  /** What has been looked at before, while something else was waited for. */
  readonly surroundings?: Promise<Surroundings>;
}

/** Throws `PaceError` for wrong usage. */
export async function prepareRun(options: PrepareOptions): Promise<Prepared> {
  const { world, config, asked, faults, dryRun } = options;
  const surroundings = await (options.surroundings ?? surroundingsOf(options));
  const { host, judged, plan } = surroundings;
  const word = evidenceWord({ given: asked.evidenceSha, configured: config.gate.evidence_sha, env: world.env });
  const { subject: wanted } = config.gate;
  const hasCommit = Boolean(asked.sha);
  const { change, notes } = await whichKind({ subject: wanted, asked, hasCommit, host, judged, faults });
  const commit = judgedCommit({ world, host, wanted: asked.sha, judged, change });
  // git answers while the host is asked; an error of it is looked at afterwards
  commit.catch(() => undefined);
  const owner = await ownerOf(options, surroundings, change);
  const state = createState(world, { folder: stateFolder(owner), sprint: owner.sprint, dryRun, faults });
  const filed = change || dryRun ? undefined : await filedNow(state, owner.sprint, faults);
  const subject = change
    ? ({ kind: 'change', change } as const)
    : await daySubject({ ...options, state, plan, branchName: owner.branchName });
  const { sha, notes: commitNotes } = await commit;
  return {
    subject,
    owner,
    date: calendarDate(world.now(), sprintTimeZone(config)),
    ...defined({ sprintStart: startOf(config, plan) }),
    sha,
    evidenceWord: { ...word, isNamed: hasCommit, ...testedAs(judged, sha) },
    state,
    notes: [...notes, ...(filed === undefined ? [] : [filed]), ...commitNotes, ...keptNote(state)],
  };
}

function keptNote({ kept: { refusal } }: State): string[] {
  return refusal ? [`${refusal.message} ${refusal.remedy}`] : [];
}

/** What job, checkout and plan tell, without a request. */
export interface Surroundings {
  readonly host: CodeHost | undefined;
  readonly judged: JudgedCommit | undefined;
  readonly git: GitFolder | undefined;
  readonly name: string;
  readonly plan: Plan | undefined;
}

export async function surroundingsOf({
  world,
  config,
  ci,
  branchPlan: ofBranch,
}: Pick<PrepareOptions, 'world' | 'config' | 'ci' | 'branchPlan'>): Promise<Surroundings> {
  const git = readGitFolder(world.cwd);
  const host = await openHost(world, ci).catch(() => undefined);
  const [named, judged, plan] = await Promise.all([
    host?.repositoryName(),
    judgedByJob(world, host, ci),
    ofBranch ? (ofBranch.how === 'found' ? ofBranch.plan : undefined) : loadPlan(world, config.sprint.plan),
  ]);
  for (const warning of plan?.warnings ?? []) world.log.warn(formatProblem(warning));
  return { host, judged, git, plan, name: named ?? world.cwd.split(/[\\/]/).at(-1) ?? '' };
}

async function ownerOf(
  { world, config, file, ci, tracker, faults }: PrepareOptions,
  { host, judged, git, name, plan }: Surroundings,
  change: ChosenChange | undefined,
): Promise<Owner & Place> {
  const about = change ? { sha: judged?.sha ?? '', change } : judged;
  const isAtHome = tracksItsOwn(world, ci, tracker);
  const facts = { world, host, judged: about, git, faults, name, platform: ci.platform.name, isAtHome };
  const place = await placeOfRun(facts);
  return { ...place, gate: gateOf(world, { config, file }, git), sprint: idOfSprint(config, plan), isAtHome };
}

/** The tracker is the code's own: one platform, and nothing that names another place for the issues. */
function tracksItsOwn({ env }: World, ci: Side, { platform, section = {} }: Side): boolean {
  if (ci.platform.name !== platform.name) return false;
  const elsewhere = platform.needs.filter((setting) => setting.for === 'tracker' && !setting.secret && !setting.map);
  return elsewhere.every(({ key, env: names }) => !section[key] && names.every((name) => !env[name]));
}

export function idOfSprint(config: PaceConfig, plan: Plan | undefined): string {
  return sprintId({ name: config.sprint.name, startDate: sprintStartDate(config, plan) });
}

/** A day earlier, whatever the time zone. */
function startOf(config: PaceConfig, plan: Plan | undefined): number | undefined {
  const date = sprintStartDate(config, plan);
  return date === undefined ? undefined : Date.parse(`${date}T00:00:00Z`) - 86_400_000;
}

async function filedNow(state: State, sprint: string, faults: Faults): Promise<string | undefined> {
  const filed = await faults.caught('fileSprint', undefined, () => fileEarlierSprints(state, sprint));
  return filed && filedNote(filed, sprint);
}

async function daySubject(
  options: PrepareOptions & { state: State; plan: Plan | undefined; branchName: string },
): Promise<Subject> {
  const { world, config, plan, state, asked, branchName, otherwise } = options;
  const day = await whichDay({ world, config, plan, state, given: askedDay(world, asked.day), otherwise });
  return { kind: 'day', day, branch: branchName };
}

/** As it is named: by a person, else by the variable. */
export function askedDay({ env }: World, day: string | undefined): { text: string; source: string } | undefined {
  if (day) return { text: day, source: 'The day' };
  return env['PACE_DAY'] ? { text: env['PACE_DAY'], source: 'PACE_DAY' } : undefined;
}
