/** The registry, one line per platform, each loaded only when it is used; and the factories: host, tracker, and the gate's adapters. */
import type { TrackerAdapterOptions } from '../core/adapters/issues/tracker-adapter.ts';
import type { Owner } from '../core/adapters/owner.ts';
import type { CIAdapter, TrackerAdapter } from '../core/adapters/ports.ts';
import { defined } from '../core/defined.ts';
import type { Given } from '../core/drivers/settings.ts';
import { settingsHere } from '../core/drivers/settings-here.ts';
import { trackerPlace } from '../core/drivers/tracker-place.ts';
import { PaceError } from '../core/errors.ts';
import type { Faults } from '../core/faults.ts';
import { withUnexpectedAnswers } from '../core/http/unexpected-answer.ts';
import type { CodeHost, IssueTracker, PlannedWrite, Platform } from '../core/ports/index.ts';
import type { CacheOptions } from '../core/tracker/cached-driver.ts';
import { checkedAnswers } from '../core/tracker/checked-answers.ts';
import { claimsByComment } from '../core/tracker/claims.ts';
import { completeTracker } from '../core/tracker/complete-tracker.ts';
import { concurrentEdits } from '../core/tracker/concurrent-edits.ts';
import { redactedHost, redactedTracker } from '../core/tracker/redacted-ports.ts';
import type { World } from '../core/world.ts';

export const platforms = {
  asana: () => import('./asana/index.ts'),
  beads: () => import('./beads/index.ts'),
  bitbucket: () => import('./bitbucket/index.ts'),
  clickup: () => import('./clickup/index.ts'),
  fp: () => import('./fp/index.ts'),
  gitea: () => import('./gitea/index.ts'),
  github: () => import('./github/index.ts'),
  gitlab: () => import('./gitlab/index.ts'),
  hosted: () => import('./hosted/index.ts'),
  jenkins: () => import('./jenkins/index.ts'),
  jira: () => import('./jira/index.ts'),
  linear: () => import('./linear/index.ts'),
  local: () => import('./local/index.ts'),
  markdown: () => import('./markdown/index.ts'),
  monday: () => import('./monday/index.ts'),
  pace_plan: () => import('./pace_plan/index.ts'),
  spec_kit: () => import('./spec_kit/index.ts'),
  spec_kitty: () => import('./spec_kitty/index.ts'),
} satisfies Record<string, () => Promise<{ default: Platform }>>;

/** Known, and not to be had: each one says what to do instead. No list of choices names them. */
const refused = {
  azure_devops: () => import('./azure_devops/index.ts'),
} satisfies Record<string, () => Promise<{ default: Platform }>>;

/** What people call them, too. */
const SPELLINGS: Readonly<Record<string, keyof typeof refused>> = {
  azure: 'azure_devops',
  'azure-devops': 'azure_devops',
};

export type PlatformName = keyof typeof platforms;
export type RefusedName = keyof typeof refused;

export const platformNames = Object.keys(platforms) as PlatformName[];
export const refusedNames = Object.keys(refused) as RefusedName[];

/** One of `platformNames`, or of those that are only known. */
export function isPlatformName(name: string): name is PlatformName | RefusedName {
  return Object.hasOwn(platforms, name) || Object.hasOwn(refused, ownName(name));
}

/** The name that a platform itself goes by. */
export function ownName(name: string): string {
  return (Object.hasOwn(SPELLINGS, name) ? SPELLINGS[name] : undefined) ?? name;
}

export async function loadPlatform(name: PlatformName | RefusedName): Promise<Platform> {
  const registry: Record<string, () => Promise<{ default: Platform }>> = { ...platforms, ...refused };
  const load = registry[ownName(name)];
  if (!load) throw new Error(`There is no platform ${name}.`);
  return (await load()).default;
}

/** By which variable each host's jobs are known: where none is set, no platform is loaded to look further. */
const JOB_MARKS: readonly (readonly [variable: string, platform: PlatformName])[] = [
  ['GITEA_ACTIONS', 'gitea'],
  ['FORGEJO_ACTIONS', 'gitea'],
  ['GITHUB_ACTIONS', 'github'],
  ['GITLAB_CI', 'gitlab'],
  ['BITBUCKET_BUILD_NUMBER', 'bitbucket'],
  ['JENKINS_URL', 'jenkins'],
];

/** The platform in whose CI job PACE runs, by its variables alone. */
export async function platformOfJob(env: World['env']): Promise<Platform | undefined> {
  for (const [, name] of JOB_MARKS.filter(([variable]) => env[variable])) {
    const platform = await loadPlatform(name);
    if (platform.detectCi?.(env)) return platform;
  }
  return undefined;
}

/** A platform for one side, with its section of the configuration. */
export type Side = Given;

/** The code host itself. Throws `PaceError` for missing settings and for a platform that hosts no code. */
export async function openHost(world: World, side: Side): Promise<CodeHost> {
  const { platform } = side;
  if (!platform.createHost) throw offersNot(platform, 'ci');
  const { settings } = await settingsFor(world, side, 'ci');
  const host = await platform.createHost(world, settings);
  return redactedHost(withUnexpectedAnswers(host, platform.title), world);
}

export interface TrackerOptions {
  /** Hears of every write, which is then not sent. */
  readonly dryRun?: (write: PlannedWrite) => void;
  /** Remembers answers, all for so many seconds or each kind for its own time: for those who ask the same again and again. */
  readonly cache?: boolean | CacheOptions;
  /** An odd record is an error, and not shown as far as it reads: for those who decide by what stands on it. */
  readonly isStrict?: boolean;
}

