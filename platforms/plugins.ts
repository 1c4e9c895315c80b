/**
 * Platforms that others write, as packages of their own. A package exports `createPlugin`; the configuration names it; it is
 * loaded when it is used, and never else. `docs/adding-a-platform.md` shows how to write one.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { resolveSettings } from '../core/drivers/settings.ts';
import { asPaceError, PaceError } from '../core/errors.ts';
import type { CodeHost } from '../core/ports/code-host.ts';
import type { Platform, Setting, Settings } from '../core/ports/index.ts';
import type { TrackerDriver } from '../core/ports/tracker-driver.ts';
import { plainLine } from '../core/text/untrusted-text.ts';
import type { World } from '../core/world.ts';

/** One thing that a plugin must be told. */
export interface PluginProperty {
  readonly type: 'string' | 'number' | 'boolean';
  readonly description: string;
  readonly required?: boolean;
  readonly default?: string | number | boolean;
  /** Never stands in a file, only as `env:NAME`. */
  readonly secret?: boolean;
  /** Environment variables that may hold it; `<NAME>_<PROPERTY>` in capitals when absent. */
  readonly env?: readonly string[];
}

export interface PluginMetadata {
  /** What a configuration calls the platform, unless it chooses another name. */
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly author?: string;
  /** Names of plugins that must be configured too; they are initialised first. */
  readonly requires?: readonly string[];
  readonly configSchema?: { readonly properties: Readonly<Record<string, PluginProperty>> };
}

/** The life of a plugin: created with its settings, checked, initialised, asked for its ports, shut down. */
export interface Plugin {
  readonly metadata: PluginMetadata;
  /** What is wrong with the settings, one sentence each; what `configSchema` tells is looked at already. */
  validateConfig(): readonly string[];
  initialize(world: World): Promise<void> | void;
  /** Throws before `initialize`. Absent where the platform tracks no issues. */
  getTracker?(): TrackerDriver;
  /** Throws before `initialize`. Absent where the platform hosts no code. */
  getHost?(): CodeHost;
  shutdown(): Promise<void> | void;
}

/** What the package exports. It is called without settings to learn what the plugin is. */
export type CreatePlugin = (settings: Settings) => Plugin;

/** A plugin as a configuration names it. */
export interface PluginEntry {
  /** A package, or a path that starts with a dot: from the workspace. */
  readonly module: string;
  readonly settings: Settings;
}

export interface Plugins {
  readonly names: readonly string[];
  /** Loads the package. Throws `configuration` when there is none, or when it is no plugin. */
  platform(name: string): Promise<Platform>;
}

export function createPlugins(world: World, entries: Readonly<Record<string, PluginEntry>>): Plugins {
  const running = new Map<string, Promise<Plugin>>();

  async function factoryOf(name: string, neededBy?: string): Promise<CreatePlugin> {
    const entry = Object.hasOwn(entries, name) ? entries[name] : undefined;
    if (!entry) throw notConfigured(name, neededBy);
    return loadFactory(world, name, entry.module);
  }

  function started(name: string, path: readonly string[], given?: Settings): Promise<Plugin> {
    if (path.includes(name)) throw needsItself([...path, name]);
    const known = running.get(name);
    if (known) return known;
    const starting = start(name, path, given);
    running.set(name, starting);
    return starting;
  }

  async function start(name: string, path: readonly string[], given?: Settings): Promise<Plugin> {
    const create = await factoryOf(name, path.at(-1));
    const settings = given ?? settingsOf(name, create, entries[name]?.settings);
    const plugin = create(settings);
    for (const other of plugin.metadata.requires ?? []) await started(other, [...path, name]);
    const problems = plugin.validateConfig();
    if (problems.length > 0) throw wrongSettings(name, problems);
    await inPlugin(name, 'initialize', () => plugin.initialize(world));
    world.atEnd(() => inPlugin(name, 'shut down', () => plugin.shutdown()));
    return plugin;
  }

  function settingsOf(name: string, create: CreatePlugin, section: Settings = {}): Settings {
    const platform = describe(name, create);
    const { settings, missing } = resolveSettings({ platform, side: 'tracker', section, env: world.env });
    if (missing.length > 0)
      throw wrongSettings(
        name,
        missing.map(({ message, remedy }) => `${message} ${remedy}`),
      );
    return settings;
  }

  return {
    names: Object.keys(entries),
    platform: async (name) => {
      const create = await factoryOf(name);
      const { getHost, getTracker } = create({});
      return {
        ...describe(name, create),
        ...(getTracker && {
          createTracker: async (_world: World, settings: Settings) =>
            portOf(name, (await started(name, [], settings)).getTracker?.()),
        }),
        ...(getHost && {
          createHost: async (_world: World, settings: Settings) =>
            portOf(name, (await started(name, [], settings)).getHost?.()),
        }),
      };
    },
  };
}

