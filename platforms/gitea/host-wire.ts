/** What the code host reads, as Gitea and Forgejo send it, and its translation to neutral words. https://docs.gitea.com/api/ */

import { isGateContext } from '../../core/adapters/ci/gate-status.ts';
import { defined } from '../../core/defined.ts';
import type { Review } from '../../core/drivers/standing-reviews.ts';
import { isSha } from '../../core/drivers/workflow-event.ts';
import { neededNumber, neededText } from '../../core/http/unexpected-answer.ts';
import type { ChangeRequest, Check, CheckState, FoundChange } from '../../core/ports/index.ts';
import { toPerson, type WireLabel, type WireUser } from './issue-wire.ts';

export interface WireStatus {
  readonly id: number;
  readonly context: string;
  readonly status: string;
  readonly description?: string | null;
  readonly target_url?: string | null;
  readonly created_at?: string | null;
  readonly updated_at?: string | null;
}

/** Gitea's run, and Forgejo's: the second line of fields. */
export interface WireRun {
  readonly id: number;
  readonly html_url?: string | null;
  readonly event?: string | null;
  readonly status?: string | null;
  readonly conclusion?: string | null;
  readonly head_sha?: string | null;
  readonly path?: string | null;
  readonly started_at?: string | null;
  readonly completed_at?: string | null;
  readonly commit_sha?: string | null;
  readonly workflow_id?: string | null;
  readonly started?: string | null;
  readonly stopped?: string | null;
  readonly need_approval?: boolean | null;
}

/** Gitea's job has an address, a conclusion, times and the name of its runner; Forgejo's has not. */
export interface WireJob {
  readonly id: number;
  readonly name: string;
  readonly status: string;
  readonly conclusion?: string | null;
  readonly html_url?: string | null;
  readonly runner_name?: string | null;
  readonly started_at?: string | null;
  readonly completed_at?: string | null;
}

export interface WirePull {
  readonly number: number;
  readonly html_url: string;
  readonly title: string;
  readonly body?: string | null;
  readonly state: string;
  readonly merged?: boolean | null;
  readonly labels?: readonly WireLabel[] | null;
  readonly head?: {
    /** The branch; `ref` is another name once the branch is gone. */
    readonly label?: string | null;
    readonly ref?: string | null;
    readonly repo?: { readonly full_name?: string | null } | null;
  } | null;
  readonly base?: { readonly repo?: { readonly full_name?: string | null } | null } | null;
}

/** One that is asked for by its number. */
export interface WireWholePull {
  readonly html_url?: string | null;
  readonly user?: WireUser | null;
  readonly head?: { readonly label?: string | null; readonly ref?: string | null; readonly sha?: string | null } | null;
  readonly base?: { readonly ref?: string | null } | null;
  readonly labels?: readonly Pick<WireLabel, 'name'>[] | null;
}

/** A check, with what tells whether it is the job that PACE runs in. */
export interface Seen {
  readonly check: Check;
  /** The number of its run, as it stands in addresses; absent for plain statuses. */
  readonly run?: string;
  readonly jobName: string;
  /** What has started its run; `''` where that is not told. */
  readonly event: string;
  readonly runner: string;
  readonly isRunning: boolean;
  /** Of two statuses the later one has the higher number; `0` for what is no status. */
  readonly order: number;
}

export const ACTIONS_APP = 'gitea-actions';

const STATUSES = new Map<string, CheckState>([
  ['pending', 'pending'],
  ['success', 'success'],
  ['failure', 'failure'],
  ['error', 'failure'],
  // Gitea merges nothing that requires a status and has a warning
  ['warning', 'failure'],
  ['skipped', 'skipped'],
]);

/** A status has fewer words than a job: its description tells them apart, in English whatever the server's language. */
const FINER: readonly (readonly [word: string, description: RegExp, state: CheckState])[] = [
  ['failure', /^(Canceled after|Has been cancelled)/, 'cancelled'],
  ['success', /^Has been skipped$/, 'skipped'],
  ['pending', /^(Blocked by required conditions|Waiting for needed jobs)$/, 'blocked'],
];
const RUNNING = /^(In progress|Has started running)$/;

