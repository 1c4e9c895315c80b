/** The plan of a sprint: what each day is for. */
import type { Problem } from '../yaml/problems.ts';

export interface PlanDay {
  readonly day: number;
  /** What shall be done; `''` when the plan does not say. */
  readonly target: string;
  /** The day ends with a review request that a person decides. */
  readonly humanGate: boolean;
  readonly gateCriterion?: string;
  readonly notes?: string;
  /** Reference of the issue that planned the day, without `#`. */
  readonly issue?: string;
  readonly storyBranch?: string;
  readonly acceptance?: readonly string[];
  /** Declared as not part of the day. */
  readonly outOfScope?: readonly string[];
  readonly week?: number;
  readonly weekLabel?: string;
}

export interface Plan {
  /** As shown in messages. */
  readonly file: string;
  readonly startDate?: string;
  /** What the sprint is for, in one sentence. */
  readonly goal?: string;
  /** In order; at least one. */
  readonly days: readonly PlanDay[];
  /** What is left alone, though it may be meant for PACE; absent where there is nothing. */
  readonly warnings?: readonly Problem[];
}
