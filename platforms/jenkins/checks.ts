/** The builds of a commit, wherever they are below the folders to look in. */
import { checkoutName } from '../../core/drivers/checkout.ts';
import { PaceError } from '../../core/errors.ts';
import { createPageGuard, type PageGuard } from '../../core/http/page-guard.ts';
import { unexpectedAnswer } from '../../core/http/unexpected-answer.ts';
import type { Check, CheckState, Settings } from '../../core/ports/index.ts';
import { gitOr } from '../../core/programs/git.ts';
import { plainLine } from '../../core/text/untrusted-text.ts';
import type { World } from '../../core/world.ts';
import type { Api } from './api.ts';
import { type CurrentBuild, currentBuild, placesToLook } from './job.ts';
import {
  asksFor,
  buildsTree,
  commitsOf,
  fromQueue,
  isBuilding,
  isOf,
  itemTree,
  pathOf,
  remotesOf,
  toCheck,
  type WireBuild,
  type WireItem,
  type WireQueueItem,
} from './wire.ts';

/** Levels of folders that one request shows; each folder below them costs one more. */
const LEVELS = 3;
/** Builds of each job that every look sees. */
const NEWEST = 20;
const PAGE = 100;
/** How far back a job is looked through. */
const MOST_BUILDS = 1000;
/** A build cannot be older than its commit; clocks may differ by as much. */
const CLOCKS_MS = 86_400_000;

type Job = WireItem & { readonly fullName: string };

/** What earlier looks have seen of a job. */
interface Looked {
  /** Builds up to this number are not looked for again. */
  readonly upTo: number;
  readonly found: ReadonlyMap<number, WireBuild>;
}

interface Wanted {
  readonly sha: string;
  /** When the commit was made, where that is known. */
  readonly since: number;
  readonly looked: Map<string, Looked>;
}

export type ListChecks = (sha: string, signal?: AbortSignal) => Promise<Check[]>;

