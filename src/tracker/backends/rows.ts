/** What is known about backends. */

/** One line of the list. */
export interface BackendRow {
  readonly name: string;
  readonly platform: string;
  /** Which file names it: the project's, the person's own, or none. */
  readonly from: 'project' | 'user' | 'detected';
  readonly default: boolean;
}

/** One thing that `pace backend test` has tried. */
export interface CheckedBackend {
  readonly check: string;
  readonly ok: boolean;
  readonly detail: string;
}

/** What is used when nothing is named, and why. */
export interface Detection {
  readonly tracker: string;
  readonly because: string;
  /** What has to be set before it can be used. */
  readonly missing: readonly string[];
}
