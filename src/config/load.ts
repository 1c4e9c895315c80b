/** `pace.config.yaml` from the disk to checked values with every default, or all its mistakes at once. */

import { defined } from '../../core/defined.ts';
import { resolveSettings } from '../../core/drivers/settings.ts';
import type { Platform, Settings } from '../../core/ports/index.ts';
import { isRecord } from '../../core/record.ts';
import type { World } from '../../core/world.ts';
import { ConfigError, PROBLEMS_READ, type Problem, type Redact, sortProblems } from '../../core/yaml/problems.ts';
import { schemaProblems } from '../../core/yaml/schema-problems.ts';
import { parseYaml, readYamlFile, type YamlFile } from '../../core/yaml/yaml-file.ts';
import { loadPlatform, type PlatformName, platformNames, type Side } from '../../platforms/index.ts';
import { createPlugins, type Plugins } from '../../platforms/plugins.ts';
import { type Backends, readBackends } from './backends.ts';
import { withBuiltRepository } from './built-repository.ts';
import { detectSides, type Sides, type WantedSides } from './detect.ts';
import { doubts } from './doubts.ts';
import { homesOf } from './homes.ts';
import { explainMissing, locateConfig } from './locate.ts';
import { type RawSection, resolveSection, sectionProblems, variablesIn } from './platform-sections.ts';
import { configSchema, formerKeys, type PaceConfig } from './schema.ts';
import { literalSecrets } from './secrets.ts';
import { nameProblems, readTaskTrackers } from './task-trackers.ts';

export interface LoadOptions {
  /** Named by the person: relative to the workspace, or absolute. */
  readonly path?: string;
  /** Check the sections of all platforms, not only of those in use; variables that are not set are warnings then. */
  readonly everyPlatform?: boolean;
}

export interface LoadedConfig {
  readonly config: PaceConfig;
  /** As shown in messages; `undefined` when there is none and the defaults apply. */
  readonly file: string | undefined;
  /** Set when there is no file: which places were looked at, and the remedy. */
  readonly missing?: string;
  readonly sides: Sides;
  /** The trackers that the file names besides. */
  readonly backends: Backends;
  /** Those that it names under `task_trackers`. */
  readonly taskTrackers: Backends;
  /** Settings from the file by platform in use, with references to the environment replaced. May hold secrets. */
  readonly sections: Readonly<Record<string, Settings>>;
  /** The same of every platform, as far as it can be read: what is wrong in it is not told. */
  readonly everySection: Readonly<Record<string, Settings>>;
  /** A platform as it is to be opened, with its section; that of one which is not in use is checked now. Throws `ConfigError`. */
  side(platform: Platform): Side;
  /** Names of the environment variables that platform sections refer to: what they hold may be a secret. */
  readonly variables: readonly string[];
  readonly warnings: readonly Problem[];
}

/** Reads the configuration. Throws `ConfigError` with every mistake. */
export async function loadConfig(world: World, options: LoadOptions = {}): Promise<LoadedConfig> {
  return loadFound(world, await findConfig(world, options), options);
}

/** The configuration of the workspace as text that was parsed: nothing of it has been done yet. */
export interface FoundConfig {
  /** Absent when there is none. */
  readonly yaml?: YamlFile;
  /** Another one that is not read. */
  readonly ignored?: string;
}

/** Throws `ConfigError` when the file cannot be read. */
export async function findConfig(world: World, { path }: LoadOptions = {}): Promise<FoundConfig> {
  const located = path === undefined ? await locateConfig(world.cwd) : { path };
  if (located.path === undefined) return {};
  const yaml = await readYamlFile(world.cwd, located.path);
  return 'ignored' in located && located.ignored !== undefined ? { yaml, ignored: located.ignored } : { yaml };
}

/** Throws `ConfigError` with every mistake. */
export async function loadFound(
  world: World,
  { yaml, ignored }: FoundConfig,
  options: LoadOptions = {},
): Promise<LoadedConfig> {
  if (yaml === undefined) {
    const none = await checkConfig(world, parseYaml('pace.config.yaml', '{}'), options);
    return { ...none, file: undefined, missing: await explainMissing(world.cwd) };
  }
  const loaded = await checkConfig(world, yaml, options);
  if (ignored === undefined) return loaded;
  const message = `${ignored} exists too and is not read. Please keep one of the two.`;
  return { ...loaded, warnings: [yaml.problemAtOffset(0, message), ...loaded.warnings] };
}

export interface SchemaReading {
  /** Absent where there are problems. */
  readonly config?: PaceConfig;
  readonly problems: readonly Problem[];
  /** Hides every secret of the file in a text. */
  readonly redact: Redact;
}

