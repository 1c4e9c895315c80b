/** Which platform hosts the code and which one tracks the issues. */

import { ciService } from '../../core/drivers/ci-service.ts';
import { gitRemote, hostOfRemote, isOnServer } from '../../core/drivers/git-remote.ts';
import { namedServers, resolveSettings } from '../../core/drivers/settings.ts';
import type { Platform, Settings } from '../../core/ports/index.ts';
import type { World } from '../../core/world.ts';
import { isPlatformName, lackOf, loadPlatform, ownName, platformNames, refusedNames } from '../../platforms/index.ts';
import type { Plugins } from '../../platforms/plugins.ts';
import type { PaceConfig } from './schema.ts';

export interface Sides {
  readonly ci: Platform;
  readonly tracker: Platform;
  /** Why these two, in one or two sentences for the log. */
  readonly because: string;
  /** Explicit choices that cannot be: the key, and what is wrong with it. */
  readonly problems: readonly { readonly key: 'ci' | 'tracker'; readonly message: string }[];
}

export type WantedSides = Omit<PaceConfig['platform'], 'plugins'>;

export interface Surroundings {
  readonly wanted: WantedSides;
  readonly env: World['env'];
  /** Host name of the git remote, where there is one. */
  readonly remoteHost: string | undefined;
  /** Settings from the file, with references replaced, by platform. */
  readonly sections: Readonly<Record<string, Settings>>;
  /** In the order of preference; those named in `wanted` are among them. */
  readonly platforms: readonly Platform[];
}

/** Loads what is needed for the choice: two platforms when both are named, else all of them. */
export async function detectSides(
  world: World,
  wanted: WantedSides,
  sections: Surroundings['sections'] = {},
  plugins: Plugins = NO_PLUGINS,
): Promise<Sides> {
  const names = [wantedSide(wanted, 'ci'), wantedSide(wanted, 'tracker')];
  const named = names.filter((name) => isPlatformName(name) || plugins.names.includes(name));
  if (named.length === 2 && wanted.type === undefined) {
    const platforms = await Promise.all([...new Set(named)].map((name) => platformNamed(name, plugins)));
    const sides = chooseSides({ wanted, env: world.env, remoteHost: undefined, sections, platforms });
    if (sides.problems.length === 0) return sides;
  }
  const used = plugins.names.filter((name) => names.includes(name));
  const platforms = await Promise.all(
    [...platformNames, ...refusedNames, ...used].map((name) => platformNamed(name, plugins)),
  );
  return chooseSides({ wanted, env: world.env, remoteHost: await remoteHostName(world), sections, platforms });
}

const NO_PLUGINS: Plugins = {
  names: [],
  platform: (name) => Promise.reject(new Error(`There is no plugin ${name}.`)),
};

/** One of ours, or a plugin's, which may have a name that is only known. */
export function platformNamed(name: string, plugins: Plugins): Promise<Platform> {
  const isRefused = refusedNames.some((refused) => refused === ownName(name));
  const isTheirs = plugins.names.includes(name) && isRefused;
  return isPlatformName(name) && !isTheirs ? loadPlatform(name) : plugins.platform(name);
}

type SideName = 'ci' | 'tracker';
type SideChoice = { platform: Platform; why: string; problem?: string };

/** The choice itself. Pure. */
export function chooseSides(circumstances: Surroundings): Sides {
  const ci = explicit(circumstances, 'ci') ?? detectedHost(circumstances);
  const tracker = explicit(circumstances, 'tracker') ?? detectedTracker(circumstances, ci);
  const problems = [
    ...(ci.problem ? [{ key: 'ci' as const, message: ci.problem }] : []),
    ...(tracker.problem ? [{ key: 'tracker' as const, message: tracker.problem }] : []),
  ];
  const because = `CI: ${ci.platform.title} (${ci.why}). Tracker: ${tracker.platform.title} (${tracker.why}).`;
  return { ci: ci.platform, tracker: tracker.platform, because, problems };
}

function wantedSide(wanted: WantedSides, side: SideName): string {
  return wanted[side] === 'auto' ? (wanted.type ?? 'auto') : wanted[side];
}

