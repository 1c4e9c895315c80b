/** GitHub's shapes, as far as we read them, and their translation to neutral words. */

import { isSha } from '../../core/drivers/workflow-event.ts';
import { neededNumber, neededText } from '../../core/http/unexpected-answer.ts';
import type { ChangeRequest, Check, CheckState, FoundChange, WaitsFor } from '../../core/ports/index.ts';
import type { Part, Schema } from './schema.ts';

/** The client reads numbers beyond 2^53 as `bigint`. */
export type Id = Schema<'check-run'>['id'];

// ---------------------------------------------------------------------------------------------- checks

/**
 * https://docs.github.com/en/rest/checks/runs – the description has fewer conclusions than GitHub sends (`stale`,
 * `startup_failure`), and another server may have words of its own.
 */
export interface CheckRun
  extends Part<'check-run', 'id' | 'name' | 'html_url' | 'details_url' | 'started_at' | 'completed_at'> {
  readonly status: string;
  readonly conclusion: string | null;
  readonly app: Partial<Part<'integration', 'slug'>> | null;
  readonly check_suite: { readonly id: Id } | null;
}

/** https://docs.github.com/en/rest/commits/statuses */
export type Status = Part<
  'simple-commit-status',
  'id' | 'context' | 'state' | 'target_url' | 'created_at' | 'updated_at'
>;

/** https://docs.github.com/en/rest/actions/workflow-runs – `path` is that of the workflow file and may end in `@ref`. */
export type WorkflowRun = Part<
  'workflow-run',
  | 'id'
  | 'name'
  | 'path'
  | 'workflow_id'
  | 'check_suite_id'
  | 'status'
  | 'conclusion'
  | 'html_url'
  | 'created_at'
  | 'run_started_at'
  | 'run_attempt'
> &
  Partial<Part<'workflow-run', 'event'>>;

/** A run that does not tell its file has one of its own: it is the same as that of no other workflow, nor of this one. */
export function filePath({ path, workflow_id }: WorkflowRun): string {
  return hasPath({ path }) ? (path.split('@')[0] ?? path) : `(workflow ${workflow_id})`;
}

/** A server may lack what the description promises. */
export function hasPath({ path }: { readonly path?: unknown }): boolean {
  return typeof path === 'string' && path !== '';
}

/** https://docs.github.com/en/rest/guides/using-the-rest-api-to-interact-with-checks */
const UNFINISHED = new Set(['queued', 'in_progress', 'requested', 'pending']);

const CONCLUSIONS: ReadonlyMap<string | null, CheckState> = new Map([
  ['success', 'success'],
  ['failure', 'failure'],
  ['timed_out', 'failure'],
  ['action_required', 'failure'],
  ['startup_failure', 'failure'],
  ['cancelled', 'cancelled'],
  ['stale', 'cancelled'],
  ['skipped', 'skipped'],
  ['neutral', 'neutral'],
]);

const STATUS_STATES: ReadonlyMap<string, CheckState> = new Map([
  ['success', 'success'],
  ['failure', 'failure'],
  ['error', 'failure'],
  ['pending', 'pending'],
]);

/** The state of a check run or of a workflow run. */
export function toCheckState(status: string | null, conclusion: string | null): CheckState {
  if (status === 'completed') return CONCLUSIONS.get(conclusion) ?? 'unknown';
  // https://docs.github.com/en/actions/reference/workflows-and-actions/deployments-and-environments
  if (status === 'waiting') return 'waiting';
  return status !== null && UNFINISHED.has(status) ? 'pending' : 'unknown';
}

export function toStatusState(state: string): CheckState {
  return STATUS_STATES.get(state) ?? 'unknown';
}

/** The app that reports the jobs of GitHub Actions. */
export const ACTIONS_APP = 'github-actions';

/** For somebody who may let a deployment go on, where GitHub does not name anybody. */
export const SOMEBODY = 'a reviewer of its environment';

/** GitHub does not tell which jobs stand behind another one. */
export function deploymentBy(who: string = SOMEBODY): WaitsFor {
  return { kind: 'deployment', who, isBlocking: false };
}

export function fromCheckRun(run: CheckRun, workflow: string): Check {
  const isWaiting = toCheckState(run.status, run.conclusion) === 'waiting';
  return {
    id: String(run.id),
    name: run.name || `(check ${run.id})`,
    app: run.app?.slug ?? '',
    workflow,
    state: toCheckState(run.status, run.conclusion),
    vendorState: run.status === 'completed' ? String(run.conclusion) : run.status,
    ...(isWaiting ? { waitsFor: deploymentBy() } : {}),
    optional: false,
    url: run.html_url ?? run.details_url ?? '',
    ...times(run.started_at, run.completed_at),
  };
}

