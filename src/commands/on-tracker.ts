/** A verb on one tracker: opens it, and keeps what a dry run has held back. */
import type { IssueTracker, PlannedWrite } from '../../core/ports/index.ts';
import type { World } from '../../core/world.ts';
import { openIssues } from '../tracker/backends/open-issues.ts';

export interface BackendChoice {
  readonly config?: string | undefined;
  readonly backend?: string | undefined;
}

export interface WritingOptions extends BackendChoice {
  readonly dryRun?: boolean | undefined;
}

/** What a verb has done; with `dryRun` what it would have sent, and the value is what it would have given. */
export interface Written<Value> {
  readonly value: Value;
  readonly planned: readonly PlannedWrite[];
}

export interface OpenedTracker {
  readonly tracker: IssueTracker;
  /** Of the references, as this tracker takes them. */
  readonly keys: readonly string[];
}

/** The tracker that the references lead to, all to the same one; without references the configured one. */
export function openFor(
  world: World,
  { config, backend }: BackendChoice,
  references: readonly string[] = [],
): Promise<OpenedTracker> {
  return openIssues(world, references, { config, backend });
}

/** The same for one issue. */
export async function openForIssue(
  world: World,
  options: BackendChoice,
  reference: string,
): Promise<{ tracker: IssueTracker; key: string }> {
  const { tracker, keys } = await openFor(world, options, [reference]);
  return { tracker, key: keys[0] ?? '' };
}

/** Does work that writes; with `dryRun` nothing is sent. */
export async function writeOn<Value>(
  world: World,
  { config, backend, dryRun }: WritingOptions,
  references: readonly string[],
  work: (opened: OpenedTracker) => Promise<Value>,
): Promise<Written<Value>> {
  const planned: PlannedWrite[] = [];
  const hears = dryRun ? (write: PlannedWrite) => void planned.push(write) : undefined;
  const opened = await openIssues(world, references, { config, backend, dryRun: hears });
  const value = await work(opened);
  // many hands share a machine: each sees where its words have gone
  if (!dryRun) world.log.info(`Tracker: ${[opened.tracker.name, opened.tracker.place].filter(Boolean).join(' ')}`);
  return { value, planned };
}
