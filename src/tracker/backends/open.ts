/** Opens the tracker that a command is about: the configured one, a backend by name, or the one that a reference names. */

import { defined } from '../../../core/defined.ts';
import { resolveSettings } from '../../../core/drivers/settings.ts';
import { PaceError } from '../../../core/errors.ts';
import type { IssueTracker, PlannedWrite, Platform, Settings } from '../../../core/ports/index.ts';
import { plainLine } from '../../../core/text/untrusted-text.ts';
import type { World } from '../../../core/world.ts';
import { didYouMean } from '../../../core/yaml/suggest.ts';
import {
  isPlatformName,
  loadPlatform,
  openTracker,
  platformNames,
  refusedNames,
  type Side,
} from '../../../platforms/index.ts';
import type { Backends } from '../../config/backends.ts';
import { detectSides } from '../../config/detect.ts';
import type { LoadedConfig } from '../../config/load.ts';
import { locateConfig } from '../../config/locate.ts';
import { chooseBackend } from './choose.ts';
import { leadsElsewhere, type Reference } from './references.ts';
import { loadUserBackends } from './user-file.ts';

export interface OpenOptions {
  /** Path of the configuration, when a person has named it. */
  readonly config?: string | undefined;
  /** Name of a backend or a platform, when a person has named it. */
  readonly backend?: string | undefined;
  /** Leads to another tracker or project where it says so. */
  readonly reference?: Reference | undefined;
  /** Hears of every write, which is then not sent. */
  readonly dryRun?: ((write: PlannedWrite) => void) | undefined;
  /** Remember answers: for commands that ask the same things again and again. */
  readonly cache?: boolean | undefined;
}

export interface OpenedBackend {
  readonly tracker: IssueTracker;
  readonly platform: Platform;
  readonly section: Settings;
  /** Of the backend; the platform's where it has no name of its own. */
  readonly name: string;
  /** The key of the reference as this tracker takes it; `''` without a reference. */
  readonly key: string;
}

/** Without any file the defaults apply: tokens and places then come from the environment. Throws `PaceError` and `ConfigError`. */
export async function openBackend(world: World, options: OpenOptions): Promise<OpenedBackend> {
  const { reference, dryRun, cache } = options;
  const known = await knownTrackers(world, options.config);
  const found =
    reference && leadsElsewhere(reference)
      ? await followed(world, known, options, reference)
      : await chosen(known, options);
  const { platform, section = {} } = found.side;
  world.log.debug(`Tracker: ${platform.title} (${found.because}).`);
  const tracker = await openTracker(world, found.side, defined({ dryRun, cache: cache || undefined }));
  return { tracker, platform, section, name: found.name, key: found.key ?? reference?.key ?? '' };
}

/** All that can be opened here. */
export interface KnownTrackers {
  /** In the order of preference: the project's, then the person's. */
  readonly backends: readonly Backends[];
  readonly project: Backends | undefined;
  readonly user: Backends | undefined;
  /** The tracker of the gate: configured, or found. */
  gate(): Promise<{ side: Side; because: string }>;
  /** `PACE_BACKEND`. */
  readonly variable: string | undefined;
}

export async function knownTrackers(world: World, path?: string): Promise<KnownTrackers> {
  const hasFile = path !== undefined || (await locateConfig(world.cwd)).path !== undefined;
  const [loaded, user] = await Promise.all([hasFile ? loadProject(world, path) : undefined, loadUserBackends(world)]);
  const project = loaded?.backends;
  return {
    project,
    user,
    backends: [project, user].filter((each) => each !== undefined),
    variable: world.env['PACE_BACKEND'] || undefined,
    gate: async () => {
      if (loaded) {
        const section = loaded.sections[loaded.sides.tracker.name];
        return {
          side: { platform: loaded.sides.tracker, ...defined({ section }) },
          because: loaded.sides.because,
        };
      }
      // without a file the schema of files is not even loaded
      const { tracker, because } = await detectSides(world, { ci: 'auto', tracker: 'auto' });
      return { side: { platform: tracker }, because };
    },
  };
}

async function loadProject(world: World, path: string | undefined): Promise<LoadedConfig> {
  const { loadConfig } = await import('../../config/load.ts');
  return loadConfig(world, path === undefined ? {} : { path });
}

interface Found {
  readonly side: Side;
  readonly name: string;
  readonly because: string;
  readonly key?: string;
}

