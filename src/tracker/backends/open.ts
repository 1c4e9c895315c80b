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
import { homesOf } from '../../config/homes.ts';
import type { LoadedConfig } from '../../config/load.ts';
import { locateConfig } from '../../config/locate.ts';
import { byPath, type FoundByPath } from './by-path.ts';
import { chooseBackend } from './choose.ts';
import { isBegun, sayWhyEmbedded, trackerOfFolder } from './embedded.ts';
import { leadsElsewhere, type Reference } from './references.ts';
import { loadUserBackends } from './user-file.ts';

export interface OpenOptions {
  /** Path of the configuration, when a person has named it. */
  readonly config?: string | undefined;
  /** Name of a backend or a platform, or the path of a file with issues, when a person has named it. */
  readonly backend?: string | undefined;
  /** Where that is a path, the file need not be there yet. */
  readonly mayBeNew?: boolean | undefined;
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
  /** With what a reference adds. */
  readonly section: Settings;
  readonly side: Side;
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
      : await chosen(world, known, options);
  const { platform, section, asked } = found.side;
  world.log.debug(`Tracker: ${platform.title} (${found.because}).`);
  if (found.isFound && platform.fallback) await sayWhyEmbedded(world, platform);
  if (found.isFound && platform.folder)
    world.log.info(
      `${platform.folder} is here, so ${platform.title} is the tracker; --backend local is the embedded one.`,
    );
  const tracker = await openTracker(world, found.side, defined({ dryRun, cache: cache || undefined }));
  const key = found.key ?? reference?.key ?? '';
  return { tracker, platform, section: { ...section, ...asked }, side: found.side, name: found.name, key };
}

/** All that can be opened here. */
export interface KnownTrackers {
  /** In the order of preference: the project's, then the person's. */
  readonly backends: readonly Backends[];
  readonly project: Backends | undefined;
  readonly user: Backends | undefined;
  /** The tracker of the gate: configured, or found. */
  gate(): Promise<{ side: Side; because: string }>;
  /** Nothing names that tracker. */
  readonly isGateFound: boolean;
  /** A platform with its section of the project's file. Throws `ConfigError` for mistakes in it. */
  side(platform: Platform): Side;
  /** A backend by its name, which one of `backends` has. */
  backend(name: string): Promise<Side>;
  /** What the project's file says of a platform, as far as it can be read. */
  section(platform: Platform): Settings | undefined;
  /** `PACE_BACKEND`. */
  readonly variable: string | undefined;
}

export async function knownTrackers(world: World, path?: string): Promise<KnownTrackers> {
  const hasFile = path !== undefined || (await locateConfig(world.cwd)).path !== undefined;
  const [loaded, user] = await Promise.all([hasFile ? loadProject(world, path) : undefined, loadUserBackends(world)]);
  const project = loaded?.backends;
  const backends = [project, user].filter((each) => each !== undefined);
  const section = (platform: Platform) => loaded?.everySection[platform.name];
  /** The person's own backends have a say in where a token belongs, too. */
  function atHome({ platform, section: opened, asked }: Side): Side {
    const claims = backends.flatMap((each) => each.claims(platform));
    const homes = homesOf(platform, { section: opened, own: section(platform), backends: claims, env: world.env });
    return { platform, ...defined({ section: opened, asked, homes }) };
  }
  const side = (platform: Platform) => atHome(loaded?.side(platform) ?? { platform });
  return {
    ...{ project, user, backends, section, side },
    isGateFound: loaded === undefined || isAuto(loaded),
    variable: world.env['PACE_BACKEND'] || undefined,
    backend: async (name) => {
      const owner = backends.find(({ names }) => names.includes(name));
      if (!owner) throw await unknownBackend({ backends }, name);
      return atHome(await owner.side(name));
    },
    gate: async () => {
      if (loaded) return { side: side(loaded.sides.tracker), because: loaded.sides.because };
      // without a file the schema of files is not even loaded
      const { tracker, because } = await detectSides(world, { ci: 'auto', tracker: 'auto' });
      const other = tracker.fallback && !(await isBegun(world, tracker)) ? await trackerOfFolder(world) : undefined;
      return other ? { side: side(other), because: `${other.folder} is here` } : { side: side(tracker), because };
    },
  };
}

function isAuto({ config }: LoadedConfig): boolean {
  return config.platform.tracker === 'auto' && config.platform.type === undefined;
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
  /** Nothing names it: it was found. */
  readonly isFound?: boolean;
}

async function chosen(
  world: World,
  known: KnownTrackers,
  { backend, mayBeNew }: Pick<OpenOptions, 'backend' | 'mayBeNew'>,
): Promise<Found> {
  const { name, because } = chooseBackend({
    flag: backend,
    variable: known.variable,
    project: known.project?.defaultName,
    hasProject: known.project !== undefined,
    user: known.user?.defaultName,
  });
  if (name !== undefined) return { ...(await named(world, known, { name, mayBeNew })), because };
  const gate = await known.gate();
  return { ...gate, name: gate.side.platform.name, isFound: known.isGateFound };
}

