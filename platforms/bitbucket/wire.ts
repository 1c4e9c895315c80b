/** Bitbucket's shapes (only what we read), and their translation to neutral words. https://developer.atlassian.com/cloud/bitbucket/rest/ */

import { neededNumber, neededText } from '../../core/http/unexpected-answer.ts';
import type { ChangeRequest, Check, CheckState } from '../../core/ports/index.ts';

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

/** The number of the pipeline of this repository that has written the status; `undefined` when another service has, or one of its steps. */
export function pipelineOf({ url }: WireStatus, repository: string): number | undefined {
  const name = repository.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const page = new RegExp(`/${name}/(?:addon/)?pipelines/(?:home)?(?:#!/)?results/(\\d+)/?(?:[?#].*)?$`, 'i');
  const number = page.exec(url ?? '')?.[1];
  return number === undefined ? undefined : Number(number);
}

export function times(started: string | null | undefined, completed: string | null | undefined) {
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
