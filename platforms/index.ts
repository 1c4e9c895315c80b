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
  clickup: () => import('./clickup/index.ts'),
  gitea: () => import('./gitea/index.ts'),
  github: () => import('./github/index.ts'),
  gitlab: () => import('./gitlab/index.ts'),
  jenkins: () => import('./jenkins/index.ts'),
  jira: () => import('./jira/index.ts'),
  linear: () => import('./linear/index.ts'),
  local: () => import('./local/index.ts'),
  monday: () => import('./monday/index.ts'),
} satisfies Record<string, () => Promise<{ default: Platform }>>;

export type PlatformName = keyof typeof platforms;

export const platformNames = Object.keys(platforms) as PlatformName[];

export function isPlatformName(name: string): name is PlatformName {
  return Object.hasOwn(platforms, name);
}

export async function loadPlatform(name: PlatformName): Promise<Platform> {
  return (await platforms[name]()).default;
}

/** A platform for one side, with its section of the configuration. */
export interface Side {
  readonly platform: Platform;
  readonly section?: Settings;
}

/** The code host itself. Throws `PaceError` for missing settings and for a platform that hosts no code. */
export async function openHost(world: World, { platform, section }: Side): Promise<CodeHost> {
  if (!platform.createHost) throw offersNot(platform, 'code', 'platform.ci');
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
  if (!platform.createTracker) throw offersNot(platform, 'issues', 'platform.tracker');
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

function offersNot(platform: Platform, what: 'code' | 'issues', key: string): PaceError {
  return new PaceError({
    kind: 'configuration',
    message: `${platform.title} has no ${what}.`,
    remedy: `Please set \`${key}\` to another of: ${platformNames.join(', ')}.`,
  });
}
