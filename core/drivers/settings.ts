import { PaceError } from '../errors.ts';
import type { Platform, Setting, Settings } from '../ports/index.ts';
import type { World } from '../world.ts';

export interface ResolvedSettings {
  readonly settings: Settings;
  /** One per required setting that has no value; the platform cannot be used for this side. */
  readonly missing: readonly PaceError[];
  /**
   * One per secret that belongs to another server than the one in use, or that is not there where it is not needed for looking: it is
   * not among the settings, and nothing can be written.
   */
  readonly withheld: readonly PaceError[];
}

/** What a platform is opened with. */
export interface Given {
  readonly platform: Platform;
  /** Its part of the file. */
  readonly section?: Settings | undefined;
  /** What a reference or an address adds: it leads elsewhere, and is nobody's word about where a token may go. */
  readonly asked?: Settings | undefined;
  /**
   * The sections to whose servers the secrets of the environment belong, where it is not this one: another section, which names a
   * server, while this one names none.
   */
  readonly homes?: readonly Settings[] | undefined;
  /** An address alone has led here: at what is public one may look without a token. */
  readonly isByAddress?: boolean | undefined;
}

/**
 * Values of a platform's settings for one side: from its section of the file, else the environment, else the default. A secret is
 * among them only where it is sent to the server that it belongs to: that of its section, else that of the environment, else the
 * public one.
 */
export function resolveSettings(
  given: Given & { readonly side: 'ci' | 'tracker'; readonly env: World['env'] },
): ResolvedSettings {
  const { platform, side, section = {}, asked, homes, isByAddress = false, env } = given;
  const look = lookIn(platform, env);
  const whole = asked ? { ...section, ...asked } : section;
  const settings: Record<string, string> = {};
  const missing: PaceError[] = [];
  const withheld: PaceError[] = [];
  const server = serverOf(platform, look, whole);
  const isReadable = side === 'tracker' && platform.readsWithoutToken === true;
  for (const need of platform.needs) {
    const found = look(need, whole);
    if (found === undefined) {
      const lack = need.required && isFor(need, side) ? [missingSetting(platform, need)] : [];
      (need.secret && isReadable && isByAddress ? withheld : missing).push(...lack);
      continue;
    }
    const servers = need.secret ? homesOf(need, found, { section, homes, look, platform }) : [];
    if (!need.secret || server === undefined || servers.includes(server)) settings[need.key] = found.value;
    else if (!need.ofJob && isFor(need, side))
      withheld.push(elsewhere(platform, need, { server, home: servers[0], from: found.from }));
  }
  return { settings, missing: isReadable ? missing : [...missing, ...withheld], withheld };
}

interface FoundValue {
  readonly value: string;
  /** The variable that holds it; absent where the file or the default says it. */
  readonly from?: string | undefined;
  readonly isDefault?: boolean;
}

type Look = (need: Setting, section: Settings) => FoundValue | undefined;

function lookIn(platform: Platform, env: World['env']): Look {
  const inJob = platform.detectCi?.(env) ?? false;
  return (need, section) => {
    const fromFile = valueIn(section, need.key);
    if (fromFile) return { value: fromFile };
    const isOfAnother = need.follows !== undefined && valueIn(section, need.follows) !== undefined;
    const variables = isOfAnother ? [] : [...need.env, ...(inJob ? (need.envInJob ?? []) : [])];
    const from = variables.find((name) => env[name] !== undefined && env[name] !== '');
    if (from !== undefined) return { value: env[from] ?? '', from };
    return need.default === undefined ? undefined : { value: need.default, isDefault: true };
  };
}

function valueIn(section: Settings, key: string): string | undefined {
  return (Object.hasOwn(section, key) ? section[key] : undefined) || undefined;
}

function isFor(need: Setting, side: 'ci' | 'tracker'): boolean {
  return need.for === side || need.for === 'both';
}

/** The servers to which this secret may go. */
function homesOf(
  need: Setting,
  { from }: FoundValue,
  context: { section: Settings; homes: readonly Settings[] | undefined; look: Look; platform: Platform },
): (string | undefined)[] {
  const { section, homes, look, platform } = context;
  if (from === undefined) return [serverOf(platform, look, section)];
  if (need.ofJob) return [serverOf(platform, look, {})];
  return (homes ?? [section]).map((home) => serverOf(platform, look, home));
}