/** What the file says by the schema alone: no platform is asked, and no plugin is loaded. */
export function readBySchema(yaml: YamlFile): SchemaReading {
  const { redact } = literalSecrets(yaml);
  const { value, parsed, problems } = parsedBySchema(yaml, redact);
  const isUsable = problems.length === 0 && parsed.success && value !== undefined;
  const told = sortProblems(problems).slice(0, PROBLEMS_READ);
  return {
    ...(isUsable ? { config: parsed.data } : {}),
    problems: told.map((problem) => ({ ...problem, message: redact(problem.message) })),
    redact,
  };
}

function parsedBySchema(yaml: YamlFile, redact: Redact) {
  const { value, warnings } = withoutEmptySections(yaml);
  const parsed = configSchema.safeParse(value ?? {});
  const problems = [...yaml.problems];
  if (!parsed.success && yaml.value !== undefined) {
    problems.push(
      ...schemaProblems({ ...{ yaml, schema: configSchema, value, error: parsed.error, redact }, former: formerKeys }),
    );
  }
  return { value, warnings, parsed, problems };
}

/** The same from text, for tests and editors. */
export async function checkConfig(world: World, yaml: YamlFile, options: LoadOptions = {}): Promise<LoadedConfig> {
  const secrets = literalSecrets(yaml);
  const { value, warnings, parsed, problems } = parsedBySchema(yaml, secrets.redact);
  const wanted = parsed.success ? parsed.data.platform : platformChoice(value);
  const raw = rawSections(value);
  const plugins = pluginsOf(world, yaml, value);
  const everySection = looselyResolved(yaml, raw, world);
  const sides = await detectSides(world, wanted, everySection, plugins.loaded);
  problems.push(...sides.problems.map(({ key, message }) => yaml.problemAt(['platform', key], message)));
  const checked = await checkSections(world, {
    yaml,
    raw: { ...raw, ...plugins.raw },
    sides,
    redact: secrets.redact,
    options,
  });
  const backends = readBackends(world, { yaml, value, plugins: plugins.loaded, redact: secrets.redact });
  const own = (name: string) => everySection[name];
  const taskTrackers = readTaskTrackers(world, { yaml, value, redact: secrets.redact, own });
  problems.push(...nameProblems(yaml, value));
  if (options.everyPlatform) {
    const named = await Promise.all([backends, taskTrackers].map((each) => each.problems()));
    problems.push(...named.flat());
  }
  problems.push(...checked.problems, ...secrets.problems.filter((problem) => !saysAt(checked.problems, problem)));
  if (problems.length > 0 || !parsed.success) throw configError(problems, secrets.redact);
  const sections = await withBuiltRepository(world, sides, checked.sections);
  const context = { yaml, raw, redact: secrets.redact, env: world.env };
  return {
    config: parsed.data,
    file: yaml.file,
    sides,
    ...{ backends, taskTrackers },
    sections,
    everySection,
    side: (platform) => {
      const section = sections[platform.name] ?? checkedSection(platform, context);
      const own = everySection[platform.name];
      const claims = { section, own, backends: backends.claims(platform), env: world.env };
      const asked = parsed.data.state.persist === 'branch' ? carried(world, platform, section) : undefined;
      return { platform, ...defined({ section, asked, homes: homesOf(platform, claims) }) };
    },
    variables: [...new Set(Object.values(raw).flatMap(variablesIn))],
    warnings: sortProblems([...warnings, ...doubts(yaml, parsed.data), ...checked.warnings]),
  };
}

/** The platform names the very variable: its words are better than the general ones. */
function saysAt(problems: readonly Problem[], { line, column }: Problem): boolean {
  return problems.some((problem) => problem.line === line && problem.column === column);
}

function configError(problems: readonly Problem[], redact: Redact): ConfigError {
  const first = sortProblems(problems).slice(0, PROBLEMS_READ);
  return new ConfigError(first.map((problem) => ({ ...problem, message: redact(problem.message) })));
}

/** `gate:` with nothing under it, or with comments only, means its defaults. */
function withoutEmptySections(yaml: YamlFile): { value: unknown; warnings: Problem[] } {
  const { value } = yaml;
  if (value === null) {
    return { value: {}, warnings: [yaml.problemAtOffset(0, 'This file is empty; the defaults apply.')] };
  }
  if (typeof value !== 'object' || Array.isArray(value)) return { value, warnings: [] };
  return { value: Object.fromEntries(Object.entries(value).filter(([, section]) => section !== null)), warnings: [] };
}