function explicit({ wanted, platforms }: Surroundings, side: SideName): SideChoice | undefined {
  const name = wantedSide(wanted, side);
  const platform =
    platforms.find((candidate) => candidate.name === name) ??
    platforms.find((candidate) => candidate.name === ownName(name));
  if (!platform) return undefined;
  if (offers(platform, side)) return { platform, why: wanted[side] === 'auto' ? 'platform.type' : `platform.${side}` };
  // the older key speaks of both sides: the one that the platform lacks is detected
  if (wanted[side] === 'auto' && (offers(platform, 'ci') || offers(platform, 'tracker'))) return undefined;
  const able = platforms.filter((candidate) => offers(candidate, side)).map((candidate) => `\`${candidate.name}\``);
  const others = able.length > 0 ? `, for instance ${able.join(', ')}` : '';
  return unable(platform, side, 'configured', `Please choose another one${others}, or \`auto\`.`);
}

/** Chosen or found, and an error: never another one in its place without a word. */
function unable(platform: Platform, side: SideName, why: string, otherwise: string): SideChoice {
  return { platform, why, problem: `${lackOf(platform, side)} ${platform.instead?.[side] ?? otherwise}` };
}

function offers(platform: Platform, side: SideName): boolean {
  return (side === 'ci' ? platform.createHost : platform.createTracker) !== undefined;
}

function detectedHost({ env, remoteHost, platforms, sections }: Surroundings): SideChoice {
  const known = platforms.filter((platform) => offers(platform, 'ci') || platform.instead?.ci !== undefined);
  const byCi = known.find((platform) => platform.detectCi?.(env));
  if (byCi) return foundHost(byCi, 'found by its CI variables');
  const byRemote = remoteHost === undefined ? undefined : platformAt(remoteHost, known, { env, sections });
  if (byRemote) return foundHost(byRemote, `found by the git remote at ${remoteHost}`);
  return { platform: fallback(platforms), why: 'no other platform was found by CI variables or git remote' };
}

/** By the server that file or environment name, else by the names of the hosts that everybody knows. */
function platformAt(
  host: string,
  known: readonly Platform[],
  { env, sections }: Pick<Surroundings, 'env' | 'sections'>,
): Platform | undefined {
  const isNamed = (platform: Platform) =>
    namedServers(platform, sections[platform.name], env).some((address) => isOnServer({ host }, address));
  return known.find(isNamed) ?? known.find((platform) => platform.detectRemote?.(host));
}

function foundHost(platform: Platform, why: string): SideChoice {
  return offers(platform, 'ci') ? { platform, why } : unable(platform, 'ci', why, '');
}

function detectedTracker(circumstances: Surroundings, { platform: host, problem }: SideChoice): SideChoice {
  const trackersOnly = circumstances.platforms.filter(
    (platform) => offers(platform, 'tracker') && !offers(platform, 'ci'),
  );
  const rated = trackersOnly.map((platform) => ({ platform, ...readiness(platform, circumstances) }));
  const [ready, ...others] = rated.filter(({ required, missing }) => required > 0 && missing.length === 0);
  const also = others.map(({ platform }) => platform.title).join(', ');
  if (ready) {
    const doubt = also === '' ? '' : `; so are those of ${also}: \`platform.tracker\` chooses`;
    return { platform: ready.platform, why: `all its settings are present${doubt}` };
  }
  const passedOver = rated
    .filter(({ required, missing }) => missing.length > 0 && missing.length < required)
    .map(({ platform, missing }) => `; ${platform.title} was passed over: ${missing.join(', ')} not set`)
    .join('');
  const where = host.fallback ? 'no other tracker was found' : 'where the code is';
  if (offers(host, 'tracker')) return { platform: host, why: `${where}${passedOver}` };
  if (problem !== undefined && !offers(host, 'ci'))
    return unable(host, 'tracker', `where the code is${passedOver}`, '');
  return { platform: fallback(circumstances.platforms), why: `${host.title} tracks no issues${passedOver}` };
}

/** How many settings the tracker side cannot do without, and which of them have no value. */
function readiness(platform: Platform, { env, sections }: Surroundings): { required: number; missing: string[] } {
  const section = sections[platform.name] ?? {};
  const { settings } = resolveSettings({ platform, side: 'tracker', section, env });
  const required = platform.needs.filter((need) => need.required && need.for !== 'ci' && need.default === undefined);
  const missing = required.filter(({ key }) => settings[key] === undefined).map((need) => need.env[0] ?? need.key);
  return { required: required.length, missing };
}

function fallback(platforms: readonly Platform[]): Platform {
  const found = platforms.find((platform) => platform.fallback) ?? platforms.at(-1);
  if (!found) throw new Error('No platform is registered.');
  return found;
}

async function remoteHostName(world: World): Promise<string | undefined> {
  const remote = await gitRemote(world);
  return remote?.host ?? hostOfRemote((await ciService(world.env))?.repositoryUrl ?? '');
}
