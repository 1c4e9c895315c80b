import { PaceError } from '../errors.ts';
import type { Platform, Settings } from '../ports/index.ts';
import type { World } from '../world.ts';

export interface ResolvedSettings {
  readonly settings: Settings;
  /** One per required setting that has no value; the platform cannot be used for this side. */
  readonly missing: readonly PaceError[];
}

/** Values of a platform's settings for one side: from its section of the file, else the environment, else the default. */
export function resolveSettings(options: {
  platform: Platform;
  side: 'ci' | 'tracker';
  section?: Settings;
  env: World['env'];
}): ResolvedSettings {
  const { platform, side, section = {}, env } = options;
  const settings: Record<string, string> = {};
  const missing: PaceError[] = [];
  const inJob = platform.detectCi?.(env) ?? false;
  for (const need of platform.needs) {
    const fromFile = Object.hasOwn(section, need.key) ? section[need.key] : undefined;
    const variables = [...need.env, ...(inJob ? (need.envInJob ?? []) : [])];
    const fromEnv = variables.map((name) => env[name]).find((value) => value !== undefined && value !== '');
    const value = (fromFile || undefined) ?? fromEnv ?? need.default;
    if (value !== undefined) settings[need.key] = value;
    else if (need.required && (need.for === side || need.for === 'both')) missing.push(missingSetting(platform, need));
  }
  return { settings, missing };
}

function missingSetting(platform: Platform, need: Platform['needs'][number]): PaceError {
  const variable = need.env[0];
  const where = [
    variable ? `set ${variable} in the job's environment` : '',
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
