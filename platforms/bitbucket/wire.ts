/** Bitbucket's shapes (only what we read), and their translation to neutral words. https://developer.atlassian.com/cloud/bitbucket/rest/ */

import { neededNumber, neededText } from '../../core/http/unexpected-answer.ts';
import type { ChangeRequest, Check, CheckState } from '../../core/ports/index.ts';
import type { CiStep } from './job.ts';

/** https://developer.atlassian.com/cloud/bitbucket/rest/api-group-commit-statuses/ */
export interface WireStatus {
  readonly key: string;
  readonly state: string;
  readonly name?: string | null;
  readonly url?: string | null;
  readonly created_on?: string | null;
  readonly updated_on?: string | null;
}

/** Of a pipeline, and of a step. https://developer.atlassian.com/cloud/bitbucket/rest/api-group-pipelines/ */
export interface WireState {
  readonly name?: string | null;
  readonly result?: { readonly name?: string | null } | null;
  readonly stage?: { readonly name?: string | null } | null;
}

export interface WirePipeline {
  readonly uuid: string;
  readonly build_number: number;
  readonly state?: WireState | null;
  readonly target?: WireTarget | null;
  readonly created_on?: string | null;
  readonly completed_on?: string | null;
}

export interface WireTarget {
  readonly ref_name?: string | null;
  /** Of a pull request: the branch it comes from. */
  readonly source?: string | null;
  readonly selector?: { readonly type?: string | null; readonly pattern?: string | null } | null;
  readonly commit?: { readonly hash?: string | null } | null;
}

export interface WireStep {
  readonly uuid: string;
  readonly name?: string | null;
  /** Counts the attempts of a step. */
  readonly run_number?: number | null;
  readonly state?: WireState | null;
  readonly trigger?: { readonly type?: string | null } | null;
  readonly started_on?: string | null;
  readonly completed_on?: string | null;
}

/** https://developer.atlassian.com/cloud/bitbucket/rest/api-group-pullrequests/ */
export interface WirePullRequest {
  readonly id: number;
  readonly title: string;
  readonly description?: string | null;
  readonly state: string;
  readonly links: { readonly html: { readonly href: string } };
  readonly source: {
    readonly branch?: { readonly name?: string | null } | null;
    readonly repository: { readonly full_name: string } | null;
  };
  readonly reviewers?: readonly { readonly uuid: string }[];
}

/** One that is asked for by its number. */
export interface WireWholeRequest {
  readonly source?: WireEnd | null;
  readonly destination?: WireEnd | null;
}

interface WireEnd {
  readonly branch?: { readonly name?: string | null } | null;
  readonly commit?: { readonly hash?: string | null } | null;
}

const statusStates = new Map<string, CheckState>([
  ['SUCCESSFUL', 'success'],
  ['FAILED', 'failure'],
  ['INPROGRESS', 'pending'],
  ['STOPPED', 'cancelled'],
]);

/** The key tells two statuses apart: people see the name, which need not. */
export function statusToCheck(status: WireStatus): Check {
  const key = neededText('Bitbucket', 'key', status.key);
  const name = status.name || key;
  const state = statusStates.get(status.state) ?? 'unknown';
  return {
    id: `status ${key}`,
    name,
    app: 'status',
    workflow: name === key ? '' : key,
    state,
    vendorState: neededText('Bitbucket', 'state', status.state),
    optional: false,
    url: status.url ?? '',
    ...times(status.created_on, state === 'pending' ? undefined : status.updated_on),
  };
}

/** The number of the pipeline of this repository that has written the status; `undefined` when another service has. */
export function pipelineOf({ url }: WireStatus, repository: string): number | undefined {
  const name = repository.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const page = new RegExp(`/${name}/(?:addon/)?pipelines/(?:home)?(?:#!/)?results/(\\d+)`, 'i');
  const number = page.exec(url ?? '')?.[1];
  return number === undefined ? undefined : Number(number);
}

const results = new Map<string, CheckState>([
  ['SUCCESSFUL', 'success'],
  ['FAILED', 'failure'],
  ['ERROR', 'failure'],
  ['STOPPED', 'cancelled'],
  ['EXPIRED', 'cancelled'],
  ['NOT_RUN', 'skipped'],
]);
const NOT_STARTED = ['PENDING', 'READY', 'PARSING'];
const HELD = ['PAUSED', 'HALTED'];

/** A word that is not in these lists is `unknown`. */
export function toCheckState(state: WireState | null | undefined): CheckState {
  const name = state?.name ?? '';
  if (name === 'COMPLETED') return results.get(state?.result?.name ?? '') ?? 'unknown';
  if (isHeld(state)) return 'blocked';
  return name === 'IN_PROGRESS' || NOT_STARTED.includes(name) ? 'pending' : 'unknown';
}

/** Waits for a person. */
function isHeld(state: WireState | null | undefined): boolean {
  return [state?.name, state?.stage?.name].some((word) => HELD.includes(word ?? ''));
}

/** What people read as the pipeline: the branch or tag, and what has selected the definition where that is not the branch. */
export function workflowOf({ target }: WirePipeline): string {
  const { type = '', pattern = '' } = target?.selector ?? {};
  const selected = ['', 'default', 'branches', 'tags'].includes(type ?? '') ? '' : `${type}: ${pattern}`;
  return [target?.ref_name || target?.source || '', selected].filter(Boolean).join(' ');
}