export function fromStatus(status: Status): Check {
  const state = toStatusState(status.state);
  return {
    id: `status-${status.id}`,
    name: status.context || `(status ${status.id})`,
    app: 'status',
    workflow: '',
    state,
    vendorState: status.state,
    optional: false,
    url: status.target_url ?? '',
    ...times(status.created_at, state === 'pending' ? null : status.updated_at),
  };
}

export function times(
  started: string | null | undefined,
  completed: string | null | undefined,
): { startedAt?: number; completedAt?: number } {
  return {
    ...(started ? { startedAt: Date.parse(started) } : {}),
    ...(completed ? { completedAt: Date.parse(completed) } : {}),
  };
}

// ---------------------------------------------------------------------------------------------- pull requests

/** https://docs.github.com/en/rest/pulls/pulls */
export interface Pull
  extends Part<'pull-request-simple', 'number' | 'html_url' | 'state' | 'merged_at' | 'title' | 'body'> {
  readonly user: Part<'simple-user', 'login'> | null;
  readonly labels: readonly Part<'label', 'name'>[];
  readonly head?: PullEnd;
  readonly base?: PullEnd;
}

/** Where a pull request comes from, and where it goes to. A fork that has been deleted is `null`. */
interface PullEnd {
  readonly ref: string;
  readonly repo?: { readonly id: Id } | null;
}

/**
 * From exactly this branch of the repository itself: a server may overlook what it was asked for, and forks have owners too. One
 * that does not say where it comes from is no answer: taken for none, it would let a second one be opened.
 */
export function isFromBranch({ head, base }: Pull, branch: string): boolean {
  // neither end: a server that knows pull requests by other things than branches has none of ours
  if (head === undefined && base === undefined) return false;
  const ref = neededText('GitHub', 'head.ref', head?.ref);
  return ref === branch && head?.repo !== null && head?.repo?.id === base?.repo?.id;
}

/** One that is asked for by its number. */
export interface WholePull {
  readonly html_url?: string;
  readonly user?: Part<'simple-user', 'login'> | null;
  readonly head?: { readonly ref: string; readonly sha: string };
  readonly base?: { readonly ref: string };
  readonly labels?: readonly Part<'label', 'name'>[];
}

/** `undefined` for what is not a pull request. */
export function toJudgedChange(id: string, { head, base, labels = [] }: WholePull): FoundChange | undefined {
  if (head === undefined || base === undefined || !isSha(head.sha)) return undefined;
  return { id, sha: head.sha, source: head.ref, target: base.ref, labels: labels.map(({ name }) => name) };
}

/** https://docs.github.com/en/rest/issues/comments – those of a pull request. */
export interface PullComment extends Part<'issue-comment', 'id'> {
  readonly body?: string | null;
  readonly user: (Part<'simple-user', 'login'> & Partial<Part<'simple-user', 'type'>>) | null;
  readonly author_association?: string;
}

export function toChangeRequest({ number, html_url, state, merged_at }: Pull): ChangeRequest {
  const key = String(neededNumber('GitHub', 'number', number));
  const url = neededText('GitHub', 'html_url', html_url);
  return { key, url, state: merged_at ? 'merged' : state === 'open' ? 'open' : 'closed' };
}

/** What people edit in the browser comes back with the line ends of forms. */
export function unifyLineEnds(text: string): string {
  return text.replaceAll('\r\n', '\n');
}

// ---------------------------------------------------------------------------------------------- errors

/** "Validation Failed: assignees is invalid". https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api#validation-failed */
export function errorWords(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || !('message' in body)) return undefined;
  const errors = 'errors' in body && Array.isArray(body.errors) ? body.errors : [];
  const details = errors.map(detailWords).filter(Boolean);
  return [String(body.message), details.join(', ')].filter(Boolean).join(': ');
}

function detailWords(detail: unknown): string {
  if (typeof detail === 'string') return detail;
  if (typeof detail !== 'object' || detail === null) return '';
  const { field, code, message } = detail as Record<string, unknown>;
  if (typeof message === 'string') return typeof field === 'string' ? `${field}: ${message}` : message;
  return [field, code].filter((part) => typeof part === 'string').join(' is ');
}
