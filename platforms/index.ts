/** The registry and the two factories: one line per platform, each loaded only when it is used. */
import { claimsByComment } from './claims.ts';
import { completeTracker } from './complete-tracker.ts';
import { PaceError } from './errors.ts';
import type { CodeHost, IssueTracker, PlannedWrite, Platform, Settings } from './ports.ts';
import { redactedHost, redactedTracker } from './redacted-ports.ts';
import { resolveSettings } from './settings.ts';
import { soundAnswers } from './sound-answers.ts';
import { readableAnswers } from './strange-answers.ts';
import type { World } from './world.ts';

export const platforms = {
  asana: () => import('./asana/index.ts'),
  beads: () => import('./beads/index.ts'),
  bitbucket: () => import('./bitbucket/index.ts'),
  clickup: () => import('./clickup/index.ts'),
  fp: () => import('./fp/index.ts'),
  gitea: () => import('./gitea/index.ts'),
  github: () => import('./github/index.ts'),
  gitlab: () => import('./gitlab/index.ts'),
  jenkins: () => import('./jenkins/index.ts'),
  jira: () => import('./jira/index.ts'),
  linear: () => import('./linear/index.ts'),
  local: () => import('./local/index.ts'),
  monday: () => import('./monday/index.ts'),
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

/** A platform for one side, with its section of the configuration. */
export interface Side {
  readonly platform: Platform;
  readonly section?: Settings;
}

/** The code host itself. Throws `PaceError` for missing settings and for a platform that hosts no code. */
export async function openHost(world: World, { platform, section }: Side): Promise<CodeHost> {
  if (!platform.createHost) throw offersNot(platform, 'ci');
  const host = await platform.createHost(world, settingsFor(platform, 'ci', world, section));
  return redactedHost(readableAnswers(host, platform.title), world);
}

export interface TrackerOptions {
  /** Hears of every write, which is then not sent. */
  readonly dryRun?: (write: PlannedWrite) => void;
  /** Remembers answers for a while: for those who ask the same things again and again. */
  readonly cache?: boolean;
}

/** The tracker itself. Throws `PaceError` for missing settings and for a platform that tracks no issues. */
export async function openTracker(
  world: World,
  { platform, section }: Side,
  { dryRun, cache = false }: TrackerOptions = {},
): Promise<IssueTracker> {
  if (!platform.createTracker) throw offersNot(platform, 'tracker');
  const plain = await platform.createTracker(world, settingsFor(platform, 'tracker', world, section));
  let driver = redactedTracker(soundAnswers(readableAnswers(plain, platform.title), platform.title), world);
  // a claim is proven by what the tracker says now
  driver = { ...driver, claims: driver.claims ?? claimsByComment(driver, world) };
  if (cache) driver = (await import('./cached-driver.ts')).cachedDriver(driver, world);
  if (dryRun) driver = (await import('./dry-run.ts')).dryRunDriver(driver, world, dryRun);
  return completeTracker({ driver, name: platform.title, world, dryRun: dryRun !== undefined });
}

function settingsFor(platform: Platform, side: 'ci' | 'tracker', world: World, section: Settings = {}): Settings {
  const { settings, missing } = resolveSettings({ platform, side, section, env: world.env });
  world.conceal(platform.needs.flatMap(({ key, secret }) => (secret && settings[key]) || []));
  if (missing.length === 0) return settings;
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