/** One pipeline with its steps in their order. */
export interface PipelineRun {
  readonly pipeline: WirePipeline;
  readonly steps: readonly WireStep[];
}

/** `own`: the step that PACE runs in, wherever that is. `webUrl`: the repository's page. */
export function pipelineToChecks({ pipeline, steps: all }: PipelineRun, webUrl: string, own?: CiStep): Check[] {
  const steps = lastRuns(all);
  const names = distinct(steps.map(({ name }, place) => name || `Step ${place + 1}`));
  const held = heldFrom(pipeline, steps, own);
  const hasPassed = toCheckState(pipeline.state) === 'success';
  const url = `${webUrl}/pipelines/results/${neededNumber('Bitbucket', 'build_number', pipeline.build_number)}`;
  const checks = steps.map((step, place) => {
    const waits = place >= held && NOT_STARTED.includes(step.state?.name ?? '');
    const state = waits ? 'blocked' : toCheckState(step.state);
    return {
      id: neededText('Bitbucket', 'uuid', step.uuid),
      name: names[place] ?? '',
      app: 'bitbucket-pipelines',
      workflow: workflowOf(pipeline),
      state,
      vendorState: wordsOf(step.state),
      // a step may fail where its definition says `on-fail: ignore`
      optional: hasPassed && state === 'failure',
      url: `${url}/steps/${encodeURIComponent(step.uuid)}`,
      ...times(step.started_on, step.completed_on),
    };
  });
  return stepsTellAll(pipeline, checks) ? checks : [...checks, pipelineCheck(pipeline, url)];
}

/** The last attempt of every step. */
function lastRuns(steps: readonly WireStep[]): WireStep[] {
  const runs = Map.groupBy(steps, ({ uuid }) => uuid).values();
  return [...runs].flatMap((same) => same.toSorted((a, b) => (b.run_number ?? 0) - (a.run_number ?? 0)).slice(0, 1));
}

/** Two steps of one name are two checks. */
function distinct(names: readonly string[]): string[] {
  return names.map((name, place) => {
    const earlier = names.slice(0, place).filter((other) => other === name).length;
    return earlier === 0 ? name : `${name} (${earlier + 1})`;
  });
}

/** From which place on a step that has not started will not start by itself: behind a person's click, or behind PACE itself. */
function heldFrom({ state }: WirePipeline, steps: readonly WireStep[], own: CiStep | undefined): number {
  if (isHeld(state)) return 0;
  const ours = steps.findIndex(({ uuid }) => uuid === own?.id);
  const manual = steps.findIndex(
    (step) => /manual/i.test(step.trigger?.type ?? '') && NOT_STARTED.includes(step.state?.name ?? ''),
  );
  const behindOurs = ours < 0 || !own ? [] : [ours - own.parallel.place + own.parallel.count];
  return Math.min(...behindOurs, manual < 0 ? steps.length : manual, steps.length);
}

/** A definition with a mistake has no steps, and a pipeline can fail outside of them. */
function stepsTellAll({ state }: WirePipeline, checks: readonly Check[]): boolean {
  if (checks.length === 0) return false;
  return !speaksAgainst(toCheckState(state)) || checks.some((check) => speaksAgainst(check.state));
}

function speaksAgainst(state: CheckState): boolean {
  return ['failure', 'cancelled', 'unknown'].includes(state);
}

function pipelineCheck(pipeline: WirePipeline, url: string): Check {
  return {
    id: neededText('Bitbucket', 'uuid', pipeline.uuid),
    name: 'pipeline',
    app: 'bitbucket-pipelines',
    workflow: workflowOf(pipeline),
    state: toCheckState(pipeline.state),
    vendorState: wordsOf(pipeline.state),
    optional: false,
    url,
    ...times(pipeline.created_on, pipeline.completed_on),
  };
}

function wordsOf(state: WireState | null | undefined): string {
  return [state?.name, state?.result?.name ?? state?.stage?.name].filter(Boolean).join(' ') || 'none';
}

function times(started: string | null | undefined, completed: string | null | undefined) {
  const startedAt = Date.parse(started ?? '');
  const completedAt = Date.parse(completed ?? '');
  return {
    ...(Number.isNaN(startedAt) ? {} : { startedAt }),
    ...(Number.isNaN(completedAt) ? {} : { completedAt }),
  };
}

const changeStates = new Map<string, ChangeRequest['state']>([
  ['MERGED', 'merged'],
  ['DECLINED', 'closed'],
  ['SUPERSEDED', 'closed'],
]);

export function toChangeRequest(request: WirePullRequest): ChangeRequest {
  return {
    key: String(neededNumber('Bitbucket', 'id', request.id)),
    url: neededText('Bitbucket', 'links.html.href', request.links.html.href),
    // a word of the future must not pass for a decision
    state: changeStates.get(neededText('Bitbucket', 'state', request.state)) ?? 'open',
  };
}

/** A repository, as far as it is read. */
export interface WireRepository {
  readonly uuid?: unknown;
  readonly full_name: string;
  readonly links: { readonly html: { readonly href: string } };
  readonly mainbranch?: { readonly name?: string } | null;
}
