/** What a gate run is made of: the words that its steps share. */

import type { Owner } from '../../core/adapters/owner.ts';
import type { CIAdapter, CiResult, TrackerAdapter } from '../../core/adapters/ports.ts';
import type { Faults } from '../../core/faults.ts';
import type { ChangeRequest } from '../../core/ports/index.ts';
import type { World } from '../../core/world.ts';
import type { Side } from '../../platforms/index.ts';
import type { PaceConfig } from '../config/schema.ts';
import type { BacklogChange, BacklogItem } from './backlog.ts';
import type { Finding } from './finding.ts';
import type { EvidenceWord } from './identity/evidence-commit.ts';
import type { Journal } from './journal.ts';
import type { KnownFailures } from './known-failures.ts';
import type { Policy } from './policy/outcomes.ts';
import type { Report } from './report.ts';
import type { State } from './state/state.ts';
import type { DaySubject, Subject } from './subject.ts';

export interface GateRun {
  readonly world: World;
  readonly config: PaceConfig;
  readonly ci: Side;
  readonly tracker: Side;
  readonly subject: Subject;
  /** Whose run it is; of a change the branch is the one that it goes to. */
  readonly owner: Owner;
  /** Today in the sprint's time zone, `YYYY-MM-DD`. */
  readonly date: string;
  /** When the sprint began, in milliseconds since 1970. */
  readonly sprintStart?: number | undefined;
  /** The commit to judge; `''` when there is none. */
  readonly sha: string;
  /** What is said of the commit that the evidence in the workspace is of. */
  readonly evidenceWord?: EvidenceWord;
  readonly attempt: number;
  readonly dryRun: boolean;
  readonly state: State;
  /** Where trouble is kept. */
  readonly faults: Faults;
  readonly notes: readonly string[];
  /** By whose rules it judges; absent where that is a matter of course. */
  readonly policy?: Pick<Policy, 'findings' | 'notes'>;
  /** Names of environment variables that hold credentials. */
  readonly secretNames: readonly string[];
  readonly signal?: AbortSignal;
}

/** What one run works with. */
export interface GateParts extends GateRun {
  readonly ciAdapter: CIAdapter;
  readonly trackerAdapter: TrackerAdapter;
  readonly clearanceDay: boolean;
  readonly journal: Journal;
}

/** A run about a day: only it has issues, attempts, a review. */
export interface DayParts extends GateParts {
  readonly subject: DaySubject;
}

export function isOfDay(parts: GateParts): parts is DayParts {
  return parts.subject.kind === 'day';
}

export interface GateResult {
  readonly report: Report;
  /** The backlog after this run; `undefined` when it could not be read, or is not this run's to change. */
  readonly backlog: readonly BacklogItem[] | undefined;
  readonly failures: KnownFailures;
}

/** Evidence and what follows from it, before anything is done about it. */
export interface Judged {
  readonly decision: 'SHIP' | 'HOLD' | 'UNKNOWN';
  readonly reason: string;
  readonly findings: readonly Finding[];
  readonly ci: CiResult | undefined;
  readonly coverage: Readonly<Record<string, number>>;
  readonly failures: KnownFailures;
  /** What came to light in reading: waivers that match nothing, tests that are not reliable. */
  readonly notes: readonly string[];
  /** `undefined` when the backlog could not be read. */
  readonly backlog: BacklogChange | undefined;
}

/** Why a run did not judge: a sentence, and the thing that pauses. */
export interface Pause {
  readonly kind: 'sprint' | 'variable' | 'person' | 'freeze' | 'hold' | 'review';
  readonly reason: string;
  /** When it ends by itself. */
  readonly until?: string;
  /** Who has paused. */
  readonly by?: string;
  readonly escalation?: { readonly key: string; readonly url: string };
  readonly review?: ChangeRequest;
  /** The day whose escalation pauses. */
  readonly heldDay?: number;
}

/** What is known of whatever may pause a run. */
export interface Standing {
  /** The first thing that pauses. */
  readonly pause?: Pause;
  /** What could not be asked, in sentences: green evidence proves nothing then. */
  readonly unknown: readonly string[];
}
