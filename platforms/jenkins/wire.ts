/** Jobs and builds as Jenkins sends them, and their translation to neutral words. Only what is asked for by `tree` comes. */

import { defined } from '../../core/defined.ts';
import { pathOfRemote } from '../../core/drivers/checkout.ts';
import { neededNumber, neededText } from '../../core/http/unexpected-answer.ts';
import type { Check, CheckState } from '../../core/ports/index.ts';

/** A job, or a folder of jobs: a plain one, an organisation, or the branches of a repository. The server itself has no name. */
export interface WireItem {
  readonly fullName?: string | null;
  readonly url?: string | null;
  readonly jobs?: readonly WireItem[] | null;
  readonly allBuilds?: readonly WireBuild[] | null;
  readonly queueItem?: WireQueueItem | null;
}

export interface WireBuild {
  readonly number: number;
  readonly url?: string | null;
  readonly building?: boolean | null;
  readonly result?: string | null;
  readonly timestamp?: number | null;
  readonly duration?: number | null;
  /** Of plugins; `{}` for one that tells nothing. */
  readonly actions?: readonly (WireAction | null)[] | null;
}

export interface WireAction {
  readonly _class?: string | null;
  /** Of an `input` step: there as long as it waits for an answer, in the server's language. */
  readonly displayName?: string | null;
  /** What the Git plugin has checked out, one action for each checkout. */
  readonly lastBuiltRevision?: { readonly SHA1?: string | null } | null;
  readonly remoteUrls?: readonly string[] | null;
  /** By branch; `marked` is what was asked for where `lastBuiltRevision` is a merge made for testing it. */
  readonly buildsByBranchName?: Readonly<Record<string, WireGitBuild | null>> | null;
  /** What a branch of a multibranch job is to build, also before it is checked out. */
  readonly revision?: { readonly hash?: string | null; readonly pullHash?: string | null } | null;
  readonly parameters?: readonly { readonly value?: unknown }[] | null;
}

interface WireGitBuild {
  readonly buildNumber?: number | null;
  readonly marked?: { readonly SHA1?: string | null } | null;
}

export interface WireQueueItem {
  readonly id: number;
  readonly inQueueSince?: number | null;
  /** Waits for something else than its turn. */
  readonly blocked?: boolean | null;
  /** For what, in the server's language, with the names of jobs. */
  readonly why?: string | null;
  readonly actions?: readonly (WireAction | null)[] | null;
}

const QUEUED = 'queueItem[id,inQueueSince,blocked,why,actions[parameters[value]]]';

/** The fields of the builds from one index, the newest being 0, to before another one. */
export function buildsTree(from: number, to: number, withMerges: boolean): string {
  const merges = withMerges ? ',buildsByBranchName[buildNumber,marked[SHA1]]' : '';
  const actions = `actions[displayName,lastBuiltRevision[SHA1],remoteUrls,revision[hash,pullHash]${merges}]`;
  return `allBuilds[number,url,building,result,timestamp,duration,${actions}]{${from},${to}}`;
}

/** The fields of an item and of what is in it, so many levels deep; of what is deeper only the names. */
export function itemTree(levels: number, builds: string): string {
  const below = levels > 0 ? itemTree(levels - 1, builds) : 'fullName';
  return `fullName,url,${QUEUED},${builds},jobs[${below}]`;
}

/** `acme/shop` → `/job/acme/job/shop`. */
export function pathOf(fullName: string): string {
  return fullName
    .split('/')
    .filter(Boolean)
    .map((part) => `/job/${encodeURIComponent(part)}`)
    .join('');
}