/** A backend by its name, else a platform with its section, and with what the environment says. */
async function named(
  world: World,
  known: KnownTrackers,
  { name, mayBeNew }: { readonly name: string; readonly mayBeNew?: boolean | undefined },
): Promise<Found> {
  const because = `named ${name}`;
  if (known.backends.some(({ names }) => names.includes(name)))
    return { side: await known.backend(name), name, because };
  const { side } = await known.gate();
  if (side.platform.name === name) return { side, name, because };
  if (isPlatformName(name)) return { side: known.side(await loadPlatform(name)), name, because };
  const file = await byPath(world, name, { mayBeNew });
  if (file) return inFile(known, file, because);
  throw await unknownBackend(known, name);
}

function inFile(known: KnownTrackers, { platform, settings, path }: FoundByPath, because: string): Found {
  return { side: { ...known.side(platform), asked: settings }, name: path, because };
}

/** Where a reference leads that names more than a key. */
async function followed(
  world: World,
  known: KnownTrackers,
  options: OpenOptions,
  reference: Reference,
): Promise<Found> {
  if (reference.url) return byAddress(world, known, options, reference.url);
  if (reference.tracker === undefined && reference.project !== undefined) {
    const file = await fileOf(world, reference.project);
    if (file) return inFile(known, file, `named ${file.path}`);
  }
  const found = await chosen(world, known, { backend: reference.tracker ?? options.backend });
  if (reference.project === undefined) return found;
  const { platform } = found.side;
  const asked = platform.projectSettings?.(reference.project);
  if (!asked) {
    throw new PaceError({
      kind: 'validation',
      message: `${platform.title} has no projects that a reference could name: “${plainLine(reference.text, 100)}”.`,
      remedy: 'Please write the key alone, or name a backend with --backend.',
    });
  }
  return { ...found, side: { ...found.side, asked: { ...found.side.asked, ...asked } } };
}

/** `docs/EPIC.md` of `docs/EPIC.md#US-001`; what is no file may be a project, `owner/repo`. */
async function fileOf(world: World, project: string): Promise<FoundByPath | undefined> {
  if (/\.(?:md|markdown|ya?ml|json)$/i.test(project)) return byPath(world, project);
  return byPath(world, project).catch(() => undefined);
}

/**
 * The backend whose server the address belongs to, else the platform whose public server it is. What the address says of the server is
 * only asked for: a token goes to a server that is configured, and to no other.
 */
async function byAddress(world: World, known: KnownTrackers, options: OpenOptions, url: URL): Promise<Found> {
  for (const candidate of await configured(world, known, options)) {
    const { platform, section } = candidate.side;
    const { settings } = resolveSettings({ platform, side: 'tracker', section, env: world.env });
    const found = platform.readIssueUrl?.(url, settings);
    if (found) return { ...candidate, key: found.key, side: { ...candidate.side, asked: found.settings } };
  }
  // those that track no issues, too: who follows one of their addresses hears what to do instead
  for (const platform of await Promise.all([...platformNames, ...refusedNames].map(loadPlatform))) {
    const section = known.section(platform);
    const { settings } = resolveSettings({ platform, side: 'tracker', section, env: world.env });
    const own = platform.readIssueUrl?.(url, settings);
    const { name } = platform;
    const [because, isByAddress] = ['its address', true];
    if (own)
      return { side: { ...known.side(platform), asked: own.settings, isByAddress }, name, because, key: own.key };
    const found = platform.readIssueUrl?.(url);
    // beside the section, which is about another server, and the home of the token
    const homes = section === undefined ? known.side(platform).homes : [section];
    if (found)
      return {
        side: { platform, ...defined({ homes }), asked: found.settings, isByAddress },
        name,
        because,
        key: found.key,
      };
  }
  throw new PaceError({
    kind: 'validation',
    message: `${plainLine(url.href, 200)} is not an issue of a tracker that is known here.`,
    remedy: 'Please configure the server as a backend (`pace backend add`), or name the issue by its key.',
  });
}

async function configured(world: World, known: KnownTrackers, options: OpenOptions): Promise<Found[]> {
  const own = await chosen(world, known, options);
  const names = [...new Set(known.backends.flatMap((each) => each.names))];
  const backends = await Promise.all(
    names.map((name) =>
      // a mistake in another backend is not this command's
      known.backend(name).then(
        (side) => ({ side, name, because: 'its address' }),
        () => undefined,
      ),
    ),
  );
  return [own, ...backends.filter((each) => each !== undefined)];
}

async function unknownBackend({ backends }: Pick<KnownTrackers, 'backends'>, name: string): Promise<PaceError> {
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