async function chosen(known: KnownTrackers, { backend }: Pick<OpenOptions, 'backend'>): Promise<Found> {
  const { name, because } = chooseBackend({
    flag: backend,
    variable: known.variable,
    project: known.project?.defaultName,
    hasProject: known.project !== undefined,
    user: known.user?.defaultName,
  });
  if (name !== undefined) return { ...(await named(known, name)), because };
  const gate = await known.gate();
  return { ...gate, name: gate.side.platform.name };
}

/** A backend by its name, else a platform with what the environment says. */
async function named(known: KnownTrackers, name: string): Promise<Found> {
  const because = `named ${name}`;
  const owner = known.backends.find(({ names }) => names.includes(name));
  if (owner) return { side: await owner.side(name), name, because };
  const { side } = await known.gate();
  if (side.platform.name === name) return { side, name, because };
  if (isPlatformName(name)) return { side: { platform: await loadPlatform(name) }, name, because };
  throw await unknownBackend(known, name);
}

/** Where a reference leads that names more than a key. */
async function followed(
  world: World,
  known: KnownTrackers,
  options: OpenOptions,
  reference: Reference,
): Promise<Found> {
  if (reference.url) return byAddress(world, known, options, reference.url);
  const found = await chosen(known, { backend: reference.tracker ?? options.backend });
  if (reference.project === undefined) return found;
  const { platform, section } = found.side;
  const project = platform.projectSettings?.(reference.project);
  if (!project) {
    throw new PaceError({
      kind: 'validation',
      message: `${platform.title} has no projects that a reference could name: “${plainLine(reference.text, 100)}”.`,
      remedy: 'Please write the key alone, or name a backend with --backend.',
    });
  }
  return { ...found, side: { platform, section: { ...section, ...project } } };
}

/** The backend whose server the address belongs to; a token is never sent to a server that is not configured. */
async function byAddress(world: World, known: KnownTrackers, options: OpenOptions, url: URL): Promise<Found> {
  for (const candidate of await candidates(known, options)) {
    const { platform, section } = candidate.side;
    const { settings } = resolveSettings({ platform, side: 'tracker', section: section ?? {}, env: world.env });
    const found = platform.readIssueUrl?.(url, settings);
    if (found) return { ...candidate, key: found.key, side: { platform, section: { ...section, ...found.settings } } };
  }
  throw new PaceError({
    kind: 'validation',
    message: `${plainLine(url.href, 200)} is not an issue of a tracker that is known here.`,
    remedy: 'Please configure the server as a backend (`pace backend add`), or name the issue by its key.',
  });
}

async function candidates(known: KnownTrackers, options: OpenOptions): Promise<Found[]> {
  const own = await chosen(known, options);
  const backends = await Promise.all(
    known.backends.flatMap((each) =>
      // a mistake in another backend is not this command's
      each.names.map((name) =>
        each.side(name).then(
          (side) => ({ side, name, because: 'its address' }),
          () => undefined,
        ),
      ),
    ),
  );
  // those that track no issues, too: who follows one of their addresses hears what to do instead
  const platforms = await Promise.all([...platformNames, ...refusedNames].map(loadPlatform));
  const others = platforms.map((platform) => ({ side: { platform }, name: platform.name, because: 'its address' }));
  return [own, ...backends.filter((each) => each !== undefined), ...others];
}

async function unknownBackend({ backends }: KnownTrackers, name: string): Promise<PaceError> {
  const names = backends.flatMap((each) => each.names);
  const loaded = await Promise.all(platformNames.map(loadPlatform));
  const trackers = loaded.filter(({ createTracker }) => createTracker).map((platform) => platform.name);
  return new PaceError({
    kind: 'configuration',
    message: `“${plainLine(name, 100)}” does not name a tracker that can be opened here.${didYouMean(name, [...names, ...trackers])}`,
    remedy: `${names.length > 0 ? `Backends: ${names.join(', ')}. ` : ''}Trackers: ${trackers.join(', ')}. \`pace backend add\` adds one.`,
  });
}

/** Which of them is used where none is named. */
export function choiceOf(known: KnownTrackers) {
  return chooseBackend({
    variable: known.variable,
    project: known.project?.defaultName,
    hasProject: known.project !== undefined,
    user: known.user?.defaultName,
  });
}