/** The tracker itself. Throws `PaceError` for missing settings and for a platform that tracks no issues. */
export async function openTracker(
  world: World,
  side: Side,
  { dryRun, cache = false, isStrict = false }: TrackerOptions = {},
): Promise<IssueTracker> {
  const { platform } = side;
  if (!platform.createTracker) throw offersNot(platform, 'tracker');
  const { settings, withheld } = await settingsFor(world, side, 'tracker');
  const [why] = withheld;
  // what is not public would be as if it were not there
  if (why && isStrict) throw why;
  let plain = await platform.createTracker(isStrict ? { ...world, takesWholeAnswersOnly: true } : world, settings);
  if (why) {
    world.log.info(`${why.message} What is public is read without it.`);
    plain = (await import('../core/tracker/only-read.ts')).onlyRead(plain, why);
  }
  const checked = checkedAnswers(withUnexpectedAnswers(plain, platform.title), platform.title, world.log, { isStrict });
  let driver = redactedTracker(concurrentEdits(checked, platform.title, world), world);
  // a claim is proven by what the tracker says now
  if (!driver.claims && driver.keepsComments !== false) driver = { ...driver, claims: claimsByComment(driver, world) };
  if (cache) {
    const { cachedDriver } = await import('../core/tracker/cached-driver.ts');
    driver = cachedDriver(driver, world, cache === true ? {} : cache);
  }
  if (dryRun) driver = (await import('../core/tracker/dry-run.ts')).dryRunDriver(driver, world, dryRun);
  const place = await trackerPlace(world, platform, settings);
  return completeTracker({ driver, name: platform.title, place, world, dryRun: dryRun !== undefined });
}

async function settingsFor(world: World, given: Side, side: 'ci' | 'tracker') {
  const { platform } = given;
  const { settings, missing, withheld } = await settingsHere(world, { ...given, side });
  world.conceal(platform.needs.flatMap(({ key, secret }) => (secret && settings[key]) || []));
  if (missing.length === 0) return { settings, withheld };
  throw new PaceError({
    kind: 'configuration',
    message: missing.map(({ message }) => message).join(' '),
    remedy: missing.map(({ remedy }) => remedy).join(' '),
  });
}

/** For a platform that lacks the port of this side. */
export function offersNot(platform: Platform, side: 'ci' | 'tracker'): PaceError {
  return new PaceError({
    kind: 'configuration',
    message: lackOf(platform, side),
    remedy: platform.instead?.[side] ?? `Please set \`platform.${side}\` to another of: ${platformNames.join(', ')}.`,
  });
}

/** What is wrong with choosing it for this side, in one sentence. */
export function lackOf({ title, createHost, createTracker }: Platform, side: 'ci' | 'tracker'): string {
  if (!createHost && !createTracker) return `${title} is not supported.`;
  return side === 'ci' ? `${title} hosts no code and runs no CI.` : `${title} tracks no issues.`;
}

/** With what an adapter of the gate is made. */
export interface AdapterConfiguration extends Omit<Side, 'platform'> {
  readonly world: World;
  /** Where trouble is kept; else the adapter has a list of its own. */
  readonly faults?: Faults;
}

/**
 * The gate's view of a code host, by the platform's name or as a plugin's platform. Every method of it catches its own errors:
 * missing settings are faults there. Throws `PaceError` only for a name that is not known.
 */
export async function getCiAdapter(
  platform: string | Platform,
  {
    world,
    faults,
    owner,
    ...given
  }: AdapterConfiguration & { readonly owner?: Pick<Owner, 'gate' | 'branch' | 'sprint'> },
): Promise<CIAdapter> {
  const side = await sideOf(platform, given);
  const { createCiAdapter } = await import('../core/adapters/ci/ci-adapter.ts');
  return createCiAdapter({
    world,
    platform: side.platform.name,
    openHost: (asked) => openHost(asked, side),
    ...defined({ faults, owner }),
  });
}

export type TrackerAdapterConfiguration = AdapterConfiguration &
  Pick<TrackerAdapterOptions, 'owner' | 'sprintStart' | 'resumeBy' | 'readOnly' | 'maxNewIssues'>;

/** The gate's view of a tracker, for the issues of one owner; else as `getCiAdapter`. */
export async function getTrackerAdapter(
  platform: string | Platform,
  { section, asked, homes, ...options }: TrackerAdapterConfiguration,
): Promise<TrackerAdapter> {
  const side = await sideOf(platform, { section, asked, homes });
  const { createTrackerAdapter } = await import('../core/adapters/issues/tracker-adapter.ts');
  return createTrackerAdapter({
    ...options,
    platform: side.platform.name,
    openTracker: () => openTracker(options.world, side, { isStrict: true }),
  });
}

async function sideOf(platform: string | Platform, { section, asked, homes }: Omit<Side, 'platform'>): Promise<Side> {
  const found = typeof platform === 'string' ? await platformNamed(platform) : platform;
  return { platform: found, ...defined({ section, asked, homes }) };
}

async function platformNamed(name: string): Promise<Platform> {
  if (isPlatformName(name)) return loadPlatform(name);
  throw new PaceError({
    kind: 'configuration',
    message: `There is no platform “${name}”.`,
    remedy: `Please name one of: ${platformNames.join(', ')}.`,
  });
}