/** One request a look; the first look goes further back, to the time of the commit. */
export function createChecks(world: World, api: Api, settings: Settings): ListChecks {
  const own = currentBuild(world.env);
  const unstable = unstableState(settings['unstable']);
  const { remote } = settings;
  // such data grows with the branches of a repository: it is asked for where merges are built
  const withMerges = Boolean(world.env['CHANGE_ID']);
  const known = new Map<string, Promise<Wanted>>();

  async function* jobsIn(path: string, guard: PageGuard, signal: AbortSignal | undefined): AsyncGenerator<Job> {
    // a folder that is in itself has no end
    guard.next(path);
    const tree = itemTree(LEVELS, buildsTree(0, NEWEST, withMerges));
    const item = await api.read<WireItem>('listChecks', { path, tree, signal });
    yield* jobsBelow(item, LEVELS, guard, signal);
  }

  async function* jobsBelow(
    item: WireItem,
    levels: number,
    guard: PageGuard,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<Job> {
    const { fullName } = item;
    if (fullName && item.allBuilds !== undefined) yield { ...item, fullName };
    const jobs = item.jobs === undefined ? [] : listed('jobs', item.jobs);
    if (jobs.length === 0) return;
    // so deep only names have come
    if (levels === 0) yield* jobsIn(pathOf(fullName ?? ''), guard, signal);
    else for (const below of jobs) yield* jobsBelow(below, levels - 1, guard, signal);
  }

  async function buildsOf(job: Job, wanted: Wanted, signal: AbortSignal | undefined): Promise<WireBuild[]> {
    const before = wanted.looked.get(job.fullName) ?? { upTo: 0, found: new Map() };
    const all = [...listed('allBuilds', job.allBuilds)];
    let page: readonly WireBuild[] = all;
    for (let size = NEWEST; mayHaveMore(page, size, before.upTo, wanted.since); size = PAGE) {
      if (all.length >= MOST_BUILDS) {
        world.log.warn(`${plainLine(job.fullName, 200)}: only the newest ${all.length} builds are looked through.`);
        break;
      }
      const tree = buildsTree(all.length, all.length + PAGE, withMerges);
      const item = await api.read<WireItem>('listChecks', { path: pathOf(job.fullName), tree, signal });
      page = listed('allBuilds', item.allBuilds);
      for (const build of page) all.push(build);
    }
    const isWanted = (build: WireBuild) =>
      commitsOf(build, remote).some((sha) => sha.startsWith(wanted.sha)) ||
      (job.fullName === own?.job && String(build.number) === own.number);
    const found = new Map([...before.found, ...all.filter(isWanted).map((build) => [build.number, build] as const)]);
    // a build tells its commit once it has checked it out
    const unsure = all.filter(
      (build) => isBuilding(build) && (isWanted(build) || commitsOf(build, undefined).length === 0),
    );
    const newest = all.reduce((last, { number }) => Math.max(last, number), before.upTo);
    const upTo = unsure.reduce((last, { number }) => Math.min(last, number - 1), newest);
    wanted.looked.set(job.fullName, { upTo, found });
    return [...found.values()];
  }

  /** A build in the queue is one of the commit when it says so, or when the job has none yet and builds this repository. */
  async function queuedOf(job: Job, found: readonly WireBuild[], sha: string): Promise<Check[]> {
    const { queueItem, fullName } = job;
    if (!queueItem || fullName === own?.job) return [];
    const remotes = (job.allBuilds ?? []).flatMap(remotesOf);
    const isOurs = remotes.length === 0 || isOf(remotes, remote ?? (await checkoutName(world)));
    if (!asksFor(queueItem, sha) && (found.length > 0 || !isOurs)) return [];
    return [fromQueue(fullName, queueItem, { url: job.url ?? '', isBehindUs: isBehind(queueItem, own) })];
  }

  async function wantedOf(sha: string): Promise<Wanted> {
    const seconds = /^[0-9a-f]{7,64}$/.test(sha) ? await gitOr(world, ['show', '-s', '--format=%ct', sha]) : undefined;
    return { sha, since: Number(seconds ?? 0) * 1000, looked: new Map() };
  }

  return async (sha, signal) => {
    const asked = known.get(sha) ?? wantedOf(sha);
    known.set(sha, asked);
    const wanted = await asked;
    const checks = new Map<string, Check>();
    for (const place of placesToLook(settings['jobs'], world.env)) {
      for await (const job of jobsIn(pathOf(place), createPageGuard('Jenkins'), signal)) {
        const builds = await buildsOf(job, wanted, signal);
        const here = builds.map((build) => toCheck(job.fullName, build, unstable));
        for (const check of [...here, ...(await queuedOf(job, builds, sha))]) checks.set(check.id, check);
      }
    }
    return [...checks.values()];
  };
}

/** A build that is held up by that of another job, or by an earlier one of its own, starts by itself; behind our own it never would. */
function isBehind({ why }: WireQueueItem, own: CurrentBuild | undefined): boolean {
  if (own === undefined) return false;
  if (!why) return true;
  // branches are shown as they are called
  const shown = (own.job.split('/').at(-1) ?? '').replaceAll('%2F', '/');
  const name = shown.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\w-])${name}(?![\\w-])`).test(why);
}

/** A folder without a list of jobs, or a job without one of builds, would look as if nothing had been built. */
function listed<Entry>(name: string, entries: readonly Entry[] | null | undefined): readonly Entry[] {
  if (Array.isArray(entries)) return entries;
  throw unexpectedAnswer('Jenkins', `${name} is not a list`);
}

/** Pure: whether builds that are older than these may be of interest. */
function mayHaveMore(page: readonly WireBuild[], size: number, upTo: number, since: number): boolean {
  const oldest = page.at(-1);
  if (oldest === undefined || page.length < size || oldest.number <= upTo + 1) return false;
  return (oldest.timestamp ?? Number.POSITIVE_INFINITY) >= since - CLOCKS_MS;
}

function unstableState(word = 'failure'): CheckState {
  if (word === 'failure' || word === 'neutral' || word === 'success') return word;
  throw new PaceError({
    kind: 'configuration',
    operation: 'configure',
    message: `"${word.slice(0, 40)}" is not what an unstable build can be.`,
    remedy: 'Please set `jenkins.unstable` (PACE_JENKINS_UNSTABLE) to failure, neutral or success.',
  });
}