/** Statuses that Actions of this server has made are jobs; their addresses may lack the server. A gate's leads to its job, and is none. */
export function fromStatus(status: WireStatus, server: string): Seen {
  const { id, context, status: word, description, target_url: target } = status;
  // the server may know itself by another address than ours
  const isRelative = target?.startsWith('/') ?? false;
  const url = isRelative ? `${new URL(server).origin}${target}` : (target ?? '');
  const isOurs = isRelative || url.startsWith(`${server}/`);
  const [, run, job] = (isOurs && !isGateContext(context) && /\/actions\/runs\/(\d+)\/jobs\/(\d+)$/.exec(url)) || [];
  const said = description ?? '';
  const finer = FINER.find((each) => run !== undefined && each[0] === word && each[1].test(said))?.[2];
  const state = finer ?? STATUSES.get(word) ?? 'unknown';
  const name = neededText('Gitea', 'context', context);
  const { workflow, jobName, event } = run === undefined ? NO_JOB : namesIn(name);
  return {
    check: {
      id: run === undefined ? `status-${id}` : `run-${run}-job-${job}`,
      name,
      app: run === undefined ? 'status' : ACTIONS_APP,
      workflow,
      ...defined({ attempt: run }),
      state,
      vendorState: finer === undefined ? word : said,
      optional: false,
      url,
      ...times(status.created_at, state === 'pending' || state === 'blocked' ? undefined : status.updated_at),
    },
    ...defined({ run }),
    jobName,
    event,
    runner: '',
    isRunning: RUNNING.test(said),
    order: neededNumber('Gitea', 'id', id),
  };
}

const NO_JOB = { workflow: '', jobName: '', event: '' };

/** `CI / build (push)` → `CI`, `build` and `push`; a workflow without a name is `/ build (push)`, or called like its file. */
function namesIn(context: string): typeof NO_JOB {
  const named = context.startsWith('/ ') ? ` ${context}` : context;
  const [, workflow = context, jobName = '', event = ''] = /^(.*?) \/ (.*?)(?: \(([a-z_]+)\))?$/.exec(named) ?? [];
  return { workflow, jobName, event };
}

/** Gitea's own words beside those that it shares with GitHub. */
const GITEA_STATES = new Map<string, CheckState>([
  ['queued', 'pending'],
  ['in_progress', 'pending'],
  // behind other jobs, behind a person, or behind another run: the version decides which of them is which
  ['waiting', 'blocked'],
  ['pending', 'blocked'],
  ['requested', 'blocked'],
  ['success', 'success'],
  ['failure', 'failure'],
  ['cancelled', 'cancelled'],
  ['skipped', 'skipped'],
]);

/** Of Forgejo, where `waiting` means: for a runner. */
const FORGEJO_STATES = new Map<string, CheckState>([
  ['waiting', 'pending'],
  ['running', 'pending'],
  ['blocked', 'blocked'],
  ['success', 'success'],
  ['failure', 'failure'],
  ['cancelled', 'cancelled'],
  ['skipped', 'skipped'],
]);

/** Gitea sends an empty conclusion before the end, Forgejo has none. */
export function isForgejoRun({ conclusion }: { readonly conclusion?: string | null | undefined }): boolean {
  return conclusion === undefined;
}

/** The state of a job or a run, and the vendor's word for it. */
export function stateOf({ status, conclusion }: Pick<WireRun, 'status' | 'conclusion'>): [CheckState, string] {
  if (isForgejoRun({ conclusion })) return [FORGEJO_STATES.get(status ?? '') ?? 'unknown', String(status)];
  const word = (status === 'completed' ? conclusion : status) ?? '';
  return [GITEA_STATES.get(word) ?? 'unknown', word];
}

