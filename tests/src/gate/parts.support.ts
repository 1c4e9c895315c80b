/** A gate run whose adapters note what they are asked for, and fail where they are told to. State and journal are real files. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';
import type { ApprovalAnswer } from '../../../core/adapters/approvals.ts';
import type { Owner } from '../../../core/adapters/owner.ts';
import type { CIAdapter, Escalation, KnownAdvisory, TrackerAdapter } from '../../../core/adapters/ports.ts';
import { stateFolder } from '../../../core/adapters/state-folder.ts';
import { PaceError } from '../../../core/errors.ts';
import { createFaults, type Fault, type Faults } from '../../../core/faults.ts';
import type { ChangeRequest, JudgedChange, Person } from '../../../core/ports/index.ts';
import type { World } from '../../../core/world.ts';
import local from '../../../platforms/local/index.ts';
import { configSchema } from '../../../src/config/schema.ts';
import { openJournal } from '../../../src/gate/journal.ts';
import { type DayParts, type GateParts, isOfDay, type Judged } from '../../../src/gate/parts.ts';
import type { Report } from '../../../src/gate/report.ts';
import { createState } from '../../../src/gate/state/state.ts';
import type { Subject } from '../../../src/gate/subject.ts';
import type { GateDay } from '../../../src/gate/which-day.ts';
import { type TestWorld, testWorld } from '../../support/world.ts';

const TEMPORARY = mkdtempSync(join(tmpdir(), 'pace-gate-'));
afterAll(() => rmSync(TEMPORARY, { recursive: true, force: true }));

/** A folder of its own with these files in it; removed after the tests of the file. */
export function checkout(files: Readonly<Record<string, string>> = {}): string {
  const cwd = mkdtempSync(join(TEMPORARY, 'one-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, name)), { recursive: true });
    writeFileSync(join(cwd, name), text);
  }
  return cwd;
}

/** Commits all that lies in the folder, as somebody. Returns the hash. */
export function commitIn(cwd: string, author = { name: 'Ada', email: 'ada@example.org' }): string {
  const env = { PATH: process.env['PATH'], GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };
  const git = (...words: string[]) => execFileSync('git', words, { cwd, env, encoding: 'utf8' }).trim();
  const who = ['-c', `user.name=${author.name}`, '-c', `user.email=${author.email}`];
  git('init', '--quiet');
  git('add', '-A');
  git(...who, 'commit', '--quiet', '--allow-empty', '-m', 'Work');
  return git('rev-parse', 'HEAD');
}

export const GATE_DAY: GateDay = {
  ...{ day: 3, date: '2026-03-04', target: 'Log in', contextNote: 'note', humanGate: false, totalDays: 30 },
  ...{ startDate: '', targets: new Map(), notes: [] },
};

export const CHANGE: JudgedChange = { id: '12', source: 'login', target: 'main', labels: [] };

/** The gate of a repository that has one only, on its default branch, in a sprint without a name. */
export const OWNER: Owner = { repository: { name: 'octo-org/shop' }, gate: 'gate', sprint: '', branch: '' };

export const SHIP: Judged = {
  ...{
    decision: 'SHIP',
    reason: '',
    findings: [],
    ci: undefined,
    coverage: {},
    failures: {},
    notes: [],
    backlog: undefined,
  },
};
export const HOLD: Judged = { ...SHIP, decision: 'HOLD', reason: 'unit: adds' };

/** A run of day 3 (or of the given day) that held, and wrote everything that it wanted to. */
export function reportOf(more: Partial<Report> = {}): Report {
  const { day = 3 } = more;
  return {
    ...{ schemaVersion: 1, product: 'Shop', repository: 'octo-org/shop', gate: 'gate', branch: '', sprint: '' },
    ...{ subject: { kind: 'day', id: String(day) }, day, date: '2026-03-04', attempt: 1 },
    ...{ sha: 'c0ffee', decision: 'HOLD', holdReason: 'unit: adds', mode: 'enforce', dryRun: false },
    ...{ humanGate: false, clearanceDay: false, findings: [], coverage: {}, notes: [], faults: [], requests: [] },
    ...{ ci: { conclusion: 'not_asked', url: '', checks: [] }, escalation: { key: '', url: '' }, review: { url: '' } },
    ...{ advisories: { open: 0, new: 0, cleared: 0, url: '' }, pending: [] },
    ...more,
  };
}

/** The same of change 12. */
export function changeReport(more: Partial<Report> = {}): Report {
  return reportOf({ subject: { kind: 'change', id: CHANGE.id }, day: null, ...more });
}

/** What host and tracker know, and what they refuse. */
export interface Outside {
  readonly variables: Map<string, string>;
  readonly reviews: Map<number, ChangeRequest>;
  /** By day. */
  readonly escalations: Map<number, Escalation>;
  /** What the tracker remembers of advisories. */
  readonly advisories: KnownAdvisory[];
  /** Who has approved the commit, and who wrote it. */
  approvals: ApprovalAnswer;
  commitAuthors: readonly Person[];
  /** Operations that fail, with a fault. */
  readonly fails: Set<string>;
  /** The same for want of a right. */
  readonly denies: Set<string>;
  /** Operations that are answered with no, and without a fault. */
  readonly refuses: Set<string>;
  /** `operation …what it was given`, in order; questions too. */
  readonly calls: (readonly unknown[])[];
  /** Done at each call, before it is answered. */
  during: (operation: string) => void;
}

export function outside(): Outside {
  return {
    variables: new Map(),
    reviews: new Map(),
    escalations: new Map(),
    advisories: [],
    approvals: { by: [], others: [] },
    commitAuthors: [],
    fails: new Set(),
    denies: new Set(),
    refuses: new Set(),
    calls: [],
    during: () => undefined,
  };
}

const QUESTIONS = [
  ...['jobUrl', 'escalationOf', 'openEscalation', 'getVariable', 'reviewState', 'postDailySummary', 'knownAdvisories'],
  ...['approvals', 'commitAuthors'],
];

/** What was written to host and tracker, as operations. */
export function deeds({ calls }: Outside): unknown[] {
  return calls.map(([operation]) => operation).filter((operation) => !QUESTIONS.includes(String(operation)));
}

export interface RunOptions {
  readonly cwd?: string;
  readonly world?: Partial<World>;
  readonly config?: object;
  readonly day?: Partial<GateDay>;
  /** The name of the branch that the day is of. */
  readonly branch?: string;
  /** A run about a change, in place of a day. */
  readonly change?: Partial<JudgedChange & { isNameless: boolean }>;
  readonly owner?: Partial<Owner>;
  readonly attempt?: number;
  readonly sha?: string;
  readonly dryRun?: boolean;
  readonly clearanceDay?: boolean;
}

type InTest = { readonly world: TestWorld };

/** One run of a day; a later one of the same checkout is given the same `cwd`. */
export async function gateParts(around: Outside, options: Omit<RunOptions, 'change'> = {}): Promise<DayParts & InTest> {
  const parts = await anyParts(around, options);
  if (isOfDay(parts)) return parts;
  throw new Error('This is a run of a change.');
}

/** One run of day 3, or of change 12. */
export async function anyParts(around: Outside, options: RunOptions = {}): Promise<GateParts & InTest> {
  // two runs at the same moment have different ids in the journal
  const world = testWorld({ cwd: options.cwd ?? checkout(), random: Math.random, ...options.world });
  const { dryRun = false } = options;
  const faults = createFaults(world);
  const owner = { ...OWNER, ...options.owner };
  const state = createState(world, { folder: stateFolder(owner), sprint: owner.sprint, dryRun, faults });
  return {
    ...{ world, faults, state, dryRun, owner, subject: subjectOf(options), date: '2026-03-04' },
    config: configSchema.parse(options.config ?? {}),
    ci: { platform: local },
    tracker: { platform: local },
    sha: options.sha ?? 'c0ffee',
    attempt: options.attempt ?? 1,
    notes: [],
    secretNames: [],
    clearanceDay: options.clearanceDay ?? false,
    journal: await openJournal({ world, dir: state.dir, faults, dryRun }),
    ciAdapter: ciAdapter(around, faults),
    trackerAdapter: trackerAdapter(around, faults),
  };
}

function subjectOf({ day, branch = '', change }: RunOptions): Subject {
  if (change) return { kind: 'change', change: { ...CHANGE, ...change } };
  return { kind: 'day', day: { ...GATE_DAY, ...day }, branch };
}

type Answer = <T>(operation: string, yes: T, no: T, ...given: unknown[]) => Promise<T>;

/** Notes a call; a failing one leaves its fault. */
function answering(around: Outside, faults: Faults): Answer {
  const { calls, fails, denies, refuses } = around;
  return async (operation, yes, no, ...given) => {
    calls.push([operation, ...given]);
    around.during(operation);
    if (refuses.has(operation)) return no;
    if (!fails.has(operation) && !denies.has(operation)) return yes;
    const kind = denies.has(operation) ? 'permission' : 'transient';
    const message = `${operation} went wrong.`;
    faults.add(operation, new PaceError({ kind, message, remedy: 'Please look.' }));
    return no;
  };
}

const NO_ANSWER: Fault = {
  operation: 'approvals',
  message: 'It went wrong.',
  remedy: 'Please look.',
};
const NO_APPROVALS: ApprovalAnswer = { by: [], others: [], fault: NO_ANSWER };

function ciAdapter(around: Outside, faults: Faults): CIAdapter {
  const answer = answering(around, faults);
  return {
    platform: 'test',
    faults: faults.list,
    openReviewPr: (request) => answer('openReviewPr', 'https://host.test/review', '', request),
    reviewState: (day) => answer('reviewState', around.reviews.get(day), undefined, day),
    waitForCommitCi: async ({ sha }) => ({ conclusion: 'no_runs', url: '', name: '', sha, checks: [] }),
    approvals: (given) => answer('approvals', around.approvals, NO_APPROVALS, given),
    commitAuthors: (sha) =>
      answer('commitAuthors', { people: around.commitAuthors }, { people: [], fault: NO_ANSWER }, sha),
    postDailySummary: (given) => answer('postDailySummary', undefined, undefined, given),
    jobUrl: () => answer('jobUrl', 'https://host.test/job', ''),
    writeJobSummary: (markdown) => answer('writeJobSummary', 'summary.md', '', markdown),
    writeChangeNote: (markdown, change) => answer('writeChangeNote', true, false, markdown, change),
    setCommitStatus: (sha, status) => answer('setCommitStatus', true, false, sha, status),
    setVariable: async (name, value) => {
      const set = await answer('setVariable', true, false, name, value);
      if (set) around.variables.set(name, value);
      return set;
    },
    getVariable: (name) => answer('getVariable', around.variables.get(name), undefined, name),
  };
}

function trackerAdapter(around: Outside, faults: Faults): TrackerAdapter {
  const answer = answering(around, faults);
  const { escalations } = around;
  return {
    platform: 'test',
    faults: faults.list,
    openEscalationIssue: async (given) => {
      const { day } = given;
      const url = await answer('openEscalationIssue', `https://tracker.test/${day}`, '', given);
      if (url !== '') escalations.set(day, { key: `K-${day}`, url, day, open: true });
      return url;
    },
    resolveEscalation: async (given) => {
      const done = await answer('resolveEscalation', true, false, given);
      const known = escalations.get(given.day);
      if (done && known) escalations.set(given.day, { ...known, open: false });
      return done;
    },
    openEscalation: ({ before = Number.POSITIVE_INFINITY, remembered = [] } = {}) => {
      const open = [...escalations.values()].filter((one) => one.open).toSorted((a, b) => a.day - b.day);
      const holds = open.filter(({ day }) => day < before);
      const closed = remembered.map(({ day }) => day).filter((day) => !open.some((one) => one.day === day));
      const known = { isKnown: true, holds, closed };
      return answer('openEscalation', known, { isKnown: false, holds: [], closed: [] }, { before, remembered });
    },
    escalationOf: (day) => answer('escalationOf', escalations.get(day), undefined, day),
    pushAdvisoryItems: (given) => answer('pushAdvisoryItems', 'https://tracker.test/advisories', '', given),
    clearAdvisoryItems: (given) => answer('clearAdvisoryItems', true, false, given),
    knownAdvisories: () => answer('knownAdvisories', around.advisories, undefined),
    pushStory: (given) => answer('pushStory', 'https://tracker.test/story', '', given),
    updateStoryStatus: (given) => answer('updateStoryStatus', true, false, given),
    postHandoffComment: (given) => answer('postHandoffComment', true, false, given),
    approvals: (given) => answer('approvals', around.approvals, NO_APPROVALS, given),
    closePlanIssue: (key) => answer('closePlanIssue', true, false, key),
    remindEscalation: (given) => answer('remindEscalation', true, false, given),
  };
}