/** What can be understood of `platform:` in a file with mistakes. */
function platformChoice(value: unknown): WantedSides {
  const section: unknown = isRecord(value) ? value['platform'] : undefined;
  const parsed = configSchema.shape.platform.safeParse(section ?? {});
  return parsed.success ? parsed.data : { ci: 'auto', tracker: 'auto' };
}

/** The plugins that the file names, with their settings as they stand there. */
function pluginsOf(world: World, yaml: YamlFile, value: unknown): { loaded: Plugins; raw: Record<string, RawSection> } {
  const platform: unknown = isRecord(value) ? value['platform'] : undefined;
  const named = isRecord(platform) && isRecord(platform['plugins']) ? Object.entries(platform['plugins']) : [];
  const entries = named.flatMap(([name, plugin]) =>
    isRecord(plugin) && typeof plugin['module'] === 'string'
      ? [{ name, module: plugin['module'], section: isRecord(plugin['settings']) ? plugin['settings'] : {} }]
      : [],
  );
  const settingsOf = (name: string, section: RawSection) =>
    resolveSection({ yaml, place: pluginPlace(name), section, env: world.env }).settings;
  return {
    loaded: createPlugins(
      world,
      Object.fromEntries(
        entries.map(({ name, module, section }) => [name, { module, settings: settingsOf(name, section) }]),
      ),
    ),
    raw: Object.fromEntries(entries.map(({ name, section }) => [name, section])),
  };
}

function pluginPlace(name: string): string[] {
  return ['platform', 'plugins', name, 'settings'];
}

function rawSections(value: unknown): Record<string, RawSection> {
  const sections = platformNames.map((name) => [name, isRecord(value) ? value[name] : undefined] as const);
  return Object.fromEntries(sections.filter((entry): entry is [(typeof entry)[0], RawSection] => isRecord(entry[1])));
}

function looselyResolved(yaml: YamlFile, raw: Record<string, RawSection>, { env }: World): Record<string, Settings> {
  const resolved = Object.entries(raw).map(([name, section]) => [
    name,
    resolveSection({ yaml, place: [name], section, env }).settings,
  ]);
  return Object.fromEntries(resolved);
}

/** The state branch knows the files of this workspace alone. */
function carried({ cwd, env }: World, platform: Platform, section: Settings | undefined): Settings | undefined {
  const { settings } = resolveSettings({ platform, side: 'tracker', section, env });
  const wanted = Object.entries(platform.carriedSettings?.(cwd) ?? {}).filter(([key]) => settings[key] === undefined);
  return wanted.length === 0 ? undefined : Object.fromEntries(wanted);
}

/** Of a platform that is neither side of the gate. */
function checkedSection(
  platform: Platform,
  { yaml, raw, redact, env }: { yaml: YamlFile; raw: Record<string, RawSection>; redact: Redact; env: World['env'] },
): Settings | undefined {
  const section = raw[platform.name];
  if (section === undefined) return undefined;
  const place = [platform.name];
  const { settings, problems } = resolveSection({ yaml, place, section, env });
  const all = [...sectionProblems({ yaml, platform, section, redact }), ...problems];
  if (all.length > 0) throw configError(all, redact);
  return settings;
}

async function checkSections(
  world: World,
  context: { yaml: YamlFile; raw: Record<string, RawSection>; sides: Sides; redact: Redact; options: LoadOptions },
): Promise<{ sections: Record<string, Settings>; problems: Problem[]; warnings: Problem[] }> {
  const { yaml, raw, sides, redact, options } = context;
  const inUse = new Map([sides.ci, sides.tracker].map((platform) => [platform.name, platform]));
  const ours: readonly string[] = platformNames;
  const others = [...inUse.keys()].filter((name) => !ours.includes(name));
  const sections: Record<string, Settings> = {};
  const problems: Problem[] = [];
  const warnings: Problem[] = [];
  const checked = platformNames.filter((candidate) => options.everyPlatform || inUse.has(candidate));
  for (const name of [...checked, ...others]) {
    const section = raw[name];
    if (section === undefined) continue;
    const place = others.includes(name) ? pluginPlace(name) : [name];
    const platform = inUse.get(name) ?? (await loadPlatform(name as PlatformName));
    problems.push(...sectionProblems({ yaml, platform, section, place, redact }));
    if (!inUse.has(name)) continue;
    const resolved = resolveSection({ yaml, place, section, env: world.env });
    sections[name] = resolved.settings;
    (options.everyPlatform ? warnings : problems).push(...resolved.problems);
  }
  return { sections, problems, warnings };
}