/** The job of a run that has no statuses: Gitea makes none for schedules and for runs that were started by hand. */
export function fromJob(run: WireRun, job: WireJob): Seen {
  const [state, word] = stateOf(job);
  const workflow = workflowOf(run);
  const name = neededText('Gitea', 'name', job.name);
  const isOver = state !== 'pending' && state !== 'blocked';
  return {
    check: {
      id: `run-${run.id}-job-${neededNumber('Gitea', 'id', job.id)}`,
      name: `${workflow} / ${name} (${run.event ?? ''})`,
      app: ACTIONS_APP,
      workflow,
      attempt: String(run.id),
      state,
      vendorState: word,
      optional: false,
      url: job.html_url ?? run.html_url ?? '',
      ...times(job.started_at ?? run.started_at ?? run.started, isOver ? (job.completed_at ?? run.stopped) : undefined),
    },
    run: String(run.id),
    jobName: name,
    event: run.event ?? '',
    runner: job.runner_name ?? '',
    isRunning: ['in_progress', 'running'].includes(job.status),
    order: 0,
  };
}

/** A run whose jobs cannot be asked for. */
export function fromRun(run: WireRun): Seen {
  const job = { id: run.id, name: 'all jobs', status: run.status ?? '' };
  const seen = fromJob(run, run.conclusion === undefined ? job : { ...job, conclusion: run.conclusion });
  return { ...seen, isRunning: false };
}

/** The workflow's file. */
export function workflowOf({ path, workflow_id: file }: WireRun): string {
  return file ?? path?.split('@')[0] ?? '';
}

export function shaOf({ head_sha: head, commit_sha: commit }: WireRun): string {
  return head ?? commit ?? '';
}

/** What has not begun has a time long ago. */
function times(started: string | null | undefined, completed: string | null | undefined) {
  const [from, to] = [Date.parse(started ?? ''), Date.parse(completed ?? '')];
  return { ...(from > 0 ? { startedAt: from } : {}), ...(to > 0 ? { completedAt: to } : {}) };
}

/** Not from a branch of the same name in a fork. `repository` is what the repository is called, or was before it was renamed. */
export function isFromBranch({ head, base }: WirePull, branch: string, repository: string): boolean {
  const here = base?.repo?.full_name ?? repository;
  const isOwn = head?.repo?.full_name?.toLowerCase() === here.toLowerCase();
  return isOwn && [head?.ref, head?.label].includes(branch);
}

/** `undefined` for what is not a pull request. */
export function toJudgedChange(id: string, { head, base, labels }: WireWholePull): FoundChange | undefined {
  const { sha, ref, label } = head ?? {};
  if (!isSha(sha) || !base?.ref) return undefined;
  const source = (ref?.startsWith('refs/pull/') ? label : ref) ?? '';
  return { id, sha, source, target: base.ref, labels: (labels ?? []).map(({ name }) => name) };
}

export function toChangeRequest({ number, html_url, state, merged }: WirePull): ChangeRequest {
  return {
    key: String(neededNumber('Gitea', 'number', number)),
    url: neededText('Gitea', 'html_url', html_url),
    state: merged ? 'merged' : state === 'open' ? 'open' : 'closed',
  };
}

export interface WireReview {
  /** Absent where a team was asked, or an account is gone. */
  readonly user?: WireUser | null;
  readonly state?: string | null;
  readonly commit_id?: string | null;
  readonly dismissed?: boolean | null;
}

/** A word that we do not know approves nothing. */
export function toReview({ user, state, commit_id: sha, dismissed }: WireReview): Review {
  const isApproval = state === 'APPROVED';
  const isObjection = state === 'REQUEST_CHANGES' || (isApproval && dismissed === true);
  return {
    person: user ? toPerson(user) : undefined,
    says: isObjection ? 'objects' : isApproval ? 'approves' : 'nothing',
    sha: sha || undefined,
  };
}