/** What the platform is, by the plugin's own words. */
function describe(name: string, create: CreatePlugin): Platform {
  const { metadata } = create({});
  return { name, title: metadata.name, needs: needsOf(name, metadata) };
}

function needsOf(name: string, { configSchema }: PluginMetadata): Setting[] {
  return Object.entries(configSchema?.properties ?? {}).map(([key, property]) => ({
    key,
    env: property.env ?? [`${name}_${key}`.toUpperCase().replace(/[^A-Z0-9]+/g, '_')],
    why: property.description,
    for: 'both',
    required: property.required ?? false,
    ...(property.secret ? { secret: true } : {}),
    ...(property.default === undefined ? {} : { default: String(property.default) }),
  }));
}

async function loadFactory(world: World, name: string, module: string): Promise<CreatePlugin> {
  const found = await importModule(world, name, module);
  const create = found['createPlugin'] ?? (found['default'] as Record<string, unknown> | undefined)?.['createPlugin'];
  if (typeof create === 'function') return (settings) => isPlugin(name, module, create(settings));
  throw noPlugin(name, module, 'it exports no function `createPlugin`');
}

async function importModule(world: World, name: string, module: string): Promise<Record<string, unknown>> {
  try {
    const path = createRequire(join(world.cwd, 'package.json')).resolve(module);
    // the bundler must leave this one alone: it is the only code from outside
    return await import(/* webpackIgnore: true */ pathToFileURL(path).href);
  } catch (error) {
    throw noPlugin(
      name,
      module,
      plainLine(error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error), 300),
    );
  }
}

function isPlugin(name: string, module: string, made: unknown): Plugin {
  const plugin = made as Partial<Plugin> | undefined;
  const { name: own, version } = plugin?.metadata ?? {};
  const calls = ['validateConfig', 'initialize', 'shutdown'] as const;
  const lacking: string[] = calls.filter((call) => typeof plugin?.[call] !== 'function');
  if (typeof own !== 'string' || typeof version !== 'string') lacking.push('metadata');
  if (!plugin?.getTracker && !plugin?.getHost) lacking.push('getTracker` or `getHost');
  if (lacking.length === 0) return plugin as Plugin;
  throw noPlugin(
    name,
    module,
    `what \`createPlugin\` returns lacks ${lacking.map((word) => `\`${word}\``).join(', ')}`,
  );
}

function portOf<Port>(name: string, port: Port | undefined): Port {
  if (port !== undefined) return port;
  throw noPlugin(name, name, 'it offers a port, and returns none when it is asked');
}

/** What goes wrong inside is the plugin's, and said so. */
async function inPlugin(name: string, deed: string, work: () => Promise<void> | void): Promise<void> {
  try {
    await work();
  } catch (error) {
    const { kind, message, remedy } = asPaceError(error);
    if (error instanceof PaceError) throw error;
    throw new PaceError({
      kind,
      message: `The plugin \`${name}\` could not ${deed}: ${plainLine(message, 300)}`,
      remedy: kind === 'unexpected' ? 'Please report this to whoever wrote the plugin.' : remedy,
      cause: error,
    });
  }
}

function noPlugin(name: string, module: string, why: string): PaceError {
  return new PaceError({
    kind: 'configuration',
    message: `\`platform.plugins.${name}\` names ${plainLine(module, 200)}, which cannot be used: ${why}.`,
    remedy:
      'Please install the package beside the configuration, or name the path of a file, such as `./tools/my-tracker.js`.',
  });
}

function notConfigured(name: string, neededBy: string | undefined): PaceError {
  return new PaceError({
    kind: 'configuration',
    message: `The plugin \`${name}\` is not configured${neededBy === undefined ? '' : `, and \`${neededBy}\` needs it`}.`,
    remedy: `Please name its package under \`platform.plugins.${name}.module\` in pace.config.yaml.`,
  });
}

function needsItself(path: readonly string[]): PaceError {
  return new PaceError({
    kind: 'configuration',
    message: `Plugins need each other in a circle: ${path.join(' → ')}.`,
    remedy: 'Please remove one of them from `platform.plugins`.',
  });
}

function wrongSettings(name: string, problems: readonly string[]): PaceError {
  return new PaceError({
    kind: 'configuration',
    message: `The settings of the plugin \`${name}\` are wrong: ${problems.map((problem) => plainLine(problem, 300)).join(' ')}`,
    remedy: `Please correct them under \`platform.plugins.${name}.settings\` in pace.config.yaml.`,
  });
}