/** Where requests go, by the address that comes from nowhere else; `undefined` where the platform has no address, or none is known. */
function serverOf(platform: Platform, look: Look, section: Settings): string | undefined {
  const addresses = platform.needs.filter(({ server }) => server);
  const found = addresses.map((need) => ({ need, value: look(need, section) }));
  // a default says least
  const said = found.filter(({ value }) => value !== undefined && !value.isDefault);
  const known = said.length > 0 ? said : found.filter(({ value }) => value !== undefined);
  const [first] = known.toSorted((a, b) => Number(b.need.follows !== undefined) - Number(a.need.follows !== undefined));
  return first?.value && siteOf(first.value.value);
}

/** `https://api.github.com` and `https://github.com` are one server. */
function siteOf(address: string): string {
  const url = URL.parse(address.trim());
  return url ? `${url.protocol}//${url.host.replace(/^api\./, '')}` : address;
}

/** Whether the section says on which server it is. */
export function namesServer(platform: Platform, section: Settings | undefined): boolean {
  return platform.needs.some(({ server, key }) => server && valueIn(section ?? {}, key) !== undefined);
}

/** The addresses that the section names, or else the environment; a default is nobody's word. */
export function namedServers(platform: Platform, section: Settings = {}, env: World['env'] = {}): string[] {
  const look = lookIn(platform, env);
  return platform.needs.flatMap((need) => {
    const found = need.server ? look(need, section) : undefined;
    return found === undefined || found.isDefault ? [] : [found.value];
  });
}

/** Whether the section brings a secret of its own. */
export function hasOwnSecret(platform: Platform, section: Readonly<Record<string, unknown>>): boolean {
  return platform.needs.some(({ secret, key }) => secret && Object.hasOwn(section, key) && Boolean(section[key]));
}

function elsewhere(
  platform: Platform,
  need: Setting,
  { server, home, from }: { server: string; home: string | undefined; from: string | undefined },
): PaceError {
  const what = from === undefined ? `\`${need.key}\` of its section` : from;
  const belongs = home === undefined ? 'belongs to no server that is named' : `belongs to ${home}`;
  const address = platform.needs.find((each) => each.server && each.follows === undefined);
  const set = address ? ` --set ${address.key}=${server}` : '';
  return new PaceError({
    kind: 'configuration',
    message: `${platform.title} at ${server} was not sent the ${need.key} in ${what}: it ${belongs}.`,
    remedy: `Please give that server a ${need.key} of its own: \`pace backend add NAME ${platform.name}${set} --set ${need.key}=env:VARIABLE\`, and name it with --backend.`,
    operation: 'configure',
  });
}

function missingSetting(platform: Platform, need: Setting): PaceError {
  const variable = need.env[0];
  const where = [
    variable ? `set ${variable} in the environment, in CI that of the job` : '',
    need.secret ? '' : `write \`${platform.name}.${need.key}\` in pace.config.yaml`,
  ].filter(Boolean);
  const scope = need.scope ? ` It needs: ${need.scope}.` : '';
  return new PaceError({
    kind: 'configuration',
    message: `${platform.title} needs ${variable ?? need.key} (${need.why}), and it is not set.`,
    remedy: `Please ${where.join(', or ')}.${scope}`,
    operation: 'configure',
  });
}

/** The value of a setting that is a mapping: JSON text, or `a=b; c=d, e` as the environment has it. Throws `configuration`. */
export function mappingOf(value: string | undefined): Record<string, string[]> {
  if (value === undefined || value.trim() === '') return {};
  const entries = value.trimStart().startsWith('{') ? jsonEntries(value) : textEntries(value);
  return Object.fromEntries(entries);
}

function jsonEntries(value: string): [string, string[]][] {
  try {
    const parsed: unknown = JSON.parse(value);
    return Object.entries(Object(parsed)).map(([key, names]) => [
      key,
      (Array.isArray(names) ? names : [names]).map(String),
    ]);
  } catch (error) {
    throw noMapping(value, error);
  }
}

function textEntries(value: string): [string, string[]][] {
  const lines = value.split(';').filter((line) => line.trim() !== '');
  return lines.map((line) => {
    const [key = '', names] = line.split(/=(.*)/s);
    if (names === undefined) throw noMapping(value);
    return [key.trim(), names.split(',').map((name) => name.trim())];
  });
}

function noMapping(value: string, cause?: unknown): PaceError {
  return new PaceError({
    kind: 'configuration',
    message: `"${value.slice(0, 80)}" is not a mapping.`,
    remedy: 'Please write it as `in_progress=Doing; done=Done, Shipped`, or as a mapping in pace.config.yaml.',
    cause,
  });
}
