/** GitHub's shapes, as far as we read them, and their translation to neutral words. */

import { neededNumber, neededText } from '../../core/http/unexpected-answer.ts';
import type { ChangeRequest, Check, CheckState } from '../../core/ports/index.ts';

/** The client reads numbers beyond 2^53 as `bigint`. */
export type Id = number | bigint;

// ---------------------------------------------------------------------------------------------- checks

/** https://docs.github.com/en/rest/checks/runs */
export interface CheckRun {
  readonly id: Id;
  readonly name: string;
  readonly status: string;
  readonly conclusion: string | null;
  readonly html_url: string | null;
  readonly details_url: string | null;
  readonly started_at: string | null;
  readonly completed_at: string | null;
  readonly app: { readonly slug?: string | undefined } | null;
  readonly check_suite: { readonly id: Id } | null;
}

/** https://docs.github.com/en/rest/commits/statuses */
export interface Status {
  readonly id: Id;
  readonly context: string;
  readonly state: string;
  readonly target_url: string | null;
  readonly created_at: string;
  readonly updated_at: string;
}

/** https://docs.github.com/en/rest/actions/workflow-runs */
export interface WorkflowRun {
  readonly id: Id;
  readonly name?: string | null | undefined;
  /** Of the workflow file; may end in `@ref`. */
  readonly path: string;
  readonly workflow_id: Id;
  readonly check_suite_id?: Id | undefined;
  readonly status: string | null;
  readonly conclusion: string | null;
  readonly html_url: string;
  readonly created_at: string;
  readonly run_started_at?: string | undefined;
}

/** https://docs.github.com/en/rest/guides/using-the-rest-api-to-interact-with-checks */
const UNFINISHED = new Set(['queued', 'in_progress', 'waiting', 'requested', 'pending']);

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
  return status !== null && UNFINISHED.has(status) ? 'pending' : 'unknown';
}

export function toStatusState(state: string): CheckState {
  return STATUS_STATES.get(state) ?? 'unknown';
}

/** The app that reports the jobs of GitHub Actions. */
export const ACTIONS_APP = 'github-actions';

export function fromCheckRun(run: CheckRun, workflow: string): Check {
  return {
    id: String(run.id),
    name: neededText('GitHub', 'name', run.name),
    app: run.app?.slug ?? '',
    workflow,
    state: toCheckState(run.status, run.conclusion),
    vendorState: run.status === 'completed' ? String(run.conclusion) : run.status,
    optional: false,
    url: run.html_url ?? run.details_url ?? '',
    ...times(run.started_at, run.completed_at),
  };
}

export function fromStatus(status: Status): Check {
  const state = toStatusState(status.state);
  return {
    id: `status-${status.id}`,
    name: neededText('GitHub', 'context', status.context),
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
export interface Pull {
  readonly number: number;
  readonly html_url: string;
  readonly state: string;
  readonly merged_at: string | null;
  readonly title: string;
  readonly body: string | null;
  readonly user: { readonly login: string } | null;
  readonly labels: readonly { readonly name: string }[];
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
