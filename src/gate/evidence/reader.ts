/** What every reader of evidence gets, and what it gives. */
import type { ApprovalAnswer, ApprovalRequest } from '../../../core/adapters/approvals.ts';
import type { World } from '../../../core/world.ts';
import type { EvidenceReading } from '../finding.ts';
import type { KnownFailures } from '../known-failures.ts';
import type { Waivers } from '../waivers.ts';

export interface EvidenceContext {
  readonly world: World;
  /** Absent for a change, which has no day. */
  readonly day?: number;
  readonly sha: string;
  /** Line coverage of the last day that shipped, in percent, by evidence name. */
  readonly baseline: Readonly<Record<string, number>>;
  /** What had failed on the last day that shipped; absent where none is remembered. */
  readonly knownFailures?: KnownFailures;
  /** The titles of what had failed in an earlier run on the same commit. */
  readonly failedBefore?: ReadonlySet<string>;
  readonly waivers: Waivers;
  /** What the judged commit is compared with; absent where no day has shipped yet, or nobody knows where a change goes. */
  readonly since?: Since;
  /** Names of environment variables that hold PACE's credentials. */
  readonly secretNames: readonly string[];
  /** Asks host or tracker who has approved the commit; absent where only files are looked at. */
  readonly approvals?: AskApprovals;
  readonly signal?: AbortSignal;
}

/** The commit of the last day that shipped; of a change the branch that it goes to. */
export type Since = { readonly day: number; readonly commit: string } | { readonly branch: string };

/** Never throws: a fault says why nothing is known. */
export type AskApprovals = (wanted: Pick<ApprovalRequest, 'from' | 'count' | 'allowAuthor'>) => Promise<ApprovalAnswer>;

/** Never throws for what it finds: missing, malformed and hostile files become findings. */
export type EvidenceReader<Config> = (config: Config, context: EvidenceContext) => Promise<EvidenceReading>;