/** Every commit that the build has checked out or is to check out; with `remote`, only from there. */
export function commitsOf({ number, actions }: WireBuild, remote: string | undefined): string[] {
  const known = (actions ?? []).filter((action) => action !== null);
  const counted = known.filter(({ remoteUrls }) => !remoteUrls || remote === undefined || isOf(remoteUrls, remote));
  return counted
    .flatMap(({ lastBuiltRevision, revision, buildsByBranchName }) => [
      lastBuiltRevision?.SHA1,
      revision?.hash,
      revision?.pullHash,
      ...Object.values(buildsByBranchName ?? {}).map((built) =>
        built?.buildNumber === number ? built.marked?.SHA1 : undefined,
      ),
    ])
    .filter((sha) => typeof sha === 'string');
}

/** Where the build has checked something out from. */
export function remotesOf({ actions }: WireBuild): string[] {
  return (actions ?? []).flatMap((action) => action?.remoteUrls ?? []);
}

/** Whether one of these addresses leads to the repository, however it is spelled: `owner/name` is compared. */
export function isOf(urls: readonly string[], remote: string): boolean {
  const wanted = pathOfRemote(remote).toLowerCase();
  return urls.some((url) => pathOfRemote(url).toLowerCase() === wanted);
}

export function isBuilding({ building, result }: WireBuild): boolean {
  // a Pipeline may have set its result long before it ends
  return building === true || result === null || result === undefined;
}

/** https://javadoc.jenkins.io/hudson/model/Result.html; UNSTABLE is a matter of settings. */
const RESULTS = new Map<string, CheckState>([
  ['SUCCESS', 'success'],
  ['FAILURE', 'failure'],
  ['NOT_BUILT', 'skipped'],
  ['ABORTED', 'cancelled'],
]);

export const APP = 'jenkins';

export function buildId(job: string, number: number | string): string {
  return `${job}#${number}`;
}

export function toCheck(job: string, build: WireBuild, unstable: CheckState): Check {
  const { number, url, result, timestamp, duration } = build;
  const runs = isBuilding(build);
  const asks = runs && asksForInput(build);
  const word = result ?? '';
  const ended = word === 'UNSTABLE' ? unstable : (RESULTS.get(word) ?? 'unknown');
  return {
    id: buildId(job, neededNumber('Jenkins', 'number', number)),
    name: neededText('Jenkins', 'fullName', job),
    app: APP,
    workflow: '',
    attempt: String(number),
    state: asks ? 'waiting' : runs ? 'pending' : ended,
    vendorState: asks ? 'paused for input' : runs ? 'building' : word,
    ...(asks ? { waitsFor: INPUT } : {}),
    optional: false,
    url: url ?? '',
    ...defined({
      startedAt: timestamp || undefined,
      completedAt: timestamp && !runs ? timestamp + (duration ?? 0) : undefined,
    }),
  };
}

/** What the build does after the answer is not known: it may be what there is to judge. */
const INPUT = { kind: 'start', who: 'somebody who may answer its input step', isBlocking: true } as const;

/** Older versions of the plugin do not tell. https://plugins.jenkins.io/pipeline-input-step/ */
function asksForInput({ actions }: WireBuild): boolean {
  return (actions ?? []).some((action) => action?._class?.endsWith('.InputAction') && Boolean(action.displayName));
}

/** A build that has no number yet. `isBehindUs`: it waits for the build that PACE runs in. */
export function fromQueue(job: string, item: WireQueueItem, { url, isBehindUs }: Queued): Check {
  const { id, inQueueSince, blocked } = item;
  return {
    id: `${job}#queued-${neededNumber('Jenkins', 'id', id)}`,
    name: job,
    app: APP,
    workflow: '',
    attempt: `queued-${id}`,
    state: blocked && isBehindUs ? 'blocked' : 'pending',
    vendorState: blocked ? 'blocked' : 'queued',
    optional: false,
    url,
    ...(inQueueSince ? { startedAt: inQueueSince } : {}),
  };
}

export interface Queued {
  /** Of the job. */
  readonly url: string;
  readonly isBehindUs: boolean;
}

/** The queued build has this text among its parameters. */
export function asksFor({ actions }: WireQueueItem, sha: string): boolean {
  return (actions ?? []).some((action) => action?.parameters?.some(({ value }) => value === sha));
}
